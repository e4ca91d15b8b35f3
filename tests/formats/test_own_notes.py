"""Notes that begin again with 1 in an annex, in every form of source."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest

from manuscripts import report
from masthead import formats
from masthead.document import Document, NoteCall, NoteNumber, SourceError, contents, inlines, plain, printed_notes
from masthead.document.terms import Language
from packages import note, p, r
from packages import report as word_report

LAKES = report(
    Language.ENGLISH,
    "1. The lakes are full.[^1] See [](#lake) and [](#full).[^rivers]",
    "[^1]: {#full} In 2038.",
    "[^rivers]: So are the rivers.",
    "<!-- annex 1 --> Rivers",
    "1. Rivers flow.^[To the sea.]",
    "<!-- annex 2, notes from 1 --> Lakes",
    "1. Lakes rest.[^lake] See [](#lake).^[They do not flow.]",
    "[^lake]: A lake.",
    "<!-- annex 3 --> Ponds",
    "1. Ponds rest too.^[All year.]",
)
CALL = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
SECTION = "<w:p><w:pPr><w:sectPr>{}</w:sectPr></w:pPr></w:p>"
AGAIN = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'


def read(text: str, name: str = "x.en.md") -> Document:
    return formats.parse(text.encode(), name)


def own_notes(document: Document) -> list[bool]:
    return [annex.own_notes for annex in document.annexes]


def calls(value: object) -> list[int]:
    found = (inline for content in contents(value) for inline in inlines(content))
    return [inline.number for inline in found if isinstance(inline, NoteCall)]


def test_notes_are_printed_from_1_in_such_an_annex_and_go_on_in_the_next() -> None:
    assert printed_notes(read(LAKES)) == {
        1: NoteNumber(1),
        2: NoteNumber(2),
        3: NoteNumber(3),
        4: NoteNumber(1, annex=2),
        5: NoteNumber(2, annex=2),
        6: NoteNumber(3, annex=2),
    }


def test_references_have_the_printed_number_and_from_outside_the_annex() -> None:
    document = read(LAKES)
    assert "See annex II, note 1 and note 1." in text_of(document.body)
    assert "See note 1." in text_of(document.annexes[1])


def text_of(value: object) -> str:
    return " ".join(map(plain, contents(value)))


@pytest.mark.parametrize("form", [".md", ".akn", ".docx"])
def test_a_document_comes_back_from_every_form(form: str) -> None:
    document = read(LAKES)
    assert formats.parse(formats.render(document, form), f"x{form}") == document


def test_the_web_page_shows_printed_numbers_and_links_to_the_right_note() -> None:
    text = formats.write(read(LAKES), ".html")
    assert re.search(r'href="#note-4"[^>]*>1</a>', text)
    assert 'id="note-4"><span class="mark">1 </span>A lake.' in text


def test_word_counts_such_notes_itself() -> None:
    with zipfile.ZipFile(BytesIO(formats.render(read(LAKES), ".docx"))) as archive:
        text = archive.read("word/document.xml").decode()
    assert "customMarkFollows" not in text
    sections = text.split("<w:sectPr>")  # the properties of a section are at its end
    assert [each.count("footnoteReference ") for each in sections] == [3, 3, 0]
    assert [each.count("numRestart") for each in sections] == [0, 0, 1]


def test_the_option_belongs_to_annexes() -> None:
    assert own_notes(read(LAKES)) == [False, True, False]
    assert own_notes(read(LAKES.replace("annex 2, notes", "appendix, notes"))) == [False, True, False]


def test_the_hint_of_a_note_that_is_there_twice_names_the_option() -> None:
    with pytest.raises(SourceError, match="duplicate note 1") as caught:
        read(LAKES.replace("[^lake]", "[^1]").replace("(#lake)", "(#full)"))
    assert "notes from 1" in str(caught.value.hint)


@pytest.mark.parametrize(("second", "expected"), [(AGAIN, [True]), ("", [False])])
def test_word_counts_notes_again_in_the_section_of_an_annex(second: str, expected: list[bool]) -> None:
    sections = p(r("a") + CALL.format(1)), p("Annex") + p(r("b") + CALL.format(2))
    body = "".join(f"{text}{SECTION.format(own)}" for text, own in zip(sections, ("", second), strict=True))
    document = formats.parse(word_report(body, notes=note(1, "One.") + note(2, "Two.")), "x.docx")
    assert own_notes(document) == expected
    assert calls(document.annexes) == [2]
    assert not document.findings


def test_a_note_typed_in_a_frame_says_that_they_begin_again() -> None:
    raised = "<w:vertAlign w:val='superscript'/>"
    frame = f"<w:p><w:pPr><w:framePr w:wrap='notBeside'/></w:pPr>{r('1', raised)}{r(' Typed.')}</w:p>"
    body = p(r("a") + CALL.format(1)) + p("Annex") + p(r("b") + r("1", raised)) + frame
    document = formats.parse(word_report(body, notes=note(1, "One.")), "x.docx")
    assert own_notes(document) == [True]
    assert printed_notes(document)[2] == NoteNumber(1, annex=1)


def test_markers_of_akoma_ntoso_may_begin_again_in_an_attachment() -> None:
    without_references = LAKES.replace(" See [](#lake) and [](#full).", "").replace(" See [](#lake).", "")
    text = formats.write(read(without_references), ".akn")
    foreign = (
        text.replace("ftn_", "n")
        .replace("urn:masthead:document", "urn:other")
        .replace("masthead:", "other:")
        .replace(":masthead=", ":other=")
    )
    document = formats.parse(foreign.encode(), "x.akn")
    assert own_notes(document) == [False, True, False]
    assert calls(document.annexes) == [3, 4, 5, 6]
