"""Barcodes and QR codes, read back from the picture of page one as a scanner would."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pypdfium2
import zxingcpp

# Resolutions, whether to look at the foot only, and whether to turn, invert and smooth the picture. A Code 39 of 101 pt
# drawn by lines is read from 150 dpi on; one drawn by a font only where its bars meet the dots, or smoothed. Codes
# elsewhere on the page are found by the later attempts.
ATTEMPTS = ((200, True, False), (250, False, True), (400, False, True), (500, True, True))
MAX_DOTS = 40_000_000  # of a picture: twice a Letter page at 400 dpi
# Not all that looks like Code 39: a number of six digits would be read as an Italian Code 32.
FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code39Std, zxingcpp.BarcodeFormat.QRCode])
FOOT = 130.0  # points: more than UN documents keep for codes at the foot of page one


def read_codes(page: pypdfium2.PdfPage) -> Mapping[str, str]:
    """Return the texts of a Code 39 (`barcode`) and a QR code (`qr`) at the foot, else anywhere on the page."""
    found: dict[str, str] = {}
    for dpi, foot, thorough in ATTEMPTS:
        top = max(page.get_height() - FOOT, 0) if foot else 0
        if page.get_width() * (page.get_height() - top) * (dpi / 72) ** 2 > MAX_DOTS:
            break
        found |= _read(page, top, dpi, thorough=thorough)
        if len(found) == 2:
            break
    return found


def _read(page: pypdfium2.PdfPage, top: float, dpi: int, *, thorough: bool) -> Iterator[tuple[str, str]]:
    picture = page.render(scale=dpi / 72, crop=(0, 0, 0, top), grayscale=True).to_pil()
    for code in zxingcpp.read_barcodes(
        picture, formats=FORMATS, try_rotate=thorough, try_downscale=thorough, try_invert=thorough
    ):
        yield "qr" if code.format == zxingcpp.BarcodeFormat.QRCode else "barcode", code.text
