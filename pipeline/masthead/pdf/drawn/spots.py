"""Where a piece of marked content stands on its page, and what it shows there, to tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from masthead.document import Rectangle
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.direction import reading_order
from masthead.pdf.drawn.pages import Page


def around(cells: Iterable[Character]) -> Rectangle:
    """The box around glyphs, of which there is one at least."""
    _, left, top, right, bottom, *_ = zip(*cells, strict=True)
    return min(left), min(top), max(right), max(bottom)


def box(page: Page, content: int | None) -> Rectangle | None:
    """Where marked content is, as far as it is on one line; None where nothing of it is seen, or it has no number."""
    cells = _cells(page, content)
    return around(cells) if cells else None


def text(page: Page, content: int | None) -> str:
    """What marked content shows on its first line, in the order it is read."""
    cells = _cells(page, content)
    return reading_order(cells, backwards=page.right_to_left) if cells else ""


def _cells(page: Page, content: int | None) -> Sequence[Character]:
    if content is None:
        return ()
    for line in page.lines:
        cells = [cell for span in (*line.spans, *line.raised) for cell in span.cells if cell.content == content]
        if cells:
            return cells
    return ()
