"""The text of PDFs, ours and of the United Nations, is read as their pages show it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from masthead import formats, publication
from masthead.document.errors import SourceError
from masthead.document.findings import Severity
from masthead.document.model import Document, Heading, Paragraph, Role, Table
from masthead.formats.transcript import reader as text
from outlines import outline, shown
from paths import ROOT

EXAMPLES = ROOT / "examples"
PDFS = ROOT.parent / "shared" / "reference" / "pdf"
REAL = ("A_80_604_Add.1", "A_RES_73_6-EN", "A_RES_73_8-EN", "ohchr_1_ru")

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
needs_pdfs = pytest.mark.skipif(not PDFS.is_dir(), reason="the reference documents are not here")


def read(source: str) -> Document:
    return text.read(source.encode(), "x.txt")


def extract(pdf: Path, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", *options, "-enc", "UTF-8", pdf, "-"], check=True, capture_output=True
    ).stdout.decode()


# --- what Masthead publishes, read back -------------------------------------------------------------------------------


@needs_poppler
@pytest.mark.parametrize(
    "name",
    [
        "E_RES_2041_7.en.txt",
        "specimens/A_104_96_Corr.1.ar.md",
        "specimens/A_C.2_104_L.9.ar.md",
        "specimens/A_DEC_104_405.en.md",
        "specimens/A_HRC_98_8.ar.md",
        "specimens/A_HRC_98_8.ru.md",
        "specimens/A_RES_104_12.ar.md",
        "specimens/A_RES_104_12.fr.md",
        "specimens/A_RES_104_12.zh.md",
        "specimens/S_2049_301.en.md",
        "specimens/S_RES_3104_2049.ar.md",
    ],
)
def test_what_is_published_is_read_back_as_the_same_document(name: str, tmp_path: Path) -> None:
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(publication.publish(EXAMPLES / name).pdf.data)
    document = read(extract(pdf, "-layout"))
    assert outline(document) == outline(formats.read(EXAMPLES / name))
    again = read(extract(pdf, "-layout", "-nopgbrk"))
    assert (again, again.findings) == (document, document.findings)


# --- the United Nations' own ------------------------------------------------------------------------------------------


@needs_poppler
@needs_pdfs
@pytest.mark.parametrize("options", [("-layout",), ()], ids=["layout", "plain"])
@pytest.mark.parametrize("name", REAL)
def test_no_word_of_a_real_document_is_lost(name: str, options: tuple[str, ...], tmp_path: Path) -> None:
    """Every word of the pages is a word of the document, but for marks, heads and feet."""
    source = extract(PDFS / f"{name}.pdf", *options)
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


@needs_poppler
@needs_pdfs
@pytest.mark.parametrize("name", REAL)
def test_a_real_document_is_the_same_without_form_feeds(name: str) -> None:
    with_them, without = (read(extract(PDFS / f"{name}.pdf", "-layout", *more)) for more in ((), ("-nopgbrk",)))
    assert (without, without.findings) == (with_them, with_them.findings)


@needs_poppler
@needs_pdfs
@pytest.mark.parametrize("name", REAL)
def test_a_real_document_with_neither_form_feeds_nor_places_is_refused_once(name: str) -> None:
    with pytest.raises(SourceError, match=r"x\.txt:\d+: the text has no form feeds") as raised:
        read(extract(PDFS / f"{name}.pdf", "-nopgbrk"))
    assert "without -nopgbrk" in raised.value.hint


@needs_poppler
@needs_pdfs
def test_a_real_report_is_read_as_its_word_file() -> None:
    """The two were made of one text by others: paragraphs, headings, notes and numbers are the same."""
    document = read(extract(PDFS / "A_80_604_Add.1.pdf", "-layout"))
    original = formats.read(PDFS / "A_80_604_Add.1.docx")

    def said(of: Document) -> list[str]:
        kept = [line for line in outline(of) if line and line[0] in ("heading", "note", *Role)]
        return [re.sub(r"\s", "", str(line)) for line in kept]

    here, there = said(document), said(original)
    assert len(here) == len(there) == 71
    assert [(mine, theirs) for mine, theirs in zip(here, there, strict=True) if mine != theirs] == [
        (
            "('heading',4,None,'Recommendationsonpostsandpositions')",
            "('heading',3,None,'Recommendationsonpostsandpositions')",
        )
    ]


@needs_poppler
@needs_pdfs
def test_the_tables_of_a_real_report_hold_what_its_word_file_holds() -> None:
    def rows(of: Document) -> list[list[str]]:
        tables = [block for block in of.body if isinstance(block, Table)]
        held = [[shown(cell.content) for cell in row] for table in tables for row in table.rows]
        return held + [[shown(note)] for table in tables for note in table.notes]

    here = rows(read(extract(PDFS / "A_80_604_Add.1.pdf", "-layout")))
    assert here == rows(formats.read(PDFS / "A_80_604_Add.1.docx"))
    assert len(here) == 53


@needs_poppler
@needs_pdfs
def test_a_real_resolution_of_new_york() -> None:
    document = read(extract(PDFS / "A_RES_73_6-EN.pdf", "-layout"))
    assert len(document.preamble) == 25
    assert [paragraph.number for paragraph in document.operative] == list(range(1, 15))
    assert [note.number for note in document.notes] == [1, 2, 3, 4, 5, 6]
    assert document.closing == ("26th plenary meeting", "26 October 2018")
    parted = [finding.message for finding in document.findings if finding.rule == "word-parted"]
    assert "“Confere nce” may be one word, “Conference”" in parted


@needs_poppler
@needs_pdfs
@pytest.mark.parametrize("options", [("-layout",), ()], ids=["layout", "plain"])
def test_a_real_report_of_geneva(options: tuple[str, ...]) -> None:
    document = read(extract(PDFS / "ohchr_1_ru.pdf", *options))
    numbers = [block.number for block in document.body if isinstance(block, Paragraph) and block.number]
    assert numbers == list(range(1, 95))
    headings = [block for block in document.body if isinstance(block, Heading)]
    assert [(heading.level, heading.ordinal) for heading in headings if heading.ordinal] == [
        (1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 1), (3, 2), (3, 3), (3, 4),
    ]  # fmt: skip
    assert len(document.notes) == (170 if options else 167)  # without places, the texts of three are told to be lost


@needs_poppler
@needs_pdfs
@pytest.mark.parametrize("name", ["A_RES_73_6-EN", "A_RES_73_8-EN", "ohchr_1_ru"])
def test_a_real_document_publishes_and_is_read_back(name: str, tmp_path: Path) -> None:
    source, pdf = tmp_path / f"{name}.txt", tmp_path / f"{name}.pdf"
    source.write_text(extract(PDFS / f"{name}.pdf", "-layout"), encoding="utf-8")
    edition = publication.publish(source)
    assert [finding for finding in edition.report.findings if finding.severity is Severity.ERROR] == []
    pdf.write_bytes(edition.pdf.data)
    assert outline(read(extract(pdf, "-layout"))) == outline(edition.document)
