"""Barcodes and QR codes, read back from the picture of page one as a scanner would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import zxingcpp
from PIL import Image, ImageDraw

from masthead.document import Rectangle
from masthead.pdf.content.paths import Box, around
from masthead.pdf.content.shapes import DrawnShape
from masthead.pdf.drawn.drawings import Drawing
from masthead.pdf.drawn.pages import Page

if TYPE_CHECKING:
    import pypdfium2

FOOT = 130.0  # points: more than UN documents keep for codes at the foot of page one
DPI = 200  # of the foot, where each pixel is black or white: codes that are drawn by lines are read
# Resolutions for what is turned, inverted, unevenly grey or smoothed, and whether only the foot of a page is looked at.
# A Code 39 of 101 pt that is drawn by a font is read only where its bars meet the dots, or smoothed.
THOROUGH = ((250, False), (400, False), (500, True))
MAX_DOTS = 40_000_000  # of a picture: twice a Letter page at 400 dpi
# Not all that looks like Code 39: a number of six digits would be read as an Italian Code 32.
FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code39Std, zxingcpp.BarcodeFormat.QRCode])
_QUICK = {
    **dict.fromkeys(("try_rotate", "try_downscale", "try_invert"), False),
    "binarizer": zxingcpp.Binarizer.FixedThreshold,
}
MARGIN = 15.0  # points: the white around a code belongs to it
SMALLEST = 4.0  # points: no code is lower or narrower, on a page of half the size either
MANY = 200  # drawings: of more, the page is looked at as a whole
_TOUCHING = 3.0  # points: bars of one code are no further apart
_FEW, _FEW_FORMS = 12, 2  # shapes, or points of one: no QR code has so few
_FEWEST = 30  # points: a Code 39 of one letter, drawn with lines, has no fewer
_QUIET, _QUIET_QR = 10, 2  # modules of white beside a code that is read from its bars


def read_codes(page: pypdfium2.PdfPage, drawings: Sequence[Drawing] | None = None) -> Mapping[str, str]:
    """Return the texts of a Code 39 (`barcode`) and a QR code (`qr`) at the foot, else elsewhere on the page.

    That is where one of the `drawings` of the page is, or anywhere if they are None.
    """
    foot = 0.0, 0.0, 0.0, max(page.get_height() - FOOT, 0.0)
    found = dict(_read(page, foot, DPI, _QUICK))
    if len(found) == 2:
        return found
    is_anywhere = drawings is None or len(drawings) > MANY or page.get_rotation()
    places = [] if is_anywhere else [_crop(page, box) for box in drawn_places(drawings or ())]
    for dpi, at_foot in THOROUGH:
        for crop in [foot if at_foot else (0.0,) * 4] if is_anywhere else places:
            found |= _read(page, crop, dpi, {})
        if len(found) == 2:
            break
    return found


def codes_of_bars(shapes: Sequence[DrawnShape], page: Page) -> Mapping[str, str] | None:
    """Return both codes at the foot of a page that draws no more than these shapes, read from the bars of two of them.

    None where `read_codes` may find anything else: where there are other codes, another drawing may be one, or anything
    is on a code or in the white around it.
    """
    others = [shape for shape in shapes if not shape.bars and shape.box[1] < FOOT]
    codes = [shape.bars for shape in shapes if shape.bars]
    if len(codes) != 2 or _may_be_code(others):
        return None
    spans = [span for line in page.lines for span in (*line.spans, *line.raised)]
    boxes = [shape.box for shape in others]
    boxes += [(span.left, page.height - span.bottom, span.right, page.height - span.top) for span in spans]
    found: dict[str, str] = {}
    for bars, other in zip(codes, reversed(codes), strict=True):
        white = _white_around(bars)
        if white[0] < 0 or white[1] < 0 or white[2] > page.width or white[3] > FOOT:
            return None
        if any(_touch(white, box, 0) for box in (*boxes, around(other))):
            return None
        picture = _picture(bars, white, page.height)
        found |= _codes_in(picture, _QUICK) if picture else ()
    return found if len(found) == 2 else None


def _may_be_code(shapes: Sequence[DrawnShape]) -> bool:
    """Whether some shapes, of which none is a code of bars, may be one together."""
    points = [len(shape.points) for shape in shapes]
    tall = [len(shape.points) or _FEWEST for shape in shapes if shape.box[3] - shape.box[1] >= SMALLEST]
    is_much = len(shapes) > _FEW or max(points, default=0) > _FEW or points.count(0) > _FEW_FORMS
    return is_much or sum(tall) >= _FEWEST


def _white_around(bars: Sequence[Box]) -> Box:
    """Return the box of a code with the white that belongs to it."""
    left, bottom, right, top = around(bars)
    if all(bar[1] == bottom and bar[3] == top for bar in bars):
        beside = _QUIET * min([bar[2] - bar[0] for bar in bars])
        return left - beside, bottom, right + beside, top
    beside = _QUIET_QR * min([bar[3] - bar[1] for bar in bars])
    return left - beside, bottom - beside, right + beside, top + beside


def _picture(bars: Sequence[Box], white: Box, height: float) -> Image.Image | None:
    """Return the picture of bars on a page of a height: dots are black if their middles are on one.

    None where a bar has no dot.
    """
    scale = DPI / 72
    x, y = int(scale * white[0]), int(scale * (height - white[3]))
    size = int(scale * (white[2] - white[0])) + 2, int(scale * (white[3] - white[1])) + 2
    picture = Image.new("L", size, 255)
    draw = ImageDraw.Draw(picture)
    for left, bottom, right, top in bars:
        box = left, height - top, right, height - bottom
        first, upper, end, lower = [int(scale * edge + 0.5) for edge in box]
        if first == end or upper == lower:
            return None
        draw.rectangle((first - x, upper - y, end - x - 1, lower - y - 1), fill=0)
    return picture


def drawn_places(drawings: Iterable[Drawing]) -> list[Rectangle]:
    """Return the boxes around drawings that are large enough for a code. Those that touch are together in one."""
    boxes: list[Rectangle] = []
    for drawing in drawings:
        box = drawing.box
        while near := [other for other in boxes if _touch(box, other)]:
            boxes = [other for other in boxes if other not in near]
            lefts, tops, rights, bottoms = zip(box, *near, strict=True)
            box = min(lefts), min(tops), max(rights), max(bottoms)
        boxes.append(box)
    return [box for box in boxes if min(box[2] - box[0], box[3] - box[1]) >= SMALLEST]


def _touch(box: Rectangle, other: Rectangle, distance: float = _TOUCHING) -> bool:
    return (
        box[0] - distance < other[2]
        and other[0] < box[2] + distance
        and box[1] - distance < other[3]
        and other[1] < box[3] + distance
    )


def _crop(page: pypdfium2.PdfPage, box: Rectangle) -> Rectangle:
    """Return what to cut off at the left, the bottom, the right and the top of a page, so that a box is left."""
    left, bottom, *_ = page.get_cropbox()
    width, height = page.get_size()
    edges = box[0] - left, height - box[3] - bottom, width - box[2] + left, box[1] + bottom
    return tuple([max(edge - MARGIN, 0) for edge in edges])


def _read(page: pypdfium2.PdfPage, crop: Rectangle, dpi: int, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    left, bottom, right, top = crop
    width, height = page.get_width() - left - right, page.get_height() - bottom - top
    if min(width, height) <= 0 or width * height * (dpi / 72) ** 2 > MAX_DOTS:
        return
    yield from _codes_in(page.render(scale=dpi / 72, crop=crop, grayscale=True).to_pil(), settings)


def _codes_in(picture: Image.Image, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for code in zxingcpp.read_barcodes(picture, formats=FORMATS, **settings):
        yield "qr" if code.format == zxingcpp.BarcodeFormat.QRCode else "barcode", code.text
