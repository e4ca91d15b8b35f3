"""What a PDF draws, read by a library that the project does not ship: lines of glyphs and filled shapes, in points from
the top left corner of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTCurve, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage


@dataclass(frozen=True)
class Line:
    """The glyphs of one baseline, from left to right; `text` is theirs. Spaces at its ends do not count."""

    page: int
    baseline: float
    left: float
    right: float
    sizes: frozenset[float]
    faces: frozenset[str]
    text: str


@dataclass(frozen=True)
class Shape:
    """A line or filled shape."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


def characters(pdf: bytes) -> Iterator[tuple[int, LTChar]]:
    """Yield every glyph of every page with the number of the page."""
    for number, page in enumerate(_pages(pdf), 1):
        yield from ((number, item) for item in _walk(page) if isinstance(item, LTChar))


def lines(pdf: bytes) -> list[Line]:
    """Every baseline of every page, from the top."""
    result = []
    for number, page in enumerate(_pages(pdf), 1):
        rows: dict[float, list[Any]] = defaultdict(list)
        for item in _walk(page):
            if isinstance(item, LTChar):
                rows[round(page.height - item.matrix[5], 1)].append(item)
        for baseline, row in sorted(rows.items()):
            row.sort(key=lambda char: char.x0)
            sizes = frozenset(round(char.size, 1) for char in row)
            text = "".join(char.get_text() for char in row)
            inked = [char for char in row if char.get_text().strip()] or row
            faces = frozenset(char.fontname.partition("+")[2] for char in inked)
            result.append(Line(number, baseline, inked[0].x0, inked[-1].x1, sizes, faces, text))
    return result


def shapes(pdf: bytes) -> list[Shape]:
    """Every line and filled shape of every page."""
    return [
        Shape(number, item.x0, page.height - item.y1, item.x1, page.height - item.y0)
        for number, page in enumerate(_pages(pdf), 1)
        for item in _walk(page)
        if isinstance(item, LTCurve)
    ]


def _pages(pdf: bytes) -> Iterator[LTPage]:
    """Yield every page as it is drawn: pdfminer's own search for paragraphs takes most of its time."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for page in PDFPage.get_pages(BytesIO(pdf)):
        interpreter.process_page(page)
        yield device.get_result()


def _walk(item: Any) -> Iterator[Any]:
    yield item
    if hasattr(item, "__iter__"):
        for child in item:
            yield from _walk(child)
