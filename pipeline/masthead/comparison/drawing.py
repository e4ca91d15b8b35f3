"""What is drawn on a page, with exact places and colours: glyphs, and objects (lines, areas, pictures, shadings).

Pixels cannot show #222222 for #000000, and the thickness of a rule only by luck; PDFium has both as numbers.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Callable, Container, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.comparison.canonical import font_name
from masthead.document import Rectangle, files

Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0 to 255."""

_KINDS = {
    pdfium.FPDF_PAGEOBJ_PATH: "path",
    pdfium.FPDF_PAGEOBJ_IMAGE: "picture",
    pdfium.FPDF_PAGEOBJ_SHADING: "shading",
}
_DEPTH = 21  # of objects: in forms, in forms in forms, and so on
_MODES = {1: "outlined", 2: "outlined", 5: "outlined", 6: "outlined", 3: "invisible", 7: "clipping"}
_INVISIBLE = "\ufffe\u200e\u200f"  # what PDFium gives for a hyphen that it removes, and marks of direction


def _quick(function: Any, result: Any = ctypes.c_int) -> Any:
    """Return a function of PDFium that ctypes calls at once: a page has thousands of characters."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_get_unicode = _quick(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_get_origin = _quick(pdfium.FPDFText_GetCharOrigin)
_get_text_object = _quick(pdfium.FPDFText_GetTextObject, ctypes.c_void_p)


class GlyphLook(NamedTuple):
    """How a text object is drawn: its font without the tag of its subset, its size in points on the page, its colour.

    `mode` is `filled`, `outlined`, `invisible` or `clipping`. `slant` and `width` are those of the text matrix: the
    shear of upright letters, and their width in per cent of the font's; `turn` is the direction of the line in degrees.
    """

    font: str
    size: float
    colour: Colour | None
    mode: str = "filled"
    slant: float = 0.0
    width: int = 100
    outline: Colour | None = None
    turn: int = 0


class DrawnGlyph(NamedTuple):
    """A character's origin, in points from the top left corner, and the look of its text object.

    `word` numbers the words of the page, `content` is the number of its marked content (-1 without one).
    """

    text: str
    x: float
    y: float
    look: GlyphLook
    word: int
    content: int

    @property
    def size(self) -> float:
        return self.look.size

    @property
    def box(self) -> Rectangle:
        """About the region of the glyph."""
        return self.x, self.y - self.look.size, self.x + self.look.size / 2, self.y + self.look.size / 4


@dataclass(frozen=True, slots=True)
class DrawnObject:
    """Something drawn that is not text: a `path`, `picture` or `shading`. `content` is the hash of a picture's data.

    `marked` is the number of its marked content (-1 without one). It depends on what else is on the page, so objects
    with different numbers can be equal.
    """

    kind: str
    box: Rectangle
    fill: Colour | None = None
    stroke: Colour | None = None
    content: str = ""
    marked: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page: its size in points, its glyphs in PDFium's order of the file, its objects in the order of drawing.

    `corner` is the lower left corner of the visible area in the coordinates of the file.
    """

    width: float
    height: float
    glyphs: tuple[DrawnGlyph, ...]
    objects: tuple[DrawnObject, ...]
    corner: tuple[float, float] = (0.0, 0.0)

    def words_near(self, box: Rectangle) -> str:
        """Return the words that `box` touches, or that are within 4 points of it."""
        left, top, right, bottom = box[0] - 4, box[1] - 4, box[2] + 4, box[3] + 4
        near = (each for each in self.glyphs if left - each.size / 2 < each.x < right)
        return self.words({each.word for each in near if top < each.y < bottom + each.size / 2})

    def words_in(self, box: Rectangle) -> str:
        """Return the characters that begin in a box."""
        left, top, right, bottom = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
        return "".join(each.text for each in self.glyphs if left < each.x < right and top < each.y < bottom)

    def line_below(self, down: float) -> str:
        """Return the characters of the first line whose baseline is below `down`, which is in points from the top."""
        below = min((each.y for each in self.glyphs if each.y > down + 1), default=0.0)
        return "".join(each.text for each in self.glyphs if abs(each.y - below) < 1)

    def words(self, numbers: Container[int]) -> str:
        """Return the words of these numbers."""
        spelt: dict[int, str] = {}
        for glyph in self.glyphs:
            if glyph.word in numbers:
                spelt[glyph.word] = spelt.get(glyph.word, "") + glyph.text
        return " ".join(spelt.values())


def read_page(document: pypdfium2.PdfDocument, index: int) -> DrawnPage:
    """Read what is drawn on a page. `index` counts from 0."""
    with closing(document[index]) as page, closing(page.get_textpage()) as text:
        width, height = page.get_size()
        left, bottom, _, top = page.get_cropbox()
        objects = page.get_objects(filter=list(_KINDS), max_depth=_DEPTH)
        drawn = tuple(_object(each, left, top) for each in objects)
        return DrawnPage(width, height, tuple(_glyphs(text.raw, left, top)), drawn, (left, bottom))


