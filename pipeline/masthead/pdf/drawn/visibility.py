"""What of a page's text a reader sees: the page drawn with its text and without it, by PDFium, and the two compared.

Where nothing differs, a glyph is not drawn, has the colour of what is under it, is cut away, lies in a hidden layer, or
something lies over it. The text drawn alone says how much of a glyph is covered. Drawing a page three times takes some
30 ms: this is for pages that are suspected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from masthead.pdf.drawn import raster
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.pages import DrawnLine, Page

SCALE = 2.0  # dots a point
MOST_DOTS = 8_000_000  # of a picture: what is larger is drawn more coarsely
LEAST = 64  # of 255 greys: what stands out less from its ground is not read
DEPTH = 8  # of forms within forms
TINY = 0.5  # points
HALF = 128  # greys: what is darker is ink
COVERED = 0.25  # of a glyph's ink: it is not read with more of it under something


def unseen(pdf: bytes, pages: Iterable[Page]) -> Iterator[tuple[Page, list[tuple[DrawnLine, list[Character]]]]]:
    """Of each page the lines of which glyphs are not seen, with those. A page that is turned is not looked at."""
    with raster.opened(pdf) as document:
        for page in pages:
            with closing(document[page.number - 1]) as leaf:
                if not leaf.get_rotation():
                    yield page, list(_hidden(page, leaf))


def _hidden(page: Page, leaf: pypdfium2.PdfPage) -> Iterator[tuple[DrawnLine, list[Character]]]:
    scale = min(SCALE, (MOST_DOTS / max(page.width * page.height, 1)) ** 0.5)
    left, bottom, *_ = leaf.get_cropbox()
    things = list(_things(leaf.raw))
    whole = _drawn(leaf, scale)
    _switch(things, texts=False, others=True)
    difference = ImageChops.difference(whole, _drawn(leaf, scale))
    _switch(things, texts=True, others=False)
    ink = _drawn(leaf, scale).point([255] * HALF + [0] * (256 - HALF))
    lost = ImageChops.darker(ink, difference.point([255] * LEAST + [0] * (256 - LEAST)))

    def is_hidden(cell: Character) -> bool:
        box = (
            max(int((cell.left - left) * scale), 0),
            max(int((cell.top + bottom) * scale), 0),
            min(int((cell.right - left) * scale) + 1, whole.width),
            min(int((cell.bottom + bottom) * scale) + 1, whole.height),
        )
        if min(cell.right - cell.left, cell.bottom - cell.top) < TINY or box[0] >= box[2] or box[1] >= box[3]:
            return False  # too small to be drawn, or off the paper: `boxes.trim` says so
        if not any(difference.crop(box).histogram()[LEAST:]):
            return True
        return _dots(lost.crop(box)) > COVERED * _dots(ink.crop(box))

    for line in page.lines:
        cells = chain.from_iterable(span.cells for span in (*line.spans, *line.raised))
        if hidden := list(filter(is_hidden, cells)):
            yield line, hidden


def _dots(picture: Image.Image) -> int:
    return picture.histogram()[255]


def _drawn(leaf: pypdfium2.PdfPage, scale: float) -> Image.Image:
    picture: Image.Image = leaf.render(scale=scale, grayscale=True).to_pil()
    return picture


def _things(page: Any) -> Iterator[tuple[Any, bool]]:
    """What is drawn on a page and in its forms, and whether it is text."""
    things = [(pdfium.FPDFPage_GetObject(page, at), 0) for at in range(pdfium.FPDFPage_CountObjects(page))]
    for thing, depth in things:  # which grows
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind != pdfium.FPDF_PAGEOBJ_FORM:
            yield thing, kind == pdfium.FPDF_PAGEOBJ_TEXT
        elif depth < DEPTH:
            inner = range(max(pdfium.FPDFFormObj_CountObjects(thing), 0))
            things += ((pdfium.FPDFFormObj_GetObject(thing, at), depth + 1) for at in inner)


def _switch(things: Iterable[tuple[Any, bool]], *, texts: bool, others: bool) -> None:
    """Let what is text, and what is not, be drawn or not."""
    for thing, is_text in things:
        pdfium.FPDFPageObj_SetIsActive(thing, texts if is_text else others)
