"""Where pages lie on a sheet: gaps, spines and margins, in points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from masthead.press.imposition import Cover, Edge, NUp, Paper, Perfect, Saddle, SheetOptions, Worked, drawing
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


@pytest.mark.parametrize("binding", Edge)
@pytest.mark.parametrize("scheme", [Saddle(section=16), Worked(Saddle(section=16)), Worked(Saddle(section=16), True)])
def test_the_heads_of_inner_leaves_are_turned_to_the_spine(scheme: Saddle | Worked, binding: Edge) -> None:
    layout = lay_out(scheme, SheetOptions(bottling=0.5, creep=0.1), PAGE)
    sheets = scheme.arrange(32, binding)
    seen = set()
    for sheet in sheets:
        for cell, place in zip(sheet.front, layout.placements(sheet.front), strict=True):
            depth = cell.depth % 4  # leaves are pushed out by those of their own sheet
            x, y = place.pivot
            head = place.trim.bottom if cell.turned else place.trim.top
            moved = x - math.sin(place.lean) * (head - y), y + math.cos(place.lean) * (head - y)
            to_spine = (moved[0] - x) * (-1 if cell.column % 2 else 1)
            assert to_spine == pytest.approx(depth * 0.5 * MM, rel=1e-3)
            seen |= {depth, f"turned {cell.turned}"}
    assert seen == {0, 1, 2, 3, "turned True", "turned False"}


def test_sheets_with_open_heads_have_no_bottling() -> None:
    for scheme in (Saddle(), Worked(Saddle(), True), NUp(2, 2)):
        layout = lay_out(scheme, SheetOptions(bottling=1), PAGE)
        assert {place.lean for place in layout.placements(scheme.arrange(8, Edge.LEFT)[0].front)} == {0.0}


def test_a_cover_is_folded_at_both_edges_of_its_spine() -> None:
    layout = lay_out(Cover(), SheetOptions(spine=12), PAGE)
    (left, right), _ = layout.folds()
    assert right - left == pytest.approx(12 * MM) and (left, right) == (layout.columns[0][1], layout.columns[1][0])


def moved(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    """Where a transformation puts a point (ISO 32000-1, 8.3.3)."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_quarter_turns_are_counterclockwise(turns: int) -> None:
    x, y = 3.0, 1.0
    for _ in range(turns):
        x, y = -y, x
    assert moved(drawing._QUARTERS[turns], 3, 1) == (x, y)


@pytest.mark.parametrize("lean", [0.0, 0.01, -0.3, math.pi / 2])
@pytest.mark.parametrize("point", [(0, 0), (10, 0), (0, 20), (7, 9)])
def test_a_page_leans_about_its_pivot(lean: float, point: tuple[float, float]) -> None:
    matrix, pivot = (0.5, 0.2, -0.1, -2, 30, 40), (100, 50)
    placement: Any = SimpleNamespace(lean=lean, pivot=pivot)
    x, y = (at - middle for at, middle in zip(moved(matrix, *point), pivot, strict=True))
    turned = (
        pivot[0] + math.cos(lean) * x - math.sin(lean) * y,
        pivot[1] + math.sin(lean) * x + math.cos(lean) * y,
    )
    assert moved(drawing._leaning(placement, matrix), *point) == pytest.approx(turned)
