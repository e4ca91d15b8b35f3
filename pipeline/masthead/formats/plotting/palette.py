"""How series are told apart: by greys or the colours of a file, or by patterns and dashes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, cos, floor, radians, sin

Point = tuple[float, float]

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


@dataclass(frozen=True, slots=True)
class Fill:
    """How an area is filled: a `colour`, `#7f7f7f`, and over it lines at angles and distances, in the colour `ink`."""

    colour: str
    lines: tuple[tuple[int, float], ...] = ()
    ink: str = "#000000"

    def hatching(self, points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
        """Yield the lines over an area with these corners."""
        for angle, step in self.lines:
            yield from _parallels(points, angle, step)


@dataclass(frozen=True, slots=True)
class Palette:
    """The fills and inks of series by their numbers, or of the parts of a pie; if it is `patterned`, patterns instead.

    A series without a fill of its own has one of the greys that no other has.
    """

    patterned: bool = False
    fills: Mapping[int, Fill] = field(default_factory=dict)
    inks: Mapping[int, str] = field(default_factory=dict)

    def fill(self, number: int) -> Fill:
        """Return how an area of a series is filled."""
        if self.patterned:
            return Fill(*_PATTERNS[number % len(_PATTERNS)])
        taken = {each.colour for each in self.fills.values()}
        free = [grey for grey in _GREYS if grey not in taken] or _GREYS
        return self.fills.get(number) or Fill(free[number % len(free)])

    def on(self, number: int, own: Fill | None = None) -> str:
        """Return the colour of letters on an area of a series, or on its `own` fill; empty for black.

        Letters on patterns are backed by white.
        """
        shade = (own or self.fill(number)).colour
        red, green, blue = (int(shade[at : at + 2], 16) for at in (1, 3, 5))
        return "#fff" if 0.3 * red + 0.59 * green + 0.11 * blue < _DARK and not self.patterned else ""

    def ink(self, number: int) -> str:
        """Return the colour of the line of a series."""
        if self.patterned:
            return ("#000000", "#595959")[number % 2]
        return self.inks.get(number) or self.fill(number).colour

    def dashes(self, number: int) -> str:
        """Return the dashes of the line of a series, empty for none."""
        return _DASHES[number % len(_DASHES)] if self.patterned else ""


def _parallels(points: Sequence[Point], angle: int, step: float) -> Iterator[tuple[Point, Point]]:
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
