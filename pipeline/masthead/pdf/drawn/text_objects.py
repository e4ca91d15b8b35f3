"""The texts of a page in the lines in which PDFium reads them, by its rules (`CPDF_TextPage`, `CFX_BidiString`).

A text is what one operator shows: upright, in a bundled font, with a Unicode text for each code. What takes rules of
PDFium's own is which texts are on one line, where white space is between them, and in which order a line is read.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, pairwise, repeat, starmap
from operator import itemgetter, sub

from masthead.pdf.content.runs import TextRun
from masthead.pdf.drawn import words
from masthead.pdf.drawn.characters import Character, new_character
from masthead.pdf.drawn.shown_text import ShownText, TextStyle, WordText
from masthead.pdf.drawn.words import (
    BLANK,
    FORWARD,
    HIDDEN,
    KNOWN,
    LEFT,
    MARK,
    NEUTRAL,
    RIGHT,
    SPACE,
    WEAK,
    DrawnWord,
    FontCodes,
    NotSimple,
    WordView,
)

_SEGMENT = re.compile(b"L+|R+|[WMBH]+|[SN]+")
_ODD_MARK = re.compile(b"M(?![MR])|MMM|BM")  # the letter of a mark is the next one on the right
_FORWARD = re.compile(b"[WMBH]*")
_IS_SHOWN = bytes(code not in BLANK + HIDDEN for code in range(256))
_IS_REGULAR, _TEXTS = (itemgetter(WordView._fields.index(name)) for name in ("regular", "texts"))
_FLAT = 4.5  # points: a text as low as this is on the line of any other
_SAME = 0.5  # of a thousandth of the size: for PDFium's numbers it may be the same place or another
_ALMOST = 0.001  # points: for PDFium's numbers a gap is as wide as another one
_NARROW = 0.01  # points: PDFium leaves out a text that is no wider
_ROUNDED = 4.0  # points: PDFium counts four edges in whole points
_HYPHEN = "-"


class TextObject:
    """A text object of PDFium, which is what one operator shows, placed on the page.

    Places are in points from the lower left corner; `starts` are those of its words, in thousandths of the size from
    its own start. Raises NotSimple for one that PDFium may see otherwise.
    """

    __slots__ = (
        *("bottom", "codes", "first", "first_width", "has_gap", "is_spaced", "kinds", "last", "last_start"),
        *("last_width", "run", "shown", "size", "starts", "top", "unit", "words", "x", "y"),
    )

    def __init__(self, run: TextRun, codes: FontCodes) -> None:
        a, b, c, d, self.x, self.y = run.matrix
        if b or c or a <= 0 or d != a or run.rise or run.spacing or run.scale != 100 or run.size <= 0:
            raise NotSimple("the matrix")
        self.run, self.codes, self.size, self.unit = run, codes, run.size * a, run.size * a / 1000
        self.shown = text = "".join(map(codes.names.__getitem__, run.codes))
        parts: Sequence[str] = (text,)
        backs: list[float] = [0.0]
        if run.kerning:
            places, between = zip(*run.kerning, strict=True)
            parts = [text[start:end] for start, end in pairwise((0, *places, len(text)))]
            backs = [*between, 0.0]
            if "" in parts:
                raise NotSimple("two distances at one place")
        found = [word for word in map(KNOWN.get, parts) if word]  # in justified lines each part is a word
        if len(found) < len(parts):
            apart = list(map(codes.split.findall, parts))
            found = list(map(KNOWN.__getitem__, chain.from_iterable(apart)))
            backs = [back for some, last in zip(apart, backs, strict=True) for back in [*[0.0] * (len(some) - 1), last]]
        self.words: Sequence[DrawnWord] = found
        self.first, self.last = found[0].first, found[-1].last
        self.first_width, self.last_width = self.first.wide * self.unit, self.last.wide * self.unit
        self.is_spaced = all(word.is_spaced for word in found[:-1])
        self.has_gap = False
        if not self.is_spaced and -min(backs) >= codes.gap:
            self._check_gaps(backs)
        starts: list[float] = list(accumulate(map(sub, [word.width for word in found], backs), initial=0.0))
        self.last_start = self.x + self.unit * (starts.pop() - self.last.width)
        self.starts = starts
        if run.kerning and min(map(sub, [word.last_width for word in found], backs)) < words.SAME_PLACE:
            self._check_repeated()
        self.kinds = b"".join([word.kinds for word in found])
        if MARK in self.kinds and _ODD_MARK.search(self.kinds):
            raise NotSimple("a mark that is not beside its letter")
        self.bottom = self.y + self.unit * min([word.bottom for word in found])
        self.top = self.y + self.unit * max([word.top for word in found])

    def _check_gaps(self, backs: Sequence[float]) -> None:
        """Raise NotSimple where PDFium sees white space, because of a gap after what is none itself.

        After a no-break space, that matters only in lines from the right, where its order is not that of a space.
        """
        for (word, after), back in zip(pairwise(self.words), backs, strict=False):
            limit = self.codes.gap or _part_of(after.first_width, 300, 500, 700)
            if not word.is_spaced and -back >= limit:
                if not word.is_parted:
                    raise NotSimple("a gap")
                self.has_gap = True

    def _check_repeated(self) -> None:
        """Raise NotSimple where PDFium leaves out a code, or where codes reach beyond the first or the last one."""
        places = self.places
        if min(places) < self.x or max(places) > self.last_start:
            raise NotSimple("codes that are moved back")
        words.check_repeated(self.shown, [place / self.unit for place in places])

    @property
    def end_of_ink(self) -> float:
        """Where its last glyph ends on the right, in points."""
        return self.last_start + (0.0 if self.kinds[-1] in BLANK else self.unit * self.last.right)

    def is_repeated(self, text: TextObject) -> bool:
        """Whether one of its last codes is also one of the first of the next text, in about the same place."""
        near = words.SAME_PLACE * text.unit
        ends, begins = (
            [*zip(each.shown, each.places, strict=True)][part]
            for each, part in ((self, slice(-7, None)), (text, slice(7)))
        )
        return any(code == other and abs(place - x) < near for code, place in ends for other, x in begins)

    @property
    def places(self) -> list[float]:
        """Where each of the codes begins on the left, in points."""
        places: list[float] = []
        widths = [code.width for code in KNOWN.codes(self.shown)]
        for word, start in zip(self.words, self.starts, strict=True):
            place = len(places)
            places += accumulate(widths[place : place + len(word.kinds) - 1], initial=start)
        return [self.x + self.unit * place for place in places]

    def hide_hyphen(self, following: str) -> bool:
        """Hide the hyphen at its end if it divides a word, of which `following` is the next letter; say if it does."""
        end = len(self.kinds.rstrip(SPACE))
        if self.kinds[end - 1 : end] != WEAK:  # as most last letters
            return False
        hyphen, before = (KNOWN.codes(self.shown[place])[0].text if place >= 0 else "" for place in (end - 1, end - 2))
        if hyphen != _HYPHEN or not following.isalnum():
            return False
        if not before:
            raise NotSimple("a hyphen alone")
        if before[-1].isalpha():
            self.kinds = self.kinds[: end - 1] + HIDDEN * (len(self.kinds) - end + 1)
        return before[-1].isalpha()


def _part_of(width: float, *limits: int) -> float:
    """Return the part of a glyph's width, in thousandths of the size, that is white space beside it."""
    return width / next((part for limit, part in zip(limits, (2, 4, 5), strict=True) if width < limit), 6)


