"""Text shaped by HarfBuzz, once for a paragraph, with the same result as Pango.

Pango's result is that of HarfBuzz where one font has every letter and only changes of direction divide the text. What
Pango does beyond that is not done here (another font for a missing letter, negative advances made positive, letters of
two scripts): `shape` then returns None. Among ideographs, Pango chooses the fonts of digits and signs: so it shapes
such text, all of it once (`shape_mixed`).

The text is kept as tokens: pieces that lines do not divide, each with the space after it. Equal pieces are one
`GlyphWord`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, compress, pairwise
from typing import Any, NamedTuple

from masthead.typesetting.engine.weasyprint.text.ffi import ffi, harfbuzz, pango, unicode_to_char_p
from masthead.typesetting.engine.weasyprint.text.line_break import Layout
from masthead.typesetting.paragraphs.faces import (
    FontFace,
    MixedFace,
    ScriptFace,
)
from masthead.typesetting.paragraphs.glyph_words import GLYPH_SIZE, NO_BREAK_SPACE, SPACES, GlyphWord, as_bytes, word
from masthead.typesetting.paragraphs.scripts import IDEOGRAPH, LETTERS, dependent_numbers, numbers_of
from masthead.typesetting.repairs.whitespace import is_wrapped, number_spaces

_LTR, _RTL = 4, 5  # HB_DIRECTION_LTR and _RTL
_UNSAFE = 1  # HB_GLYPH_FLAG_UNSAFE_TO_BREAK: if the text is divided before this cluster, it must be shaped again

# Drawn in the same way beside any sign, and by another font than letters and digits.
_SEPARATE = re.compile("[\u3001-\u3029\u3400-\u9fff\uff01-\uff60]")
_SPACE_BYTE = 0x20


class FontRun(NamedTuple):
    """A run of text in one font. Pango raises it, so that its baseline is beside that which the first script has."""

    number: int
    raised: int
    script: int


class ShapedText:
    """A text of one style as tokens, in logical order. Places are bytes of `content`, lengths are Pango units.

    By token: `starts` is the place where it begins, `words` what it draws, `spaces` the space after it if there is one,
    `levels` its embedding level modulo two, `pens` the position where it begins were the text one line, `ends` that of
    its end without the space. `unsafe` and `unsafe_ends` say whether the text must be shaped again if a line begins
    with the token, or ends with it. `breaks` are the tokens with which a line may begin, and the end. `last_letter` is
    the place of the last letter of the script: what is after it would be shaped otherwise if it were alone. `divisions`
    are the tokens before which a word may be divided, and `hyphen` is the width of what is then drawn after it.
    `runs` are the runs to which the tokens of a mixed face belong.
    """

    __slots__ = (
        *(
            "breaks",
            "content",
            "count",
            "divisions",
            "ends",
            "face",
            "hyphen",
            "last_letter",
            "levels",
            "parts",
            "pens",
            "runs",
            "spaces",
        ),
        *("starts", "unsafe", "unsafe_ends", "words"),
    )

    def __init__(self, face: ScriptFace | MixedFace, content: bytes) -> None:
        self.runs: list[FontRun] = []
        self.face, self.content, self.count, self.last_letter = face, content, 0, len(content)
        self.starts: list[int] = []
        self.words: list[GlyphWord | None] = []
        self.spaces: list[GlyphWord | None] = []
        self.levels: list[bool] = []
        self.unsafe: list[int] = []
        self.unsafe_ends: list[int] = []
        self.pens: list[int] = []
        self.ends: list[int] = []
        self.breaks: list[int] = []
        self.divisions, self.hyphen = frozenset[int](), 0
        self.parts: dict[tuple[int, int, bool], ShapedText | None] = {}

    def part(self, first: int, end: int, *, trailing: bool) -> ShapedText | None:
        """Return the tokens from `first` to before `end` shaped alone, with the space after them if `trailing`.

        A word that is divided before `end` has its hyphen.
        """
        if isinstance(self.face, MixedFace):
            return None
        key = first, end, trailing
        if key not in self.parts:
            start, stop = self.starts[first], self.starts[end] if end < self.count else len(self.content)
            if not trailing and self.spaces[end - 1] is not None:
                stop -= 1
            breaks = [self.starts[each] - start for each in self.breaks if first < each < end]
            content = self.content[start:stop]
            if end in self.divisions and self.face.hyphenation:
                content += self.face.hyphenation.hyphen
            self.parts[key] = shape_content(self.face, content, breaks)
        return self.parts[key]

    def has_letters(self, text: str) -> bool:
        """Whether a part of the text has the script of the whole: it is shaped otherwise if it has no letter."""
        letter = LETTERS.get(self.face.script)
        return letter is None or letter.search(text) is not None


def shape(face: ScriptFace, text: str, language: str | None) -> ShapedText | None:
    """Shape a text whose script is that of the face; None if Pango would treat one of its glyphs otherwise."""
    content = text.encode()
    if b"  " in content:
        return None  # style sheets keep them
    breaks = _places(text, content, _breaks(text, content, language)) if face.wraps else []
    divisions = face.hyphenation.divisions(text) if face.hyphenation else []
    shaped = shape_content(face, content, breaks, _places(text, content, divisions))
    letter = LETTERS.get(face.script)
    if shaped and shaped.divisions and face.hyphenation:
        hyphen = shape_content(face, face.hyphenation.hyphen, [])
        shaped.hyphen = hyphen.pens[-1] if hyphen else 0
    if shaped is not None and letter is not None:
        last = next(at for at in range(len(text) - 1, -1, -1) if letter.match(text[at]))
        shaped.last_letter = len(text[:last].encode())
        if face.base:
            for start, end in dependent_numbers(text):
                first, beyond = (bisect_left(shaped.starts, len(text[:at].encode())) for at in (start, end))
                shaped.unsafe[first:beyond] = [1] * (beyond - first)
    return shaped


def shape_content(
    face: ScriptFace, content: bytes, breaks: list[int], divisions: Iterable[int] = ()
) -> ShapedText | None:
    """Shape a text whose lines may begin at `breaks`, and whose words may be divided at `divisions`."""
    shaped, divisible = ShapedText(face, content), set(divisions) - set(breaks)
    spaces, whole = _spaces(content, wraps=face.wraps)
    cuts, pen = sorted({*breaks, *divisible, *spaces}), 0
    for rtl, number, first, end in _runs(face, content):
        if first in whole:
            return None
        made = _harfbuzz(face, content, first, end, rtl)
        if made is None:
            return None
        inner = cuts[bisect_right(cuts, first) : bisect_left(cuts, end)]
        if divisible:  # but not within a ligature
            own = set(made[1])
            inner = [place for place in inner if place in own or place not in divisible]
        may_be_number = number and not inner and face.has_whole_numbers
        if number and inner and NO_BREAK_SPACE not in content[first:end]:
            return None  # a number that a line may divide
        pen = _tokens(shaped, [first, *inner, end], made, rtl, may_be_number, pen, face)
        if pen < 0:
            return None
    tokens = _finish(shaped, breaks, pen)
    shaped.divisions = frozenset(tokens[place] for place in divisible if place in tokens)
    return shaped


def shape_mixed(face: MixedFace, style: Any, text: str) -> ShapedText | None:
    """Shape a text with ideographs; None if no font has a character of it."""
    content = text.encode()
    if b"  " in content:
        return None
    breaks = _places(text, content, _breaks(text, content, style["lang"])) if face.wraps else []
    shaped = ShapedText(face, content)
    layout = Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    runs, own = list[tuple[FontFace, int, int, list[int], list[int]]](), list[FontRun]()
    run = line.runs
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        script = ffi.cast("PangoItemAnalysis *", ffi.addressof(item, "analysis")).script
        own.append(FontRun(len(own), ffi.cast("PangoRaisedRun *", run.data).y_offset, script))
        run = run.next
        values = memoryview(ffi.buffer(string.glyphs, 20 * string.num_glyphs)).cast("i").tolist()
        clusters = memoryview(ffi.buffer(string.log_clusters, 4 * string.num_glyphs)).cast("i").tolist()
        if item.analysis.level & 1 or max(values[0::5]) > pango.PANGO_GLYPH_EMPTY:
            return None
        values[4::5] = [0] * len(clusters)
        first = item.offset
        clusters = [each + first for each in clusters]
        runs.append((face.font(item.analysis.font), first, first + item.length, values, clusters))
    if face.tracking and runs:  # of which Pango leaves out half at either end
        left = left_part(face.tracking)
        runs[0][3][1] += left
        runs[0][3][2] += left
        runs[-1][3][-4] += face.tracking - left
    starts = accumulate((len(char.encode()) for char in text), initial=0)
    separate = {start for start, char in zip(starts, text, strict=False) if _SEPARATE.match(char)}
    spaces, whole = _spaces(content, wraps=face.wraps)
    cuts, pen = sorted({*breaks, *spaces}), 0
    for run, (font, first, end, values, clusters) in zip(own, runs, strict=True):
        befores = (first, *clusters)
        flags = [
            int(place > first and not (place in separate and before in separate))
            for place, before in zip(clusters, befores, strict=False)
        ]
        inner = cuts[bisect_right(cuts, first) : bisect_left(cuts, end)]
        if first in whole:
            return None
        count = len(shaped.starts)
        is_whole = not inner and face.has_whole_numbers
        pen = _tokens(shaped, [first, *inner, end], (values, clusters, flags), False, is_whole, pen, font)
        if pen < 0:
            return None
        shaped.runs += [run] * (len(shaped.starts) - count)
    _finish(shaped, breaks, pen)
    found = [*IDEOGRAPH.finditer(text)]
    shaped.last_letter = len(text[: found[-1].start()].encode()) if found else -1
    return shaped


def _spaces(content: bytes, *, wraps: bool) -> tuple[set[int], set[int]]:
    """Return the places that are edges of tokens because of a space, and those inside numbers beside their spaces.

    The space of a number is drawn as one of its signs, and is not widened. A no-break space elsewhere is a token.
    """
    inner = {*number_spaces(content, wraps=wraps)}
    edges, whole = set[int](), {place for span in inner for place in span}
    for start, end in (found.span() for found in SPACES.finditer(content)):
        if (start, end) not in inner:
            edges.add(end)
            if end - start > 1:
                edges.add(start)
    return edges, whole


class MeasuredPiece(NamedTuple):
    """A piece of a text that lines do not divide: the place where it begins, and widths in Pango units.

    `spaces` is that of the spaces in it (but not in numbers), `after` that of the space at its end, `width` that of all
    the rest.
    """

    start: int
    width: int
    spaces: int
    after: int


def measure(style: Any, text: str) -> list[MeasuredPiece]:
    """Return the pieces of a text as Pango sets it in one line: nearly as wide as in lines of their own."""
    content = text.encode()
    layout = Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    advances, run = [0] * (len(content) + 1), line.runs
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        values = memoryview(ffi.buffer(string.glyphs, 20 * string.num_glyphs)).cast("i").tolist()
        clusters = memoryview(ffi.buffer(string.log_clusters, 4 * string.num_glyphs)).cast("i").tolist()
        for cluster, advance in zip(clusters, values[1::5], strict=True):
            advances[item.offset + cluster] += advance
    pens, pieces = [0, *accumulate(advances)], []
    wraps = style["white_space"] == "normal"
    fixed = {first for first, _ in number_spaces(content, wraps=is_wrapped(style))}
    breaks = _places(text, content, _breaks(text, content, style["lang"])) if wraps else []
    for start, end in pairwise((0, *breaks, len(content))):
        stop = end - (content[end - 1] == _SPACE_BYTE)
        places = (start + found.start() for found in SPACES.finditer(content[start:stop]))
        spaces = sum(advances[place] for place in places if place not in fixed)
        pieces.append(MeasuredPiece(start, pens[stop] - pens[start], spaces, pens[end] - pens[stop]))
    return pieces


def _finish(shaped: ShapedText, breaks: list[int], pen: int) -> dict[int, int]:
    """Complete a text all of whose tokens are there; return them by the places where they begin."""
    shaped.count = len(shaped.starts)
    shaped.pens.append(pen)
    unsafe = [*shaped.unsafe[1:], 0]
    shaped.unsafe_ends = [
        own if space else after for own, space, after in zip(shaped.unsafe_ends, shaped.spaces, unsafe, strict=True)
    ]
    tokens = {start: token for token, start in enumerate(shaped.starts)}
    shaped.breaks = [tokens[place] for place in breaks if place < len(shaped.content)] + [shaped.count]
    return tokens


def _breaks(text: str, content: bytes, language: str | None) -> list[int]:
    """Return the characters before which a line may begin, by UAX #14 as Pango has it."""
    if len(text) < 2:
        return []
    pango_language = (
        pango.pango_language_from_string(unicode_to_char_p(language)[0])
        if language
        else pango.pango_language_get_default()
    )
    pointer, _ = unicode_to_char_p(text)
    attributes = ffi.new("PangoLogAttr[]", len(text) + 1)
    pango.pango_get_log_attrs(pointer, len(content), -1, pango_language, attributes, len(text) + 1)
    bits = memoryview(ffi.buffer(attributes)).cast("I").tolist()
    return [*compress(range(1, len(text)), map((1).__and__, bits[1:]))]  # is_line_break


