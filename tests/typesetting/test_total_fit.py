"""Total fit finds the breaks of a paragraph that no other breaks are better than."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from masthead.typesetting.lines.total_fit import Breakpoint, Spaces, total_fit

SPACES = Spaces(shrink=1 / 3, tight=1 / 4, stretch=1 / 2)
SPACE = 3.0


def paragraph(words: list[float]) -> list[Breakpoint]:
    """Words of these widths with spaces between them; a line may end after each."""
    breaks, pen = [], 0.0
    for count, word in enumerate(words):
        pen += word
        breaks.append(Breakpoint(pen, pen + SPACE, count * SPACE, (count + 1) * SPACE))
        pen += SPACE
    return breaks


def cost(
    words: list[float], ends: tuple[int, ...], first_room: float, room: float, *, lines_given: bool = False
) -> float:
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
            ratio = (width - text) / (between * (SPACES.stretch if text <= width else SPACES.tight))
        if lines_given and ratio > 1.5:
            return float("inf")
        lone = 100 * (start == len(words) and len(line) == 1 and len(ends) > 1)
        whole += (1 + 100 * min(abs(ratio), 1000.0) ** 3 + lone) ** 2
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


@given(st.lists(st.integers(2, 15).map(float), min_size=2, max_size=9), st.integers(20, 60), st.integers(1, 5))
def test_no_breaks_into_so_many_lines_are_better(words: list[float], room: int, lines: int) -> None:
    last = len(words) - 1
    every = [(*chosen, last) for chosen in combinations(range(last), lines - 1)]
    best = min((cost(words, ends, room, room, lines_given=True) for ends in every), default=float("inf"))
    found = total_fit(paragraph(words), room, room, SPACES, lines)
    if found is None:
        assert best == float("inf")
    else:
        assert len(found) == lines
        assert abs(cost(words, tuple(found), room, room, lines_given=True) - best) <= 1e-6 * best


def test_a_number_stays_with_its_word_where_lines_hardly_differ() -> None:
    breaks = paragraph([12.0, 11.0, 9.0, 12.0, 11.0, 11.0, 11.0])
    assert total_fit(breaks, 36, 36, SPACES) == [1, 4, 6]
    parted = [each._replace(parts=at == 1) for at, each in enumerate(breaks)]
    assert total_fit(parted, 36, 36, SPACES) == [2, 4, 6]


def test_a_loose_line_is_shared_with_the_lines_beside_it() -> None:
    words = [12.0, 12.0, 2.0, 26.0, 12.0]
    assert total_fit(paragraph(words), 32, 32, SPACES) == [1, 3, 4]  # first fit: 12 12 2, 26, 12


def divided(parts: list[tuple[float, bool]]) -> list[Breakpoint]:
    """Parts of words of these widths; after each there is a space, or a place where a hyphen of 2 may be."""
    breaks, pen, spaces = [], 0.0, 0
    for width, ends_word in parts:
        pen += width
        if ends_word:
            breaks.append(Breakpoint(pen, pen + SPACE, spaces * SPACE, (spaces + 1) * SPACE))
            pen, spaces = pen + SPACE, spaces + 1
        else:
            breaks.append(Breakpoint(pen + 2, pen, spaces * SPACE, spaces * SPACE, True))
    end = breaks[-1]
    return [*breaks[:-1], Breakpoint(pen - SPACE if parts[-1][1] else pen, pen, end.spaces_to_end, end.spaces_to_begin)]


def cost_of_divided(breaks: list[Breakpoint], ends: tuple[int, ...], room: float) -> float:
    """The sum over the lines with what hyphens cost: 50 each, 10,000 where two lines that follow have one.

    A last line that is only the end of a divided word costs a million, one that is a single word 100.
    """
    whole, begin, before, hyphen = 0.0, 0.0, 0.0, False
    for end in ends:
        there = breaks[end]
        text, between, is_last = there.end - begin, there.spaces_to_end - before, end == len(breaks) - 1
        if text - SPACES.shrink * between > room:
            return float("inf")
        if is_last:
            ratio = 0.0 if text <= room else 1000.0
        elif not between:
            ratio = 0.0 if text >= room else 1000.0
        else:
            ratio = (room - text) / (between * (SPACES.stretch if text <= room else SPACES.tight))
        lone = 100 * (is_last and not between and len(ends) > 1)
        whole += (1 + 100 * min(abs(ratio), 1000.0) ** 3 + 50 * there.hyphen + lone) ** 2
        whole += 10_000 * (hyphen and (there.hyphen or is_last)) + 10**6 * (hyphen and is_last and not between)
        begin, before, hyphen = there.begin, there.spaces_to_begin, there.hyphen
    return whole


@given(st.lists(st.tuples(st.integers(3, 15).map(float), st.booleans()), min_size=1, max_size=9), st.integers(20, 45))
def test_no_breaks_with_hyphens_are_better(parts: list[tuple[float, bool]], room: int) -> None:
    breaks = divided(parts)
    last = len(breaks) - 1
    every = [(*chosen, last) for count in range(last + 1) for chosen in combinations(range(last), count)]
    best = min(cost_of_divided(breaks, ends, room) for ends in every)
    found = total_fit(breaks, room, room, SPACES)
    if found is None:
        assert best == float("inf")
    else:
        assert cost_of_divided(breaks, tuple(found), room) <= best * (1 + 1e-6)


def test_a_word_is_divided_only_where_that_makes_lines_better() -> None:
    assert total_fit(divided([(10.0, True)] * 3), 40, 40, SPACES) == [2]
    parts = [(14.0, True), (8.0, False), (8.0, True), (14.0, True)]
    assert total_fit(divided(parts), 27, 27, SPACES) == [1, 3]
    assert total_fit(divided(parts), 34, 34, SPACES) == [2, 3]


def test_the_end_of_a_word_is_no_last_line() -> None:
    """Six words and a seventh, of which the beginning would fit: the first line is looser instead."""
    breaks = divided([(5.0, True)] * 6 + [(3.0, False), (9.0, True)])
    assert total_fit(breaks, 53, 53, SPACES) == [5, 7]
