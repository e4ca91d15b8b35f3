"""Which glyphs of a TrueType font are composed of others, and of which (OpenType, `glyf`).

fontTools makes an object of each of a font's thousands of glyphs before it answers for one.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

# Flags of a component (OpenType, "Composite glyph description").
_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80


class _Tables(dict[bytes, int]):
    """Name of a table → where it begins."""

    def __missing__(self, tag: bytes) -> int:
        raise struct.error(f"the table {tag!r} is missing")


class Outlines:
    """The glyphs of a font file; no glyphs where it has no `glyf` table."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        count = struct.unpack_from(">H", data, 4)[0]
        self._records = [struct.unpack_from(">4sIII", data, 12 + 16 * place) for place in range(count)]
        self._tables = _Tables((tag, offset) for tag, _, offset, _ in self._records)
        self._count = self._number(b"maxp", 4) if b"glyf" in self._tables else 0
        self._wide = self._number(b"head", 50)  # indexToLocFormat
        self._units = self._number(b"head", 18)  # unitsPerEm
        if not self._units:
            raise struct.error("the font has no units")
        self._scale = 1000 / self._units

        self._boxes: dict[int, tuple[int, int, int, int]] = {}
        self._shapes: dict[int, object] = {}
        self._composed: dict[int, list[tuple[int, float]] | None] = {}

    @cached_property
    def is_intact(self) -> bool:
        """Whether each table has its checksum (OpenType, "Calculating checksums"): readers differ on damaged fonts."""
        return b"glyf" in self._tables and all(
            checksum(self._data[offset : offset + length], is_head=tag == b"head") == stated
            for tag, stated, offset, length in self._records
        )

    @cached_property
    def _places(self) -> Sequence[int]:
        """Where each glyph begins in the table of outlines, and where the last one ends."""
        size = 4 if self._wide else 2
        start = self._tables[b"loca"]
        length = min(self._count + 1, (len(self._data) - start) // size)
        places = array("I" if self._wide else "H", self._data[start : start + size * length])
        if sys.byteorder == "little":
            places.byteswap()
        return places

    def _number(self, table: bytes, place: int) -> int:
        number: int = struct.unpack_from(">H", self._data, self._tables[table] + place)[0]
        return number

    def components(self, glyph: int) -> list[tuple[int, float]] | None:
        """Return the glyphs that a glyph is composed of, each with its x in thousandths of the size.

        The list is empty for an empty glyph. Return None for a glyph with contours of its own, or a missing one.
        """
        if glyph not in self._composed:
            self._composed[glyph] = self._components(glyph)
        return self._composed[glyph]

    def _components(self, glyph: int) -> list[tuple[int, float]] | None:
        if glyph >= self._count:
            return None
        if not (span := self._span(glyph)):
            return []
        place = span[0]
        contours = struct.unpack_from(">h", self._data, place)[0]
        return list(self._parts(place + 10)) if contours < 0 else None if contours else []

    def box(self, glyph: int) -> tuple[int, int, int, int]:
        """Return the left, lower, right and upper edge of a glyph in thousandths of the size, as FreeType rounds them.

        They are 0 for an empty glyph, or a missing one.
        """
        if glyph not in self._boxes:
            span, units = self._span(glyph) if glyph < self._count else None, self._units
            edges = struct.unpack_from(">4h", self._data, span[0] + 2) if span else (0, 0, 0, 0)
            left, bottom, right, top = [int((1000 * edge + units // 2) / units) for edge in edges]
            self._boxes[glyph] = left, bottom, right, top
        return self._boxes[glyph]

    def shape(self, glyph: int) -> object:
        """Return the contours of a glyph as the font has them, without instructions and padding, or its parts.

        Return None for a missing glyph.
        """
        if glyph not in self._shapes:
            self._shapes[glyph] = self._shape(glyph)
        return self._shapes[glyph]

    def _shape(self, glyph: int) -> object:
        if glyph >= self._count:
            return None
        if not (span := self._span(glyph)):
            return b""
        start, end = span
        (count,) = struct.unpack_from(">h", self._data, start)
        if count < 0:
            return self.components(glyph)
        points = start + 10 + 2 * count
        (instructions,) = struct.unpack_from(">H", self._data, points)
        return (self._data[start:points] + self._data[points + 2 + instructions : end]).rstrip(b"\0")

    def draws(self, glyph: int, other: Outlines, number: int) -> bool:
        """Whether a glyph has the shape that the glyph `number` of another font has.

        The parts of composite glyphs are compared by their shapes, as a subset may give them other numbers. A composite
        glyph of the other font may have contours of its own here, which are not compared.
        """
        shape = other.shape(number)
        if not isinstance(shape, list):
            return shape is not None and self.shape(glyph) == shape
        parts = self.components(glyph)
        return parts is None or (
            len(parts) == len(shape)
            and all(
                x == place and self.draws(part, other, of) for (part, x), (of, place) in zip(parts, shape, strict=True)
            )
        )

    def _span(self, glyph: int) -> tuple[int, int] | None:
        """Return where a glyph is in the file; None for an empty one."""
        try:
            start, end = self._places[glyph], self._places[glyph + 1]
        except IndexError:
            raise struct.error("the table of glyphs is cut off") from None
        if not self._wide:
            start, end = 2 * start, 2 * end
        place = self._tables[b"glyf"]
        return (place + start, place + end) if start < end else None

    def _parts(self, place: int) -> Iterator[tuple[int, float]]:
        flags = _MORE
        while flags & _MORE:
            flags, number = struct.unpack_from(">HH", self._data, place)
            (x,) = struct.unpack_from(">h" if flags & _WORDS else ">b", self._data, place + 4)
            yield number, x * self._scale
            place += 8 if flags & _WORDS else 6
            place += 2 * bool(flags & _SCALE) + 4 * bool(flags & _TWO_SCALES) + 8 * bool(flags & _MATRIX)


def checksum(table: bytes, *, is_head: bool = False) -> int:
    """Return the checksum of a table; that of `head` leaves out its checkSumAdjustment."""
    if is_head:
        table = table[:8] + bytes(4) + table[12:]
    numbers = array("I", table + bytes(-len(table) % 4))
    if sys.byteorder == "little":
        numbers.byteswap()
    return sum(numbers) % 2**32


@lru_cache(maxsize=16)  # the faces of one project
def of_file(path: Path) -> Outlines:
    """Read the font at `path`; once in a process."""
    return Outlines(path.read_bytes())
