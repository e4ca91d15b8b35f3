"""Schemes: the arithmetic of where each page goes."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from masthead.press.imposition import (
    SCHEMES,
    Booklet,
    CutStack,
    Edge,
    ImposedSheet,
    NUp,
    Perfect,
    Saddle,
    Scheme,
    StepRepeat,
)
from masthead.press.imposition.schemes import FaceCell, tumbled

pages = st.integers(1, 400)
edges = st.sampled_from(Edge)
folded = st.one_of(
    st.builds(Saddle, st.integers(1, 3)),
    st.builds(Saddle, st.just(1), st.sampled_from([4, 8, 12, 16, 24])),
    st.builds(Perfect, st.integers(1, 9), st.integers(1, 3)),
    st.builds(Perfect, st.integers(1, 9), st.just(1), st.sampled_from([12, 24])),
    st.just(Booklet()),
)
grids = st.tuples(st.integers(1, 4), st.integers(1, 4))
stacks = grids.map(lambda grid: CutStack(*grid))
ups = grids.map(lambda grid: NUp(*grid))


def by_leaf(scheme: Scheme, sheet: ImposedSheet) -> list[tuple[FaceCell, FaceCell]]:
    """The front and back of each leaf: the cells that are back to back when the sheet is turned like a leaf."""
    backs = {(cell.column, cell.row): cell for cell in sheet.back}
    return [(cell, backs[scheme.grid.columns - 1 - cell.column, cell.row]) for cell in sheet.front]


@given(pages, st.one_of(folded, stacks, ups), edges)
def test_every_page_is_imposed_exactly_once(count, scheme, binding):
    sheets = scheme.arrange(count, binding)
    found = Counter(cell.page for sheet in sheets for cell in sheet.front + sheet.back if cell.page is not None)
    assert found == Counter(range(count))


@given(pages, st.one_of(folded, stacks, ups), edges)
def test_every_face_fills_its_grid(count, scheme, binding):
    places = {(column, row) for column in range(scheme.grid.columns) for row in range(scheme.grid.rows)}
    for sheet in scheme.arrange(count, binding):
        for face in (sheet.front, sheet.back):
            assert len(face) == len(places) and {(cell.column, cell.row) for cell in face} == places


@given(pages, st.one_of(folded, stacks), edges)
def test_a_leaf_has_two_consecutive_pages(count, scheme, binding):
    for sheet in scheme.arrange(count, binding):
        for front, back in by_leaf(scheme, sheet):
            present = sorted(page for page in (front.page, back.page) if page is not None)
            assert front.turned == back.turned
            if len(present) == 2:
                assert present[0] % 2 == 0 and present[1] == present[0] + 1
            elif present:
                assert present == [count - 1] and count % 2 == 1


@given(pages, folded, edges)
def test_right_hand_pages_are_bound_at_the_correct_edge(count, scheme, binding):
    """If bound at the right, a right-hand page has its spine at the right, or at the left if it is upside down."""
    for sheet in scheme.arrange(count, binding):
        for cell in sheet.front + sheet.back:
            if cell.page is not None:
                spine = Edge.RIGHT if cell.column % 2 == 0 else Edge.LEFT
                recto = (cell.page % 2 == 0) != cell.turned
                assert (spine is binding) == recto


@given(pages, folded, edges)
def test_pages_across_a_spine_are_facing_or_first_and_last(count, scheme, binding):
    """The n-th page from the start and the n-th from the end of a signature share a half sheet."""
    sheets = scheme.arrange(count, binding)
    for number in {sheet.signature for sheet in sheets}:
        mine = [sheet for sheet in sheets if sheet.signature == number]
        cells = [cell for sheet in mine for cell in sheet.front + sheet.back]
        first = min(cell.page for cell in cells if cell.page is not None)
        last = first + len(cells) - 1
        for face in (face for sheet in mine for face in (sheet.front, sheet.back)):
            for left, right in pairwise(face):
                if left.row == right.row and left.column % 2 == 0 and None not in (left.page, right.page):
                    assert left.page + right.page == first + last


@given(pages, folded, edges)
def test_blanks_only_follow_the_last_page(count, scheme, binding):
    sheets = scheme.arrange(count, binding)
    places = 2 * scheme.grid.columns * scheme.grid.rows
    assert 0 <= len(sheets) * places - count < places
    assert all(None not in [c.page for c in s.front + s.back] for s in sheets if s.signature < sheets[-1].signature)


@given(pages, st.integers(1, 3))
def test_the_other_binding_edge_mirrors_every_face(count, folds):
    columns = Saddle(folds).grid.columns
    left, right = (Saddle(folds).arrange(count, edge) for edge in (Edge.LEFT, Edge.RIGHT))
    for one, other in zip(left, right, strict=True):
        for face, mirror in ((one.front, other.front), (one.back, other.back)):
            assert {(c.page, columns - 1 - c.column, c.row) for c in face} == {
                (c.page, c.column, c.row) for c in mirror
            }


@given(pages, stacks, edges)
def test_stacked_piles_are_in_page_order(count, scheme, binding):
    sheets = scheme.arrange(count, binding)
    columns = range(scheme.grid.columns)
    order = [
        page
        for row in range(scheme.grid.rows)
        for column in (reversed(columns) if binding is Edge.RIGHT else columns)
        for sheet in sheets
        for leaf in by_leaf(scheme, sheet)
        if (leaf[0].column, leaf[0].row) == (column, row)
        for page in (leaf[0].page, leaf[1].page)
    ]
    assert order == [*range(count), *[None] * (len(order) - count)]


@given(pages, ups, edges)
def test_n_up_reads_from_the_binding_edge_row_by_row(count, scheme, binding):
    sign = -1 if binding is Edge.RIGHT else 1
    for sheet in scheme.arrange(count, binding):
        for face in (sheet.front, sheet.back):
            order = [c.page for c in sorted(face, key=lambda c: (c.row, sign * c.column))]
            numbers = [page for page in order if page is not None]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
            assert order[len(numbers) :] == [None] * (len(order) - len(numbers))


def test_the_usual_layout_of_eight_pages():
    """Eight pages on a sheet: heads closed, pages 1 and 8 side by side on the outside."""
    (sheet,) = Saddle(folds=2).arrange(8, Edge.LEFT)
    rows = [
        [(c.page + 1, c.turned) for c in face if c.row == row] for face in (sheet.front, sheet.back) for row in (0, 1)
    ]
    assert rows == [
        [(5, True), (4, True)], [(8, False), (1, False)],
        [(3, True), (6, True)], [(2, False), (7, False)],
    ]  # fmt: skip
    outer = Saddle().arrange(8, Edge.RIGHT)[0]
    assert [c.page + 1 for c in outer.front] == [1, 8] and [c.page + 1 for c in outer.back] == [7, 2]


def test_inner_leaves_are_deeper():
    sheets = Saddle().arrange(16, Edge.RIGHT)
    assert [{c.depth for c in s.front + s.back} for s in sheets] == [{0}, {1}, {2}, {3}]


@given(pages, folded, edges)
def test_tumbling_a_face_twice_gives_the_same_face(count, scheme, binding):
    face = scheme.arrange(count, binding)[0].back
    assert tumbled(tumbled(face, scheme.grid), scheme.grid) == face


def test_every_scheme_has_a_name():
    assert sorted(SCHEMES) == ["booklet", "cover", "cut-and-stack", "n-up", "perfect", "saddle", "step-and-repeat"]
    for make in SCHEMES.values():
        assert make().arrange(4, Edge.RIGHT)


def test_no_leaf_lies_around_a_page_of_sheets_that_are_not_folded() -> None:
    for scheme in (NUp(2, 2), CutStack(2, 2)):
        sheets = scheme.arrange(16, Edge.LEFT)
        assert {cell.depth for sheet in sheets for cell in (*sheet.front, *sheet.back)} == {0}
        assert {sheet.signature for sheet in sheets} == {0}


@given(pages, grids, edges)
def test_each_leaf_is_repeated_over_its_sheet(count, grid, binding):
    sheets = StepRepeat(*grid).arrange(count, binding)
    assert len(sheets) == -(-count // 2)
    for number, sheet in enumerate(sheets):
        for face, page in ((sheet.front, 2 * number), (sheet.back, 2 * number + 1)):
            assert {cell.page for cell in face} == {page if page < count else None}
            assert len({(cell.column, cell.row) for cell in face}) == grid[0] * grid[1] == len(face)
            assert not any(cell.turned for cell in face)
