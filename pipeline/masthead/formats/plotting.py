"""Charts as SVG, in the look of printed reports: columns, bars, lines, areas, points, pies and radars.

Columns are grey, with their values above them; there is no grid, and a legend is below if there are several series.
With patterns the series differ in hatching, dashes and marks too, so that nobody must compare shades. A mirrored chart
is read from the right. Letters are text in the drawing, so that they are drawn with the fonts of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, cos, floor, log10, pi, radians, sin
from typing import Any
from unicodedata import combining, east_asian_width
from xml.sax.saxutils import escape

_GREYS = ("#7f7f7f", "#bfbfbf", "#404040", "#d9d9d9", "#595959", "#a6a6a6", "#262626", "#e6e6e6")
# With patterns: the shade of each series, and the angles and distances of the lines over it.
_PATTERNS: tuple[tuple[str, tuple[tuple[int, float], ...]], ...] = (
    ("#595959", ()),
    ("#ffffff", ((45, 3.0),)),
    ("#d9d9d9", ()),
    ("#ffffff", ((0, 2.5),)),
    ("#ffffff", ((45, 3.5), (135, 3.5))),
    ("#bfbfbf", ((135, 3.0),)),
    ("#ffffff", ((90, 2.5),)),
    ("#000000", ()),
)
_DASHES = ("", "5 2", "1.5 1.5", "6 2 1.5 2", "9 3", "3 3", "1 3", "9 2 3 2")
_DARK = 0x70  # the shade below which letters on it are white
_SIZE = 8.5  # of letters, in points
_CALL = 5.5  # of the letters of note calls
RAISED, LEVEL, STRONG = "\ue000", "\ue001", "\ue002"
"""The marks before and after a superscript in the label of a value, and before a label that is bold."""
_WORD = re.compile(r"([\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+)(\s*)")  # Chinese has no spaces
_FEWEST_TICKS, _MOST_TICKS, _MOST_STATED_TICKS = 3, 8, 40
_CLOSE = 1 / 6  # of the highest value: if all values are that close, the axis need not begin at zero
_MOVES = 6  # lines by which a label may be moved away from others
_HIGH_LOW_CLOSE = ("high", "low", "close")  # the series of a stock that has no value at which it opened
_KEY, _ENTRY = 4.4, 13.0  # of a legend: the sides of a mark, and an entry without its name (measured in A/80/605)
_MANY = 8  # categories: of more, some have no name if the names do not fit
_RINGS = (0.25, 1.0)  # the radii of a pie of several series, as shares of that of one


@dataclass(frozen=True, slots=True)
class Fill:
    """How an area is filled: a `colour`, `#7f7f7f`, and over it lines at angles and distances, in the colour `ink`."""

    colour: str
    lines: tuple[tuple[int, float], ...] = ()
    ink: str = "#000000"


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: its name, how it is drawn, its values by category, and their labels.

    `places` are the values along the other axis, where points have two. Its values are on the `second` axis, or
    `stacked` on those of the series before. Points are `joined` by lines. A series has the grey of its number, unless
    it has a `fill`, and the `fills` of single values, or the colour of its `line`.
    """

    name: str
    kind: str
    categories: tuple[str, ...]
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    places: tuple[float | None, ...] = ()
    second: bool = False
    stacked: bool = False
    joined: bool = True
    fill: Fill | None = None
    fills: tuple[Fill | None, ...] = ()
    line: str = ""

    def fill_at(self, at: int) -> Fill | None:
        """Return the fill of a single value."""
        return _at(self.fills, at) or self.fill


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of values: how it writes a value, and its lowest and highest value if the chart sets them.

    A `hidden` axis has a scale, but is not drawn. `step` is the distance of the values that it marks, 0 if the chart
    does not set it. Lines in the colour `grid` cross the chart there; a `bare` axis has values, but no line. Above the
    highest value there is at least `headroom`, a part of the distance of the lowest and the highest.
    """

    write: Callable[[float], str]
    low: float | None = None
    high: float | None = None
    hidden: bool = False
    step: float = 0.0
    grid: str = ""
    bare: bool = False
    headroom: float = 0.0

    def ticks(self, lows: Sequence[float], highs: Sequence[float], *, from_zero: bool) -> dict[float, str]:
        """Return the values marked on the axis, from the lowest, with their labels."""
        low, high = min(lows, default=0.0), max(highs, default=0.0)
        if self.low is None and not from_zero and 0 < high - low < _CLOSE * high:
            low -= (high - low) / 2
        elif self.low is None:
            low, high = min(low, 0.0), max(high, 0.0)
        low = low if self.low is None else self.low
        high = high if self.high is None else self.high
        marked = _ticks(low, high, self.step)
        if self.high is None and not from_zero and marked[-1] < high + self.headroom * (high - low):
            marked.append(round(2 * marked[-1] - marked[-2], 10))
        found = [tick for tick in marked if self.high is None or tick <= high * 1.0001]
        found = [tick for tick in found if self.low is None or tick >= low - abs(low) * 0.0001] or [low, high]
        ends = [each for each in (self.low, self.high) if each is not None and each not in found]
        return {tick: "" if self.hidden else self.write(tick) for tick in sorted((*found, *ends))}


@dataclass(frozen=True)
class Plot:
    """What is drawn over axes: the series and the axes of their values.

    `gap` is the space between the columns of two categories, and `overlap` that which two columns of one share, both as
    parts of the width of a column. Bars that are `downward` begin with the first category at the top. `inner` is where
    the area between the axes is, if the chart sets it: left and upper edge, width and height as shares of the chart.
    `base` is the colour of the line below columns, black if the chart does not set it.
    """

    series: tuple[Series, ...]
    axes: tuple[Axis, ...]
    gap: float = 1.5
    overlap: float = 0.0
    downward: bool = False
    inner: tuple[float, float, float, float] | None = None
    base: str = "#000"

    @cached_property
    def categories(self) -> tuple[str, ...]:
        return max((each.categories for each in self.series), key=len)

    @property
    def count(self) -> int:
        """The number of places along the axis of categories, at least one."""
        return max(len(self.categories), 1)

    def numbers(self, *kinds: str) -> list[int]:
        """Return the numbers of the series of these kinds."""
        return [at for at, each in enumerate(self.series) if each.kind in kinds]

    def ticks(self, *, second: bool = False) -> dict[float, str]:
        """Return the values marked on one of the axes of values."""
        held = [each for each in self.series if each.second == second]
        lows, highs = [], []
        for at in range(self.count):
            piled = [v for each in held if each.stacked and (v := _at(each.values, at)) is not None]
            alone = [v for each in held if not each.stacked and (v := _at(each.values, at)) is not None]
            lows += [sum(v for v in piled if v < 0), *alone]
            highs += [sum(v for v in piled if v > 0), *alone]
        stacked = any(each.stacked for each in held)
        if not stacked:
            lows, highs = lows and [v for each in held for v in each.values if v is not None], highs
        return self.axes[min(second, len(self.axes) - 1)].ticks(lows, highs, from_zero=stacked)

    def pieces(self, at: int, numbers: Iterable[int]) -> Iterator[tuple[int, float, float, str]]:
        """Yield the pieces of a category: the number of the series, where the piece begins and ends, and its label.

        Stacked pieces are above one another from zero up, those of negative values from zero down.
        """
        raised = lowered = 0.0
        for number in numbers:
            value, label = _at(self.series[number].values, at), _at(self.series[number].labels, at) or ""
            if value is None:
                continue
            start = 0.0 if not self.series[number].stacked else raised if value >= 0 else lowered
            end = start + value
            yield number, start, end, label
            raised, lowered = (end, lowered) if value >= 0 else (raised, end)


class Canvas:
    """A drawing of a size in points. Labels are drawn last, so that no area covers them, and apart from one another.

    All places are counted from the left; `mirrored` turns the whole drawing round, except for its letters. With
    `letters` of another size the drawing is made larger or smaller, and scaled to its size.
    """

    def __init__(
        self,
        width: float,
        height: float,
        *,
        mirrored: bool = False,
        patterned: bool = False,
        letters: float = _SIZE,
    ) -> None:
        self._scale = letters / _SIZE
        self.width, self.height = max(width, 60.0) / self._scale, max(height, 60.0) / self._scale
        self.mirrored, self.patterned = mirrored, patterned
        self._parts: list[str] = []
        self._labels: list[tuple[float, float, str, str, str, bool]] = []
        self._fills: dict[int, Fill] = {}  # by the numbers of the series, or of the parts of a pie
        self._inks: dict[int, str] = {}

    def _take_fills(self, series: Sequence[Series]) -> None:
        self._fills = {at: each.fill for at, each in enumerate(series) if each.fill}
        self._inks = {at: each.line for at, each in enumerate(series) if each.line}

    def svg(self) -> bytes:
        width, height = self.width * self._scale, self.height * self._scale
        size = f'width="{width:g}pt" height="{height:g}pt" viewBox="0 0 {self.width:g} {self.height:g}"'
        style = f'font-family="Liberation Serif" font-size="{_SIZE}" fill="#000"'
        taken: list[tuple[float, float, float, float]] = []
        for label in self._labels:
            self._place(*label, taken)
        self._labels.clear()
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g {style}>{"".join(self._parts)}</g></svg>'.encode()

    def _place(
        self,
        x: float,
        y: float,
        text: str,
        anchor: str,
        colour: str,
        backed: bool,
        taken: list[tuple[float, float, float, float]],
    ) -> None:
        """Draw a label where it is free, above its place if need be."""
        width = _width(text)
        left = x - {"middle": width / 2, "end": width, "start": 0.0}[anchor]
        left, y = min(max(left, 0.0), self.width - width), max(y, 0.7 * _SIZE)
        for move in range(_MOVES + 1):
            box = left, y - move * _SIZE - 0.7 * _SIZE, left + width, y - move * _SIZE
            if box[1] >= 0 and not any(_overlap(box, other) for other in taken):
                y -= move * _SIZE
                colour = colour if move == 0 else ""
                break
        taken.append((left, y - 0.7 * _SIZE, left + width, y))
        if backed:
            self.rectangle(left - 0.5, y - 0.7 * _SIZE, width + 1, 0.75 * _SIZE, "#fff")
        self.text(left + width / 2, y, text, "middle", colour)

    def _x(self, x: float) -> float:
        return self.width - x if self.mirrored else x

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str = "#000", width: float = 0.5, dashes: str = ""
    ) -> None:
        look = f' stroke-dasharray="{dashes}"' if dashes else ""
        ends = f'x1="{self._x(x1):.2f}" y1="{y1:.2f}" x2="{self._x(x2):.2f}" y2="{y2:.2f}"'
        self._parts.append(f'<line {ends} stroke="{colour}" stroke-width="{width}"{look}/>')

    def rectangle(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        x = self._x(x + max(width, 0)) if self.mirrored else x
        self._parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{max(height, 0):.2f}" fill="{colour}"/>'
        )

    def piece(self, x: float, y: float, width: float, height: float, number: int, own: Fill | None = None) -> None:
        """Draw a rectangle of a series, or with a fill of its `own`."""
        fill = own or self._fill(number)
        if not self.patterned:
            self.rectangle(x, y, width, height, fill.colour)
            self._hatch(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), fill)
        elif width > 0 and height > 0:
            self.shape(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), number)

    def shape(self, points: Sequence[tuple[float, float]], number: int) -> None:
        """Draw an area of a series."""
        places = " ".join(f"{self._x(x):.2f},{y:.2f}" for x, y in points)
        fill, stroke = self._fill(number), "#000" if self.patterned else "#fff"
        self._parts.append(f'<polygon points="{places}" fill="{fill.colour}" stroke="{stroke}" stroke-width=".5"/>')
        self._hatch(points, fill)

    def _hatch(self, points: Sequence[tuple[float, float]], fill: Fill) -> None:
        for angle, step in fill.lines:
            for one, other in _hatching(points, angle, step):
                self.line(*one, *other, "#000" if fill.ink == "#000000" else fill.ink)

    def _fill(self, number: int) -> Fill:
        if self.patterned:
            return Fill(*_PATTERNS[number % len(_PATTERNS)])
        taken = {each.colour for each in self._fills.values()}
        free = [grey for grey in _GREYS if grey not in taken] or _GREYS
        return self._fills.get(number) or Fill(free[number % len(free)])

    def shade(self, number: int, own: Fill | None = None) -> str:
        """Return the shade of a series or of a fill of its `own`, without the lines over it."""
        return (own or self._fill(number)).colour

    def ink(self, number: int) -> str:
        """Return the colour of the line of a series."""
        if self.patterned:
            return ("#000000", "#595959")[number % 2]
        return self._inks.get(number) or self.shade(number)

    def point(self, x: float, y: float, number: int) -> None:
        """Draw a point of a series."""
        if not self.patterned:
            self._parts.append(f'<circle cx="{self._x(x):.2f}" cy="{y:.2f}" r="2" fill="{self.ink(number)}"/>')
            return
        corners, turn = ((24, 0), (4, 45), (3, -90), (4, 0), (3, 90))[number % 5]
        angles = (radians(turn + 360 * at / corners) for at in range(corners))
        places = " ".join(f"{self._x(x + 2.6 * cos(each)):.2f},{y + 2.6 * sin(each):.2f}" for each in angles)
        fill = self.ink(number) if number % 4 < 2 else "#ffffff"
        self._parts.append(f'<polygon points="{places}" fill="{fill}" stroke="#000" stroke-width=".75"/>')

    def text(self, x: float, y: float, text: str, anchor: str = "middle", colour: str = "") -> None:
        if text.strip():
            fill = f' fill="{colour}"' if colour else ""
            fill += ' font-weight="bold"' * text.startswith(STRONG)
            text = text.removeprefix(STRONG).replace("\n", " ")
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor) if self.mirrored else anchor
            raised = f'<tspan font-size="{_CALL}" dy="-3" font-style="italic">'
            shown = escape(text).replace(RAISED, raised).replace(LEVEL, "</tspan>")
            self._parts.append(f'<text x="{self._x(x):.2f}" y="{y:.2f}" text-anchor="{anchor}"{fill}>{shown}</text>')

    def label(
        self, x: float, y: float, text: str, anchor: str = "middle", colour: str = "", *, backed: bool = False
    ) -> None:
        """Write the label of a value once everything else is drawn, on white if it is `backed`."""
        if text.strip():
            self._labels.append((x, y, text, anchor, colour, backed))

    def lines(self, x: float, y: float, text: str, width: float) -> None:
        """Write centred text in lines of a width, from the baseline `y` on."""
        for at, line in enumerate(_wrapped(text, width)):
            self.text(x, y + at * (_SIZE + 1.5), line)

    # --- kinds --------------------------------------------------------------------------------------------------------

    def pie(self, series: Sequence[Series], *, hole: float = 0.0) -> None:
        """Draw a pie, or rings around one another if there are several series; a `hole` is a share of the radius."""
        names = max((each.categories for each in series), key=len)
        self._fills = {at: own for at, own in enumerate(series[0].fills) if own}
        bottom = self._legend(names, True)
        radius = max(min(self.width * 0.8, bottom) / 2 - 14, 12)
        if len(series) == 1:
            self._ring(series[0], hole * radius, radius, bottom / 2)
            return
        inner, outer = (share * radius for share in _RINGS)
        step = (outer - inner) / len(series)
        for at, each in enumerate(series):
            self._ring(each, inner + at * step, inner + (at + 1) * step, bottom / 2)

    def _ring(self, series: Series, inner: float, outer: float, y: float) -> None:
        values = [max(value or 0.0, 0.0) for value in series.values]
        total, x, start = sum(values) or 1.0, self.width / 2, -pi / 2
        for at, value in enumerate(values):
            end = start + 2 * pi * min(value / total, 0.9999)
            self._slice(at, (x, y), (inner, outer), (start, end))
            middle, reach = (start + end) / 2, (inner + outer) / 2 if inner else outer + 9
            colour = _on(self.shade(at)) if inner and not self.patterned else ""
            place = x + reach * cos(middle), y + reach * sin(middle) + 3
            self.label(*place, series.labels[at], colour=colour, backed=self.patterned and bool(inner))
            start = end

    def _slice(
        self, number: int, centre: tuple[float, float], radii: tuple[float, float], angles: tuple[float, float]
    ) -> None:
        """Draw a part of a ring between two radii and two angles."""
        (x, y), (inner, outer), (start, end) = centre, radii, angles
        if self.patterned:
            steps = max(ceil((end - start) / 0.05), 1)
            turns = [start + (end - start) * at / steps for at in range(steps + 1)]
            arc = [(x + outer * cos(turn), y + outer * sin(turn)) for turn in turns]
            back = [(x + inner * cos(turn), y + inner * sin(turn)) for turn in reversed(turns)]
            self.shape([*arc, *(back if inner else [centre])], number)
            return
        large = int(end - start > pi)
        (x1, y1), (x2, y2), (x3, y3), (x4, y4) = (
            (x + radius * cos(angle), y + radius * sin(angle))
            for radius, angle in ((outer, start), (outer, end), (inner, end), (inner, start))
        )
        shape = f"M{x1:.2f} {y1:.2f}A{outer:.2f} {outer:.2f} 0 {large} 1 {x2:.2f} {y2:.2f}L{x3:.2f} {y3:.2f}"
        shape += f"A{inner:.2f} {inner:.2f} 0 {large} 0 {x4:.2f} {y4:.2f}Z" if inner else "Z"
        self._parts.append(f'<path d="{shape}" fill="{self.shade(number)}" stroke="#fff" stroke-width=".5"/>')

    def radar(self, plot: Plot, *, legend: bool, title: str) -> None:
        """Draw series around a centre, one ray for each category."""
        bottom, top = self._frame(plot, legend, title)
        ticks = plot.ticks()
        low, high = min(ticks), max(ticks)
        x, y = self.width / 2, (top + bottom) / 2
        radius = max(min(self.width / 2, (bottom - top) / 2) - 2 * _SIZE, 12)

        def point(at: int, value: float) -> tuple[float, float]:
            reach, angle = radius * (value - low) / (high - low), 2 * pi * at / plot.count - pi / 2
            return x + reach * cos(angle), y + reach * sin(angle)

        for tick, label in ticks.items():
            self._closed([point(at, tick) for at in range(plot.count)], "#bfbfbf", 0.5)
            self.label(*point(0, tick), label, "end")
        for at in range(plot.count):
            self.line(x, y, *point(at, high), "#bfbfbf")
            outside = point(at, high + (high - low) * _SIZE * (1.2 if self.patterned else 1) / radius)
            away = outside[0] - x
            anchor = "middle" if abs(away) < radius / 3 or not self.patterned else "start" if away > 0 else "end"
            self.text(outside[0], outside[1] + 3, _at(plot.categories, at) or "", anchor)
        for number, each in enumerate(plot.series):
            found = zip(each.values, each.labels, strict=True)
            shown = [(*point(at, value), label) for at, (value, label) in enumerate(found) if value is not None]
            dashes = self._dashes(number)
            self._closed([(across, down) for across, down, _ in shown], self.ink(number), 1.5, dashes)
            for across, down, label in shown:
                if self.patterned:
                    self.point(across, down, number)
                self.label(across, down - 4, label)

    def _closed(self, points: Sequence[tuple[float, float]], colour: str, width: float, dashes: str = "") -> None:
        for one, other in pairwise((*points, *points[:1])):
            self.line(*one, *other, colour, width, dashes)

    def _dashes(self, number: int) -> str:
        return _DASHES[number % len(_DASHES)] if self.patterned else ""

    def points(self, plot: Plot, along: Axis, *, legend: bool, title: str, names: tuple[str, str] = ("", "")) -> None:
        """Draw points by two values; the axis `along` the bottom is of the first. The axes may have `names`."""
        bottom, top = self._frame(plot, legend, title)
        if names[0]:
            self.text(self.width / 2, bottom - 3, names[0])
            bottom -= _SIZE + 4
        if names[1]:
            self.text(2, top - 2, names[1], "start")
            top += 4
        ticks = plot.ticks()
        places = [place for each in plot.series for place in each.places if place is not None]
        below = along.ticks(places, places, from_zero=False)
        left, base = max(map(_width, ticks.values())) + 6, bottom - _SIZE - 6
        right = self.width - _width(list(below.values())[-1]) / 2 - 2
        across, up = _scale(below, left, right), _scale(ticks, base, top + _SIZE)
        self._axis(ticks, up, left)
        self.line(left, base, right, base)
        for tick, label in below.items():
            self.line(across(tick), base, across(tick), base + 2.5)
            self.text(across(tick), base + _SIZE + 3, label)
        for number, each in enumerate(plot.series):
            found = zip(each.places, each.values, each.labels, strict=True)
            shown = [(across(p), up(v), text) for p, v, text in found if p is not None and v is not None]
            for one, other in pairwise(shown) if each.joined else ():
                self.line(*one[:2], *other[:2], self.ink(number), 1.0, self._dashes(number))
            for x, y, text in shown:
                self.point(x, y, number)
                self.label(x, y - 4, text)

    def axes(self, plot: Plot, *, flat: bool, legend: bool, title: str) -> None:
        """Draw columns and lines, or `flat` bars, over axes, the title above and the legend below."""
        bottom, top = self._frame(plot, legend, title)
        (self._bars if flat else self._columns)(plot, top, bottom)

    def _frame(self, plot: Plot, legend: bool, title: str) -> tuple[float, float]:
        """Draw the title above and the legend below; return the lower and the upper edge of the room between them."""
        self._take_fills(plot.series)
        names = [each.name for each in plot.series]
        lines = plot.numbers("line", "radar", "points", "stock")
        bottom, top = self._legend(names, legend and any(names), lines), 12.0
        if title:
            self.lines(self.width / 2, top, title, self.width)
            top += len(_wrapped(title, self.width)) * (_SIZE + 1.5) + 4
        return bottom, top

    def _axis(
        self,
        ticks: dict[float, str],
        height: Callable[[float], float],
        x: float,
        *,
        right: bool = False,
        bare: bool = False,
    ) -> None:
        """Draw an axis of values at the left of the columns, or at the `right`, without its line if it is `bare`."""
        if not any(ticks.values()):
            return
        side = 1 if right else -1
        if not bare:
            self.line(x, height(max(ticks)), x, height(min(ticks)))
        for tick, label in ticks.items():
            if not bare:
                self.line(x + 2.5 * side, height(tick), x, height(tick))
            self.text(x + 4 * side, height(tick) + 3, label, "start" if right else "end")

    def _columns(self, plot: Plot, top: float, bottom: float) -> None:
        ticks, count = plot.ticks(), plot.count
        beside = plot.ticks(second=True) if any(each.second for each in plot.series) else {}
        left = max(map(_width, ticks.values())) + 6
        right = self.width - 4 - (max(map(_width, beside.values())) + 2 if beside else 0)
        room = (right - left) / count
        longest = max((_width(word) for name in plot.categories for word in name.split()), default=0.0)
        is_crowded = count > (_MANY if self.patterned else 2 * self.width / _SIZE)
        every = max(1, ceil((longest + 2) / room)) if is_crowded else 1  # many names do not fit
        deepest = max((len(_wrapped(name, room * every - 2)) for name in plot.categories[::every]), default=1)
        base, highest = bottom - deepest * (_SIZE + 1.5) - 6, top + _SIZE
        if plot.inner:
            x, y, wide, high = plot.inner
            left, right = max(x * self.width, left), min((x + wide) * self.width, right)
            highest, base = y * self.height, min((y + high) * self.height, base)
            room = (right - left) / count
        heights = [_scale(each, base, highest) for each in (ticks, beside or ticks)]
        zero = heights[0](min(max(0.0, min(ticks)), max(ticks)))
        places = [left + room * (at + 0.5) for at in range(count)]
        for tick in ticks if plot.axes[0].grid else ():
            self.line(left, heights[0](tick), right, heights[0](tick), plot.axes[0].grid)
        self._areas(plot, places, heights)
        columns = plot.numbers("bar")
        stacked = any(plot.series[number].stacked for number in columns)
        side_by_side = 1 if stacked else max(len(columns), 1)
        across = side_by_side - (side_by_side - 1) * plot.overlap
        thickness = room / (across + plot.gap)
        for at in range(count):
            centre = left + room * (at + 0.5)
            if at % every == 0:
                self.lines(centre, base + _SIZE + 2, _at(plot.categories, at) or "", room * every - 2)
            for number, start, end, label in plot.pieces(at, columns):
                height = heights[plot.series[number].second]
                shift = 0 if stacked else columns.index(number) * (1 - plot.overlap)
                x = centre - across * thickness / 2 + shift * thickness
                y1, y2 = sorted((zero if start == 0 else height(start), height(end)))
                own = plot.series[number].fill_at(at)
                self.piece(x, y1, thickness, y2 - y1, number, own)
                shade = self.shade(number, own)
                self._piece_label(x + thickness / 2, y1, y2, label, shade, thickness, stacked, end < start)
        self._axis(ticks, heights[0], left, bare=plot.axes[0].bare)
        self.line(left, zero, right, zero, plot.base)
        if beside:
            self._axis(beside, heights[1], right, right=True)
        for number in plot.numbers("line"):
            each = plot.series[number]
            backed = self.patterned or bool(columns or plot.numbers("area"))
            self._line(each, places, heights[each.second], number, backed=backed)
        self._spans(plot, places, heights)

    def _piece_label(
        self,
        x: float,
        y1: float,
        y2: float,
        label: str,
        colour: str,
        thickness: float,
        stacked: bool,
        is_below: bool,
    ) -> None:
        """Write the value of a column above it, or below if it is negative.

        That of a stacked piece is in it or, if it is too low, beside it.
        """
        if not stacked:
            self.label(x, y2 + _SIZE if is_below else y1 - 2.5, label)
        elif y2 - y1 >= _SIZE:
            self.label(x, (y1 + y2) / 2 + 3, label, colour="" if self.patterned else _on(colour), backed=self.patterned)
        else:
            self.label(x + thickness / 2 + 3, (y1 + y2) / 2 + 3, label, "start")

    def _line(
        self,
        series: Series,
        places: Sequence[float],
        height: Callable[[float], float],
        number: int,
        *,
        backed: bool,
    ) -> None:
        points = [
            None if value is None else (x, height(value)) for x, value in zip(places, series.values, strict=False)
        ]
        for one, other in pairwise(points):
            if one and other:
                self.line(*one, *other, self.ink(number), 1.5, self._dashes(number))
        for point, label in zip(points, series.labels, strict=False):
            if point:
                self.point(*point, number)
                self.label(point[0], point[1] - 5, label, backed=backed)

    def _areas(self, plot: Plot, places: Sequence[float], heights: Sequence[Callable[[float], float]]) -> None:
        """Draw areas under lines; stacked ones are above one another."""
        numbers = plot.numbers("area")
        edges: dict[int, list[tuple[float, float, float]]] = {number: [] for number in numbers}
        for at, x in enumerate(places):
            for number, start, end, label in plot.pieces(at, numbers):
                lower, upper = map(heights[plot.series[number].second], (start, end))
                edges[number].append((x, lower, upper))
                y = (lower + upper) / 2 + 3 if plot.series[number].stacked else upper - 3
                ends = {0: "start", len(places) - 1: "end"} if self.patterned and len(places) > 1 else {}
                self.label(
                    x + {"start": 2, "end": -2}.get(ends.get(at, ""), 0), y, label, ends.get(at, "middle"), backed=True
                )
        for number, points in edges.items():
            self.shape([(x, y) for x, _, y in points] + [(x, y) for x, y, _ in reversed(points)], number)

    def _spans(self, plot: Plot, places: Sequence[float], heights: Sequence[Callable[[float], float]]) -> None:
        """Draw a line from the lowest to the highest of the values of a stock in a category, and a tick at the last."""
        series = [plot.series[number] for number in plot.numbers("stock")]
        for at, x in enumerate(places):
            found = [heights[each.second](v) for each in series if (v := _at(each.values, at)) is not None]
            if found:
                self.line(x, min(found), x, max(found), width=1.0)
                self.line(x, found[-1], x + 4, found[-1], width=1.0)
            if len(found) == len(series) > len(_HIGH_LOW_CLOSE):  # the first is at which it opened
                self.line(x - 4, found[0], x, found[0], width=1.0)
            for each in series:
                if (value := _at(each.values, at)) is not None:
                    self.label(x + 6, heights[each.second](value) + 3, _at(each.labels, at) or "", "start")

    def _bars(self, plot: Plot, top: float, bottom: float) -> None:
        ticks, count = plot.ticks(), plot.count
        left = min(max(map(_width, plot.categories), default=0) + 6, self.width * 0.4)
        base, room = bottom - _SIZE - 6, (bottom - _SIZE - 6 - top) / count
        place = _scale(ticks, left, self.width - 30)
        zero = place(min(max(0.0, min(ticks)), max(ticks)))
        self.line(left, base, place(max(ticks)), base)
        for tick, label in ticks.items():
            self.line(place(tick), base, place(tick), base + 2.5)
            self.text(place(tick), base + _SIZE + 3, label)
        series = range(len(plot.series))
        stacked = any(each.stacked for each in plot.series)
        side_by_side = 1 if stacked else len(series)
        across = side_by_side - (side_by_side - 1) * plot.overlap
        thickness = room / (across + plot.gap)
        for at in range(count):
            middle = top + room * (at + 0.5) if plot.downward else base - room * (at + 0.5)
            names = _wrapped(_at(plot.categories, at) or "", left - 6)
            for number, name in enumerate(names):
                shift = (number - (len(names) - 1) / 2) * (_SIZE + 1)
                self.text(left - 4, middle + 3 + shift, name, "end")
            for number, start, end, label in plot.pieces(at, series):
                shift = 0 if stacked else number * (1 - plot.overlap)
                y = middle + across * thickness / 2 - (shift + 1) * thickness
                y = 2 * middle - y - thickness if plot.downward else y
                x1, x2 = sorted((zero if start == 0 else place(start), place(end)))
                own = plot.series[number].fill_at(at)
                self.piece(x1, y, x2 - x1, thickness, number, own)
                colour = _on(self.shade(number, own)) if stacked and not self.patterned else ""
                x, backed = (x1 + x2) / 2 if stacked else x2 + 3, stacked and self.patterned
                self.label(x, y + thickness / 2 + 3, label, "middle" if stacked else "start", colour, backed=backed)
        self.line(zero, top, zero, base)

    def _legend(self, names: Iterable[str], shown: bool, lines: Iterable[int] = ()) -> float:
        """Draw a legend below if it is to be shown; return the lower edge of the room above it.

        With patterns, the series with the numbers `lines` have lines and points.
        """
        all_lines = set(lines)
        lines = all_lines if self.patterned else set()
        entries = [(at, name) for at, name in enumerate(names) if name.strip()]
        if not shown or not entries:
            return self.height
        apart = 22 if self.patterned or all_lines else _ENTRY
        rows: list[list[tuple[int, str]]] = [[]]
        for at, name in entries:
            if rows[-1] and sum(_width(each) + apart for _, each in (*rows[-1], (at, name))) > self.width:
                rows.append([])
            rows[-1].append((at, name))
        bottom = self.height - len(rows) * (_SIZE + 4) - 2
        for number, row in enumerate(rows):
            x = (self.width - sum(_width(name) + apart for _, name in row)) / 2
            y = bottom + (number + 1) * (_SIZE + 4) - 2
            for at, name in row:
                if at in lines:
                    self.line(x - 6, y - 3, x + 6, y - 3, self.ink(at), 1.5, self._dashes(at))
                    self.point(x, y - 3, at)
                elif self.patterned:
                    self.piece(x - 4, y - 7, 10, 8, at)
                elif all_lines:
                    self.piece(x, y - 6, 6, 6, at, Fill(self._inks[at]) if at in all_lines & {*self._inks} else None)
                else:
                    self.piece(x, y - 4.6, _KEY, _KEY, at)
                self.text(x + (9 if apart == 22 else _KEY + 1.6), y, name, "start")
                x += _width(name) + apart
        return bottom - 2


def _on(colour: str) -> str:
    """Return the colour of letters on a colour, empty for black."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#fff" if 0.3 * red + 0.59 * green + 0.11 * blue < _DARK else ""


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale(ticks: Iterable[float], start: float, end: float) -> Callable[[float], float]:
    """Return the function from values to places, with the lowest tick at `start` and the highest at `end`."""
    low, high = min(ticks), max(ticks)
    return lambda value: start + (min(max(value, low), high) - low) * (end - start) / ((high - low) or 1)


