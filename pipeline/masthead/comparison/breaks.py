"""The break map: which line, paragraph and note ends each page, and what ends elsewhere now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.comparison.contents import Passage
from masthead.comparison.difference import Difference, Layer
from masthead.comparison.text import Pairing

MANY = 6  # so many lines are named one by one


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A line: the number of its passage, and its own in the passage, both from 0."""

    passage: int
    line: int


def page_ends(passages: tuple[Passage, ...]) -> dict[int, Position]:
    """The last line of the text on each page, notes and what stands outside the flow left aside."""
    ends: dict[int, Position] = {}
    for number, passage in enumerate(passages):
        if not passage.is_note and passage.kind != "Artifact":
            for place, line in enumerate(passage.lines):
                ends[line.page] = Position(number, place)
    return ends


def differing(
    baseline: tuple[Passage, ...], candidate: tuple[Passage, ...], pairings: tuple[Pairing, ...]
) -> Iterator[Difference]:
    """The pages, lines and notes that end or stand elsewhere."""
    yield from _pages(baseline, candidate, pairings)
    paired = [(baseline[p.before[0]], candidate[p.after[0]]) for p in pairings if len(p.before) == len(p.after) == 1]
    for old, new in paired:
        if new.is_note:
            yield from _note(old, new)
        yield from _lines(old, new)


def _pages(
    baseline: tuple[Passage, ...], candidate: tuple[Passage, ...], pairings: tuple[Pairing, ...]
) -> Iterator[Difference]:
    before, after = page_ends(baseline), page_ends(candidate)
    place = {Position(p, i): n for n, (p, i) in enumerate(_flow(baseline))}
    back = _backwards(pairings)
    for page in sorted(before.keys() & after.keys()):
        end = after[page]
        counterpart = Position(back[end.passage], end.line)
        lines = place[before[page]] - place.get(counterpart, _last(place, counterpart.passage))
        passage = candidate[end.passage]
        if counterpart == before[page] or lines == 0:
            continue
        where = f"in {passage.name}, line {end.line + 1} of {len(passage.lines)}"
        count = f"{abs(lines)} line{'s' if abs(lines) > 1 else ''}"
        yield Difference(
            Layer.BREAKS,
            f"page {page} ends {count} {'earlier' if lines > 0 else 'later'}, {where}",
            page,
            passage.lines[end.line].box,
        )
    for page in sorted(after.keys() - before.keys()):
        yield Difference(Layer.BREAKS, f"page {page} is new: text stands there now", page)
    for page in sorted(before.keys() - after.keys()):
        yield Difference(Layer.BREAKS, f"page {page} is lost: no text stands there now", page)


def _flow(passages: tuple[Passage, ...]) -> Iterator[tuple[int, int]]:
    for number, passage in enumerate(passages):
        if not passage.is_note and passage.kind != "Artifact":
            yield from ((number, place) for place in range(len(passage.lines)))


def _last(place: dict[Position, int], passage: int) -> int:
    """The number of the last line at or before the end of `passage`."""
    return max((number for position, number in place.items() if position.passage <= passage), default=0)


def _backwards(pairings: tuple[Pairing, ...]) -> dict[int, int]:
    """For each passage of the candidate its counterpart in the baseline; for a new one, that before it."""
    back, last = {}, 0
    for pairing in pairings:
        last = pairing.before[-1] if pairing.before else last
        for number in pairing.after:
            back[number] = last
    return back


def _note(old: Passage, new: Passage) -> Iterator[Difference]:
    was, now = ({line.page: None for line in each.lines} for each in (old, new))
    if list(was) != list(now):
        pages = " and ".join(map(str, now)) or "no page"
        yield Difference(
            Layer.BREAKS, f"{new.name} has moved from page {' and '.join(map(str, was))} to {pages}", _page(new)
        )


def _lines(old: Passage, new: Passage) -> Iterator[Difference]:
    """Lines of one passage that end at other words."""
    if len(old.lines) != len(new.lines):
        message = f"{new.name} has {len(new.lines)} lines, not {len(old.lines)}"
        yield Difference(Layer.BREAKS, message, _page(new), new.lines[0].box if new.lines else None)
        return
    if old.text != new.text:
        return
    moved = [
        n
        for n, (a, b) in enumerate(zip(old.lines, new.lines, strict=True))
        if a.text.split()[-1:] != b.text.split()[-1:]
    ]
    if moved:
        numbers = ", ".join(str(number + 1) for number in moved[:MANY]) + (" …" if len(moved) > MANY else "")
        end = new.lines[moved[0]]
        message = f"{new.name} breaks otherwise: line {numbers}, now at “{end.text.split()[-1] if end.text else ''}”"
        yield Difference(Layer.BREAKS, message, end.page, end.box)


def _page(passage: Passage) -> int | None:
    return passage.lines[0].page if passage.lines else None
