"""The numbers of a column are above each other at their units, by the room after them."""

from __future__ import annotations

import pytest

from masthead.document import locales
from masthead.document.model import (
    Alignment,
    Caption,
    Cell,
    Column,
    Content,
    NoteCall,
    Reference,
    Row,
    Strong,
    Table,
    TableNoteCall,
    Text,
)
from masthead.document.terms import Digits, Language, Symbol
from masthead.page import columns, joining, times


def table(cells: tuple[str | Content, ...], alignment: Alignment = Alignment.END) -> Table:
    """Return a table of one column of numbers after one of words."""
    contents = ((Text(cell),) if isinstance(cell, str) else cell for cell in cells)
    rows = tuple(Row((Cell((Text("x"),)), Cell(content))) for content in contents)
    return Table(Caption(), (), rows, (Column(), Column(alignment)))


def rooms(language: str, *cells: str | Content, alignment: Alignment = Alignment.END) -> dict[int, list[str]]:
    """Return the signs after each number, by its row; each kind of signs but the first after the name of its class."""
    locale = locales.load(Language(language))
    found = columns.rooms(table(cells, alignment), locale.language, locale.language.digits, locale)
    assert {column for _, column in found} <= {1}
    return {row: _signs(str(html)) for (row, _), html in found.items()}


def _signs(html: str) -> list[str]:
    parts = html.replace('<span class="', "").split('"></span>')
    return [part.replace('" data-room="', ":").removeprefix("room").lstrip(" ") for part in parts if part]


@pytest.mark.parametrize(
    ("language", "cells", "expected"),
    [
        ("en", ("1", "12", "1,250"), {0: [], 1: [], 2: []}),
        ("en", ("1", "2.5"), {0: [":.0"], 1: []}),
        ("en", ("1", "(3)", "4%"), {0: [":%("], 1: [":%"], 2: [":("]}),
        ("en", ("1", "2.50", "3.5"), {0: [":.00"], 1: [], 2: [":0"]}),
        ("en", ("[3]", "(3)"), {0: [":("], 1: [":["]}),
        ("en", ("-5", "+5", "$5"), {0: [], 1: [], 2: []}),
        ("en", ("7", "8\u00a0%"), {0: [":%\u00a0"], 1: []}),
        ("en", ("1,250", "2,50"), {0: [":,00"], 1: []}),
        ("en", ("1.250.000", "2"), {0: [], 1: []}),
        ("fr", ("1.250", "2,5"), {0: [":,0"], 1: []}),
        ("fr", ("1\u00a0250", "2,5", "7,250"), {0: [":,000"], 1: [":00"], 2: []}),
        ("es", ("1.250", "2,5"), {0: [":,0"], 1: []}),
        ("ru", ("1.250", "2,5"), {0: [":,0"], 1: []}),
        ("zh", ("1,250", "2.5"), {0: [":.0"], 1: []}),
        ("zh", ("1.250", "2.5"), {0: [], 1: [":00"]}),
        # From right to left the other digits of a number are after its units.
        ("ar", ("7", "12"), {0: [":٠"], 1: []}),
        ("ar", ("1,250", "1"), {0: [], 1: [":,٠٠٠"]}),
        ("ar", ("1,5", "1"), {0: [], 1: []}),
    ],
)
def test_a_number_has_the_room_that_others_need_after_their_units(
    language: str, cells: tuple[str, ...], expected: dict[int, list[str]]
) -> None:
    assert rooms(language, *cells) == expected


@pytest.mark.parametrize("dash", ["-", "–", "—", "−", "..", "...", "…"])
def test_a_dash_has_the_room_of_a_number_and_words_have_none(dash: str) -> None:
    assert rooms("en", "2.5", dash, "many", "2.5 to 3", "....", "") == {0: [], 1: [":.0"]}


