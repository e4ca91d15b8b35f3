"""Glyphs and marks compared as figures: how far moved, how much thicker, what colour. The exact half of the picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from masthead.comparison.difference import MILLIMETRE, Box, Difference, Layer
from masthead.comparison.drawing import Colour, Drawing, Glyph, Mark
from masthead.comparison.tolerance import Tolerance

TRACE = 0.01  # points: less is the arithmetic of the two libraries, no change


def differing(baseline: Drawing, candidate: Drawing, page: int, tolerance: Tolerance) -> Iterator[Difference]:
    """What is drawn elsewhere or otherwise on one page.

    Glyphs are compared one by one where the page has the same characters; where it has not, the text layer and the
    picture tell what is otherwise, and here only the colours that come and go.
    """
    old, new = baseline.glyphs, candidate.glyphs
    if len(old) == len(new) and all(a.text == b.text for a, b in zip(old, new, strict=True)):
        yield from _moved(old, new, candidate, page, tolerance)
        yield from _sized(old, new, candidate, page)
        yield from _coloured(old, new, candidate, page, tolerance)
    else:
        yield from _palettes(old, new, page)
    yield from _marks(baseline.marks, candidate.marks, page, tolerance)


def _moved(
    old: tuple[Glyph, ...], new: tuple[Glyph, ...], drawing: Drawing, page: int, tolerance: Tolerance
) -> Iterator[Difference]:
    ways = [((b.x - a.x) ** 2 + (b.y - a.y) ** 2) ** 0.5 for a, b in zip(old, new, strict=True)]
    moved = [glyph for way, glyph in zip(ways, new, strict=True) if way > TRACE]
    if moved:
        furthest = max(ways) / MILLIMETRE
        message = f"{_count(len(moved), 'character')} moved by up to {furthest:.2f} mm"
        yield _of_glyphs(message, moved, drawing, page, tolerated=furthest <= tolerance.shift)


def _sized(old: tuple[Glyph, ...], new: tuple[Glyph, ...], drawing: Drawing, page: int) -> Iterator[Difference]:
    sized = [(a, b) for a, b in zip(old, new, strict=True) if abs(a.size - b.size) > TRACE]
    if sized:
        message = (
            f"{_count(len(sized), 'character')} of another size: {sized[0][0].size:g} pt is now {sized[0][1].size:g} pt"
        )
        yield _of_glyphs(message, [glyph for _, glyph in sized], drawing, page)


def _coloured(
    old: tuple[Glyph, ...], new: tuple[Glyph, ...], drawing: Drawing, page: int, tolerance: Tolerance
) -> Iterator[Difference]:
    painted: dict[tuple[Colour | None, Colour | None], list[Glyph]] = {}
    for before, after in zip(old, new, strict=True):
        if before.colour != after.colour:
            painted.setdefault((before.colour, after.colour), []).append(after)
    for (was, now), glyphs in painted.items():
        message = f"the colour of {_count(len(glyphs), 'character')} was {name(was)} and is now {name(now)}"
        yield _of_glyphs(message, glyphs, drawing, page, tolerated=_alike(was, now, tolerance))


def _palettes(old: tuple[Glyph, ...], new: tuple[Glyph, ...], page: int) -> Iterator[Difference]:
    was, now = {glyph.colour for glyph in old}, {glyph.colour for glyph in new}
    for colour in sorted(now - was, key=str):
        yield Difference(Layer.PICTURE, f"text is now drawn in {name(colour)} too", page)
    for colour in sorted(was - now, key=str):
        yield Difference(Layer.PICTURE, f"no text is drawn in {name(colour)} any more", page)


def _marks(old: tuple[Mark, ...], new: tuple[Mark, ...], page: int, tolerance: Tolerance) -> Iterator[Difference]:
    if [mark.kind for mark in old] == [mark.kind for mark in new]:
        for before, after in zip(old, new, strict=True):
            yield from _mark(before, after, page, tolerance)
        return
    shapes = [[(mark.kind, *map(round, mark.box)) for mark in marks] for marks in (old, new)]
    matcher: SequenceMatcher[tuple[object, ...]] = SequenceMatcher(None, shapes[0], shapes[1], autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            for before, after in zip(old[i1:i2], new[j1:j2], strict=True):
                yield from _mark(before, after, page, tolerance)
            continue
        for mark in old[i1:i2]:
            yield Difference(Layer.PICTURE, f"a {_kind(mark)} is lost", page, mark.box)
        for mark in new[j1:j2]:
            yield Difference(Layer.PICTURE, f"a {_kind(mark)} is new", page, mark.box)


def _mark(old: Mark, new: Mark, page: int, tolerance: Tolerance) -> Iterator[Difference]:
    what = _kind(new)
    sizes = [(box[2] - box[0], box[3] - box[1]) for box in (old.box, new.box)]
    growth = max(abs(a - b) for a, b in zip(*sizes, strict=True))
    thick = min(sizes[0]), min(sizes[1])
    way = _way(old.box, new.box)
    if abs(thick[0] - thick[1]) > TRACE:
        message = f"a {what} of {thick[0]:.2f} pt is now {thick[1]:.2f} pt"
        yield Difference(
            Layer.PICTURE, message, page, new.box, tolerated=abs(thick[0] - thick[1]) <= tolerance.thickness
        )
    elif max(way, growth) > TRACE:
        message = f"a {what} has moved or grown by {max(way, growth) / MILLIMETRE:.2f} mm"
        tolerated = max(way, growth) / MILLIMETRE <= tolerance.shift
        yield Difference(Layer.PICTURE, message, page, new.box, tolerated=tolerated)
    for part, was, now in (("fill", old.fill, new.fill), ("line", old.stroke, new.stroke)):
        if was != now:
            message = f"the {part} of a {what} was {name(was)} and is now {name(now)}"
            yield Difference(Layer.PICTURE, message, page, new.box, tolerated=_alike(was, now, tolerance))
    if old.content != new.content:
        yield Difference(Layer.PICTURE, f"a {what} shows something else", page, new.box)


def _kind(mark: Mark) -> str:
    thin = min(mark.box[2] - mark.box[0], mark.box[3] - mark.box[1]) < 3
    return "rule" if mark.kind == "path" and thin else {"path": "shape"}.get(mark.kind, mark.kind)


def _way(old: Box, new: Box) -> float:
    """How far the middle has moved, in points."""
    across, down = (old[0] + old[2] - new[0] - new[2]) / 2, (old[1] + old[3] - new[1] - new[3]) / 2
    return float((across**2 + down**2) ** 0.5)


def name(colour: Colour | None) -> str:
    """A colour as style sheets have it."""
    if colour is None:
        return "no colour"
    return "#" + "".join(f"{level:02x}" for level in (colour if colour[3] < 255 else colour[:3]))


def _alike(was: Colour | None, now: Colour | None, tolerance: Tolerance) -> bool:
    return (
        was is not None
        and now is not None
        and max(abs(a - b) for a, b in zip(was, now, strict=True)) <= tolerance.colour
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _of_glyphs(
    message: str, glyphs: list[Glyph], drawing: Drawing, page: int, *, tolerated: bool = False
) -> Difference:
    box = (
        min(glyph.x for glyph in glyphs), min(glyph.y - glyph.size for glyph in glyphs),
        max(glyph.x + glyph.size / 2 for glyph in glyphs), max(glyph.y for glyph in glyphs),
    )  # fmt: skip
    few = Counter(glyph.word for glyph in glyphs).keys()
    words: dict[int, str] = {}
    if len(few) <= 12:
        for glyph in drawing.glyphs:
            if glyph.word in few:
                words[glyph.word] = words.get(glyph.word, "") + glyph.text
    return Difference(Layer.PICTURE, message, page, box, words=" ".join(words.values()), tolerated=tolerated)
