"""Pictures in Word: the file itself, and what says how wide it is and what it shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image

from masthead.document import Figure
from masthead.formats.word.markup import element, run, w

_EMU = 635  # English Metric Units in a twentieth of a point
_SVG = "image/svg+xml"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_VIEW_BOX = re.compile(rb"viewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
# A white pixel, for versions of Word before 2016, which show no SVG.
_BLANK = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63f80f000101010020ee2b0b0000000049454e44ae426082"
)


def draw(figure: Figure, words: str, number: int, width: int, keep: Callable[[bytes, str], str]) -> Any:
    """A run with a picture, `width` in twentieths of a point, for which `words` stand.

    `number` tells it from the others; `keep` takes a file and its media type and returns what names it.
    """
    if figure.media_type == _SVG:
        vector = element("asvg:svgBlip", r_embed=keep(figure.picture, _SVG))
        blip = element("a:blip", element("a:extLst", element("a:ext", vector, uri=_SVG_EXTENSION)))
        blip.set(f"{{{blip.nsmap['r']}}}embed", keep(_BLANK, "image/png"))
    else:
        blip = element("a:blip", r_embed=keep(figure.picture, figure.media_type))
    named = {"id": str(number), "name": f"Picture {number}"}
    size = {"cx": str(width * _EMU), "cy": str(round(width * _EMU * _proportion(figure)))}
    picture = element(
        "pic:pic",
        element("pic:nvPicPr", element("pic:cNvPr", **named), element("pic:cNvPicPr")),
        element("pic:blipFill", blip, element("a:stretch", element("a:fillRect"))),
        element(
            "pic:spPr",
            element("a:xfrm", element("a:off", x="0", y="0"), element("a:ext", **size)),
            element("a:prstGeom", element("a:avLst"), prst="rect"),
        ),
    )
    inline = element(
        "wp:inline",
        element("wp:extent", **size),
        element("wp:docPr", **named, descr=words),
        element("a:graphic", element("a:graphicData", picture, uri=picture.nsmap["pic"])),
        **{f"dist{side}": "0" for side in "TBLR"},
    )
    return run(w("drawing", inline))


def _proportion(figure: Figure) -> float:
    """The height of a picture by its width; three to five where it does not say."""
    if figure.media_type == _SVG:
        box = _VIEW_BOX.search(figure.picture)
        with suppress(ValueError, ZeroDivisionError):
            return float(box[2]) / float(box[1]) if box else _PLAIN
        return _PLAIN
    with (
        suppress(OSError, SyntaxError, ValueError, ZeroDivisionError, *_BOMBS),
        Image.open(BytesIO(figure.picture)) as image,
    ):
        return image.height / image.width
    return _PLAIN


_PLAIN = 0.6
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
