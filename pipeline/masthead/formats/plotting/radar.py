"""Radars: series around a centre."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin

from masthead.formats.plotting.canvas import Canvas, Stroke, ValueLabel
from masthead.formats.plotting.legend import draw_frame
from masthead.formats.plotting.lettering import SIZE
from masthead.formats.plotting.palette import Point
from masthead.formats.plotting.plot import Plot, nth

_WEB = Stroke("#bfbfbf")


def draw_radar(canvas: Canvas, plot: Plot) -> None:
    """Draw series around a centre, one ray for each category."""
    bottom, top = draw_frame(canvas, plot)
    ticks = plot.ticks()
    low, high = min(ticks), max(ticks)
    x, y = canvas.width / 2, (top + bottom) / 2
    radius = max(min(canvas.width / 2, (bottom - top) / 2) - 2 * SIZE, 12)

    def point(at: int, value: float) -> Point:
        reach, angle = radius * (value - low) / (high - low), 2 * pi * at / plot.count - pi / 2
        return x + reach * cos(angle), y + reach * sin(angle)

    for tick, label in ticks.items():
        _draw_closed(canvas, [point(at, tick) for at in range(plot.count)], _WEB)
        canvas.label(ValueLabel(*point(0, tick), label, "end"))
    for at in range(plot.count):
        canvas.line((x, y), point(at, high), _WEB)
        outside = point(at, high + (high - low) * SIZE * (1.2 if canvas.patterned else 1) / radius)
        away = outside[0] - x
        anchor = "middle" if abs(away) < radius / 3 or not canvas.patterned else "start" if away > 0 else "end"
        canvas.text(outside[0], outside[1] + 3, nth(plot.categories, at) or "", anchor)
    for number, each in enumerate(plot.series):
        found = zip(each.values, each.labels, strict=True)
        shown = [(*point(at, value), label) for at, (value, label) in enumerate(found) if value is not None]
        _draw_closed(canvas, [(across, down) for across, down, _ in shown], canvas.stroke(number))
        for across, down, label in shown:
            if canvas.patterned:
                canvas.point(across, down, number)
            canvas.label(ValueLabel(across, down - 4, label))


def _draw_closed(canvas: Canvas, points: Sequence[Point], stroke: Stroke) -> None:
    for one, other in pairwise((*points, *points[:1])):
        canvas.line(one, other, stroke)
