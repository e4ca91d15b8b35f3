"""The rule about the targets of bookmarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf

from masthead.document import Finding, Rules, Severity
from masthead.pdf import DEPTH, Evidence, resources
from masthead.preflight.excerpts import plain
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN, Need.STRUCTURE, Need.OUR_TAGS)
MOST = 10_000  # bookmarks: a damaged list can be endless, so the rest is not read
_HINT = "generate the bookmarks from the headings"


@RULES.rule("accessibility.bookmark-targets", Severity.ERROR)
def targets(evidence: Evidence) -> Iterator[Finding]:
    """Every bookmark has the text of a heading, and leads to the page of that heading."""
    pages: dict[str, set[int | None]] = defaultdict(set)
    for element in evidence.tree:
        if element.kind.startswith("H"):
            pages[plain(element.text)].add(element.page)
    if not pages:
        return
    numbers = resources.numbers(evidence.file)
    for bookmark in _bookmarks(resources.dictionary(evidence.file.Root.get("/Outlines"))):
        title = bookmark.get_str("/Title", "")
        action = resources.dictionary(bookmark.get("/A"))
        target = _page(evidence.file, bookmark.get("/Dest", action.get("/D")))
        page = numbers.get(target.objgen) if isinstance(target, pikepdf.Dictionary) else None
        if plain(title) not in pages:
            yield Finding(f"the bookmark is not a heading: {title[:60]}", page, hint=_HINT)
        elif page is None:
            yield Finding(f"the bookmark does not lead to a page of the file: {title[:60]}", hint=_HINT)
        elif page not in pages[plain(title)]:
            message = f"the bookmark leads to page {page}, but its heading is on another page: {title[:60]}"
            yield Finding(message, page, hint=_HINT)


def _bookmarks(outlines: Any) -> Iterator[Any]:
    """All bookmarks, each before those below it."""
    waiting, met = [outlines.get("/First")], 0
    while waiting and met < MOST:
        bookmark = waiting.pop()
        if isinstance(bookmark, pikepdf.Dictionary):
            met += 1
            yield bookmark
            waiting += (bookmark.get("/Next"), bookmark.get("/First"))


def _page(file: pikepdf.Pdf, destination: Any) -> Any:
    """The page of a destination, which is an array or the name of one (ISO 32000-1, 12.3.2).

    In PDF 2.0 the array may hold a structure element instead of a page (ISO 32000-2, 12.3.2.3).
    """
    if isinstance(destination, pikepdf.String):
        names = resources.dictionary(resources.dictionary(file.Root.get("/Names")).get("/Dests"))
        destination = pikepdf.NameTree(names).get(str(destination)) if names else None
    if isinstance(destination, pikepdf.Dictionary):
        destination = destination.get("/D")
    target = destination[0] if isinstance(destination, pikepdf.Array) and len(destination) else None
    for _ in range(DEPTH):
        if not isinstance(target, pikepdf.Dictionary) or "/S" not in target:
            break
        kids = target.get_list("/K", ())
        target = target["/Pg"] if "/Pg" in target else kids[0] if kids else None
    return target
