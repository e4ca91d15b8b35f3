"""Tables in cells of other tables, read as rows and columns of the table around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from masthead.formats.styled.parts import StyledCell, StyledPart, StyledRow, StyledTable


def is_nested(table: StyledTable) -> bool:
    """Return whether a cell of a table holds a table."""
    return any(_holds_table(cell) for row in table.rows for cell in row.cells)


def unnested(table: StyledTable) -> StyledTable:
    """Return a table in which the rows and columns of the tables in its cells are its own.

    A cell with a table in it is divided into the cells of that table. Cells beside it cover as many rows, and cells
    above and below it as many columns. Text before and after the table has a row of its own.
    """
    if not is_nested(table):
        return table
    for row in table.rows:
        for cell in row.cells:
            cell.parts = [unnested(part) if isinstance(part, StyledTable) else part for part in cell.parts]
    ends = [cell.column + cell.columns for row in table.rows for cell in row.cells]
    counts = [1] * max(table.columns, *ends)  # of the columns into which each column is divided
    widths = {at: [width] for at, width in enumerate(table.widths)}
    for cell in (cell for row in table.rows for cell in row.cells):
        last = cell.column + cell.columns - 1
        for inner in (part for part in cell.parts if isinstance(part, StyledTable)):
            count = inner.columns - (cell.columns - 1)
            if count > counts[last]:
                counts[last] = count
                widths[last] = _scaled(inner.widths[-count:] or (1,) * count, sum(widths.get(last, ())))
    starts = [0, *accumulate(counts)]
    rows = [each for row in table.rows for each in _rows(row, starts)]
    return replace(
        table,
        columns=starts[-1],
        widths=tuple(width for at in range(len(counts)) for width in widths[at]) if table.widths else (),
        gutters=tuple(starts[at] for at in table.gutters),
        alignments=(),
        rows=rows,
    )


def _holds_table(cell: StyledCell) -> bool:
    return any(isinstance(part, StyledTable) for part in cell.parts)


def _scaled(widths: Sequence[int], whole: int) -> list[int]:
    """Return widths in the same proportions that are as wide together as `whole`."""
    scaled = [width * whole // max(sum(widths), 1) for width in widths]
    return [*scaled[:-1], whole - sum(scaled[:-1])]


def _rows(row: StyledRow, starts: Sequence[int]) -> Iterator[StyledRow]:
    """Yield the rows into which a row is divided. `starts` are the columns where its columns begin now."""
    columns = [list(_lines(cell, starts[cell.column], starts[cell.column + cell.columns])) for cell in row.cells]
    count = max((len(lines) for lines in columns), default=1)
    for at in range(count):
        cells = [
            cell if at < len(lines) else replace(cell, parts=[], merged=True)
            for lines in columns
            for cell in lines[min(at, len(lines) - 1)]
        ]
        yield StyledRow(cells, row.heads, row.spaces, row.kind, 0 if at else row.indent, row.ruled and not at)


def _lines(cell: StyledCell, start: int, end: int) -> Iterator[list[StyledCell]]:
    """Yield the rows of a cell from the column `start` to `end`: one for text, and those of each table in it."""
    if not _holds_table(cell):
        yield [replace(cell, column=start, columns=end - start)]
        return
    for _, group in groupby(cell.parts, key=lambda part: id(part) if isinstance(part, StyledTable) else 0):
        parts: list[StyledPart] = list(group)
        if isinstance(inner := parts[0], StyledTable):
            for row in inner.rows:
                yield [
                    _placed(each, start, end if each.column + each.columns >= inner.columns else 0)
                    for each in row.cells
                ]
        else:
            yield [replace(cell, column=start, columns=end - start, parts=parts, merged=False)]


def _placed(cell: StyledCell, start: int, end: int) -> StyledCell:
    """Return a cell of a table that begins in the column `start`; the last one of a row ends before `end`."""
    column = start + cell.column
    return replace(cell, column=column, columns=end - column if end else cell.columns)
