"""The words of a drawing are drawn as text is: Arabic joined and in order, Latin with kerning."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from masthead.page.markup import Html
from masthead.page.svg import in_own_fonts
from masthead.pdf.evidence import gather
from masthead.typesetting.typesetter import typeset


def drawn(words: str, attributes: str = "") -> list[tuple[str, float]]:
    """The characters that a drawing with a text shows, from left to right, with their left ends."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 30"><text y="20" {attributes}>{words}</text></svg>'
    )
    address = b64encode(in_own_fonts(drawing.encode(), "")).decode()
    style = "@page { size: 200pt 30pt; margin: 0 } img { display: block; width: 200pt; height: 30pt }"
    text = (
        f"<html lang=en><head><title>A</title><style>{style}</style></head>"
        f'<body><img src="data:image/svg+xml;base64,{address}" alt="words"></body></html>'
    )
    (page,) = gather(typeset(Html(text, Path())).data).pages
    return sorted(
        ((each.text, each.left) for line in page.lines for each in line.characters if each.text.strip()),
        key=lambda each: each[1],
    )


def test_arabic_is_joined_and_in_order() -> None:
    shown = drawn("مياه")
    assert [text for text, _ in shown] == ["ه", "ا", "ي", "م"]
    width = max(left for _, left in shown) - min(left for _, left in shown)
    apart = drawn("م ي ا ه")
    assert width < 0.8 * (max(left for _, left in apart) - min(left for _, left in apart))


@pytest.mark.parametrize(("words", "first"), [("عام 2045:", ":"), ("A: عام", "A"), ("(%) عام", "عام"[-1])])
def test_a_text_has_the_direction_of_its_first_letter(words: str, first: str) -> None:
    assert drawn(words)[0][0] == first


def test_kerning() -> None:
    kerned, apart = (drawn("AVAVAV", attributes)[-1][1] for attributes in ("", 'dx="0 0 0 0 0 0"'))
    assert kerned < apart


def test_letters_that_the_drawing_places_stay_there() -> None:
    (_, a), (_, b), (_, c) = drawn("abc", 'x="10 60 110"')
    assert b - a == pytest.approx(50, abs=2)
    assert c - b == pytest.approx(50, abs=2)


def test_the_end_of_an_arabic_text_is_where_the_drawing_says() -> None:
    shown = drawn("مياه", 'x="150" text-anchor="end"')
    assert all(100 < left < 150 for _, left in shown)
