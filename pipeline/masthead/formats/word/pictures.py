"""Pictures in Word files: which picture a drawing shows, and drawings made for pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image

from masthead.document import Figure, FigureKind
from masthead.formats.pictures import MEDIA_TYPES
from masthead.formats.styled.parts import EmbeddedPicture
from masthead.formats.word.charts import read_chart
from masthead.formats.word.fills import Theme
from masthead.formats.word.xml import element, qn, run, w

TEXT_WIDTH = 7306
"""The width of the text in twentieths of a point: 365.3 points, measured."""
_SHAPE_WIDTH = re.compile(r"(?<![\w-])width:\s*([\d.]+)pt")
_INNER = "[not(ancestor::*[local-name()='Fallback' or local-name()='txbxContent'])]"
_PICTURES = f".//*[local-name()='pic']{_INNER} | .//*[local-name()='imagedata']{_INNER}/.."
_FRAME, _OVERHANG = 492, 60  # points: the frame of a page, and how far a chart may reach over it
_EMU = 635  # English Metric Units in a twentieth of a point
_SVG = MEDIA_TYPES[".svg"]
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_VIEW_BOX = re.compile(rb"viewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
_DEFAULT_RATIO = 0.6
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
# A white pixel, for versions of Word before 2016, which cannot show SVG.
_BLANK = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63f80f000101010020ee2b0b0000000049454e44ae426082"
)


def find_picture(drawing: Any, files: Mapping[str, tuple[str, bytes]]) -> EmbeddedPicture | None:
    """Return the picture in a `drawing` or `pict`, None if it has none of the `files`, which are keyed by relation.

    Of several it is the last: Word puts an SVG after the PNG that older versions show.
    """
    keys = drawing.xpath(".//*[local-name()='svgBlip' or local-name()='blip']/@*[local-name()='embed']")
    keys += drawing.xpath(".//*[local-name()='imagedata']/@*[local-name()='id']")
    if not keys or keys[-1] not in files:
        return None
    return EmbeddedPicture(*files[keys[-1]], alternative_of(drawing), width_of(drawing), kind_of(drawing))


def find_pictures(drawing: Any, files: Mapping[str, tuple[str, bytes]]) -> list[EmbeddedPicture]:
    """Return all pictures in a drawing, without those in its text boxes: a group or a canvas may have several."""
    parts = drawing.xpath(_PICTURES)
    if len(parts) < 2 and not drawing.xpath(".//*[local-name()='txbxContent']"):
        parts = [drawing]
    return [picture for part in parts if (picture := find_picture(part, files))]


def draw_chart(drawing: Any, root: Any, theme: Theme) -> tuple[list[EmbeddedPicture], str]:
    """Return the chart in a drawing, drawn from the values in its part, and what of it is lost."""
    extent = drawing.xpath(".//*[local-name()='extent'][1]")
    size = [int(extent[0].get(side, 0)) / _EMU / 20 if extent else 0 for side in ("cx", "cy")]
    if _FRAME < size[0] < _FRAME + _OVERHANG:  # drawn again within the frame, as high as it is
        size[0] = _FRAME
    chart = read_chart(root, size[0] or TEXT_WIDTH / 20, size[1] or TEXT_WIDTH / 40, theme)
    if chart is None:
        return [], "a chart without values"
    words = alternative_of(drawing)
    width = round(size[0])
    picture = EmbeddedPicture("chart.svg", chart.drawing, words, width, FigureKind.CHART, chart.words)
    return [picture], chart.lost


def alternative_of(drawing: Any) -> str:
    """Return the alternative text of a drawing, empty if it has none."""
    words = drawing.xpath(".//*[local-name()='docPr']/@descr | .//*[local-name()='shape']/@alt")
    return str(words[0]) if words else ""


def width_of(drawing: Any) -> int:
    """Return the width of a drawing in points, 0 if it is as wide as the text or unknown."""
    extents = drawing.xpath(".//*[local-name()='extent']/@cx")
    styles = [_SHAPE_WIDTH.search(style) for style in drawing.xpath(".//*[local-name()='shape']/@style")]
    if not extents:
        return round(float(styles[0][1])) if styles and styles[0] else 0
    return 0 if int(extents[0]) == TEXT_WIDTH * _EMU else round(int(extents[0]) / _EMU / 20)


def kind_of(drawing: Any) -> FigureKind:
    """Return the kind of a figure by the name that Masthead gives to its drawing."""
    names = (str(name).partition(" ")[0].lower() for name in drawing.xpath(".//*[local-name()='docPr']/@name"))
    return next((FigureKind(name) for name in names if name in tuple(FigureKind)), FigureKind.PICTURE)


def draw(figure: Figure, words: str, number: int, width: int, keep: Callable[[bytes, str], str]) -> Any:
    """Return a run with the picture of `figure`, `width` twentieths of a point wide, with `words` as alternative text.

    `number` distinguishes it from others. `keep` stores a file with its media type and returns the key of its relation.
    """
    if figure.media_type == _SVG:
        vector = element("asvg:svgBlip", r_embed=keep(figure.picture, _SVG))
        blip = element("a:blip", element("a:extLst", element("a:ext", vector, uri=_SVG_EXTENSION)))
        blip.set(qn("r:embed"), keep(_BLANK, "image/png"))
    else:
        blip = element("a:blip", r_embed=keep(figure.picture, figure.media_type))
    named = {"id": str(number), "name": f"{figure.kind.capitalize()} {number}"}
    size = {"cx": str(width * _EMU), "cy": str(round(width * _EMU * _ratio(figure)))}
    properties = element("pic:nvPicPr", element("pic:cNvPr", **named), element("pic:cNvPicPr"))
    fill = element("pic:blipFill", blip, element("a:stretch", element("a:fillRect")))
    frame = element("a:xfrm", element("a:off", x="0", y="0"), element("a:ext", **size))
    shape = element("pic:spPr", frame, element("a:prstGeom", element("a:avLst"), prst="rect"))
    picture = element("pic:pic", properties, fill, shape)
    graphic = element("a:graphic", element("a:graphicData", picture, uri=picture.nsmap["pic"]))
    extent, described = element("wp:extent", **size), element("wp:docPr", **named, descr=words)
    margins = {f"dist{side}": "0" for side in "TBLR"}
    return run(w("drawing", element("wp:inline", extent, described, graphic, **margins)))


def _ratio(figure: Figure) -> float:
    """Return the height of a picture divided by its width, a default if the file does not state them."""
    if figure.media_type == _SVG:
        box = _VIEW_BOX.search(figure.picture)
        with suppress(ValueError, ZeroDivisionError):
            return float(box[2]) / float(box[1]) if box else _DEFAULT_RATIO
    else:
        errors = (OSError, SyntaxError, ValueError, ZeroDivisionError, *_BOMBS)
        with suppress(*errors), Image.open(BytesIO(figure.picture)) as image:
            return image.height / image.width
    return _DEFAULT_RATIO
