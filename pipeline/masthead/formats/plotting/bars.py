"""Lying bars."""

from __future__ import annotations

from masthead.formats.plotting.axes import ColumnCluster, draw_axis_below
from masthead.formats.plotting.canvas import Canvas, Rectangle, ValueLabel
from masthead.formats.plotting.legend import draw_frame
from masthead.formats.plotting.lettering import SIZE, text_width, wrapped
from masthead.formats.plotting.plot import Plot, nth, scale


def draw_bars(canvas: Canvas, plot: Plot) -> None:
    """Draw lying bars, the names of the categories at the left."""
    bottom, top = draw_frame(canvas, plot)
    ticks, count = plot.ticks(), plot.count
    left = min(max(map(text_width, plot.categories), default=0) + 6, canvas.width * 0.4)
    base, room = bottom - SIZE - 6, (bottom - SIZE - 6 - top) / count
    place = scale(ticks, left, canvas.width - 30)
    zero = place(min(max(0.0, min(ticks)), max(ticks)))
    canvas.line((left, base), (place(max(ticks)), base))
    draw_axis_below(canvas, ticks, place, base)
    cluster = ColumnCluster.of(plot, range(len(plot.series)), room)
    thickness, is_stacked = cluster.thickness, cluster.stacked
    for at in range(count):
        middle = top + room * (at + 0.5) if plot.downward else base - room * (at + 0.5)
        names = wrapped(nth(plot.categories, at) or "", left - 6)
        for number, name in enumerate(names):
            shift = (number - (len(names) - 1) / 2) * (SIZE + 1)
            canvas.text(left - 4, middle + 3 + shift, name, "end")
        for number, start, end, label in plot.pieces(at, cluster.numbers):
            y = middle + cluster.across * thickness / 2 - (cluster.shift(number) + 1) * thickness
            y = 2 * middle - y - thickness if plot.downward else y
            x1, x2 = sorted((zero if start == 0 else place(start), place(end)))
            own = plot.series[number].fill_at(at)
            canvas.piece(Rectangle(x1, y, x2 - x1, thickness), number, own)
            baseline = y + thickness / 2 + 3
            if is_stacked:
                colour = canvas.palette.on(number, own)
                canvas.label(ValueLabel((x1 + x2) / 2, baseline, label, colour=colour, backed=canvas.patterned))
            else:
                canvas.label(ValueLabel(x2 + 3, baseline, label, "start"))
    canvas.line((zero, top), (zero, base))
