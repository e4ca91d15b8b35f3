"""The font of a style of text in one script, and what HarfBuzz must be told to shape it as Pango does."""

from __future__ import annotations

from typing import Any, NamedTuple

from masthead.typesetting import memory
from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, harfbuzz, pango
from masthead.typesetting.engine.weasyprint.text.line_break import Layout, line_size
from masthead.typesetting.paragraphs.hyphenation import hyphenation
from masthead.typesetting.repairs.glyphgroups import has_whole_numbers

ffi.cdef("""
    typedef ... hb_buffer_t;
    typedef ... *hb_language_t;
    typedef struct { uint32_t codepoint, mask, cluster, private_1, private_2; } hb_glyph_info_t;
    typedef struct { int32_t x_advance, y_advance, x_offset, y_offset; uint32_t private; } hb_glyph_position_t;
    /* As Pango has it since 1.44; WeasyPrint declares an older form. */
    typedef struct {
        void *shape_engine, *lang_engine, *font;
        uint8_t level, gravity, flags, script;
        const char *language;
        void *extra_attrs;
    } PangoItemAnalysis;
    typedef struct { void *item, *glyphs; int y_offset, start_x_offset, end_x_offset; } PangoRaisedRun;
    hb_buffer_t *hb_buffer_create(void);
    void hb_buffer_destroy(hb_buffer_t *buffer);
    void hb_buffer_clear_contents(hb_buffer_t *buffer);
    void hb_buffer_add_utf8(hb_buffer_t *buffer, const char *text, int length, unsigned int offset, int item_length);
    void hb_buffer_set_direction(hb_buffer_t *buffer, int direction);
    void hb_buffer_set_script(hb_buffer_t *buffer, uint32_t script);
    void hb_buffer_set_language(hb_buffer_t *buffer, hb_language_t language);
    void hb_buffer_set_flags(hb_buffer_t *buffer, int flags);
    void hb_buffer_set_cluster_level(hb_buffer_t *buffer, int level);
    void hb_buffer_set_invisible_glyph(hb_buffer_t *buffer, uint32_t invisible);
    hb_language_t hb_language_from_string(const char *text, int length);
    void hb_shape(hb_font_t *font, hb_buffer_t *buffer, const void *features, unsigned int count);
    hb_glyph_info_t *hb_buffer_get_glyph_infos(hb_buffer_t *buffer, unsigned int *length);
    hb_glyph_position_t *hb_buffer_get_glyph_positions(hb_buffer_t *buffer, unsigned int *length);
""")


class Script(NamedTuple):
    """A script: its number in Pango (GUnicodeScript), its tag in HarfBuzz, and a text of it.

    The text begins with a character that all fonts have: where it is in the font of the letters, that font is the first
    one of the style, and Pango takes all other characters from it too.
    """

    number: int
    tag: int
    sample: str


ARABIC = Script(2, 0x41726162, "(ا")
CYRILLIC = Script(8, 0x4379726C, "(а")
LATIN = Script(25, 0x4C61746E, "(a")
HAN = Script(17, 0x48616E69, "(决")
COMMON = Script(0, 0x5A797979, "(")
"""Of texts without a letter."""

_NO_LIGATURES = ffi.new(
    "uint32_t[12]", [part for tag in (b"liga", b"clig", b"dlig") for part in (int.from_bytes(tag), 0, 0, 0xFFFFFFFF)]
)
_NORMAL = (
    *((f"font_variant_{name}", "normal") for name in ("ligatures", "position", "caps", "numeric", "alternates")),
    *(("font_variant_east_asian", "normal"), ("font_feature_settings", "normal"), ("font_kerning", "auto")),
    *(("font_variation_settings", "normal"), ("font_language_override", "normal"), ("overflow_wrap", "normal")),
    *(("word_break", "normal"), ("word_spacing", 0)),
)


