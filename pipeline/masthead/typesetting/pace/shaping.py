"""Shaping of plain Arabic text and numbers by HarfBuzz, with the same result as Pango.

Pango's result is that of HarfBuzz where one font has every letter and only changes of direction divide the text. What
Pango does beyond that is not done here (another font for a missing letter, negative advances made positive): `shape`
then returns None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS, ffi, harfbuzz, pango
from masthead.typesetting.engine.weasyprint.text.line_break import Layout, line_size
from masthead.typesetting.pace import memory
from masthead.typesetting.repairs.glyphgroups import GlyphRun, read_glyphs

ffi.cdef("""
    typedef ... hb_buffer_t;
    typedef ... *hb_language_t;
    typedef struct { uint32_t codepoint, mask, cluster, private_1, private_2; } hb_glyph_info_t;
    typedef struct { int32_t x_advance, y_advance, x_offset, y_offset; uint32_t private; } hb_glyph_position_t;
    hb_buffer_t *hb_buffer_create(void);
    void hb_buffer_destroy(hb_buffer_t *buffer);
    void hb_buffer_clear_contents(hb_buffer_t *buffer);
    void hb_buffer_add_utf8(hb_buffer_t *buffer, const char *text, int length, unsigned int offset, int item_length);
    void hb_buffer_set_direction(hb_buffer_t *buffer, int direction);
    void hb_buffer_set_script(hb_buffer_t *buffer, uint32_t script);
    void hb_buffer_set_language(hb_buffer_t *buffer, hb_language_t language);
    void hb_buffer_set_flags(hb_buffer_t *buffer, int flags);
    void hb_buffer_set_cluster_level(hb_buffer_t *buffer, int level);
    hb_language_t hb_language_from_string(const char *text, int length);
    void hb_shape(hb_font_t *font, hb_buffer_t *buffer, const void *features, unsigned int count);
    hb_glyph_info_t *hb_buffer_get_glyph_infos(hb_buffer_t *buffer, unsigned int *length);
    hb_glyph_position_t *hb_buffer_get_glyph_positions(hb_buffer_t *buffer, unsigned int *length);
