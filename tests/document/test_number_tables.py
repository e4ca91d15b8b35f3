"""Marks and signs of numbers are those of CLDR, read through Babel; each intended difference is named here."""

from __future__ import annotations

import pytest
from babel import Locale

from masthead.document.numbers import numbers_in
from masthead.document.terms import Digits, Direction, Language
from masthead.page.columns import GROUP_MARKS

MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
SPACES = "\u00a0\u202f"
# CLDR begins or ends a sign with a mark of the direction in which it wants number and sign to be read.
DIRECTIONS = {"\u061c": Direction.RTL, "\u200e": Direction.LTR}


def cldr(language: str, digits: Digits, name: str) -> str:
    return str(Locale(language).number_symbols[str(digits)][name])


def printed(typed: str, digits: Digits) -> str:
    (unit,) = numbers_in(typed, Language.ARABIC, digits)
    return unit.printed


@pytest.mark.parametrize("digits", Digits)
@pytest.mark.parametrize("typed", ["1,250,000.75", "١٬٢٥٠٬٠٠٠٫٧٥"])
def test_decimal_and_group_marks_are_those_of_the_digits(typed: str, digits: Digits) -> None:
    decimal, group = (cldr("ar", digits, name) for name in ("decimal", "group"))
    assert printed(typed, digits) == digits.shape(f"1{group}250{group}000{decimal}75")


@pytest.mark.parametrize("digits", Digits)
@pytest.mark.parametrize(
    ("typed", "name"), [("5%", "percentSign"), ("5٪", "percentSign"), ("5‰", "perMille"), ("5؉", "perMille")]
)
def test_percent_signs_are_those_of_the_digits(typed: str, name: str, digits: Digits) -> None:
    assert printed(typed, digits) == digits.shape("5") + cldr("ar", digits, name).translate(MARKS)


@pytest.mark.parametrize("digits", Digits)
@pytest.mark.parametrize(
    ("typed", "name", "at"), [("-5", "minusSign", 0), ("+5", "plusSign", 0), ("5%", "percentSign", -1)]
)
def test_a_sign_is_on_the_side_where_cldr_has_it(typed: str, name: str, at: int, digits: Digits) -> None:
    (unit,) = numbers_in(typed, Language.ARABIC, digits)
    assert unit.direction is DIRECTIONS[cldr("ar", digits, name)[at]]


@pytest.mark.parametrize("digits", Digits)
def test_hours_and_minutes_have_the_same_mark(digits: Digits) -> None:
    assert printed("15:30", digits) == digits.shape(f"15{cldr('ar', digits, 'timeSeparator')}30")


# The mark of groups that a column of numbers expects. Spaces are no mark: they are groups in every language.
INTENDED = {
    Language.FRENCH: "United Nations French groups by spaces, and a point in a column is a group of Spanish figures",
    Language.RUSSIAN: "as in French",
}


@pytest.mark.parametrize("language", Language)
def test_marks_of_groups_in_columns(language: Language) -> None:
    expected = cldr(str(language), Digits.WESTERN, "group")
    assert (GROUP_MARKS.get(language, ".") == expected) is (language not in INTENDED)
    assert (expected in SPACES) is (language in INTENDED)
    decimal = cldr(str(language), Digits.WESTERN, "decimal")
    assert {decimal, GROUP_MARKS.get(language, ".")} == {",", "."}


def test_groups_that_are_typed_with_spaces_keep_them() -> None:
    """CLDR groups by U+066C and U+002C. The United Nations groups by spaces in Arabic."""
    assert printed("2 047 300", Digits.ARABIC_INDIC) == "٢\u00a0٠٤٧\u00a0٣٠٠"
    assert printed("2 047 300", Digits.WESTERN) == "2\u00a0047\u00a0300"
