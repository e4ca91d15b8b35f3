"""Sheets for the press: the page, and around it a margin for bleed, marks and a slug line that are no part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar

from masthead.document import Rectangle
from masthead.pdf.drawn.pages import DrawnLine, DrawnSpan, Page
from masthead.pdf.facts.places import PAPERS


class _HasBox(Protocol):
    """A dataclass that says where on the page it is."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def box(self) -> Rectangle: ...


HasBox = TypeVar("HasBox", bound=_HasBox)

_WIDEST = 72.0  # points
Offset = tuple[float, float]


def offsets(page: Page) -> Sequence[Offset]:
    """Where the corner of a known paper may be on a sheet that has the same margin on all sides; none on a page.

    Files count from the corner of the sheet or, what is read at the left then, from that of the page.
    """
    for across, down in PAPERS.values():
        margin = (page.width - across) / 2
        if 1 < margin < _WIDEST and abs((page.height - down) / 2 - margin) < 1:
            return (margin, margin), (0.0, 2 * margin)
    return ()


def trimmed(page: Page, offset: Offset) -> Page:
    """The page that a sheet bears: what stands inside its edges, at its places there."""
    across, down = offset
    margin = (across + down) / 2
    width, height = page.width - 2 * margin, page.height - 2 * margin
    back = -across, -down
    lines = tuple(_line(line, back) for line in page.lines if line.left > across and line.right < across + width)
    return replace(page, width=width, height=height, lines=tuple(line for line in lines if 0 < line.baseline < height))


def on_sheet(placed: Iterable[HasBox], offset: Offset) -> tuple[HasBox, ...]:
    """What was found on a page, with its places on the sheet."""
    return tuple(replace(each, box=_moved(each.box, offset)) for each in placed)


def _line(line: DrawnLine, by: Offset) -> DrawnLine:
    spans, raised = (tuple(_span(span, by) for span in some) for some in (line.spans, line.raised))
    return replace(line, spans=spans, raised=raised, box=_moved(line.box, by), baseline=line.baseline + by[1])


def _span(span: DrawnSpan, by: Offset) -> DrawnSpan:
    left, top, right, bottom = _moved(span.box, by)
    cells = tuple(
        cell._replace(left=cell.left + by[0], right=cell.right + by[0], baseline=cell.baseline + by[1])
        for cell in span.cells
    )
    return replace(span, cells=cells, left=left, top=top, right=right, bottom=bottom)


def _moved(box: Rectangle, by: Offset) -> Rectangle:
    (left, top, right, bottom), (across, down) = box, by
    return left + across, top + down, right + across, bottom + down
