"""Charts of Word files, drawn again from the values that the file keeps, and the texts in diagrams.

The look is that of printed reports: grey columns with their values above them, no grid, a legend below if there are
several series. Letters are text in the drawing, so that they are drawn with the fonts of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, log10, pi, sin
from typing import Any
from xml.sax.saxutils import escape

_GREYS = ("#7f7f7f", "#bfbfbf", "#404040", "#d9d9d9", "#595959", "#a6a6a6", "#262626", "#e6e6e6")
_KINDS = {"barChart": "bar", "bar3DChart": "bar", "lineChart": "line", "line3DChart": "line", "areaChart": "line",
          "area3DChart": "line", "pieChart": "pie", "pie3DChart": "pie", "doughnutChart": "pie", "ofPieChart": "pie",
          "scatterChart": "line", "radarChart": "line", "stockChart": "line", "bubbleChart": "line"}  # fmt: skip
_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x7F)}
_SCALE = re.compile(r"[0#?](,+)[^0#?,]*$")
_FIELD = "[VALUE]"  # in a label that is typed
_SIZE = 8.5  # of letters, in points
_LETTER = 0.48  # the mean width of a letter, as a share of its size
_FEWEST_TICKS, _MOST_TICKS = 3, 8


@dataclass(frozen=True, slots=True)
class _Series:
    """One series of a chart: its name, how it is drawn, its values by category, and their labels."""

    name: str
    kind: str
    categories: tuple[str, ...]
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its drawing as SVG, and its title and values in words."""

    drawing: bytes
    words: str


def read_chart(root: Any, width: float, height: float) -> Chart | None:
    """Return the chart of a chart part, `width` by `height` points, None if it has no values."""
    series = list(_all_series(root))
    if not series:
        return None
    title = _text(root.find("./{*}chart/{*}title"))
    is_flat = any(each.get("val") == "bar" for each in root.iter("{*}barDir"))
    is_stacked = any(str(each.get("val")).lower().endswith("stacked") for each in root.iter("{*}grouping"))
    has_legend = root.find("./{*}chart/{*}legend") is not None
    canvas = _Canvas(width, height)
    if all(each.kind == "pie" for each in series):
        canvas.pie(series[0])
    else:
        canvas.axes(series, _axis_format(root), flat=is_flat, stacked=is_stacked, legend=has_legend, title=title)
    return Chart(canvas.svg(), _in_words(title, series))


def _axis_format(root: Any) -> str:
    """Return the number format of the axis of values, or of the values themselves if it is linked to them."""
    stated = root.find("./{*}chart/{*}plotArea/{*}valAx/{*}numFmt")
    if stated is not None and stated.get("sourceLinked") != "1":
        return str(stated.get("formatCode"))
    return next((_child_text(each, "formatCode") for each in root.iter("{*}numCache")), "") or "#,##0.##"


def diagram_texts(root: Any) -> list[str]:
    """Return the texts of a diagram (SmartArt), in the order of the file."""
    points = (_text(point.find("{*}t")) for point in root.iter("{*}pt"))
    return [text for text in points if text]


def _all_series(root: Any) -> Iterator[_Series]:
    for plot in root.findall("./{*}chart/{*}plotArea/*"):
        kind = _KINDS.get(str(plot.tag).rpartition("}")[2])
        for element in plot.findall("{*}ser") if kind else ():
            values, form = _numbers(
                element.find("{*}val") if element.find("{*}val") is not None else element.find("{*}yVal")
            )
            categories = _strings(
                element.find("{*}cat") if element.find("{*}cat") is not None else element.find("{*}xVal")
            )
            count = max(len(values), len(categories))
            values += [None] * (count - len(values))
            categories += [""] * (count - len(categories))
            name = " ".join(_strings(element.find("{*}tx")))
            yield _Series(
                name, str(kind), tuple(categories), tuple(values), tuple(_labels(element, plot, values, form))
            )


def _labels(element: Any, plot: Any, values: Sequence[float | None], form: str) -> Iterator[str]:
    """Yield the labels of the values of a series, empty where the chart shows none."""
    labels = element.find("{*}dLbls")
    if labels is None:
        labels = plot.find("{*}dLbls")
    own = {} if labels is None else {_value(each, "idx"): each for each in labels.findall("{*}dLbl")}
    shown = labels is not None and _value(labels, "showVal") == "1"
    stated = None if labels is None else labels.find("{*}numFmt")
    for at, value in enumerate(values):
        label = own.get(str(at))
        typed = "" if label is None else _text(label.find("{*}tx"))
        is_shown = shown if label is None else _value(label, "showVal") == "1"
        given = None if label is None else label.find("{*}numFmt")
        chosen = given if given is not None else stated
        code = form if chosen is None or chosen.get("sourceLinked") == "1" else str(chosen.get("formatCode"))
        written = format_value(value, code) if value is not None else ""
        yield typed.replace(_FIELD, written) or (written if is_shown else "")


