"""Word files whose masthead is at the start of the text, as in Geneva's template, and long titles of agenda items."""

from __future__ import annotations

import pytest

from masthead.document.errors import SourceError
from masthead.document.model import Document, Masthead, Paragraph
from masthead.document.terms import Organ, Symbol
from masthead.formats.word import reader as word
from packages import p, pack, parts

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
