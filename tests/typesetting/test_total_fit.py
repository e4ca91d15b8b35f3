"""Total fit finds the breaks of a paragraph that no other breaks are better than."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from masthead.typesetting.total_fit import Breakpoint, Spaces, total_fit

SPACES = Spaces(shrink=1 / 3, stretch=1 / 2)
SPACE = 3.0


def paragraph(words: list[float]) -> list[Breakpoint]:
    """Words of these widths with spaces between them; a line may end after each."""
    breaks, pen = [], 0.0
    for count, word in enumerate(words):
        pen += word
        breaks.append(Breakpoint(pen, pen + SPACE, count * SPACE, (count + 1) * SPACE))
        pen += SPACE
    return breaks


def cost(words: list[float], ends: tuple[int, ...], first_room: float, room: float) -> float:
    """The sum over the lines, as the module has it, computed from the words of each; infinite if one does not fit."""
    whole, start = 0.0, 0
    for end in ends:
        line = words[start : end + 1]
        width, between = (room if start else first_room), SPACE * (len(line) - 1)
        text = sum(line) + between
        start = end + 1
        if text - SPACES.shrink * between > width + 1e-9:
            return float("inf")
        if start == len(words):
            ratio = 0.0 if text <= width else 1000.0
        elif not between:
            ratio = 0.0 if text >= width else 1000.0
        else:
            ratio = (width - text) / (between * (SPACES.stretch if text <= width else SPACES.shrink))
        whole += (1 + 100 * min(abs(ratio), 1000.0) ** 3) ** 2
    return whole


@given(st.lists(st.integers(2, 30).map(float), min_size=1, max_size=9), st.integers(20, 60), st.integers(20, 60))
def test_no_breaks_are_better(words: list[float], first_room: int, room: int) -> None:
    last = len(words) - 1
    every = [(*chosen, last) for count in range(last + 1) for chosen in combinations(range(last), count)]
    best = min(cost(words, ends, first_room, room) for ends in every)
    found = total_fit(paragraph(words), first_room, room, SPACES)
    if best == float("inf"):
        assert found is None
    else:
        assert found is not None and found[-1] == last
        assert abs(cost(words, tuple(found), first_room, room) - best) <= 1e-6 * best


def test_a_loose_line_is_shared_with_the_lines_beside_it() -> None:
    words = [12.0, 12.0, 2.0, 26.0, 12.0]
    assert total_fit(paragraph(words), 32, 32, SPACES) == [1, 3, 4]  # first fit: 12 12 2, 26, 12
