"""Tables without space between their rows: which column a figure is in, what is one row, and calls in cells.

A table is given as it is in the text, its columns of figures ending at the characters 30 and 40.
"""

from __future__ import annotations

import pytest

from masthead.document import Alignment
from masthead.formats.extract.dense import read_dense
from masthead.formats.extract.pages import pages_of
from masthead.formats.styled.parts import Para, StyledRow

HEAD = ("Category", 26, "2041", 36, "2042")


def lay(*parts: str | int) -> str:
    """A line of texts, each at the character given before it."""
    line = ""
    for part in parts:
        line = line.ljust(part) if isinstance(part, int) else line + part
    return line


def shown(row: StyledRow) -> str:
    """The cells of a row, with raised letters after a ^, and its indent in steps."""
    texts = [
        "".join("^" * span.raised + span.text for part in cell.parts if isinstance(part, Para) for span in part.spans)
        for cell in row.cells
    ]
    assert [cell.alignment for cell in row.cells] == [Alignment.START, *[Alignment.END] * (len(row.cells) - 1)]
    return f"{row.indent // 288}: " + " | ".join(texts)


def rows(*lines: tuple[str | int, ...], head: tuple[str | int, ...] = HEAD) -> list[str]:
    """The rows of a table, the head first."""
    text = "\n".join([lay(*head), "", *(lay(*line) for line in lines)])
    found = read_dense(pages_of(text)[0], 0, lambda line: line.text[:1].isdigit(), None)
    assert found is not None
    table, count = found
    assert count == len(lines) + 1
    assert [row.heads for row in table.rows] == [True, *[False] * (len(table.rows) - 1)]
    return [shown(row) for row in table.rows]


ONE = ("1. Books", 29, "5", 39, "6")


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (("2. Maps", 29, "7", 39, "8"), "0: 2. Maps | 7 | 8"),
        (("2. Maps", 29, "7"), "0: 2. Maps | 7 | "),
        (("2. Maps", 39, "8"), "0: 2. Maps |  | 8"),
        (("2. Maps", 27, "700", 37, "800"), "0: 2. Maps | 700 | 800"),
        (("2. Maps", 25, "7", 39, "8"), "0: 2. Maps | 7 | 8"),  # four characters from the end of its column
        (("2. Maps", 24, "7", 39, "8"), "0: 2. Maps 7 |  | 8"),  # five
        (("2. Maps", 29, "7", 36, "8 [9]"), "0: 2. Maps | 7 | 8 [9]"),
        (("2. Maps", 29, "–", 39, "–"), "0: 2. Maps | – | –"),
        (("2. Maps a", 29, "7", 39, "8"), "0: 2. Maps^a | 7 | 8"),
        (("2. Maps A", 29, "7", 39, "8"), "0: 2. Maps A | 7 | 8"),
        (("2. Maps", 27, "all", 39, "8"), "0: 2. Maps all |  | 8"),
        # an indent has a step for every three characters
        ((2, "2. Maps", 29, "7", 39, "8"), "0: 2. Maps | 7 | 8"),
        ((3, "2. Maps", 29, "7", 39, "8"), "1: 2. Maps | 7 | 8"),
        ((5, "2. Maps", 29, "7", 39, "8"), "1: 2. Maps | 7 | 8"),
        ((6, "2. Maps", 29, "7", 39, "8"), "2: 2. Maps | 7 | 8"),
    ],
)
def test_a_figure_is_in_the_column_that_ends_near_it(line: tuple[str | int, ...], row: str) -> None:
    assert rows(ONE, line, ONE)[2] == row


def test_a_row_without_figures_is_text_over_all_columns() -> None:
    text = "\n".join([lay(*HEAD), "", lay(*ONE), "Maps of all seas.", lay(*ONE)])
    found = read_dense(pages_of(text)[0], 0, lambda line: line.text[:1].isdigit(), None)
    assert found is not None
    assert [[cell.columns for cell in row.cells] for row in found[0].rows] == [[1, 1, 1], [1, 1, 1], [3], [1, 1, 1]]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (("2. Maps of the",), (3, "islands", 29, "7", 39, "8"), "0: 2. Maps of the islands | 7 | 8"),
        # a word with a capital letter continues a row only if it did not fit into the line before
        (("2. Maps of the great",), (3, "Islands", 29, "7", 39, "8"), "0: 2. Maps of the great Islands | 7 | 8"),
        (("2. Maps of",), (3, "Islands", 29, "7", 39, "8"), "0: 2. Maps of Islands | 7 | 8"),
        (("2. Maps",), (3, "Islands", 29, "7", 39, "8"), None),
        (("2. Maps",), (3, "of islands", 29, "7", 39, "8"), "0: 2. Maps of islands | 7 | 8"),
        (("2. Maps of the.",), (3, "islands", 29, "7", 39, "8"), None),
        (("2. Maps of the",), (7, "islands", 29, "7", 39, "8"), None),
        (("2. Maps of the",), (6, "islands", 29, "7", 39, "8"), "0: 2. Maps of the islands | 7 | 8"),
        (("2. Maps of the",), ("3. islands", 29, "7", 39, "8"), None),
        (("2. Maps", 29, "7", 39, "8"), (3, "of islands", 29, "7", 39, "8"), None),
    ],
)
def test_a_row_goes_on_in_a_line_whose_first_word_did_not_fit(
    first: tuple[str | int, ...], second: tuple[str | int, ...], joined: str | None
) -> None:
    widest = ("1. Books that are long", 29, "5", 39, "6")
    found = rows(widest, first, second)
    assert (found[2:] == [joined]) if joined else (len(found) == 4)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (HEAD, "0: Category | 2041 | 2042"),
        (("Category", 23, "planned", 34, "actual"), "0: Category | planned | actual"),
        (("Category", 21, "planned a", 34, "actual"), "0: Category | planned^a | actual"),
        (("Category and goal", 26, "2041", 36, "2042"), "0: Category and goal | 2041 | 2042"),
    ],
)
def test_the_words_of_a_head_are_above_their_columns(head: tuple[str | int, ...], row: str) -> None:
    assert rows(ONE, ONE, head=head)[0] == row


@pytest.mark.parametrize(
    ("lines", "is_table"),
    [
        ((ONE, ONE), True),
        ((("Books", 29, "5", 39, "6"), ("Maps", 29, "5", 39, "6")), False),  # no row opens as one of text
        ((("1. Books", 29, "5"), ("2. Maps", 29, "5")), False),  # one column of figures
        (((20, "1. Books", 34, "5", 44, "6"),) * 2, False),  # too deep below its head
        (((12, "1. Books", 29, "5", 39, "6"),) * 2, True),
        (((13, "1. Books", 29, "5", 39, "6"),) * 2, False),
    ],
)
def test_two_columns_of_figures_below_a_head_are_a_table(
    lines: tuple[tuple[str | int, ...], ...], is_table: bool
) -> None:
    text = "\n".join([lay(*HEAD), "", *(lay(*line) for line in lines)])
    found = read_dense(pages_of(text)[0], 0, lambda line: line.text.strip()[:1].isdigit(), None)
    assert (found is not None) is is_table
