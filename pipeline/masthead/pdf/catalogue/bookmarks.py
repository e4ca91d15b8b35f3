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
    places = Places(reader)
    for item in _items(reader):
        destination = item.get("/Dest", dictionary(item.get("/A")).get("/D"))
        yield Bookmark(text(item.get("/Title")), places.page(destination))


def bookmark_actions(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Yield the actions of bookmarks."""
    yield from filter(None, (dictionary(item.get("/A")) for item in _items(reader)))


def _items(reader: PdfReader) -> Iterator[DictionaryObject]:
    waiting, count = [dictionary(reader.root_object.get("/Outlines")).get("/First")], 0
    while waiting and count < MOST:
        if item := dictionary(waiting.pop()):
            count += 1
            yield item
            waiting += (item.get("/Next"), item.get("/First"))


class Places:
    """The pages of a file that destinations lead to."""

    def __init__(self, reader: PdfReader) -> None:
        pages = ((page.indirect_reference, number) for number, page in enumerate(reader.pages, 1))
        self._numbers = {reference.idnum: number for reference, number in pages if reference}
        self._names = dict(name_tree(dictionary(reader.root_object.get("/Names")).get("/Dests")))

    def page(self, destination: Any) -> int | None:
        """Return the number of the page of a destination, None where it leads to no page of the file."""
        return _page(destination, self._names, self._numbers)


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
