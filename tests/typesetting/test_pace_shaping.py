"""Text that is shaped once and then divided is divided only where both parts are what they would be alone."""

from __future__ import annotations

import pytest

from masthead.typesetting import typesetter
from masthead.typesetting.pace import shaping
from masthead.typesetting.pace.shaping import ShapedText
from small import html

TEXT = "قرار مجلس الأمن"


@pytest.fixture(scope="module")
def shaped() -> ShapedText:
    """The text as it is shaped for a page."""
    made: list[ShapedText | None] = []

    def shape(font: shaping.ShapingFont, text: str) -> ShapedText | None:
        made.append(original(font, text))
        return made[-1]

    original = shaping.shape
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shaping, "shape", shape)
        typesetter.typeset(html(f"<p>{TEXT}</p>"))
    return next(each for each in made if each and each.content.decode() == TEXT)


def test_a_text_is_divided_between_words(shaped: ShapedText) -> None:
    space = len("قرار ".encode())
    first, rest = shaped.part(0, space), shaped.part(space, len(shaped.content))
    assert first and rest
    assert first.content + rest.content == shaped.content
    assert first.advances + rest.advances == shaped.advances
    assert first.width + rest.width == shaped.width


def test_a_text_is_not_divided_between_letters_that_join(shaped: ShapedText) -> None:
    inside = len("ق".encode())  # joins the next letter
    assert shaped.part(0, inside) is None
    assert shaped.part(inside, len(shaped.content)) is None


def test_a_text_is_divided_only_if_both_ends_allow_it() -> None:
    text = ShapedText(b"abcd", clusters=[0, 1, 2, 3], advances=[10, 20, 30, 40], unsafe={0, 2})
    assert text.part(2, 3) is None
    assert text.part(1, 2) is None
    part = text.part(0, 3)  # before the beginning is nothing to divide from
    assert part and (part.content, part.advances) == (b"abc", [10, 20, 30])
    part = text.part(1, 4)
    assert part and (part.clusters, part.advances) == ([0, 1, 2], [20, 30, 40])
