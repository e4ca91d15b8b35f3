"""Units that are in another place in one version: reported, and put in the row of their counterparts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from masthead.document.references import Unit
from masthead.editing.concordance.alignment import Row, Version
from masthead.editing.concordance.disagreement import Disagreement
from masthead.editing.concordance.features import Features
from masthead.editing.concordance.kinds import ORDERED, word
from masthead.editing.concordance.sequences import distance, merged

_SWAPPED = 0.6  # by how much two neighbours must fit better crosswise to count as swapped
_SAME = 0.15  # the distance up to which a unit in another place is the same unit
_MOST = 100  # units without a counterpart: with more, the version is probably another document

MutableRows = list[list[int | None]]


@dataclass(frozen=True, slots=True)
class OrderedRows:
    """The rows with every unit beside its counterparts, the disagreements in order, and the units that were moved.

    `moved` has pairs of the column and the index of a unit.
    """

    rows: tuple[Row, ...]
    disagreements: tuple[Disagreement, ...]
    moved: frozenset[tuple[int, int | None]]


def in_order(versions: Sequence[Version], aligned: Sequence[Row]) -> OrderedRows:
    """Return the rows with units that are elsewhere in one version beside their counterparts."""
    rows: MutableRows = [list(row) for row in aligned]
    found: list[tuple[list[int | None], int, str, str, str]] = []
    moved: set[tuple[int, int | None]] = set()
    for column in range(len(versions)):
        for here, there in _elsewhere(versions, rows, column):
            unit = _unit(versions, here[0])
            found.append((here[0], column, word(unit.kind), unit.place, "in another place"))
            for row, other in zip(here, there, strict=True):
                row[column], other[column] = other[column], None
                moved.add((column, row[column]))
    rows = [row for row in rows if any(index is not None for index in row)]
    for name, place, first, second in _neighbours(versions, rows):
        for column in range(len(versions)):
            if _is_swapped(versions, first, second, column):
                found.append((first[0], column, name, place, "swapped with the next"))
                for row, other in zip(first, second, strict=True):
                    row[column], other[column] = other[column], row[column]
                    moved |= {(column, row[column]), (column, other[column])}
    at = {id(row): place for place, row in enumerate(rows)}
    everyone = tuple(version.name for version in versions)
    disagreements = []
    for row, column, name, place, what in found:
        version = versions[column].name
        concerned = everyone if len(versions) == 2 else (version,)
        disagreements.append(Disagreement.of(f"{name}: order", place, f"{version}: {what}", concerned, at[id(row)]))
    return OrderedRows(tuple(map(tuple, rows)), tuple(disagreements), frozenset(moved))


def _unit(versions: Sequence[Version], row: Sequence[int | None]) -> Unit:
    """The unit of the first version that has one in the row."""
    return next(version.units[at] for version, at in zip(versions, row, strict=True) if at is not None)


def _whole(versions: Sequence[Version], rows: MutableRows, at: int) -> MutableRows:
    """The row, and the rows of its subparagraphs."""
    place = _unit(versions, rows[at]).place
    end = at + 1
    while end < len(rows) and _is_within(versions, rows[end], place):
        end += 1
    return rows[at:end]


def _is_within(versions: Sequence[Version], row: Sequence[int | None], place: str) -> bool:
    """Whether a row is of a subparagraph of this place. A row is empty if its units were moved to another."""
    return any(index is not None for index in row) and _unit(versions, row).place.startswith(f"{place} (")


def _elsewhere(
    versions: Sequence[Version], rows: MutableRows, column: int
) -> Iterator[tuple[MutableRows, MutableRows]]:
    """Units that only one version lacks in one place and only this version has in another: the rows of both places."""
    alone = [at for at, row in enumerate(rows) if row[column] is not None and row.count(None) == len(row) - 1]
    for at, row in enumerate(rows) if 0 < len(alone) <= _MOST else ():
        if row[column] is not None or row.count(None) > 1 or word(_unit(versions, row).kind) not in ORDERED:
            continue
        for other in (other for other in alone if rows[other][column] is not None):
            here, there = _whole(versions, rows, at), _whole(versions, rows, other)
            if len(here) == len(there) and _is_same(versions, here, there, column):
                yield here, there
                break


def _is_same(versions: Sequence[Version], here: MutableRows, there: MutableRows, column: int) -> bool:
    unit, its = _unit(versions, here[0]), _unit(versions, there[0])
    other = next(other for other in range(len(versions)) if here[0][other] is not None)
    moved = _content(versions[column], there, column)
    is_close = distance(moved, _content(versions[other], here, other)) < _SAME
    return word(unit.kind) == word(its.kind) and _is_distinctive(moved) and is_close


def _content(version: Version, rows: MutableRows, column: int) -> Features:
    """The features of a version's units in the rows, together."""
    return merged(version.features[row[column] or 0] for row in rows if row[column] is not None)


def _is_distinctive(content: Features) -> bool:
    """Whether a unit can be recognized by more than its length."""
    return bool(content.cited or content.numbers or content.calls)


def _neighbours(versions: Sequence[Version], rows: MutableRows) -> Iterator[tuple[str, str, MutableRows, MutableRows]]:
    """Neighbours that may have been swapped: their kind, the place of the first, the rows of each, equally many."""
    wholes = []
    lines: dict[tuple[str, str, int], dict[int, list[int | None]]] = {}
    for at, row in enumerate(rows):
        unit = _unit(versions, row)
        if unit.kind == "cell":
            table = unit.place.rpartition(", row ")[0]
            for name, line, across in zip(("row", "column"), unit.cell, reversed(unit.cell), strict=True):
                lines.setdefault((name, table, line), {})[across] = row
        elif word(unit.kind) in ORDERED:
            wholes.append((at, unit, _whole(versions, rows, at)))
    for (at, unit, first), (next_at, other, second) in pairwise(wholes):
        follows = next_at == at + len(first) and (word(unit.kind), unit.level) == (word(other.kind), other.level)
        if follows and len(first) == len(second):
            yield word(unit.kind), unit.place, first, second
    for (one, cells), (two, next_cells) in pairwise(sorted(lines.items())):
        both = [across for across in cells if across in next_cells]  # a cell that spans two columns is in one of them
        if one[:2] == two[:2]:
            name, table, line = one
            yield name, f"{table}, {name} {line}", [cells[at] for at in both], [next_cells[at] for at in both]


def _is_swapped(versions: Sequence[Version], first: MutableRows, second: MutableRows, column: int) -> bool:
    """Whether a version's units in the first rows fit the second rows of the others, and vice versa."""
    if any(None in row for row in (*first, *second)) or (len(versions) == 2 and column == 0):
        return False
    one, two = (_content(versions[column], rows, column) for rows in (first, second))
    if not (_is_distinctive(one) or _is_distinctive(two)):
        return False
    gains = []
    for other, version in enumerate(versions):
        if other != column:
            its, next_ = (_content(version, rows, other) for rows in (first, second))
            straight, crosswise = distance(one, its) + distance(two, next_), distance(one, next_) + distance(two, its)
            gains.append(straight - crosswise)
    return median(gains) > _SWAPPED
