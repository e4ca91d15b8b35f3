"""What lies over the pages: annotations, and among them the links (ISO 32000-1, 12.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from masthead.preflight.objects import dictionary
from masthead.preflight.pages import Page, reading_order
from masthead.preflight.rules import Box


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: the address it leads to (empty where it leads elsewhere in the file), its place, its text."""

    page: int
    address: str
    inside: bool
    box: Box
    text: str


def of_page(page: pikepdf.Page) -> Iterator[Any]:
    """The annotations of a page, as the file has them."""
    yield from (each for each in page.obj.get_list("/Annots", ()) if isinstance(each, pikepdf.Dictionary))


def links(file: pikepdf.Pdf, pages: Iterable[Page]) -> Iterator[Link]:
    """All links of a file, with the text that they lie on."""
    for page, raw in zip(pages, file.pages, strict=True):
        for annotation in of_page(raw):
            if annotation.get("/Subtype") == "/Link":
                yield _link(page, annotation)


def _link(page: Page, annotation: Any) -> Link:
    action = dictionary(annotation.get("/A"))
    inside = "/Dest" in annotation or action.get("/S") == "/GoTo"
    across = sorted(float(value) for value in (annotation["/Rect"][0], annotation["/Rect"][2]))
    down = sorted(page.height - float(value) for value in (annotation["/Rect"][1], annotation["/Rect"][3]))
    box = (across[0], down[0], across[1], down[1])
    return Link(page.number, action.get_str("/URI", ""), inside, box, _text_in(page, box))


def _text_in(page: Page, box: Box) -> str:
    """The text whose glyphs have their middle in a box."""
    parts = []
    for line in page.lines:
        if not box[1] - 1 < line.baseline < box[3] + 3:
            continue
        cells = [
            cell
            for span in line.spans
            for cell in span.cells
            if box[0] - 0.5 < (cell.left + cell.right) / 2 < box[2] + 0.5
        ]
        parts.append(reading_order(cells, backwards=page.right_to_left) if cells else "")
    return " ".join(filter(None, parts))
