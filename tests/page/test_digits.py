"""The digits of running text take the shape that the document asks for."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from masthead.document.model import Document, NoteCall, Reference, Strong, Text
from masthead.document.terms import ARABIC_INDIC, WESTERN, Digits, Language, Symbol
from masthead.page import digits, printed_texts
from masthead.page.markup import mark_up


@pytest.mark.parametrize(
    ("western", "shaped"),
    [
        ("عام 2017، 50", "عام ٢٠١٧، ٥٠"),
        ("انظر United Nations, Treaty Series, vol. 2225, No. 39574، في 15 تموز", None),
        ("(E/2017/30) 15 تموز", "(E/2017/30) ١٥ تموز"),
        ("الرقم 17-12889\u00a0(A) و 3", "الرقم 17-12889\u00a0(A) و ٣"),
        ("القرار 70/305.", "القرار ٧٠/٣٠٥."),
        ("18 August 2017", "18 August 2017"),
    ],
)
def test_digits_of_running_text_take_the_document_s_shape(western: str, shaped: str | None) -> None:
    shaped = shaped or western.replace("15", "١٥")
    assert digits.shape_line(western, Digits.ARABIC_INDIC) == shaped
    assert digits.shape_line(shaped, Digits.WESTERN) == western


def test_digits_are_shaped_through_markup_and_left_in_symbols() -> None:
    symbol, number = Reference("E/2017/30", Symbol("E/2017/30")), Reference("64/293", Symbol("A/RES/64/293"))
    content = (Text("في 1"), Strong((Text("2"),)), Text("3 "), symbol, NoteCall(7), Text(" و "), number)
    assert digits.shape(content, Digits.ARABIC_INDIC) == (
        Text("في ١"),
        Strong((Text("٢"),)),
        Text("٣ "),
        symbol,
        NoteCall(7),
        Text(" و "),
        replace(number, text="٦٤/٢٩٣"),
    )


def test_a_symbol_attached_to_a_word_is_unchanged() -> None:
    content = (Text("وبالوثيقة1"), Reference("E/2017/30", Symbol("E/2017/30")), Text("،"))
    shaped = digits.shape(content, Digits.ARABIC_INDIC)
    assert shaped == (Text("وبالوثيقة١"), *content[1:])


def test_tatweel_hamza_and_marks_are_kept() -> None:
    line = "(هـ) مجدداً مجددًا إِلـــى ءأؤئ ۲ ٢"
    assert digits.shape_line(line, Digits.ARABIC_INDIC) == line


def test_the_touchstone_has_its_printed_digits_already(touchstone: Document) -> None:
    assert digits.as_printed(touchstone) == touchstone


@pytest.mark.slow
def test_the_setting_for_western_digits_changes_all_others(touchstone: Document) -> None:
    recent = replace(touchstone, digits=Digits.WESTERN)
    texts = [text.text for text in printed_texts(recent)]
    assert texts == [text.text.translate(WESTERN) for text in printed_texts(touchstone)]
    assert not set("".join(texts)) & set(map(chr, ARABIC_INDIC.values()))
    assert not set(mark_up(recent).text) & set(map(chr, ARABIC_INDIC.values()))


def test_a_left_to_right_document_is_unchanged(touchstone: Document) -> None:
    english = replace(touchstone, language=Language.ENGLISH, digits=Digits.WESTERN)
    assert digits.as_printed(english) is english


@pytest.mark.slow
@pytest.mark.parametrize("shape", Digits)
def test_printed_text_is_printed_again_as_it_is(shape: Digits) -> None:
    """Whatever is beside a number, what is printed for it is read as the same number."""
    pieces = [
        *("1", "22", "333", "000", "05", "4444", "٣", "٤٤٤", "٫", "٬", "،", "؛", "و", "في ", "A/", "UN ", "No. ", "km")
    ]
    pieces += [*".,:/-–% ٪$°′()+±×~³⁻", " ", "\u00a0"]
    choice = random.Random(17)
    for _ in range(4000):
        typed = "".join(choice.choices(pieces, k=choice.randint(2, 8)))
        printed = digits.shape_line(typed, shape)
        assert digits.shape_line(printed, shape) == printed, typed
