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

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from masthead.errors import TypesettingError
from masthead.repairs.glyphcodes import Codes, Entry
from masthead.repairs.replacing import Repair, Replacement

CONTROLS = frozenset(
    "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_NO_CONTROLS = dict.fromkeys(map(ord, CONTROLS))
_IN_NUMBERS = frozenset(("AN", "EN", "CS", "ES"))


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph that Pango placed. Lengths are in thousandths of the size; `x` and `y` are where it is drawn.

    `pen` is where its advance begins, `place` the byte of the text where its cluster begins.
    """

    number: int
    x: float
    y: float
    pen: float
    advance: float
    place: int
    text: str

    @property
    def is_mark(self) -> bool:
        return all(unicodedata.category(char) in ("Mn", "Me") for char in self.text)


@dataclass(frozen=True, slots=True)
class Unit:
    """Glyphs that one code draws at `x`."""

    glyphs: tuple[Glyph, ...]
    text: str
    x: float
    width: float
    keeps_width: bool = True


def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> list[Any]:
    """Draw the line of `textbox`. The place of WeasyPrint's function of this name; ellipses are left to it."""
    if text_overflow == "ellipsis" or block_ellipsis != "none":
        return list(_stock(stream, textbox, text_overflow, block_ellipsis, matrix))
    if not textbox.text or textbox.style["font_size"] < 1e-6:
        return []
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    stream.set_text_matrix(*matrix.values)
    pen, size, array = 0.0, 0.0, ""
    for font, font_size, rtl, glyphs in _runs(textbox, stream):
        codes = _codes(font, stream)
        if array and (font.hash, font_size) != stream._current_font:
            stream.show_text(array)
            array = ""
        stream.set_font_size(font.hash, font_size)
        pen, size = pen * size / font_size, font_size
        for unit in _units(glyphs, rtl):
            entry = _entry(unit, codes)
            code = codes.code(entry)
            font.to_unicode[code], font.widths[code] = entry.text, entry.width
            if abs(shift := round(pen - unit.x)) >= 1:
                array += str(shift)
                pen -= shift
            array = f"{array[:-1]}{code:04x}>" if array.endswith(">") else f"{array}<{code:04x}>"
            pen += entry.width
    if array:
        stream.show_text(array)
    return []


_stock = drawing.draw_first_line


def _runs(textbox: Any, stream: Any) -> Iterator[tuple[Any, float, bool, list[Glyph]]]:
    """Each run of one font and direction: font, size in px, right to left, glyphs in visual order."""
    line, _ = textbox.pango_layout.get_first_line()
    text = textbox.pango_layout.text.encode()
    run, begin = line.runs, 0
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        font, size = stream.add_font(item.analysis.font)
        _check_family(font.family, textbox)
        unit = 1000 * FROM_UNITS / size
        clusters = string.log_clusters[0 : string.num_glyphs]
        edges = sorted({*clusters, item.length})
        ends = dict(pairwise(edges))
        glyphs = []
        for info, start in zip(string.glyphs[0 : string.num_glyphs], clusters, strict=True):
            geometry = info.geometry
            if info.glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                raise _missing(chr(info.glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG), textbox)
            if info.glyph != pango.PANGO_GLYPH_EMPTY:
                _measure(font, item.analysis.font, info.glyph, size, stream)
                cluster = text[item.offset + start : item.offset + ends[start]].decode()
                x, y = (begin + geometry.x_offset) * unit, -geometry.y_offset * unit
                place = item.offset + start
                glyphs.append(Glyph(info.glyph, x, y, begin * unit, geometry.width * unit, place, cluster))
            begin += geometry.width
        yield font, size, bool(item.analysis.level % 2), glyphs


def _units(glyphs: list[Glyph], rtl: bool) -> Iterator[Unit]:
    """Part `glyphs` into what gets a code: a letter, a mark, a space, or a whole number."""
    if not rtl and len(glyphs) > 1 and all(glyph.advance > 1 and not glyph.y for glyph in glyphs):
        text = "".join(glyph.text for glyph in glyphs)
        if all(unicodedata.bidirectional(char) in _IN_NUMBERS for char in text):
            yield Unit(tuple(glyphs), text, glyphs[0].pen, sum(glyph.advance for glyph in glyphs))
            return
    for letter in _letters(glyphs, rtl):
        yield from _parts(letter, rtl)


def _letters(glyphs: list[Glyph], rtl: bool) -> Iterator[list[Glyph]]:
    """Group each letter with its marks: they stand before it in right-to-left text, after it in the other."""
    group: list[Glyph] = []
    for glyph in glyphs:
        if group and glyph.place != group[-1].place and not (group[-1] if rtl else glyph).is_mark:
            yield group
            group = []
        group.append(glyph)
    if group:
        yield group


def _parts(group: list[Glyph], rtl: bool) -> Iterator[Unit]:
    """Part a letter from its marks, where the font drew them with a glyph each; else all is one."""
    text = "".join({glyph.place: glyph.text for glyph in sorted(group, key=lambda glyph: glyph.place)}.values())
    marks = [char for char in text if unicodedata.category(char) in ("Mn", "Me")]
    base = "".join(char for char in text if unicodedata.category(char) not in ("Mn", "Me"))
    start, width = group[0].pen, sum(glyph.advance for glyph in group)
    above = [glyph for glyph in group if abs(glyph.advance) < 1]
    if base and len(above) > len(marks):  # dots and other pieces of the letter, which stand beside it
        above = above[: len(marks)] if rtl else above[len(above) - len(marks) :]
    pieces = tuple(glyph for glyph in group if glyph not in above)
    if len(above) != len(marks) or not pieces:
        yield Unit(tuple(group), text, start, width)
        return
    letter = Unit(pieces, base, start, width, keeps_width=base != " ")
    origin = start if rtl else start + width
    attached = [
        Unit((glyph,), mark, origin, 0) for glyph, mark in zip(above, marks[::-1] if rtl else marks, strict=True)
    ]
    yield from (*attached, letter) if rtl else (letter, *attached)


def _entry(unit: Unit, codes: Codes) -> Entry:
    scale = codes.upem / 1000
    text = unit.text.translate(_NO_CONTROLS) or unit.text
    width = round(unit.width) if unit.keeps_width else codes.widths[unit.glyphs[0].number]
    if len(unit.glyphs) == 1 and abs(width - codes.widths[unit.glyphs[0].number]) <= 1 and unit.width:
        width = codes.widths[unit.glyphs[0].number]
    parts = tuple((g.number, round((g.x - unit.x) * scale), round(g.y * scale)) for g in unit.glyphs)
    return Entry(parts, text, width)


def _codes(font: Any, stream: Any) -> Codes:
    """The table of the font's file, which fonts of several sizes share."""
    if not hasattr(font, "codes"):
        twin = next(
            (each for each in stream._fonts.values() if each.hash == font.hash and hasattr(each, "codes")), None
        )
        if twin:
            font.codes, font.to_unicode, font.widths = twin.codes, twin.to_unicode, twin.widths
        else:
            font.codes = Codes(font.glyph_count, font.upem, font.own_widths)
    return font.codes  # type: ignore[no-any-return]


def _measure(font: Any, pango_font: Any, number: int, size: float, stream: Any) -> None:
    if not hasattr(font, "own_widths"):
        font.own_widths = {}
    if number not in font.own_widths:
        pango.pango_font_get_glyph_extents(pango_font, number, stream.ink_rect, stream.logical_rect)
        font.own_widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)