""")

_ARABIC, _LTR, _RTL = 0x41726162, 4, 5  # HB_SCRIPT_ARABIC, HB_DIRECTION_LTR and _RTL
# HB_GLYPH_FLAG_UNSAFE_TO_BREAK: if the text is divided before this cluster, both parts must be shaped again.
_UNSAFE = 1
_WORD = r"[«(]?(?:[ء-غف-ي\u0671][ء-غف-\u0652\u0670\u0671]*|[٠-٩]+)[)»]?[،؛؟.:]?"
PLAIN = re.compile(rf"(?!.*» \()(?:[،؛؟.:]? )?{_WORD}(?: {_WORD})* ?")
"""Words and numbers with punctuation, separated by single spaces, the only places where a line may end (UAX #14)."""
_NUMBER = re.compile(r"([٠-٩]+)")


@dataclass(frozen=True, slots=True, eq=False)
class ShapingFont:
    """The font of a style of Arabic text, and what is the same for each of its lines. Lengths are in px.

    `buffer` and `length` are HarfBuzz's working storage. They are here because a font is used by one thread at a time.
    """

    font: Any
    harfbuzz: Any
    language: Any
    buffer: Any
    length: Any
    direction: int
    height: float
    baseline: float


class _Run(NamedTuple):
    """Glyphs in one direction, five integers each in visual order, and their ranges in the text: glyphs and bytes."""

    rtl: bool
    glyphs: tuple[int, int]
    bytes: tuple[int, int]
    values: list[int]


@dataclass(slots=True)
class ShapedText:
    """A shaped text. `clusters` and `advances` are by glyph in logical order: bytes, and Pango units.

    `unsafe` are the clusters before which the text cannot be divided without shaping again.
    """

    content: bytes
    clusters: list[int] = field(default_factory=list)
    advances: list[int] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    unsafe: set[int] = field(default_factory=set)

    @property
    def width(self) -> int:
        """The width in Pango units."""
        return sum(self.advances)

    def part(self, begin: int, end: int) -> ShapedText | None:
        """Return the text between two bytes as it would be shaped alone; None if that cannot be known."""
        if (begin and begin in self.unsafe) or end in self.unsafe:
            return None
        first, last = bisect_left(self.clusters, begin), bisect_left(self.clusters, end)
        made = ShapedText(self.content[begin:end], [each - begin for each in self.clusters[first:last]])
        made.advances = self.advances[first:last]
        for run in self.runs:
            low, high = max(first, run.glyphs[0]), min(last, run.glyphs[1])
            if low < high:
                start = run.glyphs[1] - high if run.rtl else low - run.glyphs[0]
                values = run.values[5 * start : 5 * (start + high - low)]
                within = max(begin, run.bytes[0]) - begin, min(end, run.bytes[1]) - begin
                made.runs.append(_Run(run.rtl, (low - first, high - first), within, values))
        return made

    def line(self, font: ShapingFont) -> tuple[GlyphRun, ...]:
        """Return the text as a line that can be drawn."""
        pen, read = 0, []
        for rtl, (low, high), (first, end), values in reversed(self.runs):
            clusters = [each - first for each in self.clusters[low:high][:: -1 if rtl else 1]]
            placed, pen = read_glyphs(values[:], clusters, self.content[first:end], rtl, pen)
            read.append(GlyphRun(font.font, *placed))
        return tuple(read)


def shaping_font(style: Any) -> ShapingFont | None:
    """Return the font for Arabic text of that style; None if only Pango can shape such text."""
    known = memory.of(style.font_config, "shaping fonts")
    key = memory.text_style(style)
    kept = known.get(key)
    if kept is None:
        kept = known.keep(key, (_shaping_font(style) if _is_plain(style) else None,), 500)
    return kept[0]  # type: ignore[no-any-return]


def _is_plain(style: Any) -> bool:
    """Whether the text depends on nothing in the style but font, size and language."""
    words = ("font_kerning", "auto"), ("font_variation_settings", "normal"), ("font_language_override", "normal")
    variants = ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")
    normal = *((f"font_variant_{name}", "normal") for name in variants), ("font_feature_settings", "normal")
    broken = ("white_space", "normal"), ("overflow_wrap", "normal"), ("word_break", "normal"), ("direction", "rtl")
    return (
        all(style[name] == value for name, value in (*words, *normal, *broken))
        and style["letter_spacing"] in ("normal", 0)
        and not style["word_spacing"]
        and (style["lang"] or "").split("-")[0].lower() == "ar"
        and style["font_size"] > 0
    )


def _shaping_font(style: Any) -> ShapingFont | None:
    layout = Layout(style)
    layout.set_text("ا ا")  # letters and space must be in one font
    line, _ = layout.get_first_line()
    direction = layout.first_line_direction
    if line.runs == ffi.NULL or line.runs.next != ffi.NULL:
        return None
    font = memory.held(line.runs.data.item.analysis.font)
    _, height = line_size(line, style)
    buffer = ffi.gc(harfbuzz.hb_buffer_create(), harfbuzz.hb_buffer_destroy)
    harfbuzz.hb_buffer_set_cluster_level(buffer, 1)  # HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS, as in Pango
    return ShapingFont(
        font,
        pango.pango_font_get_hb_font(font),
        harfbuzz.hb_language_from_string(style["lang"].lower().encode(), -1),
        buffer,
        ffi.new("unsigned int *"),
        direction,
        height,
        pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS,
    )


def shape(font: ShapingFont, text: str) -> ShapedText | None:
    """Shape a `PLAIN` text; None if Pango would treat one of its glyphs otherwise."""
    shaped, first = ShapedText(text.encode()), 0
    for index, part in enumerate(_NUMBER.split(text)):
        end = first + len(part.encode())
        if part and not _add(shaped, font, first, end, rtl=index % 2 == 0):
            return None
        first = end
    return shaped


def _add(shaped: ShapedText, font: ShapingFont, first: int, end: int, *, rtl: bool) -> bool:
    """Shape the bytes from `first` to `end`; return whether Pango would do the same."""
    buffer, length, text = font.buffer, font.length, shaped.content
    harfbuzz.hb_buffer_clear_contents(buffer)
    harfbuzz.hb_buffer_add_utf8(buffer, text, len(text), first, end - first)
    harfbuzz.hb_buffer_set_direction(buffer, _RTL if rtl else _LTR)
    harfbuzz.hb_buffer_set_script(buffer, _ARABIC)
    harfbuzz.hb_buffer_set_language(buffer, font.language)
    harfbuzz.hb_buffer_set_flags(buffer, (first == 0) + 2 * (end == len(text)))  # beginning and end of text
    harfbuzz.hb_shape(font.harfbuzz, buffer, ffi.NULL, 0)
    infos = harfbuzz.hb_buffer_get_glyph_infos(buffer, length)
    size = 20 * length[0]
    found = memoryview(ffi.buffer(infos, size)).cast("I").tolist()
    placed = memoryview(ffi.buffer(harfbuzz.hb_buffer_get_glyph_positions(buffer, length), size)).cast("i").tolist()
    numbers, clusters, advances = found[0::5], found[2::5], placed[0::5]
    if 0 in numbers or min(advances) < 0:
        return False
    values = placed  # reordered as in PangoGlyphInfo, where y grows downwards
    values[0::5], values[1::5], values[3::5] = numbers, advances, [-each for each in placed[3::5]]
    step = -1 if rtl else 1
    glyphs = len(shaped.clusters), len(shaped.clusters) + len(clusters)
    shaped.clusters += clusters[::step]
    shaped.advances += advances[::step]
    shaped.runs.append(_Run(rtl, glyphs, (first, end), values))
    shaped.unsafe.update(cluster for cluster, mask in zip(clusters, found[1::5], strict=True) if mask & _UNSAFE)
    return True
