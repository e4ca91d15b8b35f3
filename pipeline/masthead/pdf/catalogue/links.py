"""The links of the pages, with the text that they are on (ISO 32000-1, 12.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pypdf import PdfReader

from masthead.document import Rectangle
from masthead.pdf.catalogue.bookmarks import Places
from masthead.pdf.catalogue.objects import array, dictionary, number, page_annotations, text
from masthead.pdf.drawn.direction import reading_order
from masthead.pdf.drawn.pages import Page


@dataclass(frozen=True, slots=True)
class LinkAnnotation:
    """A link of a page: its address (empty where it leads elsewhere in the file), its place, its text.

    `contents` are the identifiers of the marked content that the text belongs to. A link in the file leads to the page
    `target`, None where there is no such page, by a `name`, empty where the link names the page itself.
    """

    page: int
    address: str
    inside: bool
    box: Rectangle
    text: str
    contents: frozenset[int] = frozenset()
    target: int | None = None
    name: str = ""


def read_links(reader: PdfReader, pages: Iterable[Page]) -> Iterator[LinkAnnotation]:
    """Yield all links of a file, page by page."""
    places = Places(reader)
    for page, raw in zip(pages, reader.pages, strict=True):
        for annotation in page_annotations(raw):
            if annotation.get("/Subtype") == "/Link":
                yield _link(page, annotation, places)


def _link(page: Page, annotation: Mapping[str, Any], places: Places) -> LinkAnnotation:
    action = dictionary(annotation.get("/A"))
    inside = "/Dest" in annotation or action.get("/S") == "/GoTo"
    destination = annotation.get("/Dest", action.get("/D")) if inside else None
    target = places.page(destination) if inside else None
    corners = [*map(number, array(annotation.get("/Rect"))), 0.0, 0.0, 0.0, 0.0]
    across = sorted((corners[0], corners[2]))
    down = sorted((page.height - corners[1], page.height - corners[3]))
    box = (across[0], down[0], across[1], down[1])
    shown = _text_in(page, box)
    return LinkAnnotation(page.number, text(action.get("/URI")), inside, box, *shown, target, text(destination))


def _text_in(page: Page, box: Rectangle) -> tuple[str, frozenset[int]]:
    """Return the text whose characters have their middle in a box, and the marked content that it belongs to."""
    parts, contents = [], set()
    left, right = box[0] - 0.5, box[2] + 0.5
    for line in page.lines:
        if box[1] - 1 < line.baseline < box[3] + 3:
            shown = chain.from_iterable([span.characters for span in line.spans])
            characters = [each for each in shown if left < (each.left + each.right) / 2 < right]
            if characters:
                contents.update([each.content for each in characters])
                parts.append(reading_order(characters, right_to_left=page.right_to_left))
    return " ".join(filter(None, parts)), frozenset(contents)
