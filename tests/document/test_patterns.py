"""Lines of a masthead are matched against templates."""

from __future__ import annotations

import pytest

from masthead.document.patterns import match


@pytest.mark.parametrize(("length", "matches"), [(1, True), (600, True), (601, False), (5000, False)])
def test_a_line_of_more_than_600_characters_is_no_line_of_a_masthead(length: int, matches: bool) -> None:
    assert (match("x" * length, ["{any}"]) is not None) is matches
