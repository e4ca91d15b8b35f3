"""Every scheme, folded, cut, gathered and read like paper: pages in order, upright, bound at the right edge.

This knows nothing of how schemes compute. A sheet is a grid of leaves that lies on the table with its front down; a
fold turns the leaves of one side over, and a reader leafs through what is left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from masthead.document import OrderError
from masthead.press.imposition import (
    Blanks,
    Booklet,
    Cover,
    CutStack,
    Edge,
    ImposedSheet,
    NUp,
    Perfect,
    PlainScheme,
    Saddle,
    StepRepeat,
    Worked,
)
from masthead.press.imposition.schemes import FaceCell

SECTIONS = (4, 8, 12, 16, 24)
FOLDED: list[Saddle | Perfect | Booklet] = [
    Booklet(),
    *(Saddle(section=section) for section in SECTIONS),
    *(Saddle(folds=folds) for folds in (1, 2, 3)),
    *(Perfect(sheets, section=section) for section in SECTIONS for sheets in (1, 3)),
]
FLAT: list[PlainScheme] = [NUp(2, 1), NUp(3, 2), CutStack(2, 2), StepRepeat(2, 3)]


@dataclass(frozen=True)
class Leaf:
    """A leaf on the table: the page that is seen, the one below, and whether their heads point away from the reader."""

    upper: int | None
    lower: int | None
    upright: bool

    def over(self) -> Leaf:
        """Turned over about a line that runs away from the reader: heads stay where they are."""
        return Leaf(self.lower, self.upper, self.upright)

    def down(self) -> Leaf:
        """Turned over towards the reader: heads change ends."""
        return Leaf(self.lower, self.upper, not self.upright)


Table = list[list[list[Leaf]]]
"""Rows of piles, each from the top."""


def laid_out(sheet: ImposedSheet, columns: int, rows: int) -> Table:
    """A sheet that lies with its front down: seen is the back, with what is at the left of the front at its right."""
    fronts = {(cell.column, cell.row): cell for cell in sheet.front}
    backs = {(cell.column, cell.row): cell for cell in sheet.back}
    table: Table = []
    for row in range(rows):
        table.append([])
        for column in range(columns):
            back, front = backs[column, row], fronts[columns - 1 - column, row]
            assert back.turned == front.turned
            table[-1].append([Leaf(back.page, front.page, not back.turned)])
    return table


def across(table: Table, binding: Edge) -> Table:
    """Fold the half at the binding edge over the other one; the fold is then at that edge."""
    half = len(table[0]) // 2
    folded = []
    for row in table:
        left, right = row[:half], row[half:]
        moved, still = (left, right) if binding is Edge.LEFT else (right, left)
        pairs = zip(reversed(moved), still, strict=True)
        folded.append([[leaf.over() for leaf in reversed(one)] + other for one, other in pairs])
    return folded


def down(table: Table) -> Table:
    """Fold the top row over the next one, and the bottom row of three over both."""
    first, middle, *last = table
    for moved in (first, *last):
        middle = [[leaf.down() for leaf in reversed(one)] + other for one, other in zip(moved, middle, strict=True)]
    return [middle]


def folded(sheet: ImposedSheet, columns: int, rows: int, binding: Edge) -> list[Leaf]:
    table = laid_out(sheet, columns, rows)
    if columns == 4:
        table = across(table, binding)
    if rows > 1:
        table = down(table)
    ((pile,),) = across(table, binding)
    return pile


def nested(piles: list[list[Leaf]]) -> list[Leaf]:
    """Sheets inside each other, the first outside: what is before the fold of each, then what is after it."""
    halves = [(pile[: len(pile) // 2], pile[len(pile) // 2 :]) for pile in piles]
    return [leaf for first, _ in halves for leaf in first] + [leaf for _, rest in reversed(halves) for leaf in rest]


def read(leaves: list[Leaf]) -> list[int | None]:
    """The pages in the order in which a reader comes to them, who finds all of them upright."""
    assert all(leaf.upright for leaf in leaves)
    return [page for leaf in leaves for page in (leaf.upper, leaf.lower)]


def bound(
    scheme: Saddle | Perfect | Booklet, pages: int, binding: Edge, sheets: tuple[ImposedSheet, ...]
) -> list[int | None]:
    grid = scheme.grid
    found: list[int | None] = []
    for number in range(sheets[-1].signature + 1):
        mine = [sheet for sheet in sheets if sheet.signature == number]
        found += read(nested([folded(sheet, grid.columns, grid.rows, binding) for sheet in mine]))
    return found


@pytest.mark.parametrize("binding", Edge)
@pytest.mark.parametrize("scheme", FOLDED, ids=str)
def test_folded_sheets_read_from_the_first_page_to_the_last(scheme: Saddle | Perfect | Booklet, binding: Edge) -> None:
    for pages in range(1, 201):
        found = bound(scheme, pages, binding, scheme.arrange(pages, binding))
        assert found == [*range(pages), *[None] * (len(found) - pages)]


@pytest.mark.parametrize("binding", Edge)
@pytest.mark.parametrize("scheme", FOLDED, ids=str)
def test_blank_pages_are_where_the_rule_says(scheme: Saddle | Perfect | Booklet, binding: Edge) -> None:
    for pages in range(1, 201, 9):
        after = (1, 1, pages) if pages % 2 else (pages // 2,)
        found = bound(scheme, pages, binding, Blanks(after, before_last=True).arrange(scheme, pages, binding))
        expected = [each for page in range(pages) for each in (page, *[None] * after.count(page + 1))]
        last = expected.pop()
        assert found == [*expected, *[None] * (len(found) - len(expected) - 1), last]
        assert len(found) == len(bound(scheme, 1, binding, scheme.arrange(len(expected) + 1, binding)))


@pytest.mark.parametrize("scheme", [*FLAT], ids=str)
def test_blank_pages_at_the_end_are_those_of_the_scheme(scheme: PlainScheme) -> None:
    for pages in (1, 5, 24):
        assert Blanks().arrange(scheme, pages, Edge.RIGHT) == scheme.arrange(pages, Edge.RIGHT)
    with pytest.raises(OrderError, match="page 9"):
        Blanks((9,)).arrange(scheme, 5, Edge.RIGHT)


@pytest.mark.parametrize("binding", Edge)
@pytest.mark.parametrize(
    ("pages", "expected"), [(1, [0, None, None, None]), (2, [0, None, None, 1]), (4, [0, 1, 2, 3])]
)  # fmt: skip
def test_a_cover_has_its_front_outside_at_the_side_that_opens(
    binding: Edge, pages: int, expected: list[int | None]
) -> None:
    (sheet,) = Cover().arrange(pages, binding)
    assert read(folded(sheet, 2, 1, binding)) == expected
    with pytest.raises(OrderError, match="3 pages"):
        Cover().arrange(3, binding)


def halves(plate: ImposedSheet, columns: int, rows: int, *, tumble: bool) -> list[ImposedSheet]:
    """Print a plate on both sides of a sheet, which is turned in between, and cut the sheet in two."""
    wide, high = (columns, 2 * rows) if tumble else (2 * columns, rows)
    front = {(cell.column, cell.row): cell for cell in plate.front}
    copies = []
    for second in (False, True):
        left, top = (0, rows * second) if tumble else (columns * second, 0)
        ours, back = [], []
        for (column, row), cell in front.items():
            if not (left <= column < left + columns and top <= row < top + rows):
                continue
            ours.append(_moved(cell, column - left, row - top))
            # The second run prints this on the other side: the same plate, after the sheet was turned.
            other = front[column, high - 1 - row] if tumble else front[wide - 1 - column, row]
            # As a reader sees it, who turns the leaf.
            back.append(_moved(other, columns - 1 - (column - left), row - top, half=tumble))
        copies.append(ImposedSheet(tuple(ours), tuple(back), plate.signature))
    return copies


def _moved(cell: FaceCell, column: int, row: int, *, half: bool = False) -> FaceCell:
    return replace(cell, column=column, row=row, turned=cell.turned != half)


@pytest.mark.parametrize("tumble", [False, True])
@pytest.mark.parametrize("binding", Edge)
@pytest.mark.parametrize("scheme", [*FOLDED, *FLAT], ids=str)
def test_a_plate_for_both_sides_gives_two_copies_of_each_sheet(
    scheme: PlainScheme, binding: Edge, tumble: bool
) -> None:
    grid, work = scheme.grid, Worked(scheme, tumble)
    assert work.grid.columns * work.grid.rows == 2 * grid.columns * grid.rows
    for pages in range(1, 201):
        wanted = [set(sheet.front) for sheet in scheme.arrange(pages, binding)]
        backs = [set(sheet.back) for sheet in scheme.arrange(pages, binding)]
        for number, plate in enumerate(work.arrange(pages, binding)):
            assert plate.back == ()
            one, other = halves(plate, grid.columns, grid.rows, tumble=tumble)
            assert (set(one.front), set(one.back)) == (wanted[number], backs[number])
            # The other copy lies the other way up, and upside down if the sheet was tumbled.
            rotated = (
                {_moved(c, c.column, c.row) for c in other.back}
                if not tumble
                else {_moved(c, grid.columns - 1 - c.column, grid.rows - 1 - c.row, half=True) for c in other.back}
            )
            assert rotated == wanted[number]
