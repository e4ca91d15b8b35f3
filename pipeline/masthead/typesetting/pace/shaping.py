"""Plain Arabic shaped by HarfBuzz on Pango's own font, as Pango shapes it: letters, and numbers in them.

Pango's answer is HarfBuzz's where one font has every letter, and nothing but direction parts the text. What else Pango
does (another font for a letter that is not there, advances below nothing turned about) is not done here: `shape` then
gives None.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, ffi, harfbuzz, pango
from weasyprint.text.line_break import Layout, line_size

from masthead.typesetting.pace import memory
from masthead.typesetting.repairs.glyphgroups import Run, read_glyphs

ffi.cdef("""
    typedef ... hb_buffer_t;
    typedef ... *hb_language_t;
    typedef struct { uint32_t codepoint, mask, cluster, private_1, private_2; } hb_glyph_info_t;
    typedef struct { int32_t x_advance, y_advance, x_offset, y_offset; uint32_t private; } hb_glyph_position_t;
    hb_buffer_t *hb_buffer_create(void);
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

_ARABIC, _LTR, _RTL = 0x41726162, 4, 5
_UNSAFE = 1  # a glyph's flag: whoever cuts the text before its cluster must shape both sides anew
_WORD = r"[«(]?(?:[ء-غف-ي\u0671][ء-غف-\u0652\u0670\u0671]*|[٠-٩]+)[)»]?[،؛؟.:]?"
PLAIN = re.compile(rf"(?!.*» \()(?:[،؛؟.:]? )?{_WORD}(?: {_WORD})* ?")
"""Words and numbers with their punctuation, a space between them: there alone may a line end (UAX 14)."""
_NUMBER = re.compile(r"([٠-٩]+)")

_buffer: list[Any] = []


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A style of Arabic text in one font: the font, and what is the same in every line of it. Lengths in px."""

    font: Any
    harfbuzz: Any
    language: Any
    direction: int
    height: float
    baseline: float


class _Run(NamedTuple):
    """Glyphs in one direction, five integers each, in visual order; which of the text's glyphs and bytes they are."""

    rtl: bool
    glyphs: tuple[int, int]
    bytes: tuple[int, int]
    values: list[int]


@dataclass(slots=True)
class Shaped:
    """A text shaped. By glyph in logical order: where its cluster begins (byte), how wide it is (Pango's units)."""

    content: bytes
    clusters: list[int] = field(default_factory=list)
    advances: list[int] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    unsafe: set[int] = field(default_factory=set)  # clusters before which no cut leaves both sides as they are

    @property
    def width(self) -> int:
        """The whole width, in Pango's units."""
        return sum(self.advances)

    def part(self, begin: int, end: int) -> Shaped | None:
        """The text between two bytes as it would be shaped alone, where that is known from the whole."""
        if (begin and begin in self.unsafe) or end in self.unsafe:
            return None
        first, last = bisect_left(self.clusters, begin), bisect_left(self.clusters, end)
        made = Shaped(self.content[begin:end], [each - begin for each in self.clusters[first:last]])
        made.advances = self.advances[first:last]
        for run in self.runs:
            low, high = max(first, run.glyphs[0]), min(last, run.glyphs[1])
            if low < high:
                start = run.glyphs[1] - high if run.rtl else low - run.glyphs[0]
                values = run.values[5 * start : 5 * (start + high - low)]
                within = max(begin, run.bytes[0]) - begin, min(end, run.bytes[1]) - begin
                made.runs.append(_Run(run.rtl, (low - first, high - first), within, values))
        return made

    def line(self, face: Face) -> tuple[Run, ...]:
        """The text as a line that is drawn."""
        pen, read = 0, []
        for rtl, (low, high), (first, end), values in reversed(self.runs):
            clusters = [each - first for each in self.clusters[low:high][:: -1 if rtl else 1]]
            placed, pen = read_glyphs(values[:], clusters, self.content[first:end], rtl, pen)
            read.append(Run(face.font, *placed))
        return tuple(read)


def face(style: Any) -> Face | None:
    """How HarfBuzz sets Arabic in that style; None where Pango does more."""
    known = memory.of(style.font_config, "faces")
    key = memory.text_style(style)
    kept = known.get(key)
    if kept is None:
        kept = known.keep(key, (_face(style) if _is_plain(style) else None,), 500)
    return kept[0]  # type: ignore[no-any-return]


def _is_plain(style: Any) -> bool:
    """Whether nothing of the style concerns the text but its font, size and language."""
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


def _face(style: Any) -> Face | None:
    layout = Layout(style)
    layout.set_text("ا ا")
    line, _ = layout.get_first_line()
    direction = layout.first_line_direction
    if line.runs == ffi.NULL or line.runs.next != ffi.NULL:
        return None
    font = memory.held(line.runs.data.item.analysis.font)
    _, height = line_size(line, style)
    return Face(
        font,
        pango.pango_font_get_hb_font(font),
        harfbuzz.hb_language_from_string(style["lang"].lower().encode(), -1),
        direction,
        height,
        pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS,
    )


def shape(face: Face, text: str) -> Shaped | None:
    """Shape a `PLAIN` text; None where Pango would do something else with a glyph."""
    if not _buffer:
        _buffer[:] = [harfbuzz.hb_buffer_create(), ffi.new("unsigned int *")]
        harfbuzz.hb_buffer_set_cluster_level(_buffer[0], 1)
    shaped, first = Shaped(text.encode()), 0
    for index, part in enumerate(_NUMBER.split(text)):
        end = first + len(part.encode())
        if part and not _add(shaped, face, first, end, rtl=index % 2 == 0):
            return None
        first = end
    return shaped


def _add(shaped: Shaped, face: Face, first: int, end: int, *, rtl: bool) -> bool:
    (buffer, length), text = _buffer, shaped.content
    harfbuzz.hb_buffer_clear_contents(buffer)
    harfbuzz.hb_buffer_add_utf8(buffer, text, len(text), first, end - first)
    harfbuzz.hb_buffer_set_direction(buffer, _RTL if rtl else _LTR)
    harfbuzz.hb_buffer_set_script(buffer, _ARABIC)
    harfbuzz.hb_buffer_set_language(buffer, face.language)
    harfbuzz.hb_buffer_set_flags(buffer, (first == 0) + 2 * (end == len(text)))
    harfbuzz.hb_shape(face.harfbuzz, buffer, ffi.NULL, 0)
    infos = harfbuzz.hb_buffer_get_glyph_infos(buffer, length)
    size = 20 * length[0]
    found = memoryview(ffi.buffer(infos, size)).cast("I").tolist()
    placed = memoryview(ffi.buffer(harfbuzz.hb_buffer_get_glyph_positions(buffer, length), size)).cast("i").tolist()
    numbers, clusters, advances = found[0::5], found[2::5], placed[0::5]
    if 0 in numbers or min(advances) < 0:
        return False
    values = placed  # in the order of PangoGlyphInfo, which counts downwards
    values[0::5], values[1::5], values[3::5] = numbers, advances, [-each for each in placed[3::5]]
    step = -1 if rtl else 1
    glyphs = len(shaped.clusters), len(shaped.clusters) + len(clusters)
    shaped.clusters += clusters[::step]
    shaped.advances += advances[::step]
    shaped.runs.append(_Run(rtl, glyphs, (first, end), values))
    shaped.unsafe.update(cluster for cluster, mask in zip(clusters, found[1::5], strict=True) if mask & _UNSAFE)
    return True
