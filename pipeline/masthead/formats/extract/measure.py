"""How the lines of a page stand: where they begin, how far they reach, which of them fall short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from masthead.formats.extract.drafts import Draft
from masthead.formats.extract.pages import PageLine

HANGING = 2  # columns of characters by which places may differ and be the same
_FULL = 0.6  # of the longest lines of a page: others tell nothing of where lines begin and end
_WIDE = 0.85  # of most full lines: no heading is so wide
_MANY = 15  # lines of which one may be longer than any of the text
_CELLS = 3  # what stands apart on a line of a table


class Places(Enum):
    """What a text tells of where its lines stand. The value is what a line that ends a paragraph falls short by."""

    LEFT = 15  # lines begin where they do on the page
    RIGHT = 2  # they run to the left and end where they do on the page
    NONE = 10  # nothing: the lines of one column after the other


class Measure:
    """The measure of the page that is read."""

    def __init__(self, places: Places) -> None:
        self.places, self.placed = places, places is Places.LEFT
        self.base = 0
        self._right, self._length = 0, 0

    def take(self, lines: Sequence[PageLine], *, indented: bool) -> None:
        """Take the measure of a page; `indented` says that the first lines of its paragraphs are."""
        text = [line for line in lines if len(line.chunks) < _CELLS]
        lengths = sorted(len(line.text) for line in text)
        full = [line for line in text if len(line.text) > _FULL * lengths[-1 - len(lengths) // _MANY]]
        if full:
            indents = [line.indent for line in full]
            self.base = min(indents) if indented else Counter(indents).most_common(1)[0][0]
            self._right = self._reach(sorted(line.end for line in full))
            self._length = sorted(len(line.text) for line in full)[len(full) // 2]

    def _reach(self, ends: Sequence[int]) -> int:
        """How far full lines reach: half of them, or several where lines that run to the left end alike."""
        if self.places is not Places.RIGHT:
            return ends[len(ends) // 2]
        alike = [end for before, end in pairwise(ends) if end - before < Places.RIGHT.value]
        return alike[-1] if alike else ends[-1] + Places.RIGHT.value + 1

    def is_short(self, line: PageLine) -> bool:
        """Tell whether a line may be the last of a paragraph."""
        return line.end < self._right - self.places.value

    def is_last(self, line: PageLine) -> bool:
        """Tell whether a line is so short that it must be the last of a paragraph, if it is no more."""
        return self.is_short(line) and len(line.text) < _FULL * self._length

    def is_wide(self, line: PageLine) -> bool:
        """Tell whether a line is wider than a heading."""
        return len(line.text) > _WIDE * self._length

    def hangs_out(self, line: PageLine) -> bool:
        """Tell whether a line begins outside the text, as numbered headings do."""
        return self.placed and line.indent < self.base - 1

    def is_indented(self, line: PageLine) -> bool:
        """Tell whether a line begins inside the text."""
        return self.placed and line.indent > self.base + HANGING

    def hangs_below(self, line: PageLine, heading: Draft) -> bool:
        """Tell whether a line stands below the first letter of a heading's text."""
        first, long = heading.first, len(heading.last.text) >= _FULL * self._length
        if not self.placed or not long:
            return long
        start = first.chunks[1][0] if len(first.chunks) > 1 else first.indent + len(first.text.split(" ")[0]) + 1
        return abs(line.indent - start) <= HANGING
