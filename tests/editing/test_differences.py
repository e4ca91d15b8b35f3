"""How the value of one language version differs from that of the others, in words."""

from __future__ import annotations

import pytest

from masthead.editing.concordance.disagreement import difference


@pytest.mark.parametrize(
    ("value", "usual", "said"),
    [
        (3, 4, "3, not 4"),
        (("1",), ("2",), "has 1, not 2"),
        (("1", "2"), ("2", "3"), "has 1, not 3"),
        (("1",), ("1", "2"), "lacks 2"),
        (("1", "2"), ("1",), "has 2 in addition"),
        (("1", "1"), ("1",), "has 1 in addition"),  # twice instead of once
        (("2", "1"), ("1", "2"), "has another order: 2, 1"),
    ],
)
def test_a_difference_is_said_in_words(value: object, usual: object, said: str) -> None:
    assert difference(value, usual) == said
