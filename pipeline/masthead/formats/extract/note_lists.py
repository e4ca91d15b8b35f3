"""Lists in notes: terms at the left and explanations beside them, in two columns or more.

pdftotext puts the columns of each page as close together as the words on it allow. Therefore their places on the page
follow from the words of the lines: where a word did not fit into a line, the column is no wider.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from statistics import median_low

from masthead.document import Direction, DutyStation, Tab
from masthead.formats.extract.pages import PageLine
from masthead.formats.extract.running_text import joined
from masthead.formats.styled.spans import PARAGRAPH_END, Span
from masthead.page import times

_TERM, _CELL = 30, 60  # characters of a term, and of the cells between it and the last one
_NEAR = {Direction.LTR: 1, Direction.RTL: 6}  # characters between beginnings of one column: from the right by words
_FEWEST = 2  # rows
_SHARE = 0.6  # of the lines with room between words: they are rows
_SHORT = 0.6  # of the longest line of a note
_PAIRS = 3  # lines that go on, from which a width is known
_ALIKE = 0.92  # of the width of the last column of another list
_LEAST = 0.05  # of the width of notes, before the last column
_SLACK = 0.97  # of the width of a column: words may be bold
_ENDED = ".;:"
_TEXTS = {DutyStation.GENEVA: (7370, 40.9), DutyStation.NEW_YORK: (7315, 43.0)}
"""The width of notes in twentieths of a point, and in em of their type."""


@dataclass(slots=True)
class NotePart:
    """A paragraph of a note: its lines, by column in a row of a list."""

    cells: dict[int, list[PageLine]]
    columns: int = 0  # 0 for a paragraph of text

    @property
    def last(self) -> PageLine:
        return self.cells[max(self.cells)][-1]


@dataclass(slots=True)
class _NoteOnPage:
    """The lines of a note on one page, and where the columns of its list begin; none if there is no list.

    Chunks that begin so `near` to a column are in it, in characters.
    """

    lines: list[PageLine]
    near: int
    columns: tuple[int, ...] = ()
    edge: int | None = None  # where the lines begin that are in no column

    def aligns(self, line: PageLine) -> bool:
        """Whether the last chunk of a line is in the last column."""
        return bool(self.columns) and abs(line.places[-1] - self.columns[-1]) <= self.near

    def cells(self, line: PageLine, columns: Sequence[int]) -> dict[int, PageLine] | None:
        """Return the pieces of a line by column; None if it does not begin in one, or is wider than the first one."""
        cells: dict[int, PageLine] = {}
        at = -1
        for place, text in self._chunks(line, columns):
            column = next((at for at, start in enumerate(columns) if abs(place - start) <= self.near), None)
            if column is None and at < 0:
                return None
            if column is None or column <= at:  # more than one space between two words of a cell
                before = cells[at]
                text = f"{before.text} {text}"
                cells[at] = PageLine(before.number, text, before.places, before.indent + len(text), before.gap)
                continue
            at = column
            cells[at] = PageLine(line.number, text, (place,), place + len(text), line.gap)
        is_text = len(cells) == 1 and 0 in cells and cells[0].end > columns[1] - 1
        return None if is_text else cells

    def _chunks(self, line: PageLine, columns: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Yield the chunks of a line, parted where a column begins that only one space parts from the words before it.

        A line of text may have a word there too, if the list is not indented.
        """
        indented = min(each.indent for each in self.lines) < columns[0] - self.near
        for place, text in line.chunks:
            for start in columns if self.near == 1 and (indented or len(line.chunks) > 1) else ():
                words = (found.start() for found in re.finditer(r"(?<= )\S", text))
                at = next((word for word in words if abs(place + word - start) <= self.near), 0)
                if at:
                    yield place, text[: at - 1]
                    place, text = place + at, text[at:]
            yield place, text


@dataclass(frozen=True, slots=True)
class TextWidth:
    """How wide the notes of a document are: in em of their type, in characters, in twentieths of a point."""

    em: float
    characters: int
    twips: int

    @classmethod
    def of(cls, notes: Sequence[Sequence[PageLine]], station: DutyStation) -> TextWidth:
        """Measure the lines of notes that are in no list."""
        twips, em = _TEXTS[station]
        plain = [line for note in notes for line in note if len(line.chunks) == 1]
        pairs = [pair for note in notes for pair in pairwise(note) if len(pair[1].chunks) == 1]
        longest = max((len(line.text) for line in plain), default=0)
        full = [pair for pair in pairs if len(pair[0].text) > _SHORT * longest and pair[0].text[-1:] not in _ENDED]
        measured = _width([each.text for pair in full for each in pair], full) if full else em
        lengths = sorted(len(line.text) for line, _ in full)
        return cls(
            measured if 0.8 * em < measured < 1.2 * em else em, lengths[-1] if lengths else round(2.4 * em), twips
        )


