"""The replacement text of some content is what its glyphs can show, in any order."""

from __future__ import annotations

import pytest

from masthead.pdf import Sign, meanings
from masthead.preflight.actual_text import can_show


def signs(*several: str) -> list[Sign]:
    """Signs that may be one of some letters each; "" for one that is uncertain."""
    return [frozenset(each) if each else meanings.UNSURE for each in several]


@pytest.mark.parametrize(
    ("shown", "letters", "possible"),
    [
        (("a", "b"), "ab", True),
        (("b", "a"), "ab", True),  # a line from the right
        (("a", "b"), "aab", False),
        (("a", "a", "b"), "ab", False),
        (("a", "b"), "ac", False),
        (("ax", "b"), "ab", True),  # a glyph that may be either
        (("ax", "b"), "xb", True),
        (("ax", "bx"), "xx", True),
        (("a", "a"), "ab", False),
        (("",), "whatever", True),  # a font that does not say it
        (("", "b"), "ac", True),
        ((), "", True),
        ((), "a", False),
    ],
)
def test_glyphs_can_show_a_text(shown: tuple[str, ...], letters: str, possible: bool) -> None:
    assert can_show(signs(*shown), letters) is possible


def test_the_form_of_a_letter_does_not_matter() -> None:
    assert can_show([frozenset(("ب", "بinit"))], "ب")
