"""Tracked changes in Word files: accepting them gives the new document, rejecting them the old one."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from lxml import etree

import revising
from masthead import formats
from masthead.document import Document, DocumentType, JobNumber
from masthead.formats import Changes, Revisor, resolve_changes, write_tracked
from masthead.formats.word.package_reader import open_package
from masthead.formats.word.package_writer import repack
from masthead.redline import redline
from paths import SPECIMENS

REVISOR = Revisor("The delegation", datetime(2049, 8, 29, tzinfo=UTC))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SOURCES = [*SPECIMENS.glob("A_RES_104_1[23].*.md"), *SPECIMENS.glob("A_104_9*.md")]


def _both(data: bytes) -> tuple[Document, Document]:
    """What remains of a file if all its changes are rejected, and if they are accepted."""
    rejected, accepted = (
        formats.parse(resolve_changes(data, how, "x.docx"), "x.docx") for how in (Changes.REJECT, Changes.ACCEPT)
    )
    return rejected, accepted


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(18))
def test_accepting_gives_the_new_document_and_rejecting_the_old_one(seed: int) -> None:
    source = sorted(SOURCES)[seed % len(SOURCES)]
    pair = revising.revise(formats.read(source), seed, 1 + seed % 4)
    assert pair.kinds
    assert _both(write_tracked(redline(pair.old, pair.new), REVISOR)) == (pair.old, pair.new)


def test_each_change_has_its_author_and_date_and_a_number_of_its_own() -> None:
    pair = revising.revise(formats.read(SPECIMENS / "A_RES_104_13.ar.md"), 3, 3)
    data = write_tracked(redline(pair.old, pair.new), REVISOR)
    assert data == write_tracked(redline(pair.old, pair.new), REVISOR)
    root = etree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
    tracked = list(root.iter(f"{{{W}}}ins", f"{{{W}}}del"))
    assert tracked
    assert {each.get(f"{{{W}}}author") for each in tracked} == {"The delegation"}
    assert all(str(each.get(f"{{{W}}}date")).startswith("2049-08-29T00:0") for each in tracked)
    numbers = [each.get(f"{{{W}}}id") for each in tracked]
    assert len(numbers) == len(set(numbers))


def test_a_moved_paragraph_is_a_move() -> None:
    pair = revising.revise(formats.read(SPECIMENS / "A_RES_104_12.en.md"), 1, 1, ("move",))
    assert pair.moved
    data = write_tracked(redline(pair.old, pair.new), REVISOR)
    xml = zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert xml.count("<w:moveFromRangeStart ") == xml.count("<w:moveToRangeStart ") == 1
    assert _both(data) == (pair.old, pair.new)


def _tracked_texts(old: Document, new: Document) -> dict[str, list[str]]:
    """Return what tracked changes insert and delete, by part of the file."""
    archive = zipfile.ZipFile(BytesIO(write_tracked(redline(old, new), REVISOR)))
    roots = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}
    found = {
        name: ["".join(each.itertext()) for each in root.iter(f"{{{W}}}ins", f"{{{W}}}del")]
        for name, root in roots.items()
    }
    return {name.rpartition("/")[2]: texts for name, texts in found.items() if texts}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the ", "[the](https://example.org/) "),
        (" of ", "\u00a0of\u202f"),
    ],
)
def test_links_and_kinds_of_spaces_are_not_tracked(before: str, after: str) -> None:
    text = (SPECIMENS / "A_RES_104_13.en.md").read_text("utf-8")
    front, sign, body = text.partition("The General Assembly")
    assert before in body
    changed = front + sign + body.replace(before, after, 3)
    assert _tracked_texts(*(formats.parse(each.encode(), "x.md") for each in (text, changed))) == {}


def test_a_link_of_which_a_word_changed_is_one_before_and_after() -> None:
    text = (SPECIMENS / "A_RES_104_13.en.md").read_text("utf-8")
    assert " Decides " in text.replace("*", " ")
    linked = text.replace(";", " [as the harbours report it](https://example.org/);", 1)
    old, new = (formats.parse(each.encode(), "x.md") for each in (linked, linked.replace("harbours", "cities")))
    assert _tracked_texts(old, new) == {"document.xml": ["as the harbours report it", "as the cities report it"]}
    assert _both(write_tracked(redline(old, new), REVISOR)) == (old, new)


def test_only_what_differs_in_a_footer_is_tracked() -> None:
    new = formats.read(SPECIMENS / "A_RES_104_12.ar.md")
    old = replace(new, job=JobNumber.parse("49-01234 (A) 010149 020149"))
    assert _tracked_texts(old, new)["footer-first.xml"][:2] == ["49-01234", str(new.job).partition(" ")[0]]
    assert not any("الرجاء" in text for text in _tracked_texts(old, new)["footer-first.xml"])


def test_what_no_page_shows_is_kept_for_both() -> None:
    new = formats.read(SPECIMENS / "A_C.2_104_L.9.en.md")
    old = replace(new, type=DocumentType.NOTE)
    assert _both(write_tracked(redline(old, new), REVISOR)) == (old, new)


# ruff: noqa: E501
# --- files of other programs ------------------------------------------------------------------------------------------

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
TEXT = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
GONE = '<w:r><w:delText xml:space="preserve">{}</w:delText></w:r>'
BY = 'w:id="{}" w:author="A" w:date="2049-01-01T00:00:00Z"'


def _mark(kind: str, number: int) -> str:
    return f"<w:pPr><w:rPr><w:{kind} {BY.format(number)}/></w:rPr></w:pPr>"


CASES = {
    "inserted and deleted words": (
        f"<w:p>{TEXT.format('One ')}<w:del {BY.format(1)}>{GONE.format('old ')}</w:del>"
        f"<w:ins {BY.format(2)}>{TEXT.format('new ')}</w:ins>{TEXT.format('word.')}</w:p>",
        ["One old word."],
        ["One new word."],
    ),
    "an inserted paragraph": (
        f"<w:p>{TEXT.format('One.')}</w:p><w:p>{_mark('ins', 1)}<w:ins {BY.format(2)}>{TEXT.format('Two.')}</w:ins></w:p>"
        f"<w:p>{TEXT.format('Three.')}</w:p>",
        ["One.", "Three."],
        ["One.", "Two.", "Three."],
    ),
    "a deleted paragraph": (
        f"<w:p>{TEXT.format('One.')}</w:p><w:p>{_mark('del', 1)}<w:del {BY.format(2)}>{GONE.format('Two.')}</w:del></w:p>"
        f"<w:p>{TEXT.format('Three.')}</w:p>",
        ["One.", "Two.", "Three."],
        ["One.", "Three."],
    ),
    "a paragraph mark": (
        f"<w:p>{_mark('del', 1)}{TEXT.format('One, ')}</w:p><w:p>{TEXT.format('two.')}</w:p>",
        ["One,", "two."],
        ["One, two."],
    ),
    "a divided paragraph": (
        f"<w:p>{_mark('ins', 1)}{TEXT.format('One, ')}</w:p><w:p>{TEXT.format('two.')}</w:p>",
        ["One, two."],
        ["One,", "two."],
    ),
    "a moved paragraph": (
        f"<w:p>{_mark('moveFrom', 1)}<w:moveFromRangeStart {BY.format(2)} w:name='m'/>"
        f"<w:moveFrom {BY.format(3)}>{TEXT.format('One.')}</w:moveFrom><w:moveFromRangeEnd w:id='2'/></w:p>"
        f"<w:p>{TEXT.format('Two.')}</w:p><w:p>{_mark('moveTo', 4)}<w:moveToRangeStart {BY.format(5)} w:name='m'/>"
        f"<w:moveTo {BY.format(6)}>{TEXT.format('One.')}</w:moveTo><w:moveToRangeEnd w:id='5'/></w:p>"
        f"<w:p>{TEXT.format('Three.')}</w:p>",
        ["One.", "Two.", "Three."],
        ["Two.", "One.", "Three."],
    ),
    "an inserted and a deleted row": (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='4000'/></w:tblGrid>"
        f"<w:tr><w:tc><w:tcPr/><w:p>{TEXT.format('Kept')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:ins {BY.format(1)}/></w:trPr><w:tc><w:tcPr/><w:p><w:ins {BY.format(2)}>{TEXT.format('New')}</w:ins></w:p></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del {BY.format(3)}/></w:trPr><w:tc><w:tcPr/><w:p><w:del {BY.format(4)}>{GONE.format('Old')}</w:del></w:p></w:tc></w:tr>"
        "</w:tbl><w:p/>",
        ["Kept", "Old"],
        ["Kept", "New"],
    ),
    "an inserted and a deleted cell": (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='4000'/></w:tblGrid><w:tr>"
        f"<w:tc><w:tcPr/><w:p>{TEXT.format('Kept')}</w:p></w:tc>"
        f"<w:tc><w:tcPr><w:cellIns {BY.format(1)}/></w:tcPr><w:p>{TEXT.format('New')}</w:p></w:tc>"
        f"<w:tc><w:tcPr><w:cellDel {BY.format(2)}/></w:tcPr><w:p>{TEXT.format('Old')}</w:p></w:tc>"
        "</w:tr></w:tbl><w:p/>",
        ["Kept", "Old"],
        ["Kept", "New"],
    ),
    "text inserted and deleted again": (
        f"<w:p>{TEXT.format('One')}<w:ins {BY.format(1)}>{TEXT.format(' two')}<w:del {BY.format(2)}>{GONE.format(' three')}</w:del></w:ins>"
        f"{TEXT.format('.')}</w:p>",
        ["One."],
        ["One two."],
    ),
    "a link that was deleted": (
        f"<w:p>{TEXT.format('See ')}<w:hyperlink w:anchor='x'><w:del {BY.format(1)}>{GONE.format('there')}</w:del></w:hyperlink>"
        f"<w:ins {BY.format(2)}>{TEXT.format('here')}</w:ins></w:p>",
        ["See there"],
        ["See here"],
    ),
    "a fraction that was inserted around a number": (
        f"<w:p>{TEXT.format('Rain ')}<m:oMath><m:f><m:fPr><m:ctrlPr><w:ins {BY.format(1)}/></m:ctrlPr></m:fPr>"
        f"<m:num><m:r><m:t>x</m:t></m:r></m:num><m:den><w:ins {BY.format(2)}><m:r><m:t>2</m:t></m:r></w:ins></m:den></m:f>"
        "</m:oMath></w:p>",
        ["Rain x"],
        ["Rain x/2"],
    ),
    "a deleted fraction": (
        f"<w:p>{TEXT.format('Rain')}<m:oMath><m:f><m:fPr><m:ctrlPr><w:del {BY.format(1)}/></m:ctrlPr></m:fPr>"
        f"<m:num><w:del {BY.format(2)}><m:r><m:t>x</m:t></m:r></w:del></m:num>"
        f"<m:den><w:del {BY.format(3)}><m:r><m:t>2</m:t></m:r></w:del></m:den></m:f></m:oMath></w:p>",
        ["Rainx/2"],
        ["Rain"],
    ),
    "a deleted row that began merged cells": (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='4000'/></w:tblGrid>"
        f"<w:tr><w:tc><w:tcPr/><w:p>{TEXT.format('Head')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:trPr><w:del {BY.format(1)}/></w:trPr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p>{TEXT.format('Old')}</w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p/>",
        ["Head", "Old", "^"],
        ["Head"],
    ),
    "cells that were merged": (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='4000'/></w:tblGrid>"
        f"<w:tr><w:tc><w:tcPr><w:cellMerge {BY.format(1)} w:vMerge='rest'/></w:tcPr><w:p>{TEXT.format('One')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:cellMerge {BY.format(2)} w:vMerge='cont'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p/>",
        ["One"],
        ["One", "^"],
    ),
    "a row of which all cells were deleted": (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='4000'/></w:tblGrid>"
        f"<w:tr><w:tc><w:tcPr/><w:p>{TEXT.format('Kept')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:tcPr><w:cellDel {BY.format(1)}/></w:tcPr><w:p>{TEXT.format('Old')}</w:p></w:tc></w:tr></w:tbl><w:p/>",
        ["Kept", "Old"],
        ["Kept"],
    ),
    "a paragraph mark before a content control": (
        f"<w:p>{_mark('del', 1)}{TEXT.format('One, ')}</w:p><w:sdt><w:sdtContent><w:p>{TEXT.format('two.')}</w:p></w:sdtContent></w:sdt>",
        ["One,", "two."],
        ["One, two."],
    ),
    "changes that two people made at once": (
        f"<w:p>{TEXT.format('One')}<w14:conflictIns {BY.format(1)}>{TEXT.format(' two')}</w14:conflictIns>"
        f"<w14:conflictDel {BY.format(2)}>{GONE.format(' three')}</w14:conflictDel></w:p>",
        ["One three"],
        ["One two"],
    ),
    "a deleted field": (
        f"<w:p>{TEXT.format('Page ')}<w:del {BY.format(1)}><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        "<w:r><w:delInstrText> PAGE </w:delInstrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        f"{GONE.format('7')}<w:r><w:fldChar w:fldCharType='end'/></w:r></w:del>{TEXT.format('.')}</w:p>",
        ["Page 7."],
        ["Page ."],
    ),
}


def _word_file(xml: str) -> bytes:
    """A file of python-docx whose body is `xml`."""
    buffer = BytesIO()
    docx.Document().save(buffer)
    spaces = f'xmlns:w="{W}" xmlns:m="{MATH}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    body = etree.fromstring(f"<w:body {spaces}>{xml}</w:body>")
    root = etree.fromstring(zipfile.ZipFile(buffer).read("word/document.xml"))
    old = root.find(f"{{{W}}}body")
    for each in list(old):
        if not str(each.tag).endswith("sectPr"):
            old.remove(each)
    for at, each in enumerate(body):
        old.insert(at, each)
    return repack(buffer.getvalue(), {"word/document.xml": etree.tostring(root)})


def _texts(data: bytes) -> list[str]:
    """The texts of paragraphs; a cell that continues one above it is ^, and a fraction has a slash."""
    body = docx.Document(BytesIO(data)).element.body
    for fraction in list(body.iter(f"{{{MATH}}}den")):
        fraction.addprevious(etree.fromstring(f'<w:t xmlns:w="{W}">/</w:t>'))
    for cell in body.iter(f"{{{W}}}tc"):
        if any(each.get(f"{{{W}}}val") is None for each in cell.iter(f"{{{W}}}vMerge")) or cell.xpath(
            ".//w:vMerge[@w:val='continue']"
        ):
            cell.append(etree.fromstring(f'<w:p xmlns:w="{W}"><w:t>^</w:t></w:p>'))
    found = (
        "".join(each.text or "" for each in paragraph.iter("{*}t")).strip() for paragraph in body.iter(f"{{{W}}}p")
    )
    return [text for text in found if text]


@pytest.mark.parametrize("name", CASES)
def test_changes_that_other_programs_track(name: str) -> None:
    xml, old, new = CASES[name]
    data = _word_file(xml)
    assert _texts(resolve_changes(data, Changes.REJECT, name)) == old
    assert _texts(resolve_changes(data, Changes.ACCEPT, name)) == new


FINDINGS = {
    "an inserted paragraph mark": (CASES["a divided paragraph"][0], "ends a paragraph after “One,”"),
    "a deleted paragraph mark": (CASES["a paragraph mark"][0], "joins “One,” to the next paragraph"),
    "another style": (
        f"<w:p><w:pPr><w:pPrChange {BY.format(1)}><w:pPr/></w:pPrChange></w:pPr>{TEXT.format('One.')}</w:p>",
        "alters the properties of “One.”",
    ),
    "bold type": (
        f"<w:p><w:r><w:rPr><w:b/><w:rPrChange {BY.format(1)}><w:rPr/></w:rPrChange></w:rPr><w:t>One.</w:t></w:r></w:p>",
        "alters the properties of “One.”",
    ),
    "merged cells": (CASES["cells that were merged"][0], "merges or splits a cell; it is read as accepted: “One”"),
    "a line break": (
        f"<w:p>{TEXT.format('One.')}<w:del {BY.format(1)}><w:r><w:br/></w:r></w:del></w:p>",
        "deletes “a line break”",
    ),
    "a formula": (CASES["a deleted fraction"][0], "deletes “x”"),
    "a section": (
        f"<w:p><w:pPr><w:sectPr><w:sectPrChange {BY.format(1)}><w:sectPr/></w:sectPrChange></w:sectPr></w:pPr>{TEXT.format('One.')}</w:p>",
        "alters the properties of “One.”",
    ),
    "a deleted paragraph": (CASES["a deleted paragraph"][0], "deletes “Two.”"),
}


@pytest.mark.parametrize("name", FINDINGS)
def test_each_change_that_is_read_as_accepted_is_a_finding(name: str) -> None:
    xml, message = FINDINGS[name]
    changes = open_package(_word_file(xml), name).changes
    assert any(message in doubt.message for doubts in changes.values() for doubt in doubts)


@pytest.mark.parametrize("seed", [3, 4])
def test_without_an_option_changes_are_accepted(seed: int) -> None:
    pair = revising.revise(formats.read(SPECIMENS / "A_104_96.en.md"), seed, 8)
    data = write_tracked(redline(pair.old, pair.new), REVISOR)
    unmarked = formats.parse(data, "x.docx")
    assert unmarked == _both(data)[1] == pair.new
    assert "word-change" in {finding.rule for finding in unmarked.findings}


def test_other_properties_are_restored() -> None:
    xml = (
        f"<w:p><w:pPr><w:pStyle w:val='Heading1'/><w:pPrChange {BY.format(1)}><w:pPr><w:pStyle w:val='Normal'/></w:pPr>"
        f"</w:pPrChange></w:pPr><w:r><w:rPr><w:b/><w:rPrChange {BY.format(2)}><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>"
        "<w:t>One.</w:t></w:r></w:p>"
    )
    data = _word_file(xml)
    for how, style, look in ((Changes.REJECT, "Normal", "i"), (Changes.ACCEPT, "Heading1", "b")):
        body = docx.Document(BytesIO(resolve_changes(data, how, "x"))).element.body
        assert next(body.iter(f"{{{W}}}pStyle")).get(f"{{{W}}}val") == style
        assert [str(each.tag).rpartition("}")[2] for each in next(body.iter(f"{{{W}}}rPr"))] == [look]


def test_a_file_without_changes_stays_as_it_is() -> None:
    data = _word_file(f"<w:p>{TEXT.format('One.')}</w:p>")
    assert resolve_changes(data, Changes.ACCEPT, "x") == data


def test_the_note_of_a_deleted_call_goes_with_it() -> None:
    pair = revising.revise(formats.read(SPECIMENS / "A_RES_104_13.en.md"), 5, 1, ("new note",))
    assert len(pair.new.notes) == len(pair.old.notes) + 1
    old, new = _both(write_tracked(redline(pair.old, pair.new), REVISOR))
    assert (old.notes, new.notes) == (pair.old.notes, pair.new.notes)
