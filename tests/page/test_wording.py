"""The words of a locale, and the text that a page prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from masthead import formats
from masthead.document import locales
from masthead.document.errors import TemplateError
from masthead.document.model import Annex, AnnexKind, Document, Heading, Part, Text
from masthead.document.terms import Digits, Language, Organ
from masthead.page import TextKind, printed_texts
from masthead.page.symbol_font import with_unicode_signs
from masthead.page.wording import outline
from paths import SPECIMENS

MAP = (Text("Map"),)


def test_arabic_marks_are_letters_in_brackets_the_fifth_with_its_tatweel() -> None:
    locale = locales.load(Language.ARABIC)
    assert [locale.item_mark(n, 1, Digits.ARABIC_INDIC) for n in range(1, 7)] == [
        "(أ)",
        "(ب)",
        "(ج)",
        "(د)",
        "(هـ)",
        "(و)",
    ]


def test_english_marks_change_with_the_degree() -> None:
    locale = locales.load(Language.ENGLISH)
    assert [locale.item_mark(4, degree, Digits.WESTERN) for degree in (1, 2, 3, 4)] == ["(d)", "(iv)", "d.", "iv."]


def test_a_missing_mark_is_an_error_that_names_the_locale() -> None:
    with pytest.raises(TemplateError, match="degree 5") as error:
        locales.load(Language.ENGLISH).item_mark(1, 5, Digits.WESTERN)
    assert error.value.where == "locales/en.toml"
    assert error.value.hint


def test_a_missing_word_is_named() -> None:
    with pytest.raises(TemplateError, match=r"imprint\.nonsense"):
        locales.load(Language.ARABIC).word("imprint", "nonsense")


def test_a_missing_locale_is_an_error_that_lists_the_available_ones(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / "ar.toml").write_text("")
    with pytest.raises(TemplateError) as error:
        locales.load(Language.FRENCH, tmp_path)
    assert "ar" in error.value.hint


@pytest.mark.parametrize(("number", "numeral"), [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (39, "xxxix")])
def test_roman_numerals(number: int, numeral: str) -> None:
    assert locales.roman(number) == numeral


def test_every_note_is_printed_once_after_the_paragraph_of_its_first_call(touchstone: Document) -> None:
    printed = printed_texts(touchstone)
    notes = [index for index, text in enumerate(printed) if text.kind is TextKind.NOTE]
    assert [printed[index].text[:3] for index in notes] == ["(١)", "(٢)", "(٣)", "(٤)", "(٥)"]
    for index in notes:
        mark = printed[index].text[:3]
        caller = next(text.text for text in reversed(printed[:index]) if text.kind is not TextKind.NOTE)
        assert mark in caller


def test_masthead_imprint_and_title_are_printed_as_on_the_original(touchstone: Document) -> None:
    texts = [text.text for text in printed_texts(touchstone)]
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


@pytest.mark.parametrize("language", Language)
def test_a_locale_has_every_word_that_english_pages_print(language: Language) -> None:
    english, locale = locales.load(Language.ENGLISH).words, locales.load(language)
    for table in ("masthead", "organs", "resolution", "marks", "tables", "annex", "contents", "vote", "types", "type",
                  "folio", "dates", "imprint", "alternatives"):  # fmt: skip
        for key in english[table]:
            if key != "capitals":  # Arabic has none
                assert type(locale.word(table, key)) is type(english[table][key])


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ar", "قرار اتخذته الجمعية العامة في ١ تموز/يوليه ٢٠١٧"),
        ("zh", "2017年7月1日大会通过的决议"),
        ("en", "Resolution adopted by the General Assembly on 1 July 2017"),
        ("fr", "Résolution adoptée par l’Assemblée générale le 1er juillet 2017"),
        ("ru", "Резолюция, принятая Генеральной Ассамблеей 1 июля 2017 года"),
        ("es", "Resolución aprobada por la Asamblea General el 1 de julio de 2017"),
    ],
)
def test_the_adoption_line_agrees_with_its_organ_and_writes_the_date_in_its_language(language: str, line: str) -> None:
    locale = locales.load(Language(language))
    assert locale.adoption(Organ.GENERAL_ASSEMBLY, date(2017, 7, 1), Language(language).digits) == line


def test_the_arabic_verb_of_adoption_agrees_with_the_gender_of_the_organ() -> None:
    locale = locales.load(Language.ARABIC)
    lines = [locale.adoption(organ, date(2017, 7, 6), Digits.ARABIC_INDIC) for organ in Organ]
    assert ["اتخذته" in line for line in lines] == [organ is Organ.GENERAL_ASSEMBLY for organ in Organ]


@pytest.mark.parametrize(
    ("language", "formula"),
    [("ar", "إن الجمعية العامة،"), ("zh", "大会，"), ("fr", "L’Assemblée générale,"), ("ru", "Генеральная Ассамблея,")],
)
def test_the_enacting_formula(language: str, formula: str) -> None:
    assert locales.load(Language(language)).formula(Organ.GENERAL_ASSEMBLY) == formula


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("ar", ["ثانيا -", "باء -", "٢ -"]),
        ("zh", ["二.", "B.", "2."]),
        ("en", ["II.", "B.", "2."]),
        ("fr", ["II.", "B.", "2."]),
    ],
)
def test_marks_of_headings_by_level(language: str, marks: list[str]) -> None:
    locale = locales.load(Language(language))
    assert [locale.heading_mark(2, level, Language(language).digits) for level in (1, 2, 3)] == marks


@pytest.mark.parametrize(("depth", "found"), [(1, ["A", "I. One"]), (2, ["A", "I. One", "A. Two"])])
def test_parts_are_listed_in_the_contents_beside_headings_of_level_one(depth: int, found: list[str]) -> None:
    body = (Part(1), Heading(1, (Text("One"),), 1), Heading(2, (Text("Two"),), 1))
    document = replace(formats.read(SPECIMENS / "A_104_96.en.md"), body=body, annexes=())
    entries = outline(document, locales.load(Language.ENGLISH), depth)
    assert [f"{each.mark} {each.title}".strip() for each in entries] == found
    assert [each.level for each in outline(document, locales.load(Language.ENGLISH), 2)] == [1, 1, 2]


def test_entries_of_the_contents_lead_to_their_headings_and_annexes_and_a_label_is_followed_by_its_name() -> None:
    words = ("One", "Subprogramme 1", "Water", "Two", "Subprogramme 2")
    levels = (1, 2, 2, 1, 2)
    body = tuple(Heading(level, (Text(word),)) for level, word in zip(levels, words, strict=True))
    document = replace(formats.read(SPECIMENS / "A_104_96.en.md"), body=body)
    entries = list(outline(document, locales.load(Language.ENGLISH), 1))
    assert [(each.key, each.title) for each in entries[:3]] == [
        ("heading-1", "One"),
        ("heading-2", "Subprogramme 1. Water"),
        ("heading-4", "Two"),
    ]
    assert [(each.key, each.mark) for each in entries[3:]] == [("", "Annexes"), ("annex-1", "I."), ("annex-2", "II.")]


def test_contents_list_annexes_below_a_label_and_what_belongs_to_them_only_in_long_contents() -> None:
    def entries(*annexes: Annex, depth: int = 1) -> list[tuple[str, str, str]]:
        document = replace(formats.read(SPECIMENS / "A_104_96.ar.md"), body=(), annexes=annexes)
        return [(each.key, each.mark, each.title) for each in outline(document, locales.load(Language.ARABIC), depth)]

    single, own, appendix = Annex(MAP, ()), Annex(MAP, (), mark="A"), Annex(MAP, (), kind=AnnexKind.APPENDIX)
    first, second, bare = Annex(MAP, (), 1), Annex(MAP, (), 2), Annex((), (), 1)
    assert entries(single) == [("", "المرفق", ""), ("annex-1", "", "Map")]
    assert entries(first, second)[1:] == [("annex-1", "الأول -", "Map"), ("annex-2", "الثاني -", "Map")]
    assert entries(own, bare) == [("annex-1", "A", "Map"), ("annex-2", "المرفق الأول", "")]
    assert len(entries(single, appendix)) == 2
    assert entries(single, appendix, depth=3)[2:] == [("annex-2", "التذييل", "Map")]


# What the Symbol and Wingdings fonts draw at these places of their encoding (PDF 32000-1, annex D.5; Unicode's own
# tables of Wingdings), for which Word and the Council's files have codes of the private use area.
SYMBOLS = {
    "\u2e30": "◦", "\uf02d": "−", "\uf06d": "μ", "\uf076": "❖", "\uf0a3": "≤", "\uf0a7": "▪", "\uf0a8": "◦",
    "\uf0b0": "°", "\uf0b1": "±", "\uf0b3": "≥", "\uf0b4": "×", "\uf0b7": "•", "\uf0d8": "➢", "\uf0fc": "✓",
}  # fmt: skip


def test_signs_of_symbol_fonts_are_printed_as_what_they_show() -> None:
    assert with_unicode_signs((Text("".join(SYMBOLS)),)) == (Text("".join(SYMBOLS.values())),)
