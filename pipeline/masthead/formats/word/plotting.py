"""Columns, bars, lines and pies as SVG, in the look of printed reports.

Columns are grey, with their values above them; there is no grid, and a legend is below if there are several series.
Letters are text in the drawing, so that they are drawn with the fonts of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, cos, floor, log10, pi, sin
from typing import Any
from xml.sax.saxutils import escape

_GREYS = ("#7f7f7f", "#bfbfbf", "#404040", "#d9d9d9", "#595959", "#a6a6a6", "#262626", "#e6e6e6")
_SIZE = 8.5  # of letters, in points
_LETTER = 0.48  # the mean width of a letter, as a share of its size
_FEWEST_TICKS, _MOST_TICKS = 3, 8


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: its name, how it is drawn, its values by category, and their labels."""

    name: str
    kind: str
    categories: tuple[str, ...]
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Plot:
    """What is drawn over axes: the series, side by side or `stacked`. `tick_label` writes a value of the axis."""

    series: tuple[Series, ...]
    tick_label: Callable[[float], str]
    stacked: bool

    @cached_property
    def categories(self) -> tuple[str, ...]:
        return max((each.categories for each in self.series), key=len)

    @property
    def count(self) -> int:
        """The number of places along the axis of categories, at least one."""
        return max(len(self.categories), 1)

    @cached_property
    def ticks(self) -> dict[float, str]:
        """The values marked on the axis of values, from the lowest, with their labels. Zero is among them."""
        sums = [[v for each in self.series if (v := _at(each.values, at)) is not None] for at in range(self.count)]
        highs = [sum(v for v in each if v > 0) if self.stacked else max(each, default=0.0) for each in sums]
        lows = [sum(v for v in each if v < 0) if self.stacked else min(each, default=0.0) for each in sums]
        return {tick: self.tick_label(tick) for tick in _ticks(min([0.0, *lows]), max([0.0, *highs]))}

    def pieces(self, at: int, numbers: Iterable[int]) -> Iterator[tuple[int, float, float, str]]:
        """Yield the pieces of a category: the number of the series, where the piece begins and ends, and its label.

        Stacked pieces are above one another from zero up, those of negative values from zero down.
        """
        raised = lowered = 0.0
        for number in numbers:
            value, label = _at(self.series[number].values, at) or 0.0, _at(self.series[number].labels, at) or ""
            start = 0.0 if not self.stacked else raised if value >= 0 else lowered
            end = start + value
            yield number, start, end, label
            raised, lowered = (end, lowered) if value >= 0 else (raised, end)


