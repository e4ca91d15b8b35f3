"""Whether a picture can be shown: it is not empty, it is what it says, and all of it is there."""

from __future__ import annotations

import io
import warnings

from lxml import etree
from PIL import Image, UnidentifiedImageError

_SVG, _PNG, _JPEG = "image/svg+xml", "image/png", "image/jpeg"
_SCAN, _END_OF_JPEG = b"\xff\xda", b"\xff\xd9"  # markers, which are nowhere in the dots themselves


def problem_of(picture: bytes, media_type: str) -> str:
    """Return what is wrong with a picture, empty if it can be shown."""
    if not picture.strip(b"\0\t\n\r "):
        return "is empty"
    if media_type == _SVG:
        try:
            root = etree.fromstring(picture, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            return f"is not well-formed: {error.msg}"
        return "" if etree.QName(root).localname == "svg" else f"is not SVG but {etree.QName(root).localname}"
    if media_type not in (_PNG, _JPEG):
        return ""  # refused elsewhere, with the forms that are allowed
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            opened = Image.open(io.BytesIO(picture))
            found = Image.MIME.get(opened.format or "", "")
            opened.load()
            # WeasyPrint lets Pillow accept pictures that end early, in the whole process, so their ends are looked at.
            Image.open(io.BytesIO(picture)).verify()  # all parts of a PNG, to the last
            if found == _JPEG and picture.rfind(_END_OF_JPEG) < picture.rfind(_SCAN):
                return "is damaged or incomplete: it ends early"
    except UnidentifiedImageError:
        return f"is not {media_type}"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "has too many dots"
    except (OSError, SyntaxError, ValueError, EOFError, Warning) as error:
        return f"is damaged or incomplete: {error}"
    is_same = found == media_type or (found == "image/mpo" and media_type == _JPEG)  # several JPEGs in one file
    return "" if is_same else f"is {found}, not {media_type}"
