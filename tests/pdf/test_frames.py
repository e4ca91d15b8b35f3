"""Where a box is inside another, and which drawings are figures."""

from __future__ import annotations

import pytest

from masthead.pdf.drawn.drawings import FIGURE, FIGURES, Drawing, is_figure, is_inside

FRAME = (100.0, 200.0, 300.0, 400.0)


@pytest.mark.parametrize("side", range(4))
@pytest.mark.parametrize(("outside", "inside"), [(-5, True), (0, True), (0.9, True), (1.5, False), (9, False)])
def test_a_box_is_in_a_frame_that_it_leaves_by_a_point_at_most(side: int, outside: float, inside: bool) -> None:
    box = list(FRAME)
    box[side] += -outside if side < 2 else outside
    assert is_inside((box[0], box[1], box[2], box[3]), FRAME) is inside


@pytest.mark.parametrize(
    ("kind", "width", "height", "figure"),
    [
        (FIGURES[-1], FIGURE + 1, FIGURE + 1, True),
        (FIGURES[-1], FIGURE - 1, FIGURE + 1, False),
        (FIGURES[-1], FIGURE + 1, FIGURE - 1, False),
        ("path", FIGURE + 1, FIGURE + 1, False),
    ],
)
def test_a_figure_is_a_picture_that_is_large_both_ways(kind: str, width: float, height: float, figure: bool) -> None:
    assert is_figure(Drawing(kind, (50, 60, 50 + width, 60 + height))) is figure
