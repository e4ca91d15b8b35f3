"""Characters of Word's fonts of symbols, as the signs that they show."""

from __future__ import annotations

import pytest

from masthead.formats.word.symbols import shown_as, sign_of


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", 0x20, " "), ("Symbol", 0x61, "α"), ("symbol", 0xF061, "α"), ("SYMBOL", 0x7E, "∼"),
        ("Symbol", 0x7F, None),
        ("Symbol", 0x9F, None), ("Symbol", 0xA0, "€"), ("Symbol", 0xB7, "•"), ("Symbol", 0xF0B0, "°"),
        ("Symbol", 0xF0, None),
        ("Symbol", 0xF1, "〉"), ("Symbol", 0xFE, "⎭"), ("Symbol", 0xFF, None), ("Symbol", 0xEFFF, None),
        ("Wingdings", 0x28, "☎"), ("Wingdings", 0xF0FC, "✓"), ("Wingdings", 0xFE, "☑"), ("Wingdings", 0x29, None),
        ("Webdings", 0x61, None), ("", 0x61, None),
    ],
)  # fmt: skip
def test_a_code_of_a_font_is_a_sign(font: str, code: int, sign: str | None) -> None:
    assert sign_of(font, code) == sign


@pytest.mark.parametrize(
    ("font", "text", "shown"),
    [
        ("Symbol", "abc", "αβχ"),
        ("Symbol", "\uf061\u0628\u0161", "α\u0628\u0161"),
        ("Symbol", "\u0100\u00b0", "\u0100°"),
        ("Wingdings", "\uf0fca", "✓a"),
        ("Arial", "abc\uf061", "abc\uf061"),
    ],
)
def test_a_text_in_such_a_font_is_read_as_what_it_shows(font: str, text: str, shown: str) -> None:
    assert shown_as(text, font) == shown
