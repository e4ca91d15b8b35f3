"""What the text of a PDF cannot show of a document's first pages, but printed documents have alike.

A summary is in a frame. Where a page ends after it, after the contents or after the title, the author ends it.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from masthead.document import Layout, patterns
from masthead.formats.extract.drafts import Draft, Drafted
from masthead.formats.extract.openers import Openers
from masthead.formats.styled.parts import Para, ParaKind, StyledCell, StyledPart, StyledRow, StyledTable

_SUBTITLE = 2  # lines, at most


def is_subtitle(draft: Draft, opens: Openers, stops: tuple[str, ...]) -> bool:
    """Return whether the first text after the title is another line of it: it is all that follows on page one."""
    if draft.kind not in (ParaKind.TEXT, ParaKind.HEADING) or draft.alone:
        return False
    text = draft.last.text
    return draft.ends_page and draft.count <= _SUBTITLE and not (opens.is_marked(text) or text.endswith((*stops, ":")))


def arranged(
    drafts: Sequence[Drafted], parts: Sequence[StyledPart], opens: Openers, titles: Container[str]
) -> list[StyledPart]:
    """Return the parts of the text, made from the drafts, with the summary in a box and with these ends of pages.

    `titles` are what a summary may be called, folded.
    """
    result: list[StyledPart] = []
    at = 0
    may_follow = True  # a summary is before the first heading with a mark
    while at < len(parts):
        draft, part, end = drafts[at], parts[at], at + 1
        if may_follow and _is_title(draft, titles) and isinstance(part, Para):
            end = next((end for end in range(at + 1, len(parts)) if _ends(drafts[end], opens)), len(parts))
        if end > at + 1 and isinstance(part, Para):
            part.kind = ParaKind.BOX_TITLE
            cell = StyledCell(0, 1, list(parts[at:end]))
            result.append(StyledTable(part.number, 1, is_box=True, rows=[StyledRow([cell])]))
            may_follow = False
        else:
            result.append(part)
            may_follow = may_follow and (_is_contents(draft) or not _ends(draft, opens))
        last = drafts[end - 1]
        if isinstance(last, Draft) and last.ends_page and (end > at + 1 or _is_contents(draft)):
            result.append(new_page(last.last.number))
        at = end
    return result


def new_page(number: int) -> Para:
    """Return the end of a page that the author wants, after a line."""
    return Para(number, ParaKind.LAYOUT, [], layout=Layout(new_page=True))


def _is_title(draft: Drafted, titles: Container[str]) -> bool:
    return isinstance(draft, Draft) and draft.count == 1 and patterns.fold(draft.first.text) in titles


def _is_contents(draft: Drafted) -> bool:
    return isinstance(draft, Draft) and draft.kind is ParaKind.CONTENTS


def _ends(draft: Drafted, opens: Openers) -> bool:
    """Return whether a draft begins what follows a summary: the contents, a heading or a paragraph with a mark."""
    if not isinstance(draft, Draft):
        return False
    text = draft.first.text
    return draft.kind is ParaKind.CONTENTS or draft.names or opens.level(text) > 0 or opens.number(text) is not None
