"""The text that pdftotext extracts from published PDFs is read as their pages show it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

import pytest

from extracts import extract
from masthead import formats
from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import Box, Document, Heading, NotePlace, Paragraph, Role, Table
from masthead.formats.transcript import reader as text
from outlines import outline, shown
from reference import reference

pytestmark = pytest.mark.slow

REAL = ("A_80_604_Add.1", "A_RES_73_6-EN", "A_RES_73_8-EN", "ohchr_1_ru")


def read(source: str) -> Document:
    return text.read(source.encode(), "x.txt")


@pytest.mark.parametrize("options", [("-layout",), ()], ids=["layout", "plain"])
@pytest.mark.parametrize("name", REAL)
def test_no_word_of_a_real_document_is_lost(name: str, options: tuple[str, ...]) -> None:
    """Every word of the pages is a word of the document, but for marks, heads and feet."""
    source = extract(reference(f"pdf/{name}.pdf"), *options)
    document = read(source)
    said = set(re.findall(r"[^\W\d_]{4,}", str(outline(document)) + document.masthead.distribution))
    lost = set(re.findall(r"[^\W\d_]{4,}", source)) - said
    assert lost <= {"Distr", "Original", "General", "Assembly", "United", "Nations", "Advance"} | RUSSIAN_HEAD
    assert all(finding.severity is not Severity.ERROR for finding in document.findings)


RUSSIAN_HEAD = {
    "Организация",
    "Объединенных",
    "Наций",
    "Генеральная",
    "Ассамблея",
    "Совет",
    "правам",
    "Russian",
    "Примечания",
}


@pytest.mark.parametrize("name", REAL)
def test_a_real_document_is_the_same_without_form_feeds(name: str) -> None:
    with_them, without = (read(extract(reference(f"pdf/{name}.pdf"), "-layout", *more)) for more in ((), ("-nopgbrk",)))
    assert (without, without.findings) == (with_them, with_them.findings)


@pytest.mark.parametrize("name", REAL)
def test_a_real_document_with_neither_form_feeds_nor_places_is_refused_once(name: str) -> None:
    with pytest.raises(SourceError, match=r"x\.txt:\d+: the text has no form feeds") as raised:
        read(extract(reference(f"pdf/{name}.pdf"), "-nopgbrk"))
    assert "without -nopgbrk" in raised.value.hint


def test_a_real_report_is_read_as_its_word_file() -> None:
    """The two were made of one text by others: paragraphs, headings, notes and numbers are the same.

    A text does not show the looks of headings: some levels differ, and the heading of a table is its caption.
    """
    document = read(extract(reference("pdf/A_80_604_Add.1.pdf"), "-layout"))
    original = formats.read(reference("pdf/A_80_604_Add.1.docx"))

    def said(of: Document) -> list[str]:
        kept = [line for line in outline(of) if line and line[0] in ("heading", "note", *Role)]
        named = [(line[0], *line[2:]) if line[0] == "heading" else line for line in kept]
        return [re.sub(r"\s", "", str(line)) for line in named]

    tables = [block for block in document.body if isinstance(block, Table)]
    captions = [re.sub(r"\s", "", str(("heading", None, shown(table.caption.title)))) for table in tables]
    here, there = said(document), said(original)
    assert len(here) == 71
    changes = [
        change for change in SequenceMatcher(None, here, there, autojunk=False).get_opcodes() if change[0] != "equal"
    ]
    assert {change[0] for change in changes} == {"insert"}
    inserted = [line for _, _, _, start, end in changes for line in there[start:end]]
    # A caption may end in the unit.
    assert all(any(each.startswith(line[:-2]) for each in captions) for line in inserted)

    def levels(of: Document) -> dict[str, int]:
        return {shown(block.content): block.level for block in reversed(of.body) if isinstance(block, Heading)}

    other = levels(original)
    assert {title for title, level in levels(document).items() if other[title] != level} == {
        "Matters pertaining to the report of the Board of Auditors",
        "Operational constraints",
        "Impact of the UN80 Initiative and culture of efficiency",
        "Recommendations on posts and positions",
        "Environmental initiatives",
        "Management of sea containers",
        "Equitable geographical representation and gender parity",
    }


def test_the_tables_of_a_real_report_hold_what_its_word_file_holds() -> None:
    def rows(of: Document) -> list[list[str]]:
        blocks = [inner for block in of.body for inner in (block.blocks if isinstance(block, Box) else (block,))]
        tables = [block for block in blocks if isinstance(block, Table)]
        held = [[shown(cell.content) for cell in row.cells] for table in tables for row in table.rows]
        return held + [[shown(note)] for table in tables for note in table.notes]

    here = rows(read(extract(reference("pdf/A_80_604_Add.1.pdf"), "-layout")))
    assert here == rows(formats.read(reference("pdf/A_80_604_Add.1.docx")))
    assert len(here) == 53


def test_a_real_resolution_of_new_york() -> None:
    document = read(extract(reference("pdf/A_RES_73_6-EN.pdf"), "-layout"))
    assert len(document.preamble) == 25
    assert [paragraph.number for paragraph in document.operative] == list(range(1, 15))
    assert [note.number for note in document.notes] == [1, 2, 3, 4, 5, 6]
    assert document.closing == ("26th plenary meeting", "26 October 2018")
    parted = [finding.message for finding in document.findings if finding.rule == "word-parted"]
    assert "“Confere nce” may be one word, “Conference”" in parted


@pytest.mark.parametrize("options", [("-layout",), ()], ids=["layout", "plain"])
def test_a_real_report_of_geneva(options: tuple[str, ...]) -> None:
    document = read(extract(reference("pdf/ohchr_1_ru.pdf"), *options))
    numbers = [block.number for block in document.body if isinstance(block, Paragraph) and block.number]
    assert numbers == list(range(1, 95))
    headings = [block for block in document.body if isinstance(block, Heading)]
    assert [(heading.level, heading.ordinal) for heading in headings if heading.ordinal] == [
        (1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3), (3, 4),
    ]  # fmt: skip
    assert len(document.notes) == (170 if options else 167)  # without places, the texts of three are told to be lost


GENEVA = {
    "A_HRC_WG.6_34_ITA_3.en": (
        "English",
        ("Working Group on the Universal Periodic Review",),
        "Thirty-fourth session",
        94,
        169,
    ),
    "A_HRC_WG.6_7_ITA_1.fr": (
        "anglais",
        ("Groupe de travail sur l’Examen périodique universel",),
        "Septième session",
        111,
        0,
    ),
    "ECE_TRADE_C_CEFACT_2018_6.en": (
        "English",
        (
            "Economic Commission for Europe",
            "UNECE Executive Committee",
            "Centre for Trade Facilitation and Electronic Business",
        ),
        "Twenty-fourth session",
        69,
        29,
    ),
    "ECE_TRADE_C_CEFACT_2019_26.en": (
        "English only",
        (
            "Economic Commission for Europe",
            "Executive Committee",
            "Centre for Trade Facilitation and Electronic Business",
        ),
        "Twenty-fifth session",
        39,
        3,
    ),
}


@pytest.mark.parametrize("name", GENEVA)
def test_a_paper_of_geneva_states_its_facts_and_has_all_paragraphs_and_notes(name: str) -> None:
    original, bodies, session, last, notes = GENEVA[name]
    document = read(extract(reference(f"geneva/{name}.pdf"), "-layout"))
    masthead, preface = document.masthead, document.preface
    assert (masthead.original or masthead.restriction, preface.bodies, preface.session) == (original, bodies, session)
    numbers = [block.number for block in document.body if isinstance(block, Paragraph) and block.number]
    assert numbers[:last] == list(range(1, last + 1))
    assert [note.number for note in document.notes if not note.asterisk] == list(range(1, notes + 1))
    assert not [finding for finding in document.findings if finding.rule == "call-missing"]
    assert document.note_place is (NotePlace.END if name == "A_HRC_WG.6_34_ITA_3.en" else NotePlace.PAGE)
