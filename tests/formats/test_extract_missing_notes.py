"""A text of only some pages of a PDF: raised figures whose notes come later, paragraphs after them, later folios."""

from __future__ import annotations

import re

import pytest

from extracts import GENEVA_HEAD
from masthead.document import JobNumber, Language, locales
from masthead.document.model import Document, Paragraph
from masthead.formats.extract.calls import before_call, uncalled
from masthead.formats.extract.pages import Furniture, pages_of
from masthead.formats.transcript import reader

BODY = """\
             1.     The Lamp Keepers noted that the towns had repeatedly expressed their will to
             light all the streets of the coast, but that two of them still lacked any lamp.1
             2.      The Harbour Union added that 23 recommendations on the light of streets were
             accepted in this regard. 2 Other towns were asked to plant a lamp by the year
             2050.3 The Union noted, with the table of lamps that was published in the year
             3.    Nobody answered the letters that the Harbour Union sent to all of the towns
             of the coast and of the mountains, and that were sent again in the year
             5.     This line goes on with the sentence before it: it is not the next number.4
             4.     The letters were found in the year after, without the stamps of the towns.
"""
FOOT = "\n\n\nGE.49-08131 (E)   200749   210749\n\f"
MONTHS = re.compile(r"\s*(?:May|June)")


def read(body: str) -> Document:
    return reader.read(f"{GENEVA_HEAD}      I.     Background\n{body}{FOOT}".encode(), "x.txt")


def numbers(document: Document) -> list[int | None]:
    return [block.number for block in document.body if isinstance(block, Paragraph)]


def test_the_next_number_in_its_column_begins_a_paragraph_whatever_ends_the_line_before() -> None:
    assert numbers(read(BODY)) == [1, 2, 3, 4]


def test_a_number_in_running_text_without_a_tab_begins_none() -> None:
    wrapped = BODY.replace("             3.    Nobody", "             3. Nobody")
    assert numbers(read(wrapped)) == [1, 2, 4]
    ended = wrapped.replace("published in the year", "published in 2049.5")
    assert numbers(read(ended)) == [1, 2, 4], "a figure after figures may be a number"
    assert numbers(read(wrapped.replace("published in the year", "published.5"))) == [1, 2, 3, 4]


def test_missing_notes_are_reported_once_and_their_figures_stay() -> None:
    document = read(BODY)
    found = [finding for finding in document.findings if finding.rule == "note-missing"]
    assert [finding.message for finding in found] == [
        "the text lacks notes 1 to 4; the figures that seem to call them are read as text"
    ]
    assert not document.notes


@pytest.mark.parametrize(
    ("text", "apart", "rest"),
    [
        ("any lamp.1", False, "any lamp."),
        ("any lamp.\x021\x03", False, "any lamp."),
        ("(any lamp).12", False, "(any lamp)."),
        ("“any lamp.”12", False, "“any lamp.”"),
        ("any lamp;123", False, "any lamp;"),
        ("灯。1", False, "灯。"),
        ("any lamp. 1", False, "any lamp. 1"),
        ("any lamp. 1", True, "any lamp."),
        ("any lamp.1234", True, "any lamp.1234"),
        ("in 2049.1", True, "in 2049.1"),
        ("any lamp 1", True, "any lamp 1"),
        ("paragraph 2.1", True, "paragraph 2.1"),
    ],
)
def test_a_figure_right_after_the_last_mark_is_a_call(text: str, apart: bool, rest: str) -> None:
    assert before_call(text, apart=apart) == rest


@pytest.mark.parametrize(
    ("text", "last", "labels"),
    [
        ("One lamp.1 Two lamps. 2 The NLC.3 Four lamps.4", 0, "1 2 3 4"),
        ("One lamp.1 Two in a heading 2\nThree lamps.3", 0, "1 3"),
        ("One lamp.\x021\x03 Two lamps.2 Three lamps.3", 1, "2 3"),
        ("One lamp. 1 Two lamps.2", 0, ""),
        ("One lamp.1 A lamp.9 Two lamps.2", 0, "1 2"),
    ],
)
def test_figures_that_count_on_from_the_last_note_are_calls_of_missing_notes(text: str, last: int, labels: str) -> None:
    found = uncalled(pages_of(text)[0], last, MONTHS, framed=False)
    assert " ".join(label for _, label in found) == labels


@pytest.mark.parametrize(
    ("job", "foot"),
    [
        ("49-10412", "49-10412                                       5/9"),
        ("GE.49-10412", "GE.49-10412                                    5"),
        ("GE.49-10412", "\n5"),
    ],
)
def test_folios_after_pages_that_are_missing_are_no_text(job: str, foot: str) -> None:
    number = JobNumber(job, Language.ENGLISH)
    furniture = Furniture(number, "A/104/96", "Lamps", locales.load(Language.ENGLISH), lambda *_: None)
    (page,) = pages_of(f"Lamps are lit.\n\n{foot}\n")
    assert [line.text for line in furniture.without(page, 2)] == ["Lamps are lit."]
