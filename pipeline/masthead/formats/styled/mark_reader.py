"""The marks before paragraphs, headings, tables, parts and annexes: what they count, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from masthead.document import Digits, DocumentType, Language, Locale, TemplateError, locales, patterns
from masthead.formats.itemization import Marks
from masthead.formats.opening_lines import numbered
from masthead.formats.styled.spans import head_of
from masthead.page import wording

_MOST = 100  # of what is counted: headings of a level, tables, annexes
_LEVELS = range(1, 7)
Match = Callable[[str], re.Match[str] | None]


class MarkReader:
    """Knows the marks of one document.

    `ours` says that Masthead wrote it: what stands before a tab is then all of a mark. Whoever types into it may end a
    mark with a space, so a text of ours that only looks as if it had one is `literal`: it has none.
    """

    def __init__(self, kind: DocumentType, locale: Locale, *, ours: bool) -> None:
        self.kind, self.locale, self.ours = kind, locale, ours

    def counted(self, text: str, what: str, level: int = 0, *, literal: bool = False) -> tuple[int | None, int]:
        """Return what the mark before a text counts, and the length of the mark with the room behind it.

        `what` is a heading of a level, a part, a table, a figure or an annex.
        """
        pattern, ordinals = _counting(what, level, self.kind, self.locale.language)
        head = head_of(text) if self.ours else ""
        if ordinal := ordinals.get(patterns.fold(head)):
            return ordinal, len(head)
        found = None if literal else pattern.match(text)
        return (ordinals[patterns.fold(found["mark"])], found.end()) if found else (None, 0)

    def is_heading(self, text: str) -> bool:
        """Tell whether a text begins with the mark of a heading of any level."""
        return any(self.counted(text, "heading", level)[0] for level in _LEVELS)

    def matched(self, text: str, match: Match, *, literal: bool = False) -> tuple[re.Match[str] | None, int]:
        """Return what `match` finds of a mark before a text, and its length with the room behind it."""
        head = head_of(text) if self.ours else ""
        found = match(f"{head}.") if head else None
        if found and found.end() == len(head):
            return found, len(head)
        found = None if literal else match(text)
        return found, found.end() if found else 0

    def seem(self, text: str) -> bool:
        """Tell whether a text begins as if with a mark of any kind, which a writer denies of it."""
        marks = Marks(self.locale)
        return (
            any(self.matched(text, match)[0] for match in (marks.item, marks.number))
            or numbered(text, self.locale) is not None
            or any(self.counted(text, what)[0] for what in ("part", "table", "figure"))
            or self.is_heading(text)
        )


@cache
def _counting(what: str, level: int, kind: DocumentType, language: Language) -> tuple[re.Pattern[str], dict[str, int]]:
    """The pattern of all marks of a kind, `mark`, with the room behind one, and what each of them counts."""
    locale = locales.load(language)

    def mark(ordinal: int, digits: Digits) -> str:
        match what:
            case "heading":
                return wording.heading_mark(ordinal, level, kind, locale, digits)
            case "part":
                return locale.counted("marks", "part", ordinal, digits)
            case "annex":
                return locale.counted("annex", "counted", ordinal, digits)
            case _:
                return locale.counted("tables", what, ordinal, digits)

    ordinals: dict[str, int] = {}
    with suppress(TemplateError):  # the locale counts no further
        for ordinal in range(1, _MOST):
            for digits in Digits:
                ordinals.setdefault(patterns.fold(mark(ordinal, digits)), ordinal)
    ordinals.pop("", None)
    marks = sorted(ordinals, key=len, reverse=True)
    spaced = "|".join(re.escape(each).replace(r"\ ", r"\s+").replace(r"\-", "[-–—]") for each in marks)
    return re.compile(rf"(?P<mark>{spaced})(?:\s+|$)"), ordinals
