"""Concordance: everything in which two or more short versions disagree; numbers that languages write in their ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cases
from manuscripts import report, resolution
from masthead import formats
from masthead.document import Language
from masthead.editing.concordance import KINDS, Version, concord
from masthead.editing.concordance.quantities import PLAIN, quantities, spelled

TABLE = Path(__file__).with_name("concordance_cases.txt")
_VERSION = re.compile(r"(?P<language>\w\w)(?P<kind> resolution)?(?: \[(?P<keys>.*?)\])?: (?P<body>.*)", re.DOTALL)


def version(written: str) -> Version:
    """The version that one part of an input is."""
    found = _VERSION.fullmatch(cases.meant(written))
    assert found is not None, written
    keys = dict(each.split("=", 1) for each in (found["keys"] or "").split("; ") if each)
    kind = resolution if found["kind"] else report
    text = kind(Language(found["language"]), found["body"], **keys)
    return Version.of(formats.parse(text.encode(), "x.md"), found["language"], path="x.md", source=text)


def outcome(written: str) -> list[str]:
    """The disagreements: kind, place, the versions that differ, and what is said."""
    found = concord([version(each) for each in written.split(" ‖ ")]).disagreements
    assert {each.rule for each in found} <= set(KINDS)
    return [cases.shown(f"{each.rule} | {each.where} | {' '.join(each.versions)} | {each.message}") for each in found]


@pytest.mark.parametrize(("written", "expected"), cases.read(TABLE))
def test_the_disagreements_of_versions_are_these(written: str, expected: list[str]) -> None:
    assert outcome(written) == expected


@pytest.mark.parametrize("written", [written for written, expected in cases.read(TABLE) if expected])
def test_the_order_of_two_versions_does_not_matter(written: str) -> None:
    parts = written.split(" ‖ ")
    if len(parts) == 2:
        ways = [concord([version(each) for each in several]).disagreements for several in (parts, parts[::-1])]
        first, second = ([(each.rule, sorted(each.versions)) for each in found] for found in ways)
        assert sorted(first) == sorted(second)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "5 per cent, $7 and 7 million dollars", "5 percentage, 7 amount of money, 7000000 amount of money"),
        ("en", "2360 (2017), 3.50 and 3.5", "2360 resolution, 2017 resolution, 3.5, 3.5"),
        ("en", "-5, 4-5, a-5, (-5) and 3 -5", "-5, 4, 5, 5, -5, 3, 5"),
        ("en", "2020/21, 2020-21, 2020/2021, 64/293", "2020, 2021, 2020, 2021, 2020, 2021, 64, 293"),
        ("en", "1,250,000 and 1 250 and 12,50 and 1.2.3", "1250000, 1250, 12.5, 1, 2, 3"),
        ("en", "3 billion, 5 thousand", "3000000000, 5000"),
        ("fr", "mai 2049, 3,5 milliards", "month 5, 2049, 3500000000"),
        ("zh", "5月、3万和2亿", "month 5, 30000, 200000000"),
        ("zh", "13月和0月", "13, 0"),
        ("ru", "5 мая, 3 тыс. и 2 млрд", "month 5, 5, 3000, 2000000000"),
        ("ar", "000 210 و %5", "210000, 5 percentage"),
        ("ar", "May و أيار/مايو", "month 5, month 5"),
    ],
)
def test_numbers_have_values_and_measures(language: str, text: str, expected: str) -> None:
    found = quantities(text.translate(PLAIN), Language(language))
    assert ", ".join(f"{each.value} {each.measure}".strip() for each in found) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "twenty-five", "5 20 25 100"),
        ("en", "two hundred", "2 100 102 200"),
        ("en", "Chapter IV and XXXIX and XL", "4 39"),
        ("en", "phases 1 to 4", "2 3"),
        ("en", "phases 1–15", "2 3 4 5 6 7 8 9 10 11 12"),
        ("en", "twenty boats and many more five", "5 20"),
        ("en", "G5", "5"),
        ("zh", "十四", "14"),
        ("zh", "二十", "20"),
        ("zh", "一百零五", "105"),
        ("zh", "一千二百三十四", "1234"),
        ("zh", "三万五千", "35000"),
        ("zh", "万", "10000"),
        ("zh", "二〇二〇", "2020"),
        ("zh", "两亿", "2 200000000"),
    ],
)
def test_numbers_in_words_have_values(language: str, text: str, expected: str) -> None:
    assert sorted(spelled(text, Language(language)), key=int) == expected.split()


if __name__ == "__main__":
    cases.rewrite(TABLE, outcome)
