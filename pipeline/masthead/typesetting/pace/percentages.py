"""The used lengths of boxes, computed once for each style without percentages.

WeasyPrint resolves eighteen properties of every box, each time that the box is laid out.
"""

from __future__ import annotations

from typing import Any

from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint.css.properties import Dimension
from masthead.typesetting.engine.weasyprint.layout import percent

_LENGTHS = (
    *("margin_left", "margin_right", "margin_top", "margin_bottom"),
    *("padding_left", "padding_right", "padding_top", "padding_bottom"),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
USED = (*_LENGTHS, *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")))


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the used lengths as attributes of `box`."""
    known = lengths(box.style)
    if known is None:
        _stock_resolve_percentages(box, containing_block)
    elif known:
        box.__dict__.update(known)
    else:
        _stock_resolve_percentages(box, containing_block)
        known.update((name, box.__dict__[name]) for name in USED)


def lengths(style: Any) -> Any:
    """Return the used lengths of a style: empty until a box is laid out, None if they depend on percentages."""
    try:
        return style.pace_lengths
    except AttributeError:
        style.pace_lengths = _lengths(style)
        return style.pace_lengths


def _lengths(style: Any) -> dict[str, Any] | None:
    """Return where the lengths of a style are kept: with its class (see `pace.styles`) if it has one."""
    shared = getattr(style, "pace_class", None)
    if shared is None:
        return {} if _is_absolute(style) else None
    if shared.lengths is ...:
        shared.lengths = {} if _is_absolute(style) else None
    return shared.lengths  # type: ignore[no-any-return]


def _is_absolute(style: Any) -> bool:
    """Whether the used lengths are the same for every box of the style, wherever it is."""
    if style["border_collapse"] == "collapse":
        return False
    values = (style[name] for name in _LENGTHS)
    return all(value == "auto" or (isinstance(value, Dimension) and value.unit != "%") for value in values)


_stock_resolve_percentages = percent.resolve_percentages


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    replace(percent.resolve_percentages, resolve_percentages)
