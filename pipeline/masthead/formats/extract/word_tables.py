"""Tables of words in two columns without figures: names at the left, texts at the right.

Only the column in which the texts begin shows that lines are rows. A name is at the top of its row, or in the middle of
its height; then rows part where a sentence ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from masthead.document import Alignment
from masthead.formats.extract.grids import FIGURE, OpensText
from masthead.formats.extract.pages import Page, PageLine
from masthead.formats.extract.running_text import joined
from masthead.formats.styled.parts import Para, ParaKind, StyledCell, StyledRow, StyledTable
from masthead.formats.styled.spans import Span

_NEAR = 1  # characters between beginnings of one column
_FEWEST = 4  # lines
_HEAD = 25  # characters of the cells of a head
_NAME = 30  # characters of a name
_ROOM, _HEAD_ROOM = 1, 2  # empty lines in a table, and below its first line
_SHARE = 0.6  # of the lines: they have text at the right
_ENDED = re.compile(r"[.;:!?…][”’»)\]\"]*$")
_FIGURE = re.compile(FIGURE)
_COLUMN = 7315  # twentieths of a point: the column of the text, in which such tables are


@dataclass(slots=True)
class _NamedRow:
    name: list[PageLine] = field(default_factory=list)
    text: list[PageLine] = field(default_factory=list)


def read_word_table(page: Page, at: int, opens_text: OpensText) -> tuple[StyledTable, int] | None:
    """Return the table that begins at a line of a page and the number of its lines; None if there is none."""
    lines = _lines(page, at, opens_text)
    column = _column(lines)
    if column is None:
        return None
    split = [_split(line, column) for line in lines]
    end = next((at for at, each in enumerate(split) if each is None), len(split))
    parted = [each for each in split[:end] if each is not None]
    named = [name for name, _ in parted if name]
    texts = [text for _, text in parted if text]
    if len(named) < 2 or len(parted) < _FEWEST or not parted[0][1]:
        return None
    if min(len(texts), len(parted) - len(named) / 2) < _SHARE * len(parted) or (at and len(page[at - 1].chunks) > 2):
        return None  # names take fewer lines than texts, and no head of more columns is above them
    below = page[at + end] if at + end < len(page) else None
    if below and not below.gap and not opens_text(below):  # it would be of the table
        return None
    has_head = _is_head(parted)
    rows = _rows(parted[has_head:])
    if len(rows) < 2 or all(len(row.text) < 2 for row in rows):
        return None
    table = StyledTable(page[at].number, 2)
    left, right = min(line.indent for line in lines[:end]), max(line.end for line in lines[:end])
    names = _COLUMN * (column - left) // (right - left)
    table.widths, table.inset = (names, _COLUMN - names), True
    heads = [_NamedRow([name], [text]) for name, text in parted[:has_head] if name and text]
    table.rows = [_row(row, table, heads=True) for row in heads] + [_row(row, table) for row in rows]
    return table, end


def _lines(page: Page, at: int, opens_text: OpensText) -> list[PageLine]:
    """Return the lines that may be of a table: in one or two chunks, without marks or a gap between them."""
    lines: list[PageLine] = []
    for line in page[at:]:
        if (lines and line.gap > (_ROOM if len(lines) > 1 else _HEAD_ROOM)) or opens_text(line) or len(line.chunks) > 2:
            break
        lines.append(line)
    return lines


def _column(lines: Sequence[PageLine]) -> int | None:
    """Return where the texts begin: in the column of most chunks at the right."""
    starts = Counter(line.places[1] for line in lines[: 2 * _FEWEST] if len(line.chunks) == 2)
    return starts.most_common(1)[0][0] if starts else None


def _split(line: PageLine, column: int) -> tuple[PageLine | None, PageLine | None] | None:
    """Divide a line between the columns; None if it does not fit into them."""
    chunks = line.chunks
    pieces = [PageLine(line.number, text, (place,), place + len(text), line.gap) for place, text in chunks]
    if any(_FIGURE.fullmatch(text) for _, text in chunks):
        return None
    if len(pieces) == 2:
        fits = abs(pieces[1].indent - column) <= _NEAR and len(pieces[0].text) <= _NAME
        return (pieces[0], pieces[1]) if fits else None
    if abs(line.indent - column) <= _NEAR:
        return None, pieces[0]
    return (pieces[0], None) if line.end < column and len(line.text) <= _NAME else None


def _is_head(lines: Sequence[tuple[PageLine | None, PageLine | None]]) -> bool:
    """Return whether the first line is a head: short in both columns, and the texts begin below it."""
    (name, text), (_, after) = lines[0], lines[1]
    if name is None or text is None or after is None or after.text[:1].islower():
        return False
    return max(len(name.text), len(text.text)) <= _HEAD and not _ENDED.search(text.text)


def _rows(lines: Sequence[tuple[PageLine | None, PageLine | None]]) -> list[_NamedRow]:
    """Divide lines into rows."""
    starts = _starts_in_the_middle(lines) if lines[0][0] is None else _starts_at_the_top(lines)
    rows: list[_NamedRow] = []
    for at, (name, text) in enumerate(lines):
        if at in starts or not rows:
            rows.append(_NamedRow())
        rows[-1].name += [name] if name else []
        rows[-1].text += [text] if text else []
    return rows


def _starts_at_the_top(lines: Sequence[tuple[PageLine | None, PageLine | None]]) -> set[int]:
    """Return where names begin: with a capital letter."""
    return {at for at, (name, text) in enumerate(lines) if name and text and not name.text[:1].islower()}


def _starts_in_the_middle(lines: Sequence[tuple[PageLine | None, PageLine | None]]) -> set[int]:
    """Return where rows begin whose names are in their middle: after the sentence that ends nearest between two."""
    names = [at for at, (name, _) in enumerate(lines) if name and not name.text[:1].islower()]
    texts = [(at, text) for at, (_, text) in enumerate(lines) if text]
    starts = {0}
    for first, second in pairwise(names):
        middle = (first + second + 1) / 2
        ends = [
            after
            for (at, text), (after, following) in pairwise(texts)
            if first <= at < second and _ENDED.search(text.text) and not following.text[:1].islower()
        ]
        starts.add(min(ends, key=lambda at: abs(at - middle)) if ends else second)
    return starts


def _row(row: _NamedRow, table: StyledTable, *, heads: bool = False) -> StyledRow:
    return StyledRow([_cell(at, lines, table) for at, lines in enumerate((row.name, row.text))], heads=heads)


def _cell(column: int, lines: Sequence[PageLine], table: StyledTable) -> StyledCell:
    parts = [Para(lines[0].number, ParaKind.TEXT, [Span(joined(lines))])] if lines else []
    return StyledCell(column, 1, list(parts), alignment=Alignment.START)
