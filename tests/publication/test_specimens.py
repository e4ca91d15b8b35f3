"""Every kind of document, in two languages at least, from its source to a checked page."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from masthead import formats
from masthead.document import DocumentType
from masthead.document.model import (
    Block,
    Box,
    Contents,
    Document,
    Figure,
    Heading,
    Paragraph,
    Part,
    Table,
    Vote,
    inlines,
)
from masthead.document.terms import DutyStation, Language, Organ
from masthead.formats.markdown import reader as markdown
from masthead.page import printed_texts
from masthead.pdf import read_text
from masthead.publication import publish
from paths import ROOT

SPECIMENS = ROOT / "examples" / "specimens"
SOURCES = sorted(SPECIMENS.glob("*.md"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_specimen_is_published_without_a_finding_and_says_its_text(source: Path, tmp_path: Path) -> None:
    edition = publish(source)
    assert (*edition.document.findings, *edition.pdf.findings, *edition.report.findings) == ()
    file = tmp_path / "edition.pdf"
    edition.pdf.save(file)
    said = [" ".join(element.text.split()) for element in read_text(file) if element.text.strip()]
    assert said == [" ".join(each.text.split()) for each in printed_texts(edition.document)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_a_specimen_written_again_is_read_as_the_same_document(source: Path) -> None:
    document = formats.read(source)
    assert markdown.read(formats.write(document, ".md").encode(), "again.md") == document


def documents() -> list[Document]:
    return [formats.read(source) for source in SOURCES]


def test_there_is_a_specimen_of_every_type_in_arabic_and_another_language() -> None:
    languages: dict[DocumentType, set[Language]] = defaultdict(set)
    for document in documents():
        languages[document.type].add(document.language)
    for kind in DocumentType:
        assert Language.ARABIC in languages[kind]
        assert len(languages[kind]) >= 2


def test_the_specimens_have_every_kind_of_block_every_organ_but_one_and_both_families() -> None:
    found: set[type[Block]] = set()
    for document in documents():
        for block in (*document.body, *(each for annex in document.annexes for each in annex.body)):
            found.add(type(block))
    assert found == {Paragraph, Part, Heading, Table, Figure, Box, Vote, Contents}
    # The fourth is that of the example.
    assert {document.organ for document in documents()} == set(Organ) - {Organ.ECONOMIC_AND_SOCIAL_COUNCIL}
    assert {document.job.duty_station for document in documents()} == set(DutyStation)


def test_one_resolution_has_the_same_structure_in_six_languages() -> None:
    editions = [document for document in documents() if str(document.symbol) == "A/RES/104/12"]
    assert {document.language for document in editions} == set(Language)
    assert len({_shape(document) for document in editions}) == 1


def _shape(document: Document) -> tuple[object, ...]:
    def of(block: Block) -> object:
        assert isinstance(block, Paragraph)
        kinds = tuple(type(inline).__name__ for inline in inlines(block.content) if type(inline).__name__ == "NoteCall")
        return block.role, block.number, kinds, tuple((item.ordinal, len(item.items)) for item in block.items)

    return (*map(of, document.body), len(document.notes), len(document.closing))


def test_emphasis_in_chinese_has_the_zero_of_numbers(tmp_path: Path) -> None:
    # 〇 (U+3007), which the kai face lacks and the number of every session from the hundredth needs.
    source = tmp_path / "zero.zh.md"
    text = (SPECIMENS / "A_RES_104_12.zh.md").read_text("utf-8")
    source.write_text(text.replace("*回顾*其", "*回顾第一〇四届会议*其", 1), "utf-8")
    edition = publish(source)
    assert (*edition.pdf.findings, *edition.report.findings) == ()


def test_a_heading_in_chinese_at_the_head_of_a_page_is_no_widow(tmp_path: Path) -> None:
    # Bold in Chinese is a face of its own, hei; 附件 heads the page of an annex.
    source = tmp_path / "annex.zh.md"
    text = (SPECIMENS / "A_RES_104_12.zh.md").read_text("utf-8")
    source.write_text(text.replace("\n[^1]:", "\n<!-- annex --> 花园\n\n雨水花园的清单载于下文。\n\n[^1]:", 1), "utf-8")
    edition = publish(source)
    assert (*edition.pdf.findings, *edition.report.findings) == ()
