"""What is drawn on a page besides text: images, lines, areas and forms, as far as they are seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from masthead.document import Rectangle
from masthead.pdf.content.shapes import DrawnShape

FORM, AREA = "a drawing", "a line or area"
PICTURE = "a picture"
FIGURES = (FORM, PICTURE)
BORDER = 20  # segments of a path that is looked at as a border
_THIN = 6.0  # points
FIGURE = 60.0  # points: larger than emblems and codes


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: what it is, in words for a message, and its place in points from the top left corner of the page.

    `after_text` says that text is drawn before it, which it can cover. `shade` is the grey, of 255, of a ground that it
    gives to text drawn later: 0 where that is not known, 255 where it gives none.
    """

    kind: str
    box: Rectangle
    after_text: bool = False
    shade: int = 255


def is_figure(drawing: Drawing) -> bool:
    """Whether a drawing is a picture or a form large enough for a chart, a map or a diagram."""
    left, top, right, bottom = drawing.box
    return drawing.kind in FIGURES and right - left > FIGURE and bottom - top > FIGURE


def is_inside(box: Rectangle, frame: Rectangle) -> bool:
    """Whether a box is in a frame, but for a point."""
    left, top, right, bottom = frame
    return left - 1 <= box[0] and top - 1 <= box[1] and box[2] <= right + 1 and box[3] <= bottom + 1


def simple_drawings(shapes: Iterable[DrawnShape], height: float) -> tuple[Drawing, ...]:
    """Return what is seen on a page of a height that draws nothing but simple shapes."""
    return tuple([_drawn(shape, height) for shape in shapes])


def _drawn(shape: DrawnShape, height: float) -> Drawing:
    left, bottom, right, top = shape.box
    box = left, height - top, right, height - bottom
    if shape.grey is None:
        return Drawing(FORM, box, shape.after_text, 0)
    is_frame = shape.is_ring and is_border(shape.points[:BORDER])
    return Drawing(AREA, box, shape.after_text, 255 if is_frame else shape.grey)


def is_border(points: Iterable[tuple[float, float]]) -> bool:
    """Whether a path is the border of a box: a rectangle without a slightly smaller one."""
    across, down = ({round(each, 1) for each in column} for column in zip(*points, strict=True))
    return all(len(each) == 4 and _is_thin(sorted(each)) for each in (across, down))


def _is_thin(edges: Sequence[float]) -> bool:
    return max(edges[1] - edges[0], edges[3] - edges[2]) < _THIN < edges[2] - edges[1]
