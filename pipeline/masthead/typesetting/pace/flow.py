"""Whether a box is in the flow of the text, told by two values where it is.

WeasyPrint asks six questions of a style for it, several thousand times a page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure.boxes import Box

from masthead.typesetting.repairs.replacing import Repair, Replacement


def is_in_normal_flow(box: Any) -> bool:
    """Return whether a box is in normal flow."""
    style = box.style
    return (style["float"] == "none" and style["position"] in ("static", "relative")) or _stock(box)


_stock: Callable[[Any], bool] = Box.is_in_normal_flow

PACE = Repair("flow", lambda: (Replacement(Box, "is_in_normal_flow", is_in_normal_flow),))
