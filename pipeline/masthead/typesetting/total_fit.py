"""The breaks that give the lines of a justified paragraph the most even spaces.

First fit fills each line with what it can hold, and leaves the loose lines where chance puts them. Total fit chooses
all breaks of a paragraph together (D. E. Knuth and M. F. Plass, Breaking Paragraphs into Lines, 1981), here without
classes of lines, so that one pass over the breaks finds the best of all sets. Lengths are in px.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_LOOSEST = 1000.0  # the ratio of a line without a space, or with spaces far too wide
_HYPHEN, _SUCCESSIVE = 50, 10_000  # TeX's \hyphenpenalty, and \doublehyphendemerits for hyphens in lines that follow
_FRAGMENT = 10**6  # a last line that is only the end of a divided word


class Breakpoint(NamedTuple):
    """A place where a line may end: positions in the paragraph, were it one line, and widths of the spaces before them.

    `end` is that of the text before the break, without the spaces there, and with the hyphen of a divided word; the
    next line begins at `begin`.
    """

    end: float
    begin: float
    spaces_to_end: float
    spaces_to_begin: float
    hyphen: bool = False


class Spaces(NamedTuple):
    """How far the spaces of a script may shrink, and from where on they are too wide, as shares of their own width."""

    shrink: float
    stretch: float


def total_fit(breaks: Sequence[Breakpoint], first_room: float, room: float, spaces: Spaces) -> list[int] | None:
    """Return which of `breaks` end the lines, the last one with them; None if a line cannot hold what it must.

    The last of `breaks` is the end of the paragraph. `first_room` is the width of the first line, `room` that of the
    others. The last line is as wide as its text.
    """
    starts = [Breakpoint(0, 0, 0, 0), *breaks]
    costs, before = [0.0], [0]
    active = [0]
    for number, there in enumerate(breaks, 1):
        best, chosen, kept = float("inf"), -1, []
        for start in active:
            here, width = starts[start], room if start else first_room
            text, between = there.end - here.begin, there.spaces_to_end - here.spaces_to_begin
            if text - spaces.shrink * between > width:
                continue  # and so will every later line from here
            kept.append(start)
            if number == len(breaks):
                ratio = 0.0 if text <= width else _LOOSEST
            elif not between:
                ratio = 0.0 if text >= width else _LOOSEST
            else:
                ratio = (width - text) / (between * (spaces.stretch if text <= width else spaces.shrink))
            badness = 1 + 100 * min(abs(ratio), _LOOSEST) ** 3
            cost = costs[start] + (badness + _HYPHEN * there.hyphen) ** 2
            cost += _SUCCESSIVE * (here.hyphen and (there.hyphen or number == len(breaks)))
            if number == len(breaks) and here.hyphen and not between:
                cost += _FRAGMENT
            if cost < best:
                best, chosen = cost, start
        if chosen < 0:
            return None
        costs.append(best)
        before.append(chosen)
        active = [*kept, number]
    found, at = [], len(breaks)
    while at:
        found.append(at - 1)
        at = before[at]
    return found[::-1]