def _places(text: str, content: bytes, characters: list[int]) -> list[int]:
    """Return the bytes at which characters of a text begin."""
    if len(content) == len(text):
        return characters
    places, place = [], 0
    for start, end in pairwise((0, *characters)):
        place += len(text[start:end].encode())
        places.append(place)
    return places


def _runs(face: ScriptFace, content: bytes) -> Iterator[tuple[bool, bool, int, int]]:
    """Yield the runs of one direction: whether it is right to left, whether a number, and its first and last place.

    By UAX #9, numbers are the only ones of an even level in right-to-left text without other letters.
    """
    if not face.base:
        yield False, False, 0, len(content)
        return
    text = content.decode()
    at = place = 0
    for start, end in numbers_of(text):
        if at < start:
            first, place = place, place + len(text[at:start].encode())
            yield True, False, first, place
        first, place = place, place + len(text[start:end].encode())
        yield False, True, first, place
        at = end
    if at < len(text):
        yield True, False, place, len(content)


Glyphs = tuple[list[int], list[int], list[int]]
"""Glyphs in visual order, five integers each in the order of PangoGlyphInfo; their clusters; their flags."""


def _harfbuzz(face: ScriptFace, content: bytes, first: int, end: int, rtl: bool) -> Glyphs | None:
    """Shape the bytes from `first` to `end`; None if Pango would not leave all glyphs as they are."""
    buffer, length = face.buffer, face.length
    harfbuzz.hb_buffer_clear_contents(buffer)
    harfbuzz.hb_buffer_add_utf8(buffer, content, len(content), first, end - first)
    harfbuzz.hb_buffer_set_direction(buffer, _RTL if rtl else _LTR)
    harfbuzz.hb_buffer_set_script(buffer, face.script)
    harfbuzz.hb_buffer_set_language(buffer, face.language)
    harfbuzz.hb_buffer_set_flags(buffer, (first == 0) + 2 * (end == len(content)))  # beginning and end of text
    harfbuzz.hb_shape(face.harfbuzz, buffer, *face.features)
    infos = harfbuzz.hb_buffer_get_glyph_infos(buffer, length)
    size = 20 * length[0]
    found = memoryview(ffi.buffer(infos, size)).cast("I").tolist()
    values = memoryview(ffi.buffer(harfbuzz.hb_buffer_get_glyph_positions(buffer, length), size)).cast("i").tolist()
    numbers, advances, xs = found[0::5], values[0::5], values[2::5]
    if 0 in numbers or not advances:
        return None
    if min(advances) < 0:  # Pango makes them positive, and moves the glyphs by as much
        xs = [x - min(advance, 0) for advance, x in zip(advances, xs, strict=True)]
        advances = list(map(abs, advances))
    if face.tracking:
        if any(
            not width and number != pango.PANGO_GLYPH_EMPTY for number, width in zip(numbers, advances, strict=True)
        ):
            return None  # marks, which Pango does not track
        left = left_part(face.tracking)
        advances, xs = [each + face.tracking for each in advances], [each + left for each in xs]
    ys = [-each for each in values[3::5]]  # y grows downwards in Pango
    values[0::5], values[1::5], values[2::5], values[3::5], values[4::5] = numbers, advances, xs, ys, [0] * len(xs)
    return values, found[2::5], found[1::5]


