"""Pies, and rings around one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, cos, pi, sin

from masthead.formats.plotting.canvas import Canvas, ValueLabel
from masthead.formats.plotting.legend import draw_legend
from masthead.formats.plotting.palette import Point
from masthead.formats.plotting.plot import Series

_RINGS = (0.25, 1.0)  # the radii of a pie of several series, as shares of that of one
Span = tuple[float, float]


def draw_pie(canvas: Canvas, series: Sequence[Series], *, hole: float = 0.0) -> None:
    """Draw a pie, or rings around one another if there are several series; a `hole` is a share of the radius."""
    names = max((each.categories for each in series), key=len)
    fills = {at: own for at, own in enumerate(series[0].fills) if own}
    canvas.palette = replace(canvas.palette, fills=fills)
    bottom = draw_legend(canvas, names)
    radius = max(min(canvas.width * 0.8, bottom) / 2 - 14, 12)
    if len(series) == 1:
        _draw_ring(canvas, series[0], (hole * radius, radius), bottom / 2)
        return
    inner, outer = (share * radius for share in _RINGS)
    step = (outer - inner) / len(series)
    for at, each in enumerate(series):
        _draw_ring(canvas, each, (inner + at * step, inner + (at + 1) * step), bottom / 2)


def _draw_ring(canvas: Canvas, series: Series, radii: Span, y: float) -> None:
    values = [max(value or 0.0, 0.0) for value in series.values]
    total, x, start = sum(values) or 1.0, canvas.width / 2, -pi / 2
    inner, outer = radii
    for at, value in enumerate(values):
        end = start + 2 * pi * min(value / total, 0.9999)
        _draw_slice(canvas, at, (x, y), radii, (start, end))
        middle, reach = (start + end) / 2, (inner + outer) / 2 if inner else outer + 9
        place = x + reach * cos(middle), y + reach * sin(middle) + 3
        colour, is_backed = (canvas.palette.on(at), canvas.patterned) if inner else ("", False)
        canvas.label(ValueLabel(*place, series.labels[at], colour=colour, backed=is_backed))
        start = end


def _draw_slice(canvas: Canvas, number: int, centre: Point, radii: Span, angles: Span) -> None:
    """Draw a part of a ring between two radii and two angles."""
    (x, y), (inner, outer), (start, end) = centre, radii, angles
    if canvas.patterned:
        steps = max(ceil((end - start) / 0.05), 1)
        turns = [start + (end - start) * at / steps for at in range(steps + 1)]
        arc = [(x + outer * cos(turn), y + outer * sin(turn)) for turn in turns]
        back = [(x + inner * cos(turn), y + inner * sin(turn)) for turn in reversed(turns)]
        canvas.shape([*arc, *(back if inner else [centre])], number)
        return
    large = int(end - start > pi)
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = (
        (x + radius * cos(angle), y + radius * sin(angle))
        for radius, angle in ((outer, start), (outer, end), (inner, end), (inner, start))
    )
    path = f"M{x1:.2f} {y1:.2f}A{outer:.2f} {outer:.2f} 0 {large} 1 {x2:.2f} {y2:.2f}L{x3:.2f} {y3:.2f}"
    path += f"A{inner:.2f} {inner:.2f} 0 {large} 0 {x4:.2f} {y4:.2f}Z" if inner else "Z"
    canvas.path(path, number)
