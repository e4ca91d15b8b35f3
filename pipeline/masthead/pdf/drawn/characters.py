"""The glyphs of a page by PDFium: what each means, and where its ink is.

Places are in points from the top left corner of the page.
"""

from __future__ import annotations

import ctypes
import math
import struct
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.page import joining

NOT_DRAWN = "\ufffe\u200e\u200f"  # PDFium's mark of a hyphen at a line's end; directional marks


class Character(NamedTuple):
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
    """A function of PDFium that ctypes calls at once: it looks at no argument and lets no thread in between."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_unicode = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_origin = _quick(pdfium.FPDFText_GetCharOrigin)
_box = _quick(pdfium.FPDFText_GetCharBox)
_text_object = _quick(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_matrix = _quick(pdfium.FPDFText_GetMatrix)
_font = _quick(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong)
_size = _quick(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_content = _quick(pdfium.FPDFPageObj_GetMarkedContentID)
_new_cell = partial(tuple.__new__, Character)  # without the checks of its arguments


def read_characters(page: pypdfium2.PdfPage) -> list[Character]:
    """The glyphs of a page that show something, in the order of the file."""
    text = page.get_textpage()
    try:
        return _cells(text.raw, page.get_height())
    finally:
        text.close()


class _Style(NamedTuple):
    """What is the same for all characters of a text object. `baseline` is None where its line of text is turned."""

    size: float
    font: str
    content: int
    baseline: float | None


def _cells(raw: object, height: float) -> list[Character]:
    """Characters of one glyph, which have one box, are one cell, and so are a letter and its mark at one origin."""
    numbers = (ctypes.c_double * 4)()
    at_left, at_right, at_bottom, at_top = (ctypes.byref(numbers, 8 * place) for place in range(4))
    written = partial(struct.Struct("4d").unpack, memoryview(numbers))
    styles: dict[int, _Style] = {}
    cells: list[Character] = []
    characters = _characters(raw)
    blank = {character for character in set(characters) if character.isspace()}
    passed = blank.union(NOT_DRAWN)
    marks = set(filter(joining.is_mark, set(characters)))
    spaced, is_mark, thing, box, before = True, False, None, None, 0
    for index, character in enumerate(characters):
        if character in passed:
            spaced = spaced or character in blank
            continue
        _box(raw, index, at_left, at_right, at_bottom, at_top)
        last, box = box, written()
        was_mark, is_mark = is_mark, character in marks
        if box == last or ((was_mark or is_mark) and cells and _place(raw, before) == _place(raw, index)):
            cells[-1] = cells[-1]._replace(text=cells[-1].text + character)
            before = index
            continue
        previous, thing = thing, _text_object(raw, index)
        if thing != previous or not cells:
            if thing not in styles:
                styles[thing] = _style(raw, index, thing, height)
            size, font, content, level = styles[thing]
        left, right, bottom, top = box
        baseline = height - _place(raw, index)[1] if level is None else level
        cells.append(
            _new_cell((character, left, height - top, right, height - bottom, baseline, size, font, spaced, content))
        )
        spaced, before = False, index
    return cells


def _characters(raw: object) -> Sequence[str]:
    """What each character of a page stands for: at once where each is one unit of UTF-16, else one by one."""
    count = max(pdfium.FPDFText_CountChars(raw), 0)
    units = (ctypes.c_ushort * (count + 1))()
    written = max(pdfium.FPDFText_GetText(raw, 0, count, units) - 1, 0)
    text = bytes(units)[: 2 * written].decode("utf-16-le", "surrogatepass")
    return text if len(text) == written == count else [chr(_unicode(raw, at) or 0xFFFD) for at in range(count)]


def _style(raw: object, index: int, thing: int, height: float) -> _Style:
    """That of a text object: size in points as drawn, the font's name, the marked content, the baseline."""
    matrix = pdfium.FS_MATRIX()
    scale, turned = 1.0, False
    if _matrix(raw, index, ctypes.byref(matrix)):
        scale, turned = math.hypot(matrix.c, matrix.d), matrix.b != 0
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = _font(raw, index, name, ctypes.c_ulong(128), ctypes.byref(flags))
    font = sys.intern(name.value.decode("utf-8", "replace")) if 0 < length <= 128 else ""
    baseline = None if turned else height - _place(raw, index)[1]
    return _Style(_size(raw, index) * scale, font, _content(ctypes.c_void_p(thing)), baseline)


def _place(raw: object, index: int) -> tuple[float, float]:
    """The origin of a character in points from the lower left corner."""
    x, y = ctypes.c_double(), ctypes.c_double()
    _origin(raw, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value
