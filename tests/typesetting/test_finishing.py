"""The finished file: PDF/A-3a and PDF/UA-1 at once, and what a viewer shows of it."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

import page
from masthead.document.errors import TypesettingError
from masthead.page.markup import Attachment
from masthead.typesetting.typesetter import Variant, typeset
from small import html, note

HEAD = (
    '<meta name="dcterms.identifier" content="E/RES/2017/18"><meta name="dcterms.created" content="2017-08-18">'
    '<meta name="dcterms.modified" content="2017-08-18"><title>'
)
FOLIOS = """
@page { @bottom-left { content: counter(page) "/" counter(pages) } } @page :first { @bottom-left { content: none } }
"""
BODY = f"<h1>عنوان</h1><p>نص{note(1, 'حاشية')}</p>" + '<p style="break-before: page">ثان</p>'
SOURCE = Attachment("E_RES_2017_18.ar.md", b"# text", "text/markdown", "the source")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    made = html(BODY, style=FOLIOS)
    return typeset(replace(made, text=made.text.replace("<title>", HEAD), attachments=(SOURCE,))).data


@pytest.fixture(scope="module")
def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_an_independent_validator_passes_it(pdf: bytes, profile: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("pdf") / "a.pdf"
    file.write_bytes(pdf)
    assert [failure.rule_id for failure in page.validate_pdf(str(file), profile=profile).failures] == []


def test_viewers_turn_its_pages_from_right_to_left(reader: pypdf.PdfReader) -> None:
    preferences = reader.root_object["/ViewerPreferences"]
    assert preferences["/Direction"] == "/R2L"
    assert preferences["/DisplayDocTitle"].value is True
    english = typeset(html("<p>text</p>", root='lang="en"')).data
    assert "/Direction" not in pypdf.PdfReader(io.BytesIO(english)).root_object["/ViewerPreferences"]


def test_pages_are_labelled_as_printed(reader: pypdf.PdfReader) -> None:
    assert reader.page_labels == ["1", "2/2"]


def test_metadata_is_plain_and_complete(pdf: bytes, reader: pypdf.PdfReader) -> None:
    xmp = reader.xmp_metadata
    assert xmp is not None
    assert xmp.dc_language == ["ar"]
    assert xmp.dc_identifier == "E/RES/2017/18"
    for plain in (b'pdfaid:part="3"', b"<pdfuaid:part>1</pdfuaid:part>"):
        assert plain in pdf
    assert reader.metadata is not None
    assert reader.metadata["/CreationDate"] == "D:20170818"


def test_attachments_are_typed_related_and_dated_as_the_document(reader: pypdf.PdfReader) -> None:
    (file,) = [each.get_object() for each in reader.root_object["/AF"]]
    assert file["/AFRelationship"] == "/Source"
    stream = file["/EF"]["/F"]
    assert (stream["/Subtype"], stream["/Params"]["/ModDate"]) == ("/text/markdown", "D:20170818000000Z")
    assert reader.attachments[SOURCE.name] == [SOURCE.data]


@pytest.mark.parametrize("variant", [Variant.ARCHIVE, Variant.ARCHIVE_4])
def test_each_attachment_is_listed_once_in_its_order(variant: Variant) -> None:
    files = (SOURCE, replace(SOURCE, name="a.xml", media_type="application/xml", data=b"<a/>"))
    data = typeset(replace(html(BODY), attachments=files), variant=variant).data
    listed = [each.get_object()["/UF"] for each in pypdf.PdfReader(io.BytesIO(data)).root_object["/AF"]]
    assert listed == [each.name for each in files]


def test_an_attachment_of_an_undated_document_has_no_date() -> None:
    data = typeset(replace(html(BODY), attachments=(SOURCE,))).data
    (file,) = [each.get_object() for each in pypdf.PdfReader(io.BytesIO(data)).root_object["/AF"]]
    assert not {"/ModDate", "/CreationDate"} & set(file["/EF"]["/F"]["/Params"])


def test_a_document_without_a_language_is_refused() -> None:
    with pytest.raises(TypesettingError, match="language"):
        typeset(html(BODY, root='dir="rtl"'))


def test_a_plain_file_claims_nothing() -> None:
    assert b"pdfaid" not in typeset(html(BODY), variant=Variant.PLAIN).data


@pytest.mark.parametrize(
    ("folio", "labels"),
    [
        ('counter(page) "/" counter(pages)', ["1/2", "2/2"]),
        ("counter(page)", ["1", "2"]),
        ('counter(page) " / " counter(pages)', ["1 / 2", "2 / 2"]),
        ('"page " counter(page)', ["1", "2"]),
        ("counter(pages)", ["1", "2"]),
    ],
)
def test_the_label_of_a_page_is_the_folio_that_it_prints(folio: str, labels: list[str]) -> None:
    style = f"@page {{ @bottom-left {{ content: {folio} }} }}"
    data = typeset(html(BODY, style=style), variant=Variant.PLAIN).data
    assert pypdf.PdfReader(io.BytesIO(data)).page_labels == labels


def test_a_date_that_is_none_is_an_error_that_shows_it() -> None:
    made = html(BODY)
    text = made.text.replace("<title>", '<meta name="dcterms.created" content="2017-13-18"><title>')
    with pytest.raises(TypesettingError, match="2017-13-18"):
        typeset(replace(made, text=text, attachments=(SOURCE,)))
