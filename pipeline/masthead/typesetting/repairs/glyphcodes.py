"""The character codes of a font in the PDF: one for each (glyphs, text, advance), and the composite glyphs they need.

The codes are those of a composite font with the encoding Identity-H: two bytes each. The code of a glyph that is drawn
as it is in the font is its glyph number. All other codes are greater than the last glyph number, and CIDToGIDMap maps
them to their glyphs.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

# Flags of a component: arguments are words, arguments are offsets, round offsets to the grid, more components follow.
_WORDS, _OFFSETS, _ON_GRID, _MORE = 0x1, 0x2, 0x4, 0x20
_LAST_CODE = 0xFFFF

Part = tuple[int, int, int]
"""A glyph number and its position relative to the origin of the code: x and y, in font units."""


class CodeEntry(NamedTuple):
    """The glyphs of a code, if any, its text, and its advance `width` in thousandths of the font size."""

    parts: tuple[Part, ...]
    text: str
    width: int


@dataclass(slots=True)
class Codes:
    """The codes of one font file.

    `widths` holds the advances of the font's own glyphs, in thousandths of the font size. `drawn` and `words` are
    caches of those who draw: the codes of glyph groups and of words that were drawn before, by scale.
    """

    glyph_count: int
    upem: int
    widths: dict[int, int] = field(default_factory=dict)
    drawn: dict[float, dict[Any, list[tuple[str, int, int]]]] = field(default_factory=dict)
    words: dict[float, dict[Any, Any]] = field(default_factory=dict)
    entries: dict[int, CodeEntry] = field(default_factory=dict)
    glyphs: dict[int, int] = field(default_factory=dict)
    _codes: dict[CodeEntry, int] = field(default_factory=dict)

    def code(self, entry: CodeEntry) -> int:
        """Return the code of `entry`, a new one if it has none. Raises OverflowError if two bytes are too few."""
        known = self._codes.get(entry)
        if known is not None:
            return known
        own = self._is_glyph(entry) and entry.parts[0][0] not in self.entries
        code = entry.parts[0][0] if own else self.glyph_count + len(self._codes)
        if code > _LAST_CODE:
            raise OverflowError(f"more than {_LAST_CODE} codes in one font")
        self._codes[entry] = code
        self.entries[code] = entry
        return code

    def used(self) -> list[int]:
        """Return the numbers of the font's glyphs that the codes use, sorted."""
        return sorted({number for entry in self.entries.values() for number, _, _ in entry.parts})

    def compose(self, file: bytes) -> bytes:
        """Return the font `file` (TrueType outlines) with the composite glyphs added; note the glyph of each code.

        The tables are edited as bytes: fontTools would unpack and pack thousands of glyphs, which takes longer than
        setting all the text of a page.
        """
        reader = SFNTReader(io.BytesIO(file))
        tables = {tag: reader[tag] for tag in reader.tables}
        outlines, metrics = _Outlines(tables), _Metrics(tables)
        made: dict[tuple[tuple[Part, ...], int], int] = {}
        for code, entry in sorted(self.entries.items()):
            key = entry.parts, entry.width
            if self._is_glyph(entry):
                self.glyphs[code] = entry.parts[0][0]
                continue
            if key not in made:
                left = outlines.add(entry.parts)
                made[key] = metrics.add(round(entry.width * self.upem / 1000), left)
            self.glyphs[code] = made[key]
        tables |= outlines.tables() | metrics.tables()
        output = io.BytesIO()
        writer = SFNTWriter(output, len(tables), reader.sfntVersion)
        for tag, data in sorted(tables.items()):
            writer[tag] = data
        writer.close()
        return output.getvalue()

    def map(self) -> bytes:
        """Return the content of CIDToGIDMap: two bytes for each code."""
        content = bytearray(2 * (max(self.glyphs, default=0) + 1))
        for code, number in self.glyphs.items():
            struct.pack_into(">H", content, 2 * code, number)
        return bytes(content)

    def _is_glyph(self, entry: CodeEntry) -> bool:
        return len(entry.parts) == 1 and entry.parts[0][1:] == (0, 0) and entry.width == self.widths[entry.parts[0][0]]


