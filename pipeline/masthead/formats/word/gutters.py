"""Columns of a table that are room between others: Word keeps one where the edges of cells do not meet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from masthead.formats.styled.parts import StyledTable

_LETTER = 100  # twentieths of a point: less than any letter and the room beside it


def without_gutters(grid: StyledTable, widths: Sequence[int]) -> None:
    """Take out the columns that are too narrow for a letter and hold no text of their own; 0 is a width not known."""
    narrow = {place for place, width in enumerate(widths) if 0 < width < _LETTER}
    cells = [cell for row in grid.rows for cell in row.cells]
    for cell in cells:
        if cell.parts and cell.columns <= len(narrow):
            own = set(range(cell.column, cell.column + cell.columns))
            narrow -= own if own <= narrow else set()
    gutters = sorted(narrow)
    for cell in cells:
        end = _moved(cell.column + cell.columns, gutters)
        cell.column = _moved(cell.column, gutters)
        cell.columns = end - cell.column
    for row in grid.rows:
        row.cells = [cell for cell in row.cells if cell.columns]
    grid.columns = _moved(grid.columns, gutters)


def _moved(column: int, gutters: Sequence[int]) -> int:
    """The place of a column where the gutters are not counted."""
    return column - bisect_left(gutters, column)
