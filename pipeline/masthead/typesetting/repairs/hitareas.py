"""Links that can be hit: as high as their letters, where their lines are set closer.

WeasyPrint makes a link within a line as high as its `line-height`. What must not part the lines of a paragraph is set
with a line height of nothing: calls of notes, and in Chinese whatever is in another face. A link there is a stroke
that no pointer meets.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from masthead.typesetting.repairs.replacing import Repair, Replacement

_ASCENT = 0.8  # of the size: about what letters rise above their line, in every face of the project

_hit_area = boxes.InlineBox.hit_area


def hit_area(box: Any) -> tuple[float, float, float, float]:
    """Where a box can be hit: left, top, width, height in px; no lower than the size of its letters."""
    left, top, width, height = _hit_area(box)
    size = box.style["font_size"]
    if height >= size:
        return left, top, width, height
    return left, box.position_y + box.baseline - _ASCENT * size, width, size


REPAIR = Repair("hit areas", lambda: (Replacement(boxes.InlineBox, "hit_area", hit_area),))
