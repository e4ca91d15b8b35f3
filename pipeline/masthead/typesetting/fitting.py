"""Check that the layout fits: each text on its page, and each table between the margins.

In a document that keeps the page ends of its printed original, every page must hold the text that its forced page break
gives it. Where the text does not fit, WeasyPrint inserts another page; here that is an error that says how much text is
too much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from masthead.document import TypesettingError
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.ledger import descendants

_POINTS = 0.75  # WeasyPrint's unit is the CSS pixel
_SLACK = 1.0  # px
_FEW = 2


def check_printed_pages(pages: Sequence[Any]) -> None:
    """Raise TypesettingError where the text of one of `pages`, laid out by WeasyPrint, does not fit on it.

    Every page but the last must have a block after which a page break is forced.
    """
    forced = [[box for box in _blocks(page._page_box) if box.style["break_after"] == "page"] for page in pages]
    for number, (page, here, then) in enumerate(zip(pages, forced, [*forced[1:], []], strict=True), 1):
        # A block that continues on the next page has a box on both pages.
        ended = {box.element for box in here} - {box.element for box in then}
        if ended or number == len(pages):
            continue
        following = pages[number]._page_box
        lowest = max(box.position_y + box.height for box in then or _blocks(following)) - following.content_box_y()
        excess = f"{lowest * _POINTS:.1f} pt of it, {round(lowest / _line_height(page._page_box))} lines, run over"
        message = f"the text of printed page {number} does not fit: {excess}"
        raise TypesettingError(message, where=f"page {number}", hint="use a smaller font, or `pagination: flow`")


def contents_run_over(pages: Sequence[Any]) -> bool:
    """Return whether the last entries of the contents on page one, one or two, are alone on page two."""
    if len(pages) < 2:
        return False
    here, then = (
        [box for box in _blocks(page._page_box) if "contents" in str(box.element.get("class")).split()]
        for page in pages[:2]
    )
    return bool(here and then) and len(then[0].children) <= _FEW


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


def _blocks(box: Any) -> Iterator[Any]:
    """Yield the block boxes of a page's text, without those of its notes and margins."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)  # WeasyPrint wraps an absolutely positioned box in a placeholder
        if isinstance(child, boxes.BlockBox) and not isinstance(child, boxes.FootnoteAreaBox):
            yield child
            yield from _blocks(child)


def _line_height(box: Any) -> float:
    """Return the most frequent line height on the page."""
    heights = [line.height for block in _blocks(box) for line in block.children if isinstance(line, boxes.LineBox)]
    return float(max(set(heights), key=heights.count))