def _is_near(text: TextObject, other: TextObject) -> bool:
    """Whether a text is in about the same place as another one."""
    return abs(text.y - other.y) < text.size and abs(text.x - other.x) < text.size


def _ends_line(before: TextObject, text: TextObject) -> bool:
    """Whether a text is on another line than the one before it."""
    is_flat = min(before.top - before.bottom, text.top - text.bottom) <= _FLAT
    if not is_flat and max(before.bottom, text.bottom) >= min(before.top, text.top):
        return True
    limit = max(before.last_width, text.first_width) / 4
    across, up = text.x - before.x, text.y - before.y
    one = before.size / before.run.size  # a unit of the text space of the one before
    if -3 * limit <= up <= 2 * limit or (abs(up) < one and abs(up) <= abs(across)):
        return False
    is_beside = before.bottom <= text.y <= before.top or text.bottom <= before.y <= text.top
    return not is_beside or before.last_start <= before.x


def _is_apart(before: TextObject, text: TextObject) -> bool:
    """Whether there is room for white space between two texts. Raises NotSimple if that depends on rounding."""
    last, first = before.last.wide, text.first.wide
    least = _part_of(max(last, first), 400, 700, 800) * (before.unit if last >= first else text.unit)
    across, last_width, first_width = text.x - before.last_start, before.last_width, text.first_width
    rooms = abs(across) - least - last_width, across - first_width - last_width, abs(last_width - across) - least
    if min(map(abs, rooms)) < _ALMOST:
        raise NotSimple("a gap that may be white space")
    return max(rooms[:2]) > 0 and rooms[2] > 0


