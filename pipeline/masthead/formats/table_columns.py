"""The columns that the cells of a table occupy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from masthead.document import Alignment, Cell, Row


def placed(row: Row) -> Iterator[tuple[int, Cell]]:
    """Yield the cells of a row, each with its first column, counted from 0."""
    column = 0
    for cell in row:
        yield column, cell
        column += cell.columns


def cells_show_alignments(rows: Iterable[Row], alignments: Sequence[Alignment]) -> bool:
    """Return whether the cells of `rows` show how the columns are aligned.

    Only a cell over one column shows this. Without any the column is read as aligned to its start.
    """
    shown = {column for row in rows for column, cell in placed(row) if cell.columns == 1}
    return all(column in shown or side is Alignment.START for column, side in enumerate(alignments))
