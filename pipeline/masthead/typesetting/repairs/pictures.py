"""Pictures in colours and forms that PDF/A allows.

WeasyPrint asks viewers to interpolate the dots of every picture, which PDF/A forbids (ISO 19005-3, 6.2.8.1). It writes
CMYK as it comes, which PDF/A allows only for a file that is printed in the same four inks (6.2.4.3), and greys of 16
bits as if they were RGB. Here no picture is interpolated, and all are grey or RGB before WeasyPrint sees them.
"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageCms

import masthead.typesetting.engine.weasyprint.images as images

_KNOWN = frozenset(("1", "L", "LA", "P", "RGB", "RGBA"))  # modes of Pillow that WeasyPrint writes correctly
_QUALITY = 95  # of a JPEG that is written again: no difference is visible


def in_rgb(picture: Image.Image) -> Image.Image:
    """Return a picture in a mode that WeasyPrint writes correctly; deep greys become greys of 8 bits."""
    if picture.mode in _KNOWN:
        return picture
    if picture.mode.startswith("I"):
        return picture.point(lambda level: level / 256).convert("L")
    if picture.mode == "CMYK" and (profile := picture.info.get("icc_profile")):
        try:
            found = ImageCms.profileToProfile(
                picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):  # a profile that is damaged, or of other colours
            found = None
        if found is not None:
            return found
    return picture.convert("RGBA" if picture.mode in ("PA", "La", "RGBa") else "RGB")


def _written(converted: Image.Image, original: Image.Image) -> tuple[Image.Image, bytes]:
    """Return a converted picture in the format of the original one, and its bytes."""
    is_jpeg = original.format in ("JPEG", "MPO")
    options = {"quality": _QUALITY, "subsampling": 0} if is_jpeg else {}
    if exif := original.info.get("exif"):  # which may say how the picture is turned
        options["exif"] = exif
    file = io.BytesIO()
    converted.save(file, "JPEG" if is_jpeg else "PNG", **options)
    return Image.open(file), file.getvalue()


def apply() -> None:
    """Put the repair into WeasyPrint."""
    load, write = images.RasterImage.__init__, images.RasterImage.get_x_object

    def __init__(self: Any, picture: Image.Image, number: Any, data: Any, filename: Any = None, *rest: Any) -> None:
        converted = in_rgb(picture)
        if converted is not picture:
            picture, data, filename = *_written(converted, picture), None
        load(self, picture, number, data, filename, *rest)

    images.RasterImage.__init__ = __init__
    images.RasterImage.get_x_object = lambda self, interpolate, ratio: write(self, False, ratio)
