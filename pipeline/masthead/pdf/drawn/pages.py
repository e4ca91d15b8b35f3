"""What stands where on the pages of a PDF: lines of text with their places, by PDFium.

Places are in points from the top left corner of the page. Nothing is interpreted here; `masthead.pdf.facts` does.
The order of a line is that of the eye, whatever order the file has: extractors disagree about right-to-left text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby, pairwise
from operator import attrgetter, sub

import pypdfium2

from masthead.document import Rectangle
from masthead.pdf.drawn.characters import Character, read_characters
from masthead.pdf.drawn.direction import from_the_right, reading_order
from masthead.pdf.drawn.drawings import Drawing, read_drawings

# Two texts stand on one baseline within this distance: Word rounds baselines to 0.24 pt, mastheads differ by up to 0.3.
SAME_BASELINE = 0.8
# A wider gap than this, in points, parts two texts on one baseline: running head from running title, number from text.
COLUMN_GAP = 14.0
_BASELINE, _LEFT = attrgetter("baseline"), attrgetter("left")
_BOLD = re.compile(r"bold|simhei|heiti|sans-sc", re.IGNORECASE)  # Chinese has a hei face for what is bold
RAISED_MARK = re.compile(r"[\d*,()\s]+|[a-z](,[a-z])*")


@dataclass(frozen=True, slots=True)
class DrawnSpan:
    """Cells of one font and size side by side on one baseline, from left to right. `backwards` says that the page reads
    so."""

    cells: tuple[Character, ...]
    backwards: bool
    left: float
    top: float
    right: float
    bottom: float

    @property
    def text(self) -> str:
        """What it says, in the order it is read."""
        return reading_order(self.cells, backwards=self.backwards)

    @property
    def baseline(self) -> float:
        return self.cells[0].baseline

    @property
    def size(self) -> float:
        return self.cells[0].size

    @property
    def font(self) -> str:
        return self.cells[0].font

    @property
    def bold(self) -> bool:
        return bool(_BOLD.search(self.font))

    @property
    def box(self) -> Rectangle:
        return (self.left, self.top, self.right, self.bottom)


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """Spans that read as one line. `raised` are the superscripts in it: note calls, marks of notes, ordinals.

    `baseline` and `size` are those of most of its characters.
    """

    spans: tuple[DrawnSpan, ...]
    raised: tuple[DrawnSpan, ...]
    text: str
    box: Rectangle
    baseline: float
    size: float

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def right(self) -> float:
        return self.box[2]

    @property
    def bold(self) -> bool:
        return all(span.bold for span in self.spans)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `number` counts from 1, `lines` go from top to bottom. `right_to_left` says how its document reads.

    `drawings` are what is on it besides text.
    """

    number: int
    width: float
    height: float
    lines: tuple[DrawnLine, ...]
    right_to_left: bool
    drawings: tuple[Drawing, ...]

    def start(self, box: DrawnLine | DrawnSpan) -> float:
        """How far `box` begins from the edge where reading begins: the same figure on a page and on its mirror."""
        return self.width - box.right if self.right_to_left else box.left

    def end(self, box: DrawnLine | DrawnSpan) -> float:
        """How far `box` ends from the edge where reading begins."""
        return self.width - box.left if self.right_to_left else box.right


def read_pages(pdf: pypdfium2.PdfDocument, count: int) -> tuple[Page, ...]:
    """Read the text of the first `count` pages of `pdf`: all, where the file is sound."""
    leaves: list[Page] = []
    for number, page in opened(pdf, count):
        leaves.append(read_page(page, number, leaves))
    return tuple(leaves)


def opened(pdf: pypdfium2.PdfDocument, count: int) -> Iterator[tuple[int, pypdfium2.PdfPage]]:
    """The first `count` pages with their numbers, each open until the next is asked for."""
    for index in range(count):
        page = pdf[index]
        try:
            yield index + 1, page
        finally:
            page.close()


def read_page(page: pypdfium2.PdfPage, number: int, before: Sequence[Page] = ()) -> Page:
    """Read one page. All pages of a document go the way of the first that has text: `before` are those before it."""
    shown = read_characters(page)
    backwards = next((other.right_to_left for other in before if other.lines), None)
    if backwards is None:
        backwards = from_the_right(shown)
    width, height = page.get_size()
    return Page(number, width, height, tuple(_lines(shown, backwards)), backwards, read_drawings(page))


