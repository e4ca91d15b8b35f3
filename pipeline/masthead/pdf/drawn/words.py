"""What words in bundled fonts look like: read once, as documents have most words in common.

A word is what stands between two spaces, with the space after it, as codes of one font. Lengths are in thousandths of
the font size, places are counted from where the word begins, heights from the baseline upwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import itemgetter, sub
from typing import NamedTuple

from masthead.page import joining
from masthead.pdf.drawn.characters import new_character
from masthead.pdf.drawn.direction import is_number, kinds_of, reading_order
from masthead.pdf.glyphs.known_fonts import KnownFont
from masthead.pdf.glyphs.meanings import TATWEEL

# The kinds of a code's text: a letter read from the left or the right, a number or what belongs to one, a mark, white
# space that belongs to a number, white space, anything else.
LEFT, RIGHT, WEAK, MARK, WEAK_SPACE, SPACE, NEUTRAL = (bytes((code,)) for code in b"LRWMBSN")
HIDDEN = b"H"
BLANK = SPACE + WEAK_SPACE
FORWARD = WEAK + MARK + WEAK_SPACE + HIDDEN  # what is read in the order of the file, in a line from the right too
_TURNED = re.compile(b"[WMBH]+|[^WMBH]+")
_LONG_WEAK = re.compile(b"[WMBH]{2}")
_WEAK_CLASSES = frozenset(("AN", "EN", "NSM", "CS", "ES", "ET", "BN"))
_MIRRORED = dict(zip("()[]{}<>«»‹›“”", ")(][}{><»«›‹”“", strict=True))
_SPACE = 250  # what is wider may be read as a space
SAME_PLACE = 71  # a code that is repeated within 70 is left out
MOST_GAP = 500  # between a glyph and the one after it, which may be drawn under it
_NUMBER = "arabic number"
_MANY = 30_000  # words that are kept
_LONGEST = 60  # codes: longer texts without a space are none that come again


_Shown = tuple[str, float, tuple[int, int, int, int]]
"""What a file says of a code: its text, its width and its box."""


class NotSimple(Exception):
    """Something on a page is left to PDFium."""


class FontCode(NamedTuple):
    """What a code shows: its text as it is read from the left and from the right, its kind, its width and its box."""

    text: str
    turned: str
    kind: int
    width: int
    left: int
    bottom: int
    right: int
    top: int

    @property
    def wide(self) -> int:
        """Its width; that of its ink if it has none."""
        return self.width or max(self.right - self.left, 0)


class WordView(NamedTuple):
    """A word as it is read from one side: what it shows, one glyph with its marks each, from left to right.

    `text` is all of it in the order in which it is read, and `begins` the place of the glyph that is read first;
    `begins_last` says that this is the last one, or the first digit of the number there, `begins_part` that it is where
    a number begins, or what is read after one: in a line from the right, only gaps are spaces there. `kinds` are those
    of its texts for the order of a line. `first` and `last` are where its first and its last glyph begin on the left,
    `end` is where the last one ends, `right` how far any of them reaches, and `reach` how far any does that is read in
    the direction of the last one. `number_first` and `number_last` say that the glyph on the left and the one on the
    right is a digit, which is read from the left in a line from the right. `regular` says that there is no space
    between its glyphs, nor room for one; of any other word nothing else is known.
    """

    regular: bool
    texts: tuple[str, ...] = ()
    lefts: tuple[int, ...] = ()
    tops: tuple[int, ...] = ()
    rights: tuple[int, ...] = ()
    bottoms: tuple[int, ...] = ()
    begins: int = 0
    begins_last: bool = True
    begins_part: bool = True
    text: str = ""
    kinds: frozenset[str] = frozenset()
    first: int = 0
    last: int = 0
    end: int = 0
    right: int = 0
    reach: int = 0
    top: int = 0
    bottom: int = 0
    number_first: bool = False
    number_last: bool = False


_IRREGULAR = WordView(False)


class DrawnWord:
    """Codes of one font: their kinds, their width, how high and low their boxes reach, the first and the last code.

    `is_spaced` says that a space is at its end, `is_parted` that any white space is. `views` are how it is read from
    the left and from the right, as far as somebody asked for that. Raises NotSimple if PDFium leaves out one of them.
    """

    __slots__ = (
        *("_codes", "bottom", "first", "first_width", "is_parted", "is_spaced", "kinds", "last", "last_width", "top"),
        *("views", "width"),
    )

    def __init__(self, codes: Sequence[FontCode]) -> None:
        check_repeated(codes, accumulate([code.width for code in codes], initial=0))
        self._codes = codes
        self.first, self.last = codes[0], codes[-1]
        self.last_width = codes[-1].width
        self.kinds = bytes([code.kind for code in codes])
        self.width = sum([code.width for code in codes])
        self.first_width = codes[0].wide
        self.bottom, self.top = min([code.bottom for code in codes]), max([code.top for code in codes])
        self.is_spaced = self.kinds.endswith(SPACE)
        self.is_parted = self.kinds[-1] in BLANK
        self.views: list[WordView | None] = [None, None]

    def view(self, turned: bool) -> WordView:
        """Return the word as it is read from the left, or `turned`, from the right.

        Raises NotSimple if PDFium may turn one of its characters into another.
        """
        view = self.views[turned]
        if view is None:
            view = self.views[turned] = _view(self._codes, self.kinds, turned)
        return view


def _view(codes: Sequence[FontCode], kinds: bytes, turned: bool) -> WordView:
    kinds = kinds.rstrip(SPACE if turned else BLANK)
    if any(kind in BLANK for kind in kinds):
        return _IRREGULAR
    length = len(kinds)
    texts = [code.turned if turned else code.text for code in codes[:length]]
    if "" in texts:
        raise NotSimple("a character that PDFium may turn into another")
    if not length:
        return WordView(True)
    starts = [*accumulate([code.width for code in codes[: length - 1]], initial=0)]
    order = turned_order(kinds) if turned else range(length)
    kept = set(range(length))
    for place, into in parts(kinds, starts, pairwise(order)):
        texts[into] += texts[place]
        kept.discard(place)
    glyphs = [
        (start + code.left, text, -code.top, start + code.right, -code.bottom, place)
        for place, (text, start, code) in enumerate(zip(texts, starts, codes, strict=False))
        if place in kept
    ]
    glyphs.sort(key=itemgetter(0))
    lefts, shown, tops, rights, bottoms, places = zip(*glyphs, strict=True)
    spaces, gaps = map(sub, lefts[1:], accumulate(rights, max)), map(sub, lefts[1:], rights)
    if max(spaces, default=0) > _SPACE or max(gaps, default=0) > MOST_GAP:
        return _IRREGULAR
    kinds_here = kinds_of(shown)
    numbers = list(map(is_number, shown))
    same = next((place for place in range(len(numbers), 0, -1) if numbers[place - 1] != numbers[-1]), 0)
    edges = lefts[0], lefts[-1], rights[-1], max(rights), max(rights[same:]), min(tops), max(bottoms)
    is_plain = kinds_here.isdisjoint((_NUMBER, "latin")) if turned else "rtl" not in kinds_here
    if is_plain and ("rtl" in kinds_here or not turned):
        text = "".join(shown[::-1] if turned else shown)
    else:
        boxes = zip(shown, lefts, tops, rights, bottoms, strict=True)
        characters = [new_character((*box, 0, 1000, "", False, 0, 0)) for box in boxes]
        text = reading_order(characters, right_to_left=turned)
    begins = places.index(next(place for place in order if place in kept))
    glyph_columns = shown, lefts, tops, rights, bottoms
    before = begins - 1 if numbers[begins] else begins + 1
    begins_part = not 0 <= before < len(numbers) or numbers[before] is not numbers[begins]
    read = begins, begins == (same if numbers[-1] else len(places) - 1), begins_part, text, kinds_here
    return WordView(True, *glyph_columns, *read, *edges, numbers[0], numbers[-1])


def check_repeated(codes: Sequence[object], starts: Iterable[float]) -> None:
    """Raise NotSimple for codes of which PDFium leaves out one: it is among the seven before, in about the same place.

    `starts` are the places of codes, in thousandths of the size.
    """
    last: deque[tuple[object, float]] = deque(maxlen=7)
    for code, start in zip(codes, starts, strict=False):
        if any(code == other and abs(start - place) < SAME_PLACE for other, place in last):
            raise NotSimple("a code is repeated in one place")
        last.append((code, start))


def turned_order(kinds: bytes) -> Sequence[int]:
    """Return the places of codes, none of them a letter read from the left, in the order in which PDFium reads a line
    from the right: numbers and what belongs to them in the order of the file."""
    if not _LONG_WEAK.search(kinds):
        return range(len(kinds) - 1, -1, -1)
    order: list[int] = []
    for found in reversed([*_TURNED.finditer(kinds)]):
        order += range(*found.span()) if found[0][:1] in FORWARD else range(found.end() - 1, found.start() - 1, -1)
    return order


def parts(kinds: bytes, starts: Sequence[float], pairs: Iterable[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Return the places of codes that are part of the code read before them, and the place of that.

    Marks are, that are drawn where their letter begins. `pairs` are the places of codes, each with that of the code
    which is read after it. A mark of a mark comes first.
    """
    if MARK not in kinds:
        return ()
    found = [
        (place, before)
        for before, place in pairs
        if starts[place] == starts[before] and MARK[0] in (kinds[place], kinds[before])
    ]
    return found[::-1]


