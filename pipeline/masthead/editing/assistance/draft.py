"""The text of a Markdown source while it is written: its lines, its front matter, and its blocks.

Lines and columns are counted from 1, in code points, as in findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from masthead.document import Position

_KEY = re.compile(r"([a-z][a-z-]*):(?: +(.*?))? *$")
# What belongs to the block before it: subparagraphs, notes, remarks; the rows of a table, indented lines.
_GOES_ON = re.compile(r"[ \t>|]|- |\[\^|<!-- (?:remark|tail)\b")
_ANNOUNCES = re.compile(r"<!-- (?:table|figure|unit|vote)\b")


@dataclass(frozen=True, slots=True)
class LineSpan:
    """A part of one line of a source: its line, its first column, and the column after it."""

    line: int
    start: int
    end: int

    @property
    def position(self) -> Position:
        return Position(self.line, self.start)

    def covers(self, place: Position) -> bool:
        """Return whether a place is in the span, or at its end, where a cursor is after what was typed."""
        return self.line == place.line and self.start <= place.column <= self.end


@dataclass(frozen=True)
class SourceDraft:
    """The text of the source `name`."""

    name: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def line(self, number: int) -> str:
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    @cached_property
    def body(self) -> int:
        """The number of the first line after the front matter; 1 if there is none, a high one if it does not end."""
        if self.line(1) != "---":
            return 1
        return next((at + 1 for at, line in enumerate(self.lines, 1) if at > 1 and line == "---"), len(self.lines) + 1)

    def is_in_front(self, number: int) -> bool:
        """Return whether a line is one of the front matter, between its marks."""
        return 1 < number < self.body and self.line(number) != "---"

    def key(self, number: int) -> str:
        """Return the key of the front matter to which a line belongs, empty outside it."""
        if not self.is_in_front(number):
            return ""
        found = (_KEY.match(self.line(at)) for at in range(number, 1, -1))
        return next((each[1] for each in found if each), "")

    @cached_property
    def front(self) -> dict[str, str]:
        """The keys of the front matter with the texts on their lines, without quotes."""
        found = (_KEY.match(line) for line in self.lines[1 : self.body - 2])
        return {each[1]: (each[2] or "").strip("\"'") for each in found if each}

    def begins_block(self, number: int) -> bool:
        """Return whether a line of the body begins a block that can be read without those before it."""
        line, before = self.line(number), self.line(number - 1)
        if number <= self.body:
            return number == self.body
        if not line.strip() or before.strip() or _GOES_ON.match(line):
            return False
        last = next((self.line(at) for at in range(number - 1, self.body - 1, -1) if self.line(at).strip()), "")
        return not _ANNOUNCES.match(last)

    def window(self, first: int, last: int) -> tuple[int, int]:
        """Return the first and last line of the whole blocks that contain these lines of the body."""
        first, last = max(first, self.body), max(last, self.body)
        while not self.begins_block(first):
            first -= 1
        last += 1
        while last <= len(self.lines) and not self.begins_block(last):
            last += 1
        return first, last - 1
