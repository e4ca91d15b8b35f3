"""Whether each table is as wide as its page allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from masthead.document import TypesettingError
from masthead.typesetting.ledger import below

_POINTS = 0.75  # WeasyPrint's unit is the CSS pixel
_SLACK = 1.0


def check_breadth(pages: Sequence[Any]) -> None:
    """Raise TypesettingError where a table of one of `pages`, laid out by WeasyPrint, leaves the page's text area.

    A table is wider than its page when no line break makes its columns narrow enough.
    """
    for number, page in enumerate(pages, 1):
        area = page._page_box
        left, right = area.content_box_x(), area.content_box_x() + area.width
        for box in below(area):
            if not isinstance(box, boxes.TableBox):
                continue
            over = max(left - box.border_box_x(), box.border_box_x() + box.border_width() - right)
            if over > _SLACK:
                first = next((each.text for each in below(box) if isinstance(each, boxes.TextBox)), "")
                raise TypesettingError(
                    f"a table is {over * _POINTS:.0f} pt wider than the page",
                    where=f"page {number}, “{first[:40]}”",
                    hint="take columns out, divide the table, or shorten its longest words",
                )
