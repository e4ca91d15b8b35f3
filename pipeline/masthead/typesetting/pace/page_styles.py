"""The declarations of a page's style are gathered once for all pages that the same page rules match.

WeasyPrint gathers them for each page, and for each of its margin boxes, since a page's type has its number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masthead.typesetting.engine.weasyprint.css import StyleFor

_ASPECTS = ("side", "blank", "first", "index", "name")


def aspects_of_rules(style_for: Any) -> frozenset[str]:
    """Return on what of a page the page rules depend."""
    try:
        return style_for.pace_aspects  # type: ignore[no-any-return]
    except AttributeError:
        rules = (rule for sheet, *_ in style_for._sheets for rule in sheet.page_rules)
        types = [kind for _, selectors, _ in rules for *_, kind in selectors]
        style_for.pace_aspects = frozenset(
            name for name in _ASPECTS if any(getattr(kind, name) is not None for kind in types)
        )
        return style_for.pace_aspects  # type: ignore[no-any-return]


def add_page_declarations(style_for: Any, page_type: Any) -> None:
    """Add the declarations for a type of page and its margin boxes to the cascaded styles."""
    aspects, cascaded = aspects_of_rules(style_for), style_for.get_cascaded_styles()
    if "index" in aspects:
        _stock_add_page_declarations(style_for, page_type)
        return
    values = {"side": page_type.side, "blank": page_type.blank, "first": page_type.index == 0, "name": page_type.name}
    key = tuple(value for name, value in values.items() if name in aspects)
    known: dict[Any, dict[str | None, Any]] = style_for.__dict__.setdefault("pace_pages", {})
    if key not in known:
        _stock_add_page_declarations(style_for, page_type)
        known[key] = {part: dict(style) for (kind, part), style in cascaded.items() if kind == page_type}
        return
    for part, style in known[key].items():
        cascaded[page_type, part] = dict(style)


_stock_add_page_declarations: Callable[[Any, Any], None] = StyleFor.add_page_declarations


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    StyleFor.add_page_declarations = add_page_declarations