def _check_family(family: str, textbox: Any) -> None:
    """Raise TypesettingError for a family that is not there, or that no style asked for."""
    families = getattr(textbox.style.font_config, "families", None)
    if families is None:
        return
    asked = textbox.style["font_family"]
    if absent := [name for name in asked if name not in families]:
        raise TypesettingError(f"font family {absent[0]} is not among the project's", where=_excerpt(textbox))
    if not any(family in families[name] for name in asked):
        raise TypesettingError(
            f"only {family} has a glyph for a character here, and {', '.join(asked)} was asked for",
            where=_excerpt(textbox),
        )


def _excerpt(textbox: Any) -> str:
    return f"“{textbox.text.strip()[:60]}”"


def _missing(char: str, textbox: Any) -> TypesettingError:
    return TypesettingError(
        f"no font has a glyph for {char!r} (U+{ord(char):04X})",
        where=_excerpt(textbox),
        hint=f"the families asked for are {', '.join(textbox.style['font_family'])}",
    )


def clean(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Subset the font to the glyphs that its codes draw, and add the composites."""
    codes = getattr(font, "codes", None)
    if codes is None:
        return _clean(font, to_unicode, hinting)
    _clean(font, dict.fromkeys(codes.used(), ""), hinting)
    if font.type != "ttf":
        raise TypesettingError(f"font {font.family} has no TrueType outlines", hint="set the text in another font")
    font.file_content = codes.compose(font.file_content)
    return None


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
