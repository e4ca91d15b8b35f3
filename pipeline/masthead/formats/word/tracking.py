"""Two Word files as one with tracked changes (ECMA-376, part 1, 17.13.5): accepted the new one, rejected the old one.

The paragraphs, rows and runs of both files are aligned and kept as they are, so nothing that a file can hold needs a
rule of its own: what only the old one has is marked as deleted, what only the new one has as inserted, and other
properties of a paragraph or a run are kept beside the new ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from masthead.formats.word.conventions import REJECTED
from masthead.formats.word.package_writer import PackageParts, pack
from masthead.formats.word.tracked_blocks import (
    BodyBlock,
    blocks_of,
    both_text,
    cell_texts,
    paragraph_text,
    row_item,
    row_shape,
    settle_end,
    share_cell,
    single_rows,
    tracked_look,
    with_paired_end,
)
from masthead.formats.word.tracked_runs import (
    PARAGRAPH_END,
    RelationTargets,
    RunAtom,
    around,
    atom_stretches,
    atoms_of,
    broken_links,
    calls_note,
    planned_paragraphs,
    with_whole_links,
)
from masthead.formats.word.writer import WrittenDocument, write_parts
from masthead.formats.word.xml import (
    NAMESPACES,
    XML_SPACE,
    child,
    duplicate,
    local,
    qn,
    signature,
    text,
    unsigned,
    value,
    w,
)
from masthead.redline import Redline, align, paired_in_place


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
    targets = RelationTargets({**links, **new.parts.links}, {**pictures, **new.parts.pictures})
    merger = _PartMerger(revisor, targets)
    xml = dict(new.parts.xml)
    for name, root in xml.items():
        if name in old.parts.xml and name not in ("styles", "settings", "footnotes", "document"):
            merger.merge_into(root, old.parts.xml[name])
    merger.merge_into(xml["document"][0], old.parts.xml["document"][0])
    xml["footnotes"] = merger.notes(old.parts.xml["footnotes"], xml["footnotes"], xml["document"])
    properties = dict(new.parts.properties)
    if properties != dict(old.parts.properties):
        properties[REJECTED] = json.dumps(dict(old.parts.properties))
    used = {str(key) for key in xml["document"].xpath("//@*[namespace-uri()=$space]", space=NAMESPACES["r"])}
    kept = {key: picture for key, picture in targets.pictures.items() if key in used}
    return pack(PackageParts(xml, properties, kept, targets.links))


def _rename_relations(root: Any) -> None:
    """Rename the relations of the old file, which are others than those of the new one."""
    for element in root.iter():
        for name, key in element.attrib.items():
            if name.startswith(qn("r:")) and local(element) not in ("headerReference", "footerReference"):
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


class _PartMerger:
    """Merges the parts of two files. Tracked changes are counted through all of them."""

    def __init__(self, revisor: Revisor, targets: RelationTargets) -> None:
        self._targets = targets
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
        merged = list(self._blocks(blocks_of(old), blocks_of(new)))
        settle_end(merged, is_body=local(new) == "body")
        for each in list(new):
            new.remove(each)
        new.extend(each for each in look if local(each) == "tcPr")
        new.extend(merged)
        new.extend(each for each in look if local(each) == "sectPr")

    def _blocks(self, old: Sequence[BodyBlock], new: Sequence[BodyBlock]) -> Iterator[Any]:
        steps = list(
            paired_in_place(align([each.item for each in old], [each.item for each in new]), both_text(old, new))
        )
        steps = with_paired_end(steps, old, new)
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

    def _pair(self, old: BodyBlock, new: BodyBlock) -> Iterator[Any]:
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
            case _:
                yield from new.elements

    def _single(self, block: BodyBlock, change: str, move: int) -> Iterator[Any]:
        """Yield a block that only one of the files has.

        The end of a section is none that Word tracks: pages are laid out as those of the new file.
        """
        if block.item.kind == "layout":
            yield from block.elements if change == "ins" else ()
            return
        if block.item.kind == "p":
            self._is_odd = not self._is_odd
            name = {"del": "moveFrom", "ins": "moveTo"}[change] if move else change
            paragraph = w("p", *self._content([(name, atom) for atom in atoms_of(block.element, self._targets)]))
            if move:
                self._count += 1
                ends = {"id": str(90000 + self._count)}
                paragraph.insert(0, w(f"{name}RangeStart", **ends, **self._author, name=f"move{move}"))
                paragraph.append(w(f"{name}RangeEnd", **ends))
            look = duplicate(child(block.element, "w:pPr"))
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
        content = self._content([(change, atom) for atom in atoms_of(paragraph, self._targets)])
        look = duplicate(child(paragraph, "w:pPr"))
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
        found = atom_stretches(before, after)
        if broken := broken_links(before, after, found):
            before, after = (list(with_whole_links(each, broken, self._targets)) for each in (before, after))
            found = atom_stretches(before, after)
        planned = list(planned_paragraphs(before, after, found))
        if any(mark and any(calls_note(atom) for _, atom, _ in content) for content, mark in planned):
            yield from self._apart(old, new)
            return
        looks = [child(each, "w:pPr") for each in old], [child(each, "w:pPr") for each in new]
        places = [0, 0]  # the paragraph of each file that comes next
        for content, mark in planned:
            self._is_odd = not self._is_odd
            paragraph = w("p", *self._content_of(content))
            if mark == "del":
                self._mark(paragraph, duplicate(looks[0][places[0]]), mark)
            else:
                last_old = min(places[0], len(looks[0]) - 1)
                look = self._changed_look(
                    looks[0][last_old], looks[1][places[1]] if places[1] < len(looks[1]) else None
                )
                if mark:
                    self._mark(paragraph, duplicate(looks[1][places[1]]), mark)
                elif look is not None:
                    paragraph.insert(0, look)
            places[mark != "del"] += 1
            yield paragraph

    def _apart(self, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
        """Yield paragraphs that were split or merged: the longest ones as a pair, the others deleted or inserted.

        LibreOffice loses the tracked mark of a paragraph that calls a note, unless its whole text is tracked with it.
        """
        i, j = (max(range(len(side)), key=lambda at: len(paragraph_text(side[at]))) for side in (old, new))
        for change, others in (("del", old[:i]), ("ins", new[:j])):
            for each in blocks_of(others):
                yield from self._single(each, change, 0)
        yield from self._paragraphs([old[i]], [new[j]])
        for change, others in (("del", old[i + 1 :]), ("ins", new[j + 1 :])):
            for each in blocks_of(others):
                yield from self._single(each, change, 0)

    def _joined(self, paragraphs: Sequence[Any]) -> Iterator[RunAtom]:
        for at, paragraph in enumerate(paragraphs):
            if at:
                yield RunAtom(PARAGRAPH_END, PARAGRAPH_END)
            yield from atoms_of(paragraph, self._targets)

    def _changed_look(self, old: Any, new: Any) -> Any:
        """Return the properties of a paragraph that has others than it had."""
        look = duplicate(new)
        if signature(tracked_look(old)) == signature(tracked_look(new)):
            return look
        look = w("pPr") if look is None else look
        before = tracked_look(old)
        look.append(self._tracked("pPrChange", w("pPr") if before is None else before))
        return look

    def _content(self, atoms: Iterable[tuple[str, RunAtom]]) -> list[Any]:
        return list(self._content_of([(change, atom, None) for change, atom in atoms]))

    def _content_of(self, atoms: Sequence[tuple[str, RunAtom, Any]]) -> Iterator[Any]:
        """Yield the elements of a paragraph: runs, those that changed inside `ins` or `del`."""
        for change, group in groupby(atoms, lambda each: each[0]):
            runs: list[Any] = []
            for link, linked in groupby(group, lambda each: each[1].link):
                inner: list[Any] = []
                for (_, _, old), same in groupby(
                    ((atom, signature(old)) for _, atom, old in linked),
                    lambda each: (each[0].beside, signature(each[0].look), each[1]),
                ):
                    inner += self._runs([atom for atom, _ in same], change, old)
                runs += inner if link is None else [around(link, inner)]
            yield from self._wrapped(runs, change)

    def _runs(self, atoms: Sequence[RunAtom], change: str, old: Any) -> Iterator[Any]:
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

    def _run_look(self, atom: RunAtom, change: str, old: Any) -> Any:
        look = duplicate(atom.look)
        if change or old == signature(atom.look):
            return look
        before = unsigned(old)
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
        if signature(child(old, "w:tblPr")) != signature(child(new, "w:tblPr")):
            return None
        items = [row_item(row) for row in olds], [row_item(row) for row in news]
        texts = [cell_texts(row) for row in olds], [cell_texts(row) for row in news]
        steps = list(single_rows(paired_in_place(align(*items), lambda i, j: share_cell(texts[0][i], texts[1][j]))))
        if any(row_shape(olds[step.old[0]]) != row_shape(news[step.new[0]]) for step in steps if step.old and step.new):
            return None
        fixed = value(child(new, "w:tblPr"), "w:tblLayout", "w:type") == "fixed"
        made = w("tbl", duplicate(child(new, "w:tblPr")))
        grid = duplicate(child(new, "w:tblGrid"))
        if fixed and signature(child(old, "w:tblGrid")) != signature(grid):
            self._count += 1
            grid.append(w("tblGridChange", duplicate(child(old, "w:tblGrid")), id=str(90000 + self._count)))
        made.append(grid)
        for step in steps:
            if step.old and step.new:
                row = deepcopy(news[step.new[0]])
                for cell, before in zip(
                    row.iterchildren(qn("w:tc")), olds[step.old[0]].iterchildren(qn("w:tc")), strict=True
                ):
                    self.merge_into(cell, before)
                if signature(child(row, "w:trPr")) != signature(child(olds[step.old[0]], "w:trPr")):
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
        look.append(self._tracked("trPrChange", w("trPr") if old is None else duplicate(old)))

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


# --- elements -----------------------------------------------------------------------------------------------------


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