def test_calls_have_room_of_their_kind_and_spaces_around_a_number_do_not_count() -> None:
    cells = ("7", (Text(" 8 "), NoteCall(2)), (Strong((Text("9"),)), TableNoteCall(1)), (Text("6"), NoteCall(12)))
    assert rooms("en", *cells) == {
        0: ["call:00", "table-note-call:a"],
        1: ["call:0", "table-note-call:a"],
        2: ["call:00"],
        3: ["table-note-call:a"],
    }
    assert rooms("en", "7", (Text("8"), NoteCall(1, asterisk=True))) == {0: ["call:*"], 1: []}
    assert rooms("ar", "٧", (Text("٨"), NoteCall(2)), (Text("٩"), TableNoteCall(1))) == {
        0: ["call:((٠", "table-note-call:\u200cأ"],
        1: ["table-note-call:\u200cأ"],
        2: ["call:((٠"],
    }
    assert rooms("en", "7", (Reference("A/71/119", Symbol("A/71/119")),)) == {0: []}, "a symbol is not a number"


def test_only_columns_of_numbers_and_cells_of_one_column_have_room() -> None:
    assert rooms("en", "1", "2.5", alignment=Alignment.START) == {}
    assert rooms("en", "1", "2.5", alignment=Alignment.CENTRE) == {}
    wide = Row((Cell((Text("3.55"),), columns=2),))
    one = table(("1", "2.5"))
    spanned = Table(one.caption, (), (*one.rows, wide), (Column(Alignment.END), Column(Alignment.END)))
    locale = locales.load(Language.ENGLISH)
    found = columns.rooms(spanned, Language.ENGLISH, Digits.WESTERN, locale)
    assert {place: _signs(str(html)) for place, html in found.items()} == {(0, 1): [":.0"], (1, 1): []}


def test_a_column_is_that_of_the_place_of_a_cell_below_one_of_several_rows() -> None:
    rows = (
        Row((Cell((Text("x"),), rows=2), Cell((Text("1"),)))),
        Row((Cell((Text("2.5"),)),)),
    )
    merged = Table(Caption(), (), rows, (Column(), Column(Alignment.END)))
    found = columns.room_widths(merged, locales.load(Language.ENGLISH), Digits.WESTERN)
    assert found == {(0, 1): 0.75, (1, 1): 0}


@pytest.mark.parametrize(
    ("language", "cells", "widths"),
    [
        ("en", ("1", "2.5", "(3)", "4%"), (1.916, 1.166, 1.583, 1.083)),
        ("en", ("7", (Text("8"), NoteCall(2)), (Text("9"), TableNoteCall(1))), (0.6136, 0.2886, 0.325)),
        ("en", ("7", "8\u00a0%"), (1.083, 0)),
        ("fr", ("1\u00a0250", "2,5"), (0.75, 0)),
    ],
)
def test_room_has_the_width_of_its_signs_and_calls_are_smaller(
    language: str, cells: tuple[str | Content, ...], widths: tuple[float, ...]
) -> None:
    locale = locales.load(Language(language))
    found = columns.room_widths(table(cells), locale, locale.language.digits)
    assert [round(found[at, 1], 4) for at in range(len(cells))] == list(widths)


@pytest.mark.parametrize(
    ("text", "width"),
    [(" ", 0.25), ("A", 0.722), ("~", 0.541), ("é", 0.5), ("٣", 0.5), ("W.", 1.194), ("", 0), ("0", 0.5), ("%", 0.833)],
)
def test_the_widths_of_signs_are_those_of_times(text: str, width: float) -> None:
    assert times.width(text) == pytest.approx(width)


@pytest.mark.parametrize(
    ("before", "after", "join"),
    [
        ("ب", "ا", True),
        ("ا", "ب", False),
        ("بَ", "َا", True),
        ("كتاب", "ي", True),
        ("", "ا", False),
        ("ب", "", False),
        ("a", "ب", False),
        ("ب ", "ب", False),
        ("ء", "ب", False),
        ("ب", "ء", False),
    ],
)
def test_letters_join_by_their_neighbours_whatever_marks_they_have(before: str, after: str, join: bool) -> None:
    assert joining.letters_join(before, after) is join
