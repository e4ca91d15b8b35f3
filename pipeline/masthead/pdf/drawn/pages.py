"""The lines of text on the pages of a PDF, with their places, by PDFium.

Places are in points from the top left corner of the page. Nothing is interpreted here; `masthead.pdf.facts` does that.
Lines are put together from the places of characters, since the order of the file says little about right-to-left text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, compress, count, groupby, pairwise, starmap
from operator import attrgetter, sub
from typing import TYPE_CHECKING

from masthead.document import Rectangle
from masthead.pdf.drawn.characters import Character, field_of
from masthead.pdf.drawn.direction import reading_order, reads_from_right
from masthead.pdf.drawn.drawings import Drawing
from masthead.pdf.drawn.shown_text import COLUMN_GAP, ShownText, WordText, WordTexts, are_apart, read_words

if TYPE_CHECKING:
    import pypdfium2

# Two texts are on one baseline within this distance: Word rounds baselines to 0.24 pt, mastheads differ by up to 0.3.
SAME_BASELINE = 0.8
MARK_GAP = 30.0  # points: of a tab after the mark of a note
# Points: a call in the size of the text may be this far from its word. The labels of a chart are further apart.
TOUCHING = 3.0
_LEFT, _FIRST, _CHARACTERS = attrgetter("left"), attrgetter("first"), attrgetter("characters")
_TEXT, _BY_BASELINE, _BY_LEFT, _CONTENT, _TURN = map(field_of, ("text", "baseline", "left", "content", "turn"))
_BOLD = re.compile(r"bold|simhei|heiti|sans-sc", re.IGNORECASE)  # Chinese has a hei face for what is bold
RAISED_MARK = re.compile(r"[\d*,()\s]+|[a-zء-ي](,[a-zء-ي])*")


@lru_cache(maxsize=256)
def _is_bold(font: str) -> bool:
    return bool(_BOLD.search(font))


@dataclass(frozen=True, slots=True)
class DrawnSpan:
    """Characters of one font and size side by side on one baseline, from left to right.

    `right_to_left` says that the page is read from the right.
    """

    characters: Sequence[Character]
    right_to_left: bool
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    font: str

    @property
    def text(self) -> str:
        """Its text in the order it is read."""
        return _text([self], self.right_to_left)

    @property
    def bold(self) -> bool:
        return _is_bold(self.font)

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

    @property
    def content(self) -> int:
        """The identifier of the marked content at its left end."""
        characters = self.spans[0].characters
        return characters.texts[0].style.content if isinstance(characters, WordTexts) else characters[0].content

    @property
    def contents(self) -> Set[int]:
        """The identifiers of the marked content that it is part of."""
        if words := _word_texts(self._all_spans):
            return {text.style.content for text in words}
        return set(map(_CONTENT, self.characters))

    @property
    def texts(self) -> Iterator[str]:
        """The texts of all its characters."""
        if words := _word_texts(self._all_spans):
            return chain.from_iterable([view.texts for text in words for view in text.views])
        return map(_TEXT, self.characters)

    @property
    def characters(self) -> Iterator[Character]:
        """All its characters, the raised ones last."""
        return chain.from_iterable(map(_CHARACTERS, self._all_spans))

    @property
    def _all_spans(self) -> tuple[DrawnSpan, ...]:
        return (*self.spans, *self.raised)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `number` counts from 1, `lines` go from top to bottom. `right_to_left` says how its document is read.

    `drawings` are what is on it besides text. `turned` are the same page turned so that text along its edges, as on
    landscape pages and beside charts, is upright: with that text alone, by `turn` degrees against the clock.
    """

    number: int
    width: float
    height: float
    lines: tuple[DrawnLine, ...]
    right_to_left: bool
    drawings: tuple[Drawing, ...]
    turn: int = 0
    turned: tuple[Page, ...] = ()

    def start(self, box: DrawnLine | DrawnSpan) -> float:
        """How far `box` begins from the edge where reading begins: the same on a page and on its mirror image."""
        return self.width - box.right if self.right_to_left else box.left

    def end(self, box: DrawnLine | DrawnSpan) -> float:
        """How far `box` ends from the edge where reading begins."""
        return self.width - box.left if self.right_to_left else box.right

    def on_paper(self, box: Rectangle) -> Rectangle:
        """Where a box of a turned page is on the page as it is in the file."""
        left, top, right, bottom = box
        match self.turn:
            case 90:
                return self.height - bottom, left, self.height - top, right
            case 270:
                return top, self.width - right, bottom, self.width - left
        return box


