"""Used lengths of a box found once for each style that has no percentage.

WeasyPrint resolves eighteen properties for every box, each time that it is laid out.
"""

from __future__ import annotations

import sys
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.layout import percent

from masthead.typesetting.repairs.replacing import Repair, Replacement

_LENGTHS = (
    *("margin_left", "margin_right", "margin_top", "margin_bottom"),
    *("padding_left", "padding_right", "padding_top", "padding_bottom"),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)
USED = (*_LENGTHS, *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")))


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Set the used values as attributes of `box`."""
    known = lengths(box.style)
    if known is None:
        _stock(box, containing_block)
    elif known:
        box.__dict__.update(known)
    else:
        _stock(box, containing_block)
        known.update((name, box.__dict__[name]) for name in USED)


def lengths(style: Any) -> Any:
    """The used lengths of a style, empty until a box is laid out; None where they depend on percentages."""
    try:
        return style.pace_lengths
    except AttributeError:
        style.pace_lengths = _lengths(style)
        return style.pace_lengths


def _lengths(style: Any) -> dict[str, Any] | None:
    """Where to keep the lengths of a style: with its class, see `masthead.typesetting.pace.styles`, if it has one."""
    shared = getattr(style, "pace_class", None)
    if shared is None:
        return {} if _is_absolute(style) else None
    if shared.lengths is ...:
        shared.lengths = {} if _is_absolute(style) else None
    return shared.lengths  # type: ignore[no-any-return]


def _is_absolute(style: Any) -> bool:
    """A maximum height of a box in one of unknown height is another matter: it is then infinite by itself."""
    values = (style[name] for name in _LENGTHS)
    return style["border_collapse"] != "collapse" and all(
        value == "auto" or (isinstance(value, Dimension) and value.unit != "%") for value in values
    )


_stock = percent.resolve_percentages


def _users() -> list[Any]:
    """The modules of WeasyPrint that took the function by its name."""
    modules = [module for name, module in sys.modules.items() if name.startswith("weasyprint")]
    return [module for module in modules if vars(module).get("resolve_percentages") in (_stock, resolve_percentages)]


PACE = Repair(
    "percentages",
    lambda: tuple(Replacement(each, "resolve_percentages", resolve_percentages) for each in _users()),
)
