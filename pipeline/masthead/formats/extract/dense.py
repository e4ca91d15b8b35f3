"""Tables without space between their rows, such as those of deliverables: a head, and lines that end in figures.

Their rows may have numbers, be wider than their column, or be text over all columns, so that only the head above shows
that they are rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from statistics import median_low

from masthead.document import Alignment
from masthead.formats.extract.grids import FIGURE, OpensText, continues
from masthead.formats.extract.pages import Page, PageLine
from masthead.formats.styled.parts import Para, ParaKind, StyledCell, StyledRow, StyledTable
from masthead.formats.styled.spans import Span

_FEWEST = 2  # columns of figures
_NEAR = 4  # characters from the end of a column's head to that of its figures
_LOOSE = 6  # characters by which the length of a line may differ, since letters are not equally wide
_STEP, _DEEPEST = 3, 12  # characters of an indent, and of the deepest one
_INDENT = 288  # twentieths of a point
_BRACKETED = re.compile(rf"(?:{FIGURE})(?: \[(?:{FIGURE})\])?")  # two values in one cell: `5 [9]`
_CALLED = re.compile(r"(?<=\S) ([a-z])$")
_MARK = re.compile(r"\S{1,4}[.)] ")


@dataclass(frozen=True, slots=True)
class _DenseLine:
    """A line of a row: its label, where that begins and ends, where its figures start, and these by column from 1."""

    label: str
    indent: int
    end: int
    start: int
    figures: dict[int, str]
    marked: bool

    @property
    def text_indent(self) -> int:
        mark = _MARK.match(self.label)
        return self.indent + (mark.end() if mark else 0)


def read_dense(
    page: Page, at: int, opens_text: OpensText, before: StyledTable | None
) -> tuple[StyledTable, int] | None:
    """Return the table that begins at a line and the number of its lines; None if it is not of this kind.

    `before` is the table that it may continue: then it need not have figures.
    """
    start = _after(page, at)
    end = _after(page, start)
    heads, body = page[at:start], page[start:end]
    ends = _column_ends(heads, body, before.columns - 1 if before else 0)
    if len(ends) < _FEWEST or not body or body[0].indent > heads[-1].indent + _DEEPEST:
        return None
    lines = [_read(line, ends, opens_text) for line in body]
    table = StyledTable(heads[0].number, len(ends) + 1)
    table.rows = [_head(heads, ends, table)]
    figured = [line.start for line in lines if len(line.figures) >= _FEWEST]
    if not (figured and any(line.marked for line in lines)) and not (before and continues(before, table)):
        return None
    edge = min(figured, default=ends[0] - _NEAR)
    width = max((line.end for line in lines if line.end < edge), default=edge)
    table.rows += [_row(each, table) for each in _rows(lines, width, max(line.end for line in lines))]
    return table, end - at


def _after(page: Page, at: int) -> int:
    """Return the place after the lines without a gap between them."""
    at += 1
    while at < len(page) and not page[at].gap:
        at += 1
    return at


def _column_ends(heads: Sequence[PageLine], body: Sequence[PageLine], before: int) -> list[int]:
    """Return where the columns end: where most lines have figures, or where the last words of the head end.

    `before` is the number of columns of figures in the table that may go on.
    """
    lines = [[place + len(text) for place, text in _figures(line)] for line in body]
    counts = Counter(len(line) for line in lines if len(line) >= _FEWEST)
    if not counts:
        words = [(place + word.end()) for place, text in heads[-1].chunks for word in re.finditer(r"\S{2,}", text)]
        return words[-before:] if before else []
    size = max(counts, key=lambda count: (counts[count], count))
    return [median_low(column) for column in zip(*(line for line in lines if len(line) == size), strict=True)]


def _figures(line: PageLine) -> list[tuple[int, str]]:
    """Return the chunks at the end of a line that are figures."""
    found = takewhile(lambda chunk: _BRACKETED.fullmatch(chunk[1]), reversed(line.chunks[1:]))
    return list(found)[::-1]


def _read(line: PageLine, ends: Sequence[int], opens_text: OpensText) -> _DenseLine:
    chunks, figures, start = line.chunks, dict[int, str](), line.end
    while len(chunks) > 1 and _BRACKETED.fullmatch(chunks[-1][1]):
        place, text = chunks[-1]
        column = min(range(len(ends)), key=lambda at: abs(ends[at] - place - len(text)))
        if abs(ends[column] - place - len(text)) > _NEAR or column + 1 in figures:
            break
        figures[column + 1], start = text, place
        chunks = chunks[:-1]
    label = " ".join(text for _, text in chunks)
    return _DenseLine(label, line.indent, chunks[-1][0] + len(chunks[-1][1]), start, figures, opens_text(line))


def _rows(lines: Sequence[_DenseLine], width: int, widest: int) -> list[_DenseLine]:
    """Join the lines of each row. Labels of figures end at `width` at most, text over all columns at `widest`."""
    rows: list[_DenseLine] = []
    for before, line in zip((None, *lines), lines, strict=False):
        if before and not rows[-1].figures and _continues(rows[-1], before, line, width, widest):
            rows[-1] = replace(rows[-1], label=f"{rows[-1].label} {line.label}", figures=line.figures)
        else:
            rows.append(line)
    return rows


def _continues(row: _DenseLine, before: _DenseLine, line: _DenseLine, width: int, widest: int) -> bool:
    """Return whether a line continues a row: its first word did not fit into the line before."""
    if line.marked or abs(line.indent - row.text_indent) > _STEP or before.label.endswith("."):
        return False
    room = widest if before.end > width + 1 else width
    first = line.label.split(" ", 1)[0]
    return line.label[:1].islower() or before.end + 1 + len(first) > room - _LOOSE


def _head(heads: Sequence[PageLine], ends: Sequence[int], table: StyledTable) -> StyledRow:
    cells: list[list[str]] = [[] for _ in range(len(ends) + 1)]
    for line in heads:  # a space may be all that is between two columns
        words = [(place + word.end(), word[0]) for place, text in line.chunks for word in re.finditer(r"\S+", text)]
        longer = [word for word in words if len(word[1]) > 1]
        reaches = line.end > ends[-2]
        in_order = dict(zip(longer[-len(ends) :] if reaches else (), range(1, len(ends) + 1), strict=False))
        for word in words:
            nearest = min(range(len(ends)), key=lambda at: abs(ends[at] - word[0]))
            near = nearest + 1 if abs(ends[nearest] - word[0]) <= 2 * _NEAR else 0
            cells[in_order.get(word, near) if near or word in in_order else 0].append(word[1])
    return StyledRow([_cell(at, " ".join(texts), table) for at, texts in enumerate(cells)], heads=True)


def _row(line: _DenseLine, table: StyledTable) -> StyledRow:
    if not line.figures:
        return StyledRow([_cell(0, line.label, table, table.columns)], indent=_indent(line))
    texts = [line.label, *(line.figures.get(at, "") for at in range(1, table.columns))]
    return StyledRow([_cell(at, text, table) for at, text in enumerate(texts)], indent=_indent(line))


def _indent(line: _DenseLine) -> int:
    return line.indent // _STEP * _INDENT


def _cell(column: int, text: str, table: StyledTable, columns: int = 1) -> StyledCell:
    called = _CALLED.search(text)
    spans = [Span(text[: called.start()]), Span(called[1], raised=True)] if called else [Span(text)]
    parts = [Para(table.number, ParaKind.TEXT, spans)] if text else []
    return StyledCell(column, columns, list(parts), alignment=Alignment.END if column else Alignment.START)
