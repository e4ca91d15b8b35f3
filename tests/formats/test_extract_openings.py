"""The lines of an extract from the session to the text: the body, the place, the item and its title, the title."""

from __future__ import annotations

import pytest

from masthead.document import DocumentType, Language, locales
from masthead.formats.extract.first_page import head_of_page, read_opening_lines
from masthead.formats.extract.openers import Openers
from masthead.formats.extract.pages import pages_of
from masthead.formats.opening_lines import Fact
from masthead.formats.styled.mark_reader import MarkReader

EN = locales.load(Language.ENGLISH)
TEXT = "1. The text."


def openings(*lines: str, draft: bool = False, placed: bool = False) -> tuple[list[str], list[str]]:
    """The facts with their lines, and what is said of them."""
    page = pages_of("\n".join(lines))[0]
    said: list[str] = []
    openers = Openers(MarkReader(DocumentType.REPORT, EN, ours=False), EN)
    facts, count = read_opening_lines(
        page, EN, openers, lambda number, doubt: said.append(f"{number}: {doubt.rule}"), draft=draft, placed=placed
    )
    rest = [each.text for each in page[count:]]
    return [f"{_name(fact)}: {' / '.join(each.text for each in found)}" for fact, found in facts] + rest[:1], said


def _name(fact: Fact) -> str:
    return fact.name.lower().replace("_", " ")


TOP = ("Ninety-third session", "Agenda item 9")


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        ((*TOP, "Tides", "", "Rain on roofs", "", TEXT),
         ["session: Ninety-third session", "agenda item: Agenda item 9", "agenda title: Tides", "title: Rain on roofs",
          TEXT]),
        ((*TOP, "Tides of the", "seas", "", "Rain", "on roofs", "", TEXT),
         ["session: Ninety-third session", "agenda item: Agenda item 9", "agenda title: Tides of the",
          "agenda title: seas", "title: Rain / on roofs", TEXT]),
        ((TOP[0], "Geneva, 3–7 May 2038", TOP[1], "Tides", "", "Rain", "", TEXT),
         ["session: Ninety-third session", "place: Geneva, 3–7 May 2038", "agenda item: Agenda item 9",
          "agenda title: Tides", "title: Rain", TEXT]),
        # a report or a note is a subtitle
        ((*TOP, "Tides", "", "Rain", "", "Report of the Secretary-General", "", TEXT),
         ["session: Ninety-third session", "agenda item: Agenda item 9", "agenda title: Tides", "title: Rain",
          "subtitle: Report of the Secretary-General", TEXT]),
        ((*TOP, "Tides", "", "Rain", "Report of the Secretary-General", "", TEXT),
         ["session: Ninety-third session", "agenda item: Agenda item 9", "agenda title: Tides", "title: Rain",
          "subtitle: Report of the Secretary-General", TEXT]),
        # the number of a resolution begins its title, also where it comes after it
        ((*TOP, "Tides", "", "93/301.", "Rain", "", TEXT),
         ["session: Ninety-third session", "agenda item: Agenda item 9", "agenda title: Tides", "title: 93/301. / Rain",
          TEXT]),
        ((*TOP, "Tides", "", "Rain on roofs", "", "93/301.", "", TEXT),
         ["session: Ninety-third session", "agenda item: Agenda item 9", "agenda title: Tides",
          "title: 93/301. / Rain on roofs", TEXT]),
        # a line longer than the others begins the text
        ((*TOP, "Tides", "", "Rain", "The rain of the year that has gone by fell on all of the roofs.", ""),
         ["session: Ninety-third session", "agenda item: Agenda item 9", "agenda title: Tides", "title: Rain",
          "The rain of the year that has gone by fell on all of the roofs."]),
    ],
)  # fmt: skip
def test_the_lines_before_the_text_say_this(lines: tuple[str, ...], facts: list[str]) -> None:
    assert openings(*lines) == (facts, [])


def test_without_a_space_the_last_line_of_the_item_is_the_title_and_that_is_said() -> None:
    assert openings(*TOP, "Tides", "Rain on roofs", "", "Report of the Secretary-General", "", TEXT) == (
        ["session: Ninety-third session", "agenda item: Agenda item 9", "agenda title: Tides", "title: Rain on roofs",
         "subtitle: Report of the Secretary-General", TEXT], ["4: title-guessed"]
    )  # fmt: skip


def test_in_a_text_with_places_lines_at_the_edge_come_before_the_title() -> None:
    lines = ("Committee of the", "sea", *TOP, "Tides", "", "      Rain", "      on roofs", "", TEXT)
    assert openings(*lines, placed=True)[0] == [
        "body: Committee of the / sea", "session: Ninety-third session", "agenda item: Agenda item 9",
        "agenda title: Tides", "title: Rain / on roofs", TEXT,
    ]  # fmt: skip
    found, _ = openings(TOP[0], "Geneva, 3–7 May 2038", TOP[1], "Tides", "   Rain", "", TEXT, placed=True)
    assert found[1:3] == ["place: Geneva, 3–7 May 2038", "agenda item: Agenda item 9"]
    assert openings(TOP[0], "Working Group", TOP[1], "Tides", "   Rain", placed=True)[0][1] == "body: Working Group"


def test_a_draft_has_its_sponsors_before_its_title() -> None:
    lines = (*TOP, "Tides", "", "Aland and Beland: draft resolution", "", "Rain on roofs", "", TEXT)
    assert openings(*lines, draft=True)[0][3:5] == [
        "sponsors: Aland and Beland: draft resolution", "title: Rain on roofs"
    ]  # fmt: skip
    assert "sponsors" not in " ".join(openings(*lines)[0])


# --- the masthead -----------------------------------------------------------------------------------------------------


def head(*lines: str) -> tuple[list[str], int, list[str]]:
    page = pages_of("\n".join(lines))[0]
    said: list[str] = []
    pieces, count = head_of_page(page, EN, lambda number, doubt: said.append(f"{number}: {doubt.message}"))
    return pieces, count, said


BLOCK = (
    "United Nations                       A/93/7",
    "General Assembly                     Distr.: General",
    "                                     30 November 2038",
    "",
    "                                     Original: English",
)


def test_the_pieces_of_a_masthead_are_found_in_their_columns() -> None:
    assert head(*BLOCK, "", "Ninety-third session", "", TEXT) == (
        ["United Nations", "A/93/7", "General Assembly", "Distr.: General", "30 November 2038", "Original: English"],
        4,
        [],
    )  # fmt: skip


def test_a_line_among_them_that_is_none_is_left_out_and_that_is_said() -> None:
    pieces, count, said = head(BLOCK[0], "Advance copy", *BLOCK[1:], "", "Ninety-third session", "", TEXT)
    assert count == 5
    assert said == ["2: “Advance copy” in the masthead is left out"]
    assert "Advance copy" in pieces
