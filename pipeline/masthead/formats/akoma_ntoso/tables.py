"""Tables of Akoma Ntoso."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from masthead.document import Alignment, Cell, Inline, Row, SourceError, Table
from masthead.formats.akoma_ntoso.calls import TABLE_NOTES
from masthead.formats.akoma_ntoso.spans import Spans
from masthead.formats.akoma_ntoso.vocabulary import OWN
from masthead.formats.akoma_ntoso.xml import Element, Source

ALIGNMENTS = f"{{{OWN}}}columns"
_STYLE = "text-align:"
_MOST_COLUMNS = 100


def read_table(element: Element, source: Source, spans: Spans) -> Table:
    """Turn a `table` and the notes behind it into a Table; its number stands outside."""
    lines = list(source.children(element, "tr"))
    heads = sum(1 for _ in takewhile(lambda line: all(source.name(cell) == "th" for cell in line), lines))
    grid = list(_laid_out(lines, source, spans))
    rows = [tuple(cell for cell, _ in line) for line in grid]
    columns = max(map(width, rows), default=1)
    if columns > _MOST_COLUMNS:
        raise SourceError(
            f"a table has {columns} columns", where=source.where(element), hint=f"no page has room for {_MOST_COLUMNS}"
        )
    if any(width(row) < columns for row in rows):
        source.flatten("a table whose rows are of unequal length", element)
        rows = [(*row, *[Cell(())] * (columns - width(row))) for row in rows]
    styles = [[side for _, side in line] for line in grid]
    given = [Alignment(each) for each in str(element.get(ALIGNMENTS, "")).split() if each in tuple(Alignment)]
    head = rows[:heads] if any(cell.content for cell in (rows or [()])[0]) else []
    behind = element.getnext()
    notes = behind if behind is not None and behind.get("class") == TABLE_NOTES else None
    return Table(
        caption=spans.read(source.find(element, "caption")),
        head=tuple(head),
        rows=tuple(rows[heads:]),
        alignments=tuple(given if len(given) == columns else told(rows, styles, columns)),
        notes=tuple(map(spans.note, source.children(notes, "authorialNote"))),
    )


def told(rows: Iterable[Row], sides: Iterable[Sequence[Alignment]], columns: int) -> list[Alignment]:
    """Return how columns stand by what their first cells that have a column to themselves say."""
    found: dict[int, Alignment] = {}
    for row, line in zip(rows, sides, strict=False):
        at = 0
        for cell, side in zip(row, line, strict=False):
            if cell.columns == 1:
                found.setdefault(at, side)
            at += cell.columns
    return [found.get(at, Alignment.START) for at in range(columns)]


def width(row: Row) -> int:
    """Return over how many columns a row goes."""
    return sum(cell.columns for cell in row)


def style(side: Alignment) -> str:
    """Return how a cell says that its column stands on that side, in CSS."""
    return f"{_STYLE} {'center' if side is Alignment.CENTRE else side}"


def _side(text: str) -> Alignment:
    _, _, value = text.partition(_STYLE)
    return {"end": Alignment.END, "right": Alignment.END, "center": Alignment.CENTRE}.get(
        value.strip(" ;"), Alignment.START
    )


def _laid_out(lines: Iterable[Element], source: Source, spans: Spans) -> Iterator[list[tuple[Cell, Alignment]]]:
    """The cells of each row with their sides; below a cell over several rows there are empty ones, as from Word."""
    held: dict[int, tuple[int, Cell, Alignment]] = {}  # by column: over how many rows more, and what is there
    for line in lines:
        above, held = held, {at: (rows - 1, cell, side) for at, (rows, cell, side) in held.items() if rows > 1}
        row: list[tuple[Cell, Alignment]] = []
        at = 0
        for element in (*line, None):
            while at in above:
                _, empty, side = above[at]
                row.append((empty, side))
                at += empty.columns
            if element is None:
                break
            cell, side = _cell(element, source, spans), _side(str(element.get("style", "")))
            if (rows := source.number(element, "rowspan", 1, 65_534)) > 1:
                source.flatten("a cell over several rows, which has empty ones below it", element)
                held[at] = (rows - 1, Cell((), cell.columns), side)
            row.append((cell, side))
            at += cell.columns
        yield row


def _cell(element: Element, source: Source, spans: Spans) -> Cell:
    content: tuple[Inline, ...]
    if all(source.name(child) in ("p", "block") for child in element) and not (element.text or "").strip():
        content = spans.joined(element, "a cell")
    else:
        source.flatten("structure in a cell", element)
        content = spans.read(element)
    return Cell(content, source.number(element, "colspan", 1, 999))
