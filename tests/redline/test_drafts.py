"""Text in brackets is found, and decided about."""

from __future__ import annotations

import pytest

from masthead import formats
from masthead.document import Document, plain
from masthead.redline import BracketKind, DraftChoices, brackets, clean

_HEAD = """---
type: draft
language: {language}
organ: general-assembly
symbol: A/C.2/104/L.9
job: 49-07316 ({letter})
distribution: Limited
date: 29 August 2049
title: Rain
---

{formula}

"""
_FORMULAS = {"en": "The General Assembly,", "ar": "إن الجمعية العامة،", "zh": "大会，"}


def _draft(*paragraphs: str, language: str = "en") -> Document:
    letter = {"en": "E", "ar": "A", "zh": "C"}[language]
    head = _HEAD.format(language=language, letter=letter, formula=_FORMULAS[language])
    return formats.parse((head + "\n\n".join(paragraphs) + "\n").encode(), "draft.md")


def _texts(document: Document) -> list[str]:
    return [plain(block.content) for block in document.operative]


@pytest.mark.parametrize(
    ("text", "kind", "author", "number"),
    [
        ("[shall]", BracketKind.UNDECIDED, "", 0),
        ("[EU: should]", BracketKind.PROPOSAL, "EU", 0),
        ("[EU, Norway and Switzerland: should]", BracketKind.PROPOSAL, "EU, Norway and Switzerland", 0),
        ("[Alt 2: should]", BracketKind.ALTERNATIVE, "", 2),
        ("[may / can]", BracketKind.CHOICE, "", 0),
        ("[…]", BracketKind.PLACEHOLDER, "", 0),
        ("[date]", BracketKind.PLACEHOLDER, "", 0),
    ],
)
def test_what_is_in_brackets_has_a_kind(text: str, kind: BracketKind, author: str, number: int) -> None:
    (found,) = brackets(_draft(f"1. *Decides* that all {text} go."))
    assert (found.kind, found.author, found.number, found.place) == (kind, author, number, "paragraph 1")


def test_brackets_in_brackets_are_found_too() -> None:
    found = brackets(_draft("1. *Decides* [EU: that [all] harbours] go."))
    assert [(each.kind, each.text) for each in found] == [
        (BracketKind.PROPOSAL, "that [all] harbours"),
        (BracketKind.UNDECIDED, "all"),
    ]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (DraftChoices(), "Decides that all [shall] [EU: should] [US: must] [may / can] go [date];"),
        (DraftChoices(undecided=True), "Decides that all shall [EU: should] [US: must] [may / can] go [date];"),
        (DraftChoices(undecided=False), "Decides that all [EU: should] [US: must] [may / can] go [date];"),
        (DraftChoices(authors=("EU",)), "Decides that all [shall] should [may / can] go [date];"),
        (DraftChoices(alternative=2), "Decides that all [shall] [EU: should] [US: must] can go [date];"),
    ],
)
def test_each_choice_decides_about_its_brackets(choices: DraftChoices, expected: str) -> None:
    draft = _draft("1. *Decides* that all [shall] [EU: should] [US: must] [may / can] go [date];")
    assert _texts(clean(draft, choices)) == [expected]


def test_a_paragraph_of_which_nothing_remains_is_removed_and_the_rest_is_counted() -> None:
    draft = _draft("1. *Decides* to go;", "1. <!-- mark 1 bis. --> [US: *Notes* the rain;]", "2. *Requests* a report.")
    cleaned = clean(draft, DraftChoices(authors=("EU",), renumber=True))
    assert _texts(cleaned) == ["Decides to go;", "Requests a report."]
    adopted = clean(draft, DraftChoices(authors=("US",), renumber=True))
    assert [(block.number, block.mark) for block in adopted.operative] == [(1, None), (2, None), (3, None)]
    assert _texts(adopted)[1] == "Notes the rain;"


def test_marks_of_agreement_are_removed() -> None:
    draft = _draft("1. *Decides* to go; (agreed *ad ref*)", "2. *Requests* a report. [ad ref]")
    assert _texts(clean(draft, DraftChoices())) == ["Decides to go;", "Requests a report."]
    assert brackets(draft) == ()


def test_emphasis_and_notes_in_brackets_are_kept() -> None:
    draft = _draft("1. *Decides* [*urgently* to go[^1]].", "[^1]: See E/CN.31/2040/9.")
    cleaned = clean(draft, DraftChoices(undecided=True))
    assert cleaned == _draft("1. *Decides* *urgently* to go[^1].", "[^1]: See E/CN.31/2040/9.")


def test_a_bracket_without_its_other_one_is_text() -> None:
    draft = _draft("1. *Decides* [to go;", "2. *Requests* a report].")
    assert clean(draft, DraftChoices(undecided=True)) == draft


@pytest.mark.parametrize(
    ("language", "text", "author"),
    [
        ("ar", "1. *تقرر* أن [الاتحاد الأوروبي: تنظر] في التقرير.", "الاتحاد الأوروبي"),
        ("zh", "1. *决定*［欧盟：应］审议报告。", "欧盟"),
    ],
)
def test_authors_in_other_scripts(language: str, text: str, author: str) -> None:
    draft = _draft(text, language=language)
    assert [(each.kind, each.author) for each in brackets(draft)] == [(BracketKind.PROPOSAL, author)]
    assert brackets(clean(draft, DraftChoices(authors=(author,)))) == ()


@pytest.mark.parametrize(
    ("language", "letter", "formula", "marks", "bis"),
    [
        ("en", "E", "The General Assembly,", "(a) (b) (c)", "bis"),
        ("ar", "A", "إن الجمعية العامة،", "(أ) (ب) (ج)", "مكررا"),
    ],
)
@pytest.mark.parametrize("form", [".md", ".docx", ".akn"])
def test_paragraphs_and_subparagraphs_with_a_suffix_do_not_count(
    language: str, letter: str, formula: str, marks: str, bis: str, form: str
) -> None:
    first, second, third = marks.split()
    head = "---\ntype: draft\nlanguage: {}\norgan: general-assembly\nsymbol: A/C.2/104/L.9\njob: 49-09120 ({})\n"
    text = head.format(language, letter) + "distribution: Limited\ndate: 11 October 2049\ntitle: Rain\n---\n\n"
    text += f"{formula}\n\n1. So:\n\n   - {first} one;\n\n   - {second} two;\n\n"
    text += f"   - <!-- mark {second} {bis} --> three;\n\n   - {third} four.\n\n"
    text += f"2. And.\n\n2. <!-- mark 2 {bis} - --> Also.\n\n3. End.\n"
    document = formats.parse(text.encode(), "x.md")
    assert document.findings == ()
    again = formats.parse(formats.render(document, form), f"x{form}")
    assert again == document
    assert again.findings == ()
