"""Rules about tables: their cells stand as they are read, and some of them head the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from masthead.document import Severity
from masthead.pdf import Evidence, MarkedContent, Page, StructureElement, TextRun, spots
from masthead.preflight.rules import Fault, Rule

NEAR = 3.0  # points: overhanging glyphs, rounded places
_CELLS = frozenset(("TH", "TD"))


class Cell(NamedTuple):
    """A cell that shows something: its first marked content, its page, the baseline of its first line, its ends."""

    content: MarkedContent
    page: Page
    baseline: float
    left: float
    right: float


def cells(evidence: Evidence) -> Iterator[Fault]:
    """The cells of a row stand side by side in the order in which they are read, the rows below one another."""
    for table in _tables(evidence):
        rows = [list(_shown(evidence, row)) for row in _below(table, "TR")]
        for row in rows:
            for before, cell in pairwise(row):
                if before.page is cell.page and not _follows(before, cell):
                    yield _misplaced(cell, "before", before)
        for above, below in pairwise(filter(None, rows)):
            if len(above) == len(below):  # no cell goes through both
                for before, cell in zip(above, below, strict=True):
                    if before.page is cell.page and cell.baseline < before.baseline + NEAR:
                        yield _misplaced(cell, "above", before)


def heads(evidence: Evidence) -> Iterator[Fault]:
    """A table has cells that are tagged as heads of its columns or rows (ISO 14289-1, 7.5)."""
    for table in _tables(evidence):
        if next(_below(table, "TH"), None) is None:
            cell = next((each for row in _below(table, "TR") for each in _shown(evidence, row)), None)
            page, box = (cell.page.number, spots.box(cell.page, cell.content.number)) if cell else (None, None)
            yield Fault("a table has no head", page, hint="tag the heads of its columns as TH", box=box)


def _tables(evidence: Evidence) -> Iterator[StructureElement]:
    """The tables of the structure. Most documents have none, which their texts tell at once."""
    if evidence.structure and any(element.kind in _CELLS for element in evidence.tree):
        yield from _below(evidence.structure, "Table")


def _follows(before: Cell, cell: Cell) -> bool:
    if cell.page.right_to_left:
        return cell.right < before.left + NEAR
    return cell.left > before.right - NEAR


def _misplaced(cell: Cell, where: str, before: Cell) -> Fault:
    said, other = (spots.text(each.page, each.content.number)[:30] for each in (cell, before))
    what = f"the cell “{said}” stands {where} “{other}”, which is read before it"
    return Fault(what, cell.page.number, other, "set the table anew", spots.box(cell.page, cell.content.number))


def _below(node: StructureElement, kind: str) -> Iterator[StructureElement]:
    """The elements of a kind below another, not those within them."""
    for kid in node.kids:
        if isinstance(kid, StructureElement):
            if kid.kind == kind:
                yield kid
            else:
                yield from _below(kid, kind)


def _shown(evidence: Evidence, row: StructureElement) -> Iterator[Cell]:
    """The cells of a row that show something."""
    for cell in row.kids:
        if not isinstance(cell, StructureElement) or cell.kind not in _CELLS:
            continue
        shown = [(each, run) for each in _contents(cell) if (run := _run(evidence.runs, each))]
        if shown:
            first, run = shown[0]
            here = [other for each, other in shown if each.page == first.page]
            page = evidence.pages[(first.page or 1) - 1]
            right = max(other.matrix[4] + other.width * other.matrix[0] for other in here)
            yield Cell(first, page, page.height - run.matrix[5], min(other.matrix[4] for other in here), right)


def _run(runs: Sequence[Sequence[TextRun]], content: MarkedContent) -> TextRun | None:
    """The first run of marked content."""
    on_page = runs[content.page - 1] if content.page else ()
    return next((run for run in on_page if run.content == content.number), None)


def _contents(node: StructureElement) -> Iterator[MarkedContent]:
    for kid in node.kids:
        if isinstance(kid, StructureElement):
            yield from _contents(kid)
        else:
            yield kid


ORDER = (Rule("structure.tables", Severity.ERROR, cells),)
HEADS = (Rule("accessibility.tables", Severity.ERROR, heads),)
