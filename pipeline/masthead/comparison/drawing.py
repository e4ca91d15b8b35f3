"""What is drawn on a page, with exact places and colours: glyphs, and objects (lines, areas, pictures, shadings).

Pixels cannot show #222222 for #000000, and the thickness of a rule only by luck; PDFium has both as numbers.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Container, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document import Rectangle, files

Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0 to 255."""

_KINDS = {
    pdfium.FPDF_PAGEOBJ_PATH: "path",
    pdfium.FPDF_PAGEOBJ_IMAGE: "picture",
    pdfium.FPDF_PAGEOBJ_SHADING: "shading",
}
_DEPTH = 21  # of objects: in forms, in forms in forms, and so on
_INVISIBLE = "\ufffe\u200e\u200f"  # what PDFium gives for a hyphen that it removes, and marks of direction


@dataclass(frozen=True, slots=True)
class DrawnGlyph:
    """A character's origin, in points from the top left corner, and the size and colour of its text object.

    `word` numbers the words of the page, `content` is the number of its marked content (-1 without one).
    """

    text: str
    x: float
    y: float
    size: float
    colour: Colour | None
    word: int
    content: int


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
    """A page: its size in points, its glyphs in PDFium's order of the file, its objects in the order of drawing."""

    width: float
    height: float
    glyphs: tuple[DrawnGlyph, ...]
    objects: tuple[DrawnObject, ...]

    def words_near(self, box: Rectangle, margin: float = 4.0) -> str:
        """Return the words that `box` touches, or that are within `margin` points of it."""
        left, top, right, bottom = box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin
        near = (each for each in self.glyphs if left - each.size / 2 < each.x < right)
        return self.words({each.word for each in near if top < each.y < bottom + each.size / 2})

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
        objects = page.get_objects(filter=list(_KINDS), max_depth=_DEPTH)
        drawn = tuple(_object(each, height) for each in objects)
        return DrawnPage(width, height, tuple(_glyphs(text.raw, height)), drawn)


def _glyphs(raw: Any, height: float) -> Iterator[DrawnGlyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    known: dict[int | None, tuple[float, Colour | None, int]] = {}  # by text object
    word, line, spaced = 0, 0.0, False
    for index in range(max(pdfium.FPDFText_CountChars(raw), 0)):
        text = chr(pdfium.FPDFText_GetUnicode(raw, index) or 0xFFFD)
        if text.isspace() or text in _INVISIBLE:
            spaced = spaced or text.isspace()
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        handle = pdfium.FPDFText_GetTextObject(raw, index)
        address = ctypes.c_void_p.from_buffer(handle).value
        if address not in known:
            fill = _colour(pdfium.FPDFPageObj_GetFillColor, handle)
            content = pdfium.FPDFPageObj_GetMarkedContentID(handle)
            known[address] = pdfium.FPDFText_GetFontSize(raw, index), fill, content
        size, colour, content = known[address]
        if spaced or abs(y.value - line) > size / 2:
            word += 1
        spaced, line = False, y.value
        yield DrawnGlyph(text, x.value, height - y.value, size, colour, word, content)


def _colour(get: Callable[..., bool], handle: Any) -> Colour | None:
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    found = get(handle, red, green, blue, opacity)
    return (red.value, green.value, blue.value, opacity.value) if found else None


def _object(thing: pypdfium2.PdfObject, height: float) -> DrawnObject:
    # The object is placed by the matrices of the forms that it is in (ISO 32000-1, 8.10.1).
    matrix, form, marked = pypdfium2.PdfMatrix(), thing.container, pdfium.FPDFPageObj_GetMarkedContentID(thing)
    while form:
        if marked < 0:  # the form is marked instead of its parts
            marked = pdfium.FPDFPageObj_GetMarkedContentID(form)
        matrix, form = matrix.multiply(form.get_matrix()), form.container
    left, bottom, right, top = matrix.on_rect(*thing.get_bounds())
    content = ""
    if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
        content = files.sha256(thing.get_data(decode_simple=True))
    box = left, height - top, right, height - bottom
    return DrawnObject(_KINDS[thing.type], box, *_paint(thing), content, marked)


def _paint(thing: pypdfium2.PdfObject) -> tuple[Colour | None, Colour | None]:
    """The colours with which a path is filled and stroked, None if it is not."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if thing.type != pdfium.FPDF_PAGEOBJ_PATH or not pdfium.FPDFPath_GetDrawMode(thing, mode, stroked):
        return None, None
    fill = _colour(pdfium.FPDFPageObj_GetFillColor, thing) if mode.value else None
    return fill, _colour(pdfium.FPDFPageObj_GetStrokeColor, thing) if stroked.value else None
