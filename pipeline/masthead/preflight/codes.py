"""Barcodes and QR codes, read back from the picture of page one as a scanner would."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
import zxingcpp

DPI = 200  # a Code 39 of 101 pt is read from 150 dpi on
FOOT = 140.0  # points: what UN documents keep for codes at the foot of page one, with room to spare


@dataclass(frozen=True, slots=True)
class Code:
    """One code: `kind` is `barcode` or `qr`, `box` its place on page one in points from the top left corner."""

    kind: str
    text: str
    box: tuple[float, float, float, float]


def read_codes(pdf: pypdfium2.PdfDocument) -> tuple[Code, ...]:
    """Read the Code 39 and QR codes at the foot of page one; at the whole page where there are none."""
    if not len(pdf):
        return ()
    page = pdf[0]
    try:
        height = page.get_height()
        return _read(page, max(height - FOOT, 0)) or _read(page, 0)
    finally:
        page.close()


def _read(page: pypdfium2.PdfPage, top: float) -> tuple[Code, ...]:
    scale = DPI / 72
    picture = page.render(scale=scale, crop=(0, 0, 0, top), grayscale=True).to_pil()
    formats = (zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.QRCode)
    return tuple(_code(found, scale, top) for found in zxingcpp.read_barcodes(picture, formats=formats))


def _code(found: zxingcpp.Barcode, scale: float, top: float) -> Code:
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across, down = [corner.x / scale for corner in corners], [corner.y / scale + top for corner in corners]
    kind = "qr" if found.format == zxingcpp.BarcodeFormat.QRCode else "barcode"
    return Code(kind, found.text, (min(across), min(down), max(across), max(down)))
