"""Alignment of two sequences by dynamic programming (Needleman and Wunsch), and the distance between two units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain

from masthead.editing.concordance.features import Features

IndexPair = tuple[int | None, int | None]
"""An index in each of two sequences; None if the other has no counterpart."""

_GAP = 0.8  # cost of a missing unit; the cost of a pair is its distance
_BAND = 30  # units by which sequences may be shifted, in addition to the difference of their lengths


def align_sequences(rows: int, columns: int, cost: Callable[[int, int], float]) -> list[IndexPair]:
    """Return the alignment of two sequences of these lengths with the lowest cost; `cost` is the cost of a pair."""
    band = abs(rows - columns) + _BAND
    above: dict[int, float] = {}
    steps: list[dict[int, int]] = []  # for each row, by column: 1 is a pair, 2 and 3 are gaps
    for i in range(rows + 1):
        costs: dict[int, float] = {}
        taken: dict[int, int] = {}
        for j in range(max(0, i - band), min(columns, i + band) + 1):
            ways = [(0.0, 0)] if i == j == 0 else []
            if j - 1 in above:
                ways.append((above[j - 1] + cost(i - 1, j - 1), 1))
            if j in above:
                ways.append((above[j] + _GAP, 2))
            if j - 1 in costs:
                ways.append((costs[j - 1] + _GAP, 3))
            costs[j], taken[j] = min(ways)
        above = costs
        steps.append(taken)
    pairs: list[IndexPair] = []
    i, j = rows, columns
    while i or j:
        step = steps[i][j]
        i, j = i - (step in (1, 2)), j - (step in (1, 3))
        pairs.append((i if step in (1, 2) else None, j if step in (1, 3) else None))
    return pairs[::-1]


def distance(first: Features, second: Features) -> float:
    """The distance between two units, from 0 (the same content) to 1 (nothing in common)."""
    parts = []
    for name in ("numbers", "calls", "verbs") if first.numbers or second.numbers else ("cited", "calls", "verbs"):
        one, other = getattr(first, name), getattr(second, name)
        if one or other:
            shared = (Counter(one) & Counter(other)).total()
            parts.append(1 - shared / max(len(one), len(other), 1))
    longer = max(first.share, second.share)
    ratio = min(first.share, second.share) / longer if longer else 1.0
    parts.append(min(1.0, 2 * (1 - ratio) ** 2))
    return sum(parts) / len(parts)


def merged(several: Iterable[Features]) -> Features:
    """The features of several units together, as far as alignment uses them."""
    parts = tuple(several)
    return Features(
        cited=tuple(chain.from_iterable(each.cited for each in parts)),
        numbers=tuple(chain.from_iterable(each.numbers for each in parts)),
        calls=tuple(chain.from_iterable(each.calls for each in parts)),
        length=sum(each.length for each in parts),
        share=sum(each.share for each in parts),
        spelled=frozenset().union(*(each.spelled for each in parts)),
    )
