"""Any document that is written and read again gives an equal document."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from masthead import formats
from masthead.document import DocumentType
from masthead.document.model import (
    Box,
    Caption,
    Document,
    Emphasis,
    Figure,
    Heading,
    Hyperlink,
    Inline,
    Item,
    Layout,
    Masthead,
    Note,
    NoteCall,
    PageEnd,
    Pagination,
    Paragraph,
    Preface,
    Role,
    Strong,
    Text,
    joined,
    plain,
)
from masthead.document.terms import Digits, JobNumber, Language, Organ, ResolutionNumber, Symbol
from masthead.formats import render
from paths import EXAMPLES
from strategies import CONTENTS, INLINES, documents, examples

FORMS = (".md", ".akn", ".docx")


def _read_back(document: Document, form: str) -> Document:
    return formats.parse(render(document, form), f"document{form}")


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@given(document=documents())
@examples(40)
def test_a_written_document_is_read_back_equal(form: str, document: Document) -> None:
    assert _read_back(document, form) == document


def _around(content: tuple[Inline, ...], language: Language) -> Document:
    """Return a resolution with `content` in its title, basis, paragraphs, items and notes."""
    calls = (NoteCall(1), NoteCall(2), NoteCall(3), NoteCall(1, asterisk=True))
    return Document(
        type=DocumentType.RESOLUTION,
        language=language,
        organ=Organ.GENERAL_ASSEMBLY,
        symbol=Symbol.parse("A/RES/73/8"),
        number=ResolutionNumber(73, 8),
        job=JobNumber("18-18418", language),
        masthead=Masthead("General", "5 November 2018"),
        preface=Preface("s", "i", "a", content, content),
        body=(
            Paragraph(Role.FORMULA, content),
            Paragraph(Role.OPERATIVE, content, 1, (Item(1, content), Item(2, calls))),
        ),
        notes=tuple(Note(call.number, content, call.asterisk) for call in calls),
        closing=(),
        digits=Digits.WESTERN,
        pagination=Pagination.FLOW,
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@given(content=CONTENTS, language=st.sampled_from([Language.ARABIC, Language.ENGLISH]))
@example((Text("a\u2028"), Strong((NoteCall(1), Text("b"))), Text("\u2028c")), Language.ENGLISH)
@example((Text("a"), Strong((Text("\u2028<"), NoteCall(1), Text("b")))), Language.ENGLISH)
@example((Strong((Emphasis((NoteCall(1), Text("*_"))), Text("0"))), Text("0")), Language.ENGLISH)
@example((Text("a "), PageEnd(), PageEnd()), Language.ENGLISH)
@example((Text("a"), Hyperlink("\u2028", "https://example.org/"), Text("b")), Language.ENGLISH)
@examples(250)
def test_any_content_is_kept_exactly_in_title_basis_paragraph_item_and_note(
    form: str, content: tuple[Inline, ...], language: Language
) -> None:
    document = _around(content, language)
    assert _read_back(document, form) == document


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "block",
    [
        Box((), (Heading(1, (Text("no title of the box"),)),)),
        Box((Emphasis((Text("Summary"),)),), (Heading(1, (Text("I. is text"),), 1),)),
        Figure(b"\x89PNG", "image/png", " two\nlines \\", Caption((), 1)),
        Paragraph(Role.FORMULA, (Text("x"),), items=(Item(1, (Text("y"),)),), tail=(Text("z"),)),
        Paragraph(Role.FORMULA, (Text("x"),), mark="§"),
        Box((), (Paragraph(Role.FORMULA, (Text("x"),)), Layout(landscape=True, columns=1))),
    ],
)
def test_blocks_that_once_were_not_read_back(form: str, block: Box | Figure | Paragraph) -> None:
    plainly = _around((Text("x"),), Language.ENGLISH)
    document = replace(plainly, body=(block, block, *plainly.body))
    assert _read_back(document, form) == document


@given(st.lists(INLINES, max_size=5))
@examples(100)
@pytest.mark.slow
def test_the_normal_form_keeps_the_text_and_is_its_own_normal_form(content: list[Inline]) -> None:
    normal = joined(content)
    assert joined(normal) == normal
    assert plain(normal) == plain(content)


@pytest.mark.parametrize("text", ["·", "• a", "➢", "1. a", "１．a", "- a", "> a"])
def test_a_paragraph_that_begins_like_another_block_is_kept(text: str) -> None:
    document = formats.parse((EXAMPLES / "E_RES_2041_7.en.md").read_bytes(), "x.md")
    document = replace(document, notes=(), body=(Paragraph(Role.OPERATIVE, (Text(text),)),))
    assert formats.parse(formats.render(document, ".md"), "x.md").body == document.body
