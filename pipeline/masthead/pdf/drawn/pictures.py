"""Pictures of the pages of a file of unknown origin, drawn in a process of their own within limits.

A page of a few bytes can take hours and all memory to draw. Each page has its time of the processor, all together have
theirs by the clock; the page at which a process breaks off has no picture, and another process goes on with the next.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2

from masthead.document import SourceError
from masthead.pdf import confinement
from masthead.pdf.drawn import raster

SECONDS, PAGE_SECONDS, BYTES = 10, 3, 1 << 30
LATE = "the time for pictures was over"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page: its size in points (0 where it cannot be opened), and its PNG, or the reason why there is none."""

    page: int
    width: float = 0.0
    height: float = 0.0
    png: bytes = b""
    reason: str = ""


def draw(pdf: bytes, pages: Sequence[int], dpi: int, seconds: float = SECONDS) -> tuple[PagePicture, ...]:
    """Draw `pages`, counted from 1, as many of them as can be drawn within `seconds`, 3 for each, and 1 GiB."""
    end = time.monotonic() + seconds
    done = {page: PagePicture(page, reason=LATE) for page in pages}
    left = [*pages]
    while left and (room := end - time.monotonic()) > 0:
        code, written = confinement.ask(__name__, (pdf, left, dpi), room)
        for picture in _read(written):
            done[picture.page] = picture
            if picture.png or picture.reason:
                left.remove(picture.page)
        if left and code is not None:
            broken = left.pop(0)
            done[broken] = replace(done[broken], reason=_ending(code))
    return tuple(done.values())


def _ending(code: int) -> str:
    late = hasattr(signal, "SIGPROF") and code == -signal.SIGPROF
    return confinement.ending(None if late else code, PAGE_SECONDS, BYTES)


def _read(written: bytes) -> Iterator[PagePicture]:
    """The pictures that a process had written when it ended, the last one perhaps in part."""
    stream = io.BytesIO(written)
    with contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(stream)


def main() -> None:
    """Draw the pages that standard input asks for: the child's side. A page is written without its picture first."""
    pdf, pages, dpi = pickle.load(sys.stdin.buffer)
    confinement.limit(SECONDS, BYTES)
    for page in pages:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS)  # ends the process: PDFium cannot be called off
        picture = PagePicture(page)
        try:
            with raster.opened(pdf) as document:
                sheet = document[page - 1]
                picture = replace(picture, width=sheet.get_width(), height=sheet.get_height())
                _write(picture)
                picture = replace(picture, png=raster.encoded(raster.rasterise(sheet, dpi)))
        except (SourceError, pypdfium2.PdfiumError, IndexError) as error:
            picture = replace(picture, reason=confinement.said(error))
        except (MemoryError, ValueError):  # a bitmap that cannot be had
            picture = replace(picture, reason=confinement.too_much(BYTES))
        _write(picture)


def _write(picture: PagePicture) -> None:
    sys.stdout.buffer.write(pickle.dumps(picture))
    sys.stdout.flush()


if __name__ == "__main__":
    from masthead.pdf.drawn import pictures  # by its name, which the caller's process knows its values by

    pictures.main()
