"""What charts over axes share: the axes of values, and how the columns of a category share its room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from masthead.formats.plotting.canvas import Canvas
from masthead.formats.plotting.lettering import SIZE
from masthead.formats.plotting.plot import Plot

Scale = Callable[[float], float]


def draw_upright_axis(
    canvas: Canvas, ticks: Mapping[float, str], height: Scale, x: float, *, right: bool = False, bare: bool = False
) -> None:
    """Draw an axis of values at the left of the columns, or at the `right`, without its line if it is `bare`."""
    if not any(ticks.values()):
        return
    side = 1 if right else -1
    if not bare:
        canvas.line((x, height(max(ticks))), (x, height(min(ticks))))
    for tick, label in ticks.items():
        if not bare:
            canvas.line((x + 2.5 * side, height(tick)), (x, height(tick)))
        canvas.text(x + 4 * side, height(tick) + 3, label, "start" if right else "end")


def draw_axis_below(canvas: Canvas, ticks: Mapping[float, str], place: Scale, base: float) -> None:
    """Draw the marks and labels of an axis of values at the bottom."""
    for tick, label in ticks.items():
        canvas.line((place(tick), base), (place(tick), base + 2.5))
        canvas.text(place(tick), base + SIZE + 3, label)


@dataclass(frozen=True, slots=True)
class ColumnCluster:
    """How the columns of a category share its room: side by side, or `stacked` on one another.

    `thickness` is that of a column in points, and `across` that of all of them, in columns.
    """

    numbers: Sequence[int]
    stacked: bool
    across: float
    thickness: float
    advance: float

    @classmethod
    def of(cls, plot: Plot, numbers: Sequence[int], room: float) -> ColumnCluster:
        """Return the cluster of the series with these numbers in a `room` in points."""
        stacked = any(plot.series[number].stacked for number in numbers)
        side_by_side = 1 if stacked else max(len(numbers), 1)
        across = side_by_side - (side_by_side - 1) * plot.overlap
        return cls(numbers, stacked, across, room / (across + plot.gap), 1 - plot.overlap)

    def shift(self, number: int) -> float:
        """Return the distance of a series from the first, in columns."""
        return 0 if self.stacked else self.numbers.index(number) * self.advance
