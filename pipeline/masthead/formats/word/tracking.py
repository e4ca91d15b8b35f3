"""Two Word files as one with tracked changes (ECMA-376, part 1, 17.13.5): accepted the new one, rejected the old one.

The paragraphs, rows and runs of both files are aligned and kept as they are, so nothing that a file can hold needs a
rule of its own: what only the old one has is marked as deleted, what only the new one has as inserted, and other
properties of a paragraph or a run are kept beside the new ones.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from masthead.formats.word.conventions import LAYOUT, REJECTED
from masthead.formats.word.package_writer import PackageParts, pack
from masthead.formats.word.writer import WrittenDocument, write_parts
from masthead.formats.word.xml import XML_SPACE, child, local, qn, text, value, w
from masthead.redline import (
    AlignedItem,
    DiffStretch,
    Redline,
    Step,
    align,
    as_compared,
    paired_in_place,
    stretches,
    words,
)

_PARAGRAPH_END = "¶"
_OBJECT = "\ufffc"  # the text of what a run holds beside text
_SHORT = 14  # characters of a mark before a tab
_LEAD = 3  # as in `redline.tables`


@dataclass(frozen=True, slots=True)
class Revisor:
    """Who changed a document, and when: what a tracked change says. `date` is in UTC."""

    author: str
    date: datetime


def write_tracked(redline: Redline, revisor: Revisor) -> bytes:
    """Return a .docx file with the new document of a redline, in which all changes are tracked.

    Page ends of the printed originals are left out. Raises SourceError as `writer.write` does.
    """
    old, new = (write_parts(each) for each in (redline.plain_old, redline.plain_new))
    _unify_notes(redline, old, new)
    links = {f"Old{key}": address for key, address in old.parts.links.items()}
    pictures = {f"Old{key}": picture for key, picture in old.parts.pictures.items()}
    for root in old.parts.xml.values():
        _rename_relations(root)
    merger = _PartMerger(revisor, {**links, **new.parts.links}, {**pictures, **new.parts.pictures})
    xml = dict(new.parts.xml)
    for name, root in xml.items():
        if name in old.parts.xml and name not in ("styles", "settings", "footnotes", "document"):
            merger.merge_into(root, old.parts.xml[name])
    merger.merge_into(xml["document"][0], old.parts.xml["document"][0])
    xml["footnotes"] = merger.notes(old.parts.xml["footnotes"], xml["footnotes"], xml["document"])
    properties = dict(new.parts.properties)
    if properties != dict(old.parts.properties):
        properties[REJECTED] = json.dumps(dict(old.parts.properties))
    used = {str(key) for key in xml["document"].xpath("//@*[namespace-uri()=$space]", space=_RELATIONS)}
    kept = {key: picture for key, picture in merger.pictures.items() if key in used}
    return pack(PackageParts(xml, properties, kept, merger.links))


_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _rename_relations(root: Any) -> None:
    """Rename the relations of the old file, which are others than those of the new one."""
    for element in root.iter():
        for name, key in element.attrib.items():
            if name.startswith(f"{{{_RELATIONS}}}") and local(element) not in ("headerReference", "footerReference"):
                element.set(name, f"Old{key}")
        if local(element) in ("docPr", "cNvPr"):
            element.set("id", f"{1000 + int(element.get('id', 0))}")


def _unify_notes(redline: Redline, old: WrittenDocument, new: WrittenDocument) -> None:
    """Give the notes of both files the identifiers of those of the redline."""
    count = len(redline.notes)
    for side, written in (("old", old), ("new", new)):
        originals = {}
        for at, note in enumerate(redline.notes, 1):
            own = note.numbers[side == "new"]
            if own is not None and own in written.noted:
                originals[written.noted[own]] = str(at)
        for root in written.parts.xml.values():
            for element in root.iter(qn("w:footnoteReference"), qn("w:footnote")):
                key = element.get(qn("w:id"))
                if key in originals:
                    element.set(qn("w:id"), originals[key])
                elif element.get(qn("w:type")) is None:
                    count += 1
                    element.set(qn("w:id"), str(count))


# --- runs -------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Atom:
    """A word of a run, or an element in it or beside it that is kept whole. `key` is what makes two of them equal.

    `link` is the hyperlink around it, which is no part of the text.
    """

    key: Any
    text: str = ""
    look: Any = None  # the properties of its run
    element: Any = None  # what is kept whole: the content of a run, or an element beside runs
    beside: bool = False
    link: Any = None
    before: list[Any] = field(default_factory=list)  # bookmarks
    after: list[Any] = field(default_factory=list)


def _signature(element: Any) -> Any:
    """Return a value that is equal for elements that mean the same."""
    if element is None:
        return None
    attributes = tuple(sorted(element.attrib.items()))
    return element.tag, attributes, element.text or "", tuple(map(_signature, element))


class _PartMerger:
    """Merges the parts of two files. Tracked changes are counted through all of them."""

    def __init__(self, revisor: Revisor, links: dict[str, str], pictures: dict[str, tuple[bytes, str]]) -> None:
        self.links, self.pictures = links, pictures
        self._revisor = revisor
        self._count = 0
        self._is_odd = False
        self._moves = 0

    @property
    def _author(self) -> dict[str, str]:
        """The attributes of a tracked change. Those in the next paragraph are two minutes later.

        LibreOffice joins changes of one minute that touch, and loses the paragraph mark between them.
        """
        date = self._revisor.date + timedelta(minutes=2 * self._is_odd)
        return {"author": self._revisor.author, "date": f"{date:%Y-%m-%dT%H:%M:%SZ}"}

    def _tracked(self, tag: str, *content: Any) -> Any:
        self._count += 1
        return w(tag, *content, id=str(90000 + self._count), **self._author)

    # --- containers ---------------------------------------------------------------------------------------------------

    def merge_into(self, new: Any, old: Any) -> None:
        """Replace the children of a body, a cell or a note by those of both. Its properties are the new ones."""
        look = [each for each in new if local(each) in ("tcPr", "sectPr")]
        merged = list(self._blocks(_blocks_of(old), _blocks_of(new)))
        _settle_end(merged, is_body=local(new) == "body")
        for each in list(new):
            new.remove(each)
        new.extend(each for each in look if local(each) == "tcPr")
        new.extend(merged)
        new.extend(each for each in look if local(each) == "sectPr")

    def _blocks(self, old: Sequence[_Block], new: Sequence[_Block]) -> Iterator[Any]:
        steps = list(
            paired_in_place(align([each.item for each in old], [each.item for each in new]), _both_text(old, new))
        )
        steps = _with_paired_end(steps, old, new)
        moves = {step.move: self._moves + step.move for step in steps if step.move}
        self._moves += len(moves)
        for step in steps:
            ours, theirs = [old[i] for i in step.old], [new[j] for j in step.new]
            if ours and theirs:
                if len(ours) == len(theirs) == 1:
                    yield from self._pair(ours[0], theirs[0])
                else:
                    yield from self._paragraphs([each.element for each in ours], [each.element for each in theirs])
            else:
                for each in (*ours, *theirs):
                    yield from self._single(each, "del" if ours else "ins", moves.get(step.move, 0))

    def _pair(self, old: _Block, new: _Block) -> Iterator[Any]:
        match new.item.kind:
            case "p":
                yield from self._paragraphs([old.element], [new.element])
            case "tbl":
                if (merged := self._table(old.table, new.table)) is not None:
                    if new.element is not new.table:
                        new.table.getparent().replace(new.table, merged)
                        yield new.element
                    else:
                        yield merged
                else:
                    yield from self._single(old, "del", 0)
                    yield from self._single(new, "ins", 0)
            case "layout" if old.item.text != new.item.text:
                yield from self._single(old, "del", 0)
                yield from self._single(new, "ins", 0)
            case _:
                yield from new.elements

    def _single(self, block: _Block, change: str, move: int) -> Iterator[Any]:
        """Yield a block that only one of the files has."""
        if block.item.kind == "p":
            self._is_odd = not self._is_odd
            name = {"del": "moveFrom", "ins": "moveTo"}[change] if move else change
            paragraph = w("p", *self._content([(name, atom) for atom in _atoms(block.element, self)]))
            if move:
                self._count += 1
                ends = {"id": str(90000 + self._count)}
                paragraph.insert(0, w(f"{name}RangeStart", **ends, **self._author, name=f"move{move}"))
                paragraph.append(w(f"{name}RangeEnd", **ends))
            look = _copy(child(block.element, "w:pPr"))
            self._mark(paragraph, look, name)
            yield paragraph
            return
        for element in block.elements:
            made = deepcopy(element)
            if local(made) == "p":
                self._strike(made, change)
            for table in made.iter(qn("w:tbl")) if local(made) != "p" else ():
                for row in table.iterchildren(qn("w:tr")):
                    self._strike_row(row, change)
            yield made

    def _strike(self, paragraph: Any, change: str) -> None:
        """Mark a paragraph as deleted or inserted, with its mark."""
        self._is_odd = not self._is_odd
        content = self._content([(change, atom) for atom in _atoms(paragraph, self, bookmarks=True)])
        look = _copy(child(paragraph, "w:pPr"))
        for each in list(paragraph):
            paragraph.remove(each)
        paragraph.extend(content)
        self._mark(paragraph, look, change)

    def _mark(self, paragraph: Any, look: Any, change: str) -> None:
        """Give a paragraph its properties, and say that its mark was deleted or inserted."""
        look = w("pPr") if look is None else look
        runs = child(look, "w:rPr")
        if runs is None:
            runs = w("rPr")
            section = child(look, "w:sectPr")
            look.insert(len(look) if section is None else look.index(section), runs)
        runs.insert(0, self._tracked(change))
        paragraph.insert(0, look)

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _paragraphs(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
        """Yield the paragraphs that some old ones became. More than one means that they were split or merged."""
        before, after = (list(self._joined(each)) for each in (old, new))
        found = _stretches(before, after)
        if broken := _broken_links(before, after, found):
            before, after = (list(_with_whole(each, broken, self)) for each in (before, after))
            found = _stretches(before, after)
        planned = list(_planned(before, after, found))
        if any(mark and any(_calls_note(atom) for _, atom, _ in content) for content, mark in planned):
            yield from self._apart(old, new)
            return
        looks = [child(each, "w:pPr") for each in old], [child(each, "w:pPr") for each in new]
        places = [0, 0]  # the paragraph of each file that comes next
        for content, mark in planned:
            self._is_odd = not self._is_odd
            paragraph = w("p", *self._content_of(content))
            if mark == "del":
                self._mark(paragraph, _copy(looks[0][places[0]]), mark)
            else:
                last_old = min(places[0], len(looks[0]) - 1)
                look = self._changed_look(
                    looks[0][last_old], looks[1][places[1]] if places[1] < len(looks[1]) else None
                )
                if mark:
                    self._mark(paragraph, _copy(looks[1][places[1]]), mark)
                elif look is not None:
                    paragraph.insert(0, look)
            places[mark != "del"] += 1
            yield paragraph

    def _apart(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
        """Yield paragraphs that were split or merged: the longest ones as a pair, the others deleted or inserted.

        LibreOffice loses the tracked mark of a paragraph that calls a note, unless its whole text is tracked with it.
        """
        i, j = (max(range(len(side)), key=lambda at: len(_text(side[at]))) for side in (old, new))
        for change, others in (("del", old[:i]), ("ins", new[:j])):
            for each in _blocks_of(others):
                yield from self._single(each, change, 0)
        yield from self._paragraphs([old[i]], [new[j]])
        for change, others in (("del", old[i + 1 :]), ("ins", new[j + 1 :])):
            for each in _blocks_of(others):
                yield from self._single(each, change, 0)

    def _joined(self, paragraphs: Sequence[Any]) -> Iterator[_Atom]:
        for at, paragraph in enumerate(paragraphs):
            if at:
                yield _Atom(_PARAGRAPH_END, _PARAGRAPH_END)
            yield from _atoms(paragraph, self)

    def _changed_look(self, old: Any, new: Any) -> Any:
        """Return the properties of a paragraph that has others than it had."""
        look = _copy(new)
        if _signature(_look(old)) == _signature(_look(new)):
            return look
        look = w("pPr") if look is None else look
        before = _look(old)
        look.append(self._tracked("pPrChange", w("pPr") if before is None else before))
        return look

    def _content(self, atoms: Iterable[tuple[str, _Atom]]) -> list[Any]:
        return list(self._content_of([(change, atom, None) for change, atom in atoms]))

    def _content_of(self, atoms: Sequence[tuple[str, _Atom, Any]]) -> Iterator[Any]:
        """Yield the elements of a paragraph: runs, those that changed inside `ins` or `del`."""
        for change, group in groupby(atoms, lambda each: each[0]):
            runs: list[Any] = []
            for link, linked in groupby(group, lambda each: each[1].link):
                inner: list[Any] = []
                for (_, _, old), same in groupby(
                    ((atom, _signature(old)) for _, atom, old in linked),
                    lambda each: (each[0].beside, _signature(each[0].look), each[1]),
                ):
                    inner += self._runs([atom for atom, _ in same], change, old)
                runs += inner if link is None else [_around(link, inner)]
            yield from self._wrapped(runs, change)

    def _runs(self, atoms: Sequence[_Atom], change: str, old: Any) -> Iterator[Any]:
        """Yield the runs of atoms that look alike. `old` is the signature of the look that kept ones had."""
        made: Any = None
        for atom in atoms:
            yield from atom.before if change not in ("del", "moveFrom") else ()
            if atom.before or atom.beside:
                made = None
            if atom.beside:
                yield deepcopy(atom.element)
            else:
                if made is None:
                    made = w("r", self._run_look(atom, change, old))
                    yield made
                if atom.element is None:
                    last = made[-1] if len(made) else None
                    if last is not None and local(last) == "t":
                        last.text += atom.text
                    else:
                        made.append(text(atom.text))
                else:
                    made.extend(map(deepcopy, atom.element))
            if atom.after and change not in ("del", "moveFrom"):
                yield from atom.after
                made = None

    def _run_look(self, atom: _Atom, change: str, old: Any) -> Any:
        look = _copy(atom.look)
        if change or old == _signature(atom.look):
            return look
        before = _unsigned(old)
        look = w("rPr") if look is None else look
        look.append(self._tracked("rPrChange", w("rPr") if before is None else before))
        return look

    def _wrapped(self, run: Sequence[Any], change: str) -> Iterator[Any]:
        """Yield elements of a paragraph as tracked. Bookmarks and what links hold runs stay outside the marks."""
        if not change:
            yield from run
            return
        for kind, group in groupby(
            run,
            lambda each: (
                local(each) if local(each) in ("hyperlink", "fldSimple", "bookmarkStart", "bookmarkEnd") else "r"
            ),
        ):
            if kind in ("bookmarkStart", "bookmarkEnd"):
                yield from group
            elif kind == "hyperlink":
                for link in group:
                    inner = self._tracked(change, *list(link))
                    link.append(inner)
                    yield _deleted(link) if change in ("del", "moveFrom") else link
            elif kind == "fldSimple":
                pieces = [piece for each in group for piece in _complex_field(each)]
                inner = self._tracked(change, *pieces)
                yield _deleted(inner) if change in ("del", "moveFrom") else inner
            else:
                inner = self._tracked(change, *group)
                yield _deleted(inner) if change in ("del", "moveFrom") else inner

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, old: Any, new: Any) -> Any:
        """Return both tables as one, None if their columns differ."""
        olds, news = (list(each.iterchildren(qn("w:tr"))) for each in (old, new))
        if len(child(old, "w:tblGrid")) != len(child(new, "w:tblGrid")) or not olds or not news:
            return None
        if _signature(child(old, "w:tblPr")) != _signature(child(new, "w:tblPr")):
            return None
        items = [_row_item(row) for row in olds], [_row_item(row) for row in news]
        texts = [_cell_texts(row) for row in olds], [_cell_texts(row) for row in news]
        steps = list(_single_rows(paired_in_place(align(*items), lambda i, j: _share_cell(texts[0][i], texts[1][j]))))
        if any(_shape(olds[step.old[0]]) != _shape(news[step.new[0]]) for step in steps if step.old and step.new):
            return None
        fixed = value(child(new, "w:tblPr"), "w:tblLayout", "w:type") == "fixed"
        made = w("tbl", _copy(child(new, "w:tblPr")))
        grid = _copy(child(new, "w:tblGrid"))
        if fixed and _signature(child(old, "w:tblGrid")) != _signature(grid):
            self._count += 1
            grid.append(w("tblGridChange", _copy(child(old, "w:tblGrid")), id=str(90000 + self._count)))
        made.append(grid)
        for step in steps:
            if step.old and step.new:
                row = deepcopy(news[step.new[0]])
                for cell, before in zip(
                    row.iterchildren(qn("w:tc")), olds[step.old[0]].iterchildren(qn("w:tc")), strict=True
                ):
                    self.merge_into(cell, before)
                if _signature(child(row, "w:trPr")) != _signature(child(olds[step.old[0]], "w:trPr")):
                    self._change_row(row, child(olds[step.old[0]], "w:trPr"))
            else:
                row = deepcopy(olds[step.old[0]] if step.old else news[step.new[0]])
                self._strike_row(row, "del" if step.old else "ins")
            made.append(row)
        return made

    def _strike_row(self, row: Any, change: str) -> None:
        look = child(row, "w:trPr")
        if look is None:
            look = w("trPr")
            row.insert(0, look)
        look.append(self._tracked(change))
        for cell in row.iterchildren(qn("w:tc")):
            for paragraph in list(cell.iter(qn("w:p"))):
                self._strike(paragraph, change)

    def _change_row(self, row: Any, old: Any) -> None:
        look = child(row, "w:trPr")
        if look is None:
            look = w("trPr")
            row.insert(0, look)
        look.append(self._tracked("trPrChange", w("trPr") if old is None else _copy(old)))

    # --- notes --------------------------------------------------------------------------------------------------------

    def notes(self, old: Any, new: Any, document: Any) -> Any:
        """Return the notes of both files. A note that is called both in deleted and in other text becomes two."""
        ours, theirs = ({each.get(qn("w:id")): each for each in root} for root in (old, new))
        deleted, kept = [], set()
        inserted = set()
        for call in document.iter(qn("w:footnoteReference")):
            around = {local(each) for each in call.iterancestors()}
            if around & {"del", "moveFrom"}:
                deleted.append(call)
            elif around & {"ins", "moveTo"}:
                inserted.add(call.get(qn("w:id")))
            else:
                kept.add(call.get(qn("w:id")))
        root = w("footnotes", *(deepcopy(each) for each in new if each.get(qn("w:type"))))
        fresh = max((int(key) for key in (*ours, *theirs)), default=0)
        twins: dict[str, str] = {}
        for call in deleted:
            key = call.get(qn("w:id"))
            if key in kept or key in inserted:
                if key not in twins:
                    fresh += 1
                    twins[key] = str(fresh)
                call.set(qn("w:id"), twins[key])
        separators = {each.get(qn("w:id")) for each in new if each.get(qn("w:type"))}
        for key in sorted((ours.keys() | theirs.keys()) - separators, key=int):
            if key in kept and key in ours and key in theirs:
                both = deepcopy(theirs[key])
                self.merge_into(both, ours[key])
                root.append(both)
                continue
            if key in theirs:
                root.append(self._whole_note(theirs[key], "ins" if key in inserted else ""))
            if key in ours and (key in twins or key not in theirs):
                gone = self._whole_note(ours[key], "del")
                gone.set(qn("w:id"), twins.get(key, key))
                root.append(gone)
        self._number_notes(root, document)
        return root

    def _number_notes(self, notes: Any, document: Any) -> None:
        """Number the notes in the order of their calls: LibreOffice finds the next one by its number."""
        calls = list(document.iter(qn("w:footnoteReference")))
        numbers = {key: str(at) for at, key in enumerate(dict.fromkeys(call.get(qn("w:id")) for call in calls), 1)}
        for each in (
            *calls,
            *(note for note in notes if note.get(qn("w:id")) in numbers and not note.get(qn("w:type"))),
        ):
            each.set(qn("w:id"), numbers[each.get(qn("w:id"))])

    def _whole_note(self, note: Any, change: str) -> Any:
        made = deepcopy(note)
        for paragraph in list(made.iter(qn("w:p"))) if change else ():
            self._strike(paragraph, change)
            marks = child(child(paragraph, "w:pPr"), "w:rPr")
            for mark in list(marks) if marks is not None and paragraph is made[-1] else ():
                if local(mark) in ("ins", "del"):
                    marks.remove(mark)
        return made


# --- blocks -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, a table, or the paragraphs of a table of contents together."""

    item: AlignedItem
    elements: tuple[Any, ...]

    @property
    def element(self) -> Any:
        return self.elements[0]

    @property
    def table(self) -> Any:
        """The table itself, inside the content control that may be around it."""
        return next(self.element.iter(qn("w:tbl")))


