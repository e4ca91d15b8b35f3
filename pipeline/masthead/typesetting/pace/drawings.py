"""Drawings drawn once: the operators of an SVG of plain shapes, by its source, size, and the colours in force.

The emblem and the rules above notes and below heads are those of every page and document. What differs in each, the bar
code and the QR code, are paths of straight lines, which are written without asking what WeasyPrint asks of curves,
units and markers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pydyf
from weasyprint import svg
from weasyprint.images import SVGImage

from masthead.typesetting.pace.memory import Memory
from masthead.typesetting.pace.sheets import overheard
from masthead.typesetting.repairs.replacing import Repair, Replacement


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

_known: Memory[tuple[list[bytes], dict[str, Any]]] = Memory(16 * 2**20)


def begin(image: Any, tree: Any, *arguments: Any) -> None:
    """Begin an image, and note its source; nothing where there is more in it than plain shapes."""
    _begin(image, tree, *arguments)
    image.pace_source = None
    if all(map(_is_plain, tree.iter())):
        image.pace_source = ElementTree.tostring(tree)
        image._context = None  # which it has no use for: see `masthead.typesetting.pace.reference_cycles`


def _is_plain(element: Any) -> bool:
    plain = element.tag.removeprefix(_SVG) in _SHAPES and _ATTRIBUTES.issuperset(element.attrib)
    return plain and not any("url(" in value for value in element.attrib.values())


def draw(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
    """Draw an image on a stream."""
    if image.pace_source is None:
        _draw(image, stream, width, height, style)
        return
    colours = stream._current_color, stream._current_color_stroke
    key = image.pace_source, width, height, colours, stream._current_alpha, stream._current_alpha_stroke
    kept, states, first = _known.get(key), stream._resources["ExtGState"], len(stream.stream)
    if kept is None:
        with overheard() as remarks:
            _draw(image, stream, width, height, style)
        if not remarks:  # what WeasyPrint has to say of an image, it says for each document
            written = stream.stream[first:]
            used = {found[1].decode(): None for each in written if (found := _STATE.fullmatch(each))}
            kept = written, {name: dict(states[name]) for name in used}
            _known.keep(key, kept, 2 * len(image.pace_source) + 60 * len(written) + 1000)
        return
    written, used = kept
    for name, values in used.items():
        if name not in states:
            states[name] = pydyf.Dictionary(values)
    stream.push_state()
    stream.pop_state()  # leaves the colours open, as at the end of the drawing
    stream.stream += written


def path(drawing: Any, node: Any, font_size: float) -> None:
    """Draw a path; one of straight lines and numbers alone in short."""
    steps = node.get("d", "")
    if not _STRAIGHT.fullmatch(steps) or any(name.startswith("marker") for name in node.attrib):
        _path(drawing, node, font_size)
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


_begin: Callable[..., None] = SVGImage.__init__
_draw: Callable[..., None] = SVGImage.draw
_path: Callable[..., None] = svg.TAGS["path"]

PACE = Repair(
    "drawings",
    lambda: (
        Replacement(SVGImage, "__init__", begin),
        Replacement(SVGImage, "draw", draw),
        Replacement(svg, "TAGS", svg.TAGS | {"path": path}),
    ),
)
