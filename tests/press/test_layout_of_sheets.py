"""Where pages lie on a sheet: gaps, spines and margins, in points."""

from __future__ import annotations

from itertools import pairwise

import pytest

from masthead.press.imposition import NUp, Paper, Perfect, SheetOptions
from masthead.press.imposition.layout import BLEED, MARK, MM, PageBox, SheetLayout, lay_out

PAGE = (200.0, 300.0)


def gaps(bands: tuple[tuple[float, float], ...]) -> list[float]:
    return [abs(second[0] - first[1]) for first, second in pairwise(bands)]


def margins(layout: SheetLayout) -> tuple[float, float, float, float]:
    """Left, right, top and bottom."""
    return (
        layout.columns[0][0],
        layout.width - layout.columns[-1][1],
        layout.height - layout.rows[0][0],
        layout.rows[-1][1],
    )


def test_rows_and_columns_are_a_gutter_apart_and_the_grid_is_in_the_middle_of_the_sheet() -> None:
    layout = lay_out(NUp(2, 3), SheetOptions(gutter=10, paper=Paper(500, 600)), PAGE)
    assert gaps(layout.columns) == pytest.approx([10 * MM])
    assert gaps(layout.rows) == pytest.approx([10 * MM] * 2)
    left, right, top, bottom = margins(layout)
    assert left == pytest.approx(right)
    assert top == pytest.approx(bottom)
    assert [first - last for first, last in layout.rows] == pytest.approx([300 * layout.scale] * 3)
    assert layout.rows[0][0] > layout.rows[1][0] > layout.rows[2][0]


def test_without_paper_the_sheet_holds_pages_gutters_and_marks_exactly() -> None:
    layout = lay_out(Perfect(2, 2), SheetOptions(gutter=4, spine=6), PAGE)
    (between, *_) = gaps(layout.columns)
    assert between == pytest.approx(6 * MM)
    assert margins(layout) == pytest.approx((BLEED + MARK,) * 4)
    bare = lay_out(Perfect(2, 2), SheetOptions(gutter=4, spine=6, marks=False), PAGE)
    assert margins(bare) == pytest.approx((0,) * 4)


def test_pages_shrink_to_fit_paper_and_never_grow() -> None:
    small = lay_out(NUp(2, 1), SheetOptions(paper=Paper(200 / MM, 300 / MM), marks=False), PAGE)
    assert small.scale == pytest.approx(2 / 3)  # side by side across the longer edge, whose height is 200
    assert (small.width, small.height) == pytest.approx((300, 200))
    assert lay_out(NUp(2, 1), SheetOptions(paper=Paper(500, 500), marks=False), PAGE).scale == 1


def test_a_box_contains_what_is_outside_by_no_more_than_the_tolerance() -> None:
    box = PageBox(0, 0, 10, 20)
    assert box.contains(PageBox(0, 0, 10, 20))
    for edges in ((-1, 0, 10, 20), (0, -1, 10, 20), (0, 0, 11, 20), (0, 0, 10, 21)):
        assert not box.contains(PageBox(*edges))
        assert box.contains(PageBox(*edges), tolerance=1)
