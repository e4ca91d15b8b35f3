"""What a paragraph should show: the level of each letter, its form, and its mirror image."""

from __future__ import annotations

import pytest

from masthead.pdf import Block
from masthead.preflight.lettering.expected import apart_from_mark, letters, signs


def block(text: str, language: str = "ar") -> Block:
    return Block("P", language, text, ())


def forms(text: str, language: str = "ar") -> str:
    """The forms of the letters, by the first letter of their names; a dot is a letter without forms."""
    return " ".join(letter.form[:1] or "." for letter in letters(block(text, language)))


def levels(text: str, language: str) -> str:
    return "".join(str(letter.level) for letter in letters(block(text, language)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بلد", "i m f"),
        ("ب", "i"),
        ("دار", "i i i"),
        ("بل بل", "i f . i f"),
        ("بل-بل", "i f . i f"),
        ("بَل", "i . f"),  # a mark does not part letters
        ("بـل", "i . f"),  # nor does a tatweel
        ("ب\u200cل", "i . i"),  # a non-joiner does
        ("بل\u200d", "i m ."),  # after a joiner, the last letter is joined
        ("ب\u2068(١)\u2069ل", "i . . . . . f"),  # letters join across a note call
        ("ب\u2067(١)\u2069ل", "i . . . . . i"),  # but not across what one of two versions has
        ("ب\u2068ل\u2069ل", "i . i . f"),
        ("بل\u2069ل", "i m . f"),  # an end without a beginning is nothing
        ("abc", ". . ."),
    ],
)
def test_letters_have_the_forms_that_their_neighbours_require(text: str, expected: str) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("بل ab", "ar", "11122"),
        ("ab بل", "en", "00011"),
        ("بل ab", "en", "11000"),
        ("ab", "ar", "22"),
        ("ab", "fa-IR", "22"),
        ("ab", "he", "22"),
        ("ab", "en", "00"),
        ("A/71/119", "ar", "00000000"),  # a symbol goes from left to right in every language
        ("A/71/119.", "ar", "222222221"),
        ("A/71/119*", "ar", "222222222"),
        ("بل 12", "ar", "11122"),
    ],
)
def test_levels_are_those_of_the_language(text: str, language: str, expected: str) -> None:
    assert levels(text, language) == expected


def test_brackets_are_mirrored_where_they_are_read_from_the_right() -> None:
    found = [letter.shape for letter in letters(block("بل (بل) (ab)"))]
    assert "".join(found) == "بل )بل( )ab("
    assert "".join(letter.shape for letter in letters(block("ab (cd)", "en"))) == "ab (cd)"


def test_spaces_marks_and_controls_have_no_place_on_the_line() -> None:
    seen = [letter.is_seen for letter in letters(block("بَ ل\u200fa"))]
    assert seen == [True, False, False, True, False, True]
    assert [letter.place for letter in letters(block("بَ ل"))] == [0, 1, 2, 3]


def test_the_mark_of_a_paragraph_is_no_part_of_its_numbers() -> None:
    assert apart_from_mark("3 - 5 km") != "3 - 5 km" and len(apart_from_mark("3 - 5 km")) == len("3 - 5 km")
    for text in ("3-5 km", "1234 - 5", "a 3 - 5", "3 -5"):
        assert apart_from_mark(text) == text


@pytest.mark.parametrize(
    "text", ["بَل (بل) 12 ab", "ب\u2068(١)\u2069ل بل", "ب\u2067(١\u2066b\u2069)\u2069ل", "ab\u00a0cd"]
)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_signs_say_the_same_as_letters(text: str, language: str) -> None:
    found, several = signs(block(text, language)), letters(block(text, language))
    assert found.signs == [
        letter.shape + letter.form if letter.is_seen else " " if letter.char.isspace() else letter.form
        for letter in several
    ]
    assert found.levels == [letter.level for letter in several]
    assert found.places == [place for place, sign in enumerate(found.signs) if sign]
    assert found.marks == [(place, char) for place, char in enumerate(text) if char == "\u064e"]
