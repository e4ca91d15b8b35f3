"""Boxes without background, told by their style: most have none, nor a shadow or a rounded corner.

WeasyPrint looks through images, colours, shadows and four corners of each box, on each page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.draw.color import get_color
from weasyprint.layout import background

from masthead.typesetting.repairs.replacing import Repair, Replacement

_RADII = tuple(f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left"))
_NOTHING = {"background": None, **dict.fromkeys(_RADII, (0, 0))}


def layout_box_backgrounds(
    page: Any, box: Any, get_image_from_uri: Any, layout_children: bool = True, style: Any = None
) -> None:
    """Find the backgrounds of `box` and of what is in it."""
    own = box.style
    try:
        bare = own.pace_bare
    except AttributeError:
        bare = own.pace_bare = _is_bare(own)
    if not bare or box is page or style is not None:
        _stock(page, box, get_image_from_uri, layout_children, style)
        return
    vars(getattr(box, "_box", box)).update(_NOTHING)  # itself, or what keeps the place of one positioned absolutely
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)


def _is_bare(style: Any) -> bool:
    return (
        style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
        and style["visibility"] != "hidden"
        and all(kind == "none" for kind, _ in style["background_image"])
        and get_color(style, "background_color").alpha == 0
        and not style["box_shadow"]
        and all((0, "px") in style[radius] for radius in _RADII)
    )


_stock: Callable[..., None] = background.layout_box_backgrounds

PACE = Repair("backgrounds", lambda: (Replacement(background, "layout_box_backgrounds", layout_box_backgrounds),))
