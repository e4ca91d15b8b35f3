"""What is around a chart: its title above and its legend below."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from masthead.formats.plotting.canvas import Canvas, Rectangle
from masthead.formats.plotting.lettering import SIZE, text_width, wrapped
from masthead.formats.plotting.palette import Fill
from masthead.formats.plotting.plot import Plot

_KEY, _ENTRY = 4.4, 13.0  # the sides of a mark, and an entry without its name (measured in A/80/605)
_WIDE_ENTRY = 22  # an entry with a pattern or a line


def draw_frame(canvas: Canvas, plot: Plot) -> tuple[float, float]:
    """Draw the title above and the legend below; return the lower and the upper edge of the room between them."""
    fills = {at: each.fill for at, each in enumerate(plot.series) if each.fill}
    inks = {at: each.line for at, each in enumerate(plot.series) if each.line}
    canvas.palette = replace(canvas.palette, fills=fills, inks=inks)
    names, bottom, top = [each.name for each in plot.series], canvas.height, 12.0
    if plot.legend and any(names):
        bottom = draw_legend(canvas, names, plot.numbers("line", "radar", "points", "stock"))
    if plot.title:
        canvas.lines(canvas.width / 2, top, plot.title, canvas.width)
        top += len(wrapped(plot.title, canvas.width)) * (SIZE + 1.5) + 4
    return bottom, top


def draw_legend(canvas: Canvas, names: Iterable[str], lines: Collection[int] = ()) -> float:
    """Draw a legend below, without names that are empty; return the lower edge of the room above it.

    With patterns, the series with the numbers `lines` have lines and points.
    """
    entries = [(at, name) for at, name in enumerate(names) if name.strip()]
    if not entries:
        return canvas.height
    apart = _WIDE_ENTRY if canvas.patterned or lines else _ENTRY
    rows: list[list[tuple[int, str]]] = [[]]
    for at, name in entries:
        if rows[-1] and sum(text_width(each) + apart for _, each in (*rows[-1], (at, name))) > canvas.width:
            rows.append([])
        rows[-1].append((at, name))
    bottom = canvas.height - len(rows) * (SIZE + 4) - 2
    for number, row in enumerate(rows):
        x = (canvas.width - sum(text_width(name) + apart for _, name in row)) / 2
        y = bottom + (number + 1) * (SIZE + 4) - 2
        for at, name in row:
            _draw_key(canvas, x, y, at, lines)
            canvas.text(x + (9 if apart == _WIDE_ENTRY else _KEY + 1.6), y, name, "start")
            x += text_width(name) + apart
    return bottom - 2


def _draw_key(canvas: Canvas, x: float, y: float, number: int, lines: Collection[int]) -> None:
    """Draw the mark of a series before its name."""
    if canvas.patterned and number in lines:
        canvas.line((x - 6, y - 3), (x + 6, y - 3), canvas.stroke(number))
        canvas.point(x, y - 3, number)
    elif canvas.patterned:
        canvas.piece(Rectangle(x - 4, y - 7, 10, 8), number)
    elif lines:
        ink = canvas.palette.inks.get(number) if number in lines else None
        canvas.piece(Rectangle(x, y - 6, 6, 6), number, Fill(ink) if ink else None)
    else:
        canvas.piece(Rectangle(x, y - 4.6, _KEY, _KEY), number)
