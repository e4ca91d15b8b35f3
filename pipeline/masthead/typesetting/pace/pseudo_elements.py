"""Styles of pseudo-elements, made only when they are used.

The style sheet of WeasyPrint has rules for the marker, call and callback of notes that match any element, so each
element of a document gets seven styles of which one is used. A style with an anchor is made at once, since it may be
the target of a link. For each page WeasyPrint looks through the styles of all elements for those of the margin boxes;
these are looked up by their names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masthead.typesetting.engine.patching import patched, replace
from masthead.typesetting.engine.weasyprint import css
from masthead.typesetting.engine.weasyprint.layout import page


class LazyStyles(dict[Any, Any]):
    """Styles by element and pseudo-element. The others are made when they are asked for."""

    def __init__(self, made: dict[Any, Any]) -> None:
        super().__init__(made)
        self.waiting: dict[Any, tuple[Any, ...]] = {}  # what `_make` needs

    def get(self, key: Any, default: Any = None) -> Any:
        if key in self.waiting:
            self[key] = _make(*self.waiting.pop(key))
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
    # Not `style_for`, which would refer to itself by its styles.
    fonts, sizes, asked = style_for.font_config, style_for.initial_page_sizes, target_collector is not None
    styles.waiting[element, pseudo_type] = (asked, above, cascaded, pseudo_type, top, base_url, fonts, sizes)


def _make(asked: bool, *arguments: Any) -> Any:
    style = css.ComputedStyle(*arguments)
    if asked:
        style["anchor"]  # WeasyPrint asks for it at once, and takes a style without any value for none
    return style


def parts_of_pages(style_for: Any) -> tuple[str, ...]:
    """Return the names of the margin boxes and areas that the rules for pages have styles for."""
    try:
        return style_for.pace_parts  # type: ignore[no-any-return]
    except AttributeError:
        rules = (rule for sheet, *_ in style_for._sheets for rule in sheet.page_rules)
        selectors = (selector for _, selectors, _ in rules for selector in selectors)
        style_for.pace_parts = tuple(dict.fromkeys(part for _, part, _ in selectors if part))
        return style_for.pace_parts  # type: ignore[no-any-return]


_EACH_ELEMENT = """    for element, pseudo_type in style_for.get_cascaded_styles():
        if pseudo_type and element == page_type:
"""
_EACH_PART = """    for pseudo_type in _parts_of_pages(style_for):
        element = page_type
        if (element, pseudo_type) in style_for.get_cascaded_styles():
"""
_stock_set_computed_styles: Callable[..., None] = css.StyleFor.set_computed_styles


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    css.StyleFor.set_computed_styles = set_computed_styles
    page._parts_of_pages = parts_of_pages
    stock = page.set_page_type_computed_styles
    replace(stock, patched(page, stock.__name__, (_EACH_ELEMENT, _EACH_PART)))
