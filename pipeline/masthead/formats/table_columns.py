"""The columns that the cells of a table occupy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from masthead.document import Alignment, Row, placed


def cells_show_alignments(rows: Iterable[Row], alignments: Sequence[Alignment]) -> bool:
    """Return whether the cells of `rows` show how the columns are aligned.

    Only a cell over one column shows this. Without any the column is read as aligned to its start.
    """
    shown = {column for row in placed(rows) for column, cell in row if cell.columns == 1}
    return all(column in shown or side is Alignment.START for column, side in enumerate(alignments))
