"""Press sheets: a page, and around it a margin for bleed, printer's marks and a slug line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar

from masthead.document import Rectangle
from masthead.pdf.drawn.pages import DrawnLine, DrawnSpan, Page
from masthead.pdf.facts.places import PAPERS


class _HasBox(Protocol):
    """A dataclass with a place on the page."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def box(self) -> Rectangle: ...


HasBox = TypeVar("HasBox", bound=_HasBox)

_WIDEST = 72.0  # points: of a margin
Offset = tuple[float, float]


def offsets(page: Page) -> Sequence[Offset]:
    """Return where the corner of the page may be on a sheet with equal margins; nothing for a plain page.

    Files count places from the corner of the sheet, or from the corner of the page.
    """
    for across, down in PAPERS.values():
        margin = (page.width - across) / 2
        if 1 < margin < _WIDEST and abs((page.height - down) / 2 - margin) < 1:
            return (margin, margin), (0.0, 2 * margin)
    return ()


def trimmed(page: Page, offset: Offset) -> Page:
    """Return the page on a sheet: what is inside its edges, with the places there."""
    across, down = offset
    margin = (across + down) / 2
    width, height = page.width - 2 * margin, page.height - 2 * margin
    back = -across, -down
    lines = tuple(_line(line, back) for line in page.lines if line.left > across and line.right < across + width)
    return replace(page, width=width, height=height, lines=tuple(line for line in lines if 0 < line.baseline < height))


def on_sheet(placed: Iterable[HasBox], offset: Offset) -> tuple[HasBox, ...]:
    """Return what was found on a page, with its places on the sheet."""
    return tuple(replace(each, box=_moved(each.box, offset)) for each in placed)


def _line(line: DrawnLine, by: Offset) -> DrawnLine:
    spans, raised = (tuple(_span(span, by) for span in some) for some in (line.spans, line.raised))
    return replace(line, spans=spans, raised=raised, box=_moved(line.box, by), baseline=line.baseline + by[1])


def _span(span: DrawnSpan, by: Offset) -> DrawnSpan:
    left, top, right, bottom = _moved(span.box, by)
    characters = tuple(
        each._replace(left=each.left + by[0], right=each.right + by[0], baseline=each.baseline + by[1])
        for each in span.characters
    )
    return replace(span, characters=characters, left=left, top=top, right=right, bottom=bottom)


def _moved(box: Rectangle, by: Offset) -> Rectangle:
    (left, top, right, bottom), (across, down) = box, by
    return left + across, top + down, right + across, bottom + down