def _with_columns(pages: Sequence[Sequence[PageLine]], near: int) -> list[_NoteOnPage]:
    """Return the lines of a note on its pages with the columns of its list; an empty list if it has none."""
    apart = [line for page in pages for line in page if len(line.chunks) > 1]
    rows = [line for line in apart if _may_be_row(line)]
    sizes = Counter(len(line.chunks) for line in rows)
    if not sizes:
        return []
    size = max(sizes, key=lambda count: (sizes[count], count))
    parts = [_on_page(list(page), size, near) for page in pages]
    aligned = sum(part.aligns(line) for part in parts for line in part.lines if len(line.chunks) > 1)
    if aligned < max(_FEWEST, _SHARE * len(apart)):
        return []
    for part in parts:
        outside = [line.indent for line in part.lines if part.columns and part.cells(line, part.columns) is None]
        part.edge = min(outside, default=None) if part.columns else None
    return parts


def _may_be_row(line: PageLine) -> bool:
    first, *others = line.cells[:-1]
    return len(first) <= _TERM and all(len(cell) <= _CELL for cell in others)


def _on_page(page: list[PageLine], size: int, near: int) -> _NoteOnPage:
    """Find the columns on a page, from its rows with as many cells as most rows of the list."""
    rows = [line for line in page if len(line.chunks) == size and _may_be_row(line)]
    if not rows:
        return _NoteOnPage(page, near)
    places = [*(line.places[-1] for line in rows), *(line.indent for line in page if len(line.chunks) == 1)]
    last = max(
        (line.places[-1] for line in rows),
        key=lambda place: (sum(abs(place - other) <= near for other in places), place),
    )
    rows = [line for line in rows if abs(line.places[-1] - last) <= near]
    columns = tuple(median_low(column) for column in zip(*(row.places for row in rows), strict=True))
    return _NoteOnPage(page, near, columns)


def _parts(pages: Sequence[_NoteOnPage]) -> Iterator[NotePart]:
    """Divide a note with a list into paragraphs of text and rows."""
    longest = max((line.end for page in pages for line in page.lines), default=0)
    part: NotePart | None = None
    for page in pages:
        columns = page.columns or _continued(part, page)
        for line, after in zip_longest(page.lines, page.lines[1:]):
            cells = page.cells(line, columns) if columns else None
            if cells and list(cells) == [0]:
                if part and part.columns and _is_next(part.cells.get(0, ()), line) and line.text[:1].islower():
                    part.cells[0].append(line)
                    continue
                if not (after and len(after.chunks) == 1 and page.aligns(after)):
                    cells = None  # a heading, and no term
            if cells is None or not (0 in cells or (part and part.columns)):
                if part and not part.columns and not _ends(part.last, longest):
                    part.cells[0].append(line)
                    continue
                yield from [part] if part else ()
                part = NotePart({0: [line]})
                continue
            if part is None or (0 in cells and not (part.columns and _goes_on(part, cells, columns))):
                yield from [part] if part else ()
                part = NotePart({}, len(columns))
            for column, piece in cells.items():
                part.cells.setdefault(column, []).append(piece)
    yield from [part] if part else ()


def _ends(line: PageLine, longest: int) -> bool:
    return line.text[-1:] in _ENDED or line.end < _SHORT * longest


def _is_next(lines: Sequence[PageLine], line: PageLine) -> bool:
    return bool(lines) and lines[-1].number + 1 == line.number


def _continued(part: NotePart | None, page: _NoteOnPage) -> tuple[int, ...]:
    """Return the columns of a page that has only the rest of an explanation: its lines are in the last one."""
    if part is None or not part.columns or part.last.text[-1:] in _ENDED:
        return ()
    apart = 2 * page.near + 1
    return tuple(page.lines[0].indent - apart * (part.columns - 1 - at) for at in range(part.columns))


def _goes_on(part: NotePart, cells: dict[int, PageLine], columns: Sequence[int]) -> bool:
    """Tell whether a line continues the term of the row before it: its first word did not fit beside that."""
    if part.last.text[-1:] in _ENDED or 0 not in part.cells or max(part.cells) + 1 < part.columns:
        return False
    before, here = part.cells[0][-1].text, cells[0].text
    if not _is_next(part.cells[0], cells[0]):
        return False
    return here[:1].islower() or len(before) + 1 + len(here.split(" ", 1)[0]) > columns[1] - columns[0] - 2