def _blocks_of(container: Any) -> list[_Block]:
    """Return the blocks of a body, a cell or a note."""
    found: list[_Block] = []
    contents: list[Any] = []
    for each in container:
        name = local(each)
        if name in ("sectPr", "tcPr"):
            continue
        if name == "p" and (contents or _begins_contents(each)):
            contents.append(each)
            if not _is_open(contents):
                found.append(_Block(AlignedItem("contents", "toc"), tuple(contents)))
                contents = []
            continue
        found.append(_Block(_item(each), (each,)))
    return found


def _begins_contents(paragraph: Any) -> bool:
    return any((code.text or "").strip().startswith("TOC") for code in paragraph.iter(qn("w:instrText")))


def _is_open(paragraphs: Sequence[Any]) -> bool:
    """Return whether a field that began in these paragraphs has not ended yet."""
    kinds = [each.get(qn("w:fldCharType")) for one in paragraphs for each in one.iter(qn("w:fldChar"))]
    return kinds.count("begin") > kinds.count("end")


def _item(element: Any) -> AlignedItem:
    if local(element) != "p":
        tag = value(child(element, "w:sdtPr"), "w:tag") if local(element) == "sdt" else ""
        return AlignedItem("\n".join(map(_text, element.iter(qn("w:p")))), "tbl", form=tag)
    names = (str(mark.get(qn("w:name"))) for mark in element.iter(qn("w:bookmarkStart")))
    if layout := next((name.rpartition("_")[2] for name in names if name.startswith(LAYOUT)), ""):
        return AlignedItem(layout, "layout")
    content = _text(element).lstrip("\t")
    mark, tab, rest = content.partition("\t")
    style = value(child(element, "w:pPr"), "w:pStyle")
    drawing = "" if next(element.iter(qn("w:drawing")), None) is None else " drawing"
    content = rest if tab and len(mark) <= _SHORT else content
    return AlignedItem(as_compared(content) + drawing, "p", form=style)