def read_pages(pdf: pypdfium2.PdfDocument, count: int) -> tuple[Page, ...]:
    """Read the first `count` pages of `pdf`. All are read in the direction of the first page that has text."""
    return tuple(read_some(pdf, range(count)).values())


def read_some(
    pdf: pypdfium2.PdfDocument,
    indexes: Iterable[int],
    leave_out: Callable[[int, Character], bool] | None = None,
) -> dict[int, Page]:
    """Read the pages of these indexes, from 0. All are read in the direction of the first one that has text.

    Characters that `leave_out` names are left out of lines.
    """
    found: dict[int, Page] = {}
    for index in indexes:
        with closing(pdf[index]) as page:
            found[index] = read_page(page, index, found.values(), leave_out)
    return found


def read_page(
    page: pypdfium2.PdfPage,
    index: int,
    before: Iterable[Page],
    leave_out: Callable[[int, Character], bool] | None = None,
) -> Page:
    """Read an open page, after those `before`, which say in which direction it is read (see `read_some`)."""
    from masthead.pdf.drawn.character_reader import read_characters
    from masthead.pdf.drawn.drawing_reader import read_drawings

    return put_together([tuple(read_characters(page))], index, page.get_size(), read_drawings(page), before, leave_out)


def put_together(
    texts: Sequence[ShownText],
    index: int,
    size: tuple[float, float],
    drawings: tuple[Drawing, ...],
    before: Iterable[Page],
    leave_out: Callable[[int, Character], bool] | None = None,
) -> Page:
    """Return the page of a `size` that shows `texts` and `drawings`."""
    if leave_out is not None:
        texts = [tuple([each for each in chain.from_iterable(texts) if not leave_out(index, each)])]
    right_to_left = next((other.right_to_left for other in before if other.lines), None)
    if right_to_left is None:
        right_to_left = reads_from_right(_drawn_letters(texts))
    number = index + 1
    turned: tuple[Page, ...] = ()
    if any(map(_TURN, chain.from_iterable([text for text in texts if isinstance(text, tuple)]))):
        characters = [*chain.from_iterable(texts)]
        turned = tuple(_turned(number, *size, characters, right_to_left))
        texts = [tuple([character for character in characters if not character.turn])]
    lines = tuple(_lines(texts, right_to_left))
    return Page(number, *size, lines, right_to_left, drawings, turned=turned)


def _drawn_letters(texts: Iterable[ShownText]) -> Iterator[tuple[float, str]]:
    """Yield the texts of a page with their baselines."""
    for text in texts:
        if isinstance(text, WordText):
            yield text.style.baseline, "".join(chain.from_iterable([view.texts for view in text.views]))
        else:
            yield from [(each.baseline, each.text) for each in text]


def _turned(
    number: int, width: float, height: float, characters: Iterable[Character], right_to_left: bool
) -> Iterator[Page]:
    """Yield the page turned for each direction in which text on it runs along its edges."""
    for turn in (90, 270):
        upright = [_upright(each, width, height) for each in characters if each.turn == turn]
        if upright:
            yield Page(number, height, width, tuple(_lines([tuple(upright)], right_to_left)), right_to_left, (), turn)


def _upright(shown: Character, width: float, height: float) -> Character:
    """Return a character of turned text with its place on the page when that is turned back."""
    left, top, right, bottom, line = shown.left, shown.top, shown.right, shown.bottom, shown.baseline
    if shown.turn == 90:
        left, top, right, bottom, line = top, width - right, bottom, width - left, width - line
    else:
        left, top, right, bottom = height - bottom, left, height - top, right
    return shown._replace(left=left, top=top, right=right, bottom=bottom, baseline=line)


def text_by_content(pages: Sequence[Page] | Mapping[int, Page]) -> Callable[[int, int], str]:
    """Return a function from a page index and an MCID to the text of this marked content, line by line.

    White space before it is kept as one space: it may be the only one between two pieces of a line.
    """

    @lru_cache
    def contents(index: int) -> Mapping[int, str]:
        found: dict[int, str] = defaultdict(str)
        page = pages[index]
        right_to_left = page.right_to_left
        for line in chain(page.lines, *(turned.lines for turned in page.turned)):
            spans = (*line.spans, *line.raised)  # a raised mark may be in the middle of a span
            for content, spaced, text in _pieces(spans, line.text, right_to_left):
                found[content] += (" " if spaced else "") + text
        return found

    return lambda index, content: contents(index).get(content, "")