class ScriptFace:
    """A font for text of one style and script. `height` and `baseline` are in px, all other lengths in Pango units.

    `tracking` is added to each letter, and `spacing` is the same in px. `words` are the words that were shaped before,
    `advances` those of glyphs that were drawn.
    The working storage of HarfBuzz is here because a font is used by one thread at a time.
    """

    __slots__ = (
        *(
            "advances",
            "base",
            "baseline",
            "buffer",
            "features",
            "font",
            "harfbuzz",
            "has_whole_numbers",
            "height",
            "hyphenation",
            "is_substitute",
            "language",
            "length",
        ),
        *("script", "size", "spacing", "tracking", "wraps", "words"),
    )

    def __init__(self, style: Any, script: Script, layout: Any, line: Any) -> None:
        self.font, self.script = memory.held(line.runs.data.item.analysis.font), script.tag
        self.harfbuzz = pango.pango_font_get_hb_font(self.font)
        self.language = harfbuzz.hb_language_from_string(_analysis(line).language, -1)
        self.base, self.has_whole_numbers = layout.first_line_direction, has_whole_numbers(style)
        self.size, self.wraps = style["font_size"], style["white_space"] == "normal"
        _, self.height = line_size(line, style)
        self.baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        self.hyphenation = hyphenation(style) if self.wraps else None
        spacing = style["letter_spacing"]
        self.spacing = 0 if spacing == "normal" else spacing
        self.tracking = int(self.spacing * TO_UNITS)
        self.features = (_NO_LIGATURES, 3) if self.tracking else (ffi.NULL, 0)
        self.buffer = ffi.gc(harfbuzz.hb_buffer_create(), harfbuzz.hb_buffer_destroy)
        self.length = ffi.new("unsigned int *")
        harfbuzz.hb_buffer_set_cluster_level(self.buffer, 1)  # HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS, as Pango
        harfbuzz.hb_buffer_set_invisible_glyph(self.buffer, pango.PANGO_GLYPH_EMPTY)
        self.is_substitute: bool | None = None  # whether the style asks for another family
        self.advances: dict[int, int] = {}
        self.words: memory.Memory[Any] = memory.Memory(_WORDS)


_WORDS = 8 * 2**20  # bytes
_ANY_GLYPH = 1  # all glyphs of a font have the same logical height


class FontFace:
    """A font of a style, how far it reaches above and below the baseline (Pango units), and the words shaped in it."""

    __slots__ = ("ascent", "descent", "font", "words")

    def __init__(self, font: Any) -> None:
        self.font = memory.held(font)
        ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
        pango.pango_font_get_glyph_extents(self.font, _ANY_GLYPH, ink, logical)
        self.ascent, self.descent = -logical.y, logical.height + logical.y
        self.words: memory.Memory[Any] = memory.Memory(_WORDS)


class MixedFace:
    """A style of text whose ideographs, letters and signs are in several fonts; attributes as those of `ScriptFace`."""

    __slots__ = (
        *("base", "fonts", "has_whole_numbers", "hyphenation", "script", "size", "spacing", "tracking", "wraps"),
    )

    def __init__(self, style: Any) -> None:
        self.base, self.script, self.hyphenation = 0, HAN.tag, None
        self.has_whole_numbers = has_whole_numbers(style)
        self.size, self.wraps = style["font_size"], style["white_space"] == "normal"
        spacing = style["letter_spacing"]
        self.spacing = 0 if spacing == "normal" else spacing
        self.tracking = int(self.spacing * TO_UNITS)
        self.fonts: list[FontFace] = []

    def font(self, font: Any) -> FontFace:
        """Return the face of a font of Pango's."""
        found = next((each for each in self.fonts if each.font == font), None)
        if found is None:
            found = FontFace(font)
            self.fonts.append(found)
        return found


def face(style: Any, script: Script) -> ScriptFace | MixedFace | None:
    """Return the face for text of that style; None if such text depends on more than font, size, language, tracking."""
    known: memory.Memory[tuple[ScriptFace | MixedFace | None]] = memory.of(style.font_config, "faces")
    key = memory.text_style(style), script.number
    kept = known.get(key)
    if kept is None:
        kept = known.keep(key, (_face(style, script),), _WORDS // 16)
    return kept[0]


def _face(style: Any, script: Script) -> ScriptFace | MixedFace | None:
    if style["white_space"] not in ("normal", "nowrap", "pre") or not style["font_size"]:
        return None
    if any(style[name] != value for name, value in _NORMAL):
        return None
    if style["letter_spacing"] != "normal" and style["direction"] == "rtl" and style["letter_spacing"]:
        return None
    if script is HAN:
        return MixedFace(style)
    layout = Layout(style)
    layout.set_text(script.sample)
    line, _ = layout.get_first_line()
    if line.runs == ffi.NULL or line.runs.next != ffi.NULL:
        return None
    return None if _analysis(line).script != script.number else ScriptFace(style, script, layout, line)


def _analysis(line: Any) -> Any:
    return ffi.cast("PangoItemAnalysis *", ffi.addressof(line.runs.data.item, "analysis"))
