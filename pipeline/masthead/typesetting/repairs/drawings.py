"""Words in drawings, each drawn as a whole.

WeasyPrint draws the text of SVG letter by letter, which leaves Arabic letters unjoined and in the wrong order, and
Latin ones without kerning. Here a text is one line unless the drawing itself places its letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unicodedata import bidirectional

from masthead.typesetting.engine.weasyprint import svg

_PLACES = ("x", "y", "dx", "dy", "rotate")
_SPACING = ("letter-spacing", "textLength")


class _Whole(str):
    """A text that is one letter to those who go through it."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def text(drawing: Any, node: Any, font_size: float) -> None:
    """Draw a text of a drawing."""
    is_placed = any(len(node.get(name, "").replace(",", " ").split()) > 1 for name in _PLACES)
    if node.text and not isinstance(node.text, _Whole) and not is_placed and not any(map(node.get, _SPACING)):
        strong = (kind for kind in map(bidirectional, node.text) if kind in ("L", "R", "AL"))
        # An isolate, because the attribute `direction` would also turn round what `text-anchor` means.
        node._etree_node.text = _Whole(node.text if next(strong, "L") == "L" else f"\u2067{node.text}\u2069")
    _stock_text(drawing, node, font_size)


_stock_text: Callable[[Any, Any, float], None] = svg.TAGS["text"]


def apply() -> None:
    """Put the repair into WeasyPrint."""
    svg.text = svg.TAGS["text"] = svg.TAGS["tspan"] = svg.TAGS["textPath"] = text
