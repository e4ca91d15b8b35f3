"""Documents of every source format are published, and read back from their pages."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from extracts import extract
from manuscripts import report, sentence
from masthead import formats, publication
from masthead.document.findings import Severity
from masthead.document.model import Document, NoteCall, contents, inlines
from masthead.document.terms import Language
from masthead.formats.transcript import reader as text
from outlines import outline
from paths import EXAMPLES, SPECIMENS
from reference import reference


def read(source: str) -> Document:
    return text.read(source.encode(), "x.txt")


@pytest.mark.parametrize("name", ["A_RES_104_13.en", "A_104_96.ar"])
def test_the_pages_from_akoma_ntoso_are_those_from_markdown(name: str, tmp_path: Path) -> None:
    source = SPECIMENS / f"{name}.md"
    (tmp_path / f"{name}.akn.xml").write_text(formats.write(formats.read(source), ".akn"), "utf-8")
    pdf = publication.publish(tmp_path / f"{name}.akn.xml").pdf.data
    assert pdf == publication.publish(source).pdf.data
    files = pypdf.PdfReader(io.BytesIO(pdf)).root_object["/AF"]
    assert {str(file.get_object()["/UF"]): file.get_object()["/AFRelationship"] for file in files} == {
        f"{name}.md": "/Source",
        f"{name}.akn.xml": "/Source",
    }
    (subtype,) = {file.get_object()["/EF"]["/F"]["/Subtype"] for file in files} - {"/text/markdown"}
    assert subtype == "/application/akn+xml"


def test_a_word_file_on_the_un_template_publishes_with_the_page_count_of_its_pdf() -> None:
    template = reference("pdf/A_80_604_Add.1.docx")
    edition = publication.publish(template)
    with (
        pypdfium2.PdfDocument(edition.pdf.data) as made,
        pypdfium2.PdfDocument(reference("pdf/A_80_604_Add.1.pdf")) as before,
    ):
        assert len(made) == len(before) == 13
    assert [str(finding) for finding in edition.report.findings if finding.severity is Severity.ERROR] == []


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


@pytest.mark.parametrize("name", ["A_RES_73_6-EN", "A_RES_73_8-EN", "ohchr_1_ru"])
def test_a_real_document_publishes_and_is_read_back(name: str, tmp_path: Path) -> None:
    source, pdf = tmp_path / f"{name}.txt", tmp_path / f"{name}.pdf"
    source.write_text(extract(reference(f"pdf/{name}.pdf"), "-layout"), encoding="utf-8")
    edition = publication.publish(source)
    assert [finding for finding in edition.report.findings if finding.severity is Severity.ERROR] == []
    pdf.write_bytes(edition.pdf.data)
    assert outline(read(extract(pdf, "-layout"))) == outline(edition.document)


def test_notes_that_begin_again_in_an_annex_are_checked_and_read_back_from_the_pages(tmp_path: Path) -> None:
    source = tmp_path / "x.en.md"
    source.write_text(
        report(
            Language.ENGLISH,
            f"1. {sentence(Language.ENGLISH)}[^1] The rivers too are full.[^2]",
            "[^1]: A/93/1.",
            "[^2]: A/93/2.",
            "<!-- annex, notes from 1 --> Lakes",
            f"1. {sentence(Language.ENGLISH)}^[A/93/3.] The lakes too are full.^[A/93/4.]",
        ),
        "utf-8",
    )
    edition = publication.publish(source)
    assert edition.report.findings == ()
    pdf = tmp_path / "x.en.pdf"
    pdf.write_bytes(edition.pdf.data)
    (annex,) = read(extract(pdf, "-layout")).annexes
    called = [each for content in contents(annex) for each in inlines(content) if isinstance(each, NoteCall)]
    assert (annex.own_notes, called) == (True, [NoteCall(3), NoteCall(4)])
