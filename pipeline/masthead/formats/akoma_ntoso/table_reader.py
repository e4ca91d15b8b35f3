"""Tables of Akoma Ntoso into tables of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from masthead.document import (
    Alignment,
    Caption,
    Cell,
    Column,
    Figure,
    FigureKind,
    Inline,
    Row,
    RowKind,
    SourceError,
    Table,
    placed,
)
from masthead.formats.akoma_ntoso.source import AknSource, Element, children, find
from masthead.formats.akoma_ntoso.span_reader import AknSpanReader
from masthead.formats.akoma_ntoso.vocabulary import (
    COLUMNS,
    GUTTERS,
    INDENT,
    LEADING,
    REMARK,
    TABLE_NOTES,
    WIDTHS,
    cell_alignment,
)
from masthead.formats.pictures import read_picture

_MAX_COLUMNS = 100


def read_table(element: Element, source: AknSource, spans: AknSpanReader) -> Table:
    """Return the table in a `table` and the lines after it. Number and caption are outside of it."""
    lines = list(children(element, "tr"))
    heads = sum(1 for _ in takewhile(lambda line: all(cell.tag == "th" for cell in line), lines))
    rows = [Row(tuple(_cell(each, source, spans) for each in line), *_kind(line)) for line in lines]
    parts = [_filled(part) for part in (rows[:heads], rows[heads:])]
    columns = max(1, *(width for _, width in parts))
    if columns > _MAX_COLUMNS:
        where, hint = source.where(element), f"a page has room for at most {_MAX_COLUMNS}"
        source.record.refuse(SourceError(f"a table has {columns} columns", where=where, hint=hint))
    head, body = (_filled(part, columns)[0] for part, _ in parts)
    if (*head, *body) != tuple(rows):
        source.note_flattened("a table with rows of unequal length", element)
    is_empty = not head or not any(cell.content or cell.figures for cell in head[0].cells)
    given = [Alignment(each) for each in str(element.get(COLUMNS, "")).split() if each in tuple(Alignment)]
    alignments = given if len(given) == columns else _alignments(lines, (*head, *body), columns)
    widths = _numbers(element, WIDTHS)
    gutters = _numbers(element, GUTTERS)
    looks = str(element.get("class", "")).split()
    remarks, notes = lines_below(element, spans)
    return Table(
        caption=Caption(spans.read(find(element, "caption"))),
        head=() if is_empty else tuple(head),
        rows=tuple(body),
        columns=tuple(
            Column(side, widths[at] if len(widths) == columns else 0, at + 1 in gutters)
            for at, side in enumerate(alignments)
        ),
        remarks=remarks,
        notes=notes,
        top="top" in looks,
        inset="inset" in looks,
        leading=next(iter(_numbers(element, LEADING)), 0),
        whole="whole" in looks,
    )


def lines_below(element: Element, spans: AknSpanReader) -> tuple[tuple[tuple[Inline, ...], ...], ...]:
    """Return the remarks and the notes after the table or picture in an element."""
    after = list(element.itersiblings())
    remarks = [line for line in after if line.get("class") == REMARK]
    notes = next((line for line in after if line.get("class") == TABLE_NOTES), None)
    return tuple(map(spans.read, remarks)), tuple(map(spans.note, children(notes, "authorialNote")))


def figures_in(element: Element, source: AknSource) -> Iterator[Figure]:
    """Yield the pictures in an element, without captions. Those that cannot be read are refused."""
    for image in element.iter("img"):
        address, words = str(image.get("src", "")), str(image.get("alt", ""))
        if not words.strip():
            source.note_flattened("a picture without alternative text, in place of which is its name", image)
            words = Path(address).name
        try:
            figure = read_picture(address, words, Path(source.record.name), source.where(image))
        except SourceError as error:
            source.record.refuse(error)
            continue
        width = str(image.get("width", ""))
        kind = next((kind for kind in FigureKind if kind == image.getparent().get("class")), figure.kind)
        yield replace(figure, kind=kind, width=int(width) if width.isdecimal() and len(width) < 5 else 0)


def _is_picture(line: Element) -> bool:
    """Return whether a line is only a picture."""
    return len(line) == 1 and line[0].tag == "img" and not "".join(line.itertext()).strip()


def _numbers(element: Element, name: str) -> list[int]:
    return [int(each) for each in str(element.get(name, "")).split() if each.isdecimal() and len(each) < 6]


def _kind(line: Element) -> tuple[RowKind, int]:
    """Return the kind and the indent of a row."""
    looks = str(line.get("class", "")).split()
    kind = next((kind for kind in RowKind if kind in looks), RowKind.ITEM)
    steps = (look.removeprefix(INDENT) for look in looks if look.startswith(INDENT))
    return kind, next((int(step) for step in steps if step.isdecimal() and len(step) == 1), 0)


def _filled(rows: Sequence[Row], columns: int = 0) -> tuple[list[Row], int]:
    """Return the rows with empty cells at the ends of short ones, and how many columns they have.

    No cell spans more rows than there are.
    """
    rows = [
        replace(row, cells=tuple(replace(cell, rows=min(cell.rows, len(rows) - at)) for cell in row.cells))
        for at, row in enumerate(rows)
    ]
    taken: list[int] = []  # by row: how many columns are filled
    held: list[list[int]] = []  # columns and rows left of cells from above
    for row in rows:
        held = [[width, left - 1] for width, left in held if left > 1]
        taken.append(sum(width for width, _ in held) + sum(cell.columns for cell in row.cells))
        held += [[cell.columns, cell.rows] for cell in row.cells if cell.rows > 1]
    most = max([columns, *taken])
    return [
        replace(row, cells=(*row.cells, *[Cell(())] * (most - filled))) for row, filled in zip(rows, taken, strict=True)
    ], most


def _alignments(lines: Iterable[Element], rows: Sequence[Row], columns: int) -> list[Alignment]:
    """Return the alignment of each column, that of its first cell over one column."""
    found: dict[int, Alignment] = {}
    for line, cells in zip(lines, placed(rows), strict=True):
        for element, (column, cell) in zip(line, cells, strict=False):
            if cell.columns == 1:
                found.setdefault(column, cell_alignment(str(element.get("style", ""))))
    return [found.get(column, Alignment.START) for column in range(columns)]


def _cell(element: Element, source: AknSource, spans: AknSpanReader) -> Cell:
    content: tuple[Inline, ...]
    pictures = [child for child in element if child.tag == "p" and _is_picture(child)]
    figures = tuple(figure for line in pictures for figure in figures_in(line, source))
    for line in pictures:
        element.remove(line)
    texts = (element.text, *(child.tail for child in element))
    if all(child.tag in ("p", "block") for child in element) and not any(text and text.strip() for text in texts):
        content = spans.paragraphs(element)
    else:
        source.note_flattened("structure in a cell", element)
        content = spans.read(element)
    columns = source.number(element, "colspan", 1, 999)
    return Cell(content, columns, source.number(element, "rowspan", 1, 65_534), figures)
