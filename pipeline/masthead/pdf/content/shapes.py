"""What a simple content draws besides text: paths that it fills or strokes, and forms that hold nothing else
(ISO 32000-1, 8.5, 8.10).

Images and shadings are left to a renderer, and with them all that the content draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple

import pikepdf

from masthead.pdf.content.matrices import IDENTITY, Matrix, product
from masthead.pdf.content.operators import read_quickly
from masthead.pdf.content.paths import (
    Box,
    Path,
    Points,
    around,
    bars,
    box_around,
    is_rectangle,
    placed,
    placed_box,
    stroked_box,
)

_EVERYWHERE: Box = (float("-inf"), float("-inf"), float("inf"), float("inf"))
_IN_FORMS = frozenset(("q", "Q", "cm", "g", "rg", "gs", "J", "d", "PATH", "f", "F", "f*", "n", "W", "W*"))
_NO_GROUND = 255  # the grey of what does not fill anything
_MANY = 20  # points: of fewer, a path is no code
_NEAR = 0.01  # points: a code may be as much larger than what it is clipped to
_ROUNDING, _FAR = 0.001, 10_000.0  # points: PDFium's numbers have 24 bits


class DrawnShape(NamedTuple):
    """A path or a form: its box as far as it is seen, in points from the lower left corner of the page.

    `after_text` says that text is drawn before it. `points` are those of a path as the content has them, and `grey` how
    light its ground is, of 255; None of a form. `is_ring` says that what it surrounds twice is left out. `bars` are the
    boxes of which it consists if these are many, black and nowhere clipped.
    """

    box: Box
    after_text: bool
    grey: int | None = None
    points: Points = ()
    is_ring: bool = False
    bars: Sequence[Box] = ()


Forms = dict[tuple[int, int], Box | None]
"""The boxes of the simple forms of a file by object, None for others."""


class DrawnShapes:
    """Follows the operators that draw. `found` are the shapes until now; None if the content is not simple.

    `forms` are those of the page by name, `known` those of the file that were read before. `opaque` are the names of
    the graphics states that say nothing else.
    """

    def __init__(self, forms: Mapping[str, Any], known: Forms, opaque: Set[str] = frozenset()) -> None:
        self._forms, self._known, self._opaque = forms, known, opaque
        self.found: list[DrawnShape] | None = []
        self.after_text = False
        self._path = Path()
        self._clips = False
        self._is_opaque = True  # as long as no other graphics state was set on the page
        # The graphics state: what clips, the greys of fills and of strokes, how wide these are and if they are whole.
        self._clip, self._is_cut = _EVERYWHERE, False
        self._grey: int | None = 0
        self._ink: int | None = 0
        self._pen, self._is_whole = 1.0, True
        self._stack: list[Any] = []

    def save(self) -> None:
        """Keep the graphics state (q)."""
        self._stack.append((self._clip, self._is_cut, self._grey, self._ink, self._pen, self._is_whole))

    def restore(self) -> None:
        """Return to the state that was kept last (Q)."""
        if self._stack:
            self._clip, self._is_cut, self._grey, self._ink, self._pen, self._is_whole = self._stack.pop()

    def fill(self, colour: Sequence[float]) -> None:
        """Set the colour of fills: grey or RGB; any other is not read."""
        self._grey = _grey(colour)

    def use(self, state: str) -> None:
        """Set a graphics state by its name (gs)."""
        self._is_opaque = self._is_opaque and state in self._opaque

    def draw(self, operator: str, operands: Any, matrix: Matrix) -> None:
        """Follow an operator for paths, clipping or forms; `matrix` leads to the page."""
        if self.found is None:
            return
        match operator:
            case "PATH" if operands and not self._path.points:
                self._path = operands
            case "W" | "W*":
                self._clips = True
            case "n" | "f" | "F" | "f*" | "S" | "B":
                self._end(operator, matrix)
            case "Do":
                self._add(self._form(operands), matrix)
            case "G" | "RG" | "K" | "CS" | "SC" | "SCN":
                self._ink = _grey(operands)
            case "w":
                (self._pen,) = operands
            case "J" | "d":
                self._is_whole = self._is_whole and operands in ([0], b"[] 0")
            case _:
                self.found = None

    def _end(self, operator: str, matrix: Matrix) -> None:
        path, clips = self._path, self._clips
        self._path, self._clips = Path(), False
        if not path.points:
            if clips:
                self.found = None
            return
        if operator != "n":
            self._paint(path, operator, matrix)
        if clips:
            self._is_cut = self._is_cut or not is_rectangle(path.points, matrix)
            self._clip = _common(self._clip, box_around([placed(point, matrix) for point in path.points]))

    def _paint(self, path: Path, operator: str, matrix: Matrix) -> None:
        grey = _NO_GROUND if operator == "S" else self._grey
        pen = self._pen if operator in ("S", "B") else None
        is_black = operator == "S" or (grey == 0 and operator != "f*")
        if pen is not None:
            is_black = is_black and self._ink == 0 and self._is_whole
        is_code = len(path.points) > _MANY and is_black and self._is_opaque and not self._is_cut
        found = bars(path, matrix, pen) if is_code else ()
        box: Box | None = box_around(path.points)
        if pen is not None:
            # Another state may set the width of lines.
            box = stroked_box(path, pen, are_bars=bool(found)) if self._is_opaque else None
        if grey is None or box is None:
            self.found = None
            return
        if found and not _is_within(around(found), self._clip):
            found = ()
        self._add(box, matrix, grey, path.points, operator == "f*", found)

    def _add(self, box: Box | None, matrix: Matrix, *drawn: Any) -> None:
        if box is None or self.found is None:
            self.found = None
            return
        whole = placed_box(box, matrix)
        seen = _common(whole, self._clip)
        across, up = seen[2] - seen[0], seen[3] - seen[1]
        if (seen != whole and min(abs(across), abs(up)) < _ROUNDING) or max(map(abs, seen)) > _FAR:
            self.found = None  # PDFium may not see it, or see it, or its numbers are not as exact
        elif across >= 0 and up >= 0:
            self.found.append(DrawnShape(seen, self.after_text, *drawn))

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
    return around([shape.box for shape in shapes.found])


def _grey(colour: Sequence[float]) -> int | None:
    """Return how light a grey or RGB colour is, of 255; None for any other."""
    if len(colour) == 1:
        colour = [*colour] * 3
    if len(colour) != 3:
        return None
    red, green, blue = (int(255 * min(max(each, 0.0), 1.0) + 0.5) for each in colour)
    return (299 * red + 587 * green + 114 * blue) // 1000


def _common(box: Box, other: Box) -> Box:
    return max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])


def _is_within(box: Box, frame: Box) -> bool:
    return (
        frame[0] - box[0] < _NEAR
        and frame[1] - box[1] < _NEAR
        and box[2] - frame[2] < _NEAR
        and box[3] - frame[3] < _NEAR
    )