def _text(paragraph: Any) -> str:
    return "".join(
        (each.text or "") if local(each) == "t" else "\t"
        for each in paragraph.iter(qn("w:t"), qn("w:tab"))
        if _shown(each)
    )


def _shown(element: Any) -> bool:
    return local(element) == "t" or local(element.getparent()) == "r"


def _both_text(old: Sequence[_Block], new: Sequence[_Block]) -> Callable[[int, int], bool]:
    return lambda i, j: old[i].item.kind == "p" and old[i].item.is_like(new[j].item)


def _cell_texts(row: Any) -> list[str]:
    return ["\n".join(map(_text, cell.iter(qn("w:p")))) for cell in row.iterchildren(qn("w:tc"))]


def _share_cell(old: Sequence[str], new: Sequence[str]) -> bool:
    return len(old) == len(new) and any(one == other != "" for one, other in zip(old, new, strict=True))


def _row_item(row: Any) -> AlignedItem:
    first, *others = _cell_texts(row) or [""]
    return AlignedItem(as_compared("\t".join((*[first] * _LEAD, *others))))


def _shape(row: Any) -> Any:
    """Return how the cells of a row span columns and rows."""
    looks = [child(cell, "w:tcPr") for cell in row.iterchildren(qn("w:tc"))]
    return [(value(look, "w:gridSpan"), _signature(child(look, "w:vMerge"))) for look in looks]


