"""Columns, and the lines, areas and stocks that are drawn over the same axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from masthead.formats.plotting.axes import ColumnCluster, Scale, draw_upright_axis
from masthead.formats.plotting.canvas import Canvas, Rectangle, Stroke, ValueLabel
from masthead.formats.plotting.legend import draw_frame
from masthead.formats.plotting.lettering import SIZE, text_width, wrapped
from masthead.formats.plotting.palette import Point
from masthead.formats.plotting.plot import Plot, nth, scale

_MANY = 8  # categories: of more, some have no name if the names do not fit
_HIGH_LOW_CLOSE = ("high", "low", "close")  # the series of a stock that has no value at which it opened
_STOCK = Stroke(width=1.0)


@dataclass(frozen=True, slots=True)
class PlotArea:
    """The area between the axes: its edges, the `room` of a category, and the `heights` of the values of both axes.

    `zero` is the height at which columns begin. The names of the categories are below `base`, `every` how many of them.
    """

    left: float
    right: float
    base: float
    room: float
    every: int
    heights: Sequence[Scale]
    zero: float

    @classmethod
    def of(cls, canvas: Canvas, plot: Plot, top: float, bottom: float) -> PlotArea:
        """Return the area between a title and a legend."""
        ticks, beside = plot.ticks(), _ticks_beside(plot)
        left = max(map(text_width, ticks.values())) + 6
        right = canvas.width - 4 - (max(map(text_width, beside.values())) + 2 if beside else 0)
        room = (right - left) / plot.count
        longest = max((text_width(word) for name in plot.categories for word in name.split()), default=0.0)
        is_crowded = plot.count > (_MANY if canvas.patterned else 2 * canvas.width / SIZE)
        every = max(1, ceil((longest + 2) / room)) if is_crowded else 1  # many names do not fit
        deepest = max((len(wrapped(name, room * every - 2)) for name in plot.categories[::every]), default=1)
        base, highest = bottom - deepest * (SIZE + 1.5) - 6, top + SIZE
        if plot.inner:
            x, y, wide, high = plot.inner
            left, right = max(x * canvas.width, left), min((x + wide) * canvas.width, right)
            highest, base = y * canvas.height, min((y + high) * canvas.height, base)
            room = (right - left) / plot.count
        heights = [scale(each, base, highest) for each in (ticks, beside or ticks)]
        zero = heights[0](min(max(0.0, min(ticks)), max(ticks)))
        return cls(left, right, base, room, every, heights, zero)

    def centre(self, at: int) -> float:
        """Return the middle of the room of a category."""
        return self.left + self.room * (at + 0.5)


def draw_columns(canvas: Canvas, plot: Plot) -> None:
    """Draw columns and lines over axes, the title above and the legend below."""
    bottom, top = draw_frame(canvas, plot)
    area, ticks, beside = PlotArea.of(canvas, plot, top, bottom), plot.ticks(), _ticks_beside(plot)
    left, right, zero = area.left, area.right, area.zero
    for tick in ticks if plot.axes[0].grid else ():
        y = area.heights[0](tick)
        canvas.line((left, y), (right, y), Stroke(plot.axes[0].grid))
    _draw_areas(canvas, plot, area)
    cluster = ColumnCluster.of(plot, plot.numbers("bar"), area.room)
    for at in range(plot.count):
        if at % area.every == 0:
            name = nth(plot.categories, at) or ""
            canvas.lines(area.centre(at), area.base + SIZE + 2, name, area.room * area.every - 2)
        _draw_cluster(canvas, plot, area, cluster, at)
    draw_upright_axis(canvas, ticks, area.heights[0], left, bare=plot.axes[0].bare)
    canvas.line((left, zero), (right, zero), Stroke(plot.base))
    if beside:
        draw_upright_axis(canvas, beside, area.heights[1], right, right=True)
    for number in plot.numbers("line"):
        _draw_line(canvas, plot, area, number)
    _draw_stocks(canvas, plot, area)


def _ticks_beside(plot: Plot) -> dict[float, str]:
    """Return the values marked on the second axis, none if there is no such axis."""
    return plot.ticks(second=True) if any(each.second for each in plot.series) else {}


def _draw_cluster(canvas: Canvas, plot: Plot, area: PlotArea, cluster: ColumnCluster, at: int) -> None:
    """Draw the columns of a category with their values."""
    thickness = cluster.thickness
    for piece in plot.pieces(at, cluster.numbers):
        series = plot.series[piece.number]
        height, own = area.heights[series.second], series.fill_at(at)
        x = area.centre(at) - cluster.across * thickness / 2 + cluster.shift(piece.number) * thickness
        y1, y2 = sorted((area.zero if piece.start == 0 else height(piece.start), height(piece.end)))
        canvas.piece(Rectangle(x, y1, thickness, y2 - y1), piece.number, own)
        x, y = x + thickness / 2, (y1 + y2) / 2 + 3
        if not cluster.stacked:  # above the column, or below it if it is negative
            canvas.label(ValueLabel(x, y2 + SIZE if piece.end < piece.start else y1 - 2.5, piece.label))
        elif y2 - y1 >= SIZE:
            colour = canvas.palette.on(piece.number, own)
            canvas.label(ValueLabel(x, y, piece.label, colour=colour, backed=canvas.patterned))
        else:  # too low for a label in it
            canvas.label(ValueLabel(x + thickness / 2 + 3, y, piece.label, "start"))


def _draw_line(canvas: Canvas, plot: Plot, area: PlotArea, number: int) -> None:
    series, is_backed = plot.series[number], canvas.patterned or bool(plot.numbers("bar", "area"))
    height = area.heights[series.second]
    points: list[Point | None] = [
        None if value is None else (area.centre(at), height(value))
        for at, value in zip(range(plot.count), series.values, strict=False)
    ]
    for one, other in pairwise(points):
        if one and other:
            canvas.line(one, other, canvas.stroke(number))
    for point, label in zip(points, series.labels, strict=False):
        if point:
            canvas.point(*point, number)
            canvas.label(ValueLabel(point[0], point[1] - 5, label, backed=is_backed))


def _draw_areas(canvas: Canvas, plot: Plot, area: PlotArea) -> None:
    """Draw areas under lines; stacked ones are above one another."""
    numbers, last = plot.numbers("area"), plot.count - 1
    edges: dict[int, list[tuple[float, float, float]]] = {number: [] for number in numbers}
    ends = {0: ("start", 2), last: ("end", -2)} if canvas.patterned and last else {}
    for at in range(plot.count):
        x = area.centre(at)
        anchor, inwards = ends.get(at, ("middle", 0))
        for number, start, end, label in plot.pieces(at, numbers):
            lower, upper = map(area.heights[plot.series[number].second], (start, end))
            edges[number].append((x, lower, upper))
            y = (lower + upper) / 2 + 3 if plot.series[number].stacked else upper - 3
            canvas.label(ValueLabel(x + inwards, y, label, anchor, backed=True))
    for number, points in edges.items():
        canvas.shape([(x, y) for x, _, y in points] + [(x, y) for x, y, _ in reversed(points)], number)


def _draw_stocks(canvas: Canvas, plot: Plot, area: PlotArea) -> None:
    """Draw a line from the lowest to the highest of the values of a stock in a category, and a tick at the last."""
    series = [plot.series[number] for number in plot.numbers("stock")]
    for at in range(plot.count):
        x = area.centre(at)
        found = [area.heights[each.second](v) for each in series if (v := nth(each.values, at)) is not None]
        if found:
            canvas.line((x, min(found)), (x, max(found)), _STOCK)
            canvas.line((x, found[-1]), (x + 4, found[-1]), _STOCK)
        if len(found) == len(series) > len(_HIGH_LOW_CLOSE):  # the first is at which it opened
            canvas.line((x - 4, found[0]), (x, found[0]), _STOCK)
        for each in series:
            if (value := nth(each.values, at)) is not None:
                canvas.label(
                    ValueLabel(x + 6, area.heights[each.second](value) + 3, nth(each.labels, at) or "", "start")
                )
