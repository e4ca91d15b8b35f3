"""The replacement text of some content is what its glyphs can show, in any order."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from handfont import FATHA, FONT, run
from masthead.pdf import Sign, meanings, spots
from masthead.pdf.content.runs import PageText
from masthead.preflight.actual_text import actual_text, can_show


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


def findings(signs: str, words: str) -> list[str]:
    """What the rule says of a page that shows some signs, and gives words in their place."""
    text = PageText(runs=(run(signs).run,), replacements=((0, words), (1, "elsewhere")))
    evidence: Any = SimpleNamespace(
        pages=[SimpleNamespace(number=3)], texts=[text], known_fonts=SimpleNamespace(of=lambda font: FONT)
    )
    return [f"{each.page}: {each.message}" for each in actual_text(evidence)]


@pytest.mark.parametrize(
    ("signs", "words", "right"),
    [
        ("ab cd", "ab cd", True),
        ("ab cd", "abcd", True),  # spaces are compared by other rules
        ("abcd", "ab cd", True),
        (f"ab{FATHA}", f"ab{FATHA}", True),
        ("ab cd", "ab ce", False),
        ("ab", "ab c", False),
    ],
)
def test_replacement_text_that_its_glyphs_do_not_show_is_found(
    signs: str, words: str, right: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spots, "box", lambda page, number: None)
    message = f"3: the replacement text “{words}” is not what its glyphs show"
    assert findings(signs, words) == ([] if right else [message])