def _at(values: Sequence[Any], at: int) -> Any:
    return values[at] if at < len(values) else None


def _width(text: str) -> float:
    wider = 1.08 if text.startswith(STRONG) else 1.0
    return _SIZE * wider * letters_width(re.sub(f"[{RAISED}{LEVEL}{STRONG}]", "", text))


def letters_width(text: str) -> float:
    """Return the width of a text in Times, as a share of its size. A Chinese character is as wide as it is high."""
    return sum(
        1.0
        if ord(char) > 0x2E7F and east_asian_width(char) in "WF"
        else 0.0
        if combining(char)
        else 0.83
        if char == "%"
        else 0.7
        if char.isupper()
        else 0.5
        if char.isdigit()
        else 0.47
        if char.isalpha()
        else 0.3
        for char in text
    )


def _wrapped(text: str, width: float) -> list[str]:
    """Return a text in lines of at most that width, or of one word."""
    lines: list[str] = []
    for typed in text.split("\n"):  # a line that the author ends
        lines += _line_broken(typed, width)
    return lines


def _line_broken(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for word, space in _WORD.findall(text):
        if lines and _width(lines[-1] + word) <= width:
            lines[-1] += word + space[:1]
        else:
            lines.append(word + space[:1])
    return [line.rstrip() for line in lines] or [""]


def _ticks(low: float, high: float, stated: float = 0.0) -> list[float]:
    """Return round numbers from at most `low` to at least `high`, at equal distances, which may be `stated`."""
    if high <= low:
        high = low + 1
    if stated > 0 and (high - low) / stated <= _MOST_STATED_TICKS:
        count = ceil((high - floor(low / stated + 1e-9) * stated) / stated - 1e-9)
        return [round((floor(low / stated + 1e-9) + at) * stated, 10) for at in range(count + 1)]
    step = 10.0 ** floor(log10((high - low) / _FEWEST_TICKS))
    for factor in (1, 2, 5, 10):
        if (high - low) / (step * factor) <= _MOST_TICKS:
            step *= factor
            break
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(at * step, 10) for at in range(first, last + 1)]


def _hatching(
    points: Sequence[tuple[float, float]], angle: int, step: float
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the parts inside an area of parallel lines at an angle, in degrees, and a distance."""
    along, across = (cos(radians(angle)), sin(radians(angle))), (-sin(radians(angle)), cos(radians(angle)))
    turned = [(x * along[0] + y * along[1], x * across[0] + y * across[1]) for x, y in points]
    lowest, highest = min(v for _, v in turned), max(v for _, v in turned)
    for number in range(ceil(lowest / step), floor(highest / step) + 1):
        v = number * step + 1e-6  # never through a corner
        cuts = sorted(
            u1 + (v - v1) * (u2 - u1) / (v2 - v1)
            for (u1, v1), (u2, v2) in pairwise((*turned, turned[0]))
            if (v1 < v) != (v2 < v)
        )
        for start, end in zip(cuts[::2], cuts[1::2], strict=True):
            one, other = ((u * along[0] + v * across[0], u * along[1] + v * across[1]) for u in (start, end))
            yield one, other
