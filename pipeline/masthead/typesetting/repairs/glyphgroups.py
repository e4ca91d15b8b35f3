"""A line that Pango laid out, read as runs of glyph groups: letters with their marks, and numbers.

Most groups occur again and again, on a page and in the next document. Equal groups are therefore one object, which
caches what was computed for it. Lengths are in Pango units.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from masthead.document import GlyphError
from masthead.page import SOFT_HYPHEN
from masthead.typesetting.engine.weasyprint.text.ffi import ffi, pango
from masthead.typesetting.ledger import HYPHEN
from masthead.typesetting.repairs.glyphcodes import CodeEntry, Codes
from masthead.typesetting.repairs.whitespace import EXPANDABLE, is_wrapped, number_spaces

CONTROLS = frozenset(
    "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_NO_CONTROLS = dict.fromkeys(map(ord, CONTROLS))
_IN_NUMBERS = frozenset(("AN", "EN", "CS", "ES"))
# Text of characters from ranges that have no marks, which need not be looked up one by one.
_UNMARKED = re.compile(
    r"[\x00-\u02ff\u0400-\u0482\u060c-\u060f\u061b-\u064a\u0660-\u066f\u2000-\u206f\u3000-\u3029\u4e00-\u9fff\uff00-\uff60]*"
)
_HYPHEN = HYPHEN.encode()
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_MAX_DIGITS = 24  # in one composite glyph, whose width must not exceed 32,767 font units
_GROUPS = 2**14  # cached, about a kilobyte each


class Glyph(NamedTuple):
    """A glyph as Pango positioned it, relative to the beginning of its group, rightwards and upwards.

    It is drawn at `x` and `y`; its advance begins at `pen`; its cluster begins at byte `place` of the text.
    """

    number: int
    x: int
    y: int
    pen: int
    advance: int
    place: int
    text: str


class DrawnUnit(NamedTuple):
    """Glyphs that are drawn by one code at `x`. What justification widens keeps the width that the font gives it."""

    glyphs: tuple[Glyph, ...]
    text: str
    x: int
    width: int


class GlyphGroup:
    """A letter with its marks, or a number. `is_expandable`: justification widens it."""

    __slots__ = ("_entries", "_units", "glyphs", "is_expandable", "rtl")

    def __init__(self, glyphs: tuple[Glyph, ...], rtl: bool, fixed: bool = False) -> None:
        self.glyphs, self.rtl = glyphs, rtl
        self.is_expandable = not fixed and EXPANDABLE.match(glyphs[0].text) is not None
        self._units: tuple[DrawnUnit, ...] | None = None
        self._entries: dict[object, tuple[tuple[CodeEntry, int], ...]] = {}

    def entries(self, scale: float, codes: Codes) -> tuple[tuple[CodeEntry, int], ...]:
        """Return the code table entries that draw the group, each with its x.

        `scale` converts Pango units to thousandths of the font size.
        """
        if self._units is None:
            self._units = tuple(_units(self.glyphs, self.rtl))
        widths = codes.widths
        key = scale, codes.upem, *(widths[unit.glyphs[0].number] for unit in self._units if unit.glyphs)
        if key not in self._entries:
            self._entries[key] = tuple((_entry(unit, scale, codes), unit.x) for unit in self._units)
        return self._entries[key]


class GlyphRun(NamedTuple):
    """Glyph groups in one font and direction, in visual order, and the position on the line where each begins.

    `numbers` are the glyph numbers in it.
    """

    font: Any
    starts: tuple[int, ...]
    groups: tuple[GlyphGroup, ...]
    numbers: frozenset[int]


def has_whole_numbers(style: Any) -> bool:
    """Return whether the numbers of a text are one group each: extractors that turn right-to-left text round need it.

    In other languages no extractor does, and PDFium takes two lines for one if a glyph with which one of them begins or
    ends is twice as wide as they are apart.
    """
    return style["lang"] is None or style["lang"].partition("-")[0] in _RIGHT_TO_LEFT


def read_line(textbox: Any) -> tuple[GlyphRun, ...]:
    """Read the first line of a text box. Raises GlyphError for a character that no font has."""
    line, _ = textbox.pango_layout.get_first_line()
    return read_runs(line, textbox)


def read_runs(line: Any, textbox: Any) -> tuple[GlyphRun, ...]:
    """Read a Pango line of the text in the layout of `textbox`. Raises GlyphError as `read_line` does."""
    encoded, whole = textbox.pango_layout.text.encode(), has_whole_numbers(textbox.style)
    spaces = [start for start, _ in number_spaces(encoded, wraps=is_wrapped(textbox.style))]
    run, pen, read = line.runs, 0, []
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        values = _integers(ffi.buffer(string.glyphs, 20 * string.num_glyphs))
        clusters = _integers(ffi.buffer(string.log_clusters, 4 * string.num_glyphs))
        for number in values[0::5]:
            if number > pango.PANGO_GLYPH_EMPTY:
                raise _undrawable(chr(number - pango.PANGO_GLYPH_UNKNOWN_FLAG), textbox)
        content = encoded[item.offset : item.offset + item.length]
        rtl = bool(item.analysis.level % 2)
        fixed = [start - item.offset for start in spaces]
        placed, pen = read_glyphs(values, clusters, content, rtl, pen, may_be_number=whole, fixed=fixed)
        read.append(GlyphRun(item.analysis.font, *placed))
    return tuple(read)


def read_glyphs(
    values: list[int],
    clusters: list[int],
    content: bytes,
    rtl: bool,
    pen: int,
    *,
    may_be_number: bool = True,
    fixed: Collection[int] = (),
) -> tuple[tuple[tuple[int, ...], tuple[GlyphGroup, ...], frozenset[int]], int]:
    """Read the glyphs of the text `content`, each of five integers as in PangoGlyphInfo, beginning at position `pen`.

    A number is one group if it is all of the text, unless `may_be_number` is False. Spaces at the places `fixed` keep
    their width in justified lines. Returns the fields of the run after its font, and the position where it ends.
    """
    edges = sorted({*clusters, len(content)})
    texts = {start: content[start:end].decode() for start, end in pairwise(edges)}
    if content.endswith(_HYPHEN):  # of a divided word, so that readers of the text can join it again
        texts[len(content) - len(_HYPHEN)] = SOFT_HYPHEN
    placed = _GlyphString(values, clusters, texts, pen, fixed)
    found = tuple(_groups(placed, rtl or not may_be_number, rtl, not _UNMARKED.fullmatch(content.decode())))
    starts, groups = tuple(start for start, _ in found), tuple(group for _, group in found)
    return (starts, groups, frozenset(placed.numbers)), placed.end


def _integers(buffer: Any) -> list[int]:
    return memoryview(buffer).cast("i").tolist()


class _GlyphString:
    """The drawn glyphs of a run, five integers each as in PangoGlyphInfo, and the position where each begins."""

    def __init__(
        self, values: list[int], clusters: list[int], texts: dict[int, str], pen: int, fixed: Collection[int]
    ) -> None:
        values[4::5] = [0] * len(clusters)  # attributes: Pango leaves all bits but one of them uninitialized
        self.values, self.clusters, self.texts = values, clusters, [texts[start] for start in clusters]
        self.fixed = fixed
        *self.pens, self.end = accumulate(values[1::5], initial=pen)
        if pango.PANGO_GLYPH_EMPTY in self.numbers:
            kept = [index for index, number in enumerate(self.numbers) if number != pango.PANGO_GLYPH_EMPTY]
            self.values = [each for index in kept for each in values[5 * index : 5 * index + 5]]
            self.clusters, self.texts, self.pens = (
                [self.clusters[index] for index in kept],
                [self.texts[index] for index in kept],
                [self.pens[index] for index in kept],
            )

    @property
    def numbers(self) -> list[int]:
        return self.values[0::5]

    @property
    def is_number(self) -> bool:
        upright = all(self.values[1::5]) and not any(self.values[3::5])
        return len(self.texts) > 1 and upright and all(map(_in_number, self.texts))

    def group(self, first: int, end: int, rtl: bool) -> tuple[int, GlyphGroup]:
        """Return the glyphs from `first` to before `end` as a group, and the position where it begins."""
        pen, values = self.pens[first], tuple(self.values[5 * first : 5 * end])
        if end - first == 1:  # most are: a letter without marks
            return pen, _group(values, (0,), (0,), (self.texts[first],), rtl, self.clusters[first] in self.fixed)
        place = min(self.clusters[first:end])
        pens = tuple(each - pen for each in self.pens[first:end])
        places = tuple(each - place for each in self.clusters[first:end])
        return pen, _group(values, pens, places, tuple(self.texts[first:end]), rtl)


@lru_cache(_GROUPS)
def _group(
    values: tuple[int, ...],
    pens: tuple[int, ...],
    places: tuple[int, ...],
    texts: tuple[str, ...],
    rtl: bool,
    fixed: bool = False,
) -> GlyphGroup:
    numbers, advances, xs, ys = (values[at::5] for at in range(4))
    glyphs = (
        Glyph(number, pen + x, -y, pen, advance, place, text)
        for number, x, y, pen, advance, place, text in zip(numbers, xs, ys, pens, advances, places, texts, strict=True)
    )
    return GlyphGroup(tuple(glyphs), rtl, fixed)


def _groups(placed: _GlyphString, is_text: bool, rtl: bool, may_be_marked: bool) -> Iterator[tuple[int, GlyphGroup]]:
    """Split a run into letters with their marks, or into one group if it is a number; yield each with its position.

    A run that `is_text` is no number.

    In visual order, marks come before their letter in right-to-left text and after it in left-to-right text.
    """
    clusters, texts, first = placed.clusters, placed.texts, 0
    if not is_text and placed.is_number and len(clusters) <= _MAX_DIGITS:
        yield placed.group(0, len(clusters), rtl)
        return
    for index in range(1, len(clusters)):
        is_joined = may_be_marked and _is_mark(texts[index - 1 if rtl else index])
        if clusters[index] != clusters[index - 1] and not is_joined:
            yield placed.group(first, index, rtl)
            first = index
    if clusters:
        yield placed.group(first, len(clusters), rtl)


@cache
def _is_mark(text: str) -> bool:
    return all(unicodedata.category(char) in ("Mn", "Me") for char in text)


@cache
def _in_number(text: str) -> bool:
    return all(unicodedata.bidirectional(char) in _IN_NUMBERS and not char.isspace() for char in text)


def _units(group: tuple[Glyph, ...], rtl: bool) -> Iterator[DrawnUnit]:
    """Separate a letter from its marks if the font draws each mark by one glyph; otherwise all are one unit."""
    text = "".join({glyph.place: glyph.text for glyph in sorted(group, key=lambda glyph: glyph.place)}.values())
    marks = [char for char in text if _is_mark(char)]
    base = "".join(char for char in text if not _is_mark(char))
    width = sum(glyph.advance for glyph in group)
    above = [glyph for glyph in group if not glyph.advance]
    if base and len(above) > len(marks):  # some are dots or other pieces of the letter
        above = above[: len(marks)] if rtl else above[len(above) - len(marks) :]
    pieces = tuple(glyph for glyph in group if glyph not in above)
    if len(above) != len(marks) or not pieces:
        yield DrawnUnit(group, text, 0, width)
        return
    letters = _apart(pieces, base, width) if rtl else (DrawnUnit(pieces, base, 0, width),)
    origin = 0 if rtl else width
    pairs = zip(above, marks[::-1] if rtl else marks, strict=True)
    attached = [DrawnUnit((glyph,), mark, origin, 0) for glyph, mark in pairs]
    yield from (*attached, *letters) if rtl else (*letters, *attached)


def _apart(pieces: tuple[Glyph, ...], text: str, width: int) -> Iterator[DrawnUnit]:
    """Yield the letters of a right-to-left ligature from the left: the first one draws it, the others draw nothing.

    Extractors turn the order of right-to-left text round, and with it that of letters that share a code.
    """
    letters = text.translate(_NO_CONTROLS)
    if len(letters) < 2:
        yield DrawnUnit(pieces, text, 0, width)
        return
    edges = [width * at // len(letters) for at in range(len(letters) + 1)]
    for letter, (start, end) in zip(reversed(letters), pairwise(edges), strict=True):
        yield DrawnUnit(() if start else pieces, letter, start, end - start)


def _entry(unit: DrawnUnit, scale: float, codes: Codes) -> CodeEntry:
    width = round(unit.width * scale)
    natural = codes.widths[unit.glyphs[0].number] if unit.glyphs else 0
    if len(unit.glyphs) == 1 and unit.width and (EXPANDABLE.fullmatch(unit.text) or abs(width - natural) <= 1):
        width = natural
    grid = scale * codes.upem / 1000
    parts = tuple((each.number, round((each.x - unit.x) * grid), round(each.y * grid)) for each in unit.glyphs)
    return CodeEntry(parts, unit.text.translate(_NO_CONTROLS) or unit.text, width)


def excerpt(textbox: Any) -> str:
    return f"“{textbox.text.strip()[:60]}”"


def _undrawable(char: str, textbox: Any) -> GlyphError:
    """Return the error for a character that no family has."""
    return GlyphError(
        f"no font has a glyph for {char!r} (U+{ord(char):04X})",
        where=excerpt(textbox),
        hint="remove the character, or write it in the script of the language",
        text=textbox.text,
        at=max(0, textbox.text.find(char)),
    )