class KnownWords(dict[str, DrawnWord]):
    """The words of all files: the names of what their codes show → the word.

    The name of what a code shows, which is in `codes`, is one character: other files may have other codes for the same.
    """

    def __init__(self) -> None:
        self._codes: list[FontCode] = []
        self._names: dict[_Shown, str] = {}

    def name(self, shown: _Shown) -> str:
        """Return the name of what a code shows. Raises NotSimple when PDFium may change its text."""
        name = self._names.get(shown)
        if name is None:
            code = _code(*shown)
            name = self._names[shown] = chr(len(self._codes))
            self._codes.append(code)
        return name

    def codes(self, names: str) -> list[FontCode]:
        """Return what codes of these names show."""
        return list(map(self._codes.__getitem__, map(ord, names)))

    def __missing__(self, names: str) -> DrawnWord:
        if len(names) > _LONGEST:
            raise NotSimple("a text without spaces")
        word = self[names] = DrawnWord(self.codes(names))
        return word

    def begin_file(self) -> None:
        """Forget all if there is more than a large batch needs."""
        if len(self) > _MANY or len(self._codes) > _MANY:
            self._codes.clear()
            self._names.clear()
            self.clear()


KNOWN = KnownWords()  # for the one thread that uses PDFium


class FontCodes:
    """The codes of a font: the `names` of what they show.

    `gap` is how far apart two of them have room for white space between them, in thousandths of the size; 0 where that
    depends on their widths. Raises NotSimple when PDFium may change the text of a code.
    """

    def __init__(self, known: KnownFont) -> None:
        self.name = known.font.name
        letters, widths, box, name = known.letters, known.font.widths, known.box, KNOWN.name
        self.names = {code: name((letters.get(code, ""), widths[code], box(code))) for code in known.font.codes}
        space = next((code for code, text in sorted(letters.items()) if text == " "), 0)
        width = int(widths[space])
        self.gap = width / 2 if width <= 1000 / 3 else 0.0
        self.split = _splitter(self.names.get(space, ""))


