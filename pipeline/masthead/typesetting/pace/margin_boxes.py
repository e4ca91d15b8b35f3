"""Margin boxes that a page does not have are not made.

A page has places for sixteen margin boxes. WeasyPrint makes all of them for each page, with style and spacing, and then
drops those that have no content: usually ten or more. For each of the others it makes a deep copy of the state of the
counters, which are lists of numbers.
"""

from __future__ import annotations

from typing import Any

from masthead.typesetting.engine.patching import patched, replace
from masthead.typesetting.engine.weasyprint.layout import page as pages

_EMPTY = ("normal", "inhibit", "none")  # values of `content`


def has_content(context: Any, page: Any, name: str) -> bool:
    """Whether the style of a page has content for a margin box."""
    style = context.style_for(page.page_type, name)
    return style is not None and style["content"] not in _EMPTY


def copied(state: Any) -> tuple[Any, ...]:
    """Return a copy of the depth of quotes, the values and the scopes of counters; groups of pages are not changed."""
    depth, values, scopes, groups = state
    return [*depth], {name: [*each] for name, each in values.items()}, [*map(set, scopes)], groups


_SIDES = (
    "        side_boxes = [\n",
    """        if not any(
                _has_content(context, page, f'@{prefix}-{suffix}')
                for suffix in suffixes):
            continue
        side_boxes = [
""",
)
_CORNERS = (
    "        box = make_box(at_keyword, (cb_width, cb_height))\n",
    """        if not _has_content(context, page, at_keyword):
            continue
        box = make_box(at_keyword, (cb_width, cb_height))
""",
)
_STATE = ("copy.deepcopy(state)", "_copied(state)")


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    pages._has_content, pages._copied = has_content, copied
    stock = pages.make_margin_boxes
    replace(stock, patched(pages, stock.__name__, _SIDES, _CORNERS, _STATE))
