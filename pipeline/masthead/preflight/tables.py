"""Rules about tables: cells are placed in reading order, and tables have header cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, MarkedContent, Page, StructureElement, TextRun, spots
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.STRUCTURE, Need.OUR_TAGS)
NEAR = 3.0  # points: overhanging glyphs, rounded positions
_CELLS = frozenset(("TH", "TD"))


class _DrawnCell(NamedTuple):
    """A cell with text: its first marked content, its page, the baseline of its first line, its left and right ends.

    `rows` are those that it takes.
    """

    content: MarkedContent
    page: Page
    baseline: float
    left: float
    right: float
    rows: int


@RULES.rule("structure.tables", Severity.ERROR, Need.LAYOUT)
def cells(evidence: Evidence) -> Iterator[Finding]:
    """The cells of a row are side by side in reading order, and each row is below the one before it, or in the next
    column of the page.
    """
    for table in _tables(evidence):
        rows = [list(_drawn(evidence, row)) for row in _below(table, "TR")]
        for row in rows:
            for before, cell in pairwise(row):
                if before.page is cell.page and not _follows(before, cell):
                    yield _misplaced(cell, "before", before)
        for above, below in pairwise(filter(None, rows)):
            if len(above) == len(below) and all(each.rows == 1 for each in above) and not _follows(above[-1], below[0]):
                for before, cell in zip(above, below, strict=True):
                    if before.page is cell.page and cell.baseline < before.baseline + NEAR:
                        yield _misplaced(cell, "above", before)


@RULES.rule("accessibility.tables", Severity.ERROR, Need.SCREEN)
def heads(evidence: Evidence) -> Iterator[Finding]:
    """Every table has cells tagged as headers of columns or rows, which say which of them they are for (ISO 14289-1,
    7.5): those in its head for columns, those in its body for rows.
    """
    for table in _tables(evidence):
        for part, scope in (("THead", "Column"), ("TBody", "Row")):
            wrong = [each for rows in _below(table, part) for each in _below(rows, "TH") if each.scope != scope]
            if wrong:
                yield _headed(evidence, wrong[0], f"a header cell is not tagged as that of a {scope.lower()}")
        plain = (each for rows in _below(table, "THead") for each in _below(rows, "TD"))
        if cell := next((each for each in plain if any(_contents(each))), None):
            yield _headed(evidence, cell, "a cell of the head is not tagged as a header")
        if next(_below(table, "TH"), None) is None:
            yield _headed(evidence, table, "the table has no header cells")


def _headed(evidence: Evidence, element: StructureElement, message: str) -> Finding:
    """The finding about header cells at the first text of an element."""
    content = next(_contents(element), None)
    page = evidence.pages[content.page - 1] if content and content.page else None
    box = spots.box(page, content.number) if page and content else None
    return Finding(
        message, page.number if page else None, hint="tag the headers of its columns and rows as such", box=box
    )


def _tables(evidence: Evidence) -> Iterator[StructureElement]:
    """The tables of the structure tree. Most documents have none, and then the tree is not searched."""
    if evidence.structure and any(element.kind in _CELLS for element in evidence.tree):
        yield from _below(evidence.structure, "Table")


def _follows(before: _DrawnCell, cell: _DrawnCell) -> bool:
    return cell.right < before.left + NEAR if cell.page.right_to_left else cell.left > before.right - NEAR


def _misplaced(cell: _DrawnCell, where: str, before: _DrawnCell) -> Finding:
    text, other = (spots.text(each.page, each.content.number)[:30] for each in (cell, before))
    message = f"the cell “{text}” is {where} “{other}”, which is read before it"
    box = spots.box(cell.page, cell.content.number)
    return Finding(message, cell.page.number, other, "typeset the table again", box)


def _below(node: StructureElement, kind: str) -> Iterator[StructureElement]:
    """The elements of a kind below another, not those inside them."""
    for kid in node.kids:
        if isinstance(kid, StructureElement):
            if kid.kind == kind:
                yield kid
            else:
                yield from _below(kid, kind)


def _drawn(evidence: Evidence, row: StructureElement) -> Iterator[_DrawnCell]:
    """The cells of a row that have text."""
    for cell in row.kids:
        if not isinstance(cell, StructureElement) or cell.kind not in _CELLS:
            continue
        shown = [(each, run) for each in _contents(cell) if (run := _run(evidence.runs, each))]
        if shown:
            first, run = shown[0]
            here = [other for each, other in shown if each.page == first.page]
            page = evidence.pages[(first.page or 1) - 1]
            right = max(other.matrix[4] + other.width * other.matrix[0] for other in here)
            left = min(other.matrix[4] for other in here)
            yield _DrawnCell(first, page, page.height - run.matrix[5], left, right, cell.spans[1])


def _run(runs: Sequence[Sequence[TextRun]], content: MarkedContent) -> TextRun | None:
    """The first run of marked content."""
    on_page = runs[content.page - 1] if content.page else ()
    return next((run for run in on_page if run.content == content.number), None)


def _contents(node: StructureElement) -> Iterator[MarkedContent]:
    """The marked content of an element and of all below it, without notes, which are at the foot of the page."""
    for kid in node.kids:
        if isinstance(kid, StructureElement):
            yield from _contents(kid) if kid.kind != "Note" else ()
        else:
            yield kid