def _lines(texts: Iterable[ShownText], right_to_left: bool) -> Iterator[DrawnLine]:
    """Yield the lines from top to bottom; lines of one baseline from left to right."""
    spans = [list(_spans(row, right_to_left)) for row in _rows(texts)]
    hosts = _hosts(spans)
    for number, row in enumerate(spans):
        raised = {id(span): span for span, host in hosts if host == number}
        own = [span for span in row if not any(span is other for other, _ in hosts)]
        for part in _columns(sorted([*own, *raised.values()], key=_LEFT), set(raised)):
            text = [span for span in part if id(span) not in raised]
            if text:
                marks = [mark for span in part if id(span) in raised for mark in _marks(span)]
                yield _line(text, marks, right_to_left)


def _rows(texts: Iterable[ShownText]) -> Iterator[list[ShownText]]:
    """Yield what is on one baseline, or on two that are close together, from top to bottom."""
    level: dict[float, list[ShownText]] = defaultdict(list)
    for text in texts:
        if isinstance(text, WordText):
            level[text.style.baseline].append(text)
        else:
            for baseline, beside in groupby(text, _BY_BASELINE):
                level[baseline].append(tuple(beside))
    row: list[ShownText] = []
    start = 0.0
    for baseline in sorted(level):
        if row and baseline - start > SAME_BASELINE:
            yield row
            row = []
        start = start if row else baseline
        row += level[baseline]
    if row:
        yield row


def _spans(row: Sequence[ShownText], right_to_left: bool) -> Iterator[DrawnSpan]:
    texts = sorted([text for text in row if isinstance(text, WordText)], key=_FIRST)
    if len(texts) == len(row) and are_apart(texts):
        start = 0
        for end in [*compress(count(1), starmap(_ends_span, pairwise(texts))), len(texts)]:
            part = texts[start:end]
            yield DrawnSpan(
                WordTexts(part),
                right_to_left,
                part[0].first,
                min([text.top for text in part]),
                max([text.right for text in part]),
                max([text.bottom for text in part]),
                *part[0].style[:3],
            )
            start = end
    else:
        yield from _spans_of_characters(chain.from_iterable(row), right_to_left)


def _ends_span(before: WordText, after: WordText) -> bool:
    (baseline, size, font, _), (other_baseline, other_size, other_font, _) = before.style, after.style
    gap = 3 if other_baseline != baseline else COLUMN_GAP
    return font != other_font or abs(other_size - size) >= 0.2 or after.first - before.end > gap


def _spans_of_characters(row: Iterable[Character], right_to_left: bool) -> Iterator[DrawnSpan]:
    characters = sorted(row, key=_BY_LEFT)
    _, left, top, right, bottom, baseline, size, font, *_ = zip(*characters, strict=True)
    gap = 3 if len(set(baseline)) > 1 else COLUMN_GAP
    sizes = set(size)
    # Most rows are one span, which needs no look at each character.
    if len(set(font)) == 1 and max(sizes) - min(sizes) < 0.2 and max(map(sub, left[1:], right), default=0) <= gap:
        ends: Iterable[int] = ()
    else:
        ends = _edges(characters)
    start = 0
    for end in [*ends, len(characters)]:
        part = slice(start, end)
        box = left[start], min(top[part]), max(right[part]), max(bottom[part])
        yield DrawnSpan(tuple(characters[part]), right_to_left, *box, baseline[start], size[start], font[start])
        start = end


def _edges(characters: Sequence[Character]) -> Iterator[int]:
    """Yield the places in a row where another span begins."""
    for place, (before, after) in enumerate(pairwise(characters), 1):
        same = after.font == before.font and abs(after.size - before.size) < 0.2
        if not same or after.left - before.right > (3 if after.baseline != before.baseline else COLUMN_GAP):
            yield place


def _hosts(rows: list[list[DrawnSpan]]) -> list[tuple[DrawnSpan, int]]:
    """Return the superscripts, each with the number of its row: smaller than a span beside it, and raised."""
    found = []
    for number, row in enumerate(rows):
        for span in row:
            for host in range(number + 1, min(number + 8, len(rows))):
                rise = rows[host][0].baseline - span.baseline
                if rise > 8:
                    break
                if rise > 1 and any(_is_raised(span, beside, rise) for beside in rows[host]):
                    found.append((span, host))
                    break
    return found


