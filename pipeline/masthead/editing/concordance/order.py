"""Units that stand elsewhere in one version than in the others: told, and set beside their sisters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from masthead.document.references import Unit
from masthead.editing.concordance.alignment import Row, Version
from masthead.editing.concordance.disagreement import Disagreement
from masthead.editing.concordance.features import Features
from masthead.editing.concordance.kinds import word
from masthead.editing.concordance.sequences import distance, together

_SWAPPED = 0.6  # how much better two neighbours must fit crosswise
_SAME = 0.15  # how little a unit that was moved may differ from its sisters
_MOST = 100  # units without a sister; what has more is another document
_ORDERED = ("paragraph", "sub-paragraph", "note")

Rows = list[list[int | None]]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The rows with every unit beside its sisters, what was told of that, and which units were moved, by version."""

    rows: tuple[Row, ...]
    told: tuple[Disagreement, ...]
    moved: frozenset[tuple[int, int | None]]


def in_order(versions: Sequence[Version], aligned: Sequence[Row]) -> Ordered:
    """Return the rows with what stands elsewhere in one version set beside its sisters."""
    rows: Rows = [list(row) for row in aligned]
    told: list[tuple[list[int | None], int, str, str, str]] = []
    moved: set[tuple[int, int | None]] = set()
    for column in range(len(versions)):
        for here, there in _elsewhere(versions, rows, column):
            unit = _unit(versions, here[0])
            told.append((here[0], column, f"{word(unit.kind)}: order", unit.place, "it stands elsewhere"))
            for row, other in zip(here, there, strict=True):
                row[column], other[column] = other[column], None
                moved.add((column, row[column]))
    rows = [row for row in rows if any(index is not None for index in row)]
    for name, place, first, second in _neighbours(versions, rows):
        for column in range(len(versions)):
            if _is_swapped(versions, first, second, column):
                told.append((first[0], column, f"{name}: order", place, "it and the next stand in the other order"))
                for row, other in zip(first, second, strict=True):
                    row[column], other[column] = other[column], row[column]
                    moved |= {(column, row[column]), (column, other[column])}
    at = {id(row): place for place, row in enumerate(rows)}
    everyone = tuple(version.name for version in versions)
    return Ordered(
        tuple(map(tuple, rows)),
        tuple(
            Disagreement(
                kind,
                place,
                f"{versions[column].name}: {message}",
                everyone if len(versions) == 2 else (versions[column].name,),
                at[id(row)],
            )
            for row, column, kind, place, message in told
        ),
        frozenset(moved),
    )


def _unit(versions: Sequence[Version], row: Sequence[int | None]) -> Unit:
    """The unit of the first version that has one there."""
    return next(version.units[at] for version, at in zip(versions, row, strict=True) if at is not None)


def _whole(versions: Sequence[Version], rows: Rows, at: int) -> Rows:
    """The row and those of the sub-paragraphs beneath it."""
    place = _unit(versions, rows[at]).place
    end = at + 1
    while end < len(rows) and _unit(versions, rows[end]).place.startswith(f"{place} ("):
        end += 1
    return rows[at:end]


def _elsewhere(versions: Sequence[Version], rows: Rows, column: int) -> Iterator[tuple[Rows, Rows]]:
    """What one version alone lacks in one place and alone has in another: the rows there and here."""
    alone = [at for at, row in enumerate(rows) if row[column] is not None and row.count(None) == len(row) - 1]
    for at, row in enumerate(rows) if 0 < len(alone) <= _MOST else ():
        if row[column] is not None or row.count(None) > 1 or word(_unit(versions, row).kind) not in _ORDERED:
            continue
        for other in alone:
            here, there = _whole(versions, rows, at), _whole(versions, rows, other)
            if rows[other][column] is not None and len(here) == len(there) and _is_same(versions, here, there, column):
                yield here, there
                break


def _is_same(versions: Sequence[Version], here: Rows, there: Rows, column: int) -> bool:
    unit, its = _unit(versions, here[0]), _unit(versions, there[0])
    said = [_said(versions[other], here, other) for other in range(len(versions)) if here[0][other] is not None]
    moved = _said(versions[column], there, column)
    return word(unit.kind) == word(its.kind) and _says_something(moved) and distance(moved, said[0]) < _SAME


def _said(version: Version, rows: Rows, column: int) -> Features:
    return together(version.features[row[column] or 0] for row in rows if row[column] is not None)


def _says_something(said: Features) -> bool:
    """Whether there is more to know a unit by than its length."""
    return bool(said.cited or said.numbers or said.calls)


def _neighbours(versions: Sequence[Version], rows: Rows) -> Iterator[tuple[str, str, Rows, Rows]]:
    """Neighbours that might have been swapped, as many rows each: what they are, where the first stands, both."""
    wholes = []
    lines: dict[tuple[str, str, int], dict[int, list[int | None]]] = {}
    for at, row in enumerate(rows):
        unit = _unit(versions, row)
        if unit.kind == "cell":
            table = unit.place.rpartition(", row ")[0]
            for name, line, across in zip(("row", "column"), unit.cell, reversed(unit.cell), strict=True):
                lines.setdefault((name, table, line), {})[across] = row
        elif word(unit.kind) in _ORDERED:
            wholes.append((at, unit, _whole(versions, rows, at)))
    for (at, unit, first), (next_at, other, second) in pairwise(wholes):
        follows = next_at == at + len(first) and (word(unit.kind), unit.level) == (word(other.kind), other.level)
        if follows and len(first) == len(second):
            yield word(unit.kind), unit.place, first, second
    for (one, cells), (two, next_cells) in pairwise(sorted(lines.items())):
        both = [across for across in cells if across in next_cells]  # a cell over two columns is in one of them
        if one[:2] == two[:2]:
            name, table, line = one
            yield name, f"{table}, {name} {line}", [cells[at] for at in both], [next_cells[at] for at in both]


def _is_swapped(versions: Sequence[Version], first: Rows, second: Rows, column: int) -> bool:
    if any(None in row for row in (*first, *second)) or (len(versions) == 2 and column == 0):
        return False
    one, two = (_said(versions[column], rows, column) for rows in (first, second))
    if not (_says_something(one) or _says_something(two)):
        return False
    gains = []
    for other, version in enumerate(versions):
        if other != column:
            its, next_ = (_said(version, rows, other) for rows in (first, second))
            straight, crosswise = distance(one, its) + distance(two, next_), distance(one, next_) + distance(two, its)
            gains.append(straight - crosswise)
    return median(gains) > _SWAPPED
