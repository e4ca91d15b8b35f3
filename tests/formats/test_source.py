"""The bytes of a source become text, and a place in a text keeps the number of its line."""

from __future__ import annotations

import pytest

from masthead.formats.source import Passage, SourceLine

TEXT = Passage.of([("first ", 3), ("second ", 4), ("third", 9)])


@pytest.mark.parametrize(("offset", "line"), [(0, 3), (5, 3), (6, 4), (12, 4), (13, 9), (17, 9)])
def test_a_character_keeps_the_line_that_it_was_in(offset: int, line: int) -> None:
    assert TEXT.line(offset) == line


@pytest.mark.parametrize("start", range(18))
def test_the_rest_of_a_passage_keeps_the_lines_of_its_characters(start: int) -> None:
    rest = TEXT.cut(start)
    assert rest.text == TEXT.text[start:]
    assert [rest.line(at) for at in range(len(rest.text))] == [TEXT.line(at) for at in range(start, 18)]


def test_lines_that_run_on_are_one_passage_with_a_space_between_them() -> None:
    passage = Passage.of_lines([SourceLine("one", 1), SourceLine("two", 2), SourceLine("three", 5)])
    assert passage.text == "one two three"
    assert [passage.line(at) for at in (2, 4, 8)] == [1, 2, 5]
