"""The marks before headings, tables, parts and annexes: what they count, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from masthead import wording
from masthead.errors import TemplateError
from masthead.locales import Locale, load
from masthead.model import DocumentType
from masthead.reading.patterns import fold
from masthead.reading.styled.spans import head_of
from masthead.terms import Digits, Language

_MOST = 100  # of what is counted: headings of a level, tables, annexes
_LEVELS = range(1, 7)


class Counts:
    """Knows the marks of one document.

    `ours` says that Masthead wrote it: a mark is then what stands before a tab, and nothing else is one.
    """

    def __init__(self, kind: DocumentType, locale: Locale, *, ours: bool) -> None:
        self.kind, self.locale, self.ours = kind, locale, ours

    def counted(self, text: str, what: str, level: int = 0) -> tuple[int | None, int]:
        """Return what the mark before a text counts, and the length of the mark with the room behind it.

        `what` is a heading of a level, a part, a table, a figure or an annex.
        """
        pattern, ordinals = _counting(what, level, self.kind, self.locale.language)
        if self.ours:
            head = head_of(text)
            ordinal = ordinals.get(fold(head))
            return ordinal, len(head) if ordinal else 0
        found = pattern.match(text)
        return (ordinals[fold(found["mark"])], found.end()) if found else (None, 0)

    def is_heading(self, text: str) -> bool:
        """Tell whether a text begins with the mark of a heading of any level."""
        return any(self.counted(text, "heading", level)[0] for level in _LEVELS)

    def matched(self, text: str, match: Callable[[str], re.Match[str] | None]) -> tuple[re.Match[str] | None, int]:
        """Return what `match` finds of a mark before a text, and its length with the room behind it."""
        if not self.ours:
            found = match(text)
            return found, found.end() if found else 0
        head = head_of(text)
        found = match(f"{head}.") if head else None
        return (found, len(head)) if found and found.end() == len(head) else (None, 0)


@cache
def _counting(what: str, level: int, kind: DocumentType, language: Language) -> tuple[re.Pattern[str], dict[str, int]]:
    """The pattern of all marks of a kind, `mark`, with the room behind one, and what each of them counts."""
    locale = load(language)

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
                ordinals.setdefault(fold(mark(ordinal, digits)), ordinal)
    ordinals.pop("", None)
    marks = sorted(ordinals, key=len, reverse=True)
    spaced = "|".join(re.escape(each).replace(r"\ ", r"\s+").replace(r"\-", "[-–—]") for each in marks)
    return re.compile(rf"(?P<mark>{spaced})(?:\s+|$)"), ordinals
