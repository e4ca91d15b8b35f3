"""A text layer that can be extracted: each character code on a page means one character, or one number in Arabic.

WeasyPrint uses the font's glyph numbers as codes, and ToUnicode gives a glyph the text that it had where it was first
used in the file. A letter of several glyphs (Amiri draws dots separately) leaves glyphs without text or repeats the
letter, marks are moved by text rise, and positions are truncated to whole thousandths, so that lines end short.

Here every combination of glyphs, text and advance has a code of its own. The pieces of a letter become one composite
glyph. A mark is a composite glyph that contains its offset and has no advance. In right-to-left languages the digits of
one number are one code, since extractors disagree about their order; the letters of a ligature have a code each there,
of which one draws them. A code has the advance that kerning gave it, so that no gap is mistaken for a space. Spaces
remain real glyphs, widened by TJ. Control characters are in no ToUnicode text. The encoding remains Identity-H, with a
CIDToGIDMap. A character that none of the bundled font families has is a TypesettingError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import masthead.typesetting.engine.pydyf as pydyf
from masthead.document import TypesettingError
from masthead.typesetting.engine.weasyprint.draw import text as drawing
from masthead.typesetting.engine.weasyprint.pdf import fonts as pdf_fonts
from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS, pango
from masthead.typesetting.repairs import outlines
from masthead.typesetting.repairs.glyphcodes import Codes
from masthead.typesetting.repairs.glyphgroups import GlyphGroup, GlyphRun, excerpt, read_line


class SizedFont(NamedTuple):
    """A font of WeasyPrint, the codes of its file, and the `scale` of Pango units to thousandths of its size."""

    font: Any
    codes: Codes
    scale: float

    @property
    def drawn(self) -> dict[GlyphGroup, list[tuple[str, int, int]]]:
        """The codes of the groups that were drawn in this size."""
        return self.codes.drawn.setdefault(self.scale, {})


class Pen(NamedTuple):
    """Where the next code is drawn, in thousandths of the font size, and how far groups are `moved` to the right."""

    x: float = 0.0
    moved: int = 0


def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> list[Any]:
    """Draw the line of `textbox`; lines with an ellipsis are left to WeasyPrint."""
    if text_overflow == "ellipsis" or block_ellipsis != "none":
        return list(_stock_draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix))
    if not textbox.text or textbox.style["font_size"] < 1e-6:
        return []
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    stream.set_text_matrix(*matrix.values)
    show(stream, textbox, read_line(textbox))
    return []


def show(stream: Any, textbox: Any, runs: Iterable[GlyphRun], *, widening: int = 0) -> None:
    """Write the text operators of a line, each of its expandable groups widened by `widening` (Pango units)."""
    pen, array = Pen(), list[str]()
    for run in runs:
        font, size = stream.add_font(run.font)
        check_family(font.family, run.groups, textbox)
        codes = codes_of(font, stream)
        for number in run.numbers - codes.widths.keys():  # at the size at which they are first used
            codes.widths[number] = round(advance(run.font, number, stream) * 1000 * FROM_UNITS / size)
        if array and (font.hash, size) != stream._current_font:
            stream.show_text("".join(array) + ">")
            array = []
        stream.set_font_size(font.hash, size)
        scale = 1000 * FROM_UNITS / size  # Pango units to thousandths of the font size
        placed = zip(run.starts, run.groups, strict=True)
        pen = add_groups(array, placed, Pen(pen.x * scale, pen.moved), SizedFont(font, codes, scale), widening)
        pen = Pen(pen.x / scale, pen.moved)
    if array:
        stream.show_text("".join(array) + ">")


def add_groups(
    array: list[str], placed: Iterable[tuple[int, GlyphGroup]], pen: Pen, sized: SizedFont, widening: int = 0
) -> Pen:
    """Add the codes of groups to the array of a TJ operator, after the numbers that move them to where they begin.

    Each group is `placed` in Pango units. Each after an expandable one is moved to the right by `widening` more.
    Returns the pen as it is at the end.
    """
    x, moved = pen
    scale, drawn = sized.scale, sized.drawn
    for start, group in placed:
        start += moved
        for code, offset, width in drawn.get(group) or draw_group(group, sized):
            if shift := round(x - (start + offset) * scale):
                array.append(f">{shift}<" if array else f"{shift}<")
                x -= shift
            elif not array:
                array.append("<")
            array.append(code)
            x += width
        if widening and group.is_expandable:
            moved += widening
    return Pen(x, moved)


_stock_draw_first_line: Callable[..., Iterable[Any]] = drawing.draw_first_line


def draw_group(group: GlyphGroup, sized: SizedFont) -> list[tuple[str, int, int]]:
    """Return the codes that draw a group, each with its x (Pango units) and width (thousandths of the font size)."""
    drawn = sized.drawn[group] = []
    for entry, x in group.entries(sized.scale, sized.codes):
        code = sized.codes.code(entry)
        sized.font.to_unicode[code], sized.font.widths[code] = entry.text, entry.width
        drawn.append((f"{code:04x}", x, entry.width))
    return drawn


def codes_of(font: Any, stream: Any) -> Codes:
    """Return the codes of the font's file, which fonts of several sizes share."""
    if not hasattr(font, "codes"):
        twins = (each for each in stream._fonts.values() if each.hash == font.hash and hasattr(each, "codes"))
        if twin := next(twins, None):
            font.codes, font.to_unicode, font.widths = twin.codes, twin.to_unicode, twin.widths
        else:
            font.codes = Codes(font.glyph_count, font.upem)
    return font.codes  # type: ignore[no-any-return]


