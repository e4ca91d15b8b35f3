"""Pages as pictures, by PDFium, the one rasteriser of the project: the same bytes give the same pixels.

A picture is never stored; it is made where it is looked at.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from PIL import Image

from masthead.document import SourceError

PDFIUM = threading.RLock()
"""Held during every use of PDFium, which is not thread-safe: its calls release the interpreter lock."""

LARGEST = 40_000_000  # pixels: a page of A2 at 300 dpi is 35 million; what is larger is drawn more coarsely


@contextmanager
def opened(pdf: bytes, *, where: str = "") -> Iterator[pypdfium2.PdfDocument]:
    """A PDF open for reading. Raises SourceError when it is none; `where` names it."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise SourceError("not a PDF that can be read", where=where, hint=str(error)) from error
        try:
            yield document
        finally:
            document.close()


def rasterise(page: pypdfium2.PdfPage, dpi: int, *, grey: bool = False) -> Image.Image:
    """The picture of one page, drawn at twice `dpi` and halved.

    PDFium puts small glyphs on whole pixels: halving halves the jitter that a shift of a hair would make.
    """
    width, height = page.get_size()
    scale = min(2 * dpi / 72, (LARGEST / (width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=scale, grayscale=grey).to_pil()
    return picture.reduce(2)


def png(pdf: bytes, page: int, dpi: int) -> bytes:
    """The picture of `page`, counted from 1, as PNG. Raises SourceError."""
    with opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise SourceError(f"there is no page {page} in {len(document)}")
        return encoded(rasterise(document[page - 1], dpi))


def encoded(picture: Image.Image) -> bytes:
    """A picture of a page as PNG."""
    file = io.BytesIO()
    # Type is greys with a little colour: 128 colours show no difference and take a third of the bytes. The octree keeps
    # the few coloured words, which the median cut would make grey.
    colours = picture.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    colours.save(file, "PNG", compress_level=6)
    return file.getvalue()


def count(pdf: bytes) -> int:
    """The number of pages. Raises SourceError."""
    with opened(pdf) as document:
        return len(document)
