"""Tables of Akoma Ntoso."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from masthead.errors import SourceError
from masthead.model import Alignment, Cell, Inline, Row, Table
from masthead.reading.akn.spans import TABLE_NOTES, Spans
from masthead.reading.akn.vocabulary import OWN
from masthead.reading.akn.xml import Element, Source

ALIGNMENTS = f"{{{OWN}}}columns"
_STYLE = "text-align:"
_MOST_COLUMNS = 100


def read_table(element: Element, source: Source, spans: Spans) -> Table:
    """Turn a `table` and the notes behind it into a Table; its number stands outside."""
    lines = list(source.children(element, "tr"))
    heads = sum(1 for _ in takewhile(lambda line: all(source.name(cell) == "th" for cell in line), lines))
    rows = [tuple(_cell(cell, source, spans) for cell in line) for line in lines]
    columns = max(map(width, rows), default=1)
    if columns > _MOST_COLUMNS:
        raise SourceError(
            f"a table has {columns} columns", where=source.where(element), hint=f"no page has room for {_MOST_COLUMNS}"
        )
    if any(width(row) < columns for row in rows):
        source.flatten("a table whose rows are of unequal length", element)
        rows = [(*row, *[Cell(())] * (columns - width(row))) for row in rows]
    styles = [[_side(str(cell.get("style", ""))) for cell in line] for line in lines]
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


def _cell(element: Element, source: Source, spans: Spans) -> Cell:
    if element.get("rowspan", "1") != "1":
        source.leave_out("that a cell goes over several rows", element)
    content: tuple[Inline, ...]
    if all(source.name(child) in ("p", "block") for child in element) and not (element.text or "").strip():
        content = spans.joined(element, "a cell")
    else:
        source.flatten("structure in a cell", element)
        content = spans.read(element)
    return Cell(content, source.number(element, "colspan", 1, 999))
