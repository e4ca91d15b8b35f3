"""Conversion of cubic outlines (CFF) to quadratic ones (TrueType).

WeasyPrint embeds a font with cubic outlines unchanged and writes glyph numbers where the font expects its character
identifiers (CIDs). In subsets of larger fonts, as Chinese fonts are, the two differ and wrong letters are drawn. In a
font with quadratic outlines a glyph is addressed by its number (ISO 32000-1, 9.7.4.2), and `glyphcodes` can add
composite glyphs to it.

Each glyph is converted once in a process: the documents of a series have most characters in common. The tables of the
subset are edited as bytes, since fontTools would pack the thousands of empty glyphs that it has.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Collection
from functools import lru_cache
from itertools import accumulate
from threading import Lock
from typing import NamedTuple

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

# Limits of hinting programs and composite glyphs; the converted font has none.
_UNUSED_LIMITS = (
    *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"),
    *(
        "maxSizeOfInstructions",
        "maxCompositePoints",
        "maxCompositeContours",
        "maxComponentElements",
        "maxComponentDepth",
    ),
)
_UNUSED = ("CFF ", "VORG", "vhea", "vmtx")  # cubic outlines, and the metrics of vertical text
_MAX_ERROR = 0.5  # thousandths of the font size: a twentieth of a pixel of the finest printers
_LEFT_IS_BEARING = 0x2  # flag of the table head: the left side bearing of each glyph is where its outline begins


class Outline(NamedTuple):
    """A glyph as the table glyf has it, its bounds (font units), and the number of its points and contours."""

    data: bytes
    bounds: tuple[int, int, int, int]
    points: int
    contours: int


class CubicFace:
    """A font file with cubic outlines, which are converted when they are first used."""

    def __init__(self, file: bytes, index: int) -> None:
        self._font = TTFont(io.BytesIO(file), fontNumber=index, lazy=True)
        self._names, self._glyphs = self._font.getGlyphOrder(), self._font.getGlyphSet()
        self._max_error = _MAX_ERROR * self._font["head"].unitsPerEm / 1000
        self._outlines: dict[int, Outline | None] = {}
        self._lock = Lock()  # fontTools reads glyphs from the file one after another

    def outlines(self, numbers: Collection[int]) -> dict[int, Outline]:
        """Return the outlines of those of the glyphs that have one, in the order of their numbers."""
        with self._lock:
            for number in numbers:
                if number not in self._outlines:
                    self._outlines[number] = self._converted(self._names[number])
        found = ((number, self._outlines[number]) for number in sorted(numbers))
        return {number: outline for number, outline in found if outline}

    def _converted(self, name: str) -> Outline | None:
        # For Chinese documents alone.
        from fontTools.pens.cu2quPen import Cu2QuPen
        from fontTools.pens.ttGlyphPen import TTGlyphPen

        pen = TTGlyphPen(None)
        self._glyphs[name].draw(Cu2QuPen(pen, self._max_error, reverse_direction=True))
        glyph = pen.glyph()
        if not glyph.numberOfContours:
            return None
        data = glyph.compile(None)
        bounds = glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax
        return Outline(data + bytes(len(data) % 2), bounds, *glyph.getMaxpValues())


@lru_cache(maxsize=8)
def face(file: bytes, index: int) -> CubicFace:
    """Return the face of a font file; `index` is its place in a collection of fonts."""
    return CubicFace(file, index)


def to_quadratic(subset: bytes, outlines: dict[int, Outline]) -> bytes:
    """Return the font file `subset` with these quadratic outlines by glyph number; all other glyphs are empty."""
    font = TTFont(io.BytesIO(subset), recalcBBoxes=False, recalcTimestamp=False)
    for tag in _UNUSED:
        if tag in font:
            del font[tag]
    font.setGlyphOrder(range(font["maxp"].numGlyphs))  # or fontTools would make a name for each of thousands of glyphs
    pieces = [b""] * font["maxp"].numGlyphs
    for number, outline in outlines.items():
        pieces[number] = outline.data
    offsets = accumulate(map(len, pieces), initial=0)
    _put(font, "glyf", b"".join(pieces) or b"\0")
    _put(font, "loca", struct.pack(f">{len(pieces) + 1}L", *offsets))
    _state_limits(font, outlines.values())
    _state_bearings(font, outlines)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    output = io.BytesIO()
    font.save(output)
    return output.getvalue()


def _put(font: TTFont, tag: str, data: bytes) -> None:
    font[tag] = DefaultTable(tag)
    font[tag].data = data


def _state_limits(font: TTFont, outlines: Collection[Outline]) -> None:
    """State the bounds of all glyphs, and the number of points and contours that the largest have."""
    head, limits = font["head"], font["maxp"]
    lefts, bottoms, rights, tops = (
        zip(*(outline.bounds for outline in outlines), strict=True) if outlines else [(0,)] * 4
    )
    head.xMin, head.yMin, head.xMax, head.yMax = min(lefts), min(bottoms), max(rights), max(tops)
    head.indexToLocFormat = 1  # offsets of four bytes
    head.flags |= _LEFT_IS_BEARING
    limits.tableVersion, limits.maxZones = 0x00010000, 1
    limits.maxPoints = max((outline.points for outline in outlines), default=0)
    limits.maxContours = max((outline.contours for outline in outlines), default=0)
    for name in _UNUSED_LIMITS:
        setattr(limits, name, 0)


def _state_bearings(font: TTFont, outlines: dict[int, Outline]) -> None:
    """State where each outline begins (OpenType 1.9: hmtx), and the extremes of that (hhea)."""
    header, metrics = font["hhea"], bytearray(font.getTableData("hmtx"))
    count = header.numberOfHMetrics  # glyphs after these have the advance of the last one, and only a bearing here
    sides = [(0, 0, 0)]
    for number, outline in outlines.items():
        left, _, right, _ = outline.bounds
        struct.pack_into(">h", metrics, 4 * number + 2 if number < count else 2 * (number + count), left)
        (advance,) = struct.unpack_from(">H", metrics, 4 * min(number, count - 1))
        sides.append((left, advance - right, right))
    _put(font, "hmtx", bytes(metrics))
    lefts, rights, extents = zip(*(sides[1:] or sides), strict=True)
    header.minLeftSideBearing, header.minRightSideBearing, header.xMaxExtent = min(lefts), min(rights), max(extents)
    header.advanceWidthMax = max(struct.unpack_from(f">{2 * count}H", metrics)[::2])
