"""Differences in the content of the units of one row: references, numbers, note calls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from masthead.document import Language
from masthead.document.references import Citation
from masthead.editing.concordance.alignment import Row, Version
from masthead.editing.concordance.disagreement import Disagreement, changes, differing
from masthead.editing.concordance.features import Features
from masthead.editing.concordance.kinds import FACETS, label
from masthead.editing.concordance.order import OrderedRows

_RESOLUTION = re.compile(r"(?P<organ>.+)/RES/(?P<first>\d+)(?:/(?P<second>\d+)| ?\((?P<year>\d+)\))")
_DUAL = ("1", "2")  # Arabic expresses one and two by word forms, without a numeral

RowFeatures = Mapping[str, Features]
"""The features of the units of one row, by version."""


def references(place: str, found: RowFeatures, row: int) -> Iterator[Disagreement]:
    """Yield the differences for each kind of reference."""
    labels = dict.fromkeys(label(citation) for each in found.values() for citation in each.cited)
    for name in labels:
        values = {
            version: tuple(citation for citation in each.cited if label(citation) == name)
            for version, each in found.items()
        }
        yield from differing(_facet, place, values, row)


def _facet(value: tuple[Citation, ...], usual: tuple[Citation, ...]) -> str:
    """The kind of a difference in references; by the part in which they differ, if that is only one."""
    lacks, has = changes(value, usual)
    name = label((*lacks, *has)[0])
    if len(lacks) == len(has) == 1 and (facets := FACETS.get(name)):
        one, other = _parts(lacks[0], name), _parts(has[0], name)
        differ = [facet for facet, mine, its in zip(facets, one, other, strict=False) if mine != its]
        if len(differ) == 1:
            return f"{name}: {differ[0]}"
    return name


def _parts(citation: Citation, name: str) -> tuple[str, ...]:
    if name == "date":
        return (*citation.value.replace("--", "-").split("-"), "")[:3]
    if name == "treaty":
        return tuple(citation.value.split("/"))
    found = _RESOLUTION.fullmatch(citation.value)
    if not found:
        return ()
    return found["organ"], found["year"] or found["first"], found["second"] or found["first"]


def numbers(
    place: str, found: RowFeatures, versions: Sequence[Version], row: int, *, is_cell: bool
) -> Iterator[Disagreement]:
    """Yield the differences in numbers: in a cell, of money or a percentage, otherwise by how they differ."""
    measures = dict(pair for each in found.values() for pair in each.measures)
    values = {name: each.numbers for name, each in found.items()}
    for version in versions:
        for number in _DUAL:
            if version.language is Language.ARABIC and version.name in found and number not in values[version.name]:
                values = {name: tuple(each for each in value if each != number) for name, value in values.items()}

    def kind(value: tuple[str, ...], usual: tuple[str, ...]) -> str:
        lacks, has = changes(value, usual)
        if is_cell:
            return "cell: number"
        if measure := next((measures[each] for each in (*lacks, *has) if each in measures), ""):
            return measure
        if len(lacks) == len(has) == 1 and len(lacks[0]) == len(has[0]):
            if sorted(lacks[0]) == sorted(has[0]):
                return "number: digits swapped"
            if sum(mine != its for mine, its in zip(lacks[0], has[0], strict=True)) == 1 and len(has[0]) > 1:
                return "number: one digit"
        return "number"

    yield from differing(kind, place, values, row)


class CallComparison:
    """Note calls, compared by the note that they mean: the note in the same row, whatever its number.

    Notes that are in another order keep their numbers: that they are in another order is already reported.
    """

    def __init__(self, versions: Sequence[Version], ordered: OrderedRows) -> None:
        self._names: dict[str, dict[str, str]] = {version.name: {} for version in versions}
        self._lost: dict[str, set[str]] = {version.name: set() for version in versions}
        for row in ordered.rows:
            if not any(each in ordered.moved for each in enumerate(row)):
                self._enter(versions, row)
        totals = {
            version.name: Counter(self.named(version.name, call) for each in version.features for call in each.calls)
            for version in versions
        }
        calls = {call for total in totals.values() for call in total}
        usual = {call: Counter(total[call] for total in totals.values()).most_common(1)[0][0] for call in calls}
        self._as_often = {
            name: {each for each in calls if total[each] == usual[each]} for name, total in totals.items()
        }

    def _enter(self, versions: Sequence[Version], row: Row) -> None:
        units = {version.name: version.units[at] for version, at in zip(versions, row, strict=True) if at is not None}
        names = {name: unit.name.value for name, unit in units.items() if unit.kind == "note" and unit.name}
        if not names:
            return
        usual = Counter(names.values()).most_common(1)[0][0]
        for version in versions:
            if version.name in names:
                self._names[version.name][names[version.name]] = usual
            else:
                self._lost[version.name].add(usual)

    def named(self, version: str, call: str) -> str:
        """The usual number of the note that a version calls by this number."""
        return self._names[version].get(call, call)

    def compared(self, place: str, found: RowFeatures, row: int) -> Iterator[Disagreement]:
        """Yield the differences in note calls, except calls of notes that a version lacks."""
        values = {name: tuple(self.named(name, call) for call in each.calls) for name, each in found.items()}
        lost = set().union(*(self._lost[name] for name in found))
        values = {name: tuple(call for call in value if call not in lost) for name, value in values.items()}

        def kind(value: tuple[str, ...], usual: tuple[str, ...]) -> str:
            lacks, has = changes(value, usual)
            if not lacks and not has:
                return "note call: order"
            if lacks and has:
                return "note call: another"
            name = next(name for name, each in values.items() if each == value)
            moved = all(call in self._as_often[name] for call in (*lacks, *has))
            return f"note call: {'moved' if moved else 'lost' if lacks else 'extra'}"

        yield from differing(kind, place, values, row)
