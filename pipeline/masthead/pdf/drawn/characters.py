"""The characters of a page by PDFium: what each means, and where its ink is.

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

NOT_DRAWN = "\ufffe\u200e\u200f"  # PDFium's sign for a hyphen at a line end; directional marks


class Character(NamedTuple):
    """What one glyph means and where its ink is. `spaced` says that the file has white space before it.

    `content` is the identifier of the marked content that it is in, -1 outside any. `turn` is by how many degrees its
    line is turned clockwise, to the next right angle: 0, 90 or 270; then `baseline` is counted from the left edge.
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
    turn: int = 0


def _quick(function: Any, result: Any = ctypes.c_int) -> Any:
    """Return a function of PDFium that ctypes calls without converting arguments or releasing the interpreter lock.

    Ordinary calls would spend most of their time on that: a page has thousands of characters, with several calls each.
    """
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_get_unicode = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_get_origin = _quick(pdfium.FPDFText_GetCharOrigin)
_get_box = _quick(pdfium.FPDFText_GetCharBox)
_get_text_object = _quick(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)
_get_matrix = _quick(pdfium.FPDFText_GetMatrix)
_get_font = _quick(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong)
_get_size = _quick(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_get_content = _quick(pdfium.FPDFPageObj_GetMarkedContentID)
_new_character = partial(tuple.__new__, Character)  # without the checks of its arguments


def read_characters(page: pypdfium2.PdfPage) -> list[Character]:
    """Return the characters of a page that show something, in the order of the file."""
    text = page.get_textpage()
    try:
        return _characters(text.raw, page.get_height())
    finally:
        text.close()


class _Style(NamedTuple):
    """What all characters of a text object share. `baseline` is None where its line of text is rotated."""

    size: float
    font: str
    content: int
    baseline: float | None
    turn: int


def _characters(raw: object, height: float) -> list[Character]:
    """Read the characters; what belongs to one glyph, or is a letter and its mark at one origin, becomes one."""
    numbers = (ctypes.c_double * 4)()
    at_left, at_right, at_bottom, at_top = (ctypes.byref(numbers, 8 * place) for place in range(4))
    written = partial(struct.Struct("4d").unpack, memoryview(numbers))
    styles: dict[int, _Style] = {}
    found: list[Character] = []
    texts = _texts(raw)
    same = {text: text for text in set(texts)}  # one object for each letter, and for each height: pages have thousands
    heights: dict[float, float] = {}
    blank = {text for text in same if text.isspace()}
    skipped = blank.union(NOT_DRAWN)
    marks = set(filter(joining.is_mark, same))
    spaced, is_mark, text_object, box, before = True, False, None, None, 0
    for index, text in enumerate(texts):
        if text in skipped:
            spaced = spaced or text in blank
            continue
        _get_box(raw, index, at_left, at_right, at_bottom, at_top)
        last, box = box, written()
        was_mark, is_mark = is_mark, text in marks
        if box == last or ((was_mark or is_mark) and found and _origin(raw, before) == _origin(raw, index)):
            found[-1] = found[-1]._replace(text=found[-1].text + text)
            before = index
            continue
        previous, text_object = text_object, _get_text_object(raw, index)
        if text_object != previous or not found:
            if text_object not in styles:
                styles[text_object] = _style(raw, index, text_object, height)
            size, font, content, level, turn = styles[text_object]
        left, right, bottom, top = box
        baseline = level if level is not None else _origin(raw, index)[0] if turn else height - _origin(raw, index)[1]
        top, bottom, baseline = (heights.setdefault(each, each) for each in (height - top, height - bottom, baseline))
        found.append(
            _new_character((same[text], left, top, right, bottom, baseline, size, font, spaced, content, turn))
        )
        spaced, before = False, index
    return found


def _texts(raw: object) -> Sequence[str]:
    """Return the text of each character: by one call where each is one unit of UTF-16, else one by one."""
    count = max(pdfium.FPDFText_CountChars(raw), 0)
    units = (ctypes.c_ushort * (count + 1))()
    written = max(pdfium.FPDFText_GetText(raw, 0, count, units) - 1, 0)
    text = bytes(units)[: 2 * written].decode("utf-16-le", "surrogatepass")
    return text if len(text) == written == count else [chr(_get_unicode(raw, at) or 0xFFFD) for at in range(count)]


def _style(raw: object, index: int, text_object: int, height: float) -> _Style:
    """Read size (in points as drawn), font name, marked content and baseline of a text object."""
    matrix = pdfium.FS_MATRIX()
    scale, rotated, turn = 1.0, False, 0
    if _get_matrix(raw, index, ctypes.byref(matrix)):
        scale, rotated = math.hypot(matrix.c, matrix.d), matrix.b != 0
        if abs(matrix.b) > abs(matrix.a):
            turn = 90 if matrix.b < 0 else 270
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = _get_font(raw, index, name, ctypes.c_ulong(128), ctypes.byref(flags))
    font = sys.intern(name.value.decode("utf-8", "replace")) if 0 < length <= 128 else ""
    baseline = None if rotated else height - _origin(raw, index)[1]
    content = _get_content(ctypes.c_void_p(text_object))
    return _Style(_get_size(raw, index) * scale, font, content, baseline, turn)


def _origin(raw: object, index: int) -> tuple[float, float]:
    """Return the origin of a character in points from the lower left corner."""
    x, y = ctypes.c_double(), ctypes.c_double()
    _get_origin(raw, index, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value