def _single_rows(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield replace(step, old=step.old[:1], new=step.new[:1])
        yield from (Step((i,)) for i in step.old[1:])
        yield from (Step((), (j,)) for j in step.new[1:])


def _with_paired_end(steps: Sequence[Step], old: Sequence[_Block], new: Sequence[_Block]) -> list[Step]:
    """Return the steps with the last paragraphs of both as a pair: the mark of the last one cannot be deleted."""
    steps = list(steps)
    tail: list[Step] = []
    while steps and not (steps[-1].old and steps[-1].new) and not steps[-1].move:
        tail.insert(0, steps.pop())
    ours = [step for step in tail if step.old]
    theirs = [step for step in tail if step.new]
    if ours and theirs:
        last, other = ours[-1], theirs[-1]
        if old[last.old[0]].item.kind == new[other.new[0]].item.kind == "p":
            return [*steps, *ours[:-1], *theirs[:-1], Step(last.old, other.new)]
    return [*steps, *tail]


def _settle_end(merged: list[Any], *, is_body: bool) -> None:
    """Move the tracked mark of the last paragraph to the one before it: the last mark of a container stays."""
    if not merged or local(merged[-1]) != "p":
        return
    last = child(child(merged[-1], "w:pPr"), "w:rPr")
    change = next((each for each in last if local(each) in ("ins", "del")), None) if last is not None else None
    if change is None:
        return
    at = len(merged) - 1
    while at and local(merged[at - 1]) == "p" and _has_mark(merged[at - 1], local(change)):
        at -= 1
    before = merged[at - 1] if at and local(merged[at - 1]) == "p" else None
    if is_body:  # an empty paragraph means nothing here
        merged.append(w("p"))
        return
    if before is None or _has_mark(before, "") or _signature(_own(before)) != _signature(_own(merged[-1])):
        return
    last.remove(change)
    look = child(before, "w:pPr")
    if look is None:
        look = w("pPr")
        before.insert(0, look)
    runs = child(look, "w:rPr")
    if runs is None:
        runs = w("rPr")
        place = next((each for each in look if local(each) in ("sectPr", "pPrChange")), None)
        look.insert(len(look) if place is None else look.index(place), runs)
    runs.insert(0, change)


def _own(paragraph: Any) -> Any:
    """Return the properties of a paragraph itself."""
    return _look(child(paragraph, "w:pPr"))


def _has_mark(paragraph: Any, change: str) -> bool:
    """Return whether the mark of a paragraph is tracked, in any way if `change` is empty."""
    look = child(child(paragraph, "w:pPr"), "w:rPr")
    kinds = () if look is None else tuple(local(each) for each in look)
    return change in kinds if change else any(kind in ("ins", "del", "moveFrom", "moveTo") for kind in kinds)


# --- elements ---------------------------------------------------------------------------------------------------------


def _atoms(paragraph: Any, merger: _PartMerger, *, bookmarks: bool = False) -> list[_Atom]:
    """Return the atoms of a paragraph. Bookmarks belong to the atom after or before them."""
    found: list[_Atom] = []
    waiting: list[Any] = []
    for each in paragraph:
        match local(each):
            case "pPr":
                continue
            case "bookmarkStart":
                waiting.append(each)
            case "bookmarkEnd":
                (found[-1].after if found and not waiting and not _is_linked(found[-1]) else waiting).append(each)
            case "r":
                look = child(each, "w:rPr")
                made = list(_run_atoms(each, look, merger))
                if made:
                    made[0].before, waiting = waiting, []
                found += made
            case "hyperlink" if not waiting and {local(inner) for inner in each} == {"r"}:
                for atom in (atom for run in each for atom in _run_atoms(run, child(run, "w:rPr"), merger)):
                    atom.link = each
                    found.append(atom)
            case _:
                found.append(_whole(each, merger))
                found[-1].before, waiting = waiting, []
    if waiting:
        if found:
            found[-1].after += waiting
        else:
            found.append(_Atom(("bookmarks",), "", None, [], False, waiting))
    return found


def _whole(element: Any, merger: _PartMerger) -> _Atom:
    """Return an element beside runs as an atom."""
    key = local(element), _resolved(element, merger)
    return _Atom(key, "".join(element.itertext(qn("w:t"))), None, element, True)


def _planned(
    before: Sequence[_Atom], after: Sequence[_Atom], found: Iterable[DiffStretch]
) -> Iterator[tuple[list[tuple[str, _Atom, Any]], str]]:
    """Yield the content of each paragraph of both, and how its mark is tracked: deleted, inserted or not."""
    content: list[tuple[str, _Atom, Any]] = []
    for each in found:
        if each.equal:
            pairs = zip(before[each.start : each.end], after[each.new_start : each.new_end], strict=True)
            content += (
                ("", other, one.look if _is_linked(one) is _is_linked(other) else other.look) for one, other in pairs
            )
            continue
        for change, atoms in (("del", before[each.start : each.end]), ("ins", after[each.new_start : each.new_end])):
            for atom in atoms:
                if atom.key == _PARAGRAPH_END:
                    yield content, change
                    content = []
                else:
                    content.append((change, atom, None))
    yield content, ""


def _calls_note(atom: _Atom) -> bool:
    return atom.text == _OBJECT and any(local(each) == "footnoteReference" for each in atom.element)


def _stretches(before: Sequence[_Atom], after: Sequence[_Atom]) -> list[DiffStretch]:
    keys = [atom.key for atom in before], [atom.key for atom in after]
    if keys[0] == keys[1]:
        return [DiffStretch(True, 0, len(before), 0, len(after))]
    return stretches(*keys, [atom.text for atom in before])


def _is_linked(atom: _Atom) -> bool:
    return atom.link is not None


def _broken_links(before: Sequence[_Atom], after: Sequence[_Atom], found: Iterable[DiffStretch]) -> list[Any]:
    """Return the links of which only a part changed. A file cannot say that, so they change as a whole."""
    places: list[tuple[Any, DiffStretch]] = [
        (atom.link, each)
        for each in found
        for atom in (*before[each.start : each.end], *after[each.new_start : each.new_end])
        if _is_linked(atom)
    ]
    return [link for link, each in dict(places).items() if any(link is one and at != each for one, at in places)]


def _with_whole(atoms: Iterable[_Atom], links: Sequence[Any], merger: _PartMerger) -> Iterator[_Atom]:
    """Yield atoms, each of these links as one atom."""
    for link, group in groupby(atoms, lambda atom: atom.link):
        yield from [_whole(link, merger)] if link in links else group


def _around(link: Any, runs: Iterable[Any]) -> Any:
    """Return runs in a hyperlink."""
    made = deepcopy(link)
    made[:] = list(runs)
    return made


def _run_atoms(run: Any, look: Any, merger: _PartMerger) -> Iterator[_Atom]:
    content = [each for each in run if local(each) != "rPr"]
    if any(local(each) not in ("t", "tab", "br") for each in content):
        key = tuple(_resolved(each, merger) for each in content)
        yield _Atom(key, _OBJECT, look, content)
        return
    for each in content:
        if local(each) == "t":
            yield from (_Atom(as_compared(word), word, look) for word in words(each.text or ""))
        else:
            yield _Atom((local(each), tuple(each.attrib.items())), " ", look, [each])


def _resolved(element: Any, merger: _PartMerger) -> Any:
    """Return the signature of an element in which relations are what they lead to, and numbers of pictures nothing."""
    made = deepcopy(element)
    for each in made.iter():
        for name, key in list(each.attrib.items()):
            if name.startswith(f"{{{_RELATIONS}}}"):
                data = merger.pictures[key][0] if key in merger.pictures else merger.links.get(key, key).encode()
                each.set(name, hashlib.sha256(data).hexdigest())
        if local(each) in ("docPr", "cNvPr"):
            each.attrib.pop("id", None)
            each.set("name", str(each.get("name", "")).partition(" ")[0])
        if local(each) == "instrText" or local(each) == "fldSimple":
            each.attrib.pop(qn("w:instr"), None)
    return _signature(made)


def _deleted(element: Any) -> Any:
    """Return an element with its text as deleted text."""
    for each in list(element.iter(qn("w:t"), qn("w:instrText"))):
        each.tag = qn("w:delText" if local(each) == "t" else "w:delInstrText")
        each.set(XML_SPACE, "preserve")
    return element


def _complex_field(simple: Any) -> Iterator[Any]:
    """Yield the runs of a field, which unlike a simple field can be in a tracked change."""
    code = w("instrText")
    code.set(XML_SPACE, "preserve")
    code.text = simple.get(qn("w:instr"))
    for content in (w("fldChar", fldCharType="begin"), code, w("fldChar", fldCharType="separate")):
        yield w("r", content)
    yield from map(deepcopy, simple)
    yield w("r", w("fldChar", fldCharType="end"))


def _look(properties: Any) -> Any:
    """Return the properties of a paragraph as a tracked change keeps them.

    The indent at the end of a cell follows from the numbers in its column, and is no change.
    """
    look = _copy(properties)
    if look is None:
        return None
    for each in list(look):
        if local(each) in ("rPr", "sectPr", "pPrChange"):
            look.remove(each)
        elif local(each) == "ind":
            each.attrib.pop(qn("w:right"), None)
            if not each.attrib:
                look.remove(each)
    return look if len(look) else None


def _copy(element: Any) -> Any:
    return None if element is None else deepcopy(element)


def _unsigned(signature: Any) -> Any:
    """Return the element that has this signature."""
    if signature is None:
        return None
    tag, attributes, content, inner = signature
    made = w(tag.rpartition("}")[2])
    for name, key in attributes:
        made.set(name, key)
    made.text = content or None
    made.extend(map(_unsigned, inner))
    return made
