"""Where paths are on a page: the boxes around them, as PDFium computes them, and the bars that codes are drawn with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from masthead.pdf.content.matrices import Matrix

Point = tuple[float, float]
Points = Sequence[Point]

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge."""

_BAR, _BARS, _LINES = map(re.compile, ("mlllL?", "(?:mlllL?)+", "(?:ml)+"))
_FAR = 50_000.0  # PDFium begins with a box of twice that
_STEEP, _PARALLEL, _SURE = 0.05, 0.05, 0.01  # what PDFium takes for vertical or parallel, and how far from that is safe
_ROUNDING = 2e-7  # of a number of PDFium's, which has 24 bits


class Path(NamedTuple):
    """The points of a path, with the kind of each: `m` begins a part, `l` ends a line, `c` is one of the three of a
    curve. The kind of a point where a part is closed is in capitals.
    """

    points: Points = ()
    kinds: Sequence[str] = ()


def placed(point: Point, matrix: Matrix) -> Point:
    """Return where a matrix places a point."""
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def box_around(points: Points) -> Box:
    """Return the box around points."""
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around boxes."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def placed_box(box: Box, matrix: Matrix) -> Box:
    """Return the box around what a matrix makes of a box."""
    left, bottom, right, top = box
    corners = (left, bottom), (right, bottom), (right, top), (left, top)
    return box_around([placed(corner, matrix) for corner in corners])


def stroked_box(path: Path, pen: float, are_bars: bool = False) -> Box | None:
    """Return the box around a path that a pen of some width strokes, as PDFium computes it: it adds all of the width
    where lines end or meet. None where that depends on how PDFium rounds, or where lines meet at other angles.

    `are_bars` says that all of it are level lines.
    """
    if pen <= 0:  # PDFium draws one of a pixel
        return None
    try:
        box = box_around(path.points if are_bars else [*_edges(path, pen)])
    except ValueError:
        return None
    if are_bars:
        box = box[0] - pen, box[1] - pen, box[2] + pen, box[3] + pen
    return box if max(map(abs, box)) < _FAR else None


def _edges(path: Path, pen: float) -> Iterator[Point]:
    points, kinds = path
    last, at = len(points) - 1, 0
    while at <= last:
        if kinds[at] == "m":
            yield from _end(points[at + 1], points[at], pen)
        else:
            if kinds[at] == "c":
                yield from points[at : at + 2]
                at += 2
            if at == last or kinds[at + 1] == "m":
                yield from _end(points[at - 1], points[at], pen)
            else:
                yield from _meeting(points[at - 1], points[at], points[at + 1], pen)
        at += 1


def _end(start: Point, end: Point, pen: float) -> Iterator[Point]:
    """Yield the corners of a line where it ends."""
    x, y = end
    if start == end:
        yield x + pen, y + pen
        yield x - pen, y - pen
        return
    across, up = x - start[0], y - start[1]
    length = hypot(across, up)
    if length < pen / 8:
        raise ValueError("a line that is too short")
    across, up = pen * across / length, pen * up / length
    yield x + across - up, y + up + across
    yield x + across + up, y + up - across


def _meeting(start: Point, middle: Point, end: Point, pen: float) -> Iterator[Point]:
    """Yield the outermost points where two lines meet: both are upright, or one continues the other."""
    x, y = middle
    across, up, then_across, then_up = x - start[0], y - start[1], end[0] - x, end[1] - y
    narrow, wide = sorted((abs(across), abs(then_across)))
    if wide < _STEEP - _SURE and abs(up) > _STEEP:
        yield x + pen, y + pen * _sign(up)
        yield x - pen, y + pen * _sign(up)
    elif narrow > _STEEP + _SURE:
        slope, then_slope = up / across, then_up / then_across
        rounding = (1 + max(abs(slope), abs(then_slope))) * _ROUNDING * max(map(abs, (*start, *middle, *end)))
        if abs(slope - then_slope) > _PARALLEL - _SURE or rounding > _SURE / 2 * narrow:
            raise ValueError("lines that meet at an angle")
        yield from _end(middle, end, pen) if across * then_across > 0 else _end(start, middle, pen)
    elif min(abs(across + up), abs(then_across + then_up)) > _STEEP + _SURE and (
        across == then_up == 0 or up == then_across == 0
    ):
        yield x + pen * _sign(across - then_across), y + pen * _sign(up - then_up)
    else:
        raise ValueError("lines that meet at an angle")


def _sign(number: float) -> int:
    return 1 if number > 0 else -1 if number < 0 else 0


def is_rectangle(points: Points, matrix: Matrix) -> bool:
    """Whether a path is an upright rectangle on the page."""
    left, bottom, right, top = box_around(points)
    corners = {(left, bottom), (right, bottom), (right, top), (left, top)}
    sides = pairwise((*points, points[0]))
    is_upright = not (matrix[1] or matrix[2])
    return is_upright and {*points} == corners and len(points) < 6 and all(a == c or b == d for (a, b), (c, d) in sides)


def bars(path: Path, matrix: Matrix, pen: float | None) -> Sequence[Box]:
    """Return the boxes on the page of the upright bars that a path fills, or strokes with a pen; none if it has others.

    Bars that are filled are drawn against the clock, lines end where their last points are.
    """
    (points, kinds), (a, b, c, d, e, f) = path, matrix
    shape = "".join(kinds)
    if (
        b
        or c
        or a <= 0
        or (pen and abs(a - abs(d)) > 1e-6 * a)
        or not (_BARS if pen is None else _LINES).fullmatch(shape)
    ):
        return ()
    boxes: list[Box] = []
    if pen is None:
        for part in _BAR.finditer(shape):
            (left, bottom), (right, below), (beside, top), (first, above) = points[part.start() : part.start() + 4]
            if not (left == first < right == beside and bottom == below < top == above):
                return ()
            boxes.append((left, bottom, right, top))
    else:
        half = pen / 2
        for (left, y), (right, level) in zip(points[::2], points[1::2], strict=True):
            if y != level or left >= right:
                return ()
            boxes.append((left, y - half, right, y + half))
    if d < 0:
        return [(a * left + e, d * top + f, a * right + e, d * bottom + f) for left, bottom, right, top in boxes]
    return [(a * left + e, d * bottom + f, a * right + e, d * top + f) for left, bottom, right, top in boxes]
