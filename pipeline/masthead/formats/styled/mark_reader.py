"""The marks before paragraphs, headings, tables, parts and annexes: what they count, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from masthead.document import AnnexKind, DocumentType, Locale, locales, patterns
from masthead.formats.itemization import Marks, counted_marks, heading_marks, split_counted
from masthead.formats.opening_lines import match_number
from masthead.formats.styled.spans import SPACE, head_of

_LEVELS = range(1, 7)
_FORMS: Mapping[str, tuple[str, str]] = {
    "part": ("marks", "part"),
    "table": ("tables", "table"),
    "figure": ("tables", "figure"),
    **{str(kind): (str(kind), "counted") for kind in AnnexKind},
}
_PARTED = r"(?:\s*[:：–—]\s+|\s+|$)"  # authors may put a colon or a dash between number and title of a caption
_SECTIONED = re.compile(rf"((?:[^\W\d]+[.]? ?)?[A-Z0-9٠-٩]{{1,8}}[.\-][A-Z0-9٠-٩\w]{{1,12}}|\S{{1,24}}?){_PARTED}")
_BULLET = re.compile(r"[•▪●◦·‣\uf0a7\uf0b7][\s\x1e\x1f]+(?=\S)")  # and those of Word's fonts of symbols
Match = Callable[[str], re.Match[str] | None]


class MarkReader:
    """Reads the marks of one document.

    In a document that Masthead wrote (`ours`), the text before a tab is the whole mark. An author who edits it may end
    a mark with a space instead, so Masthead writes text that only looks like a mark as `literal`: it has no mark unless
    a tab ends it.
    """

    def __init__(self, kind: DocumentType, locale: Locale, *, ours: bool) -> None:
        self.kind, self.locale, self.ours = kind, locale, ours
        self.marks = Marks(locale)

    def counted(self, text: str, what: str, level: int = 0, *, literal: bool = False) -> tuple[int | None, int]:
        """Return the ordinal of the mark before a text, and the length of the mark with the space after it.

        `what` is a "heading" of that level, a "part", a "table", a "figure" or a kind of annex. Without a mark the
        result is None and 0.
        """
        pattern, ordinals = _counting(what, level, self.kind, self.locale)
        head = head_of(text) if self.ours else ""
        if ordinal := ordinals.get(patterns.fold(head)):
            return ordinal, len(head)
        found = None if literal else pattern.match(text)
        return (ordinals[patterns.fold(found["mark"])], found.end()) if found else (None, 0)

    def caption(self, text: str, what: str, *, literal: bool = False) -> tuple[str, int | None, int]:
        """Return section and ordinal of the mark before a caption, `Table 10.3`, and the length of the mark."""
        ordinal, length = self.counted(text, what, literal=literal)
        if ordinal is not None:
            return "", ordinal, length
        head = head_of(text) if self.ours else ""
        found = _SECTIONED.match(head or ("" if literal else text))
        split = split_counted(found[1], *_FORMS[what], self.locale) if found else None
        return (*split, len(head) or found.end()) if found and split else ("", None, 0)

    def names_caption(self, text: str) -> bool:
        """Return whether a text is only the mark of a table or figure, even one that the language writes otherwise."""
        for table, key in (_FORMS["table"], _FORMS["figure"]):
            before = str(self.locale.word(table, key)).partition("{")[0]
            if re.fullmatch(rf"{re.escape(before)}[\w.]{{1,8}}", text.strip(SPACE)):
                return True
        return False

    def is_heading(self, text: str) -> bool:
        """Return whether a text begins with the mark of a heading of any level."""
        return self.heading_level(text) > 0

    def heading_level(self, text: str) -> int:
        """Return the level of the heading whose mark is before a text, or 0."""
        return next((level for level, _ in self.heading_places(text)), 0)

    def heading_places(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the levels and ordinals that the mark before a text may mean: `I.` is 1 and the ninth letter."""
        for level in _LEVELS:
            if ordinal := self.counted(text, "heading", level)[0]:
                yield level, ordinal

    def item(self, text: str, *, literal: bool = False) -> tuple[re.Match[str] | None, int]:
        """Match the mark of a subparagraph before a text; return its length with the space after it, too."""
        return self.matched(text, self.marks.item, literal=literal)

    def bullet(self, text: str, *, literal: bool = False) -> int:
        """Return the length of the bullet before a text with the space after it, 0 if it has none."""
        found = None if literal else _BULLET.match(text)
        head = head_of(text) if self.ours else ""
        return len(head) if head.strip(SPACE) == locales.BULLET else found.end() if found and not self.ours else 0

    def number(self, text: str, *, literal: bool = False) -> tuple[re.Match[str] | None, int]:
        """Match the number of a paragraph before a text; return its length with the space after it, too."""
        sectioned = self.matched(text, self.marks.sectioned_number, literal=literal)
        return sectioned if sectioned[0] else self.matched(text, self.marks.number, literal=literal)

    def matched(self, text: str, match: Match, *, literal: bool = False) -> tuple[re.Match[str] | None, int]:
        """Return what `match` finds of a mark before a text, and its length with the space after it."""
        head = head_of(text) if self.ours else ""
        found = match(f"{head}.") if head else None  # patterns of marks require text after them
        if found and found.end() == len(head):
            return found, len(head)
        found = None if literal else match(text)
        return found, found.end() if found else 0

    def seems_marked(self, text: str) -> bool:
        """Return whether a text begins with what looks like a mark of any kind."""
        return (
            any(match(text)[0] for match in (self.item, self.number))
            or text.startswith(locales.BULLET)
            or match_number(text, self.locale) is not None
            or self.counted(text, "part")[0] is not None
            or any(self.caption(text, what)[1] for what in ("table", "figure"))
            or self.is_heading(text)
        )


@cache
def _counting(what: str, level: int, kind: DocumentType, locale: Locale) -> tuple[re.Pattern[str], dict[str, int]]:
    """Return the pattern of all marks of one kind, with the group `mark`, and the ordinals by mark."""
    marks = heading_marks(locale, level, kind) if what == "heading" else counted_marks(locale, *_FORMS[what])
    ordinals: dict[str, int] = {}
    for mark, ordinal in marks.items():
        ordinals.setdefault(patterns.fold(mark), ordinal)
    longest_first = sorted(ordinals, key=len, reverse=True)
    spaced = "|".join(re.escape(each).replace(r"\ ", r"\s+").replace(r"\-", "[-–—]") for each in longest_first)
    after = _PARTED if what in ("table", "figure") else r"(?:\s+|$)"
    return re.compile(rf"(?P<mark>{spaced}){after}"), ordinals
