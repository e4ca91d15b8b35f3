"""Whether a picture can be shown: it is not empty, it is what it says, and all of it is there."""

from __future__ import annotations

import base64
import io
import re
import warnings

from lxml import etree
from PIL import Image, UnidentifiedImageError

_SVG, _PNG, _JPEG = "image/svg+xml", "image/png", "image/jpeg"
_DATA = re.compile(r"data:(?P<type>image/[a-z+]+);base64,(?P<data>[A-Za-z0-9+/=\s]*)")
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SCAN, _END_OF_JPEG = b"\xff\xda", b"\xff\xd9"  # markers, which are nowhere in the dots themselves


def outside_part_of(drawing: etree._Element) -> str:
    """Return what a drawing shows that is not in it, or is no drawing: nothing is fetched, and nothing runs."""
    if any(True for _ in drawing.iter(etree.Entity)):
        return "has entities; write their text in their places"
    for element in drawing.iter("{*}image", "{*}use", "{*}feImage", "{*}script", "{*}foreignObject", "{*}style"):
        kind = etree.QName(element).localname
        if kind in ("script", "foreignObject"):
            return f"has a {kind} element"
        if kind == "style" and "@import" in (element.text or ""):
            return "imports a style sheet"
        for address in map(str.strip, filter(None, (element.get("href"), element.get(_XLINK)))):
            if not address.startswith(("#", "data:")):
                return f"refers to {address[:60]}, which is not in it"
            if data := _DATA.fullmatch(address):
                problem = problem_of(base64.b64decode(re.sub(r"\s", "", data["data"]) + "=="), data["type"])
                if problem:
                    return f"has a picture in it that {problem}"
    return ""


def problem_of(picture: bytes, media_type: str) -> str:
    """Return what is wrong with a picture, empty if it can be shown."""
    if not picture.strip(b"\0\t\n\r "):
        return "is empty"
    if media_type == _SVG:
        try:
            root = etree.fromstring(picture, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as error:
            return f"is not well-formed: {error.msg}"
        name = etree.QName(root).localname
        return outside_part_of(root) if name == "svg" else f"is not SVG but {name}"
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
