"""Whether each page holds the text that a forced page end gives it.

A document that keeps its printed original's page ends asks of every page to hold a given text. Where one cannot, layout
goes on to a page of surplus; that is an error that says by how much, not a page more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from masthead.document import TypesettingError

_POINTS = 0.75  # WeasyPrint's unit is the CSS pixel


def check_room(pages: Sequence[Any]) -> None:
    """Raise TypesettingError where one of `pages`, laid out by WeasyPrint, runs over its forced end.

    Every page but the last must have one block after which a page break is forced.
    """
    forced = [[box for box in _blocks(page._page_box) if box.style["break_after"] == "page"] for page in pages]
    for number, (page, here, then) in enumerate(zip(pages, forced, [*forced[1:], []], strict=True), 1):
        # A block that goes on on the next page has a part on either.
        ended = {box.element for box in here} - {box.element for box in then}
        if ended or number == len(pages):
            continue
        following = pages[number]._page_box
        lowest = max(box.position_y + box.height for box in then or _blocks(following)) - following.content_box_y()
        raise TypesettingError(
            f"the text of printed page {number} does not fit: {lowest * _POINTS:.1f} pt of it, "
            f"{round(lowest / _line_height(page._page_box))} lines, run over",
            where=f"page {number}",
            hint="set smaller, or use `pagination: flow`",
        )


def _blocks(box: Any) -> Iterator[Any]:
    """The block boxes of a page's text, those of its notes and margins left out."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)  # placeholders of what is positioned absolutely
        if isinstance(child, boxes.BlockBox) and not isinstance(child, boxes.FootnoteAreaBox):
            yield child
            yield from _blocks(child)


def _line_height(box: Any) -> float:
    """The most frequent height of a line on the page."""
    heights = [line.height for block in _blocks(box) for line in block.children if isinstance(line, boxes.LineBox)]
    return float(max(set(heights), key=heights.count))
