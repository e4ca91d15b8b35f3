"""Points by two values."""

from __future__ import annotations

from itertools import pairwise

from masthead.formats.plotting.axes import draw_axis_below, draw_upright_axis
from masthead.formats.plotting.canvas import Canvas, ValueLabel
from masthead.formats.plotting.legend import draw_frame
from masthead.formats.plotting.lettering import SIZE, text_width
from masthead.formats.plotting.plot import Axis, Plot, scale


def draw_points(canvas: Canvas, plot: Plot, along: Axis, names: tuple[str, str] = ("", "")) -> None:
    """Draw points by two values; the axis `along` the bottom is of the first. The axes may have `names`."""
    bottom, top = draw_frame(canvas, plot)
    if names[0]:
        canvas.text(canvas.width / 2, bottom - 3, names[0])
        bottom -= SIZE + 4
    if names[1]:
        canvas.text(2, top - 2, names[1], "start")
        top += 4
    ticks = plot.ticks()
    places = [place for each in plot.series for place in each.places if place is not None]
    below = along.ticks(places, places, from_zero=False)
    left, base = max(map(text_width, ticks.values())) + 6, bottom - SIZE - 6
    right = canvas.width - text_width(list(below.values())[-1]) / 2 - 2
    across, up = scale(below, left, right), scale(ticks, base, top + SIZE)
    draw_upright_axis(canvas, ticks, up, left)
    canvas.line((left, base), (right, base))
    draw_axis_below(canvas, below, across, base)
    for number, each in enumerate(plot.series):
        found = zip(each.places, each.values, each.labels, strict=True)
        shown = [(across(p), up(v), text) for p, v, text in found if p is not None and v is not None]
        for one, other in pairwise(shown) if each.joined else ():
            canvas.line(one[:2], other[:2], canvas.stroke(number, 1.0))
        for x, y, text in shown:
            canvas.point(x, y, number)
            canvas.label(ValueLabel(x, y - 4, text))
