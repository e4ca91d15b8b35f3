"""A drawing in SVG: lines, areas, points and letters, mirrored if it is read from the right."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians, sin
from typing import NamedTuple
from xml.sax.saxutils import escape

from masthead.formats.plotting.lettering import LEVEL, RAISED, SIZE, STRONG, text_width, wrapped
from masthead.formats.plotting.palette import Fill, Palette, Point

_CALL = 5.5  # points: the letters of note calls
_MOVES = 6  # lines by which a label may be moved away from others
_ASCENT = 0.7 * SIZE  # points: the height of a capital


class Stroke(NamedTuple):
    """How a line is drawn: its colour, its width in points, and its dashes, empty for none."""

    colour: str = "#000"
    width: float = 0.5
    dashes: str = ""


class Rectangle(NamedTuple):
    """A rectangle by its left and upper edge and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        right, bottom = self.x + self.width, self.y + self.height
        return (self.x, self.y), (right, self.y), (right, bottom), (self.x, bottom)


class ValueLabel(NamedTuple):
    """The label of a value: its place on the baseline, its text, and how it is drawn. `backed` puts it on white."""

    x: float
    y: float
    text: str
    anchor: str = "middle"
    colour: str = ""
    backed: bool = False


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
        letters: float = SIZE,
    ) -> None:
        self._scale = letters / SIZE
        self.width, self.height = max(width, 60.0) / self._scale, max(height, 60.0) / self._scale
        self.mirrored, self.palette = mirrored, Palette(patterned)
        self._parts: list[str] = []
        self._labels: list[ValueLabel] = []

    @property
    def patterned(self) -> bool:
        return self.palette.patterned

    def svg(self) -> bytes:
        width, height = self.width * self._scale, self.height * self._scale
        size = f'width="{width:g}pt" height="{height:g}pt" viewBox="0 0 {self.width:g} {self.height:g}"'
        style = f'font-family="Liberation Serif" font-size="{SIZE}" fill="#000"'
        taken: list[tuple[float, float, float, float]] = []
        for label in self._labels:
            self._place(label, taken)
        self._labels.clear()
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><g {style}>{"".join(self._parts)}</g></svg>'.encode()

    def _place(self, label: ValueLabel, taken: list[tuple[float, float, float, float]]) -> None:
        """Draw a label where it is free, above its place if need be."""
        width = text_width(label.text)
        left = label.x - {"middle": width / 2, "end": width, "start": 0.0}[label.anchor]
        left, y, colour = min(max(left, 0.0), self.width - width), max(label.y, _ASCENT), label.colour
        for move in range(_MOVES + 1):
            box = left, y - move * SIZE - _ASCENT, left + width, y - move * SIZE
            if box[1] >= 0 and not any(_overlap(box, other) for other in taken):
                y -= move * SIZE
                colour = colour if move == 0 else ""
                break
        taken.append((left, y - _ASCENT, left + width, y))
        if label.backed:
            self.rectangle(Rectangle(left - 0.5, y - _ASCENT, width + 1, 0.75 * SIZE), "#fff")
        self.text(left + width / 2, y, label.text, "middle", colour)

    def _x(self, x: float) -> float:
        return self.width - x if self.mirrored else x

    def line(self, one: Point, other: Point, stroke: Stroke = Stroke()) -> None:  # noqa: B008 (it is frozen)
        look = f' stroke-dasharray="{stroke.dashes}"' if stroke.dashes else ""
        (x1, y1), (x2, y2) = one, other
        ends = f'x1="{self._x(x1):.2f}" y1="{y1:.2f}" x2="{self._x(x2):.2f}" y2="{y2:.2f}"'
        self._parts.append(f'<line {ends} stroke="{stroke.colour}" stroke-width="{stroke.width}"{look}/>')

    def rectangle(self, box: Rectangle, colour: str) -> None:
        width, height = max(box.width, 0), max(box.height, 0)
        x = self._x(box.x + width) if self.mirrored else box.x
        self._parts.append(
            f'<rect x="{x:.2f}" y="{box.y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{colour}"/>'
        )

    def piece(self, box: Rectangle, number: int, own: Fill | None = None) -> None:
        """Draw a rectangle of a series, or with a fill of its `own`."""
        fill = own or self.palette.fill(number)
        if not self.patterned:
            self.rectangle(box, fill.colour)
            self._hatch(box.corners, fill)
        elif box.width > 0 and box.height > 0:
            self.shape(box.corners, number)

    def shape(self, points: Sequence[Point], number: int) -> None:
        """Draw an area of a series."""
        places = " ".join(f"{self._x(x):.2f},{y:.2f}" for x, y in points)
        fill, stroke = self.palette.fill(number), "#000" if self.patterned else "#fff"
        self._parts.append(f'<polygon points="{places}" fill="{fill.colour}" stroke="{stroke}" stroke-width=".5"/>')
        self._hatch(points, fill)

    def path(self, path: str, number: int) -> None:
        """Draw an area of a series with the outline of an SVG path. It is not mirrored."""
        colour = self.palette.fill(number).colour
        self._parts.append(f'<path d="{path}" fill="{colour}" stroke="#fff" stroke-width=".5"/>')

    def _hatch(self, points: Sequence[Point], fill: Fill) -> None:
        stroke = Stroke("#000" if fill.ink == "#000000" else fill.ink)
        for one, other in fill.hatching(points):
            self.line(one, other, stroke)

    def stroke(self, number: int, width: float = 1.5) -> Stroke:
        """Return the line of a series."""
        return Stroke(self.palette.ink(number), width, self.palette.dashes(number))

    def point(self, x: float, y: float, number: int) -> None:
        """Draw a point of a series."""
        if not self.patterned:
            self._parts.append(f'<circle cx="{self._x(x):.2f}" cy="{y:.2f}" r="2" fill="{self.palette.ink(number)}"/>')
            return
        corners, turn = ((24, 0), (4, 45), (3, -90), (4, 0), (3, 90))[number % 5]
        angles = (radians(turn + 360 * at / corners) for at in range(corners))
        places = " ".join(f"{self._x(x + 2.6 * cos(each)):.2f},{y + 2.6 * sin(each):.2f}" for each in angles)
        fill = self.palette.ink(number) if number % 4 < 2 else "#ffffff"
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

    def label(self, label: ValueLabel) -> None:
        """Write the label of a value once everything else is drawn."""
        if label.text.strip():
            self._labels.append(label)

    def lines(self, x: float, y: float, text: str, width: float) -> None:
        """Write centred text in lines of a width, from the baseline `y` on."""
        for at, line in enumerate(wrapped(text, width)):
            self.text(x, y + at * (SIZE + 1.5), line)


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