class Canvas:
    """A drawing of a size in points."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = max(width, 60.0), max(height, 60.0)
        self._parts: list[str] = []

    def svg(self) -> bytes:
        size = f'width="{self.width:g}pt" height="{self.height:g}pt" viewBox="0 0 {self.width:g} {self.height:g}"'
        style = f'font-family="Liberation Serif" font-size="{_SIZE}" fill="#000"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g {style}>{"".join(self._parts)}</g></svg>'.encode()

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = "#000", width: float = 0.5) -> None:
        self._parts.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{colour}" stroke-width="{width}"/>'
        )

    def rectangle(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self._parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{max(height, 0):.2f}" fill="{colour}"/>'
        )

    def text(self, x: float, y: float, text: str, anchor: str = "middle") -> None:
        if text.strip():
            self._parts.append(f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}">{escape(text)}</text>')

    def lines(self, x: float, y: float, text: str, width: float) -> None:
        """Write centred text in lines of a width, from the baseline `y` on."""
        for at, line in enumerate(_wrapped(text, width)):
            self.text(x, y + at * (_SIZE + 1.5), line)

    # --- kinds --------------------------------------------------------------------------------------------------------

    def pie(self, series: Series) -> None:
        values = [max(value or 0.0, 0.0) for value in series.values]
        total = sum(values) or 1.0
        bottom = self._legend(series.categories, True)
        radius = max(min(self.width / 3, bottom) / 2 - 14, 12)
        x, y, start = self.width / 2, bottom / 2, -pi / 2
        for at, value in enumerate(values):
            end = start + 2 * pi * value / total
            large = int(end - start > pi)
            x1, y1, x2, y2 = (
                x + radius * cos(start),
                y + radius * sin(start),
                x + radius * cos(end),
                y + radius * sin(end),
            )
            shape = f"M{x:.2f} {y:.2f}L{x1:.2f} {y1:.2f}A{radius:.2f} {radius:.2f} 0 {large} 1 {x2:.2f} {y2:.2f}Z"
            if value >= total:
                shape = f"M{x - radius:.2f} {y:.2f}a{radius:.2f} {radius:.2f} 0 1 1 0 .01Z"
            self._parts.append(f'<path d="{shape}" fill="{_grey(at)}" stroke="#fff" stroke-width=".5"/>')
            middle = (start + end) / 2
            self.text(x + (radius + 9) * cos(middle), y + (radius + 9) * sin(middle) + 3, series.labels[at])
            start = end

    def axes(self, plot: Plot, *, flat: bool, legend: bool, title: str) -> None:
        """Draw columns and lines, or `flat` bars, over axes, the title above and the legend below."""
        names = [each.name for each in plot.series]
        bottom, top = self._legend(names, legend and any(names)), 12.0
        if title:
            self.lines(self.width / 2, top, title, self.width)
            top += len(_wrapped(title, self.width)) * (_SIZE + 1.5) + 4
        (self._bars if flat else self._columns)(plot, top, bottom)

    def _columns(self, plot: Plot, top: float, bottom: float) -> None:
        ticks, count = plot.ticks, plot.count
        left = max(map(_width, ticks.values())) + 6
        room = (self.width - left - 4) / count
        deepest = max((len(_wrapped(name, room - 2)) for name in plot.categories), default=1)
        base = bottom - deepest * (_SIZE + 1.5) - 6
        low, high = min(ticks), max(ticks)
        scale = (base - top - _SIZE) / (high - low)

        def height(value: float) -> float:
            return base - (value - low) * scale

        self.line(left, height(high), left, base)
        self.line(left, height(0), self.width - 4, height(0))
        for tick, label in ticks.items():
            self.line(left - 2.5, height(tick), left, height(tick))
            self.text(left - 4, height(tick) + 3, label, "end")
        columns = [at for at, each in enumerate(plot.series) if each.kind == "bar"]
        thickness = room * 0.62 / (1 if plot.stacked else max(len(columns), 1))
        for at in range(count):
            centre = left + room * (at + 0.5)
            self.lines(centre, base + _SIZE + 2, _at(plot.categories, at) or "", room - 2)
            for place, (number, start, end, label) in enumerate(plot.pieces(at, columns)):
                x = centre - room * 0.31 + (0 if plot.stacked else place * thickness)
                y1, y2 = sorted((height(start), height(end)))
                self.rectangle(x, y1, thickness * 0.94, y2 - y1, _grey(number))
                self.text(x + thickness * 0.47, (y1 + y2) / 2 + 3 if plot.stacked else y1 - 2.5, label)
        for number, each in enumerate(plot.series):
            if each.kind == "line":
                self._line(each, [left + room * (at + 0.5) for at in range(count)], height, _grey(number))

    def _line(self, series: Series, places: Sequence[float], height: Callable[[float], float], colour: str) -> None:
        points = [(x, height(value)) for x, value in zip(places, series.values, strict=False) if value is not None]
        for (x1, y1), (x2, y2) in pairwise(points):
            self.line(x1, y1, x2, y2, colour, 1.5)
        for x, value, label in zip(places, series.values, series.labels, strict=False):
            if value is not None:
                self._parts.append(f'<circle cx="{x:.2f}" cy="{height(value):.2f}" r="2" fill="{colour}"/>')
                self.text(x, height(value) - 5, label)

    def _bars(self, plot: Plot, top: float, bottom: float) -> None:
        ticks, count = plot.ticks, plot.count
        left = min(max(map(_width, plot.categories), default=0) + 6, self.width * 0.4)
        base, room = bottom - _SIZE - 6, (bottom - _SIZE - 6 - top) / count
        low, high = min(ticks), max(ticks)
        scale = (self.width - left - 30) / (high - low)

        def place(value: float) -> float:
            return left + (value - low) * scale

        self.line(left, base, place(high), base)
        self.line(place(0), top, place(0), base)
        for tick, label in ticks.items():
            self.line(place(tick), base, place(tick), base + 2.5)
            self.text(place(tick), base + _SIZE + 3, label)
        series = range(len(plot.series))
        thickness = room * 0.62 / (1 if plot.stacked else len(series))
        for at in range(count):
            middle = base - room * (at + 0.5)  # the first category is the lowest
            names = _wrapped(_at(plot.categories, at) or "", left - 6)
            for number, name in enumerate(names):
                shift = (number - (len(names) - 1) / 2) * (_SIZE + 1)
                self.text(left - 4, middle + 3 + shift, name, "end")
            for number, start, end, label in plot.pieces(at, series):
                y = middle - room * 0.31 + (0 if plot.stacked else number * thickness)
                x1, x2 = sorted((place(start), place(end)))
                self.rectangle(x1, y, x2 - x1, thickness * 0.94, _grey(number))
                x = (x1 + x2) / 2 if plot.stacked else x2 + 3
                self.text(x, y + thickness * 0.47 + 3, label, "middle" if plot.stacked else "start")

    def _legend(self, names: Iterable[str], shown: bool) -> float:
        """Draw a legend below if it is to be shown; return the lower edge of the room above it."""
        entries = [(at, name) for at, name in enumerate(names) if name.strip()]
        if not shown or not entries:
            return self.height
        rows: list[list[tuple[int, str]]] = [[]]
        for at, name in entries:
            if rows[-1] and sum(_width(each) + 22 for _, each in (*rows[-1], (at, name))) > self.width:
                rows.append([])
            rows[-1].append((at, name))
        bottom = self.height - len(rows) * (_SIZE + 4) - 2
        for number, row in enumerate(rows):
            x = (self.width - sum(_width(name) + 22 for _, name in row)) / 2
            y = bottom + (number + 1) * (_SIZE + 4) - 2
            for at, name in row:
                self.rectangle(x, y - 6, 6, 6, _grey(at))
                self.text(x + 9, y, name, "start")
                x += _width(name) + 22
        return bottom - 2


def _grey(at: int) -> str:
    return _GREYS[at % len(_GREYS)]


def _at(values: Sequence[Any], at: int) -> Any:
    return values[at] if at < len(values) else None


def _width(text: str) -> float:
    return len(text) * _SIZE * _LETTER


def _wrapped(text: str, width: float) -> list[str]:
    """Return a text in lines of at most that width, or of one word."""
    lines: list[str] = []
    for word in text.split():
        if lines and _width(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _ticks(low: float, high: float) -> list[float]:
    """Return round numbers from at most `low` to at least `high`, at equal distances."""
    if high <= low:
        high = low + 1
    step = 10.0 ** floor(log10((high - low) / _FEWEST_TICKS))
    for factor in (1, 2, 5, 10):
        if (high - low) / (step * factor) <= _MOST_TICKS:
            step *= factor
            break
    first, last = floor(low / step), ceil(high / step)
    return [round(at * step, 10) for at in range(first, last + 1)]
