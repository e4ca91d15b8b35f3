"""The digits of running text take the shape that the document asks for."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from masthead import formats
from masthead.document import Organization
from masthead.document.model import (
    Annex,
    Document,
    Note,
    NoteCall,
    Paragraph,
    Raised,
    Reference,
    Revision,
    RevisionKind,
    Role,
    Strong,
    Text,
    plain,
)
from masthead.document.terms import ARABIC_INDIC, WESTERN, Digits, Language, Symbol
from masthead.page import digits, printed_texts
from masthead.page.markup import mark_up
from paths import ORGANIZATIONS, SPECIMENS


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


@pytest.mark.parametrize(
    ("shape", "text", "printed"),
    [
        (Digits.ARABIC_INDIC, "\u0665%", "\u0665\u066a"),
        (Digits.ARABIC_INDIC, "\u0665\u066a", "\u0665\u066a"),
        (Digits.ARABIC_INDIC, "\u0661,\u0660\u0660\u0660.\u0665", "\u0661\u066c\u0660\u0660\u0660\u066b\u0665"),
        (Digits.ARABIC_INDIC, "\u0661\u0660 \u0660\u0660\u0660", "\u0661\u0660\u00a0\u0660\u0660\u0660"),
        (Digits.WESTERN, "10 000", "10\u00a0000"),
        (Digits.WESTERN, "5 \u066a", "5\u00a0%"),
    ],
)
def test_signs_and_spaces_of_numbers_are_printed_where_the_digits_stay(shape: Digits, text: str, printed: str) -> None:
    assert digits.shape_line(text, shape) == printed


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


@pytest.mark.parametrize(
    ("removed", "added", "shown"),
    [
        ("5", "6", "5| |6"),
        ("day", "night", "day| |night"),
        ("day", "(night)", "day| |(night)"),
        ("day", "[night]", "day| |[night]"),
        ("mot", "«mot»", "mot| |«mot»"),
        ("day", "“night”", "day| |“night”"),
        ("day", "‘night’", "day| |‘night’"),
        ("日", "「日」", "日| |「日」"),
        ("日", "《日》", "日| |《日》"),
        (".", "x", ".| |x"),
        # No space is needed where one is, or before what ends a sentence.
        ("5 ", "6", "5 |6"),
        ("5", " 6", "5| 6"),
        ("day", ", night", "day|, night"),
        ("day", ") night", "day|) night"),
        ("day", "”", "day|”"),
        ("", "x", "|x"),
        # A space alone would be seen as a dash.
        (" ", "  ", "␣|␣␣"),
        ("\u00a0", "x", "␣| |x"),
    ],
)
def test_of_two_revisions_the_second_begins_after_a_space_and_spaces_have_a_sign(
    removed: str, added: str, shown: str
) -> None:
    both = (Revision(RevisionKind.REMOVED, (Text(removed),)), Revision(RevisionKind.ADDED, (Text(added),)))
    document = formats.read(SPECIMENS / "A_104_30.en.md")
    printed = digits.as_printed(replace(document, body=(Paragraph(Role.PLAIN, (Text("a"), *both, Text("b"))),)))
    (paragraph,) = printed.body
    assert isinstance(paragraph, Paragraph)
    assert "|".join(plain((each,)) for each in paragraph.content) == f"a|{shown}|b"
    assert [each.kind for each in paragraph.content if isinstance(each, Revision)] == [each.kind for each in both]


@pytest.mark.parametrize(
    ("before", "raised", "shown"),
    [
        ("10", "-4", "10⁻⁴"),
        ("10", "−12", "10⁻¹²"),
        ("10", "+3", "10⁺³"),
        ("10", "⁻3", "10⁻³"),
        ("x10", "123", "x10¹²³"),
        ("١٠", "٤", "١٠⁴"),
        ("10", "1234", None),
        ("10", "th", None),
        ("10", "", None),
        ("m", "2", None),
        ("10 ", "2", None),
    ],
)
def test_a_raised_number_after_a_number_is_an_exponent_in_signs_of_its_own(
    before: str, raised: str, shown: str | None
) -> None:
    document = formats.read(SPECIMENS / "A_104_30.en.md")
    content = (Text(before), Raised(raised))
    printed = digits.as_printed(replace(document, body=(Paragraph(Role.PLAIN, content),)))
    assert printed.body == (Paragraph(Role.PLAIN, (Text(shown),) if shown else content),)


def test_an_exponent_is_printed_in_each_part_of_a_document() -> None:
    document = formats.read(SPECIMENS / "A_104_96.en.md")
    content, shown = (Text("10"), Raised("2")), (Text("10²"),)
    changed = replace(
        document,
        preface=replace(document.preface, subtitle=content),
        body=(Paragraph(Role.PLAIN, content),),
        notes=(Note(1, content),),
        annexes=(Annex(content, ()),),
    )
    printed = digits.as_printed(changed)
    assert printed.preface.subtitle == shown
    assert printed.body == (Paragraph(Role.PLAIN, shown),)
    assert printed.notes == (Note(1, shown),)
    assert printed.annexes == (Annex(shown, ()),)


def test_each_line_and_part_of_an_arabic_document_has_the_digits_of_its_pages() -> None:
    document = formats.read(SPECIMENS / "A_104_96.ar.md")
    western, indic = "البند 9", "البند ٩"

    def written(line: str) -> Document:
        content = (Text(line),)
        preface = replace(
            document.preface,
            session=line,
            agenda_item=line,
            adoption=line,
            place=line,
            title=content,
            agenda_title=content,
            subtitle=content,
        )
        return replace(
            document,
            digits=Digits.ARABIC_INDIC,
            preface=preface,
            body=(Paragraph(Role.PLAIN, content),),
            notes=(Note(1, content),),
            annexes=(Annex(content, (Paragraph(Role.PLAIN, content),)),),
            closing=(line, line),
        )

    assert digits.as_printed(written(western)) == written(indic)


@pytest.mark.parametrize(
    ("text", "bookmark"),
    [
        ("مقدمة", ""),
        ("البند 9", ""),
        ("تقرير  عن\nA/71/119", "تقرير عن \u2066A/71/119\u2069"),
    ],
)
def test_a_bookmark_has_controls_only_where_its_numbers_need_them(text: str, bookmark: str) -> None:
    assert digits.bookmark(text, Language.ARABIC) == bookmark
    assert digits.bookmark(text, Language.ENGLISH) == ""
    assert digits.numbers_in_order(text, Language.ENGLISH) == text


def test_a_document_is_printed_once_for_each_organization(touchstone: Document) -> None:
    first = replace(touchstone, annexes=())
    printed = digits.as_printed(first)
    assert digits.as_printed(first) is printed
    other = replace(first, closing=("1",))
    assert digits.as_printed(other).closing == ("\u0661",)
    with Organization.load(ORGANIZATIONS / "city-council").used():
        again = digits.as_printed(first)
        assert again is digits.as_printed(first) is not printed
    assert digits.as_printed(first) == printed