def format_value(value: float, code: str) -> str:
    """Return a number in a number format of Excel: its decimals, groups of thousands, per cent."""
    positive = re.sub(r'"[^"]*"|\\.|_.|\[[^\]]*\]', "", code.split(";")[0].replace("\\ ", " ").replace("\u00a0", " "))
    if positive in ("", "General", "@"):
        return f"{value:.10g}"
    if "%" in positive:
        value *= 100
    if scaled := _SCALE.search(positive):  # each comma at the end stands for three digits that are not shown
        value /= 1000.0 ** len(scaled[1])
    decimals = len(re.sub(r"[^0#?]", "", positive.partition(".")[2].partition("E")[0]))
    text = f"{value:,.{decimals}f}" if re.search(r"#[, ]##", positive) else f"{value:.{decimals}f}"
    return text.replace(",", "\u00a0") + "%" * ("%" in positive)


def _numbers(holder: Any) -> tuple[list[float | None], str]:
    """Return the numbers that a reference keeps, None for gaps, and their format."""
    cache = None if holder is None else next(holder.iter("{*}numCache", "{*}numLit"), None)
    if cache is None:
        return [], "General"
    found: dict[int, float] = {}
    for point in cache.findall("{*}pt"):
        try:
            found[int(point.get("idx", 0))] = float(_child_text(point, "v"))
        except ValueError:
            continue
    count = int(_value(cache, "ptCount") or 0)
    size = min(max([count, *(at + 1 for at in found)], default=0), 1000)
    return [found.get(at) for at in range(size)], _child_text(cache, "formatCode") or "General"


def _strings(holder: Any) -> list[str]:
    """Return the strings that a reference keeps; several levels of categories are joined."""
    if holder is None:
        return []
    levels = (
        list(holder.iter("{*}lvl")) or list(holder.iter("{*}strCache", "{*}strLit", "{*}numCache", "{*}numLit"))[:1]
    )
    if not levels:
        return [_child_text(holder, "v")] if _child_text(holder, "v") else []
    joined: dict[int, list[str]] = {}
    for level in reversed(levels):
        for point in level.findall("{*}pt"):
            joined.setdefault(int(point.get("idx", 0)), []).append(" ".join(_child_text(point, "v").split()))
    size = min(max(joined, default=-1) + 1, 1000)
    return [" ".join(joined.get(at, [])) for at in range(size)]


def _in_words(title: str, series: Sequence[_Series]) -> str:
    """Return the title and the values of a chart as a sentence without words of any language."""
    parts = [title] if title else []
    for each in series:
        pairs = (
            f"{category or at}: {label or format_value(value, 'General')}"
            for at, (category, value, label) in enumerate(
                zip(each.categories, each.values, each.labels, strict=True), 1
            )
            if value is not None
        )
        parts.append(f"{each.name} – {'; '.join(pairs)}" if each.name and len(series) > 1 else "; ".join(pairs))
    return ". ".join(filter(None, parts))


def _text(element: Any) -> str:
    return (
        "" if element is None else " ".join(_plain("".join(each.text or "" for each in element.iter("{*}t"))).split())
    )


def _plain(text: str) -> str:
    """Return a text with the plain characters for those that the font Symbol keeps in the private use area."""
    return text.replace("\uf02d", "–").translate(_SYMBOLS)


