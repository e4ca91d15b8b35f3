"""The PDF operators of simple SVG images, cached by source, size, and the current colours.

The emblem and the rules above notes and below headings are the same on every page and in every document. The bar code
and the QR code differ in each document; they are paths of straight lines, which are written here without what
WeasyPrint does for curves, units and markers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import masthead.typesetting.engine.pydyf as pydyf
from masthead.typesetting.engine import log
from masthead.typesetting.engine.weasyprint import svg
from masthead.typesetting.engine.weasyprint.images import SVGImage
from masthead.typesetting.memory import Memory


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = _names("svg g path circle ellipse line rect polygon polyline title desc")
_ATTRIBUTES = _names(
    "viewBox width height preserveAspectRatio class id role version transform d points x y x1 y1 x2 y2 cx cy r rx ry"
    " fill fill-rule stroke stroke-width stroke-linecap stroke-linejoin"
)
_NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"
_STEP = re.compile(rf"([Mm]) ?({_NUMBER})[ ,]({_NUMBER}) ?|([HhVv]) ?({_NUMBER}) ?|([Zz]) ?")
_STRAIGHT = re.compile(rf"(?=[Mm])(?:{_STEP.pattern})*")
_STATE = re.compile(rb"/(\S+) gs")

_cache: Memory[tuple[list[bytes], dict[str, Any]]] = Memory(16 * 2**20)


def init(image: Any, tree: Any, *arguments: Any) -> None:
    """Initialize an image, and note its source if it consists of simple shapes only."""
    _stock_init(image, tree, *arguments)
    image.pace_source = None
    if all(map(_is_plain, tree.iter())):
        image.pace_source = ElementTree.tostring(tree)
        image._context = None  # not needed for simple shapes, and a reference cycle (see `reference_cycles`)


def _is_plain(element: Any) -> bool:
    plain = element.tag.removeprefix(_SVG) in _SHAPES and _ATTRIBUTES.issuperset(element.attrib)
    return plain and not any("url(" in value for value in element.attrib.values())


def draw(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
    """Draw an image, from the cache if it was drawn before."""
    if image.pace_source is None:
        _stock_draw(image, stream, width, height, style)
        return
    colours = stream._current_color, stream._current_color_stroke
    key = image.pace_source, width, height, colours, stream._current_alpha, stream._current_alpha_stroke
    kept, states, first = _cache.get(key), stream._resources["ExtGState"], len(stream.stream)
    if kept is None:
        with log.collected() as warnings:
            _stock_draw(image, stream, width, height, style)
        if not warnings:  # an image with a warning is drawn again, so that every document gets the warning
            written = stream.stream[first:]
            used = {found[1].decode(): None for each in written if (found := _STATE.fullmatch(each))}
            kept = written, {name: dict(states[name]) for name in used}
            _cache.keep(key, kept, 2 * len(image.pace_source) + 60 * len(written) + 1000)
        return
    written, used = kept
    for name, values in used.items():
        if name not in states:
            states[name] = pydyf.Dictionary(values)
    stream.push_state()
    stream.pop_state()  # makes the current colours unknown to the stream, as drawing does
    stream.stream += written


def path(drawing: Any, node: Any, font_size: float) -> None:
    """Draw a path: here if it has straight lines and plain numbers only, else by WeasyPrint."""
    steps = node.get("d", "")
    if not _STRAIGHT.fullmatch(steps) or any(name.startswith("marker") for name in node.attrib):
        _stock_path(drawing, node, font_size)
        return
    stream, x, y, first = drawing.stream, 0.0, 0.0, None
    stream.move_to(x, y)
    for move, to_x, to_y, line, to, _ in _STEP.findall(steps):
        if move:
            x, y, first = float(to_x) + (move == "m") * x, float(to_y) + (move == "m") * y, None
            stream.move_to(x, y)
        elif line:
            first = first or (x, y)
            if line in "hH":
                x = float(to) + (line == "h") * x
            else:
                y = float(to) + (line == "v") * y
            stream.line_to(x, y)
        elif first:
            stream.close()
            (x, y), first = first, None


_stock_init: Callable[..., None] = SVGImage.__init__
_stock_draw: Callable[..., None] = SVGImage.draw
_stock_path: Callable[..., None] = svg.TAGS["path"]


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    SVGImage.__init__ = init
    SVGImage.draw = draw
    svg.TAGS["path"] = path
