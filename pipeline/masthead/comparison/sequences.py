"""Sequences aligned: what two have in common, in order, and what is between. They may be long and repetitive."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]


def opcodes(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Opcode]:
    """Return the operations that make `after` of `before`, as `difflib.SequenceMatcher` does.

    Items that are once in both sequences are aligned first, so that the time does not grow with the square.
    """
    found: list[Opcode] = []
    for operation, i1, i2, j1, j2 in _pieces(before, after):
        if found and found[-1][0] == operation == "equal":
            operation, start, _, other, _ = found.pop()
            found.append((operation, start, i2, other, j2))
        else:
            found.append((operation, i1, i2, j1, j2))
    return found


def _pieces(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[Opcode]:
    i = j = 0
    for start, other in [*_anchors(before, after), (len(before), len(after))]:
        yield from _between(before, after, i, start, j, other)
        if start < len(before):
            yield "equal", start, start + 1, other, other + 1
        i, j = start + 1, other + 1


def _between(
    before: Sequence[Hashable], after: Sequence[Hashable], i1: int, i2: int, j1: int, j2: int
) -> Iterator[Opcode]:
    while i1 < i2 and j1 < j2 and before[i1] == after[j1]:
        yield "equal", i1, i1 + 1, j1, j1 + 1
        i1, j1 = i1 + 1, j1 + 1
    end = 0
    while end < min(i2 - i1, j2 - j1) and before[i2 - 1 - end] == after[j2 - 1 - end]:
        end += 1
    if i1 < i2 - end or j1 < j2 - end:
        matcher = SequenceMatcher(None, before[i1 : i2 - end], after[j1 : j2 - end], autojunk=False)
        yield from ((what, i1 + a, i1 + b, j1 + c, j1 + d) for what, a, b, c, d in matcher.get_opcodes())
    if end:
        yield "equal", i2 - end, i2, j2 - end, j2


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The items that are once in both, as far as they are in the same order."""
    old, new = Counter(before), Counter(after)
    places = {item: place for place, item in enumerate(after) if new[item] == 1}
    pairs = [(i, places[item]) for i, item in enumerate(before) if old[item] == 1 and item in places]
    return in_order(pairs)


def in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the most pairs, which are sorted by the first number, whose second numbers increase too."""
    tails: list[int] = []
    places: list[int] = []
    for _, second in pairs:
        place = bisect_left(tails, second)
        tails[place : place + 1] = [second]
        places.append(place)
    kept: list[tuple[int, int]] = []
    wanted = len(tails) - 1
    for pair, place in zip(reversed(pairs), reversed(places), strict=True):
        if place == wanted and (not kept or pair[1] < kept[-1][1]):
            kept.append(pair)
            wanted -= 1
    return kept[::-1]
