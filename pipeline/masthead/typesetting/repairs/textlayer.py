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
from typing import Any

import masthead.typesetting.engine.pydyf as pydyf
from masthead.document import TypesettingError
from masthead.typesetting.engine.weasyprint.draw import text as drawing
from masthead.typesetting.engine.weasyprint.pdf import fonts as pdf_fonts
from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS, pango
from masthead.typesetting.repairs import outlines
from masthead.typesetting.repairs.glyphcodes import Codes
from masthead.typesetting.repairs.glyphgroups import GlyphGroup, GlyphRun, excerpt, read_line


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
    pen, moved, array = 0.0, 0, list[str]()
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
        pen, moved = add_groups(array, run.starts, run.groups, pen * scale, moved, scale, font, codes, widening)
        pen /= scale
    if array:
        stream.show_text("".join(array) + ">")


def add_groups(
    array: list[str], starts: Iterable[int], groups: Iterable[GlyphGroup], pen: float, moved: int,
    scale: float, font: Any, codes: Codes, widening: int = 0,
) -> tuple[float, int]:  # fmt: skip
    """Add the codes of groups to the array of a TJ operator, after the numbers that move them to where they begin.

    `pen` is in thousandths of the font size, `starts` are in Pango units, which `scale` converts to these. The groups
    are `moved` to the right, and each after an expandable one by `widening` more. Returns both as they are at the end.
    """
    drawn = codes.drawn.setdefault(scale, {})
    for start, group in zip(starts, groups, strict=True):
        start += moved
        for code, x, width in drawn.get(group) or draw_group(group, scale, font, codes):
            if shift := round(pen - (start + x) * scale):
                array.append(f">{shift}<" if array else f"{shift}<")
                pen -= shift
            elif not array:
                array.append("<")
            array.append(code)
            pen += width
        if widening and group.is_expandable:
            moved += widening
    return pen, moved


_stock_draw_first_line: Callable[..., Iterable[Any]] = drawing.draw_first_line


def draw_group(group: GlyphGroup, scale: float, font: Any, codes: Codes) -> list[tuple[str, int, int]]:
    """Return the codes that draw a group, each with its x (Pango units) and width (thousandths of the font size)."""
    drawn = codes.drawn[scale][group] = []
    for entry, x in group.entries(scale, codes):
        code = codes.code(entry)
        font.to_unicode[code], font.widths[code] = entry.text, entry.width
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
