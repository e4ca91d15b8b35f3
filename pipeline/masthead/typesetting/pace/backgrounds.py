"""Boxes without background, border and outline are recognized by their style: most have none.

WeasyPrint examines the images, colours, shadows, four corners and four sides of each box on each page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint.draw import border
from masthead.typesetting.engine.weasyprint.draw.color import get_color
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.layout import background

_RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_NOTHING = {"background": None, **dict.fromkeys(_RADII, (0, 0))}


def layout_box_backgrounds(
    page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Lay out the backgrounds of `box` and of its descendants."""
    own = box.style
    try:
        bare = own.pace_bare
    except AttributeError:
        bare = own.pace_bare = _is_bare(own)
    if not bare or box is page or style is not None:
        _stock_layout_box_backgrounds(page, box, get_image_from_uri, layout_children, style)
        return
    vars(getattr(box, "_box", box)).update(_NOTHING)  # WeasyPrint wraps an absolutely positioned box in a placeholder
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)


def draw_border(stream: Any, box: Any) -> None:
    """Draw the borders of a box, if it has one, and the rules between its columns."""
    style = box.style
    try:
        plain = style.pace_has_no_rules
    except AttributeError:
        images, columns = style["border_image_source"][0], (style["column_width"], style["column_count"])
        plain = style.pace_has_no_rules = images == "none" and columns == ("auto", "auto")
    sides = box.border_top_width or box.border_right_width or box.border_bottom_width or box.border_left_width
    if sides or not plain:
        _stock_draw_border(stream, box)


def draw_outline(stream: Any, box: Any) -> None:
    """Draw the outlines of a box and of those in it."""
    if box.style["outline_width"]:
        _stock_draw_outline(stream, box)
        return
    for child in box.children:
        if isinstance(child, boxes.Box):
            draw_outline(stream, child)


def _is_bare(style: Any) -> bool:
    """Whether a box of the style has no background: the same for all styles of a class (see `pace.styles`)."""
    shared = getattr(style, "pace_class", None)
    if shared is None:
        return _shows_nothing(style)
    if shared.is_bare is None:
        shared.is_bare = _shows_nothing(style)
    return bool(shared.is_bare)


def _shows_nothing(style: Any) -> bool:
    return (
        style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
        and style["visibility"] != "hidden"
        and all(kind == "none" for kind, _ in style["background_image"])
        and get_color(style, "background_color").alpha == 0
        and not style["box_shadow"]
        and all((0, "px") in style[radius] for radius in _RADII)
    )


_stock_layout_box_backgrounds: Callable[..., None] = background.layout_box_backgrounds
_stock_draw_border: Callable[[Any, Any], None] = border.draw_border
_stock_draw_outline: Callable[[Any, Any], None] = border.draw_outline


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    replace(background.layout_box_backgrounds, layout_box_backgrounds)
    replace(border.draw_border, draw_border)
    replace(border.draw_outline, draw_outline)
