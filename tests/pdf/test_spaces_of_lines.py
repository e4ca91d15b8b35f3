"""Lines whose spaces are wide: how many times as wide as a space, on pages read from the left and from the right."""

from __future__ import annotations

import pytest

from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.measures import loose_lines
from masthead.pdf.drawn.pages import DrawnLine, DrawnSpan, Page

SIZE = 100.0  # points: a space is 25 points, and 9.5 points beside it are white


def line(*gaps: float, right_to_left: bool = False) -> DrawnLine:
    """A line of words of one letter, 40 points wide, with so many points of white between them."""
    at, boxes = 0.0, []
    for gap in (*gaps, 0):
        boxes.append((at, at + 40))
        at += 40 + gap
    characters = [
        # The file has white space before each word but the first that is read.
        Character("a", left, 0, right, 9, 9, SIZE, "Amiri", index != (len(gaps) if right_to_left else 0), 0)
        for index, (left, right) in enumerate(boxes)
    ]
    span = DrawnSpan(tuple(characters[::-1]), right_to_left, 0, 0, at, 9, 9, SIZE, "Amiri")
    return DrawnLine((span,), (), "a a", (0, 0, at, 9), 9, SIZE)


def times(least: float, *lines: DrawnLine, right_to_left: bool = False) -> list[float]:
    page = Page(1, 600, 800, lines, right_to_left, ())
    return [round(found, 3) for _, found in loose_lines(page, least)]


@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize(
    ("gaps", "found"),
    [
        ((34.5,) * 4, [1.0]),
        ((59.5,) * 4, [2.0]),
        ((59.5,) * 3, []),  # too few spaces to say anything
        ((34.5, 34.5, 59.5, 59.5), [1.5]),  # the middle one counts
        ((34.5, 34.5, 34.5, 400), [1.0]),
        ((59.5, 34.5, 59.5, 59.5, 34.5), [2.0]),
    ],
)
def test_spaces_are_measured_in_spaces(gaps: tuple[float, ...], found: list[float], right_to_left: bool) -> None:
    assert times(0, line(*gaps, right_to_left=right_to_left), right_to_left=right_to_left) == found


@pytest.mark.parametrize(("least", "count"), [(1.999, 1), (2.0, 1), (2.001, 0)])
def test_lines_from_a_limit_on_are_named(least: float, count: int) -> None:
    assert len(times(least, line(*[59.5] * 4), line(*[20.0] * 4))) == count


def test_letters_of_one_word_have_no_space() -> None:
    whole = line(*[59.5] * 4)
    letters = tuple(each._replace(spaced=False) for each in whole.spans[0].characters)
    joined = DrawnLine((DrawnSpan(letters, False, 0, 0, 9, 9, 9, SIZE, "Amiri"),), (), "aaaaa", whole.box, 9, SIZE)
    assert times(0, joined) == []
