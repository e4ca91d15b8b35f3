"""The exact half of the picture layer: glyphs and drawn objects compared as numbers, by place, size and colour."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from masthead.comparison.drawing import Colour, DrawnGlyph, DrawnObject, DrawnPage
from masthead.comparison.results import MILLIMETRE, Difference, Layer
from masthead.comparison.tolerance import Tolerance
from masthead.document import Rectangle

_NOISE = 0.01  # points: less is a rounding error of the libraries, not a change
_RULE = 3  # points: a path that is thinner is a rule
_MOST_WORDS = 12  # a difference that touches more words does not name them


def differences(baseline: DrawnPage, candidate: DrawnPage, page: int, tolerance: Tolerance) -> Iterator[Difference]:
    """Yield what is drawn elsewhere or differently on one page.

    Glyphs are compared one by one if the page has the same characters. If not, the text layer and the picture show what
    is different, and only the colours that come and go are reported here.
    """
    return _PageComparison(baseline, candidate, page, tolerance).differences()


@dataclass(frozen=True, slots=True)
class _PageComparison:
    baseline: DrawnPage
    candidate: DrawnPage
    page: int
    tolerance: Tolerance

    def differences(self) -> Iterator[Difference]:
        old, new = self.baseline.glyphs, self.candidate.glyphs
        if [glyph.text for glyph in old] == [glyph.text for glyph in new]:
            pairs = list(zip(old, new, strict=True))
            yield from self._moved(pairs)
            yield from self._resized(pairs)
            yield from self._recoloured(pairs)
        else:
            yield from self._palettes({glyph.colour for glyph in old}, {glyph.colour for glyph in new})
        yield from self._objects(self.baseline.objects, self.candidate.objects)

    def _moved(self, pairs: list[tuple[DrawnGlyph, DrawnGlyph]]) -> Iterator[Difference]:
        distances = [math.hypot(b.x - a.x, b.y - a.y) for a, b in pairs]
        moved = [glyph for distance, (_, glyph) in zip(distances, pairs, strict=True) if distance > _NOISE]
        if moved:
            furthest = max(distances) / MILLIMETRE
            message = f"{_characters(moved)} moved by up to {furthest:.2f} mm"
            yield self._of_glyphs(message, moved, tolerated=furthest <= self.tolerance.shift)

    def _resized(self, pairs: list[tuple[DrawnGlyph, DrawnGlyph]]) -> Iterator[Difference]:
        resized = [(a, b) for a, b in pairs if abs(a.size - b.size) > _NOISE]
        if resized:
            (before, after), glyphs = resized[0], [glyph for _, glyph in resized]
            message = f"the size of {_characters(glyphs)} was {before.size:g} pt and is now {after.size:g} pt"
            yield self._of_glyphs(message, glyphs)

    def _recoloured(self, pairs: list[tuple[DrawnGlyph, DrawnGlyph]]) -> Iterator[Difference]:
        changed: dict[tuple[Colour | None, Colour | None], list[DrawnGlyph]] = {}
        for before, after in pairs:
            if before.colour != after.colour:
                changed.setdefault((before.colour, after.colour), []).append(after)
        for (was, now), glyphs in changed.items():
            message = f"the colour of {_characters(glyphs)} was {_name(was)} and is now {_name(now)}"
            yield self._of_glyphs(message, glyphs, tolerated=self._alike(was, now))

    def _palettes(self, was: set[Colour | None], now: set[Colour | None]) -> Iterator[Difference]:
        new, lost = sorted(now - was, key=str), sorted(was - now, key=str)
        yield from (self._difference(f"text is now drawn in {_name(each)} too") for each in new)
        yield from (self._difference(f"no text is drawn in {_name(each)} any more") for each in lost)

    def _objects(self, old: tuple[DrawnObject, ...], new: tuple[DrawnObject, ...]) -> Iterator[Difference]:
        if [each.kind for each in old] == [each.kind for each in new]:
            for before, after in zip(old, new, strict=True):
                yield from self._object(before, after)
            return
        shapes = [[f"{each.kind} {[*map(round, each.box)]}" for each in objects] for objects in (old, new)]
        for operation, i1, i2, j1, j2 in SequenceMatcher(None, shapes[0], shapes[1], autojunk=False).get_opcodes():
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
        if thicker > _NOISE:
            message = f"a {what} of {min(was):.2f} pt is now {min(now):.2f} pt"
            yield self._difference(message, new.box, tolerated=thicker <= self.tolerance.thickness)
        elif change > _NOISE:
            message = f"a {what} has moved or changed its size by {change / MILLIMETRE:.2f} mm"
            yield self._difference(message, new.box, tolerated=change / MILLIMETRE <= self.tolerance.shift)
        for part, before, after in (("fill", old.fill, new.fill), ("line", old.stroke, new.stroke)):
            if before != after:
                message = f"the {part} of a {what} was {_name(before)} and is now {_name(after)}"
                yield self._difference(message, new.box, tolerated=self._alike(before, after))
        if old.content != new.content:
            yield self._difference(f"a {what} shows something else", new.box)

    def _alike(self, was: Colour | None, now: Colour | None) -> bool:
        if was is None or now is None:
            return False
        return max(abs(a - b) for a, b in zip(was, now, strict=True)) <= self.tolerance.colour

    def _difference(self, message: str, box: Rectangle | None = None, *, tolerated: bool = False) -> Difference:
        return Difference(Layer.PICTURE, message, self.page, box, tolerated=tolerated)

    def _of_glyphs(self, message: str, glyphs: list[DrawnGlyph], *, tolerated: bool = False) -> Difference:
        left, right = min(glyph.x for glyph in glyphs), max(glyph.x + glyph.size / 2 for glyph in glyphs)
        box = left, min(glyph.y - glyph.size for glyph in glyphs), right, max(glyph.y for glyph in glyphs)
        touched = {glyph.word for glyph in glyphs}
        words = self.candidate.words(touched) if len(touched) <= _MOST_WORDS else ""
        return Difference(Layer.PICTURE, message, self.page, box, words=words, tolerated=tolerated)


def _characters(glyphs: list[DrawnGlyph]) -> str:
    return f"{len(glyphs)} character{'s' if len(glyphs) > 1 else ''}"


def _kind(thing: DrawnObject) -> str:
    if thing.kind == "path":
        return "rule" if min(_size(thing.box)) < _RULE else "shape"
    return thing.kind


def _size(box: Rectangle) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _distance(old: Rectangle, new: Rectangle) -> float:
    """How far the centre has moved, in points."""
    return math.hypot(old[0] + old[2] - new[0] - new[2], old[1] + old[3] - new[1] - new[3]) / 2


def _name(colour: Colour | None) -> str:
    """A colour as in style sheets."""
    if colour is None:
        return "no colour"
    return "#" + "".join(f"{level:02x}" for level in (colour if colour[3] < 255 else colour[:3]))
