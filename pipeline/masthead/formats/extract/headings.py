"""Headings of an extract, recognized by their marks, or by their position and their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from masthead.formats.extract.calls import CALL
from masthead.formats.extract.drafts import Draft, Drafted
from masthead.formats.extract.measure import HANGING, Measure, Placing
from masthead.formats.extract.openers import Openers
from masthead.formats.extract.pages import Page, PageLine
from masthead.formats.extract.running_text import joined
from masthead.formats.styled.parts import ParaKind

LONGEST = 220  # characters of a heading
_LINES = 4
_STOPPED = re.compile(r"[.;:,،؛。；：，]$|\w{3}[.;] ")


class Headings:
    """Recognizes the headings of one document. `last` is the number of the last paragraph that was read."""

    def __init__(self, opens: Openers, measure: Measure) -> None:
        self._opens, self._measure = opens, measure
        self.last = 0
        self._counted: dict[int, int] = {}

    def count(self, text: str, level: int) -> None:
        """Remember the mark of a heading, after which marks of deeper levels start again."""
        above = {each: ordinal for each, ordinal in self._counted.items() if each < level}
        self._counted = {**above, level: self._opens.places(text).get(level, 0)}

    def level(self, line: PageLine, stops: tuple[str, ...]) -> int:
        """Return the level of the heading that a line begins with a mark, or 0. `stops` end paragraphs."""
        text, placed = CALL.sub("", line.text), self._measure.placed
        number = self._opens.number(text)
        follows = number == self.last + 1
        hangs = self._measure.hangs_out(line) and not (follows and self._measure.is_wide(line))
        if not hangs and (self._opens.is_item(text) or (number is not None and (placed or follows))):
            return 0
        if not placed and text.endswith(stops):
            return 0
        places = self._opens.places(text)
        follow = (level for level, ordinal in places.items() if self._counted.get(level, 0) + 1 == ordinal > 1)
        return next(follow, min(places, default=0))

    def unnumbered(self, page: Page, at: int, drafts: Sequence[Drafted], stops: tuple[str, ...]) -> int:
        """Return the number of lines of an unnumbered heading: without a full stop, after a gap, and before text."""
        line, placed = page[at], self._measure.placed
        room = (
            not at
            or line.gap
            or not isinstance(last := drafts[-1], Draft)
            or last.kind in (ParaKind.HEADING, ParaKind.ANNEX_TITLE)
        )
        room = room or (not placed and CALL.sub("", page[at - 1].text).endswith(stops))
        if not room or self._measure.is_indented(line) or self._opens.is_marked(line.text) or line.text[:1].islower():
            return 0
        if self._opens.is_remark(line.text):
            return 0
        count = self.block(page, at)
        end = at + count
        text = CALL.sub("", joined(page[at:end]))
        over = end < len(page) and (placed or self._opens.is_marked(page[end].text))
        return count if over and count <= _LINES and len(text) < LONGEST and not _STOPPED.search(text) else 0

    def is_title(self, line: PageLine) -> bool:
        """Return whether a line may be a heading in the column of the text: words without a full stop."""
        text = CALL.sub("", line.text)
        plain = self._measure.placed and not self._measure.is_indented(line) and not self._measure.is_wide(line)
        opens = self._opens.is_marked(text) or self._opens.stands_alone(text) or self._opens.is_remark(text)
        return plain and not opens and text[:1].isupper() and not _STOPPED.search(text)

    def block(self, page: Page, at: int) -> int:
        """Return the number of lines with the same indent from one on, without a gap or a mark between them."""
        first, end = page[at], at + 1
        while end < len(page) and end - at <= _LINES:
            line = page[end]
            apart = self._measure.placed and abs(line.indent - first.indent) > HANGING
            cells = self._measure.places is not Placing.NONE and len(line.chunks) > 1
            opens = self._opens.is_marked(line.text) or self._opens.is_formula(line.text)
            if line.gap or apart or cells or opens or self._opens.is_original(line.text):
                break
            end += 1
        return end - at

    def title(self, page: Page, at: int) -> int:
        """Return the number of lines of the title of an annex or a part from one on.

        It ends where the next word would have fitted into its line: then the line was not broken, but text begins.
        """
        count = 1
        while count < self.block(page, at):
            line, following = page[at + count - 1], page[at + count].text
            if self._measure.has_room(line, following.split()[0]) and not following[:1].islower():
                break
            count += 1
        return count
