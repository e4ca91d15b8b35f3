"""The words of a language, and the text that a page prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead import wording
from masthead.errors import TemplateError
from masthead.model import Document
from masthead.terms import Digits, Language
from masthead.wording import Kind


def test_arabic_marks_are_letters_in_brackets_the_fifth_with_its_tatweel() -> None:
    locale = wording.load(Language.ARABIC)
    assert [locale.item_mark(n, 1, Digits.ARABIC_INDIC) for n in range(1, 7)] == [
        "(أ)",
        "(ب)",
        "(ج)",
        "(د)",
        "(هـ)",
        "(و)",
    ]


def test_english_marks_change_with_the_degree() -> None:
    locale = wording.load(Language.ENGLISH)
    assert [locale.item_mark(4, degree, Digits.WESTERN) for degree in (1, 2, 3, 4)] == ["(d)", "(iv)", "d.", "iv."]


def test_a_degree_without_a_mark_is_an_error_that_names_the_locale() -> None:
    with pytest.raises(TemplateError, match="degree 5") as error:
        wording.load(Language.ENGLISH).item_mark(1, 5, Digits.WESTERN)
    assert error.value.where == "locales/en.toml"
    assert error.value.hint


def test_a_word_that_a_locale_lacks_is_named() -> None:
    with pytest.raises(TemplateError, match=r"imprint\.nonsense"):
        wording.load(Language.ARABIC).word("imprint", "nonsense")


def test_a_language_without_locale_is_an_error_that_lists_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / "ar.toml").write_text("")
    with pytest.raises(TemplateError) as error:
        wording.load(Language.FRENCH, tmp_path)
    assert "ar" in error.value.hint


@pytest.mark.parametrize(("number", "numeral"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (39, "xxxix")])
def test_roman_numerals(number: int, numeral: str) -> None:
    assert wording.roman(number) == numeral


def test_the_touchstone_prints_every_note_once_behind_the_paragraph_that_calls_it_first(touchstone: Document) -> None:
    printed = wording.printed(touchstone)
    notes = [index for index, text in enumerate(printed) if text.kind is Kind.NOTE]
    assert [printed[index].text[:3] for index in notes] == ["(١)", "(٢)", "(٣)", "(٤)", "(٥)"]
    for index in notes:
        mark = printed[index].text[:3]
        caller = next(text.text for text in reversed(printed[:index]) if text.kind is not Kind.NOTE)
        assert mark in caller


def test_the_touchstone_prints_masthead_imprint_and_title_in_its_own_words(touchstone: Document) -> None:
    texts = [text.text for text in wording.printed(touchstone)]
    assert texts[:7] == [
        "الأمــم المتحـدة",
        "E/RES/2017/18",
        "المجلس الاقتصادي والاجتماعي",
        "Distr.: General",
        "18 August 2017",
        "17-12889 (A)",
        "الرجاء إعادة الاستعمال",
    ]
    assert "٢٠١٧/١٨ - تنفيذ خطة عمل الأمم المتحدة العالمية لمكافحة الاتجار بالأشخاص" in texts
    assert "[بناء على توصية لجنة منع الجريمة والعدالة الجنائية (E/2017/30)]" in texts
