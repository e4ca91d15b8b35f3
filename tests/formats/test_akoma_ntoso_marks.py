"""Marks of subparagraphs as files have them: which are numbers of paragraphs, and which belong to one list."""

from __future__ import annotations

import re

import pytest

from manuscripts import report
from masthead.document import Digits, Language, Paragraph, Role, Text, locales
from masthead.formats import parse, render
from masthead.formats.akoma_ntoso.loose_items import gathered
from masthead.formats.akoma_ntoso.marks import ItemMaker, typed_mark
from masthead.formats.itemization import read_number


@pytest.mark.parametrize(
    ("mark", "number"),
    [("5.", 5), ("5 -", 5), ("5 bis.", 5), ("(5)", 5), ("’5‘", None), ("‘5’", None), ("(a)", None)],
)
def test_a_number_between_quotation_marks_is_the_mark_of_a_sub_paragraph(mark: str, number: int | None) -> None:
    assert read_number(mark)[0] == number


def test_i_after_h_is_a_letter_and_the_next_letters_are_in_the_same_list() -> None:
    maker = ItemMaker(locales.load(Language.ENGLISH), Digits.WESTERN)
    intro = Paragraph(Role.OPERATIVE, (Text("Decides:"),), 1)
    letters = [Paragraph(Role.OPERATIVE, (Text("x;"),), mark=f"({letter})") for letter in "abcdefghijkl"]
    numerals = [Paragraph(Role.OPERATIVE, (Text("y;"),), mark=mark) for mark in ("(i)", "(ii)")]
    (paragraph,) = gathered([intro, *letters, *numerals], maker, lambda: None)
    assert isinstance(paragraph, Paragraph)
    assert [item.ordinal for item in paragraph.items] == list(range(1, 13))
    assert [item.ordinal for item in paragraph.items[-1].items] == [1, 2]


def test_doubled_letters_are_in_the_same_list_as_single_ones() -> None:
    assert typed_mark((Text("(ب ب) مساعدة"),)) == ("(ب ب)", (Text("مساعدة"),))
    maker = ItemMaker(locales.load(Language.ARABIC), Digits.WESTERN)
    intro = Paragraph(Role.OPERATIVE, (Text("يقرر:"),), 1)
    letters = [Paragraph(Role.OPERATIVE, (Text("x؛"),), mark=mark) for mark in ("(أ)", "(ب)", "(أ أ)", "(ب ب)")]
    (paragraph,) = gathered([intro, *letters], maker, lambda: None)
    assert isinstance(paragraph, Paragraph)
    assert [(item.ordinal, item.items) for item in paragraph.items] == [(ordinal, ()) for ordinal in (1, 2, 3, 4)]


def test_an_eid_that_is_used_twice_and_a_date_that_is_none_are_findings_in_their_lines() -> None:
    text = render(parse(report(Language.ENGLISH, "1. One.", "2. Two.").encode(), "x.md"), ".akn").decode()
    first, second = re.findall(r'<paragraph eId="([^"]+)"', text)[:2]
    wrong = text.replace(f'<paragraph eId="{second}"', f'<paragraph eId="{first}"').replace("2038-11-30", "2038-13-40")
    assert parse(text.encode(), "x.akn").findings == ()
    messages = [each.message for each in parse(wrong.encode(), "x.akn").findings]
    for expected in (f"the eId {first} is used again", "2038-13-40 is no date"):
        assert any(message.startswith(expected) for message in messages)
