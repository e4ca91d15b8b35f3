"""Gutters: columns of a table that Word adds where the edges of cells in different rows do not meet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from masthead.formats.styled.parts import StyledTable

LETTER_WIDTH = 100  # twentieths of a point: less than any letter and the space beside it


def remove_gutters(grid: StyledTable, widths: Sequence[int]) -> None:
    """Remove the columns that are too narrow for a letter and have no text of their own. A width of 0 is unknown."""
    narrow = {column for column, width in enumerate(widths) if 0 < width < LETTER_WIDTH}
    cells = [cell for row in grid.rows for cell in row.cells]
    for cell in cells:
        if cell.parts and cell.columns <= len(narrow):
            own = set(range(cell.column, cell.column + cell.columns))
            narrow -= own if own <= narrow else set()
    gutters = sorted(narrow)

    def moved(column: int) -> int:
        return column - bisect_left(gutters, column)

    for cell in cells:
        end = moved(cell.column + cell.columns)
        cell.column = moved(cell.column)
        cell.columns = end - cell.column
    for row in grid.rows:
        row.cells = [cell for cell in row.cells if cell.columns]
    if grid.widths:
        kept = [0] * max(moved(len(grid.widths)), 1)
        for column, width in enumerate(grid.widths):  # that of a gutter belongs to the column before it
            kept[max(moved(column) - (column in narrow), 0)] += width
        grid.widths = tuple(kept)
    grid.columns = moved(grid.columns)
    grid.gutters = tuple(sorted({moved(column) for column in grid.gutters} - {0, grid.columns}))
