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

from masthead.formats.word import safety
from masthead.formats.word.conventions import REJECTED
from masthead.formats.word.package_writer import repack
from masthead.formats.word.xml import child, local, qn

_PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header[^/]*|footer[^/]*)\.xml")
_PROPERTIES = "docProps/custom.xml"
_INSERTED, _DELETED = ("ins", "moveTo"), ("del", "moveFrom")
_RANGES = tuple(f"move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End"))
_BEFORE = ("pPrChange", "rPrChange", "tblPrChange", "tblPrExChange", "tcPrChange", "trPrChange", "sectPrChange",
           "tblGridChange", "numberingChange")  # fmt: skip
"""The elements that hold properties as they were before a change."""
_KEPT = {"pPrChange": ("rPr", "sectPr"), "sectPrChange": ("headerReference", "footerReference")}
"""Properties that a change of the others does not concern."""


class Changes(StrEnum):
    """What becomes of tracked changes: ACCEPT gives the new document, REJECT the one before them."""

    ACCEPT = "accept"
    REJECT = "reject"


def resolve_changes(data: bytes, changes: Changes, name: str) -> bytes:
    """Return a Word file without tracked changes. One without any is returned as it is.

    `name` is the place in errors. Raises SourceError and ResourceError as `reader.read` does.
    """
    safety.check(data, name)
    made: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for part in archive.namelist():
                if _PARTS.fullmatch(part):
                    root = etree.fromstring(archive.read(part), safety.PARSER)
                    if _Resolver(changes).resolve(root):
                        made[part] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
            if made and _PROPERTIES in archive.namelist():
                made[_PROPERTIES] = _properties(archive.read(_PROPERTIES), changes)
    except etree.XMLSyntaxError as error:
        raise safety.damaged(name, str(error)) from None
    if notes := made.keys() & {"word/footnotes.xml", "word/endnotes.xml"}:
        document = etree.fromstring(made.get("word/document.xml") or _part(data, "word/document.xml"), safety.PARSER)
        for part in notes:
            made[part] = _called(made[part], document)
    return repack(data, made) if made else data


def _part(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(part)


def _called(notes: bytes, document: Any) -> bytes:
    """Return the part of notes without those that no text calls any more."""
    root = etree.fromstring(notes, safety.PARSER)
    kind = local(root).removesuffix("s")
    called = {each.get(qn("w:id")) for each in document.iter(qn(f"w:{kind}Reference"))}
    for note in list(root):
        if note.get(qn("w:type")) in (None, "normal") and note.get(qn("w:id")) not in called:
            root.remove(note)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


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
    """Resolves the changes of one part. `changed` says whether it met one."""

    def __init__(self, changes: Changes) -> None:
        self._kept, self._gone = (_INSERTED, _DELETED) if changes is Changes.ACCEPT else (_DELETED, _INSERTED)
        self._restores = changes is Changes.REJECT
        self._cell = ("cellIns", "cellDel")[changes is Changes.ACCEPT]
        self.changed = False

    def resolve(self, root: Any) -> bool:
        """Resolve the changes in a part, and return whether there were any."""
        self._properties(root)
        self._cells(root)
        self._content(root)
        self._marks(root)
        if self.changed:
            for each in list(root.iter(*(qn(f"w:{name}") for name in _RANGES))):
                each.getparent().remove(each)
        return self.changed

    def _properties(self, root: Any) -> None:
        """Restore the properties before a change, or forget them."""
        for before in list(root.iter(*(qn(f"w:{name}") for name in _BEFORE))):
            self.changed = True
            look, name = before.getparent(), local(before)
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

    def _cells(self, root: Any) -> None:
        """Remove the rows and cells that were deleted, or whose insertion is rejected."""
        for row in list(root.iter(qn("w:tr"))):
            look = child(row, "w:trPr")
            marks = [each for each in look if local(each) in (*_INSERTED, *_DELETED)] if look is not None else []
            for mark in marks:
                self.changed = True
                look.remove(mark)
            if any(local(mark) in self._gone for mark in marks):
                row.getparent().remove(row)
                continue
            for cell in list(row.iter(qn("w:tc"))):
                look = child(cell, "w:tcPr")
                for mark in (
                    [each for each in look if local(each) in ("cellIns", "cellDel")] if look is not None else []
                ):
                    self.changed = True
                    look.remove(mark)
                    if local(mark) == self._cell:
                        cell.getparent().remove(cell)
        for table in list(root.iter(qn("w:tbl"))):
            if self.changed and next(table.iter(qn("w:tr")), None) is None:
                holder = table.getparent()
                holder.remove(table)
                if local(holder) == "sdtContent" and not len(holder):
                    holder.getparent().getparent().remove(holder.getparent())

    def _content(self, root: Any) -> None:
        """Remove what was deleted, and keep what was inserted as plain text, or the other way round."""
        names = [qn(f"w:{name}") for name in (*_INSERTED, *_DELETED)]
        for change in list(root.iter(*names)):
            holder = change.getparent()
            if holder is None or local(holder) in ("rPr", "trPr"):
                continue
            self.changed = True
            if local(change) in self._gone:
                _remove(change)
            else:
                at = holder.index(change)
                holder[at : at + 1] = list(change)
        for each in list(root.iter(qn("w:delText"), qn("w:delInstrText"))):
            if self._restores:
                each.tag = qn("w:t" if local(each) == "delText" else "w:instrText")
            else:
                each.getparent().remove(each)

    def _marks(self, root: Any) -> None:
        """Join the paragraphs whose mark is gone to the next one, which has the properties of both then."""
        for paragraph in list(root.iter(qn("w:p"))):
            look = child(child(paragraph, "w:pPr"), "w:rPr")
            marks = [each for each in look if local(each) in (*_INSERTED, *_DELETED)] if look is not None else []
            for mark in marks:
                self.changed = True
                look.remove(mark)
            if any(local(mark) in self._gone for mark in marks):
                _join(paragraph)


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
    elif following is not None and local(following) == "p":
        at = 0 if child(following, "w:pPr") is None else 1
        following[at:at] = content
        paragraph.getparent().remove(paragraph)


def _following(paragraph: Any) -> Iterator[Any]:
    """Yield the elements after a paragraph that are not only marks."""
    siblings: Iterable[Any] = paragraph.itersiblings()
    return (each for each in siblings if local(each) not in (*_RANGES, "bookmarkStart", "bookmarkEnd", "proofErr"))
