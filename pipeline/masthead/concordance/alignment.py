"""Versions side by side: which units of two to six language versions are the same paragraph.

Versions of one shape, the same kinds of units in the same order, are aligned one to one. Others are aligned by dynamic
programming (Needleman and Wunsch) over what their units say: a paragraph that one version lacks leaves a gap there, and
does not shift all that follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from masthead.concordance.features import Features, features
from masthead.model import Document
from masthead.references import Kind, Unit, citations, units
from masthead.terms import Language

_GAP = 0.8  # what a missing unit costs; units cost less to pair the more they share
_NEVER = 99.0
_BAND = 30  # units by which versions may be shifted, beside the difference of their lengths


@dataclass(frozen=True, slots=True)
class Version:
    """One language version: its name, its units, and what each says. `is_printed` says that a PDF stands in.

    `keys` is what units are known by in other versions: what they say, and for the first cell of a row all its numbers.
    """

    name: str
    language: Language
    units: tuple[Unit, ...]
    features: tuple[Features, ...]
    keys: tuple[Features, ...]
    document: Document
    is_printed: bool = False

    @classmethod
    def of(cls, document: Document, name: str, *, is_printed: bool = False) -> Version:
        parts = _closing(units(document), document.language)
        said = tuple(features(unit, document.language) for unit in parts)
        return cls(name, document.language, parts, said, _keys(parts, said), document, is_printed)


def _keys(parts: Sequence[Unit], said: Sequence[Features]) -> tuple[Features, ...]:
    rows: dict[str, list[str]] = {}
    for unit, each in zip(parts, said, strict=True):
        if unit.kind == "cell":
            rows.setdefault(unit.place.rpartition(", ")[0], []).extend(each.numbers)
    return tuple(
        replace(each, numbers=tuple(sorted(rows[unit.place.rpartition(", ")[0]])))
        if unit.kind == "cell" and unit.place.endswith("cell 1")
        else each
        for unit, each in zip(parts, said, strict=True)
    )


def _closing(parts: Sequence[Unit], language: Language) -> tuple[Unit, ...]:
    """The units with the meeting before its date beneath a resolution: Chinese has them in the other order."""
    lines = [unit for unit in parts if unit.kind == "closing"]
    lines.sort(
        key=lambda unit: all(each.citation.kind is not Kind.MEETING for each in citations(unit.content, language))
    )
    ordered = iter(lines)
    return tuple(next(ordered) if unit.kind == "closing" else unit for unit in parts)


Row = tuple[int | None, ...]
"""For each version the index of its unit, None where it has none."""


def align(versions: Sequence[Version]) -> tuple[Row, ...]:
    """Return the rows in reading order. The version whose shape most others have is what they are aligned to."""
    shapes = [_shape(version) for version in versions]
    common = Counter(shapes).most_common(1)[0][0]
    pivot = shapes.index(common)
    size = len(versions[pivot].units)
    paired: list[list[int | None]] = []
    extras: list[dict[int, list[int]]] = []
    for version, shape in zip(versions, shapes, strict=True):
        if shape == common:
            paired.append(list(range(size)))
            extras.append({})
        else:
            pairs = _pairs(versions[pivot], version)
            paired.append(_by_pivot(pairs, size))
            extras.append(_extras(pairs))
    rows: list[Row] = []
    for at in range(size + 1):
        longest = max(len(extra.get(at, ())) for extra in extras)
        for place in range(longest):
            lists = [extra.get(at, []) for extra in extras]
            rows.append(tuple(found[place] if place < len(found) else None for found in lists))
        if at < size:
            rows.append(tuple(column[at] for column in paired))
    return tuple(rows)


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
            shared = sum((Counter(one) & Counter(other)).values())
            parts.append(1 - shared / max(len(one), len(other), 1))
    ratio = min(first.length, second.length) / max(first.length, second.length, 1)
    parts.append(min(1.0, 2 * (1 - ratio) ** 2))
    return sum(parts) / len(parts)


def _shape(version: Version) -> tuple[tuple[str, int], ...]:
    return tuple((unit.kind, unit.level) for unit in version.units)


def _pairs(pivot: Version, other: Version) -> list[tuple[int | None, int | None]]:
    """The cheapest alignment of two versions, as pairs of indexes."""
    rows, columns = len(pivot.units), len(other.units)
    band = abs(rows - columns) + _BAND
    costs = [[_NEVER * (rows + columns)] * (columns + 1) for _ in range(rows + 1)]
    steps = [[0] * (columns + 1) for _ in range(rows + 1)]
    costs[0][0] = 0.0
    for i in range(rows + 1):
        for j in range(max(0, i - band), min(columns, i + band) + 1):
            for step, (di, dj) in enumerate(((1, 1), (1, 0), (0, 1)), 1):
                if i < di or j < dj:
                    continue
                cost = costs[i - di][j - dj] + (_cost(pivot, other, i - 1, j - 1) if step == 1 else _GAP)
                if cost < costs[i][j]:
                    costs[i][j], steps[i][j] = cost, step
    pairs: list[tuple[int | None, int | None]] = []
    i, j = rows, columns
    while i or j:
        step = steps[i][j]
        i, j = i - (step in (1, 2)), j - (step in (1, 3))
        pairs.append((i if step in (1, 2) else None, j if step in (1, 3) else None))
    return pairs[::-1]


def _cost(pivot: Version, other: Version, i: int, j: int) -> float:
    if (pivot.units[i].kind, pivot.units[i].level) != (other.units[j].kind, other.units[j].level):
        return _NEVER
    numbered = 0.0 if pivot.units[i].number == other.units[j].number else 0.1
    return numbered + distance(pivot.keys[i], other.keys[j])


def _by_pivot(pairs: Sequence[tuple[int | None, int | None]], size: int) -> list[int | None]:
    column: list[int | None] = [None] * size
    for i, j in pairs:
        if i is not None:
            column[i] = j
    return column


def _extras(pairs: Sequence[tuple[int | None, int | None]]) -> dict[int, list[int]]:
    """The units without a counterpart, by the index of the pivot's unit before which they stand."""
    found: dict[int, list[int]] = {}
    at = 0
    for i, j in pairs:
        if i is not None:
            at = i + 1
        elif j is not None:
            found.setdefault(at, []).append(j)
    return found
