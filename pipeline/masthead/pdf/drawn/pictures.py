"""Pictures of the pages of an untrusted file, drawn in a separate process within limits.

A page of a few bytes can take hours and all memory to draw. Each page may take 3 s of processor time, all together a
time by the clock; the page at which a process breaks off has no picture, and another process continues with the next.
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
from math import ceil

from masthead.document import SourceError
from masthead.pdf import confinement
from masthead.pdf.drawn import raster

SECONDS, PAGE_SECONDS, BYTES = 10, 3, 1 << 30
LATE = "the time for pictures was over"  # the reason that a report shows


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page: its size in points (0 where it cannot be opened), and its PNG, or the reason why it has none."""

    page: int
    width: float = 0.0
    height: float = 0.0
    png: bytes = b""
    reason: str = ""


def draw(
    pdf: bytes, pages: Sequence[int], dpi: int, seconds: float = SECONDS, page_seconds: float = PAGE_SECONDS
) -> tuple[PagePicture, ...]:
    """Draw `pages`, counted from 1, as far as they can be drawn in 1 GiB of memory.

    All together may take `seconds` by the clock, each of them `page_seconds` of processor time.
    """
    end = time.monotonic() + seconds
    done = {page: PagePicture(page, reason=LATE) for page in pages}
    left = [*pages]
    while left and (remaining := end - time.monotonic()) > 0:
        code, written = confinement.ask(__name__, (pdf, left, dpi, page_seconds), remaining)
        for picture in _read(written):
            done[picture.page] = picture
            if picture.png or picture.reason:
                left.remove(picture.page)
        if left and code is not None:
            broken = left.pop(0)
            done[broken] = replace(done[broken], reason=_ending(code, page_seconds))
    return tuple(done.values())


def _ending(code: int, page_seconds: float) -> str:
    late = hasattr(signal, "SIGPROF") and code == -signal.SIGPROF
    return confinement.ending(None if late else code, page_seconds, BYTES)


def _read(written: bytes) -> Iterator[PagePicture]:
    """Yield the pictures that a process had written when it ended; the last one may be cut off."""
    stream = io.BytesIO(written)
    with contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(stream)


def main() -> None:
    """Draw the pages that standard input asks for, in the child process.

    Each page is written twice, first without its picture: so its size is known if drawing it ends the process.
    """
    pdf, pages, dpi, page_seconds = pickle.load(sys.stdin.buffer)
    confinement.limit(max(SECONDS, ceil(page_seconds)), BYTES)
    for page in pages:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, page_seconds)  # ends the process: PDFium cannot be interrupted
        picture = PagePicture(page)
        try:
            with raster.opened(pdf) as document:
                sheet = document[page - 1]
                picture = replace(picture, width=sheet.get_width(), height=sheet.get_height())
                _write(picture)
                picture = replace(picture, png=raster.encoded(raster.rasterize(sheet, dpi)))
        except (SourceError, raster.failure(), IndexError) as error:
            picture = replace(picture, reason=confinement.said(error))
        except (MemoryError, ValueError):  # a bitmap that cannot be allocated
            picture = replace(picture, reason=confinement.too_much(BYTES))
        _write(picture)


def _write(picture: PagePicture) -> None:
    sys.stdout.buffer.write(pickle.dumps(picture))
    sys.stdout.flush()


if __name__ == "__main__":
    from masthead.pdf.drawn import pictures  # as `__main__`, its values could not be unpickled by the caller

    pictures.main()
