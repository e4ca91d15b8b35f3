"""The characters of a page by PDFium: what each means, and where its ink is."""

from __future__ import annotations

import ctypes
import math
import sys
from collections import deque
from collections.abc import Sequence
from functools import cache
from itertools import compress, count, repeat
from operator import eq, gt, sub
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.page import joining
from masthead.pdf.drawn.characters import NOT_DRAWN, Character, new_character

_MANY = 2048  # characters that are read at once: more than most pages have


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
    """Read the characters; what belongs to one glyph, or is a letter and its mark at one origin, becomes one.

    One property is read of all of them before the next one, in loops that Python runs in C: pages have thousands.
    """
    texts = _texts(raw)
    same = {text: text for text in set(texts)}  # one object for each letter
    blank = {text for text in same if text.isspace()}
    skipped = blank.union(NOT_DRAWN)
    indexes = [index for index, text in enumerate(texts) if text not in skipped]
    shown = [same[texts[index]] for index in indexes]
    left, right, bottom, top = edges = _edges(raw, indexes)
    for place in reversed(_parts(raw, indexes, shown, edges)):  # a mark of a mark is part of the letter too
        shown[place - 1] += shown[place]
        for column in (indexes, shown, *edges):
            del column[place]
    if not indexes:
        return []
    objects = list(map(_get_text_object, repeat(raw), indexes))
    first = dict(zip(reversed(objects), reversed(indexes), strict=True))
    styles = {text_object: _style(raw, index, text_object, height) for text_object, index in first.items()}
    size, font, content, level, turn = zip(*map(styles.__getitem__, objects), strict=True)
    if None in level:
        level = tuple(
            each if each is not None else _origin(raw, index)[0] if turned else height - _origin(raw, index)[1]
            for index, each, turned in zip(indexes, level, turn, strict=True)
        )
    above, below = ([height - each for each in edge] for edge in (top, bottom))
    spaced = [True, *[False] * (len(indexes) - 1)]
    for place in compress(count(1), map(gt, map(sub, indexes[1:], indexes), repeat(1))):
        spaced[place] = not blank.isdisjoint(texts[indexes[place - 1] + 1 : indexes[place]])
    columns = shown, left, above, right, below, level, size, font, spaced, content, turn
    return list(map(new_character, zip(*columns, strict=True)))


def _edges(raw: object, indexes: Sequence[int]) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return the edges of the ink of characters: left, right, bottom and top."""
    edges: tuple[list[float], list[float], list[float], list[float]] = ([], [], [], [])
    for start in range(0, len(indexes), _MANY):
        part = indexes[start : start + _MANY]
        columns, places = _room()
        deque(map(_get_box, repeat(raw), part, *places), maxlen=0)
        for edge, column in zip(edges, columns, strict=True):
            edge += column[: len(part)].tolist()
    return edges


@cache
def _room() -> tuple[Sequence[memoryview[float]], Sequence[Sequence[Any]]]:
    """Return four columns of numbers that PDFium writes to, and references to the places in each.

    Only one thread may use PDFium, and so this room.
    """
    columns = [(ctypes.c_double * _MANY)() for _ in range(4)]
    size = ctypes.sizeof(ctypes.c_double)
    views = [memoryview(column).cast("B").cast("d") for column in columns]
    return views, [[ctypes.byref(column, size * place) for place in range(_MANY)] for column in columns]


def _parts(raw: object, indexes: Sequence[int], texts: Sequence[str], edges: Sequence[Sequence[float]]) -> list[int]:
    """Return the places of characters that are part of the one before: in its box, or with a mark at its origin."""
    left, *others = edges
    alike = compress(count(1), map(eq, left, left[1:]))
    parts = {place for place in alike if all(edge[place - 1] == edge[place] for edge in others)}
    if marks := set(filter(joining.is_mark, set(texts))):
        found = [place for place, text in enumerate(texts) if text in marks]
        beside = {*found, *(place + 1 for place in found)}.difference((0, len(texts)))
        parts.update(each for each in beside if _origin(raw, indexes[each - 1]) == _origin(raw, indexes[each]))
    return sorted(parts)


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
