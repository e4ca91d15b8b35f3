"""Numbers of running text have one value, however a language writes them."""

from __future__ import annotations

import pytest

from masthead.document import Language
from masthead.editing.concordance.quantities import PLAIN, quantities, spelled


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "13,900 troops, 11.1 million, resolution 2360 (2017)", ["13900", "11100000", "2360", "2017"]),
        ("fr", "13\u00a0900 militaires et 11,1\u202fmillions", ["13900", "11100000"]),
        ("es", "13.900 efectivos y 28 militares", ["13900", "28"]),
        ("ru", "13 900 человек, 5\u00a0июля 2020 года, принимая", ["month 7", "13900", "5", "2020"]),
        ("ar", "900 13 فردا في 31 كانون الأول/ديسمبر 2020", ["month 12", "13900", "31", "2020"]),
        ("zh", "1 110万人，2020年5月3日，2019冠状病毒病", ["month 5", "11100000", "2020", "3"]),
        ("en", "in 2020/21, S/2020/21", ["2020", "2021", "2020", "21"]),
        ("en", "FC-G5S and COVID-19, 2,4,6-trinitrotoluene", ["2", "4", "6"]),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(language: str, text: str, values: list[str]) -> None:
    assert [each.value for each in quantities(text.translate(PLAIN), Language(language))] == values


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("zh", "第四十一条", "41"),
        ("fr", "vingt-cinq", "25"),
        ("ru", "шесть месяцев", "6"),
        ("ar", "أحد عشر شهرا", "11"),
    ],
)
def test_numbers_in_words_may_be_those_in_digits(language: str, text: str, value: str) -> None:
    assert value in spelled(text, Language(language))
