"""The rule about where bookmarks lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf

from masthead.document import Severity
from masthead.pdf import DEPTH, Evidence, resources
from masthead.preflight.rules import Fault, Rule

_HINT = "make bookmarks from the headings"
MOST = 10_000  # bookmarks: of a file that has more the rest is not looked at, which may go on for ever


def targets(evidence: Evidence) -> Iterator[Fault]:
    """A bookmark has the words of a heading, and leads to its page.

    Who finds a part by the list beside the page must come to that part.
    """
    pages: dict[str, set[int | None]] = defaultdict(set)
    for element in evidence.tree:
        if element.kind.startswith("H"):
            pages[_plain(element.text)].add(element.page)
    if not pages:
        return
    places = resources.numbers(evidence.file)
    for item in _items(resources.dictionary(evidence.file.Root.get("/Outlines"))):
        title = item.get_str("/Title", "")
        action = resources.dictionary(item.get("/A"))
        place = _place(evidence.file, item.get("/Dest", action.get("/D")))
        page = places.get(place.objgen) if isinstance(place, pikepdf.Dictionary) else None
        if _plain(title) not in pages:
            yield Fault(f"the bookmark is no heading: {title[:60]}", page, hint=_HINT)
        elif page is None:
            yield Fault(f"the bookmark leads to no page of the file: {title[:60]}", hint=_HINT)
        elif page not in pages[_plain(title)]:
            yield Fault(f"the bookmark leads to page {page}, its heading is on another: {title[:60]}", page, hint=_HINT)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _items(outlines: Any) -> Iterator[Any]:
    """The bookmarks, each before those below it."""
    waiting, met = [outlines.get("/First")], 0
    while waiting and met < MOST:
        item = waiting.pop()
        if isinstance(item, pikepdf.Dictionary):
            met += 1
            yield item
            waiting += (item.get("/Next"), item.get("/First"))


def _place(file: pikepdf.Pdf, destination: Any) -> Any:
    """The page of a destination: an array, or the name of one (ISO 32000-1, 12.3.2).

    PDF 2.0 has an element of the structure in the place of the page (ISO 32000-2, 12.3.2.3).
    """
    if isinstance(destination, pikepdf.String):
        names = resources.dictionary(resources.dictionary(file.Root.get("/Names")).get("/Dests"))
        destination = pikepdf.NameTree(names).get(str(destination)) if names else None
    if isinstance(destination, pikepdf.Dictionary):
        destination = destination.get("/D")
    place = destination[0] if isinstance(destination, pikepdf.Array) and len(destination) else None
    for _ in range(DEPTH):
        if not isinstance(place, pikepdf.Dictionary) or "/S" not in place:
            break
        kids = place.get_list("/K", ())
        place = place["/Pg"] if "/Pg" in place else kids[0] if kids else None
    return place


RULES = (Rule("accessibility.bookmark-targets", Severity.ERROR, targets),)
