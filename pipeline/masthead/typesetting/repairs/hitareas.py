"""Links that can be clicked: at least as high as their letters, however small the line height is.

WeasyPrint makes a link within a line as high as its `line-height`. What must not push the lines of a paragraph apart is
set with a line height of zero: the calls of notes, and in Chinese whatever is in another font. A link there is a line
without height, which no pointer can hit.
"""

from __future__ import annotations

from typing import Any

from masthead.typesetting.engine.weasyprint.formatting_structure import boxes

_ASCENT = 0.8  # of the font size: roughly what letters rise above their baseline, in every font of the project

_stock_hit_area = boxes.InlineBox.hit_area


def hit_area(box: Any) -> tuple[float, float, float, float]:
    """Return where a box can be clicked: left, top, width, height in px; the height is at least the font size."""
    left, top, width, height = _stock_hit_area(box)
    size = box.style["font_size"]
    if height >= size:
        return left, top, width, height
    return left, box.position_y + box.baseline - _ASCENT * size, width, size


def apply() -> None:
    """Put the repair into WeasyPrint."""
    boxes.InlineBox.hit_area = hit_area
