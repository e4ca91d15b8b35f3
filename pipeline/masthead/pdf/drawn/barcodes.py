"""Barcodes and QR codes, read back from the picture of page one as a scanner would."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pypdfium2
import zxingcpp

from masthead.document import Rectangle
from masthead.pdf.drawn.drawings import Drawing

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


def _touch(box: Rectangle, other: Rectangle) -> bool:
    return (
        box[0] - _TOUCHING < other[2]
        and other[0] < box[2] + _TOUCHING
        and box[1] - _TOUCHING < other[3]
        and other[1] < box[3] + _TOUCHING
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
    picture = page.render(scale=dpi / 72, crop=crop, grayscale=True).to_pil()
    for code in zxingcpp.read_barcodes(picture, formats=FORMATS, **settings):
        yield "qr" if code.format == zxingcpp.BarcodeFormat.QRCode else "barcode", code.text