def read_lines(texts: Sequence[TextObject], size: tuple[float, float], from_right: bool) -> list[ShownText]:
    """Return what texts show on a page of a size, in the order in which PDFium puts them.

    `from_right` says that the file is bound on the right.
    """
    _check_horizontal(texts, *size)
    reader = _LineReader(size[1], from_right)
    for text in texts:
        reader.add(text)
    reader.finish()
    return list(filter(len, reader.found))


def _check_horizontal(texts: Sequence[TextObject], page_width: float, page_height: float) -> None:
    """Raise NotSimple if PDFium may take a text of one character for vertical, because texts cover more of the height.

    It counts in whole points of the page; four fifths of the width are enough.
    """
    if all(text.last_start - text.x > _NARROW for text in texts):
        return
    across = [(text.x + text.unit * text.first.left, text.end_of_ink) for text in texts]
    up = [(text.bottom, text.top) for text in texts]
    if (
        min(min(across + up)) < 0
        or max(end for _, end in across) > page_width
        or max(end for _, end in up) > page_height
    ):
        raise NotSimple("texts beside the page")
    (width, wide), (height, high) = _extent(across), _extent(up)
    heights = [text.top - text.bottom for text in texts]
    if height < 2 * min(heights) - _ROUNDED:
        return
    if width < 2 * max(heights) + _ROUNDED or wide < width * min(0.82, high / height + 0.02):
        raise NotSimple("lines that may be vertical")