@lru_cache(maxsize=64)
def _splitter(space: str) -> re.Pattern[str]:
    """Return the pattern of a word, with the space after it, if there is one."""
    return re.compile("[^{0}]*{0}|[^{0}]+".format(re.escape(space)) if space else ".+", re.DOTALL)


def _code(text: str, width: float, box: tuple[int, int, int, int]) -> FontCode:
    kind, turned = _kind(text)
    left, bottom, right, top = box
    if right <= left and kind not in BLANK and TATWEEL not in text:  # a letter may be stretched by its own glyph
        raise NotSimple(f"{text!r} is not drawn")
    right = right if right > left else left + int(width)
    top += int(top / 64)  # PDFium adds to the height of each glyph
    return FontCode(text, turned, kind[0], int(width), left, bottom, right, max(top, bottom + 1))


@lru_cache(maxsize=4096)
def _kind(text: str) -> tuple[bytes, str]:
    """Return the kind of a text, and how it is read from the right; nothing where PDFium would normalize it."""
    kinds = {_kind_of(char) for char in text}
    if len(kinds) != 1 or len(text.encode("utf-16-le")) != 2 * len(text):
        raise NotSimple(f"the text {text!r}")
    (kind,) = kinds
    if kind in (WEAK, MARK, WEAK_SPACE, SPACE):
        return kind, text
    if unicodedata.normalize("NFKC", text) != text or any(map(_has_unknown_image, text)):
        return kind, ""
    return kind, "".join([_MIRRORED.get(char, char) for char in reversed(text)])


def _has_unknown_image(char: str) -> bool:
    """Whether a character may be turned into its mirror image by a table of PDFium's."""
    return char not in _MIRRORED and bool(unicodedata.mirrored(char) or unicodedata.category(char) in ("Pi", "Pf"))


def _kind_of(char: str) -> bytes:
    """Return the kind of a character. Raises NotSimple for one that controls others, or that PDFium replaces."""
    if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cn") or "\ufb00" <= char <= "\ufb06" or char == "\ufffd":
        raise NotSimple(f"the character {ord(char):04X}")
    direction = unicodedata.bidirectional(char)
    if joining.is_mark(char):
        return MARK
    if direction in _WEAK_CLASSES:
        return WEAK_SPACE if char.isspace() else WEAK
    if char.isspace():
        return SPACE
    return LEFT if direction == "L" else RIGHT if direction in ("R", "AL") else NEUTRAL
