"""The soft proof of a press copy or of imposed sheets: how they will look on their paper, and each of their plates."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Name
from PIL import Image, ImageCms, ImageStat

from masthead.document import OrderError, SourceError
from masthead.page import render
from masthead.pdf import plates
from masthead.press.imposition.originals import open_pdf

_RESOLUTIONS = 20, 300


def proof_html(pdf: bytes, name: str = "", *, condition: Path | None = None, resolution: int = 72) -> str:
    """Return a page that shows each page of a press file as it will look on its paper, and each of its plates.

    The colours are those of the printing condition that the file names, or of the ICC profile `condition`: of the inks
    on that paper, whose white is not that of the screen. Raises SourceError for a file that names none, OrderError for
    a profile or a resolution that cannot be used, ResourceError without Ghostscript.
    """
    least, most = _RESOLUTIONS
    if not least <= resolution <= most:
        raise OrderError(f"cannot draw {resolution} dots per inch", hint=f"give {least} to {most}")
    with open_pdf(pdf, name) as file:
        profile = _condition(file, name, condition)
    described = ImageCms.getProfileDescription(profile).strip()
    screen = ImageCms.createProfile("sRGB")
    to_screen = ImageCms.buildTransform(
        profile, screen, "CMYK", "RGB", renderingIntent=ImageCms.Intent.ABSOLUTE_COLORIMETRIC
    )
    pages = [
        {
            "number": number,
            "proof": _data(ImageCms.applyTransform(page.inks, to_screen) or page.inks),
            "plates": list(_plates(page)),
            "total": page.most,
        }
        for number, page in enumerate(plates.plated(pdf, resolution), 1)
    ]
    return render("proof.html.j2", Path(__file__).parent, name=name, condition=described, pages=pages)


def _condition(file: pikepdf.Pdf, name: str, given: Path | None) -> ImageCms.ImageCmsProfile:
    """Open the profile of the printing condition. Raises SourceError or OrderError."""
    try:
        data = given.read_bytes() if given else _intended(file, name)
        profile = ImageCms.getOpenProfile(io.BytesIO(data))
        if profile.profile.xcolor_space.strip() != "CMYK":
            raise OSError("it is not a profile for four inks")
    except (OSError, ImageCms.PyCMSError) as error:
        raise OrderError(f"the profile cannot be used: {error}", where=str(given or name)) from error
    return profile


def _intended(file: pikepdf.Pdf, name: str) -> bytes:
    for intent in file.Root.get(Name.OutputIntents, []):
        if intent.get(Name.S) == Name.GTS_PDFX and Name.DestOutputProfile in intent:
            return intent.DestOutputProfile.read_bytes()
    hint = "give a press copy (`masthead publish --for press`) or its sheets, or the ICC profile with --condition"
    raise SourceError("the PDF does not say for which printing condition it is made", where=name, hint=hint)


def _plates(page: plates.PlatedPage) -> Iterator[dict[str, Any]]:
    """Yield each plate with the share of its area that is inked, in per cent."""
    for ink, plate in page.plates.items():
        yield {"ink": ink, "picture": _data(plate), "inked": round(100 - ImageStat.Stat(plate).mean[0] / 2.55, 1)}


def _data(picture: Image.Image) -> str:
    """Return a picture as a data address."""
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(written.getvalue()).decode()}"
