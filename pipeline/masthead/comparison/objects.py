"""What is drawn besides text, compared as numbers: rules, areas, pictures and shadings, by place, size and colour."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from masthead.comparison.drawing import DrawnObject
from masthead.comparison.glyphs import NOISE, alike, colour_name
from masthead.comparison.results import MILLIMETRE, Difference, Layer
from masthead.comparison.sequences import opcodes
from masthead.comparison.tolerance import Tolerance
from masthead.document import Rectangle

_MOST = 3  # objects that are named one by one
_RULE = 3  # points: a path that is thinner is a rule

Objects = tuple[DrawnObject, ...]


def differences(baseline: Objects, candidate: Objects, page: int, tolerance: Tolerance) -> Iterator[Difference]:
    """Yield what is drawn elsewhere or differently on one page: what is most of a drawing as one difference."""
    found = list(_ObjectComparison(page, tolerance).differences(baseline, candidate))
    open_ones = [each for each in found if not each.tolerated]
    if len(open_ones) > _MOST and all(each.box for each in open_ones):
        left, top, right, bottom = zip(*(each.box for each in open_ones if each.box), strict=True)
        message = f"{len(open_ones)} rules, shapes or pictures have changed; the first: {open_ones[0].message}"
        yield replace(open_ones[0], message=message, box=(min(left), min(top), max(right), max(bottom)))
        found = [each for each in found if each.tolerated]
    yield from found


def of_shifted_pages(
    baseline: Iterable[tuple[int, DrawnObject]], candidate: Iterable[tuple[int, DrawnObject]]
) -> Iterator[Difference]:
    """Yield what is drawn on pages, by their numbers, whose text has moved, and has no counterpart on any of them."""
    old, new = list(baseline), list(candidate)
    before, after = (Counter(_shape(each) for _, each in objects) for objects in (old, new))
    for state, objects, rest in (("removed", old, before - after), ("added", new, after - before)):
        for page, each in objects:
            if rest[_shape(each)] > 0:
                rest[_shape(each)] -= 1
                box = each.box if state == "added" else None
                yield Difference(Layer.PICTURE, f"a {_kind(each)} was {state}", page, box)


def _shape(thing: DrawnObject) -> tuple[object, ...]:
    width, height = _size(thing.box)
    return thing.kind, round(width), round(height), thing.fill, thing.stroke, thing.content


@dataclass(frozen=True, slots=True)
class _ObjectComparison:
    page: int
    tolerance: Tolerance

    def differences(self, old: Objects, new: Objects) -> Iterator[Difference]:
        if [each.kind for each in old] == [each.kind for each in new]:
            for before, after in zip(old, new, strict=True):
                yield from self._object(before, after)
            return
        shapes = [[f"{each.kind} {[*map(round, each.box)]}" for each in objects] for objects in (old, new)]
        for operation, i1, i2, j1, j2 in opcodes(*shapes):
            if operation == "equal":
                for before, after in zip(old[i1:i2], new[j1:j2], strict=True):
                    yield from self._object(before, after)
                continue
            for state, objects in (("removed", old[i1:i2]), ("added", new[j1:j2])):
                yield from (self._difference(f"a {_kind(each)} was {state}", each.box) for each in objects)

    def _object(self, old: DrawnObject, new: DrawnObject) -> Iterator[Difference]:
        what, was, now = _kind(new), _size(old.box), _size(new.box)
        thicker = abs(min(was) - min(now))
        change = max(_distance(old.box, new.box), abs(was[0] - now[0]), abs(was[1] - now[1]))
        if thicker > NOISE:
            message = f"a {what} of {min(was):.2f} pt is now {min(now):.2f} pt"
            yield self._difference(message, new.box, tolerated=thicker <= self.tolerance.thickness)
        elif change > NOISE:
            message = f"a {what} has moved or changed its size by {change / MILLIMETRE:.2f} mm"
            yield self._difference(message, new.box, tolerated=change / MILLIMETRE <= self.tolerance.shift)
        for part, before, after in (("fill", old.fill, new.fill), ("line", old.stroke, new.stroke)):
            if before != after:
                message = f"the {part} of a {what} was {colour_name(before)} and is now {colour_name(after)}"
                yield self._difference(message, new.box, tolerated=alike(before, after, self.tolerance))
        if old.content != new.content:
            yield self._difference(f"a {what} shows something else", new.box)

    def _difference(self, message: str, box: Rectangle | None = None, *, tolerated: bool = False) -> Difference:
        return Difference(Layer.PICTURE, message, self.page, box, tolerated=tolerated)


def _kind(thing: DrawnObject) -> str:
    if thing.kind == "path":
        return "rule" if min(_size(thing.box)) < _RULE else "shape"
    return thing.kind


def _size(box: Rectangle) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _distance(old: Rectangle, new: Rectangle) -> float:
    """How far the centre has moved, in points."""
    return math.hypot(old[0] + old[2] - new[0] - new[2], old[1] + old[3] - new[1] - new[3]) / 2
