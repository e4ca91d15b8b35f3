"""Text that extractors read back: each code of the page stands for one character, or for one number.

WeasyPrint shows the font's glyphs under their own numbers, and a glyph means for the whole file what it meant where it
was first used. A letter of several glyphs (Amiri's dots) leaves some with an empty meaning or doubles the letter, marks
are moved by text rise, and the pen is put in whole thousandths, cut off, so that lines end short.

Here every (glyphs, text, advance) has a code of its own. The pieces of a letter become one composite glyph; a mark is a
composite with its place in it and no advance; digits of one number are one code, since extractors disagree about their
order; the advance that kerning made is the code's own, so that no gap is taken for a space. Spaces stay real glyphs,
their width by TJ. Controls mean nothing to a reader and are in no meaning. Identity-H stays; what it costs is a
CIDToGIDMap. A character that no family asked for can show is a TypesettingError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.ffi import FROM_UNITS, pango

from masthead.document import TypesettingError
from masthead.typesetting.repairs import outlines
from masthead.typesetting.repairs.glyphcodes import Codes
from masthead.typesetting.repairs.glyphgroups import Group, Run, excerpt, read_line, undrawable
from masthead.typesetting.repairs.replacing import Repair, Replacement


def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> list[Any]:
    """Draw the line of `textbox`. The place of WeasyPrint's function of this name; ellipses are left to it."""
    if text_overflow == "ellipsis" or block_ellipsis != "none":
        return list(_stock(stream, textbox, text_overflow, block_ellipsis, matrix))
    if not textbox.text or textbox.style["font_size"] < 1e-6:
        return []
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    stream.set_text_matrix(*matrix.values)
    show(stream, textbox, read_line(textbox))
    return []


def show(stream: Any, textbox: Any, runs: Iterable[Run], *, widening: int = 0) -> None:
    """Write the text operators of a line whose room is yet to be widened by `widening` (Pango's units)."""
    pen, scale, moved, array, in_string = 0.0, 1.0, 0, list[str](), False
    for run in runs:
        font, size = stream.add_font(run.font)
        codes = _codes(font, stream)
        _check_family(font.family, run, textbox)
        _measure(run, codes, size, stream)
        if array and (font.hash, size) != stream._current_font:
            stream.show_text("".join(array) + ">")
            array, in_string = [], False
        stream.set_font_size(font.hash, size)
        pen *= scale
        scale = 1000 * FROM_UNITS / size  # Pango's units to thousandths of the size
        drawn = codes.drawn.setdefault(scale, {})
        for start, group in zip(run.starts, run.groups, strict=True):
            start += moved
            for code, x, width in drawn.get(group) or _draw(group, scale, font, codes):
                if shift := round(pen - (start + x) * scale):
                    array.append(f">{shift}<" if in_string else f"{shift}<")
                    pen -= shift
                elif not in_string:
                    array.append("<")
                in_string = True
                array.append(code)
                pen += width
            if widening and group.is_expandable:
                moved += widening
        pen /= scale
    if array:
        stream.show_text("".join(array) + ">")


_stock: Callable[..., Iterable[Any]] = drawing.draw_first_line


def _draw(group: Group, scale: float, font: Any, codes: Codes) -> list[tuple[str, int, int]]:
    """What draws a group: codes, each with its place (Pango's units) and width (thousandths of the size)."""
    drawn = codes.drawn[scale][group] = []
    for entry, x in group.entries(scale, codes):
        code = codes.code(entry)
        font.to_unicode[code], font.widths[code] = entry.text, entry.width
        drawn.append((f"{code:04x}", x, entry.width))
    return drawn


def _codes(font: Any, stream: Any) -> Codes:
    """The table of the font's file, which fonts of several sizes share."""
    if not hasattr(font, "codes"):
        twin = next(
            (each for each in stream._fonts.values() if each.hash == font.hash and hasattr(each, "codes")), None
        )
        if twin:
            font.codes, font.to_unicode, font.widths = twin.codes, twin.to_unicode, twin.widths
        else:
            font.codes = Codes(font.glyph_count, font.upem)
    return font.codes  # type: ignore[no-any-return]


def _measure(run: Run, codes: Codes, size: float, stream: Any) -> None:
    """Note the advances of the run's glyphs, in the size that they are first met in."""
    for number in run.numbers:
        if number in codes.widths:
            continue
        pango.pango_font_get_glyph_extents(run.font, number, stream.ink_rect, stream.logical_rect)
        codes.widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)


def _check_family(family: str, run: Run, textbox: Any) -> None:
    """Raise TypesettingError for a family that is not there, GlyphError for a run in one that no style asked for."""
    families = getattr(textbox.style.font_config, "families", None)
    if families is None:
        return
    asked = textbox.style["font_family"]
    if absent := [name for name in asked if name not in families]:
        raise TypesettingError(f"font family {absent[0]} is not among the project's", where=excerpt(textbox))
    if not any(family in families[name] for name in asked):
        drawn = {glyph.text for group in run.groups for glyph in group.glyphs}
        first = next((char for char in textbox.text if char.strip() and char in drawn), textbox.text[0])
        raise undrawable(first, f"only {family}", textbox)


def clean(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Subset the font to the glyphs that its codes draw, and add the composites."""
    codes = getattr(font, "codes", None)
    if codes is None:
        _clean(font, to_unicode, hinting)
        return
    _clean(font, dict.fromkeys(codes.used(), ""), hinting)
    if font.type != "ttf":
        font.file_content = outlines.quadratic(font.file_content, codes.used())
    font.file_content = codes.compose(font.file_content)


def build_vector_font_dictionary(dictionary: Any, pdf: Any, font: Any, *arguments: Any) -> None:
    """Build the font's dictionary, and write the map from its codes to its glyphs."""
    _build(dictionary, pdf, font, *arguments)
    if hasattr(font, "codes"):
        descendant = pdf.objects[int(dictionary["DescendantFonts"][0].split()[0])]
        glyphs = pydyf.Stream([font.codes.map()], compress=True)
        pdf.add_object(glyphs)
        descendant["CIDToGIDMap"] = glyphs.reference


_clean: Callable[..., None] = pdf_fonts.Font.clean
_build: Callable[..., None] = pdf_fonts._build_vector_font_dictionary

REPAIR = Repair(
    "text layer",
    lambda: (
        Replacement(drawing, "draw_first_line", draw_first_line),
        Replacement(pdf_fonts.Font, "clean", clean),
        Replacement(pdf_fonts, "_build_vector_font_dictionary", build_vector_font_dictionary),
    ),
)
