"""The rule about the targets of bookmarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, read_bookmarks
from masthead.preflight.excerpts import plain
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN, Need.STRUCTURE, Need.OUR_TAGS)
_HINT = "generate the bookmarks from the headings"


@RULES.rule("accessibility.bookmark-targets", Severity.ERROR)
def targets(evidence: Evidence) -> Iterator[Finding]:
    """Every bookmark has the text of a heading, and leads to the page of that heading."""
    pages: dict[str, set[int | None]] = defaultdict(set)
    for element in evidence.file_tree:
        if element.kind.startswith("H"):
            pages[plain(element.text)].add(element.page)
    if not pages:
        return
    for title, page in read_bookmarks(evidence.reader):
        if plain(title) not in pages:
            yield Finding(f"the bookmark is not a heading: {title[:60]}", page, hint=_HINT)
        elif page is None:
            yield Finding(f"the bookmark does not lead to a page of the file: {title[:60]}", hint=_HINT)
        elif page not in pages[plain(title)]:
            message = f"the bookmark leads to page {page}, but its heading is on another page: {title[:60]}"
            yield Finding(message, page, hint=_HINT)
