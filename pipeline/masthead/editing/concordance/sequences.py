"""Two sequences side by side by dynamic programming (Needleman and Wunsch), and how much two units share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain

from masthead.editing.concordance.features import Features

Pair = tuple[int | None, int | None]
"""An index in each of two sequences; None where the one has no counterpart."""

_GAP = 0.8  # what a missing unit costs; units cost less to pair the more they share
_BAND = 30  # units by which sequences may be shifted, beside the difference of their lengths


def paired(rows: int, columns: int, cost: Callable[[int, int], float]) -> list[Pair]:
    """Return the cheapest alignment of two sequences of these lengths, in order; `cost` is that of a pair."""
    band = abs(rows - columns) + _BAND
    above: dict[int, float] = {}
    steps: list[dict[int, int]] = []  # of each row, by column: 1 pairs both, 2 and 3 leave a gap
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
    pairs: list[Pair] = []
    i, j = rows, columns
    while i or j:
        step = steps[i][j]
        i, j = i - (step in (1, 2)), j - (step in (1, 3))
        pairs.append((i if step in (1, 2) else None, j if step in (1, 3) else None))
    return pairs[::-1]


def distance(first: Features, second: Features) -> float:
    """How little two units share, from 0 to 1."""
    parts = []
    for one, other in (
        (first.cited, second.cited),
        (first.numbers, second.numbers),
        (first.calls, second.calls),
        (tuple(first.verbs), tuple(second.verbs)),
    ):
        if one or other:
            shared = sum((Counter[object](one) & Counter[object](other)).values())
            parts.append(1 - shared / max(len(one), len(other), 1))
    longer = max(first.share, second.share)
    ratio = min(first.share, second.share) / longer if longer else 1.0
    parts.append(min(1.0, 2 * (1 - ratio) ** 2))
    return sum(parts) / len(parts)


def together(several: Iterable[Features]) -> Features:
    """What units say together, as far as it tells them from others."""
    parts = tuple(several)
    return Features(
        cited=tuple(chain.from_iterable(each.cited for each in parts)),
        numbers=tuple(chain.from_iterable(each.numbers for each in parts)),
        measures=frozenset(),
        calls=tuple(chain.from_iterable(each.calls for each in parts)),
        table_calls=tuple(chain.from_iterable(each.table_calls for each in parts)),
        organs=frozenset(),
        is_emphatic=False,
        is_bold=False,
        verbs=frozenset(),
        length=sum(each.length for each in parts),
        letters="",
        foreign="",
        spoken="",
        ending="",
        share=sum(each.share for each in parts),
    )
