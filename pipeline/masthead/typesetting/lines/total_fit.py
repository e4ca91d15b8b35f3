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
_PARTED, _LONE = 60, 100  # a number that is parted from its word, and a last line that is a single word
_LOOSER = 1.5  # no line is looser in a paragraph whose number of lines is given
_NEVER = float("inf"), 0


class Breakpoint(NamedTuple):
    """A place where a line may end: positions in the paragraph, were it one line, and widths of the spaces before them.

    `end` is that of the text before the break, without the spaces there, and with the hyphen of a divided word; the
    next line begins at `begin`. `parts` says that the break parts a number from its word.
    """

    end: float
    begin: float
    spaces_to_end: float
    spaces_to_begin: float
    hyphen: bool = False
    parts: bool = False


class Spaces(NamedTuple):
    """How far the spaces of a script may change, as shares of their own width.

    They shrink by `shrink` at most; to shrink by `tight` is as bad as to stretch by `stretch`.
    """

    shrink: float
    tight: float
    stretch: float


def total_fit(
    breaks: Sequence[Breakpoint], first_room: float, room: float, spaces: Spaces, lines: int | None = None
) -> list[int] | None:
    """Return which of `breaks` end the lines, the last one with them; None if a line cannot hold what it must.

    The last of `breaks` is the end of the paragraph. `first_room` is the width of the first line, `room` that of the
    others. The last line is as wide as its text. With `lines`, the paragraph has exactly so many, and no space
    is stretched by more than 1.5 × `spaces.stretch`.
    """
    starts = [Breakpoint(0, 0, 0, 0), *breaks]
    # For each break, by the number of lines before it (0 if it is not asked for): the least cost, and the break before.
    ways: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    active = [0]
    for number, there in enumerate(breaks, 1):
        found: dict[int, tuple[float, int]] = {}
        kept = []
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
                ratio = (width - text) / (between * (spaces.stretch if text <= width else spaces.tight))
            if lines is not None and ratio > _LOOSER:
                continue
            badness = 1 + 100 * min(abs(ratio), _LOOSEST) ** 3
            penalty = _HYPHEN * there.hyphen + _PARTED * there.parts
            penalty += _LONE * (number == len(breaks) and start > 0 and not between)
            cost = (badness + penalty) ** 2
            cost += _SUCCESSIVE * (here.hyphen and (there.hyphen or number == len(breaks)))
            if number == len(breaks) and here.hyphen and not between:
                cost += _FRAGMENT
            for before, (so_far, _) in ways[start].items():
                count = before if lines is None else before + 1
                if (lines is None or count <= lines) and so_far + cost < found.get(count, _NEVER)[0]:
                    found[count] = so_far + cost, start
        if not found and lines is None:
            return None
        ways.append(found)
        active = [*kept, number]
    count, at = lines or 0, len(breaks)
    if count not in ways[at]:
        return None
    ends = []
    while at:
        ends.append(at - 1)
        at, count = ways[at][count][1], count - (lines is not None)
    return ends[::-1]
