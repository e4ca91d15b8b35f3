"""The meaning of gaps in the rows: a missing unit, an extra one, or one that was merged with its neighbour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from statistics import median

from masthead.document.references import Unit
from masthead.editing.concordance.alignment import Row, Version
from masthead.editing.concordance.disagreement import Disagreement
from masthead.editing.concordance.features import Features
from masthead.editing.concordance.kinds import MERGED, spelled, word
from masthead.editing.concordance.sequences import merged

_BOTH = 0.25  # share of the length of two paragraphs by which a merged one may differ from them

Lacking = tuple[int, ...]
"""The columns of the versions that lack a unit."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The disagreements that the gaps mean.

    `uneven` are the rows and versions in which a unit is two of the others together, or half of one.
    """

    disagreements: tuple[Disagreement, ...]
    uneven: frozenset[tuple[int, str]]


def gaps(versions: Sequence[Version], rows: Sequence[Row], factors: Sequence[float]) -> Gaps:
    """Return the meaning of each gap, once for a unit and everything in it. `factors` are those of `usual_lengths`."""
    found: list[Disagreement] = []
    uneven: set[tuple[int, str]] = set()
    reported: set[tuple[Lacking, str]] = set()
    for at, row in enumerate(rows):
        lacking = tuple(column for column, index in enumerate(row) if index is None)
        if not lacking:
            continue
        having = next(column for column in range(len(row)) if column not in lacking)
        unit = versions[having].units[row[having] or 0]
        if any((lacking, outer) in reported for outer in _around(unit.place)):
            continue
        name, place = _what(versions, rows, unit, having, lacking)
        if (lacking, place) in reported:
            continue
        reported.add((lacking, place))
        few, kind = lacking, "missing"
        if 2 * len(lacking) > len(row):
            few, kind = tuple(column for column in range(len(row)) if column not in lacking), "extra"
        names = tuple(versions[column].name for column in few)
        for near in _beside(rows, at) if name in MERGED else ():
            if _is_merged(versions, row, rows[near], factors):
                kind = "merged" if kind == "missing" else "split"
                uneven |= {(near, each) for each in names}
                break
        message = f"{', '.join(names)}: {_MESSAGES[kind].format(spelled(name))}"
        found.append(Disagreement.of(f"{name}: {kind}", place, message, names, at))
    return Gaps(tuple(found), frozenset(uneven))


_MESSAGES = {
    "missing": "the {} is missing",
    "extra": "the others have no such {}",
    "merged": "the {} is merged with its neighbour",
    "split": "the {} is split in two",
}


def _around(place: str) -> Iterator[str]:
    """The place and what contains it: `annex 2, paragraph 1 (b)`, `annex 2, paragraph 1`, `annex 2`."""
    yield place
    for end in range(len(place) - 1, 0, -1):
        if place.startswith((", ", " ("), end):
            yield place[:end]


def _what(
    versions: Sequence[Version], rows: Sequence[Row], unit: Unit, column: int, lacking: Lacking
) -> tuple[str, str]:
    """What is lacking and where: a whole row or column if all its cells are; a whole vote for any of its sides."""
    if unit.kind == "vote":
        return "vote", unit.place.rpartition(", ")[0]
    if unit.kind != "cell":
        return word(unit.kind), unit.place
    table = unit.place.rpartition(", row ")[0]
    for axis, name in enumerate(("row", "column")):
        line = [
            all(row[other] is None for other in lacking)
            for row in rows
            if (index := row[column]) is not None
            and (cell := versions[column].units[index]).kind == "cell"
            and cell.place.startswith(f"{table}, row ")
            and cell.cell[axis] == unit.cell[axis]
        ]
        if all(line):
            return name, f"{table}, {name} {unit.cell[axis]}"
    return "cell", unit.place


def _beside(rows: Sequence[Row], at: int) -> Iterator[int]:
    """The rows before and after a row, if they have no gaps."""
    yield from (near for near in (at - 1, at + 1) if 0 <= near < len(rows) and None not in rows[near])


def _is_merged(versions: Sequence[Version], row: Row, near: Row, factors: Sequence[float]) -> bool:
    """Whether, in versions that lack a unit, its neighbour has the content and the length of both in the others."""
    one: list[tuple[Features, float]] = []  # content and length in versions with one unit
    two: list[tuple[Features, float]] = []  # and in versions with two
    second = []
    for version, index, other, factor in zip(versions, row, near, factors, strict=True):
        parts = [version.features[at] for at in (index, other) if at is not None]
        (one if index is None else two).append((merged(parts), sum(each.length for each in parts) / factor))
        if index is not None:
            second.append(parts[1].length / factor)
    found, wanted = (median(length for _, length in several) for several in (one, two))
    is_as_long = abs(found - wanted) < min(_BOTH * wanted, abs(found - median(second)))
    shared = reduce(and_, (Counter(content.numbers) for content, _ in two))
    return is_as_long and all((shared - Counter(content.numbers)).keys() <= content.spelled for content, _ in one)
