"""Gutters: columns of a table that Word adds where the edges of cells in different rows do not meet."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Any

from masthead.formats.styled.parts import StyledCell, StyledTable
from masthead.formats.word.xml import child, integer, qn, value

LETTER_WIDTH = 100  # twentieths of a point: less than any letter and the space beside it
_WIDEST = 240  # of what parts two groups of columns
_LABEL_END = 40  # from the labels of a table to the edge of their column, in the template


def remove_gutters(grid: StyledTable, widths: Sequence[int]) -> None:
    """Remove the columns without text of their own that are too narrow for a letter, or part groups of columns.

    A width of 0 is unknown. That of a gutter goes to the column with which most cells share it.
    """
    cells = [cell for row in grid.rows for cell in row.cells]
    body = [cell for row in grid.rows for cell in row.cells if not row.heads]
    narrow = {column for column, width in enumerate(widths) if 0 < width < LETTER_WIDTH}
    narrow |= {at for at, width in enumerate(widths) if LETTER_WIDTH <= width < _WIDEST and _is_passed(at, body)}
    for cell in cells:
        if cell.parts and cell.columns <= len(narrow):
            own = set(range(cell.column, cell.column + cell.columns))
            narrow -= own if own <= narrow else set()
    gutters = sorted(narrow)

    def moved(column: int) -> int:
        return column - bisect_left(gutters, column)

    if grid.widths:
        kept = [0] * max(moved(len(grid.widths)), 1)
        for column, width in enumerate(grid.widths):
            before = column in narrow and not _goes_on(column, cells)
            kept[min(max(moved(column) - before, 0), len(kept) - 1)] += width
        grid.widths = tuple(kept)
    for cell in cells:
        end = moved(cell.column + cell.columns)
        cell.column = moved(cell.column)
        cell.columns = end - cell.column
    for row in grid.rows:
        row.cells = [cell for cell in row.cells if cell.columns]
    grid.columns = moved(grid.columns)
    grid.gutters = tuple(sorted({moved(column) for column in grid.gutters} - {0, grid.columns}))


def _is_passed(column: int, cells: Sequence[StyledCell]) -> bool:
    """Return whether the text of a cell begins or ends in a column and is in the one beside it too."""
    texts = ((cell.column, cell.column + cell.columns - 1) for cell in cells if cell.parts)
    return any(first < last and column in (first, last) for first, last in texts)


def _goes_on(column: int, cells: Sequence[StyledCell]) -> bool:
    """Return whether more cells begin with a column and go on than end with it."""
    begin = sum(cell.column == column and cell.columns > 1 for cell in cells)
    end = sum(cell.column < column == cell.column + cell.columns - 1 for cell in cells)
    return begin > end


def label_room(table: Any) -> int:
    """Return by how much the labels of a table may be wider than those of the template in a column of its width.

    It is what most labels lack of the indent that the template has at their right.
    """
    ends = Counter(
        integer(end)
        for row in table.iterfind(qn("w:tr"))
        if len(cells := row.findall(qn("w:tc"))) > 1
        and (end := value(child(child(cells[0], "w:p"), "w:pPr"), "w:ind", "w:right"))
    )
    return max(_LABEL_END - max(ends.most_common(1)[0][0], 0), 0) if ends else 0