def _marks(raised: DrawnSpan) -> Iterator[DrawnSpan]:
    """Divide superscripts where there is room for a letter of the line between them: two calls are two marks."""
    start, characters = 0, raised.characters
    gaps = (place for place, (before, after) in enumerate(pairwise(characters), 1) if after.left - before.right > 3)
    for end in [*gaps, len(characters)]:
        part = characters[start:end]
        left, right = part[0].left, max(character.right for character in part)
        yield replace(raised, characters=part, left=left, right=right, baseline=part[0].baseline)
        start = end


def _is_raised(span: DrawnSpan, beside: DrawnSpan, rise: float) -> bool:
    if rise >= 0.7 * max(beside.size, span.size):
        return False
    before, after = (12.0, MARK_GAP) if span.size < 0.8 * beside.size else (TOUCHING, TOUCHING)
    if span.right_to_left:  # where the marks of notes are on the right, and in the size of Latin notes
        before, after = MARK_GAP if before > TOUCHING else 12.0, 12.0
    near = span.left < beside.right + before and span.right > beside.left - after
    return near and (span.size < 0.8 * beside.size or bool(RAISED_MARK.fullmatch(span.text)))


def _columns(row: list[DrawnSpan], raised: Set[int]) -> Iterator[list[DrawnSpan]]:
    """Divide a row at the gaps between columns, and where the size jumps across more than a word space.

    The mark of a note belongs to its text across a tab.
    """
    part = row[:1]
    for before, span in pairwise(row):
        gap = span.left - max(other.right for other in part)
        jump = max(before.size, span.size) > 1.4 * min(before.size, span.size) and before.baseline == span.baseline
        marks = [span] if span.right_to_left else part  # what begins the line, seen from where reading begins
        is_mark = gap < MARK_GAP and all(id(other) in raised for other in marks)
        if not is_mark and (gap > COLUMN_GAP or (jump and gap > 3)):
            yield part
            part = []
        part.append(span)
    if part:
        yield part


def _line(spans: list[DrawnSpan], raised: list[DrawnSpan], right_to_left: bool) -> DrawnLine:
    most = max(spans, key=lambda span: len(span.characters)) if len(spans) > 1 else spans[0]
    text = _text(spans, right_to_left)
    left, top, right, bottom = zip(*(span.box for span in spans), strict=True)
    box = min(left), min(top), max(right), max(bottom)
    return DrawnLine(tuple(spans), tuple(raised), text, box, most.baseline, most.size)


def _text(spans: Sequence[DrawnSpan], right_to_left: bool) -> str:
    """Return the text of spans in the order it is read."""
    words = _word_texts(spans)
    text = read_words(words, right_to_left=right_to_left) if words else None
    if text is None:
        text = reading_order([*chain.from_iterable(map(_CHARACTERS, spans))], right_to_left=right_to_left)
    return text


def _word_texts(spans: Iterable[DrawnSpan]) -> Sequence[WordText]:
    """Return the texts of spans word by word; none where they must be seen glyph by glyph."""
    found: list[WordText] = []
    for span in spans:
        if not isinstance(span.characters, WordTexts):
            return ()
        found += span.characters.texts
    return found


def _pieces(spans: Sequence[DrawnSpan], text: str, right_to_left: bool) -> Iterator[tuple[int, bool, str]]:
    """Yield what is in each marked content of a line of this text.

    That is its identifier, whether white space is before it, and its text in the order it is read.
    """
    words = sorted(_word_texts(spans), key=_FIRST)
    if words and len({each.style.content for each in words}) == 1 and len(spans) == 1:
        yield words[0].style.content, words[-right_to_left].outermost(right_to_left).spaced, text
        return
    parts: dict[int, list[WordText]] = defaultdict(list)
    for each in words:
        parts[each.style.content].append(each)
    read = [read_words(part, right_to_left=right_to_left) if are_apart(part) else None for part in parts.values()]
    if words and None not in read:
        for (content, part), found in zip(parts.items(), read, strict=True):
            yield content, part[-right_to_left].outermost(right_to_left).spaced, found or ""
        return
    if len(spans) == 1 and len(set(map(_CONTENT, spans[0].characters))) == 1:  # most lines are one piece
        first = spans[0].characters[-1 if right_to_left else 0]
        yield first.content, first.spaced, text
        return
    pieces: dict[int, list[Character]] = defaultdict(list)
    for character in sorted(chain.from_iterable([span.characters for span in spans]), key=_BY_LEFT):
        pieces[character.content].append(character)
    for content, piece in pieces.items():
        spaced = piece[-1 if right_to_left else 0].spaced
        yield content, spaced, reading_order(piece, right_to_left=right_to_left)
