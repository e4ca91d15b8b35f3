"""The automatic numbers of Word lists, as Word prints them."""

from __future__ import annotations

import pytest
from lxml import etree

from masthead.formats.word.numbering import Numbering, format_number
from packages import SPACES


def level(at: int, text: str, form: str = "decimal", start: int | None = 1, more: str = "") -> str:
    begin = f'<w:start w:val="{start}"/>' if start is not None else ""
    return f'<w:lvl w:ilvl="{at}">{begin}<w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(*levels: str, identifier: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{identifier}">{more}{"".join(levels)}</w:abstractNum>'


def instance(number: int, of: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def numbering(*parts: str) -> Numbering:
    return Numbering(etree.fromstring(f"<w:numbering {SPACES}>{''.join(parts)}</w:numbering>"))


def printed(lists: Numbering, *asked: int, instance: str = "1") -> list[str]:
    return [lists.number(instance, each) for each in asked]


OUTLINE = (level(0, "%1."), level(1, "%1.%2", "lowerLetter"), level(2, "(%3)", "lowerRoman"))


@pytest.mark.parametrize(
    ("levels", "asked", "expected"),
    [
        (OUTLINE, (0, 0, 1, 1, 2, 2, 1, 0, 1, 2), "1. 2. 2.a 2.b (i) (ii) 2.c 3. 3.a (i)"),
        (OUTLINE, (1, 2, 0, 1), "1.a (i) 1. 1.a"),  # levels above that are not used yet count as their first number
        ((level(0, "%1.", start=4),), (0, 0), "4. 5."),
        ((level(0, "%1.", start=0),), (0, 0), "0. 1."),
        ((level(0, "%1.", start=None),), (0, 0), "1. 2."),
        ((level(0, "%1."), level(1, "%1.%2", start=3)), (0, 1, 1, 0, 1), "1. 1.3 1.4 2. 2.3"),
        ((level(0, "%1.", "upperRoman"), level(1, "%1.%2")), (0, 0, 1), "I. II. II.1"),
        # All numbers above in decimal.
        ((level(0, "%1.", "upperRoman"), level(1, "%1.%2", "lowerLetter", more="<w:isLgl/>")), (0, 0, 1), "I. II. 2.a"),
        ((level(0, "%1.", "upperRoman"), level(1, "%1.%2", more='<w:isLgl w:val="0"/>')), (0, 1), "I. I.1"),
        ((level(0, "*", "bullet"),), (0, 0), "• •"),
        ((level(0, "%1.%2"),), (0,), "1.1"),
    ],
)
def test_levels_count_and_start_again_below_a_higher_one(
    levels: tuple[str, ...], asked: tuple[int, ...], expected: str
) -> None:
    assert printed(numbering(abstract(*levels), instance(1)), *asked) == expected.split()


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        # ECMA-376, 17.9.10: the level after which this one starts again, counted from 1; 0 is none.
        (None, "1 a i ii b i 2 a i"),
        (0, "1 a i ii b iii 2 a iv"),
        (1, "1 a i ii b iii 2 a i"),
        (2, "1 a i ii b i 2 a i"),
    ],
)
def test_a_level_starts_again_after_the_level_that_it_names(restart: int | None, expected: str) -> None:
    more = "" if restart is None else f'<w:lvlRestart w:val="{restart}"/>'
    levels = (level(0, "%1"), level(1, "%2", "lowerLetter"), level(2, "%3", "lowerRoman", more=more))
    assert printed(numbering(abstract(*levels), instance(1)), 0, 1, 2, 2, 1, 2, 0, 1, 2) == expected.split()


def test_two_instances_of_a_list_share_its_numbers_unless_one_starts_again_which_it_does_once() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    lists = numbering(abstract(*OUTLINE), instance(1), instance(2), instance(3, more=override))
    assert [lists.number(each, 0) for each in "121332"] == ["1.", "2.", "3.", "7.", "8.", "9."]


def test_an_instance_may_have_levels_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "No. %1", "upperLetter", start=2)}</w:lvlOverride>'
    lists = numbering(abstract(*OUTLINE), instance(1), instance(2, more=own))
    assert printed(lists, 0, 0, instance="2") == ["No. B", "No. C"]
    assert printed(numbering(abstract(*OUTLINE), instance(1)), 0) == ["1."]


def test_two_lists_count_apart_and_a_style_of_lists_is_followed() -> None:
    lists = numbering(
        abstract(level(0, "%1."), identifier=0),
        abstract(level(0, "(%1)"), identifier=1, more='<w:styleLink w:val="Own"/>'),
        abstract(identifier=2, more='<w:numStyleLink w:val="Own"/>'),
        abstract(identifier=3, more='<w:numStyleLink w:val="Absent"/>'),
        instance(1), instance(2, 1), instance(3, 2), instance(4, 3), instance(5, 9),
    )  # fmt: skip
    assert [lists.number(each, 0) for each in "121323"] == ["1.", "(1)", "2.", "(1)", "(2)", "(2)"]
    assert [lists.number(each, 0) for each in ("4", "5", "absent")] == ["", "", ""]


def test_levels_outside_those_of_word_count_as_the_nearest() -> None:
    lists = numbering(abstract(level(0, "%1."), level(8, "%9)")), instance(1))
    assert printed(lists, -1, 0, 8, 9, 50) == ["1.", "2.", "1)", "2)", "3)"]
    assert Numbering(None).number("1", 0) == ""


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("lowerRoman", {1: "i", 9: "ix", 40: "xl", 90: "xc", 100: "c", 399: "cccxcix", 400: "400", 0: "0"}),
        ("upperRoman", {14: "XIV", 300: "CCC"}),
        ("lowerLetter", {1: "a", 27: "aa", 53: "aaa", 0: "", -1: "", 26 * 9: "z" * 9, 26 * 20: "z" * 9}),
        ("russianLower", {1: "а", 10: "к", 28: "я", 29: "аа"}),
        ("arabicAlpha", {1: "أ", 2: "ب", 28: "ي"}),
        ("arabicAbjad", {4: "د", 5: "هـ"}),
        ("chineseCounting", {1: "一", 10: "十"}),
        ("chineseCountingThousand", {2: "二", 0: "0", 1000: "1000"}),
        ("japaneseCounting", {3: "三"}),
        ("taiwaneseCounting", {4: "四"}),
        ("decimalZero", {1: "01", 10: "10", 100: "100"}),
        ("none", {1: ""}),
        ("ordinal", {1: "1"}),
    ],
)
def test_numbers_in_the_formats_of_word(form: str, numbers: dict[int, str]) -> None:
    assert {number: format_number(number, form) for number in numbers} == numbers
