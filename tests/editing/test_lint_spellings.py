"""Any reference that is spelled in two ways is reported; inflections are the same spelling."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masthead.document.locales import load
from masthead.document.model import Document, Note, NoteCall, Paragraph, Role
from masthead.document.references.document_search import context_of, find_documents
from masthead.document.terms import Language
from masthead.editing.lint import check_document
from masthead.formats import read
from paths import ROOT

REPORT = read(ROOT / "examples" / "specimens" / "A_104_96.en.md")


def saying(language: str, *texts: str, note: str = "") -> Document:
    """A report whose paragraphs are `texts`, the last of them with a note."""
    context = context_of(load(Language(language)), "", "1 January 2050")
    contents = [find_documents(text, context).content for text in texts]
    calls = (NoteCall(1),) if note else ()
    body = [Paragraph(Role.PLAIN, (*content, *calls * (content is contents[-1]))) for content in contents]
    notes = (Note(1, find_documents(note, context).content),) if note else ()
    preface = replace(REPORT.preface, session="", agenda_item="", agenda_title=())
    return replace(REPORT, language=Language(language), preface=preface, body=tuple(body), annexes=(), notes=notes)


def told(document: Document) -> list[str]:
    slips = check_document(document, "x.md", "")
    return [slip.message for slip in slips if slip.rule == "reference-spellings"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "resolution 64/293", "resolution A/RES/64/293"),
        ("en", "Security Council resolution 2254 (2015)", "S/RES/2254(2015)"),
        ("en", "paragraph 4 (b)", "paragraph 4(b)"),
        ("en", "paragraph 4", "para. 4"),
        ("en", "item 21 (b)", "item 21(b)"),
        ("en", "annex II", "annex 2"),
        ("en", "table 3", "table III"),
        ("en", "section II", "sect. II"),
        ("en", "the seventy-second session", "the 72nd session"),
        ("en", "the one hundred and fourth session", "the hundred and fourth session"),
        ("en", "on 5 May 2049", "on 05 May 2049"),
        ("en", "to reach Goal 5", "to reach goal 5"),
        ("fr", "paragraphe 4 b)", "paragraphe 4 (b)"),
        ("fr", "section II", "section 2"),
        ("fr", "le 1er mai 2049", "le 1 mai 2049"),
        ("fr", "Treaty Series, vol. 22, no 7", "Treaty Series, vol. 22, n° 7"),
        ("es", "párrafo 4", "párr. 4"),
        ("es", "anexo II", "anexo 2"),
        ("es", "cuadro 3", "cuadro III"),
        ("ru", "пункт 4 b)", "пункт 4 (b)"),
        ("ru", "в приложении II", "приложение 2"),
        ("ru", "раздел II", "раздел 2"),
        ("ar", "الغاية ٥-٢", "الغاية ٥.٢"),
        ("ar", "المرفق الثاني", "المرفق ٢"),
        ("ar", "المجلد ٢٢، الرقم ٧", "Treaty Series, vol. 22, No. 7"),
        ("ar", "القرار ٦٤/٢٩٣", "القرار A/RES/64/293"),
        ("zh", "附件二", "附件2"),
        ("zh", "第一〇四届会议", "第104届会议"),
        ("zh", "第64/293号决议", "A/RES/64/293号决议"),
    ],
)
def test_two_spellings_of_a_reference_are_reported(language: str, one: str, other: str) -> None:
    assert len(told(saying(language, f"x {one}", f"x {other}"))) == 1
    assert told(saying(language, f"x {one}", f"x {one}")) == told(saying(language, f"x {other}", f"x {other}")) == []


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["Table 1 shows", "see table 1", "see tables 1 and 2", "Goal 5. Goal 5"]),
        ("en", ["paragraphs 3 and 4", "Paragraph 4", "paragraph 3"]),
        ("en", ["its resolution 64/293", "resolutions 70/1 and 64/293", "S/RES/2254 (2015) and S/RES/2254 (2015)"]),
        ("ru", ["в пункте 4", "пункт 4", "в пунктах 3 и 4", "приложение II", "в приложении II"]),
        ("ar", ["الفقرة ٤", "فقرتها ٤", "الفقرتان ٣ و ٤", "دورتها الثانية والسبعون", "الدورة الثانية والسبعين"]),
        ("fr", ["au paragraphe 4", "Paragraphe 4", "les paragraphes 3 et 4", "à sa 5e séance"]),
        ("es", ["el párrafo 4", "los párrafos 3 y 4"]),
        ("zh", ["第4段", "第3和第4段"]),
    ],
)
def test_inflections_and_lists_are_the_same_spelling(language: str, texts: list[str]) -> None:
    assert told(saying(language, *texts)) == []


def test_notes_may_abbreviate_what_the_text_spells_out() -> None:
    assert told(saying("en", "see paragraph 4", note="See para. 4 above.")) == []
    assert len(told(saying("en", "see paragraph 4 (b)", note="See para. 4(b) above."))) == 1


def test_the_rarer_spelling_is_reported_with_the_place_of_the_other() -> None:
    (message,) = told(saying("en", "see annex 2", "see annex II", "see annex II"))
    assert message == "annex 2 is written “annex 2” here, but “annex II” in unnumbered paragraph 2"
