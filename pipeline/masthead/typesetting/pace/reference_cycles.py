"""No reference cycles in a document, so that it is freed at once and not by the garbage collector.

WeasyPrint's layout context has a function that refers to the context; the note area of a page refers to the page; an
image refers to the context (see `pace.drawings`). Each of them keeps all boxes and styles of the document alive. An SVG
drawing refers to the stream it was drawn to, and so to all fonts of the file. The style of an anonymous box refers to
itself, since its specified values are the computed ones, and to that of its parent, which refers to it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from typing import Any

from masthead.typesetting.engine.weasyprint.css import AnonymousStyle, InitialStyle, Style
from masthead.typesetting.engine.weasyprint.formatting_structure.boxes import FootnoteAreaBox
from masthead.typesetting.engine.weasyprint.layout import LayoutContext
from masthead.typesetting.engine.weasyprint.svg import SVG


def get_image(context: Any) -> Any:
    """Return the function that loads an image for a layout context."""
    return partial(context.pace_get_image, context=context)


def set_image(context: Any, function: Any) -> None:
    """Store that function without its context."""
    keywords = {name: value for name, value in function.keywords.items() if name != "context"}
    context.pace_get_image = partial(function.func, *function.args, **keywords)


def get_page(area: Any) -> Any:
    """Return the page of a note area, as long as the page exists."""
    return area.pace_page()


def set_page(area: Any, page: Any) -> None:
    """Store the page of a note area."""
    area.pace_page = weakref.ref(page)


def get_specified(style: Any) -> Any:
    """Return the specified values of a style that has no others than its computed ones."""
    return style


def set_specified(style: Any, specified: Any) -> None:
    """Store nothing: these values are the style itself."""


def anonymous_style(parent: Any) -> Any:
    """Return the style of the anonymous boxes in a box, the same as long as one of them exists."""
    kept = parent.__dict__.get("pace_anonymous")
    style = kept() if kept else None
    if style is None:
        style = AnonymousStyle(parent)
        parent.pace_anonymous = weakref.ref(style)
    return style


def draw_svg(drawing: Any, *arguments: Any) -> None:
    """Draw an SVG image, and forget the stream that it is drawn to."""
    _stock_draw_svg(drawing, *arguments)
    drawing.stream = None


_stock_draw_svg: Callable[..., None] = SVG.draw


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    SVG.draw = draw_svg
    Style.anonymous_style = property(anonymous_style)
    AnonymousStyle.specified = InitialStyle.specified = property(get_specified, set_specified)
    LayoutContext.get_image_from_uri = property(get_image, set_image)
    FootnoteAreaBox.page = property(get_page, set_page)