def advance(pango_font: Any, number: int, stream: Any) -> int:
    """Return the advance of a glyph in Pango units."""
    pango.pango_font_get_glyph_extents(pango_font, number, stream.ink_rect, stream.logical_rect)
    return int(stream.logical_rect.width)


def check_family(family: str, groups: Iterable[GlyphGroup], textbox: Any) -> bool:
    """Note the words with glyphs of a family that their style does not ask for; return whether it is such a family.

    Raises TypesettingError if the style asks for an unknown family.
    """
    configuration = textbox.style.font_config
    families = getattr(configuration, "families", None)
    if families is None:
        return False
    requested = textbox.style["font_family"]
    if unknown := [name for name in requested if name not in families]:
        raise TypesettingError(f"font family {unknown[0]} is not one of the bundled fonts", where=excerpt(textbox))
    if any(family in families[name] for name in requested):
        return False
    drawn = {char for group in groups for glyph in group.glyphs for char in glyph.text if not char.isspace()}
    words = (word for word in textbox.text.split() if not drawn.isdisjoint(word))
    configuration.substituted.setdefault(family, {}).update(dict.fromkeys(words))
    return True


def clean(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Subset the font to the glyphs that its codes use, and add the composite glyphs."""
    codes = getattr(font, "codes", None)
    if codes is None:
        _stock_clean(font, to_unicode, hinting)
        return
    used, file = codes.used(), font.file_content
    _stock_clean(font, dict.fromkeys(used, ""), hinting)
    if font.type != "ttf":
        # A variable font has its outlines only after that.
        face = outlines.face(font.file_content if "fvar" in font.tables else file, font.index)
        font.file_content = outlines.to_quadratic(font.file_content, face.outlines(used))
    font.file_content = codes.compose(font.file_content)


def build_vector_font_dictionary(dictionary: Any, pdf: Any, font: Any, *arguments: Any) -> None:
    """Build the font dictionary, with the map from its codes to its glyphs."""
    _stock_build(dictionary, pdf, font, *arguments)
    if hasattr(font, "codes"):
        descendant = pdf.objects[int(dictionary["DescendantFonts"][0].split()[0])]
        glyphs = pydyf.Stream([font.codes.map()], compress=True)
        pdf.add_object(glyphs)
        descendant["CIDToGIDMap"] = glyphs.reference


_stock_clean: Callable[..., None] = pdf_fonts.Font.clean
_stock_build: Callable[..., None] = pdf_fonts._build_vector_font_dictionary


def apply() -> None:
    """Put the repair into WeasyPrint."""
    drawing.draw_first_line = draw_first_line
    pdf_fonts.Font.clean = clean
    pdf_fonts._build_vector_font_dictionary = build_vector_font_dictionary
