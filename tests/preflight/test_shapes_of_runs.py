"""What one run of letters shows: joined letters apart, and letters that are not in the proportions of their font."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from handfont import FATHA, FONT, run
from masthead.preflight import strokes

UPRIGHT = (1.0, 0.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("signs", "kerning", "spacing", "gap"),
    [
        ("LB", [(1, -50)], 0, 0.05),  # in thousandths of the size
        ("LB", [(1, -49)], 0, 0),
        ("LB", [(1, 50)], 0, -0.05),  # one into the other
        ("LB", [(1, 49)], 0, 0),
        ("LNB", [(2, -60)], 0, 0.06),
        ("LNB", [(1, -10), (2, -60)], 0, 0.06),
        ("LNB", [(1, -70), (2, -60)], 0, 0.07),  # the first one counts
        ("BL", [(1, -60)], 0, 0),  # these do not join
        ("ab", [(1, -60)], 0, 0),
        (f"L{FATHA}B", [(1, -60)], 0, 0.06),  # marks do not part letters
        (f"L{FATHA}B", [(2, -60)], 0, 0.06),
        (f"{FATHA}B", [(1, -60)], 0, 0),
        ("LUB", [(1, -60)], 0, 0),  # the font does not say what is between them
        ("LB", [], 0.5, 0.05),
        ("LB", [], 0.49, 0),
        ("LB", [], -0.5, -0.05),
        ("LB", [(1, 50)], 1, 0.05),  # kerning and spacing together
        ("LB", [(1, 100)], 1, 0),
        ("aLB", [(1, -60)], 1, 0.1),
        ("A LB", [(1, -60), (2, -60)], 0, 0),
        ("L", [], 1, 0),
    ],
)
def test_a_gap_is_between_letters_that_join(
    signs: str, kerning: Sequence[tuple[int, float]], spacing: float, gap: float
) -> None:
    shown = run(signs, kerning=kerning, spacing=spacing)
    assert strokes._gap(shown.run, FONT.summaries) == pytest.approx(gap)


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        (UPRIGHT, ""),
        ((2, 0, 0, 2), ""),  # larger
        ((1, 0.01, 0, 1), ""),
        ((1, 0.011, 0, 1), "turned or slanted"),
        ((1, 0, -0.011, 1), "turned or slanted"),
        ((2, 0.02, 0, 2), ""),
        ((2, 0.021, 0, 2), "turned or slanted"),
        ((0, 1, -1, 0), "turned or slanted"),
        ((-1, 0, 0, 1), "mirrored"),
        ((1, 0, 0, -1), "mirrored"),
        ((1.009, 0, 0, 1), ""),
        ((1.02, 0, 0, 1), "drawn 102 % wide"),
        ((1, 0, 0, 2), "drawn 50 % wide"),
        ((0.98, 0, 0, 1), "drawn 98 % wide"),
    ],
)
def test_letters_are_in_the_proportions_of_their_font(matrix: tuple[float, float, float, float], said: str) -> None:
    assert strokes._distortion([run("ab", matrix=matrix).run], 0) == said


@pytest.mark.parametrize(
    ("size", "rise", "beside", "said"),
    [
        (10, 0.6, [10], "raised by 0.6 pt"),
        (10, -0.6, [10], "lowered by 0.6 pt"),
        (10, 0.5, [10], ""),  # no more than a twentieth of the size
        (8, 4, [10], ""),  # a call, smaller than the letters beside it
        (8.1, 4, [10], "raised by 4.0 pt"),
        (8, 4, [], ""),
        (8, 4, [12, 9], "raised by 4.0 pt"),  # one of both
        (8, 4, [12, 10], ""),
    ],
)
def test_only_letters_smaller_than_those_beside_them_are_raised(
    size: float, rise: float, beside: list[float], said: str
) -> None:
    raised = run("a", size=size, rise=rise).run
    before, after = ([run("b", size=each).run for each in some] for some in (beside[:1], beside[1:]))
    far = run("b", size=size).run  # what is not beside it does not count
    runs = [*([far] if before else []), *before, raised, *after, *([far] if after else [])]
    assert strokes._distortion(runs, runs.index(raised)) == said


def test_what_is_raised_beside_a_raised_letter_says_nothing() -> None:
    runs = [run("b", size=8, rise=4).run, run("a", size=8, rise=4).run]
    assert strokes._distortion(runs, 1) == "" and strokes._distortion([run("b", size=8).run, runs[1]], 1)
    scaled = [run("b", matrix=(2, 0, 0, 2)).run, run("a", matrix=(2, 0, 0, 2), rise=1).run]
    assert strokes._distortion(scaled, 1) == "raised by 2.0 pt"


@pytest.mark.parametrize(
    ("matrix", "turned"),
    [
        ((0, -1, 1, 0), True),
        ((0, -2, 2, 0), True),
        ((0, 1, -1, 0), False),  # counterclockwise
        ((0, -1, 2, 0), False),  # stretched
        ((0, -1, -1, 0), False),  # mirrored
        ((0.1, -1, 1, 0), False),
        ((0, -1, 1, 0.1), False),
        ((0, 0, 0, 0), False),
        (UPRIGHT, False),
    ],
)
def test_heads_of_a_landscape_page_are_turned_clockwise(
    matrix: tuple[float, float, float, float], turned: bool
) -> None:
    assert strokes._is_turned(run("ab", matrix=matrix).run) is turned


@pytest.mark.parametrize(
    ("sign", "joins"),
    [("L", True), ("N", True), ("B", False), ("a", False), ("U", False), (FATHA, True), (" ", False), ("A", False)],
)
def test_a_letter_joins_the_next_one_on_its_right_in_two_forms(sign: str, joins: bool) -> None:
    """A mark alone may be that of a letter that joins; lam with alef begins with lam, which joins on its left."""
    assert strokes._may_join(FONT.summaries, ord(sign)) is joins