@dataclass(slots=True)
class NoteList:
    """A note with a list: its lines on pages, its paragraphs, and the width of the last column in em if it is known."""

    pages: list[_NoteOnPage]
    parts: list[NotePart]
    width: float | None

    @property
    def columns(self) -> int:
        return max(part.columns for part in self.parts)

    @property
    def text(self) -> list[list[PageLine]]:
        """The lines of its paragraphs that are not in columns."""
        return [part.cells[0] for part in self.parts if not part.columns]

    @property
    def explanations(self) -> list[list[PageLine]]:
        """The lines of the last column, row by row."""
        last = self.columns - 1
        return [part.cells[last] for part in self.parts if part.columns and last in part.cells]


def read_list(pages: Sequence[Sequence[PageLine]], direction: Direction) -> NoteList | None:
    """Read a note with a list, whose lines are divided by pages; None for any other note."""
    on_pages = _with_columns(pages, _NEAR[direction])
    listed = NoteList(on_pages, list(_parts(on_pages)), None) if on_pages else None
    if listed is None or not any(part.columns for part in listed.parts):
        return None
    listed.width = _width_of([listed])
    return listed


def spans_of_list(listed: NoteList, lists: Sequence[NoteList], text: TextWidth) -> list[Span]:
    """Return the spans of a note with a list: a tab of the model where each column begins.

    Those of the `lists` that look alike have the same columns.
    """
    alike = [each for each in lists if each is listed or _look_alike(each, listed)]
    width = _width_of(alike)
    tabs = _tabs(alike, width, text)
    spans: list[Span] = []
    for part in listed.parts:
        for paragraph in _paragraphs(part, tabs, width or 0.0):
            spans += [PARAGRAPH_END] * bool(spans) + paragraph
    return spans


def _look_alike(one: NoteList, other: NoteList) -> bool:
    widths = [each.width for each in (one, other) if each.width]
    return one.columns == other.columns and (len(widths) < 2 or min(widths) > _ALIKE * max(widths))


def _width_of(lists: Sequence[NoteList]) -> float | None:
    """Return the width of the last column of lists in em, None if too few lines go on."""
    explanations = [lines for each in lists for lines in each.explanations]
    pairs = [pair for lines in explanations for pair in pairwise(lines) if pair[0].text[-1:] not in _ENDED]
    if len(pairs) < _PAIRS:
        return None
    return _width([line.text for lines in explanations for line in lines], pairs)


def _paragraphs(part: NotePart, tabs: Sequence[int], width: float) -> Iterator[list[Span]]:
    """Yield the spans of a row, and of the paragraphs of its explanation after the first."""
    if not part.columns:
        yield [Span(joined(part.cells[0]))]
        return
    paragraphs: list[list[PageLine]] = [[]]
    for line in part.cells.get(part.columns - 1, ()):
        before = paragraphs[-1][-1] if paragraphs[-1] else None
        if before and before.text[-1:] in _ENDED and _would_fit(before, line) < _SLACK * width:
            paragraphs.append([])
        paragraphs[-1].append(line)
    row: list[Span] = []
    for column in range(part.columns):
        lines = paragraphs[0] if column == part.columns - 1 else part.cells.get(column, [])
        row += [Span(inline=Tab(tabs[column]))] if tabs[column] else []
        row += [Span(joined(lines))] if lines else []
    yield row
    for lines in paragraphs[1:]:
        yield [Span(inline=Tab(tabs[-1])), Span(joined(lines))]


def _tabs(lists: Sequence[NoteList], width: float | None, text: TextWidth) -> list[int]:
    """Return where the columns begin, in twentieths of a point from the edge of the text.

    The last one is as wide as its words say. The others are where they are on the page that has most room for them.
    """
    known = [page for each in lists for page in each.pages if page.columns]
    widest = max(known, key=lambda page: (page.edge is not None, page.columns[-1] - (page.edge or page.columns[0])))
    edge = widest.columns[0] if widest.edge is None else min(widest.edge, widest.columns[0])
    room = max(widest.columns[-1] - edge, 1)
    if width is None:
        longest = max(times.width(line.text) for each in lists for lines in each.explanations for line in lines)
        last = min(room / text.characters, 1 - longest / text.em)
    else:
        last = 1 - width / text.em
    return [round(text.twips * max(last, _LEAST) * (column - edge) / room) for column in widest.columns]


def _width(texts: Sequence[str], pairs: Sequence[tuple[PageLine, PageLine]]) -> float:
    """Return the width of a column in em, in which most lines fit and most next words did not: some words are bold."""
    inside, beyond = sorted(map(times.width, texts)), sorted(_would_fit(*pair) for pair in pairs)
    places = sorted({*inside, *beyond, inside[-1] + 1})
    against = [
        (len(inside) - bisect(inside, start) + bisect(beyond, start), start - end, (start + end) / 2)
        for start, end in pairwise(places)
    ]
    return min(against)[2]


def _would_fit(line: PageLine, after: PageLine) -> float:
    """Return the width of a line with the first word of the next one."""
    return times.width(f"{line.text} {after.text.split(' ', 1)[0]}")
