"""Barcodes and QR codes, read back from the picture of page one as a scanner would."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
import zxingcpp

# Resolutions, and whether at the foot only: a Code 39 of 101 pt drawn by lines is read from 150 dpi on; one that a font
# draws only where its bars fall well on the dots; a code elsewhere on the page is found by the later attempts.
ATTEMPTS = ((200, True), (250, False), (400, False))
MOST_DOTS = 40_000_000  # of a picture: twice a Letter page at 400 dpi
FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code39, zxingcpp.BarcodeFormat.QRCode])
FOOT = 100.0  # points: what UN documents keep for codes at the foot of page one, with room to spare


@dataclass(frozen=True, slots=True)
class Code:
    """One code: `kind` is `barcode` or `qr`, `box` its place on page one in points from the top left corner."""

    kind: str
    text: str
    box: tuple[float, float, float, float]


def read_codes(page: pypdfium2.PdfPage) -> tuple[Code, ...]:
    """Read the Code 39 and QR codes at the foot of page one; at the whole page where there are none."""
    found: dict[str, Code] = {}
    for dpi, foot in ATTEMPTS:
        top = max(page.get_height() - FOOT, 0) if foot else 0
        if page.get_width() * (page.get_height() - top) * (dpi / 72) ** 2 > MOST_DOTS:
            break
        found |= {code.kind: code for code in _read(page, top, dpi, upright=foot)}
        if len(found) == 2:
            break
    return tuple(found.values())


def _read(page: pypdfium2.PdfPage, top: float, dpi: int, *, upright: bool) -> tuple[Code, ...]:
    scale = dpi / 72
    picture = page.render(scale=scale, crop=(0, 0, 0, top), grayscale=True).to_pil()
    turned = not upright
    found = zxingcpp.read_barcodes(picture, formats=FORMATS, try_rotate=turned, try_downscale=turned, try_invert=turned)
    return tuple(_code(code, scale, top) for code in found)


def _code(found: zxingcpp.Barcode, scale: float, top: float) -> Code:
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across, down = [corner.x / scale for corner in corners], [corner.y / scale + top for corner in corners]
    kind = "qr" if found.format == zxingcpp.BarcodeFormat.QRCode else "barcode"
    return Code(kind, found.text, (min(across), min(down), max(across), max(down)))
