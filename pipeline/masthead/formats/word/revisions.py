"""Tracked changes of a Word file, accepted or rejected (ECMA-376, part 1, 17.13.5), before the file is read."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from copy import deepcopy
from enum import StrEnum
from io import BytesIO
from typing import Any

from lxml import etree

from masthead.document.references import Doubt
from masthead.formats.word import safety
from masthead.formats.word.conventions import REJECTED
from masthead.formats.word.losses import Losses
from masthead.formats.word.package_writer import repack
from masthead.formats.word.xml import child, integer, local, qn, value, w

_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header[^/]*|footer[^/]*)\.xml")
_PROPERTIES = "docProps/custom.xml"
_INSERTED, _DELETED = ("ins", "moveTo", "conflictIns"), ("del", "moveFrom", "conflictDel")
_CELLS = ("cellIns", "cellDel", "cellMerge")
_RANGES = (
    *(f"move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End")),
    *(f"customXml{way}Range{end}" for way in ("Ins", "Del", "MoveFrom", "MoveTo") for end in ("Start", "End")),
)
_BEFORE = ("pPrChange", "rPrChange", "tblPrChange", "tblPrExChange", "tcPrChange", "trPrChange", "sectPrChange",
           "tblGridChange", "numberingChange")  # fmt: skip
"""The elements that hold properties as they were before a change."""
_KEPT = {"pPrChange": ("rPr", "sectPr"), "sectPrChange": ("headerReference", "footerReference")}
"""Properties that a change of the others does not concern."""
_TRACKED = tuple(f"{{*}}{name}" for name in (*_INSERTED, *_DELETED, *_CELLS, *_RANGES, *_BEFORE, "delText"))
_SIGNS = {
    "footnoteReference": "a note call",
    "endnoteReference": "a note call",
    "br": "a line break",
    "fldChar": "a field",
    "drawing": "a picture",
    "pict": "a picture",
}
"""What is called by a name in findings, since it has no text."""


class Changes(StrEnum):
    """What becomes of tracked changes: ACCEPT gives the new document, REJECT the one before them."""

    ACCEPT = "accept"
    REJECT = "reject"


def resolve_changes(data: bytes, changes: Changes, name: str) -> bytes:
    """Return a Word file without tracked changes. One without any is returned as it is.

    `name` is the place in errors. Raises SourceError and ResourceError as `reader.read` does.
    """
    safety.check(data, name)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist() if _PARTS.fullmatch(part)}
        properties = archive.read(_PROPERTIES) if _PROPERTIES in archive.namelist() else None
    try:
        roots = {part: etree.fromstring(content, safety.PARSER) for part, content in parts.items()}
    except etree.XMLSyntaxError as error:
        raise safety.damaged(name, str(error)) from None
    changed, _ = resolve(roots.values(), changes)
    made = {
        part: bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
        for part, root in roots.items()
        if root in changed
    }
    if made and properties:
        made[_PROPERTIES] = _properties(properties, changes)
    return repack(data, made) if made else data


def resolve(roots: Iterable[Any], changes: Changes) -> tuple[list[Any], dict[Any, list[Doubt]]]:
    """Resolve the changes in the root elements of the parts of one file; return those that had any, and the findings.

    These are by the paragraphs that remain. Notes whose calls are removed are removed, too.
    """
    roots = list(roots)
    called = _calls(roots)
    changed: list[Any] = []
    found: dict[Any, list[Doubt]] = {}
    for root in roots:
        if next(root.iter(*_TRACKED), None) is not None:
            changed.append(root)
            found |= _Resolver(root, changes).resolve()
    if changed and (gone := called - _calls(roots)):
        for root in roots:
            for note in [each for each in root if (local(each), each.get(qn("w:id"))) in gone]:
                root.remove(note)
                changed.append(root)
    return changed, found


def _calls(roots: Iterable[Any]) -> set[tuple[str, str]]:
    """Return the notes that are called, by kind and identifier."""
    names = qn("w:footnoteReference"), qn("w:endnoteReference")
    return {
        (local(each).removesuffix("Reference"), each.get(qn("w:id"))) for root in roots for each in root.iter(*names)
    }


def _properties(data: bytes, changes: Changes) -> bytes:
    """Return the custom properties of the document that remains: those before the changes are kept in one of them."""
    root = etree.fromstring(data, safety.PARSER)
    held = next((each for each in root if each.get("name") == REJECTED), None)
    if held is None:
        return data
    root.remove(held)
    if changes is Changes.REJECT:
        before = json.loads("".join(held.itertext()))
        pattern = deepcopy(held)
        for each in list(root):
            root.remove(each)
        for number, (name, text) in enumerate(before.items(), 2):
            each = deepcopy(pattern)
            each.set("pid", str(number))
            each.set("name", str(name))
            each[0].text = str(text)
            root.append(each)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


class _Resolver:
    """Resolves the changes of one part, and records each as a finding."""

    def __init__(self, root: Any, changes: Changes) -> None:
        self._root = root
        self._gone = _DELETED if changes is Changes.ACCEPT else _INSERTED
        self._restores = changes is Changes.REJECT
        self._cell = ("cellIns", "cellDel")[changes is Changes.ACCEPT]
        self._paragraphs = list(root.iter(qn("w:p")))
        self._losses: dict[Any, Losses] = {}

    def resolve(self) -> dict[Any, list[Doubt]]:
        """Resolve the changes, and return the findings by the paragraphs that remain."""
        self._properties()
        self._cells()
        self._content()
        self._marks()
        for each in list(self._root.iter(*(f"{{*}}{name}" for name in _RANGES))):
            each.getparent().remove(each)
        return self._found()

    def _record(self, kind: str, element: Any, text: str) -> None:
        """Record a change of an element, in the paragraph that it is in or that is the first in it."""
        for each in (element, *element.iterancestors()):
            paragraph = each if local(each) == "p" else next(each.iter(qn("w:p")), None)
            if paragraph is not None:
                self._losses.setdefault(paragraph, Losses()).add(kind, text or _text(paragraph))
                return

    def _found(self) -> dict[Any, list[Doubt]]:
        """Return the findings: those of a paragraph that is gone are those of the next one, or of the last."""
        left = set(self._root.iter(qn("w:p")))
        found: dict[Any, list[Doubt]] = {}
        waiting: list[Doubt] = []
        last = None
        for paragraph in self._paragraphs:
            waiting += self._losses[paragraph].doubts.values() if paragraph in self._losses else ()
            if paragraph in left:
                found[paragraph], waiting, last = waiting, [], paragraph
        if last is not None:
            found[last] += waiting
        return found

    def _properties(self) -> None:
        """Restore the properties before a change, or forget them."""
        for before in list(self._root.iter(*(qn(f"w:{name}") for name in _BEFORE))):
            look, name = before.getparent(), local(before)
            holder = look.getparent()
            if holder is not None and (local(look), local(holder)) != ("rPr", "pPr"):  # the look of a paragraph's end
                self._record("properties", look, _text(holder))
            look.remove(before)
            if not self._restores or name == "numberingChange":
                continue
            kept = [each for each in look if local(each) in _KEPT.get(name, ())]
            marks = [each for each in look if local(each) in (*_INSERTED, *_DELETED)]
            for each in list(look):
                look.remove(each)
            restored = list(before[0]) if len(before) else []
            sections = [each for each in kept if local(each) in ("headerReference", "footerReference")]
            look.extend((*sections, *marks, *restored, *(each for each in kept if each not in sections)))

    def _cells(self) -> None:
        """Remove the rows and cells that were deleted, or whose insertion is rejected, and restore merged cells."""
        for row in list(self._root.iter(qn("w:tr"))):
            marks = _taken(child(row, "w:trPr"), (*_INSERTED, *_DELETED))
            if marks:
                self._record("rowdel" if any(mark in _DELETED for mark in marks) else "rowins", row, _text(row))
            if any(mark in self._gone for mark in marks):
                _pass_merges(row)
                row.getparent().remove(row)
                continue
            cells = list(row.iter(qn("w:tc")))
            for cell in cells:
                look = child(cell, "w:tcPr")
                merge = child(look, "w:cellMerge")
                for mark in _taken(look, _CELLS):
                    self._record(mark.lower(), cell, _text(cell))
                    if merge is not None:
                        _set_merge(look, merge.get(qn("w:vMergeOrig" if self._restores else "w:vMerge")))
                    elif mark == self._cell:
                        cell.getparent().remove(cell)
            if cells and next(row.iter(qn("w:tc")), None) is None:
                row.getparent().remove(row)
        for table in list(self._root.iter(qn("w:tbl"))):
            if next(table.iter(qn("w:tr")), None) is None:
                holder = table.getparent()
                holder.remove(table)
                if local(holder) == "sdtContent" and not len(holder):
                    holder.getparent().getparent().remove(holder.getparent())

    def _content(self) -> None:
        """Remove what was deleted, and keep what was inserted as plain text, or the other way round."""
        structures: list[Any] = []
        removed: set[Any] = set()  # inside of what is gone, nothing changes
        for change in list(self._root.iter(*(f"{{*}}{name}" for name in (*_INSERTED, *_DELETED)))):
            if change in removed:
                continue
            holder, is_gone = change.getparent(), local(change) in self._gone
            outer = holder.getparent()
            match local(holder):
                case "rPr" if local(outer) == "pPr":
                    self._record_mark(change, outer.getparent())
                case "rPr" | "numPr" as name:  # a run of a formula, or the number of a paragraph
                    owner, whole = (outer, outer) if name == "rPr" else (holder, outer.getparent())
                    self._record("properties", holder, _text(whole))
                    gone = owner if is_gone else change
                    gone.getparent().remove(gone)
                case "ctrlPr":
                    self._record("properties", holder, _text(outer.getparent()))
                    structures += [outer.getparent()] if is_gone and local(outer).endswith("Pr") else []
                    holder.remove(change)
                case _:
                    if text := _text(change) or next(
                        (_SIGNS[name] for name in map(local, change.iter()) if name in _SIGNS), ""
                    ):
                        self._record(_KINDS.get(local(change), local(change)), change, text)
                    if is_gone:
                        removed |= set(change.iter())
                        _remove(change)
                    else:
                        at = holder.index(change)
                        holder[at : at + 1] = list(change)
        for structure in structures:
            if (holder := structure.getparent()) is not None:
                at = holder.index(structure)
                holder[at : at + 1] = list(_held(structure))
        for each in list(self._root.iter(qn("w:delText"), qn("w:delInstrText"))):
            if self._restores:
                each.tag = qn("w:t" if local(each) == "delText" else "w:instrText")
            else:
                each.getparent().remove(each)

    def _record_mark(self, change: Any, paragraph: Any) -> None:
        """Record that the end of a paragraph was inserted or deleted, unless all its text was."""
        kinds = next(each for each in (_INSERTED, _DELETED) if local(change) in each)
        texts = (each for each in paragraph.iter("{*}t", "{*}delText"))
        kept = (each.text or "" for each in texts if not any(local(outer) in kinds for outer in each.iterancestors()))
        if "".join(kept).strip():
            self._record("markins" if kinds is _INSERTED else "markdel", paragraph, _text(paragraph))

    def _marks(self) -> None:
        """Join the paragraphs whose mark is gone to the next one, which has the properties of both then."""
        for paragraph in list(self._root.iter(qn("w:p"))):
            marks = _taken(child(child(paragraph, "w:pPr"), "w:rPr"), (*_INSERTED, *_DELETED))
            if any(mark in self._gone for mark in marks):
                _join(paragraph)


_KINDS = {"conflictIns": "ins", "conflictDel": "del"}
_ARGUMENTS = ("num", "den", "e", "sub", "sup", "deg", "lim", "fName", "mr")
"""The parts of the structure of a formula."""


def _held(structure: Any) -> Iterator[Any]:
    """Yield what the parts of the structure of a formula hold."""
    for each in structure:
        if local(each) in _ARGUMENTS:
            yield from _held(each)
        elif not local(each).endswith("Pr"):
            yield each


def _text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter("{*}t", "{*}delText")).strip()


def _taken(look: Any, names: Iterable[str]) -> list[str]:
    """Take the elements with these names out of properties, and return their names."""
    marks = [each for each in look if local(each) in names] if look is not None else []
    for mark in marks:
        look.remove(mark)
    return [local(mark) for mark in marks]


def _set_merge(look: Any, merge: str | None) -> None:
    """Set whether a cell begins or continues cells that are merged, or is not one of these."""
    for each in look.findall(qn("w:vMerge")):
        look.remove(each)
    if merge:
        at = sum(local(each) in ("cnfStyle", "tcW", "gridSpan", "hMerge") for each in look)
        look.insert(at, w("vMerge", val="restart" if merge == "rest" else "continue"))


def _pass_merges(row: Any) -> None:
    """Let the cells below those of a row that begin merged cells begin them."""
    below = dict(_merges(next(row.itersiblings(qn("w:tr")), ())))
    for column, merge in _merges(row):
        if merge is not None and merge.get(qn("w:val")) == "restart" and below.get(column) is not None:
            below[column].set(qn("w:val"), "restart")


def _merges(row: Any) -> Iterator[tuple[int, Any]]:
    """Yield the columns in which the cells of a row begin, and what merges each with others below or above it."""
    column = integer(value(child(row, "w:trPr"), "w:gridBefore")) if len(row) else 0
    for cell in row.iterchildren(qn("w:tc")) if len(row) else ():
        look = child(cell, "w:tcPr")
        yield column, child(look, "w:vMerge")
        column += max(1, integer(value(look, "w:gridSpan"), 1))


def _remove(change: Any) -> None:
    """Remove an element, and the link or the content control that held nothing else."""
    holder = change.getparent()
    holder.remove(change)
    while local(holder) in ("hyperlink", "fldSimple", "sdtContent", "smartTag") and not _holds(holder):
        outer = holder.getparent()
        if local(holder) == "sdtContent":
            holder, outer = outer, outer.getparent()
        if outer is None:
            return
        outer.remove(holder)
        holder = outer


def _holds(element: Any) -> bool:
    return any(local(each) not in ("bookmarkStart", "bookmarkEnd", "sdtPr", "smartTagPr") for each in element)


def _join(paragraph: Any) -> None:
    """Put the content of a paragraph before that of the next one, and remove it."""
    content = [each for each in paragraph if local(each) != "pPr"]
    filled = any(local(each) not in (*_RANGES, "bookmarkStart", "bookmarkEnd", "proofErr") for each in content)
    following = next(_following(paragraph), None)
    if not filled:
        holder = paragraph.getparent()
        if local(holder) not in ("tc", "footnote", "endnote") or len(holder.findall(qn("w:p"))) > 1:
            holder.remove(paragraph)
    if filled and following is not None and local(following) == "sdt":
        following = next(following.iter(qn("w:p")), None)
    if filled and following is not None and local(following) == "p":
        at = 0 if child(following, "w:pPr") is None else 1
        following[at:at] = content
        paragraph.getparent().remove(paragraph)


def _following(paragraph: Any) -> Iterator[Any]:
    """Yield the elements after a paragraph that are not only marks."""
    siblings: Iterable[Any] = paragraph.itersiblings()
    return (each for each in siblings if local(each) not in (*_RANGES, "bookmarkStart", "bookmarkEnd", "proofErr"))
