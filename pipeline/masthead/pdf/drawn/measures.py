"""What a printer measures on drawn pages: the bleed, the resolution of images, the width of lines and of spaces."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from itertools import chain, pairwise
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING

from PIL.Image import Image

from masthead.pdf.drawn import raster
from masthead.pdf.drawn.pages import DrawnLine, Page

if TYPE_CHECKING:
    import pypdfium2

_UNPRINTED = 250  # grey level from which on a pixel counts as white: smoothed edges are darker
# Ems: a space of the faces that documents are set in, and the white of the letters beside it.
_SPACE, _BESIDE = 0.25, 0.095
_FEW = 4  # spaces that say little about a line
_FORMS = 8  # how deep in forms objects are looked for


def short_bleeds(pdf: bytes, bleed: float, reach: float) -> list[tuple[int, str]]:
    """Return pages, from 1, and sides where something touches the edge of the trim and is not drawn `reach` beyond it.

    `bleed` and `reach` are in points.
    """
    found = []
    with raster.opened(pdf) as document:
        for index in range(len(document)):
            page = document[index]
            left, bottom, right, top = page.get_trimbox()
            page.set_mediabox(left - bleed, bottom - bleed, right + bleed, top + bleed)
            page.set_cropbox(left - bleed, bottom - bleed, right + bleed, top + bleed)
            picture = page.render(scale=2, grayscale=True).to_pil()
            page.close()
            edge, out = round(2 * bleed), round(2 * reach)
            inside = picture.crop((edge, edge, picture.width - edge, picture.height - edge))
            for side in ("left", "top", "right", "bottom"):
                if min(_strip(inside, side, 0)) < _UNPRINTED <= min(_strip(picture, side, edge - out)):
                    found.append((index + 1, side))
    return found


def _strip(picture: Image, side: str, depth: int) -> bytes:
    """Return one line of pixels along a side of a grey picture, `depth` pixels inside it."""
    width, height = picture.size
    box = {
        "left": (depth, 0, depth + 1, height),
        "right": (width - depth - 1, 0, width - depth, height),
        "top": (0, depth, width, depth + 1),
        "bottom": (0, height - depth - 1, width, height - depth),
    }[side]
    return picture.crop(box).tobytes()


def image_resolutions(pdf: bytes) -> list[tuple[int, float]]:
    """Return the page of each image, from 1, and its dots per inch where it is printed."""
    import pypdfium2.raw as pdfium

    found = []
    for number, kind, each in _objects(pdf):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            width, height = each.get_px_size()
            a, b, c, d, _, _ = each.get_matrix().get()
            dpi = min(72 * width / max(math.hypot(a, b), 0.01), 72 * height / max(math.hypot(c, d), 0.01))
            found.append((number, dpi))
    return found


def line_widths(pdf: bytes) -> list[tuple[int, float]]:
    """Return the page of each stroked path, from 1, and the width of its line in points."""
    import pypdfium2.raw as pdfium

    found = []
    for number, kind, each in _objects(pdf):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            mode, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
            pdfium.FPDFPath_GetDrawMode(each, mode, stroked)
            if stroked.value and pdfium.FPDFPageObj_GetStrokeWidth(each, width):
                a, b, c, d, _, _ = each.get_matrix().get()
                found.append((number, width.value * math.sqrt(abs(a * d - b * c))))
    return found


def _objects(pdf: bytes) -> Iterator[tuple[int, int, pypdfium2.PdfObject]]:
    """Yield the page number, the type and the object of all that is drawn; each while its page is open."""
    with raster.opened(pdf) as document:
        for index in range(len(document)):
            page = document[index]
            for each in page.get_objects(max_depth=_FORMS):
                yield index + 1, each.type, each
            page.close()


def loose_lines(page: Page, least: float) -> Iterator[tuple[DrawnLine, float]]:
    """Yield the lines of a page whose spaces are at least `least` times as wide as a space, and how many times."""
    for line in page.lines:
        characters = sorted(chain.from_iterable(span.characters for span in line.spans), key=attrgetter("left"))
        gaps = [
            after.left - before.right
            for before, after in pairwise(characters)
            if (before if page.right_to_left else after).spaced
        ]
        if len(gaps) >= _FEW:
            times = (median(gaps) / line.size - _BESIDE) / _SPACE
            if times >= least:
                yield line, times
