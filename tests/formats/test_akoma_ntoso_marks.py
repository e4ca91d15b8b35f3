"""Marks of subparagraphs as files have them: which are numbers of paragraphs, and which belong to one list."""

from __future__ import annotations

import pytest

from masthead.document import Digits, Language, Paragraph, Role, Text, locales
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