def left_part(tracking: int) -> int:
    """Return the part of the tracking that is at the left of a letter, as Pango divides it."""
    left = int(tracking / 2)  # truncated, as in C
    return (left + 512) & ~1023 if not tracking & 1023 else left


def _tokens(
    shaped: ShapedText,
    places: list[int],
    glyphs: Glyphs,
    rtl: bool,
    may_be_number: bool,
    pen: int,
    face: ScriptFace | FontFace,
) -> int:
    """Add the tokens of a run that is divided at `places`; return the position of its end, or -1 if it cannot be."""
    values, clusters, flags = glyphs
    content, count, packed = shaped.content, len(clusters), as_bytes(values)
    logical = clusters[::-1] if rtl else clusters
    at = 0
    known, words, spaces = face.words.get, shaped.words, shaped.spaces
    for start, end in pairwise(places):
        begin, at = at, bisect_left(logical, end, at)
        if begin == at or logical[begin] != start:
            return -1  # a ligature across the place
        low, high = (count - at, count - begin) if rtl else (begin, at)
        shaped.starts.append(start)
        shaped.pens.append(pen)
        shaped.unsafe.append(flags[high - 1 if rtl else low] & _UNSAFE)
        made = space = None
        unsafe_end = 0
        if content[end - 1] == _SPACE_BYTE:
            end -= 1
            if rtl:
                place, low = low, low + 1
            else:
                place = high = high - 1
            if clusters[place] != end:
                return -1
            unsafe_end = flags[place] & _UNSAFE
            space = known((b" ", rtl, False, packed[GLYPH_SIZE * place : GLYPH_SIZE * (place + 1)])) or word(
                face, b" ", rtl, False, tuple(values[5 * place : 5 * place + 5]), [0]
            )
        if low < high:
            piece = content[start:end]
            made = known((piece, rtl, may_be_number, packed[GLYPH_SIZE * low : GLYPH_SIZE * high])) or word(
                face, piece, rtl, may_be_number, tuple(values[5 * low : 5 * high]), clusters[low:high]
            )
            pen += made.advance
        words.append(made)
        spaces.append(space)
        shaped.ends.append(pen)
        shaped.unsafe_ends.append(unsafe_end)
        if space:
            pen += space.advance
    shaped.levels += [rtl] * (len(places) - 1)
    return pen