def _extent(parts: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return how many points are between the first and the last of some parts, and how many these cover."""
    rounded = sorted((int(start), int(end)) for start, end in parts)
    first = last = rounded[0][0]
    covered = 0
    for start, end in rounded:
        covered += max(end - max(start, last), 0)
        last = max(end, last)
    return last - first, covered


class _LineReader:
    """Puts the texts of a page in order as PDFium does."""

    def __init__(self, height: float, from_right: bool) -> None:
        self._height, self._from_right = height, from_right
        self._row: list[TextObject] = []  # texts at one height, from left to right, before they are put on the line
        self._line: list[TextObject | None] = []  # None is white space that PDFium adds
        self._last: deque[TextObject] = deque(maxlen=5)  # the last texts, for comparison
        self.found: list[ShownText] = []

    def add(self, text: TextObject) -> None:
        """Add the next text of the content."""
        for other in self._last:
            if text.shown == other.shown and _is_near(text, other):
                raise NotSimple("a text is drawn twice")
        self._last.append(text)
        if text.last_start - text.x < _NARROW and not text.kinds.strip(BLANK):
            return  # it takes no room
        if self._row:
            before = self._row[-1]
            limit = max(before.last_width, text.first_width) / 2
            if abs(text.y - before.y) > limit:
                self._end_row()
        place = len(self._row)
        while place and text.x < self._row[place - 1].x:
            place -= 1
        self._row.insert(place, text)

    def finish(self) -> None:
        self._end_row()
        self._end_line()

    def _end_row(self) -> None:
        for text in self._row:
            if self._line and (before := self._line[-1]):  # what PDFium adds is always before a text
                self._separate(before, text)
            self._line.append(text)
        self._row = []

    def _separate(self, before: TextObject, text: TextObject) -> None:
        """End the line before a text, or put white space there, as PDFium does."""
        first = text.first.text[0]
        if _ends_line(before, text):
            if not before.hide_hyphen(first):
                self._end_line()
            return
        if before.last.text[-1] != " " != first and _is_apart(before, text):
            self._line.append(None)
        near = words.SAME_PLACE * text.unit
        for other in filter(None, self._line[:-8:-1]):
            overlap = text.x < other.last_start + near and other.x < text.last_start + near
            if overlap and other.is_repeated(text):
                raise NotSimple("a code is repeated in one place")

    def _end_line(self) -> None:
        if self._line:
            self.found += _shown(self._line, self._height, self._from_right)
        self._line = []


def _shown(line: Sequence[TextObject | None], height: float, from_right: bool) -> Iterator[ShownText]:
    """Yield what the texts of a line show, from left to right each: word by word where all are read from one side."""
    kinds = [text.kinds if text else SPACE for text in line]
    whole = kinds[0] if len(kinds) == 1 else b"".join(kinds)
    if not from_right and RIGHT in whole and LEFT in whole:
        raise NotSimple("letters from the right in a line from the left")
    turned = from_right or RIGHT in whole
    if turned and HIDDEN in whole:
        raise NotSimple("a word divided in a line from the right")
    if turned and any(text.has_gap for text in line if text):
        raise NotSimple("a gap")
    by_words = not (turned and LEFT in whole) and not any(
        before[-1] in FORWARD and after[0] in FORWARD for before, after in pairwise(kinds)
    )
    order: tuple[Sequence[int], bytes, bytes] | None = None
    end = 0
    for text, here in zip(line, kinds, strict=True):
        start, end = end, end + len(here)
        if text is None:
            continue
        # What is read before the text: in a line from the right what is beside it there, or the end of a number.
        number = _FORWARD.match(whole, end) if turned else None
        place = max(number.end() - 1, end) if number else start - 1
        beside = whole[place : place + 1] if place >= 0 else b""
        shown = _by_words(text, turned, not beside or beside in BLANK, height) if by_words else None
        if shown is None:
            order = order or _order(whole, from_right)
            shown = _by_glyphs(text, order, start, height)
        yield shown


def _style(text: TextObject, height: float) -> TextStyle:
    content = text.run.content
    baseline = round(height - text.y, 4)  # for PDFium's numbers of 24 bits, baselines that are closer are the same
    return TextStyle(baseline, text.size, text.codes.name, -1 if content is None else content)


def _by_words(text: TextObject, turned: bool, spaced: bool, height: float) -> ShownText | None:
    """Return the words of a text, that is read from one side; None if they are not simply side by side.

    `spaced` says that white space is before the word that is read first.
    """
    views = [word.views[turned] or word.view(turned) for word in text.words]
    if HIDDEN in text.kinds or not all(map(_IS_REGULAR, views)):
        return None
    if text.is_spaced:
        between = [True] * (len(views) - 1)
        spaces = [*between, text.words[-1].is_spaced or spaced] if turned else [spaced, *between]
    elif any(starmap(_are_one if turned else _share_mark, pairwise(text.words))):
        return None
    elif turned:
        after = [*[word.kinds[0] in SPACE for word in text.words[1:]], spaced]
        spaces = [word.is_spaced or other for word, other in zip(text.words, after, strict=True)]
    else:
        spaces = [spaced, *[word.is_parted for word in text.words[:-1]]]
    x, unit = text.x, text.unit
    starts = [x + unit * start for start in text.starts]
    if not all(map(_TEXTS, views)):
        shown = list(map(bool, map(_TEXTS, views)))
        views, starts, spaces = [*compress(views, shown)], [*compress(starts, shown)], [*compress(spaces, shown)]
        if not views:
            return ()
    found = WordText(_style(text, height), views, starts, spaces, turned)
    return found if found.is_in_order else None


def _share_mark(before: DrawnWord, after: DrawnWord) -> bool:
    """Whether a mark may be part of a letter across two parts of a word."""
    return not before.is_parted and MARK[0] in (before.kinds[-1], after.kinds[0])


def _are_one(before: DrawnWord, after: DrawnWord) -> bool:
    """Whether the order of two parts of a word depends on both: they share a number or a mark."""
    kinds = before.kinds[-1], after.kinds[0]
    return not before.is_spaced and (MARK[0] in kinds or (kinds[0] in FORWARD and kinds[1] in FORWARD))


def _order(kinds: bytes, from_right: bool) -> tuple[Sequence[int], bytes, bytes]:
    """Return the places of a line in the order in which PDFium reads it, which of them it turns, and which are spaced.

    Before a line is white space.
    """
    order: list[int] = []
    turned, spaced = bytearray(len(kinds)), bytearray(len(kinds))
    segments = [(found[0][:1], *found.span()) for found in _SEGMENT.finditer(kinds)]
    if from_right or (
        RIGHT in kinds and sum(kind == RIGHT for kind, *_ in segments) >= sum(kind == LEFT for kind, *_ in segments)
    ):
        segments.reverse()
        from_right = True
    for kind, start, end in segments:
        if kind == RIGHT or (from_right and kind in SPACE + NEUTRAL):
            from_right = True
            order += range(end - 1, start - 1, -1)
            turned[start:end] = b"\1" * (end - start)
        else:
            from_right = from_right and kind not in LEFT + SPACE + NEUTRAL
            order += range(start, end)
    spaced[order[0]] = True
    for place, before in zip(order[1:], order, strict=False):
        spaced[place] = kinds[before] in BLANK
    return order, bytes(turned), bytes(spaced)


def _by_glyphs(
    text: TextObject, order: tuple[Sequence[int], bytes, bytes], first: int, height: float
) -> tuple[Character, ...]:
    """Return the characters of a text that begins at the place `first` of its line, which is read in an `order`."""
    kinds, unit, x, length = text.kinds, text.unit, text.x, len(text.kinds)
    texts, turned_texts, _, widths, lefts, bottoms, rights, tops = zip(*KNOWN.codes(text.shown), strict=True)
    starts: list[float] = []
    for word, start in zip(text.words, text.starts, strict=True):
        place = len(starts)
        if place and abs(start - starts[-1]) < _SAME and MARK[0] in kinds[place - 1 : place + 1]:
            raise NotSimple("a mark is moved to where its letter begins, or almost")
        starts += accumulate(widths[place : place + len(word.kinds) - 1], initial=start)
    places, turned, spaced = order[0], *(flags[first : first + length] for flags in order[1:])
    shown = [other if way else own for own, other, way in zip(texts, turned_texts, turned, strict=True)]
    if "" in shown:
        raise NotSimple("a character that PDFium may turn into another")
    kept = bytearray(kinds.translate(_IS_SHOWN))
    own = range(first, first + length)
    pairs = ((before - first, place - first) for before, place in pairwise(places) if before in own and place in own)
    for place, into in words.parts(kinds, starts, pairs):
        shown[into] += shown[place]
        kept[place] = False
    (baseline, size, font, content) = _style(text, height)
    columns = (
        shown,
        [x + unit * (start + left) for start, left in zip(starts, lefts, strict=True)],
        [baseline - unit * top for top in tops],
        [x + unit * (start + right) for start, right in zip(starts, rights, strict=True)],
        [baseline - unit * bottom for bottom in bottoms],
        *(repeat(baseline, length), repeat(size, length), repeat(font, length)),
        map(bool, spaced),
        *(repeat(content, length), repeat(0, length)),
    )
    return tuple(map(new_character, compress(zip(*columns, strict=True), kept)))
