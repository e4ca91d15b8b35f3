"""Documents freed when they are done with: what refers to itself in a circle waits for the collector.

WeasyPrint's context has a function that has the context; the area of a page's notes has the page; a drawing has the
context (see `masthead.typesetting.pace.drawings`). All boxes and styles of a document hang on them.
"""

from __future__ import annotations

import weakref
from functools import partial
from typing import Any

from weasyprint.formatting_structure.boxes import FootnoteAreaBox
from weasyprint.layout import LayoutContext

from masthead.typesetting.repairs.replacing import Repair, Replacement


def get_image(context: Any) -> Any:
    """Return the function that gets an image for a context."""
    return partial(context.pace_get_image, context=context)


def set_image(context: Any, function: Any) -> None:
    """Keep such a function without its context."""
    keywords = {name: value for name, value in function.keywords.items() if name != "context"}
    context.pace_get_image = partial(function.func, *function.args, **keywords)


def get_page(area: Any) -> Any:
    """Return the page of an area of notes, as long as there is one."""
    return area.pace_page()


def set_page(area: Any, page: Any) -> None:
    """Note the page of an area."""
    area.pace_page = weakref.ref(page)


PACE = Repair(
    "circles",
    lambda: (
        Replacement(LayoutContext, "get_image_from_uri", property(get_image, set_image)),
        Replacement(FootnoteAreaBox, "page", property(get_page, set_page)),
    ),
)
