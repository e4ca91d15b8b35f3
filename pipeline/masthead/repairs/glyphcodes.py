"""The code table of a font: one code for each (glyphs, text, advance), and the glyphs made for codes of several.

A code is a character code of the PDF's composite font (Identity-H, two bytes). One that stands for a glyph of the font
as it is, is that glyph's number; all others lie beyond the last glyph and reach theirs through CIDToGIDMap.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import _g_l_y_f as glyf

_XY_OFFSETS_ON_GRID = 0x2 | 0x4
_LAST_CODE = 0xFFFF

Part = tuple[int, int, int]
"""A glyph and where it stands from the origin of its code: number, x, y, in units of the font."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a code draws, says and advances by. `width` is in thousandths of the size."""

    parts: tuple[Part, ...]
    text: str
    width: int


@dataclass(slots=True)
class Codes:
    """The codes of one font file. `widths` holds its glyphs' own advances, in thousandths of the size."""

    glyph_count: int
    upem: int
    widths: dict[int, int]
    entries: dict[int, Entry] = field(default_factory=dict)
    glyphs: dict[int, int] = field(default_factory=dict)
    _codes: dict[Entry, int] = field(default_factory=dict)

    def code(self, entry: Entry) -> int:
        """The code of `entry`, a new one where it has none. Raises OverflowError beyond two bytes."""
        if entry in self._codes:
            return self._codes[entry]
        number = entry.parts[0][0]
        own = self._is_glyph(entry) and number not in self.entries
        code = number if own else self.glyph_count + len(self._codes)
        if code > _LAST_CODE:
            raise OverflowError(f"more than {_LAST_CODE} codes in one font")
        self._codes[entry] = code
        self.entries[code] = entry
        return code

    def used(self) -> list[int]:
        """The glyphs of the font that any code draws."""
        return sorted({number for entry in self.entries.values() for number, _, _ in entry.parts})

    def compose(self, file: bytes) -> bytes:
        """Add to the font `file` (TrueType outlines) the glyphs that codes need, and note which code draws which."""
        font = TTFont(io.BytesIO(file), recalcTimestamp=False)
        names = list(font.getGlyphOrder())
        table, metrics = font["glyf"], font["hmtx"].metrics
        made: dict[tuple[tuple[Part, ...], int], int] = {}
        for code, entry in sorted(self.entries.items()):
            key = entry.parts, entry.width
            if self._is_glyph(entry):
                self.glyphs[code] = entry.parts[0][0]
                continue
            if key not in made:
                made[key] = len(names)
                names.append(f"composite{len(names)}")
                glyph = _composite(table, names, entry.parts)
                table.glyphs[names[-1]] = glyph
                glyph.recalcBounds(table)
                metrics[names[-1]] = (round(entry.width * self.upem / 1000), getattr(glyph, "xMin", 0))
            self.glyphs[code] = made[key]
        font.setGlyphOrder(names)
        table.glyphOrder = names
        font["maxp"].numGlyphs = len(names)
        font["post"].formatType = 3  # no glyph names
        output = io.BytesIO()
        font.save(output)
        return output.getvalue()

    def map(self) -> bytes:
        """The content of CIDToGIDMap: two bytes for each code."""
        return b"".join(self.glyphs.get(code, 0).to_bytes(2, "big") for code in range(max(self.glyphs) + 1))

    def _is_glyph(self, entry: Entry) -> bool:
        return len(entry.parts) == 1 and entry.parts[0][1:] == (0, 0) and entry.width == self.widths[entry.parts[0][0]]


def _composite(table: glyf.table__g_l_y_f, names: list[str], parts: tuple[Part, ...]) -> glyf.Glyph:
    glyph = glyf.Glyph()
    glyph.numberOfContours = 0
    glyph.components = []
    for number, x, y in parts:
        if table[names[number]].numberOfContours:
            component = glyf.GlyphComponent()
            component.glyphName, component.x, component.y = names[number], x, y
            component.flags = _XY_OFFSETS_ON_GRID
            glyph.components.append(component)
    if glyph.components:
        glyph.numberOfContours = -1
    else:
        del glyph.components
    return glyph
