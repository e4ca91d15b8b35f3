"""The glyphs of a page by PDFium: what each means, and where its ink is.

Places are in points from the top left corner of the page.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

NOT_DRAWN = "\ufffe\u200e\u200f"  # PDFium's mark of a hyphen at a line's end; directional marks


class Cell(NamedTuple):
    """What one glyph means and where its ink is. `spaced` says that white space stands before it in the file.

    `content` is the identifier of the marked content that it is in, -1 where it is in none.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    font: str
    spaced: bool
    content: int


def _quick(function: Any, result: Any = ctypes.c_int) -> Any:
    """A function of PDFium that ctypes calls without looking at its arguments: a third of the time, glyph for glyph."""
    return ctypes.CFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_unicode = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_origin = _quick(pdfium.FPDFText_GetCharOrigin)
_box = _quick(pdfium.FPDFText_GetCharBox)
_text_object = _quick(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_new_cell = partial(tuple.__new__, Cell)  # without the checks of its arguments


def read(page: pypdfium2.PdfPage) -> tuple[Cell, ...]:
    """The glyphs of a page that show something, in the order of the file."""
    text = page.get_textpage()
    try:
        return tuple(_cells(text.raw, page.get_height()))
    finally:
        text.close()


def _cells(raw: object, height: float) -> Iterator[Cell]:
    """Characters of one glyph are one cell."""
    x, y, left, right, bottom, top = (ctypes.c_double() for _ in range(6))
    at_x, at_y, at_left, at_right, at_bottom, at_top = map(ctypes.byref, (x, y, left, right, bottom, top))
    types: dict[int, tuple[float, str, int]] = {}
    spaced, here = True, (math.nan, math.nan)
    cell: Cell | None = None
    for index, character in enumerate(_characters(raw)):
        if character.isspace() or character in NOT_DRAWN:
            spaced = spaced or character.isspace()
            continue
        _origin(raw, index, at_x, at_y)
        place = x.value, y.value
        if cell:
            if place == here:
                cell = cell._replace(text=cell.text + character)
                continue
            yield cell
        here = place
        _box(raw, index, at_left, at_right, at_bottom, at_top)
        thing = _text_object(raw, index)
        if thing not in types:
            types[thing] = _type(raw, index)
        size, font, content = types[thing]
        above, below, line = height - top.value, height - bottom.value, height - place[1]
        cell = _new_cell((character, left.value, above, right.value, below, line, size, font, spaced, content))
        spaced = False
    if cell:
        yield cell


def _characters(raw: object) -> Iterable[str]:
    """What each character of a page stands for: at once where each is one unit of UTF-16, else one by one."""
    count = max(pdfium.FPDFText_CountChars(raw), 0)
    units = (ctypes.c_ushort * (count + 1))()
    written = max(pdfium.FPDFText_GetText(raw, 0, count, units) - 1, 0)
    text = bytes(units)[: 2 * written].decode("utf-16-le", "surrogatepass")
    return text if len(text) == written == count else (chr(_unicode(raw, at) or 0xFFFD) for at in range(count))


def _type(raw: object, index: int) -> tuple[float, str, int]:
    """What is the same for all characters of a text object: size in points as drawn, the font's name, the content."""
    matrix = pdfium.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(raw, index, matrix) else 1.0
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(raw, index, name, 128, flags)
    font = name.value.decode("utf-8", "replace") if 0 < length <= 128 else ""
    content = pdfium.FPDFPageObj_GetMarkedContentID(pdfium.FPDFText_GetTextObject(raw, index))
    return pdfium.FPDFText_GetFontSize(raw, index) * scale, font, content
