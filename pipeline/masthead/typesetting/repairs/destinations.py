"""Structure destinations, as PDF/UA-2 demands (ISO 14289-2, 8.8; ISO 32000-2, 12.3.2.3).

WeasyPrint's links and bookmarks lead to a position on a page. A structure destination keeps the position and names a
structure element instead of the page, so that assistive technology continues reading at that element.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def set_structure_destinations(pdf: Any, targets: Mapping[str, Any], headings: Iterable[Any]) -> None:
    """Make each named destination of `pdf` name its element in `targets`, and each bookmark the next of `headings`."""
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    for name, destination in zip(names[::2], names[1::2], strict=True):
        if name.string in targets:
            destination[0] = targets[name.string].reference
    for bookmark, heading in zip(_bookmarks(pdf, pdf.catalog.get("Outlines")), headings, strict=True):
        bookmark["Dest"][0] = heading.reference


def _bookmarks(pdf: Any, reference: Any) -> Iterator[Any]:
    """Yield every bookmark below an outline, in reading order."""
    while reference:
        item = pdf.objects[int(reference.split()[0])]
        if "Dest" in item:
            yield item
        yield from _bookmarks(pdf, item.get("First"))
        reference = item.get("Next")
