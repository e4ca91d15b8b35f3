"""Pages as pictures, by PDFium: the same bytes give the same pixels. Pictures are made when shown, and not stored.

Modules that use PDFium import it in functions: it takes 40 ms to import, and most files of our own do without it.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PIL import Image

from masthead.document import SourceError

if TYPE_CHECKING:
    import pypdfium2

ALONE = threading.RLock()  # PDFium is not thread-safe, and pypdfium2 releases the interpreter lock in its calls

LARGEST = 40_000_000  # pixels: a page of A2 at 300 dpi has 35 million; a larger one is drawn at a smaller scale


@contextmanager
def opened(pdf: bytes, *, where: str = "") -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF with PDFium, which no other thread uses until it is closed.

    Raises SourceError when PDFium cannot read it; `where` names it in the error.
    """
    import pypdfium2

    with ALONE:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error):
                raise SourceError(
                    "the file is password-protected", where=where, hint="get it without a password"
                ) from None
            raise SourceError("the PDF cannot be read", where=where, hint=str(error)) from error
        try:
            yield document
        finally:
            document.close()


def failure() -> type[Exception]:
    """Return the error that PDFium raises for a page that it cannot read."""
    import pypdfium2

    error: type[Exception] = pypdfium2.PdfiumError
    return error


def rasterize(page: pypdfium2.PdfPage, dpi: int, *, grey: bool = False) -> Image.Image:
    """Draw a page at twice `dpi` and halve the picture.

    PDFium puts small glyphs on whole pixels: halving halves the jitter from a shift by less than a pixel.
    """
    width, height = page.get_size()
    scale = min(2 * dpi / 72, (LARGEST / (width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=scale, grayscale=grey).to_pil()
    return picture.reduce(2)


def png(pdf: bytes, page: int, dpi: int) -> bytes:
    """Return the picture of `page`, counted from 1, as PNG. Raises SourceError for a page that does not exist."""
    with opened(pdf) as document:
        if not 1 <= page <= len(document):
            raise SourceError(f"the file has no page {page}", hint=f"it has pages 1 to {len(document)}")
        return encoded(rasterize(document[page - 1], dpi))


def encoded(picture: Image.Image) -> bytes:
    """Return the picture of a page as PNG."""
    file = io.BytesIO()
    # Type is greys with a little colour: 128 colours show no difference and take a third of the bytes. The octree keeps
    # the few coloured words, which the median cut would make grey.
    colours = picture.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    colours.save(file, "PNG", compress_level=6)
    return file.getvalue()


def count(pdf: bytes) -> int:
    """Return the number of pages. Raises SourceError when the PDF cannot be read."""
    with opened(pdf) as document:
        return len(document)
