"""The strut of a style (its line height and baseline), kept with the style or its class (`pace.styles`).

WeasyPrint caches it by a key of fourteen properties, which it builds again for every box.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint.text import line_break


def strut(style: Any) -> tuple[float, float]:
    """Return WeasyPrint's result, computed once for each style class."""
    try:
        return style.pace_strut  # type: ignore[no-any-return]
    except AttributeError:
        shared = getattr(style, "pace_class", None)
        found = (shared and shared.strut) or _stock_strut(style)
        if shared is not None:
            shared.strut = found
        style.pace_strut = found
        return found


_stock_strut: Callable[[Any], tuple[float, float]] = line_break.strut


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    replace(line_break.strut, strut)
