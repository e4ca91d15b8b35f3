"""Openings of Word files: mastheads at the start of the text (Geneva), two organs, annexes of letters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masthead import formats
from masthead.document import AnnexKind, Language, locales
from masthead.document.errors import SourceError
from masthead.document.model import Document, Masthead, Paragraph, plain, split_paragraphs
from masthead.document.terms import Organ, Symbol
from masthead.formats.itemization import AnnexName, annex_of_letter
from masthead.formats.word import reader as word
from masthead.page.wording import opening_lines
from packages import HEAD, TITLE, p, pack, parts

AGENDA = "Annual report of the High Commissioner and reports of the Office of the High Commissioner and of others, " * 2
OPENING = (
    p("Human Rights Council")
    + p("Fifty-fourth session")
    + p("11 September–6 October 2026")
    + p("Agenda item 2")
    + p(AGENDA.strip(", "))
    + p("\t\tLamps in the field of human rights", "HCh")
    + p("\t\tReport of the Secretary-General", "H1")
)
TEXT = p("1.\tThe report is short.")


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(map(p, paragraphs))}</w:tc>"


BLOCK = cell("Distr.: General", "12 January 2027", "", "Original: English")
TABLE = (
    "<w:tbl>"
    f"<w:tr>{cell('')}{cell('United Nations')}{cell('A/HRC/54/81')}</w:tr>"
    f"<w:tr>{cell('')}{cell('General Assembly')}{BLOCK}</w:tr>"
    "</w:tbl>"
)
LINES = (
    p("United Nations\tA/HRC/54/81")
    + p("General Assembly")
    + p("Distr.: General")
    + p("12 January 2027")
    + p("Original: English")
)


def read(body: str, head: tuple[str, ...] = ()) -> Document:
    return word.read(pack(parts(body, head=head, foot="GE.27-00412(E)")), "x.docx")


@pytest.mark.parametrize("masthead", [TABLE, p("") + TABLE, LINES])
def test_a_masthead_at_the_start_of_the_text(masthead: str) -> None:
    document = read(masthead + OPENING + TEXT)
    assert document.symbol == Symbol("A/HRC/54/81")
    assert document.organ is Organ.HUMAN_RIGHTS_COUNCIL
    assert document.masthead == Masthead("General", "12 January 2027", "English")
    assert [type(block) for block in document.body] == [Paragraph]
    assert document.findings == ()


def test_the_title_of_an_agenda_item_may_be_long() -> None:
    preface = read(TABLE + OPENING + TEXT).preface
    assert preface.session == "Fifty-fourth session"
    assert preface.place == "11 September–6 October 2026"
    assert "".join(map(str, preface.agenda_title)).count("Annual report") == 2
    assert not preface.bodies


def test_a_table_of_the_text_is_no_masthead() -> None:
    table = TABLE.replace("A/HRC/54/81", "Symbol")
    with pytest.raises(SourceError, match="the masthead lacks the distribution"):
        read(table + OPENING + TEXT)


def test_the_header_is_the_masthead_where_it_has_the_symbol() -> None:
    head = ("United Nations", "A/80/7", "General Assembly", "Distr.: Limited", "7 April 2026", "", "Original: French")
    document = read(OPENING + LINES + TEXT, head)
    assert (document.symbol, document.masthead.original) == (Symbol("A/80/7"), "French")
    assert "12 January 2027" in str(document.body)


TWO = ("United Nations", "A/81/302–S/2026/611", "General Assembly", "Security Council", *HEAD[3:])
ITEM = ("General Assembly", "Eighty-first session", "Agenda item 29", "Lamps")
COLUMNS = f"<w:tbl><w:tr>{cell(*ITEM)}{cell('Security Council', 'Eighty-first year')}</w:tr></w:tbl>"


def test_a_document_of_two_organs_has_the_names_of_both() -> None:
    document = read(COLUMNS + p("Letter dated 31 July 2026 from the Permanent Representative", "TitleHCH") + TEXT, TWO)
    preface = document.preface
    assert document.symbol == Symbol("A/81/302–S/2026/611")
    assert document.masthead.organ == "General\u00a0Assembly Security\u00a0Council"
    assert [*preface.bodies, preface.session, preface.agenda_item] == [*ITEM[:3]]
    assert [plain(title) for title in split_paragraphs(preface.agenda_title)] == [
        "Lamps",
        "Security Council",
        "Eighty-first year",
    ]
    assert [finding.rule for finding in document.findings] == ["opening-columns"]
    assert opening_lines(document, locales.load(Language.ENGLISH))[0] == ("body", "General Assembly")


def test_another_table_before_the_title_is_no_opening() -> None:
    table = COLUMNS.replace("Security Council", "Security of lamps")
    with pytest.raises(SourceError, match="no title"):
        read(table + TITLE + TEXT, TWO)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("E", "Annex I to the letter dated 31 July 2026 from the Permanent Representative of Norland"),
        ("F", "Annexe à la lettre datée du 31 juillet 2026, adressée au Secrétaire général"),
        ("S", "Anexo de la carta de fecha 31 de julio de 2026 dirigida al Secretario General"),
        ("R", "Приложение к письму Постоянного представителя от 31 июля 2026 года"),
        ("A", "مرفق الرسالة المؤرخة 31 تموز/يوليه 2026 الموجهة إلى الأمين العام"),
        ("C", "2026年7月31日常驻联合国代表给秘书长的信的附件"),
    ],
)
def test_an_annex_of_a_letter_is_named_in_full(language: str, name: str) -> None:
    locale = locales.load(next(each for each in Language if each.letter == language))
    assert annex_of_letter(name, locale) == AnnexName(AnnexKind.ANNEX, None, name, len(name))


@pytest.mark.parametrize(
    "text", ["Annex to the report", "Annexed on 31 July 2026", "The annex of 31 July 2026", "Annex"]
)
def test_other_texts_name_no_annex_of_a_letter(text: str) -> None:
    assert annex_of_letter(text, locales.load(Language.ENGLISH)) is None


def test_the_annex_of_a_letter_in_a_word_file() -> None:
    name = "Annex to the letter dated 31 July 2026 from the Permanent Representative"
    document = read(TITLE + TEXT + p(name, "HCh") + p("[Original: French]") + p("Statement", "HCh") + p("Lamps."), HEAD)
    (annex,) = document.annexes
    assert (annex.mark, annex.original, plain(annex.title)) == (name, "French", "Statement")
    document = read(TITLE + TEXT + p(name) + p("Lamps."), HEAD)
    assert not document.annexes


def test_what_authors_style_as_titles_is_known_by_its_words() -> None:
    head = ("United Nations", "A/RES/81/7", *HEAD[2:])
    document = read(
        p("Resolution adopted by the General Assembly on 9 November 2026", "TitleHCH")
        + p("[without reference to a Main Committee (A/81/L.4)]", "TitleH1")
        + p("81/7.\tInternational Year of Lamps", "TitleHCH")
        + p("The General Assembly,")
        + p("1.\tDecides to light them."),
        head,
    )
    assert (str(document.number), plain(document.preface.title)) == ("81/7", "International Year of Lamps")
    assert document.preface.adoption == "Resolution adopted by the General Assembly on 9 November 2026"
    assert plain(document.preface.basis) == "without reference to a Main Committee (A/81/L.4)"


def test_the_word_under_a_title_makes_a_corrigendum() -> None:
    subtitles = p("Report of the Secretary-General", "TitleH1") + p("Corrigendum", "TitleH1")
    document = read(TITLE + subtitles + TEXT, ("United Nations", "A/80/604/Corr.1", *HEAD[2:]))
    assert (document.type, plain(document.preface.subtitle)) == ("corrigendum", "Report of the Secretary-General")


def test_a_restriction_is_kept_in_a_word_file() -> None:
    masthead = Masthead("General", "12 January 2027", "French", restriction="English, French and Spanish only")
    document = replace(read(TABLE + OPENING + TEXT), masthead=masthead)
    assert word.read(formats.render(document, ".docx"), "x.docx").masthead == masthead
    document = replace(document, masthead=replace(masthead, original=""))
    assert word.read(formats.render(document, ".docx"), "x.docx").masthead == document.masthead


OF_ITEM, OF_WHOM = "Financing of lamps", "Report of the Secretary-General"


@pytest.mark.parametrize(
    ("titles", "agenda", "title", "subtitle"),
    [
        ((OF_ITEM, "\t\tLamps", f"\t\t{OF_WHOM}"), OF_ITEM, "Lamps", OF_WHOM),
        ((OF_ITEM, "Planning", "\t\tLamps"), f"{OF_ITEM} Planning", "Lamps", ""),
        ((OF_ITEM, "Lamps", OF_WHOM), OF_ITEM, "Lamps", OF_WHOM),
        (("\t\tLamps", f"\t\t{OF_WHOM}"), "", "Lamps", OF_WHOM),
        (("Lamps", OF_WHOM), "", "Lamps", OF_WHOM),
        (("Lamps",), "", "Lamps", ""),
    ],
)
def test_the_title_of_an_item_in_the_style_of_a_heading(
    titles: tuple[str, ...], agenda: str, title: str, subtitle: str
) -> None:
    opening = OPENING[: OPENING.index(p(AGENDA.strip(", ")))]
    preface = read(TABLE + opening + "".join(p(each, "H1") for each in titles) + TEXT).preface
    shown = tuple(" ".join(plain(each).split()) for each in (preface.agenda_title, preface.title, preface.subtitle))
    assert shown == (agenda, title, subtitle)
