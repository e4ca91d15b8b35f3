"""What a simple content draws besides text: filled polygons, and forms that hold nothing else (ISO 32000-1, 8.5, 8.10).

Strokes, curves, images and shadings are left to a renderer, and with them all that the content draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pikepdf

from masthead.pdf.content.matrices import IDENTITY, Matrix, product
from masthead.pdf.content.operators import read_quickly

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge."""

Points = Sequence[tuple[float, float]]

_EVERYWHERE: Box = (float("-inf"), float("-inf"), float("inf"), float("inf"))
_IN_FORMS = frozenset(("q", "Q", "cm", "g", "rg", "gs", "re", "m", "l", "h", "f", "F", "f*", "n", "W", "W*"))


class DrawnShape(NamedTuple):
    """A filled polygon or a form: its box as far as it is seen, in points from the lower left corner of the page.

    `after_text` says that text is drawn before it. `points` are the corners of a polygon as the content has them, and
    `grey` how light it is, of 255; None of a form. `is_ring` says that what it surrounds twice is left out.
    """

    box: Box
    after_text: bool
    grey: int | None = None
    points: Points = ()
    is_ring: bool = False


Forms = dict[tuple[int, int], Box | None]
"""The boxes of the simple forms of a file by object, None for others."""


class DrawnShapes:
    """Follows the operators that draw. `found` are the shapes until now; None if the content is not simple.

    `forms` are those of the page by name, `known` those of the file that were read before.
    """

    def __init__(self, forms: Mapping[str, Any], known: Forms) -> None:
        self._forms, self._known = forms, known
        self.found: list[DrawnShape] | None = []
        self.after_text = False
        self._points: list[tuple[float, float]] = []
        self._is_moved = self._clips = False
        self._clip = _EVERYWHERE
        self._grey: int | None = 0
        self._stack: list[tuple[Box, int | None]] = []

    def save(self) -> None:
        """Keep the graphics state (q)."""
        self._stack.append((self._clip, self._grey))

    def restore(self) -> None:
        """Return to the state that was kept last (Q)."""
        if self._stack:
            self._clip, self._grey = self._stack.pop()

    def fill(self, colour: Sequence[float]) -> None:
        """Set the colour of fills: grey or RGB; any other is not read."""
        if len(colour) == 1:
            colour = [*colour] * 3
        self._grey = None
        if len(colour) == 3:
            red, green, blue = (int(255 * min(max(each, 0.0), 1.0) + 0.5) for each in colour)
            self._grey = (299 * red + 587 * green + 114 * blue) // 1000

    def draw(self, operator: str, operands: Any, matrix: Matrix) -> None:
        """Follow an operator for paths, clipping or forms; `matrix` leads to the page."""
        match operator:
            case "m":
                if self._is_moved:
                    self._points.pop()
                self._points.append(tuple(operands))
                self._is_moved = True
            case "l" if self._points:
                self._points.append(tuple(operands))
                self._is_moved = False
            case "re":
                x, y, width, height = operands
                if self._is_moved:
                    self._points.pop()
                self._points += (x, y), (x + width, y), (x + width, y + height), (x, y + height)
                self._is_moved = False
            case "h" if self._points and not self._is_moved:
                pass
            case "W" | "W*":
                self._clips = True
            case "n" | "f" | "F" | "f*":
                self._end(operator, matrix)
            case "Do":
                self._add(self._form(operands), matrix)
            case _:
                self.found = None

    def _end(self, operator: str, matrix: Matrix) -> None:
        points = self._points[:-1] if self._is_moved else self._points
        if len(points) > 1:
            box = _box([_placed(point, matrix) for point in points])
            if operator != "n":
                self._add(box, IDENTITY, self._grey, points, operator == "f*")
            if self._clips:
                self._clip = _common(self._clip, box)
        elif points or self._clips:
            self.found = None
        self._points, self._is_moved, self._clips = [], False, False

    def _add(
        self, box: Box | None, matrix: Matrix, grey: int | None = None, points: Points = (), is_ring: bool = False
    ) -> None:
        if box is None or self.found is None or (points and grey is None):
            self.found = None
            return
        left, bottom, right, top = box
        corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
        seen = _common(_box([_placed(corner, matrix) for corner in corners]), self._clip)
        if seen[0] <= seen[2] and seen[1] <= seen[3]:
            self.found.append(DrawnShape(seen, self.after_text, grey, tuple(points), is_ring))

    def _form(self, name: str) -> Box | None:
        """Return the box around all that a form draws, in its own space; None for one that is not simple."""
        form = self._forms.get(name)
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form" or "/Matrix" in form:
            return None
        if form.objgen not in self._known:
            self._known[form.objgen] = _form_box(form)
        return self._known[form.objgen]


def _form_box(form: pikepdf.Stream) -> Box | None:
    content = read_quickly(form)
    if not content or not _IN_FORMS.issuperset(operator for operator, _ in content):
        return None
    shapes = DrawnShapes({}, {})
    matrix = IDENTITY
    stack = []
    for operator, operands in content:
        match operator:
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop() if stack else matrix
            case "cm":
                matrix = product(tuple(operands), matrix)
            case "g" | "rg" | "gs":
                pass
            case "W" | "W*":
                return None
            case _:
                shapes.draw(operator, operands, matrix)
    if not shapes.found:
        return None
    return _around([shape.box for shape in shapes.found])


def _placed(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(points: Points) -> Box:
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def _around(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _common(box: Box, other: Box) -> Box:
    return max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])
