"""Tables from the positions of words: cells are separated by space, and aligned in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from statistics import median_low

from masthead.document import Alignment
from masthead.formats.extract.calls import spans_of
from masthead.formats.extract.pages import Page, PageLine
from masthead.formats.extract.running_text import joined
from masthead.formats.styled.parts import Para, ParaKind, StyledCell, StyledRow, StyledTable
from masthead.formats.styled.spans import Span

# A number in a table: thousands separated by spaces or commas, a dash for nothing, parentheses for negative numbers.
FIGURE = r"\(?[$€£]?[–−-]?\d{1,3}(?:(?: \d{3})+|(?:[,٬]\d{3})+|\d*)(?:[.,٫]\d+)?%?\)?|[–—-]"
_FIGURE = re.compile(FIGURE)
_COUNT = re.compile(r"(?:19|20)\d\d|\(\d\)")  # a figure in a head: a year, or the number of a column
_FIGURES = re.compile(rf"(?:{FIGURE})(?: (?:{FIGURE}))+")
_LONGEST = 70  # characters of a cell
_HEAD = 20  # characters of the first line of a head that is above all others
_MARKED = 2  # chunks on the first line of a note: its letter, its text
_WORDS = 8  # characters of a note
_ROOM = 2  # empty lines between rows
_TOP = 6  # lines in which a table has a first figure

OpensText = Callable[[PageLine], bool]
Cells = list[str]


def is_row(page: Page, at: int, start: int, opens_text: OpensText) -> bool:
    """Return whether a line of a page belongs to the table that begins at `start`."""
    line = page[at]
    if opens_text(line) or (at > start and line.gap > _ROOM) or any(len(text) > _LONGEST for _, text in line.chunks):
        return False
    if len(line.chunks) > 1:
        return at > start or _heads(page, at)
    if at == start:
        raised = at + 1 < len(page) and line.indent > page[at + 1].indent and line.gap and len(line.text) < _HEAD
        return bool(raised) and len(page[at + 1].chunks) > 1 and _heads(page, at)
    after = page[at + 1] if at + 1 < len(page) else None
    wrapped = len(page[at - 1].chunks) > 1 and not line.gap
    leads = after is not None and len(after.chunks) > 1 and not opens_text(after) and after.gap <= _ROOM
    return wrapped or leads


def _heads(page: Page, at: int) -> bool:
    """Return whether a table can begin here: one of the first lines has figures in chunks of their own."""
    return any(_FIGURE.fullmatch(text) for line in page[at : at + _TOP] for _, text in line.chunks[1:])


def read_notes(page: Page, start: int, letters: Sequence[str], opens_text: OpensText) -> tuple[list[Para], int]:
    """Read the notes at the foot of a table, each after its letter; return them and the number of their lines."""
    notes: list[Para] = []
    at = start
    while at < len(page) and len(notes) < len(letters):
        first = page[at]
        letter, _, text = first.text.partition(" ")
        following = page[at + 1] if at + 1 < len(page) else None
        words = text.strip() or (following.text if following and following.indent > first.indent else "")
        if letter != letters[len(notes)] or len(first.chunks) > _MARKED or len(words) < _WORDS:
            break
        end = at + 1
        while end < len(page) and page[end].indent > first.indent and not page[end].gap and not opens_text(page[end]):
            end += 1
        after = joined((replace(first, text=text), *page[at + 1 : end])).strip()
        notes.append(Para(first.number, ParaKind.TABLE_NOTE, [Span(letter, raised=True), Span(f" {after}")]))
        at = end
    return notes, at - start


@dataclass(slots=True)
class _Row:
    """A line of a table: its cells in columns."""

    cells: Cells
    gap: int

    @property
    def is_full(self) -> bool:
        """Whether it has a label, and figures that do not belong to a head."""
        figures = [cell for cell in self.cells[1:] if _FIGURE.fullmatch(cell)]
        return bool(self.cells[0]) and not all(map(_COUNT.fullmatch, figures))

    @property
    def is_label(self) -> bool:
        """Whether only its first cell has text."""
        return bool(self.cells[0]) and not any(self.cells[1:])

    def join(self, other: _Row) -> None:
        """Add the words of the line below to those of this one."""
        self.cells = [" ".join(filter(None, pair)) for pair in zip(self.cells, other.cells, strict=True)]


def read_grid(lines: Sequence[PageLine], letters: Sequence[str]) -> StyledTable:
    """Return the table in these lines; `letters` are those of its notes."""
    columns = _columns(lines)
    rows = [_Row(_cells(line, columns), line.gap) for line in lines]
    first = next((at for at, row in enumerate(rows) if row.is_full), 0)
    heads = [chunks for line in lines[:first] if len(chunks := _chunks(line)) == len(columns)]
    if heads:  # the words of a head are aligned with each other, not always with the figures
        rows[:first] = [_Row(_cells(line, _stretches(heads)), line.gap) for line in lines[:first]]
    rows = _lettered(rows, letters)
    first = next((at for at, row in enumerate(rows) if row.is_full), 0)
    while first and rows[first - 1].is_label and rows[first - 1].gap:  # a title among the rows
        first -= 1
    head, body = _head(rows[:first]), _body(rows[first:])
    calls = _calls([cell for cells in (*head, *(row.cells for row in body)) for cell in cells], letters)
    alignments = [_alignment(body, place) for place in range(len(columns))]
    grid = StyledTable(lines[0].number, len(columns))
    for at, cells in enumerate((*head, *(row.cells for row in body))):
        made = [
            StyledCell(
                place, 1, [Para(grid.number, ParaKind.TEXT, _called(cell, calls))] if cell else [], alignment=stands
            )
            for place, (cell, stands) in enumerate(zip(cells, alignments, strict=True))
        ]
        grid.rows.append(StyledRow(made, heads=at < len(head)))
    return grid


def _lettered(lines: Sequence[_Row], letters: Sequence[str]) -> list[_Row]:
    """Move letters that are raised so far that they form a line of their own into the cells below."""
    rows: list[_Row] = []
    raised: list[str] = []
    for line, after in zip_longest(lines, lines[1:]):
        held = [cell for cell in line.cells if cell]
        if after is not None and held and all(cell in letters for cell in held):
            raised += held
            continue
        if raised:
            place = next((at for at, cell in enumerate(line.cells) if cell), 0)
            line.cells[place] += f" {','.join(raised)}"
            raised = []
        rows.append(line)
    return rows


def continues(table: StyledTable, other: StyledTable) -> bool:
    """Return whether the second table continues the first: it repeats its head."""
    heads = [
        [
            [part.text for cell in row.cells for part in cell.parts if isinstance(part, Para)]
            for row in grid.rows
            if row.heads
        ]
        for grid in (table, other)
    ]
    return bool(heads[0]) and heads[0] == heads[1] and table.columns == other.columns


def _head(rows: Sequence[_Row]) -> list[Cells]:
    """Return the rows of a head. A row continues until a line with a label and a gap above it."""
    heads: list[_Row] = []
    for row in rows:
        if heads and not (row.gap and row.cells[0]):
            heads[-1].join(row)
        else:
            heads.append(row)
    return [row.cells for row in heads]


def _body(lines: Sequence[_Row]) -> list[_Row]:
    """Return the rows of a body. A line continues a row if its words do, or if it fills empty cells of the row."""
    rows: list[_Row] = []
    for line in lines:
        last = rows[-1] if rows else None
        label = line.cells[0]
        if last is not None and not line.gap:
            continues = not label or label[0].islower() or (line.is_label and label[0].isdecimal())
            free = not any(above and below for above, below in zip(last.cells[1:], line.cells[1:], strict=True))
            if continues and free:
                last.join(line)
                continue
        rows.append(line)
    return rows


def _calls(cells: Sequence[str], letters: Sequence[str]) -> dict[str, int]:
    """Return the offset of the letters by cell, for cells that call notes: after a space, or right after a word."""
    if not letters:
        return {}
    among = "|".join(map(re.escape, letters))
    apart = {
        cell: found.start("calls")
        for cell in cells
        if (found := re.search(rf"\S (?P<calls>(?:{among})(?:,(?:{among}))*)$", cell))
    }
    called = {letter for cell, at in apart.items() for letter in cell[at:].split(",")}
    for letter in letters:
        against = [cell for cell in cells if re.search(rf"[\w)]{re.escape(letter)}$", cell)]
        if letter not in called and len(against) == 1 and against[0] not in apart:
            apart[against[0]] = len(against[0]) - len(letter)
    return apart


def _called(text: str, calls: Mapping[str, int]) -> list[Span]:
    """Return the text of a cell with its letters raised."""
    at = calls.get(text)
    return spans_of(text) if at is None else [*spans_of(text[:at].rstrip()), Span(text[at:], raised=True)]


# --- columns ----------------------------------------------------------------------------------------------------------


def _chunks(line: PageLine) -> list[tuple[int, str]]:
    """Return the chunks of a line with their columns; figures that touch are separated."""
    return [
        (start + found.start(), found[0])
        for start, text in line.chunks
        for found in (_FIGURE.finditer(text) if _FIGURES.fullmatch(text) else re.finditer(".+", text))
    ]


def _columns(lines: Sequence[PageLine]) -> list[tuple[int, int]]:
    """Return the spans of the columns, from the full rows: as many columns as most rows with figures have."""
    rows = [_chunks(line) for line in lines]
    rows = [row for row in rows if len(row) > 1 and any(_FIGURE.fullmatch(text) for _, text in row[1:])]
    sizes = Counter(map(len, rows))
    size = max(sizes, key=lambda size: (sizes[size], size)) if sizes else 1
    return _stretches([row for row in rows if len(row) == size] or [[(0, "")]])


def _stretches(rows: Sequence[Sequence[tuple[int, str]]]) -> list[tuple[int, int]]:
    """Return the median start and end of each column, from rows with a cell for each column."""
    return [
        (median_low([start for start, _ in cells]), median_low([start + len(text) for start, text in cells]))
        for cells in zip(*rows, strict=True)
    ]


def _cells(line: PageLine, columns: Sequence[tuple[int, int]]) -> Cells:
    """Return the cells of a line: in order if there is one for each column, else in the nearest columns."""
    chunks = _chunks(line)
    if len(chunks) == len(columns):
        return [text for _, text in chunks]
    cells: list[Cells] = [[] for _ in columns]
    for start, text in chunks:
        cells[_nearest(columns, start, start + len(text))].append(text)
    return [" ".join(cell) for cell in cells]


def _nearest(columns: Sequence[tuple[int, int]], start: int, end: int) -> int:
    """Return the column that overlaps most with a span, or is nearest."""
    return max(range(len(columns)), key=lambda place: min(end, columns[place][1]) - max(start, columns[place][0]))


def _alignment(rows: Sequence[_Row], place: int) -> Alignment:
    texts = [row.cells[place] for row in rows if row.cells[place]]
    figures = sum(bool(_FIGURE.fullmatch(text)) for text in texts)
    return Alignment.END if place and 2 * figures >= max(1, len(texts)) else Alignment.START
