"""Marks of the authoring format that announce what stands behind them: `<!-- table 2 --> Its caption`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from masthead.document import Locale, SourceError, TemplateError

_MARK = re.compile(
    r"<!-- (?P<kind>part|table|figure|vote|contents|annex)(?: (?P<number>[1-9][0-9]{0,2}))?"
    r"(?:, head (?P<head>[1-9]))?(?:, original: (?P<original>[^>\n]+?))? -->[ \n]?"
)
_COUNTED = {
    "part": ("marks", "part"),
    "table": ("tables", "table"),
    "figure": ("tables", "figure"),
    "annex": ("annex", "counted"),
}
"""What the locale's word for a kind of block with a number is."""

_LONGEST_MARK = 40  # characters of what stands before a heading


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: what it announces, and the text behind it.

    `heads` are the rows that head a table, `original` is the original language of an annex.
    """

    kind: str
    number: int | None
    heads: int
    original: str
    text: str

    def check(self, locale: Locale, where: str) -> None:
        """Raise SourceError where the language has no mark for so many."""
        if self.number is None or self.kind not in _COUNTED:
            return
        try:
            locale.counted(*_COUNTED[self.kind], self.number, locale.language.digits)
        except TemplateError as error:
            raise SourceError(
                f"there is no mark for {self.kind} {self.number}: {error.message}",
                where=where,
                hint="count from 1, or divide the text",
            ) from None


def read_mark(text: str) -> Mark | None:
    """Read the mark that a paragraph begins with; None where it begins with none."""
    found = _MARK.match(text)
    if found is None:
        return None
    number = int(found["number"]) if found["number"] else None
    original = unescape(found["original"] or "")
    return Mark(found["kind"], number, int(found["head"] or 1), original, text[found.end() :])