def _glyphs(raw: Any, left: float, top: float) -> Iterator[DrawnGlyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    known: dict[int | None, tuple[GlyphLook, int]] = {}  # by text object
    word, line, spaced = 0, 0.0, False
    for index in range(max(pdfium.FPDFText_CountChars(raw), 0)):
        text = chr(_get_unicode(raw, index) or 0xFFFD)
        if text.isspace() or text in _INVISIBLE:
            spaced = spaced or text.isspace()
            continue
        _get_origin(raw, index, at_x, at_y)
        address = _get_text_object(raw, index)
        if address not in known:
            handle = pdfium.FPDFText_GetTextObject(raw, index)
            known[address] = _look(handle, raw, index), pdfium.FPDFPageObj_GetMarkedContentID(handle)
        look, content = known[address]
        if spaced or (not look.turn and abs(y.value - line) > look.size / 2):
            word += 1
        spaced, line = False, y.value
        yield DrawnGlyph(text, x.value - left, top - y.value, look, word, content)


def _look(handle: Any, raw: Any, index: int) -> GlyphLook:
    matrix = pdfium.FS_MATRIX()
    up = across = 1.0
    slant, turn = 0.0, 0
    if pdfium.FPDFPageObj_GetMatrix(handle, matrix):
        up, across = math.hypot(matrix.c, matrix.d), math.hypot(matrix.a, matrix.b)
        turn = round(math.degrees(math.atan2(matrix.b, matrix.a)))
        if up and across:
            slant = (matrix.a * matrix.c + matrix.b * matrix.d) / (up * across)
    mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
    outlined = mode in (1, 2, 5, 6)
    return GlyphLook(
        _font(pdfium.FPDFTextObj_GetFont(handle)),
        round(pdfium.FPDFText_GetFontSize(raw, index) * up, 3),
        _colour(pdfium.FPDFPageObj_GetFillColor, handle),
        _MODES.get(mode, "filled"),
        round(slant, 2),
        round(100 * across / up) if up else 100,
        _colour(pdfium.FPDFPageObj_GetStrokeColor, handle) if outlined else None,
        turn,
    )


def _font(font: Any) -> str:
    name = ctypes.create_string_buffer(256)
    length = pdfium.FPDFFont_GetBaseFontName(font, name, 256) if font else 0
    return sys.intern(font_name(name.value.decode("utf-8", "replace"))) if 0 < length <= 256 else ""


def _colour(get: Callable[..., bool], handle: Any) -> Colour | None:
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    found = get(handle, red, green, blue, opacity)
    return (red.value, green.value, blue.value, opacity.value) if found else None


def _object(thing: pypdfium2.PdfObject, from_left: float, from_top: float) -> DrawnObject:
    # The object is placed by the matrices of the forms that it is in (ISO 32000-1, 8.10.1).
    matrix, form, marked = pypdfium2.PdfMatrix(), thing.container, pdfium.FPDFPageObj_GetMarkedContentID(thing)
    while form:
        if marked < 0:  # the form is marked instead of its parts
            marked = pdfium.FPDFPageObj_GetMarkedContentID(form)
        matrix, form = matrix.multiply(form.get_matrix()), form.container
    left, bottom, right, top = matrix.on_rect(*_bounds(thing))
    content = ""
    if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        content = files.sha256(thing.get_data(decode_simple=True))
    box = left - from_left, from_top - top, right - from_left, from_top - bottom
    return DrawnObject(_KINDS[thing.type], box, *_paint(thing), content, marked)


def _is_painted(thing: pypdfium2.PdfObject) -> tuple[bool, bool]:
    """Whether an object is a path that is filled, and one that is stroked."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    if thing.type != pdfium.FPDF_PAGEOBJ_PATH or not pdfium.FPDFPath_GetDrawMode(thing, filled, stroked):
        return False, False
    return bool(filled.value), bool(stroked.value)


def _bounds(thing: pypdfium2.PdfObject) -> Rectangle:
    """The rectangle that an object covers in the form or the page that it is in.

    PDFium adds the whole width of a stroked line on each side, not half of it.
    """
    left, bottom, right, top = thing.get_bounds()
    half = 0.0
    if _is_painted(thing)[1]:
        width, matrix = ctypes.c_float(), thing.get_matrix()
        pdfium.FPDFPageObj_GetStrokeWidth(thing, width)
        half = width.value / 2 * math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
    return left + half, bottom + half, right - half, top - half


def _paint(thing: pypdfium2.PdfObject) -> tuple[Colour | None, Colour | None]:
    """The colours with which a path is filled and stroked, None if it is not."""
    filled, stroked = _is_painted(thing)
    return (
        _colour(pdfium.FPDFPageObj_GetFillColor, thing) if filled else None,
        _colour(pdfium.FPDFPageObj_GetStrokeColor, thing) if stroked else None,
    )
