"""Conversion of cubic outlines (CFF) to quadratic ones (TrueType).

WeasyPrint embeds a font with cubic outlines unchanged and writes glyph numbers where the font expects its character
identifiers (CIDs). In subsets of larger fonts, as Chinese fonts are, the two differ and wrong letters are drawn. In a
font with quadratic outlines a glyph is addressed by its number (ISO 32000-1, 9.7.4.2), and `glyphcodes` can add
composite glyphs to it.
"""

from __future__ import annotations

import io
from collections.abc import Collection

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

# Limits of the hinting programs; the converted font has no such programs.
_PROGRAM_LIMITS = ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                   "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth")  # fmt: skip
_MAX_ERROR = 0.5  # thousandths of the font size: a twentieth of a pixel of the finest printers


def to_quadratic(file: bytes, used: Collection[int]) -> bytes:
    """Return the font `file` with quadratic outlines for the glyph numbers in `used` and empty ones for all others."""
    font = TTFont(io.BytesIO(file), recalcTimestamp=False)
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    names = {order[number] for number in used if number < len(order)}
    glyphs = {name: _outline(drawn[name], font["head"].unitsPerEm) if name in names else Glyph() for name in order}
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphs, font["glyf"].glyphOrder = glyphs, order
    for name in names:
        glyph = glyphs[name]
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    maximum = font["maxp"]
    maximum.tableVersion = 0x00010000
    for name in _PROGRAM_LIMITS:
        setattr(maximum, name, 0)
    maximum.maxZones = 1
    font["post"].formatType = 3.0
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\x00\x01\x00\x00"
    output = io.BytesIO()
    font.save(output)
    return output.getvalue()


def _outline(drawn: object, upem: int) -> Glyph:
    pen = TTGlyphPen(None)
    drawn.draw(Cu2QuPen(pen, _MAX_ERROR * upem / 1000, reverse_direction=True))  # type: ignore[attr-defined]
    return pen.glyph()
