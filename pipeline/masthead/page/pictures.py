"""Pictures in HTML: their addresses, and pictures in cells."""

from __future__ import annotations

from base64 import b64encode

from markupsafe import Markup

from masthead.document import TemplateError, model
from masthead.page.svg import in_own_fonts

_SVG = "image/svg+xml"
_MEDIA_TYPES = (_SVG, "image/png", "image/jpeg")


def data_address(figure: model.Figure) -> str:
    """Return the data address of a picture. Raises TemplateError if it cannot be shown or has no alternative text."""
    where = f"figure “{model.plain(figure.caption.title)}”"
    if figure.media_type not in _MEDIA_TYPES or not figure.alternative.strip():
        lacks_text = not figure.alternative.strip()
        raise TemplateError(
            "the figure has no alternative text" if lacks_text else f"unsupported picture: {figure.media_type}",
            where=where,
            hint="add a description of the picture" if lacks_text else f"use {', '.join(_MEDIA_TYPES)}",
        )
    picture = in_own_fonts(figure.picture, where) if figure.media_type == _SVG else figure.picture
    return f"data:{figure.media_type};base64,{b64encode(picture).decode()}"


def cell_picture(figure: model.Figure) -> Markup:
    """Return the HTML of a picture in a cell."""
    style = f"width: {figure.width}pt" if figure.width else ""
    element = Markup('<img class="cell-picture" src="{}" alt="{}" style="{}">')
    return element.format(data_address(figure), figure.alternative, style)
