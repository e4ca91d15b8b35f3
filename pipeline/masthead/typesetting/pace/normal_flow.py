"""Whether a box is in normal flow: two properties decide that in the common case.

WeasyPrint looks up six properties for it, several thousand times a page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masthead.typesetting.engine.weasyprint.formatting_structure.boxes import Box


def is_in_normal_flow(box: Any) -> bool:
    """Return whether a box is in normal flow."""
    style = box.style
    return (style["float"] == "none" and style["position"] in ("static", "relative")) or _stock_is_in_normal_flow(box)


_stock_is_in_normal_flow: Callable[[Any], bool] = Box.is_in_normal_flow


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    Box.is_in_normal_flow = is_in_normal_flow
