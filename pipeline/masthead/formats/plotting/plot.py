"""What charts show: series of values, their axes, and how both are drawn together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10
from typing import NamedTuple, TypeVar

from masthead.formats.plotting.palette import Fill

_FEWEST_TICKS, _MOST_TICKS, _MOST_STATED_TICKS = 3, 8, 40
_CLOSE = 1 / 6  # of the highest value: if all values are that close, the axis need not begin at zero


Value = TypeVar("Value")


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
        return nth(self.fills, at) or self.fill


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


class ValuePiece(NamedTuple):
    """The piece of a category that is one value: the number of its series, where it begins and ends, and its label."""

    number: int
    start: float
    end: float
    label: str


@dataclass(frozen=True)
class Plot:
    """What a chart shows: the series and the axes of their values, its title, and whether a legend names the series.

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
    title: str = ""
    legend: bool = False

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
            piled = [v for each in held if each.stacked and (v := nth(each.values, at)) is not None]
            alone = [v for each in held if not each.stacked and (v := nth(each.values, at)) is not None]
            lows += [sum(v for v in piled if v < 0), *alone]
            highs += [sum(v for v in piled if v > 0), *alone]
        stacked = any(each.stacked for each in held)
        if not stacked:
            lows, highs = lows and [v for each in held for v in each.values if v is not None], highs
        return self.axes[min(second, len(self.axes) - 1)].ticks(lows, highs, from_zero=stacked)

    def pieces(self, at: int, numbers: Iterable[int]) -> Iterator[ValuePiece]:
        """Yield the pieces of a category.

        Stacked pieces are above one another from zero up, those of negative values from zero down.
        """
        raised = lowered = 0.0
        for number in numbers:
            value, label = nth(self.series[number].values, at), nth(self.series[number].labels, at) or ""
            if value is None:
                continue
            start = 0.0 if not self.series[number].stacked else raised if value >= 0 else lowered
            end = start + value
            yield ValuePiece(number, start, end, label)
            raised, lowered = (end, lowered) if value >= 0 else (raised, end)


def scale(ticks: Iterable[float], start: float, end: float) -> Callable[[float], float]:
    """Return the function from values to places, with the lowest tick at `start` and the highest at `end`."""
    low, high = min(ticks), max(ticks)
    return lambda value: start + (min(max(value, low), high) - low) * (end - start) / ((high - low) or 1)


def nth(values: Sequence[Value], at: int) -> Value | None:
    """Return a value of a series or of its labels, None if there are fewer."""
    return values[at] if at < len(values) else None


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
