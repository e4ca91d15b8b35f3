"""The blocks of a Word file, and the rows of its tables, as two files are aligned by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from masthead.formats.word.conventions import LAYOUT, OWN_NOTES
from masthead.formats.word.xml import child, duplicate, local, qn, signature, value, w
from masthead.redline import AlignedItem, Step, as_compared

_SHORT = 14  # characters of a mark before a tab
_LEAD = 3  # as in `redline.tables`


@dataclass(frozen=True, slots=True)
class BodyBlock:
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


def blocks_of(container: Any) -> list[BodyBlock]:
    """Return the blocks of a body, a cell or a note."""
    found: list[BodyBlock] = []
    contents: list[Any] = []
    for each in container:
        name = local(each)
        if name in ("sectPr", "tcPr"):
            continue
        if name == "p" and (contents or _begins_contents(each)):
            contents.append(each)
            if not _is_open(contents):
                found.append(BodyBlock(AlignedItem("contents", "toc"), tuple(contents)))
                contents = []
            continue
        found.append(BodyBlock(_item(each), (each,)))
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
        return AlignedItem("\n".join(map(paragraph_text, element.iter(qn("w:p")))), "tbl", form=tag)
    names = (str(mark.get(qn("w:name"))) for mark in element.iter(qn("w:bookmarkStart")))
    if section := next((name for name in names if name.startswith((LAYOUT, OWN_NOTES))), ""):
        return AlignedItem(section.rpartition("_")[2], "layout")
    content = paragraph_text(element).lstrip("\t")
    mark, tab, rest = content.partition("\t")
    style = value(child(element, "w:pPr"), "w:pStyle")
    drawing = "" if next(element.iter(qn("w:drawing")), None) is None else " drawing"
    content = rest if tab and len(mark) <= _SHORT else content
    return AlignedItem(as_compared(content) + drawing, "p", form=style)


def paragraph_text(paragraph: Any) -> str:
    """Return the text of a paragraph, with its tabs."""
    return "".join(
        (each.text or "") if local(each) == "t" else "\t"
        for each in paragraph.iter(qn("w:t"), qn("w:tab"))
        if _shown(each)
    )


def _shown(element: Any) -> bool:
    return local(element) == "t" or local(element.getparent()) == "r"


def both_text(old: Sequence[BodyBlock], new: Sequence[BodyBlock]) -> Callable[[int, int], bool]:
    """Return a function that says whether two blocks are paragraphs, one a version of the other."""
    return lambda i, j: old[i].item.kind == "p" and old[i].item.is_like(new[j].item)


def cell_texts(row: Any) -> list[str]:
    """Return the text of each cell of a row."""
    return ["\n".join(map(paragraph_text, cell.iter(qn("w:p")))) for cell in row.iterchildren(qn("w:tc"))]


def share_cell(old: Sequence[str], new: Sequence[str]) -> bool:
    """Return whether one of the cells of two rows has the same text in both."""
    return len(old) == len(new) and any(one == other != "" for one, other in zip(old, new, strict=True))


def row_item(row: Any) -> AlignedItem:
    """Return a row as rows are aligned: its first cell counts most."""
    first, *others = cell_texts(row) or [""]
    return AlignedItem(as_compared("\t".join((*[first] * _LEAD, *others))))


def row_shape(row: Any) -> Any:
    """Return how the cells of a row span columns and rows."""
    looks = [child(cell, "w:tcPr") for cell in row.iterchildren(qn("w:tc"))]
    return [(value(look, "w:gridSpan"), signature(child(look, "w:vMerge"))) for look in looks]


def single_rows(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the steps of rows, each with one row of a file at most."""
    for step in steps:
        yield replace(step, old=step.old[:1], new=step.new[:1])
        yield from (Step((i,)) for i in step.old[1:])
        yield from (Step((), (j,)) for j in step.new[1:])


def with_paired_end(steps: Sequence[Step], old: Sequence[BodyBlock], new: Sequence[BodyBlock]) -> list[Step]:
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


def settle_end(merged: list[Any], *, is_body: bool) -> None:
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
    if before is None or _has_mark(before, "") or signature(_own(before)) != signature(_own(merged[-1])):
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
    return tracked_look(child(paragraph, "w:pPr"))


def _has_mark(paragraph: Any, change: str) -> bool:
    """Return whether the mark of a paragraph is tracked, in any way if `change` is empty."""
    look = child(child(paragraph, "w:pPr"), "w:rPr")
    kinds = () if look is None else tuple(local(each) for each in look)
    return change in kinds if change else any(kind in ("ins", "del", "moveFrom", "moveTo") for kind in kinds)


def tracked_look(properties: Any) -> Any:
    """Return the properties of a paragraph as a tracked change keeps them.

    The indent at the end of a cell follows from the numbers in its column, and is no change.
    """
    look = duplicate(properties)
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
