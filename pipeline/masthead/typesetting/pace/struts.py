"""The strut of a style (its line height and baseline) kept with the style, or its class (`pace.styles`).

WeasyPrint keeps it by a key of fourteen properties turned into text, for every box anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.css import computed_values, units
from weasyprint.layout import inline
from weasyprint.text import line_break

from masthead.typesetting.repairs.replacing import Repair, Replacement


def strut(style: Any) -> tuple[float, float]:
    """Return WeasyPrint's answer, asked for once."""
    try:
        return style.pace_strut  # type: ignore[no-any-return]
    except AttributeError:
        shared = getattr(style, "pace_class", None)
        found = (shared and shared.strut) or _stock(style)
        if shared is not None:
            shared.strut = found
        style.pace_strut = found
        return found


_stock: Callable[[Any], tuple[float, float]] = line_break.strut

PACE = Repair(
    "struts",
    lambda: tuple(Replacement(each, "strut", strut) for each in (line_break, inline, units, computed_values)),
)
