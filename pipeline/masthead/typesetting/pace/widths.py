"""The least width of a box is not measured where its contents fit on one line.

WeasyPrint measures both the least and the greatest width of each inline block, though only one of them matters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint.layout import preferred


def shrink_to_fit(context: Any, box: Any, available: float) -> float:
    """Return the width that the contents of a box need, as far as it is available (CSS 2.1, 10.3.5)."""
    most: float = preferred.max_content_width(context, box, outer=False)
    return most if most < available else _stock_shrink_to_fit(context, box, available)


_stock_shrink_to_fit: Callable[..., float] = preferred.shrink_to_fit


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    replace(preferred.shrink_to_fit, shrink_to_fit)