def _value(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else str(found.get("val", ""))


def _child_text(element: Any, name: str) -> str:
    found = element.find(f"{{*}}{name}")
    return "" if found is None else _plain(found.text or "")


class _Canvas:
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

    def pie(self, series: _Series) -> None:
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

    def axes(
        self, series: Sequence[_Series], code: str, *, flat: bool, stacked: bool, legend: bool, title: str
    ) -> None:
        """Draw columns, bars and lines over axes, the title above and the legend below."""
        categories = max((each.categories for each in series), key=len)
        count = max(len(categories), 1)
        names = [each.name for each in series]
        bottom = self._legend(names, legend and any(names))
        top = 12.0
        if title:
            self.lines(self.width / 2, top, title, self.width)
            top += len(_wrapped(title, self.width)) * (_SIZE + 1.5) + 4
        sums = [[value for each in series if (value := _at(each.values, at)) is not None] for at in range(count)]
        highs = [sum(v for v in each if v > 0) if stacked else max(each, default=0.0) for each in sums]
        lows = [sum(v for v in each if v < 0) if stacked else min(each, default=0.0) for each in sums]
        ticks = _ticks(min([0.0, *lows]), max([0.0, *highs]))
        labels = [format_value(tick, code) for tick in ticks]
        if flat:
            self._bars(series, categories, count, ticks, labels, top, bottom, stacked)
        else:
            self._columns(series, categories, count, ticks, labels, top, bottom, stacked)

    def _columns(
        self,
        series: Sequence[_Series],
        categories: Sequence[str],
        count: int,
        ticks: Sequence[float],
        labels: Sequence[str],
        top: float,
        bottom: float,
        stacked: bool,
    ) -> None:
        left = max(map(_width, labels)) + 6
        room = (self.width - left - 4) / count
        deepest = max((len(_wrapped(name, room - 2)) for name in categories), default=1)
        base = bottom - deepest * (_SIZE + 1.5) - 6
        scale = (base - top - _SIZE) / (ticks[-1] - ticks[0])

        def height(value: float) -> float:
            return base - (value - ticks[0]) * scale

        self.line(left, height(ticks[-1]), left, base)
        self.line(left, height(0), self.width - 4, height(0))
        for tick, label in zip(ticks, labels, strict=True):
            self.line(left - 2.5, height(tick), left, height(tick))
            self.text(left - 4, height(tick) + 3, label, "end")
        columns = [each for each in series if each.kind == "bar"]
        thickness = room * 0.62 / (1 if stacked else max(len(columns), 1))
        for at in range(count):
            centre = left + room * (at + 0.5)
            self.lines(centre, base + _SIZE + 2, _at(categories, at) or "", room - 2)
            raised, lowered = 0.0, 0.0
            for place, each in enumerate(columns):
                value, label = _at(each.values, at), _at(each.labels, at) or ""
                start = 0.0 if not stacked else raised if (value or 0) >= 0 else lowered
                end = start + (value or 0.0)
                x = centre - room * 0.31 + (0 if stacked else place * thickness)
                y1, y2 = sorted((height(start), height(end)))
                self.rectangle(x, y1, thickness * 0.94, y2 - y1, _grey(series.index(each)))
                self.text(x + thickness * 0.47, (y1 + y2) / 2 + 3 if stacked else y1 - 2.5, label)
                raised, lowered = (end, lowered) if end >= start else (raised, end)
        for each in (one for one in series if one.kind == "line"):
            self._line(each, [left + room * (at + 0.5) for at in range(count)], height, _grey(series.index(each)))

    def _line(self, series: _Series, places: Sequence[float], height: Any, colour: str) -> None:
        points = [(x, height(value)) for x, value in zip(places, series.values, strict=False) if value is not None]
        for (x1, y1), (x2, y2) in pairwise(points):
            self.line(x1, y1, x2, y2, colour, 1.5)
        for x, value, label in zip(places, series.values, series.labels, strict=False):
            if value is not None:
                self._parts.append(f'<circle cx="{x:.2f}" cy="{height(value):.2f}" r="2" fill="{colour}"/>')
                self.text(x, height(value) - 5, label)

    def _bars(
        self,
        series: Sequence[_Series],
        categories: Sequence[str],
        count: int,
        ticks: Sequence[float],
        labels: Sequence[str],
        top: float,
        bottom: float,
        stacked: bool,
    ) -> None:
        left = min(max(map(_width, categories), default=0) + 6, self.width * 0.4)
        base, room = bottom - _SIZE - 6, (bottom - _SIZE - 6 - top) / count
        scale = (self.width - left - 30) / (ticks[-1] - ticks[0])

        def place(value: float) -> float:
            return left + (value - ticks[0]) * scale

        self.line(left, base, place(ticks[-1]), base)
        self.line(place(0), top, place(0), base)
        for tick, label in zip(ticks, labels, strict=True):
            self.line(place(tick), base, place(tick), base + 2.5)
            self.text(place(tick), base + _SIZE + 3, label)
        thickness = room * 0.62 / (1 if stacked else len(series))
        for at in range(count):
            middle = base - room * (at + 0.5)  # the first category is the lowest
            names = _wrapped(_at(categories, at) or "", left - 6)
            for number, name in enumerate(names):
                shift = (number - (len(names) - 1) / 2) * (_SIZE + 1)
                self.text(left - 4, middle + 3 + shift, name, "end")
            start = 0.0
            for number, each in enumerate(series):
                value, label = _at(each.values, at) or 0.0, _at(each.labels, at) or ""
                y = middle - room * 0.31 + (0 if stacked else number * thickness)
                x1, x2 = sorted((place(start), place(start + value)))
                self.rectangle(x1, y, x2 - x1, thickness * 0.94, _grey(number))
                x = (x1 + x2) / 2 if stacked else x2 + 3
                self.text(x, y + thickness * 0.47 + 3, label, "middle" if stacked else "start")
                start += value if stacked else 0.0

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
