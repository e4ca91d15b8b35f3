"""The layout of the lines of a page: where they begin, how far they reach, and which are short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from masthead.formats.extract.drafts import Draft
from masthead.formats.extract.pages import PageLine
from masthead.page import times

HANGING = 2  # characters by which equal positions may differ
_FULL = 0.6  # of the longest lines of a page: shorter ones do not show where lines begin and end
_WIDE = 0.85  # of a typical full line: headings are narrower
_MANY = 15  # lines, one of which may be longer than any line of the text
_CELLS = 3  # chunks on a line of a table
_SLACK = 0.97  # of a full line: Word sets some lines closer


class Placing(Enum):
    """What a text shows of the layout. The value is how many characters shorter the last line of a paragraph is."""

    LEFT = 15  # lines begin where they do on the page, from the left
    RIGHT = 2  # lines run from right to left, and end where they do on the page
    NONE = 10  # nothing: the lines of one column after the other


class Measure:
    """The layout of the page that is being read."""

    def __init__(self, places: Placing) -> None:
        self.places, self.placed = places, places is Placing.LEFT
        self.base = 0
        self._right, self._length, self._width = 0, 0, 0.0

    def take(self, lines: Sequence[PageLine], *, indented: bool) -> None:
        """Measure a page; `indented` says that the first lines of paragraphs are."""
        text = [line for line in lines if len(line.chunks) < _CELLS]
        lengths = sorted(len(line.text) for line in text)
        full = [line for line in text if len(line.text) > _FULL * lengths[-1 - len(lengths) // _MANY]]
        if full:
            indents = [line.indent for line in full]
            self.base = min(indents) if indented else Counter(indents).most_common(1)[0][0]
            self._right = self._reach(sorted(line.end for line in full))
            self._length = sorted(len(line.text) for line in full)[len(full) // 2]
            widths = sorted(times.width(line.text) for line in full)
            self._width = widths[-1 - len(widths) // _MANY]

    def _reach(self, ends: Sequence[int]) -> int:
        """Return how far full lines reach: the median, or in right-to-left text the furthest end that lines share."""
        if self.places is not Placing.RIGHT:
            return ends[len(ends) // 2]
        alike = [end for before, end in pairwise(ends) if end - before < Placing.RIGHT.value]
        return alike[-1] if alike else ends[-1] + Placing.RIGHT.value + 1

    def is_short(self, line: PageLine) -> bool:
        """Return whether a line may be the last of a paragraph."""
        return line.end < self._right - self.places.value

    def is_last(self, line: PageLine) -> bool:
        """Return whether a line is so short that it must be the last of its paragraph."""
        return self.is_short(line) and len(line.text) < _FULL * self._length

    def is_ended(self, line: PageLine, following: PageLine) -> bool:
        """Return whether a line was ended before it was full: the first word of the next one would have fitted."""
        words = f"{line.text} {following.text.split(maxsplit=1)[0]}"
        return self.placed and times.width(words) < _SLACK * self._width

    def is_wide(self, line: PageLine) -> bool:
        """Return whether a line is wider than a heading."""
        return len(line.text) > _WIDE * self._length

    def has_room(self, line: PageLine, word: str) -> bool:
        """Return whether a word would have fitted into a line, even of a title in large letters."""
        return len(line.text) + 1 + len(word) < _FULL * self._length

    def hangs_out(self, line: PageLine) -> bool:
        """Return whether a line begins in the margin, as numbered headings do."""
        return self.placed and line.indent < self.base - 1

    def is_indented(self, line: PageLine) -> bool:
        """Return whether a line is indented."""
        return self.placed and line.indent > self.base + HANGING

    def hangs_below(self, line: PageLine, heading: Draft) -> bool:
        """Return whether a line is aligned with the text of a heading, after its mark."""
        first, long = heading.first, len(heading.last.text) >= _FULL * self._length
        if not self.placed or not long:
            return long
        start = first.chunks[1][0] if len(first.chunks) > 1 else first.indent + len(first.text.split(" ")[0]) + 1
        return abs(line.indent - start) <= HANGING
