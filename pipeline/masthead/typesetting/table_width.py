"""Check that no table is wider than its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from masthead.document import TypesettingError
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.ledger import descendants

_POINTS = 0.75  # WeasyPrint's unit is the CSS pixel
_SLACK = 1.0  # px


def check_table_width(pages: Sequence[Any]) -> None:
    """Raise TypesettingError where a table extends beyond the text area of its page.

    `pages` are laid out by WeasyPrint. A table does so when no line break can make its columns narrow enough.
    """
    for number, page in enumerate(pages, 1):
        area = page._page_box
        left, right = area.content_box_x(), area.content_box_x() + area.width
        for box in (each for each in descendants(area) if isinstance(each, boxes.TableBox)):
            over = max(left - box.border_box_x(), box.border_box_x() + box.border_width() - right)
            if over > _SLACK:
                first = next((each.text for each in descendants(box) if isinstance(each, boxes.TextBox)), "")
                message = f"a table is {over * _POINTS:.0f} pt wider than the page"
                hint = "remove columns, divide the table, or shorten its longest words"
                raise TypesettingError(message, where=f"page {number}, “{first[:40]}”", hint=hint)
