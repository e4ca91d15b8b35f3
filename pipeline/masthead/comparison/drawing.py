"""What is drawn on a page, as objects with exact places and colours: glyphs, and marks (rules, pictures, shadings).

Pixels are blind to #222222 for #000000 and see a rule's thickness by luck only; objects have both as figures (PDFium).
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.comparison.difference import Box

Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0 to 255."""

KINDS = {pdfium.FPDF_PAGEOBJ_PATH: "path", pdfium.FPDF_PAGEOBJ_IMAGE: "picture", pdfium.FPDF_PAGEOBJ_SHADING: "shading"}
DEPTH = 20  # forms in forms


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character's origin, in points from the top left corner, with what its text object says of it.

    `word` numbers the words of the page, `number` is that of its marked content (-1 where it is in none).
    """

    text: str
    x: float
    y: float
    size: float
    colour: Colour | None
    word: int
    number: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn that is no text. `content` is the hash of a picture's data."""

    kind: str
    box: Box
    fill: Colour | None = None
    stroke: Colour | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page: its size in points, its glyphs in the order of the file as PDFium reads them, its marks as drawn."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    marks: tuple[Mark, ...]

    def words(self, box: Box, margin: float = 4.0) -> str:
        """The words that `box` touches, those within `margin` points of it too."""
        left, top, right, bottom = box
        touched = {
            glyph.word
            for glyph in self.glyphs
            if left - margin - glyph.size / 2 < glyph.x < right + margin
            and top - margin < glyph.y < bottom + margin + glyph.size / 2
        }
        spelt: dict[int, str] = {}
        for glyph in self.glyphs:
            if glyph.word in touched:
                spelt[glyph.word] = spelt.get(glyph.word, "") + glyph.text
        return " ".join(spelt.values())


def read_page(page: pypdfium2.PdfPage) -> Drawing:
    """Read what is drawn on `page`."""
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        glyphs = tuple(_glyphs(text.raw, height))
    finally:
        text.close()
    objects = ((pdfium.FPDFPage_GetObject(page.raw, i)) for i in range(pdfium.FPDFPage_CountObjects(page.raw)))
    marks = tuple(mark for each in objects for mark in _marks(each, height, (1, 0, 0, 1, 0, 0), 0))
    return Drawing(width, height, glyphs, marks)


def _glyphs(raw: Any, height: float) -> Iterator[Glyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    known: dict[int | None, tuple[float, Colour | None, int]] = {}
    word, line, spaced = 0, 0.0, False
    for index in range(max(pdfium.FPDFText_CountChars(raw), 0)):
        text = chr(pdfium.FPDFText_GetUnicode(raw, index) or 0xFFFD)
        if text.isspace() or text in "\ufffe\u200e\u200f":
            spaced = spaced or text.isspace()
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        handle = pdfium.FPDFText_GetTextObject(raw, index)
        address = ctypes.c_void_p.from_buffer(handle).value
        if address not in known:
            known[address] = (
                pdfium.FPDFText_GetFontSize(raw, index),
                _colour(pdfium.FPDFPageObj_GetFillColor, handle),
                pdfium.FPDFPageObj_GetMarkedContentID(handle),
            )
        size, colour, number = known[address]
        if spaced or abs(y.value - line) > size / 2:
            word += 1
        spaced, line = False, y.value
        yield Glyph(text, x.value, height - y.value, size, colour, word, number)


def _colour(get: Any, handle: Any) -> Colour | None:
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not get(handle, red, green, blue, opacity):
        return None
    return red.value, green.value, blue.value, opacity.value


def _marks(handle: Any, height: float, matrix: tuple[float, ...], depth: int) -> Iterator[Mark]:
    """The marks of one object; those of a form are placed by its matrix."""
    kind = pdfium.FPDFPageObj_GetType(handle)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEPTH:
        inner = _times(_matrix(handle), matrix)
        for index in range(pdfium.FPDFFormObj_CountObjects(handle)):
            yield from _marks(pdfium.FPDFFormObj_GetObject(handle, index), height, inner, depth + 1)
    elif kind in KINDS:
        yield Mark(KINDS[kind], _box(handle, height, matrix), *_paint(handle, kind), _content(handle, kind))


def _matrix(handle: Any) -> tuple[float, ...]:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, matrix):
        return (1, 0, 0, 1, 0, 0)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, ...]:
    """The matrix that applies `first`, then `second` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _box(handle: Any, height: float, matrix: tuple[float, ...]) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    a, b, c, d, e, f = matrix
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), height - max(up), max(across), height - min(up)


def _paint(handle: Any, kind: int) -> tuple[Colour | None, Colour | None]:
    """The colours with which a path is filled and stroked, None where it is not."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if kind != pdfium.FPDF_PAGEOBJ_PATH or not pdfium.FPDFPath_GetDrawMode(handle, mode, stroked):
        return None, None
    fill = _colour(pdfium.FPDFPageObj_GetFillColor, handle) if mode.value else None
    return fill, _colour(pdfium.FPDFPageObj_GetStrokeColor, handle) if stroked.value else None


def _content(handle: Any, kind: int) -> str:
    if kind != pdfium.FPDF_PAGEOBJ_IMAGE:
        return ""
    size = pdfium.FPDFImageObj_GetImageDataDecoded(handle, None, 0)
    data = ctypes.create_string_buffer(size)
    pdfium.FPDFImageObj_GetImageDataDecoded(handle, data, size)
    return hashlib.sha256(data.raw).hexdigest()
