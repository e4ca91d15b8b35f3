"""Styles of pseudo-elements, made only when they are used.

The style sheet of WeasyPrint has rules for the marker, call and callback of notes that match any element, so each
element of a document gets seven styles of which one is used. A style with an anchor is made at once, since it may be
the target of a link.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from masthead.typesetting.engine.weasyprint import css


class LazyStyles(dict[Any, Any]):
    """Styles by element and pseudo-element. `waiting` has functions that make the others."""

    def __init__(self, made: dict[Any, Any]) -> None:
        super().__init__(made)
        self.waiting: dict[Any, Callable[[], Any]] = {}

    def get(self, key: Any, default: Any = None) -> Any:
        if key in self.waiting:
            self[key] = self.waiting.pop(key)()
        return super().get(key, default)


def set_computed_styles(
    style_for: Any,
    element: Any,
    parent: Any,
    root: Any = None,
    pseudo_type: str | None = None,
    base_url: str | None = None,
    target_collector: Any = None,
) -> None:
    """Make the style of an element; that of a pseudo-element is made later."""
    cascaded = style_for.get_cascaded_styles().get((element, pseudo_type), {})
    if pseudo_type is None or "anchor" in cascaded:
        _stock_set_computed_styles(style_for, element, parent, root, pseudo_type, base_url, target_collector)
        return
    styles = style_for.get_computed_styles()
    if styles.__class__ is not LazyStyles:
        styles = style_for._computed_styles = LazyStyles(styles)
    above, top = styles[parent, None], styles[root, None]
    arguments = above, cascaded, pseudo_type, top, base_url, style_for.font_config, style_for.initial_page_sizes
    styles.waiting[element, pseudo_type] = partial(_make, *arguments, asked=target_collector is not None)


def _make(*arguments: Any, asked: bool) -> Any:
    style = css.ComputedStyle(*arguments)
    if asked:
        style["anchor"]  # WeasyPrint asks for it at once, and takes a style without any value for none
    return style


_stock_set_computed_styles: Callable[..., None] = css.StyleFor.set_computed_styles


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    css.StyleFor.set_computed_styles = set_computed_styles
