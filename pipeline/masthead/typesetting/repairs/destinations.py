"""Destinations that name an element of the structure, as PDF/UA-2 demands (ISO 14289-2, 8.8; ISO 32000-2, 12.3.2.3).

WeasyPrint aims links and bookmarks at a place on a page. A destination keeps its place and names the element instead of
the page: a reader lands in the tree, not on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def aim(pdf: Any, targets: Mapping[str, Any], headings: Iterable[Any]) -> None:
    """Let each named destination of `pdf` name the element of `targets`, each bookmark the next of `headings`."""
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    for name, destination in zip(names[::2], names[1::2], strict=True):
        if name.string in targets:
            destination[0] = targets[name.string].reference
    for bookmark, heading in zip(_bookmarks(pdf, pdf.catalog.get("Outlines")), headings, strict=True):
        bookmark["Dest"][0] = heading.reference


def _bookmarks(pdf: Any, reference: Any) -> Iterator[Any]:
    """Every bookmark below an outline, in the order in which they are read."""
    while reference:
        item = pdf.objects[int(reference.split()[0])]
        if "Dest" in item:
            yield item
        yield from _bookmarks(pdf, item.get("First"))
        reference = item.get("Next")