def marked(pages: Sequence[Page]) -> Callable[[int, int], str]:
    """Return what stands, line by line, on the page of an index as marked content of an identifier.

    White space before it is kept as one space, for it may be the only one between two pieces of a line.
    """

    @lru_cache
    def contents(index: int) -> Mapping[int, str]:
        found: dict[int, str] = defaultdict(str)
        for line in pages[index].lines:
            backwards = pages[index].right_to_left
            spans = sorted((*line.spans, *line.raised), key=attrgetter("left"))
            pieces: dict[int, list[Character]] = defaultdict(list)
            for cell in chain.from_iterable(span.cells for span in spans):
                pieces[cell.content].append(cell)
            for content, piece in pieces.items():
                spaced = piece[-1 if backwards else 0].spaced
                found[content] += (" " if spaced else "") + reading_order(piece, backwards=backwards)
        return found

    return lambda index, content: contents(index).get(content, "")


def _lines(cells: Iterable[Character], backwards: bool) -> Iterator[DrawnLine]:
    """Lines from top to bottom; those of one baseline from left to right."""
    level: dict[float, list[Character]] = defaultdict(list)
    for baseline, beside in groupby(cells, _BASELINE):
        level[baseline] += beside
    rows: list[list[Character]] = []
    for baseline in sorted(level):
        if rows and baseline - rows[-1][0].baseline <= SAME_BASELINE:
            rows[-1] += level[baseline]
        else:
            rows.append(level[baseline])
    spans = [list(_spans(row, backwards)) for row in rows]
    hosts = _hosts(spans)
    for number, row in enumerate(spans):
        raised = {id(span): span for span, host in hosts if host == number}
        own = [span for span in row if not any(span is other for other, _ in hosts)]
        for part in _columns(sorted([*own, *raised.values()], key=lambda span: span.left)):
            text = [span for span in part if id(span) not in raised]
            if text:
                yield _line(text, [span for span in part if id(span) in raised], backwards)


def _spans(row: Iterable[Character], backwards: bool) -> Iterator[DrawnSpan]:
    """The spans of a row. Most rows are one, which is seen without a look at each cell."""
    cells = sorted(row, key=_LEFT)
    _, left, top, right, bottom, baseline, size, font, *_ = zip(*cells, strict=True)
    gap = 3 if min(baseline) != max(baseline) else COLUMN_GAP
    if len(set(font)) == 1 and max(size) - min(size) < 0.2 and max(map(sub, left[1:], right), default=0) <= gap:
        yield DrawnSpan(tuple(cells), backwards, left[0], min(top), max(right), max(bottom))
        return
    start = 0
    for end in [*_edges(cells), len(cells)]:
        box = slice(start, end)
        yield DrawnSpan(tuple(cells[box]), backwards, left[start], min(top[box]), max(right[box]), max(bottom[box]))
        start = end


def _edges(cells: Sequence[Character]) -> Iterator[int]:
    """The places in a row where another span begins."""
    for place, (before, cell) in enumerate(pairwise(cells), 1):
        same = cell.font == before.font and abs(cell.size - before.size) < 0.2
        if not same or cell.left - before.right > (3 if cell.baseline != before.baseline else COLUMN_GAP):
            yield place


def _hosts(rows: list[list[DrawnSpan]]) -> list[tuple[DrawnSpan, int]]:
    """The superscripts, each with the number of its row: smaller than a span beside it, and raised."""
    found = []
    for number, row in enumerate(rows):
        for span in row:
            for host in range(number + 1, min(number + 8, len(rows))):
                rise = rows[host][0].baseline - span.baseline
                if rise > 8:
                    break
                if rise > 1 and any(_raised(span, beside, rise) for beside in rows[host]):
                    found.append((span, host))
                    break
    return found


def _raised(span: DrawnSpan, beside: DrawnSpan, rise: float) -> bool:
    near = span.left < beside.right + 12 and span.right > beside.left - 12
    small = span.size < 0.8 * beside.size or (rise < 0.7 * beside.size and bool(RAISED_MARK.fullmatch(span.text)))
    return near and small and rise < 0.7 * max(beside.size, span.size)


def _columns(row: list[DrawnSpan]) -> Iterator[list[DrawnSpan]]:
    """Part a row where a column's gap is, or where the size jumps across more than a word space."""
    part = row[:1]
    for before, span in pairwise(row):
        gap = span.left - max(other.right for other in part)
        jump = max(before.size, span.size) > 1.4 * min(before.size, span.size) and before.baseline == span.baseline
        if gap > COLUMN_GAP or (jump and gap > 3):
            yield part
            part = []
        part.append(span)
    if part:
        yield part


def _line(spans: list[DrawnSpan], raised: list[DrawnSpan], backwards: bool) -> DrawnLine:
    cells = [cell for span in spans for cell in span.cells]
    most = max(spans, key=lambda span: len(span.cells))
    text = reading_order(cells, backwards=backwards)
    left, top, right, bottom = zip(*(span.box for span in spans), strict=True)
    box = min(left), min(top), max(right), max(bottom)
    return DrawnLine(tuple(spans), tuple(raised), text, box, most.baseline, most.size)
