"""Numbers of running text have one value, however a language writes them."""

from __future__ import annotations

import pytest

from manuscripts import AR, EN, report
from masthead.document import Language
from masthead.editing.concordance import Version, concord
from masthead.editing.concordance.quantities import PLAIN, quantities, spelled
from masthead.formats import parse


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


def _rules(english: str, arabic: str) -> list[str]:
    """The disagreements of a paragraph and what is after it, in English and Arabic."""
    sources = {language: report(language, body) for language, body in ((EN, english), (AR, arabic))}
    versions = [Version.of(parse(text.encode(), "x.md"), str(language)) for language, text in sources.items()]
    return [each.rule for each in concord(versions).disagreements]


def test_references_by_labels_are_compared() -> None:
    english = "#. The list is in [](#one).\n\n<!-- annex # --> One {#one}\n\nText.\n\n<!-- annex # --> Two\n\nText."
    arabic = (
        "#. ترد القائمة في [](#{}).\n\n<!-- annex # --> واحد {{#one}}\n\nنص.\n\n<!-- annex # --> اثنان {{#two}}\n\nنص."
    )
    assert _rules(english, arabic.format("one")) == []
    assert _rules(english, arabic.format("two")) == ["cited annex"]


def test_a_minus_is_part_of_the_number() -> None:
    assert _rules("#. It was -3.5 degrees (-2).", "#. وكانت الدرجة -٣,٥ (-٢).") == []
    assert _rules("#. It was -3.5 degrees then.", "#. وكانت الدرجة ٣,٥ آنذاك.") == ["number"]


def test_a_figure_that_one_version_does_not_name_is_reported() -> None:
    assert _rules("#. See figure I and table 1.", "#. انظر الشكل الأول والجدول ١.") == []
    assert _rules("#. See figure I and table 1.", "#. انظر الجدول ١ في ذلك.") == ["cited figure"]


def test_hours_names_of_products_and_months_before_a_colon_are_no_disagreements() -> None:
    assert _rules("#. It meets at 8 a.m. and 4 p.m. daily.", "#. يجتمع يوميا في الساعة ٨ والساعة ١٦.") == []
    assert _rules("#. By month. May: 9.7; June: 8.8.", "#. حسب الشهر. أيار/مايو: ٩,٧؛ حزيران/يونيه: ٨,٨.") == []
    named = "^[استُخدم جهاز Berlinger Fridge-tag 2E.]"
    assert _rules("#. Measured.^[The device Berlinger Fridge-tag 2E was used.]", f"#. قيست الحرارة{named}.") == []