class _Outlines:
    """The outline tables of a font, to which composite glyphs are added (OpenType 1.9: glyf, loca, maxp, head)."""

    def __init__(self, tables: dict[str, bytes]) -> None:
        loca = tables["loca"]
        if tables["head"][51]:  # indexToLocFormat
            self._loca = [*struct.unpack(f">{len(loca) // 4}L", loca)]
        else:
            self._loca = [2 * offset for offset in struct.unpack(f">{len(loca) // 2}H", loca)]
        self._glyf, self._maxp, self._head = (bytearray(tables[tag]) for tag in ("glyf", "maxp", "head"))
        self._parts = 0

    def add(self, parts: tuple[Part, ...]) -> int:
        """Add a glyph composed of `parts`; return its left side bearing in font units."""
        inked = [(part, self._bounds(part)) for part in parts if self._loca[part[0]] < self._loca[part[0] + 1]]
        left = 0
        if inked:
            lefts, bottoms, rights, tops = zip(*(bounds for _, bounds in inked), strict=True)
            left = min(lefts)
            self._glyf += struct.pack(">5h", -1, left, min(bottoms), max(rights), max(tops))
            for index, ((number, x, y), _) in enumerate(inked, 1):
                flags = _WORDS | _OFFSETS | _ON_GRID | (_MORE if index < len(inked) else 0)
                self._glyf += struct.pack(">HHhh", flags, number, x, y)
        self._glyf += bytes(-len(self._glyf) % 4)
        self._loca.append(len(self._glyf))
        self._parts = max(self._parts, len(inked))
        return left

    def _bounds(self, part: Part) -> tuple[int, int, int, int]:
        number, x, y = part
        _, left, bottom, right, top = struct.unpack_from(">5h", self._glyf, self._loca[number])
        return left + x, bottom + y, right + x, top + y

    def tables(self) -> dict[str, bytes]:
        points, contours, own_points, own_contours = struct.unpack_from(">4H", self._maxp, 6)
        elements, depth = struct.unpack_from(">2H", self._maxp, 28)
        largest = max(points, own_points), max(contours, own_contours)
        most = [min(_LAST_CODE, count * max(self._parts, 1)) for count in largest]
        struct.pack_into(">H", self._maxp, 4, len(self._loca) - 1)
        struct.pack_into(">2H", self._maxp, 10, *most)
        struct.pack_into(">2H", self._maxp, 28, max(elements, self._parts), depth + 1)
        struct.pack_into(">h", self._head, 50, 1)  # indexToLocFormat: offsets of four bytes
        loca = struct.pack(f">{len(self._loca)}L", *self._loca)
        return {"glyf": bytes(self._glyf), "loca": loca, "maxp": bytes(self._maxp), "head": bytes(self._head)}


class _Metrics:
    """The tables of advances, to which glyphs are added (OpenType 1.9: hmtx, hhea)."""

    def __init__(self, tables: dict[str, bytes]) -> None:
        self._hhea = bytearray(tables["hhea"])
        (count,) = struct.unpack_from(">H", self._hhea, 34)
        full, bearings = tables["hmtx"][: 4 * count], tables["hmtx"][4 * count :]
        # The glyphs after the last full entry share its advance. Each gets its own, so that more can be appended.
        rest = len(bearings) // 2
        shared = bytearray(4 * rest)
        shared[0::4], shared[1::4] = full[-4:-3] * rest, full[-3:-2] * rest
        shared[2::4], shared[3::4] = bearings[0::2], bearings[1::2]
        self._hmtx = bytearray(full + shared)

    def add(self, advance: int, left: int) -> int:
        """Add the metrics of a glyph; return its number."""
        self._hmtx += struct.pack(">Hh", advance, left)
        widest = max(advance, struct.unpack_from(">H", self._hhea, 10)[0])
        struct.pack_into(">H", self._hhea, 10, widest)
        return len(self._hmtx) // 4 - 1

    def tables(self) -> dict[str, bytes]:
        struct.pack_into(">H", self._hhea, 34, len(self._hmtx) // 4)
        return {"hmtx": bytes(self._hmtx), "hhea": bytes(self._hhea)}
