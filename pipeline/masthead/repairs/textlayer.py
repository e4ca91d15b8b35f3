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
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from masthead.errors import TypesettingError
from masthead.repairs import outlines
from masthead.repairs.glyphcodes import Codes, Entry
from masthead.repairs.replacing import Repair, Replacement
from masthead.repairs.whitespace import EXPANDABLE

CONTROLS = frozenset(
    "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_NO_CONTROLS = dict.fromkeys(map(ord, CONTROLS))
_IN_NUMBERS = frozenset(("AN", "EN", "CS", "ES"))


class Glyph(NamedTuple):
    """A glyph that Pango placed. Lengths are in Pango's units, from where its group begins to the right and up.

    `x` and `y` are where it is drawn, `pen` where its advance begins, `place` the byte of the text where its cluster
    does.
    """

    number: int
    x: int
    y: int
    pen: int
    advance: int
    place: int
    text: str


class Unit(NamedTuple):
    """Glyphs that one code draws at `x`; what justification widens keeps the font's own width."""

    glyphs: tuple[Glyph, ...]
    text: str
    x: int
    width: int


class Run(NamedTuple):
    """What Pango placed in one font and direction: groups of glyphs in visual order, each with where it begins."""

    font: Any
    rtl: bool
    groups: tuple[tuple[int, tuple[Glyph, ...]], ...]


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
    pen, scale, array, moved = 0.0, 1.0, "", 0
    for run in runs:
        font, size = stream.add_font(run.font)
        codes = _codes(font, stream)
        _check_family(font.family, textbox)
        _measure(run, font, size, stream)
        if array and (font.hash, size) != stream._current_font:
            stream.show_text(array)
            array = ""
        stream.set_font_size(font.hash, size)
        pen *= scale
        scale = 1000 * FROM_UNITS / size  # Pango's units to thousandths of the size
        for start, group in run.groups:
            for code, x, width in _drawn(group, run.rtl, scale, font, codes):
                if abs(shift := round(pen - (start + moved + x) * scale)) >= 1:
                    array += str(shift)
                    pen -= shift
                array = f"{array[:-1]}{code:04x}>" if array.endswith(">") else f"{array}<{code:04x}>"
                pen += width
            if widening and EXPANDABLE.match(group[0].text):
                moved += widening
        pen /= scale
    if array:
        stream.show_text(array)


_stock: Callable[..., Iterable[Any]] = drawing.draw_first_line


def read_line(textbox: Any) -> tuple[Run, ...]:
    """Read what Pango made of the first line. Raises TypesettingError for a character that no font has."""
    line, _ = textbox.pango_layout.get_first_line()
    text = textbox.pango_layout.text.encode()
    run, pen, read = line.runs, 0, []
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        clusters = string.log_clusters[0 : string.num_glyphs]
        edges = sorted({*clusters, item.length})
        offset = item.offset
        texts = {start: text[offset + start : offset + end].decode() for start, end in pairwise(edges)}
        glyphs = []
        for info, start in zip(string.glyphs[0 : string.num_glyphs], clusters, strict=True):
            number, geometry = info.glyph, info.geometry
            advance = geometry.width
            if number & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                raise _missing(chr(number - pango.PANGO_GLYPH_UNKNOWN_FLAG), textbox)
            if number != pango.PANGO_GLYPH_EMPTY:
                x, y = pen + geometry.x_offset, -geometry.y_offset
                glyphs.append(Glyph(number, x, y, pen, advance, offset + start, texts[start]))
            pen += advance
        rtl = bool(item.analysis.level % 2)
        read.append(Run(item.analysis.font, rtl, tuple(_groups(glyphs, rtl))))
    return tuple(read)


def _groups(glyphs: list[Glyph], rtl: bool) -> Iterator[tuple[int, tuple[Glyph, ...]]]:
    """Part `glyphs` into letters with their marks, or leave them whole when they are a number; and where each begins.

    Marks stand before their letter in right-to-left text, after it in the other.
    """
    if not rtl and len(glyphs) > 1 and all(_in_number(each.text) and each.advance and not each.y for each in glyphs):
        yield _from_start(glyphs)
        return
    group: list[Glyph] = []
    for glyph in glyphs:
        if group and glyph.place != group[-1].place and not _is_mark((group[-1] if rtl else glyph).text):
            yield _from_start(group)
            group = []
        group.append(glyph)
    if group:
        yield _from_start(group)


def _from_start(group: list[Glyph]) -> tuple[int, tuple[Glyph, ...]]:
    """The group with its lengths from where it begins: equal groups are then equal values."""
    start = group[0].pen
    if len(group) == 1:  # most are: a letter without marks
        number, x, y, _, advance, _, text = group[0]
        return start, (Glyph(number, x - start, y, 0, advance, 0, text),)
    first = min(glyph.place for glyph in group)
    moved = (
        Glyph(number, x - start, y, pen - start, advance, place - first, text)
        for number, x, y, pen, advance, place, text in group
    )
    return start, tuple(moved)


@cache
def _is_mark(text: str) -> bool:
    return all(unicodedata.category(char) in ("Mn", "Me") for char in text)


@cache
def _in_number(text: str) -> bool:
    return all(unicodedata.bidirectional(char) in _IN_NUMBERS and not char.isspace() for char in text)


def _drawn(group: tuple[Glyph, ...], rtl: bool, scale: float, font: Any, codes: Codes) -> list[tuple[int, int, int]]:
    """What draws a group: codes, each with its place (Pango's units) and width (thousandths of the size)."""
    key = group, rtl, scale
    if key not in codes.drawn:
        codes.drawn[key] = []
        for unit in _units(group, rtl):
            entry = _entry(unit, scale, codes)
            code = codes.code(entry)
            font.to_unicode[code], font.widths[code] = entry.text, entry.width
            codes.drawn[key].append((code, unit.x, entry.width))
    return codes.drawn[key]


def _units(group: tuple[Glyph, ...], rtl: bool) -> Iterator[Unit]:
    """Part a letter from its marks, where the font drew them with a glyph each; else all is one."""
    text = "".join({glyph.place: glyph.text for glyph in sorted(group, key=lambda glyph: glyph.place)}.values())
    marks = [char for char in text if _is_mark(char)]
    base = "".join(char for char in text if not _is_mark(char))
    width = sum(glyph.advance for glyph in group)
    above = [glyph for glyph in group if not glyph.advance]
    if base and len(above) > len(marks):  # dots and other pieces of the letter
        above = above[: len(marks)] if rtl else above[len(above) - len(marks) :]
    pieces = tuple(glyph for glyph in group if glyph not in above)
    if len(above) != len(marks) or not pieces:
        yield Unit(group, text, 0, width)
        return
    letter = Unit(pieces, base, 0, width)
    origin = 0 if rtl else width
    attached = [
        Unit((glyph,), mark, origin, 0) for glyph, mark in zip(above, marks[::-1] if rtl else marks, strict=True)
    ]
    yield from (*attached, letter) if rtl else (letter, *attached)


def _entry(unit: Unit, scale: float, codes: Codes) -> Entry:
    width = round(unit.width * scale)
    natural = codes.widths[unit.glyphs[0].number]
    if len(unit.glyphs) == 1 and unit.width and (EXPANDABLE.fullmatch(unit.text) or abs(width - natural) <= 1):
        width = natural
    grid = scale * codes.upem / 1000
    parts = tuple((each.number, round((each.x - unit.x) * grid), round(each.y * grid)) for each in unit.glyphs)
    return Entry(parts, unit.text.translate(_NO_CONTROLS) or unit.text, width)


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


def _measure(run: Run, font: Any, size: float, stream: Any) -> None:
    """Note the advances of the run's glyphs, in the size that they are first met in."""
    widths = font.codes.widths
    for _, group in run.groups:
        for glyph in group:
            if glyph.number not in widths:
                pango.pango_font_get_glyph_extents(run.font, glyph.number, stream.ink_rect, stream.logical_rect)
                widths[glyph.number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)


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
