"""Texts, headings, tables and letters that a file lacks, or has more than its document: pages written by hand."""

from __future__ import annotations

from functools import cache

import pytest

from handmade import findings, handmade
from masthead.document import Document
from masthead.formats import parse
from masthead.page import printed_texts

MANUSCRIPT = """---
type: note
language: en
organ: general-assembly
symbol: A/93/7
job: 39-02889 (E) 010339
distribution: General
date: 1 March 2039
original: English
session: Ninety-third session
title: The rain of the year
---

# The gauges

The gauges of the harbour write down each hour of the day and of the night.

| Gauge | Rain | Snow |
|:--|--:|--:|
| Tower | 12 | 3 |
| Hill | 1 | 4 |
"""


@cache
def document() -> Document:
    return parse(MANUSCRIPT.encode(), "A_93_7.en.md")


def texts() -> list[str]:
    return [part.text.replace(";", ",") for part in printed_texts(document())]


def tagged(parts: list[str], *, breaks: int = 99) -> bytes:
    """Each part in an element of its own: a text in a paragraph, or after the tag that it begins with."""
    lines = [
        f"126 {100 + 14 * (at % breaks)} 10 {part if part.startswith('<') else f'<P>{part}'}"
        for at, part in enumerate(parts)
    ]
    return handmade(" ‖ ".join("; ".join(lines[at : at + breaks]) for at in range(0, len(lines), breaks)))


def found(data: bytes, rule: str) -> list[str]:
    return [f"{each.page or ''} {each.message} [{each.where}]" for each in findings(data, rule, document=document())]


def test_texts_in_order_are_complete() -> None:
    assert found(tagged(texts()), "completeness.text") == []


def test_a_text_that_is_missing_from_the_structure_is_quoted() -> None:
    parts = [each for each in texts() if not each.startswith("The gauges of")]
    assert found(tagged(parts, breaks=6), "completeness.text") == [
        "2 text is missing: “The gauges of the harbour write down each hour of …” []"
    ]


def test_texts_after_the_end_are_missing_on_the_last_page() -> None:
    assert found(tagged(texts()[:-1]), "completeness.text") == [f"1 text is missing: “{texts()[-1]}” []"]
    assert len(found(tagged(["another word"]), "completeness.text")) == len(texts())


def test_a_text_more_is_not_in_the_document() -> None:
    assert found(tagged([*texts(), "One more"]), "completeness.text") == [
        "1 the text is not in the document: “One more” []"
    ]


def test_a_text_that_differs_is_quoted_around_the_difference() -> None:
    parts = [each.replace("each hour", "every hour") for each in texts()]
    assert found(tagged(parts), "completeness.text") == [
        "1 the text differs: “ur write down each hour of the day and o” is “ur write down every hour of the day and ” "
        "[“The gauges of the harbour write down each hour of …”]"
    ]
    assert found(tagged([*texts()[:-1], f"{texts()[-1]}!"]), "completeness.text") == [
        f"1 the text differs: “{texts()[-1]}” is “{texts()[-1]}!” [“{texts()[-1]}”]"
    ]


def test_marks_of_direction_and_white_space_make_no_difference_to_texts() -> None:
    parts = [each.replace("hour ", "hour\u200f  ") for each in texts()]
    assert found(tagged(parts), "completeness.text") == []


def test_pages_without_structure_need_each_letter_of_the_texts_as_often() -> None:
    def plain(parts: list[str]) -> bytes:
        return handmade("; ".join(f"126 {100 + 14 * at} 10 {part}" for at, part in enumerate(parts)))

    count = sum(map(str.isalnum, "".join(texts())))
    assert found(plain(texts()[::-1]), "completeness.text") == []
    assert found(plain([each.replace("12", "1") for each in texts()]), "completeness.text") == [
        f" the pages lack 1 of the {count} letters and digits of the text []"
    ]


def test_letters_in_running_heads_are_not_those_of_the_texts() -> None:
    lines = "; ".join(f"126 {100 + 14 * at} 10 {part.replace('12', '1')}" for at, part in enumerate(texts()))
    assert len(found(handmade(f"{lines} ‖ 126 60 8 2; 126 300 10 xx"), "completeness.text")) == 1
    assert found(handmade(f"{lines} ‖ 126 160 8 2; 126 300 10 xx"), "completeness.text") == []


def test_a_page_without_text_is_a_picture_of_text() -> None:
    assert found(handmade("! 0 0 100 100 re f"), "completeness.text-layer") == [" the pages contain no text []"]
    assert found(handmade(" ‖ 126 300 10 x"), "completeness.text-layer") == []


PLAIN = MANUSCRIPT[: MANUSCRIPT.index("| Gauge")]


def tagged_as(kinds: list[str], manuscript: str = PLAIN) -> list[str]:
    """What is found of the tags of a file with elements of these kinds, one on each page."""
    data = handmade(" ‖ ".join(f"126 300 10 <{kind}>{kind}" for kind in kinds))
    made = parse(manuscript.encode(), "A_93_7.en.md")
    return [
        f"{each.page or ''} {each.message} [{each.where}]"
        for each in findings(data, "completeness.elements", document=made)
    ]


KINDS = ["Figure", "Figure", "Figure", "Figure", "H1", "H2"]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (KINDS, []),
        ([*KINDS, "P", "Note"], []),  # which no outline has
        ([*KINDS[:5], "H3"], ["6 tagged as H3, but the document has H2 [“”]"]),
        (KINDS[:5], ["5 the document has H2, which is not tagged as one []"]),
        ([*KINDS[:4], "H2"], ["5 the document has H1, which is not tagged as one []"]),
        ([*KINDS, "H4"], ["7 H4 is not in the document [“”]"]),
        (["P"], [f" the document has {kind}, which is not tagged as one []" for kind in ("Figure", "H1", "H2")]),
    ],
)
def test_headings_and_figures_are_tagged_as_the_elements_that_the_document_has(
    kinds: list[str], expected: list[str]
) -> None:
    assert tagged_as(kinds) == expected


def test_cells_are_tagged_with_the_columns_and_rows_that_they_span() -> None:
    table = """| Gauge | Rain | Snow |
|:--|--:|--:|
| Tower | 12 | 3 |
| Hill | 4 | < |
| Dam | ^ | < |
"""
    assert " the document has TD over 2 columns over 2 rows, which is not tagged as one []" in tagged_as(
        ["P"], PLAIN + table
    )
