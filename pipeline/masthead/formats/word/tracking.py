"""Two Word files as one with tracked changes (ECMA-376, part 1, 17.13.5): accepted the new one, rejected the old one.

The paragraphs, rows and runs of both files are aligned and kept as they are, so nothing that a file can hold needs a
rule of its own: what only the old one has is marked as deleted, what only the new one has as inserted, and other
properties of a paragraph or a run are kept beside the new ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from masthead.formats.word.change_marks import ChangeMarks, Revisor
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
    with_paired_end,
)
from masthead.formats.word.tracked_content import TrackedContent
from masthead.formats.word.tracked_notes import merge_notes
from masthead.formats.word.tracked_runs import (
    PARAGRAPH_END,
    RelationTargets,
    RunAtom,
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
    child,
    duplicate,
    local,
    qn,
    signature,
    value,
    w,
)
from masthead.redline import Redline, align, paired_in_place


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
    notes = old.parts.xml["footnotes"], xml["footnotes"]
    xml["footnotes"] = merge_notes(*notes, xml["document"], merger.merge_into, merger.strike)
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
    """Merges the parts of two files."""

    def __init__(self, revisor: Revisor, targets: RelationTargets) -> None:
        self._targets, self._moves = targets, 0
        self._marks = ChangeMarks(revisor)
        self._content = TrackedContent(self._marks)

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
            self._marks.begin_paragraph()
            name = {"del": "moveFrom", "ins": "moveTo"}[change] if move else change
            paragraph = w("p", *self._content.of_one(atoms_of(block.element, self._targets), name))
            if move:
                self._marks.move(paragraph, name, move)
            look = duplicate(child(block.element, "w:pPr"))
            self._marks.paragraph_end(paragraph, look, name)
            yield paragraph
            return
        for element in block.elements:
            made = deepcopy(element)
            if local(made) == "p":
                self.strike(made, change)
            for table in made.iter(qn("w:tbl")) if local(made) != "p" else ():
                for row in table.iterchildren(qn("w:tr")):
                    self._strike_row(row, change)
            yield made

    def strike(self, paragraph: Any, change: str) -> None:
        """Mark a paragraph as deleted or inserted, with its mark."""
        self._marks.begin_paragraph()
        content = self._content.of_one(atoms_of(paragraph, self._targets), change)
        look = duplicate(child(paragraph, "w:pPr"))
        for each in list(paragraph):
            paragraph.remove(each)
        paragraph.extend(content)
        self._marks.paragraph_end(paragraph, look, change)

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
            self._marks.begin_paragraph()
            paragraph = w("p", *self._content.elements(content))
            if mark == "del":
                self._marks.paragraph_end(paragraph, duplicate(looks[0][places[0]]), mark)
            else:
                last_old = min(places[0], len(looks[0]) - 1)
                look = self._marks.paragraph_look(
                    looks[0][last_old], looks[1][places[1]] if places[1] < len(looks[1]) else None
                )
                if mark:
                    self._marks.paragraph_end(paragraph, duplicate(looks[1][places[1]]), mark)
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
            self._marks.grid(grid, child(old, "w:tblGrid"))
        made.append(grid)
        for step in steps:
            if step.old and step.new:
                row = deepcopy(news[step.new[0]])
                for cell, before in zip(
                    row.iterchildren(qn("w:tc")), olds[step.old[0]].iterchildren(qn("w:tc")), strict=True
                ):
                    self.merge_into(cell, before)
                if signature(child(row, "w:trPr")) != signature(child(olds[step.old[0]], "w:trPr")):
                    self._marks.row_look(row, child(olds[step.old[0]], "w:trPr"))
            else:
                row = deepcopy(olds[step.old[0]] if step.old else news[step.new[0]])
                self._strike_row(row, "del" if step.old else "ins")
            made.append(row)
        return made

    def _strike_row(self, row: Any, change: str) -> None:
        self._marks.row(row, change)
        for cell in row.iterchildren(qn("w:tc")):
            for paragraph in list(cell.iter(qn("w:p"))):
                self.strike(paragraph, change)
