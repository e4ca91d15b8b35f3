"""The bookmarks of a file and the pages that they lead to (ISO 32000-1, 12.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from masthead.pdf.catalogue.objects import dictionary, name_tree, resolved, text

MOST = 10_000  # bookmarks: those of a damaged file may lead back to themselves
_DEPTH = 100  # elements from a destination in the structure tree down to one that names its page


class Bookmark(NamedTuple):
    """A bookmark: its title, and the number of its page, None where it leads to no page of the file."""

    title: str
    page: int | None


def read_bookmarks(reader: PdfReader) -> Iterator[Bookmark]:
    """Yield the first 10,000 bookmarks, each before those below it."""
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)
               if page.indirect_reference}  # fmt: skip
    names = dict(name_tree(dictionary(reader.root_object.get("/Names")).get("/Dests")))
    waiting, count = [dictionary(reader.root_object.get("/Outlines")).get("/First")], 0
    while waiting and count < MOST:
        if item := dictionary(waiting.pop()):
            count += 1
            destination = item.get("/Dest", dictionary(item.get("/A")).get("/D"))
            yield Bookmark(text(item.get("/Title")), _page(destination, names, numbers))
            waiting += (item.get("/Next"), item.get("/First"))


def _page(destination: Any, names: Mapping[str, Any], numbers: Mapping[int, int]) -> int | None:
    """Return the page of a destination: of an array, or of the name of one.

    In PDF 2.0 an array may begin with a structure element in the place of the page (ISO 32000-2, 12.3.2.3).
    """
    destination = resolved(destination)
    if isinstance(destination, str):
        destination = resolved(names.get(destination))
    if isinstance(destination, DictionaryObject):
        destination = resolved(destination.get("/D"))
    place = destination[0] if isinstance(destination, list) and destination else None
    for _ in range(_DEPTH):
        if not isinstance(place, IndirectObject) or place.idnum in numbers:
            break
        element = dictionary(place)
        kids = resolved(element.get("/K"))
        place = element.get("/Pg", kids[0] if isinstance(kids, list) and kids else None)
    return numbers.get(place.idnum) if isinstance(place, IndirectObject) else None
