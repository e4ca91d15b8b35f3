"""The pictures of dots on the pages of a file, and whether they can be shown (ISO 32000-1, 8.9)."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image

from masthead.pdf.content import resources
from masthead.pdf.damage import DAMAGE

_DEPTH = 8  # of forms within forms
_COMPONENTS = {"/DeviceGray": 1, "/CalGray": 1, "/DeviceRGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4}
_COMPONENTS |= {"/Indexed": 1, "/Separation": 1}
DARK = 24  # of 255 greys: what is darker is black to the eye
SHARE = 0.995  # of a picture: where as much of it is alike, it shows nothing


@dataclass(frozen=True, slots=True)
class DotImage:
    """A picture: its page, whether it is `interpolated`, its colour space (`/DeviceRGB`), and what is wrong with it.

    `fault` says in words that its data cannot be shown, or shows nothing. `look` is what `look` returns of it, empty if
    it was not decoded.
    """

    page: int
    interpolated: bool
    colours: str
    components: int
    fault: str = ""
    look: bytes = b""


def read_images(file: pikepdf.Pdf) -> Iterator[DotImage]:
    """Yield each picture of the pages once, with the first page that has it; no masks."""
    met: set[tuple[int, int]] = set()
    for number, page in enumerate(file.pages, 1):
        for image in _below(resources.of_page(page, "/XObject"), met, 0):
            yield _read(image, number)


def _below(objects: Any, met: set[tuple[int, int]], depth: int) -> Iterator[pikepdf.Stream]:
    """Yield the pictures among XObjects, in forms too."""
    for _, each in objects.items():
        if not isinstance(each, pikepdf.Stream) or each.objgen in met or depth > _DEPTH:
            continue
        met.add(each.objgen)
        if each.get("/Subtype") == "/Image" and not each.get("/ImageMask", False):
            yield each
        elif each.get("/Subtype") == "/Form":
            inner = resources.dictionary(resources.dictionary(each.get("/Resources")).get("/XObject"))
            yield from _below(inner, met, depth + 1)


def _read(image: pikepdf.Stream, page: int) -> DotImage:
    space = image.get("/ColorSpace")
    name = str(space[0]) if isinstance(space, pikepdf.Array) and len(space) else str(space or "")
    components = _COMPONENTS.get(name, 0)
    interpolated = bool(image.get("/Interpolate", False))
    try:
        if name == "/ICCBased":
            components = int(resources.dictionary(space[1] if isinstance(space, pikepdf.Array) else None).get("/N", 0))
        picture, fault = _opened(image, components)
    except (*DAMAGE, OSError):
        picture, fault = None, "the picture cannot be read"
    if picture is None:
        return DotImage(page, interpolated, name, components, fault)
    return DotImage(page, interpolated, name, components, _shows(picture), look(picture))


def look(picture: Image.Image) -> bytes:
    """Return the greys of a picture in eight rows of eight: two pictures with the same look the same to the eye."""
    return picture.convert("RGB").convert("L").resize((8, 8), Image.Resampling.BOX).tobytes()


def _opened(image: pikepdf.Stream, components: int) -> tuple[Image.Image | None, str]:
    """The picture, or what is wrong with its data, in words; neither if it is left to viewers."""
    width, height, bits = (int(image.get(key, 0)) for key in ("/Width", "/Height", "/BitsPerComponent"))
    filters: Any = image.get("/Filter", ())
    only = isinstance(filters, pikepdf.Array) and len(filters) == 1
    last = str(filters[0] if only else filters)
    if last in ("/DCTDecode", "/JPXDecode"):
        picture = Image.open(io.BytesIO(image.read_raw_bytes()))
        picture.load()
        return picture, ""
    if last not in ("()", "/FlateDecode", "/LZWDecode", "/RunLengthDecode", "/ASCII85Decode", "/ASCIIHexDecode"):
        return None, ""  # other filters, and several of them, are left to viewers
    data = image.read_bytes()
    if components and bits and len(data) < height * math.ceil(width * components * bits / 8):
        return None, "the picture is cut off"
    if components in (1, 3) and bits == 8 and str(image.get("/ColorSpace")) != "/Indexed":
        size = width * height * components
        return Image.frombytes("L" if components == 1 else "RGB", (width, height), data[:size]), ""
    return None, "the picture is of one colour" if len(set(data)) == 1 else ""


def _shows(picture: Image.Image) -> str:
    """What is wrong with a decoded picture."""
    levels = picture.convert("L").histogram()
    dots = sum(levels)
    if dots < 4:
        return ""
    if max(levels) == dots:
        return "the picture is of one colour"
    return "the picture is black" if sum(levels[:DARK]) > SHARE * dots else ""
