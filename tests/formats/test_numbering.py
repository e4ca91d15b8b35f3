"""Numbers that the reader counts, and references that follow them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masthead import formats
from masthead.document import Document, SourceError
from masthead.document.model import Heading, Hyperlink, Label, Paragraph, Table, contents, inlines, plain
from masthead.page.markup import mark_up

FRONT = """---
type: report
language: {}
organ: general-assembly
symbol: A/104/96
job: 49-08131 ({})
distribution: General
date: 12 July 2049
title: Rain
---

"""
BODY = """# #. Rain {#rain}

#. It rains, as [](#water), [para. #](#water), [see](#costs) and [](#plan-step) say.[^lake]

#. {#water} Water:^[It is wet.]

   #. {#clean} is clean;

   #. is cold:

      #. in winter.

## #. Drops

# #. Snow

#. It snows.

   - (#) Once;

   - (#) twice.

<!-- table # --> Costs {#costs}

| Item | Cost |
|------|-----:|
| Rain^[Per litre.] | 2 |

<!-- annex # --> Plan {#plan}

#. {#plan-step} Wait. [](#water) and [](#lake) tell why, [](#clean) and [](#rain) too.

[^lake]: The lake is full.
"""


def _read(body: str = BODY, language: str = "en", letter: str = "E") -> Document:
    return formats.parse((FRONT.format(language, letter) + body).encode(), "x.md")


def _texts(document: Document) -> list[str]:
    return [plain(content) for content in contents((document.body, document.annexes))]


def _paragraphs(document: Document) -> list[Paragraph]:
    return [block for block in document.body if isinstance(block, Paragraph)]


def test_paragraphs_subparagraphs_headings_tables_and_notes_are_counted() -> None:
    document = _read()
    assert [(block.level, block.ordinal) for block in document.body if isinstance(block, Heading)] == [
        (1, 1),
        (2, 1),
        (1, 2),
    ]
    first, second, third = _paragraphs(document)
    assert (first.number, second.number, third.number) == (1, 2, 3)
    assert [(item.ordinal, [each.ordinal for each in item.items]) for item in second.items] == [(1, []), (2, [1])]
    assert [item.ordinal for item in third.items] == [1, 2]
    (table,) = [block for block in document.body if isinstance(block, Table)]
    assert table.caption.ordinal == 1
    assert [plain(note) for note in table.notes] == ["Per litre."]
    assert [(note.number, plain(note.content)) for note in document.notes] == [
        (1, "The lake is full."),
        (2, "It is wet."),
    ]
    assert [annex.ordinal for annex in document.annexes] == [None]  # the only one has no number
    assert document.findings == ()


def test_references_are_filled_in_with_the_name_and_the_number() -> None:
    texts = _texts(_read())
    assert "It rains, as paragraph 2, para. 2, see table 1 and annex, paragraph 1 say." in texts
    assert "Wait. Paragraph 2 and note 1 tell why, paragraph 2 (a) and section I too." in texts


@pytest.mark.parametrize(
    ("language", "letter", "text"),
    [
        ("ar", "A", "الفقرة ٢"),
        ("zh", "C", "第2段"),
        ("fr", "F", "paragraphe 2"),
        ("ru", "R", "пункт 2"),
        ("es", "S", "párrafo 2"),
    ],
)
def test_references_are_in_the_words_of_the_language(language: str, letter: str, text: str) -> None:
    document = _read("#. One.\n\n#. {#water} Two, not [](#water).\n", language, letter)
    (link,) = [each for each in inlines(_paragraphs(document)[1].content) if isinstance(each, Hyperlink)]
    assert (link.text, link.address) == (text, "#water")


def test_what_is_inserted_moves_all_that_follows() -> None:
    inserted = BODY.replace("#. {#water}", "#. New.^[New.]\n\n#. {#water}").replace(
        "<!-- table #", "<!-- table # --> New\n\n| a |\n|---|\n| b |\n\n<!-- table #"
    )
    document = _read(inserted.replace("<!-- annex # -->", "<!-- annex # --> New\n\n#. New.\n\n<!-- annex # -->"))
    assert "It rains, as paragraph 3, para. 3, see table 2 and annex II, paragraph 1 say." in _texts(document)
    assert [annex.ordinal for annex in document.annexes] == [1, 2]
    assert [plain(note.content) for note in document.notes] == ["The lake is full.", "New.", "It is wet."]


def test_labels_and_references_survive_every_form_that_is_read() -> None:
    document = _read()
    assert Label("water", "paragraph", "2") in document.labels
    for suffix in (".md", ".akn", ".docx"):
        assert formats.parse(formats.render(document, suffix), f"x{suffix}") == document, suffix
    written = formats.write(document, ".md")
    assert "as [](#water), [para. #](#water), [see](#costs) and [](#plan-step) say." in written
    assert "2. {#water} Water:" in written


def test_a_reference_keeps_a_text_that_its_label_does_not_give() -> None:
    document = _read('1. {#a} One, [as written](#a "as written") and [No. \\#1](#a "as written").\n')
    assert "One, as written and No. #1." in _texts(document)
    assert formats.parse(formats.render(document, ".md"), "x.md") == document


def test_references_are_links_on_the_page_in_html_and_in_akoma_ntoso() -> None:
    document = _read()
    assert 'href="#paragraph-2"' in mark_up(document).text
    assert '<a class="quiet" href="#paragraph-2"><span class="whole">paragraph 2</span></a>' in formats.write(
        document, ".html"
    )
    assert 'href="#sec_I__para_2"' in formats.write(document, ".akn")
    assert mark_up(replace(document, labels=())).text.count("#paragraph-2") == 0


@pytest.mark.parametrize(
    ("body", "message", "hint"),
    [
        ("#. See [](#watre).\n\n#. {#water} Two.\n", "undefined label watre", "did you mean #water?"),
        ("#. {#a} See [](#a).\n\n#. {#a} Two.\n", "duplicate label a", "another name"),
        ("Text {#a}\n", "label a is on a text without a number", "numbered paragraph"),
        ("#. One.\n\n[^lake]: Two.\n", "note lake is never called", "add its call"),
        ("#. One.[^lake]\n", "call to undefined note", "add the note"),
    ],
)
def test_labels_are_checked(body: str, message: str, hint: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        _read(body)
    assert hint in caught.value.hint


def test_numbers_that_are_all_1_are_counted_and_others_are_checked() -> None:
    assert [each.number for each in _paragraphs(_read("1. One.\n\n1. Two.\n\n1. Three.\n"))] == [1, 2, 3]
    document = _read("1. One.\n\n1. Two.\n")
    assert [finding.rule for finding in document.findings] == ["paragraph-repeated"]
    thrice = replace(document, body=(*document.body, document.body[0]))
    assert formats.parse(formats.render(thrice, ".md"), "x.md") == thrice


def test_counted_and_written_numbers_may_be_mixed() -> None:
    document = _read("1. One.[^1]\n\n#. Two.[^two]\n\n3. Three.[^3]\n\n[^1]: A.\n\n[^two]: B.\n\n[^3]: C.\n")
    assert [each.number for each in _paragraphs(document)] == [1, 2, 3]
    assert [note.number for note in document.notes] == [1, 2, 3]
    assert document.findings == ()


def test_if_one_note_is_counted_all_are_numbered_by_their_calls() -> None:
    notes = "[^1]: A.\n\n[^2]: See note.[^two]\n\n[^two]: C.\n"
    document = _read(f"1. One^[New.] and[^1] two,[^2] again[^1] and *so[^two]*.\n\n{notes}")
    assert [(note.number, plain(note.content)) for note in document.notes] == [
        (1, "New."), (2, "A."), (3, "See note."), (4, "C.")
    ]  # fmt: skip
    assert document.findings == ()
    assert formats.parse(formats.render(document, ".md"), "x.md") == document
