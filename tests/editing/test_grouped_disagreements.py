"""A difference that many places have is reported once."""

from __future__ import annotations

import pytest

from masthead.editing.concordance.disagreement import Disagreement
from masthead.editing.concordance.grouping import grouped


def places(count: int) -> list[Disagreement]:
    return [Disagreement.of("number", f"p{at}", "fr: lacks 9", ("fr",), at or None) for at in range(count)]


@pytest.mark.parametrize(
    ("count", "message", "rows"),
    [
        (3, "fr: lacks 9, in 3 places: p0, p1, p2", (1, 2)),
        (5, "fr: lacks 9, in 5 places: p0, p1, p2, p3, p4", (1, 2, 3, 4)),
        (6, "fr: lacks 9, in 6 places: p0, p1, p2, p3, p4 and 1 more", (1, 2, 3, 4, 5)),
        (9, "fr: lacks 9, in 9 places: p0, p1, p2, p3, p4 and 4 more", (1, 2, 3, 4, 5, 6, 7, 8)),
    ],
)
def test_three_places_or_more_are_one_and_the_first_five_are_named(
    count: int, message: str, rows: tuple[int, ...]
) -> None:
    (found,) = grouped(places(count))
    assert (found.message, found.rows, found.where, found.row) == (message, rows, "p0", None)


def test_two_places_other_kinds_and_other_versions_stay_apart() -> None:
    others = [
        Disagreement.of("date", "p3", "fr: lacks 9", ("fr",), 3),
        Disagreement.of("number", "p4", "fr: lacks 9", ("es",), 4),
        Disagreement.of("number", "p5", "fr: lacks 8", ("fr",), 5),
    ]
    assert [*grouped([*places(2), *others])] == [*places(2), *others]
