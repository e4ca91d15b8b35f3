"""Tables of Akoma Ntoso into tables of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from masthead.document import Alignment, Cell, Inline, Row, SourceError, Table
from masthead.formats.akoma_ntoso.source import AknSource, Element, children, find
from masthead.formats.akoma_ntoso.span_reader import AknSpanReader
from masthead.formats.akoma_ntoso.vocabulary import COLUMNS, TABLE_NOTES, cell_alignment

_MAX_COLUMNS = 100


def read_table(element: Element, source: AknSource, spans: AknSpanReader) -> Table:
    """Return the table in a `table` and the notes after it. Number and caption are outside of it."""
    lines = list(children(element, "tr"))
    heads = sum(1 for _ in takewhile(lambda line: all(cell.tag == "th" for cell in line), lines))
    grid = list(_laid_out(lines, source, spans))
    rows = [tuple(cell for cell, _ in line) for line in grid]
    columns = max(map(_width, rows), default=1)
    if columns > _MAX_COLUMNS:
        where, hint = source.where(element), f"no page has room for {_MAX_COLUMNS}"
        raise SourceError(f"a table has {columns} columns", where=where, hint=hint)
    if any(_width(row) < columns for row in rows):
        source.note_flattened("a table with rows of unequal length", element)
        rows = [(*row, *[Cell(())] * (columns - _width(row))) for row in rows]
    given = [Alignment(each) for each in str(element.get(COLUMNS, "")).split() if each in tuple(Alignment)]
    head = rows[:heads] if any(cell.content for cell in (rows or [()])[0]) else []
    after = element.getnext()
    notes = after if after is not None and after.get("class") == TABLE_NOTES else None
    return Table(
        caption=spans.read(find(element, "caption")),
        head=tuple(head),
        rows=tuple(rows[heads:]),
        alignments=tuple(given if len(given) == columns else _alignments(grid, columns)),
        notes=tuple(map(spans.note, children(notes, "authorialNote"))),
    )


def _alignments(grid: Iterable[Iterable[tuple[Cell, Alignment]]], columns: int) -> list[Alignment]:
    """Return the alignment of each column, that of its first cell over one column."""
    found: dict[int, Alignment] = {}
    for line in grid:
        column = 0
        for cell, side in line:
            if cell.columns == 1:
                found.setdefault(column, side)
            column += cell.columns
    return [found.get(column, Alignment.START) for column in range(columns)]


def _width(row: Row) -> int:
    return sum(cell.columns for cell in row)


def _laid_out(
    lines: Iterable[Element], source: AknSource, spans: AknSpanReader
) -> Iterator[list[tuple[Cell, Alignment]]]:
    """Yield the cells of each row with their alignments. Below a cell over several rows there are empty cells."""
    held: dict[int, tuple[int, Cell, Alignment]] = {}  # by column: how many rows more, and the cell in them
    for line in lines:
        above, held = held, {at: (rows - 1, cell, side) for at, (rows, cell, side) in held.items() if rows > 1}
        row: list[tuple[Cell, Alignment]] = []
        column = 0
        for element in (*line, None):
            while column in above:
                _, empty, side = above[column]
                row.append((empty, side))
                column += empty.columns
            if element is None:
                break
            cell, side = _cell(element, source, spans), cell_alignment(str(element.get("style", "")))
            if (rows := source.number(element, "rowspan", 1, 65_534)) > 1:
                source.note_flattened("a cell over several rows, which has empty ones below it", element)
                held[column] = (rows - 1, Cell((), cell.columns), side)
            row.append((cell, side))
            column += cell.columns
        yield row


def _cell(element: Element, source: AknSource, spans: AknSpanReader) -> Cell:
    content: tuple[Inline, ...]
    if all(child.tag in ("p", "block") for child in element) and not (element.text or "").strip():
        content = spans.joined(element, "a cell")
    else:
        source.note_flattened("structure in a cell", element)
        content = spans.read(element)
    return Cell(content, source.number(element, "colspan", 1, 999))
