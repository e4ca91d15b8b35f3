"""Versions aligned and compared: facts of the masthead, and row by row what their units say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from masthead.document import DocumentType, Language, OrderError
from masthead.document.references import Unit
from masthead.editing.concordance import sayings
from masthead.editing.concordance.alignment import Row, Version, align
from masthead.editing.concordance.disagreement import Disagreement, differing, shown
from masthead.editing.concordance.facts import facts
from masthead.editing.concordance.gaps import gaps
from masthead.editing.concordance.kinds import NUMBERED, untranslated, word
from masthead.editing.concordance.lengths import lengths, usual_lengths
from masthead.editing.concordance.order import Ordered, in_order
from masthead.editing.concordance.sayings import Calls, Said

_SAME = 20  # letters from which on two versions that have them in common are one untranslated
_LEVELS = {"item": "sub-paragraph: level", "heading": "heading: level", "table": "table: head"}
_RESOLUTIONS = (DocumentType.RESOLUTION, DocumentType.DRAFT)


@dataclass(frozen=True, slots=True)
class Concordance:
    """Versions aligned, and where they disagree."""

    versions: tuple[Version, ...]
    rows: tuple[Row, ...]
    disagreements: tuple[Disagreement, ...]

    def where(self, disagreement: Disagreement) -> dict[str, str]:
        """Where a disagreement stands in the file of each version that it is laid to: `file:line:column`.

        What is missing would stand behind that place. The file alone where the place is not certain.
        """
        return {
            version.name: self._where(version, column, disagreement.row)
            for column, version in enumerate(self.versions)
            if version.name in disagreement.versions and version.path
        }

    def _where(self, version: Version, column: int, row: int | None) -> str:
        indexes = () if row is None else (each[column] for each in reversed(self.rows[: row + 1]))
        index = next((index for index in indexes if index is not None), None)
        position = None if index is None else version.positions.get(version.units[index].place)
        return f"{version.path}:{position.line}:{position.column}" if position else version.path


def concord(versions: Sequence[Version]) -> Concordance:
    """Align two to six versions and compare them. Raises OrderError for another number, or for two of one language."""
    hint = "name one source for each language"
    for version in versions:
        alike = [other.path or other.name for other in versions if other.language is version.language]
        if len(alike) > 1:
            raise OrderError(f"{' and '.join(alike)} are of one language, {version.language}", hint=hint)
    if not 2 <= len(versions) <= len(Language):
        raise OrderError("a concordance is made of two to six languages", hint=hint)
    ordered = in_order(versions, align(versions))
    comparison = _Comparison(versions, ordered)
    found = [*ordered.told, *comparison.gaps.told]
    for at in range(len(ordered.rows)):
        found += comparison.row(at)
    found.sort(key=lambda each: each.row or 0)
    return Concordance(tuple(versions), ordered.rows, (*facts(versions), *found))


class _Comparison:
    """Compares rows from first to last: it knows how far numbers have been shifted by what stood before."""

    def __init__(self, versions: Sequence[Version], ordered: Ordered) -> None:
        self.versions, self.rows, self.moved = versions, ordered.rows, ordered.moved
        self.factors = usual_lengths(versions, ordered.rows)
        self.gaps = gaps(versions, ordered.rows, self.factors)
        self.calls = Calls(versions, ordered)
        self.shifts: dict[tuple[object, ...], int | None] = {}  # None behind a gap
        self.gap_counts: Counter[tuple[object, ...]] = Counter()

    def row(self, at: int) -> Iterator[Disagreement]:
        """Yield the disagreements of one row, gaps apart."""
        row = self.rows[at]
        present = [(version, index) for version, index in zip(self.versions, row, strict=True) if index is not None]
        units = {version.name: version.units[index] for version, index in present}
        place, kind = self._place(present), next(iter(units.values())).kind
        numbers = tuple(self._numbers(at, row, units, place))
        if len(present) < 2:
            return
        yield from numbers
        if name := _LEVELS.get(kind):
            yield from differing(name, place, {version: unit.level for version, unit in units.items()}, at)
        if kind == "vote":
            yield from differing("vote: count", place, {name: unit.number for name, unit in units.items()}, at)
        if kind == "cell" and (empty := _empty(units)):
            yield Disagreement("cell: empty", place, f"{', '.join(empty)}: nothing stands there", empty, at)
            return
        said = {version.name: version.features[index] for version, index in present}
        foreign = tuple(_untranslated(untranslated(kind), place, self._spoken(said), said, at))
        yield from foreign
        apart = {name for each in foreign for name in each.versions}  # what they say is told by their own words alone
        apart |= {name for name in said if (at, name) in self.gaps.uneven}
        yield from self._said(place, units, {name: each for name, each in said.items() if name not in apart}, at)

    def _said(self, place: str, units: Mapping[str, Unit], said: Said, at: int) -> Iterator[Disagreement]:
        """What texts in their own languages say."""
        kind = next(iter(units.values())).kind
        yield from sayings.references(place, said, at)
        yield from sayings.numbers(place, said, self.versions, at, is_cell=kind == "cell")
        yield from self.calls.compared(place, said, at)
        yield from differing("table note call", place, {name: each.table_calls for name, each in said.items()}, at)
        yield from self._marks(place, units, said, at)
        yield from _disjoint("organ", place, {name: each.organs for name, each in said.items()}, at)
        factors = {version.name: factor for version, factor in zip(self.versions, self.factors, strict=True)}
        yield from lengths(place, {name: each.length / factors[name] for name, each in said.items()}, at)

    def _place(self, present: Sequence[tuple[Version, int]]) -> str:
        """What most versions call the place; where there is no majority, what the English does."""
        places = {version.language: version.units[index].place for version, index in present}
        counts = Counter(places.values())
        best = [place for place, count in counts.items() if count == max(counts.values())]
        return places.get(Language.ENGLISH, best[0]) if len(best) > 1 else best[0]

    def _numbers(self, at: int, row: Row, units: Mapping[str, Unit], place: str) -> Iterator[Disagreement]:
        """Numbers of paragraphs and their like; one that is missed shifts all that follow, and is told once."""
        unit = next(iter(units.values()))
        name = word(unit.kind)
        if name not in NUMBERED:
            return
        counts = Counter(each.number for each in units.values())
        usual = counts.most_common(1)[0][0]
        series = (name, unit.scope, unit.place.rpartition(" (")[0], unit.level * (unit.kind == "heading"))
        is_gap = len(units) < len(self.versions)
        self.gap_counts[series] += is_gap
        values: dict[str, int | None] = {}
        for column, version in enumerate(self.versions):
            key = (version.name, *series)
            if version.name in units:
                number = units[version.name].number
                shift, before = (number or 0) - (usual or 0), self.shifts.get(key, 0)
                is_shifted = shift == before or (before is None and abs(shift) <= self.gap_counts[series])
                values[version.name] = usual if is_shifted or (column, row[column]) in self.moved else number
                self.shifts[key] = shift
            if is_gap:
                self.shifts[key] = None
        yield from differing(f"{name}: number", place, values, at)

    def _marks(self, place: str, units: Mapping[str, Unit], said: Said, at: int) -> Iterator[Disagreement]:
        """What is set apart, and the marks that end paragraphs."""
        kind = next(iter(units.values())).kind
        written = {name: each for name, each in said.items() if not self._is_printed(name)}
        resolves = self.versions[0].document.type in _RESOLUTIONS
        if kind in ("preambular", "operative"):
            yield from differing("emphasis", place, {name: each.is_emphatic for name, each in written.items()}, at)
            yield from _disjoint("opening verb", place, {name: each.verbs for name, each in said.items()}, at)
        elif not resolves:
            yield from differing("bold passage", place, {name: each.is_bold for name, each in written.items()}, at)
        if resolves and kind in ("preambular", "operative", "item") and not any(unit.opens for unit in units.values()):
            yield from differing("ending", place, {name: each.ending for name, each in said.items()}, at)

    def _spoken(self, said: Said) -> dict[str, bool]:
        """The versions whose text may be in their own language."""
        own = {version.name: version.language for version in self.versions}
        return {name: each.spoken in ("", own[name]) for name, each in said.items()}

    def _is_printed(self, name: str) -> bool:
        return any(version.is_printed for version in self.versions if version.name == name)


def _empty(units: Mapping[str, Unit]) -> tuple[str, ...]:
    """The versions in which nothing stands, where something stands in others."""
    empty = tuple(name for name, unit in units.items() if not unit.text.strip())
    return empty if len(empty) < len(units) else ()


def _disjoint(kind: str, place: str, values: Mapping[str, frozenset[str]], row: int) -> Iterator[Disagreement]:
    """A disagreement where two versions name something, and nothing that both name."""
    named = {name: value for name, value in values.items() if value}
    counts = Counter(each for value in named.values() for each in value)
    if not counts:
        return
    best = max(counts.values())
    usual = {each for each, count in counts.items() if count == best}
    odd = tuple(name for name, value in named.items() if not value & usual)
    if not odd and len(named) == 2 and not frozenset.intersection(*named.values()):
        odd = tuple(named)
    if odd:
        theirs = ((name, tuple(sorted(value))) for name, value in named.items() if name in odd or value & usual)
        message = "; ".join(f"{name}: {shown(value)}" for name, value in theirs)
        yield Disagreement(kind, place, message, odd, row)


def _untranslated(kind: str, place: str, own: Mapping[str, bool], said: Said, row: int) -> Iterator[Disagreement]:
    """Texts in another language, and those that two versions have in common; `own` says which may be in their own."""
    told = set()
    for name, each in said.items():
        if each.foreign:
            told.add(name)
            yield Disagreement(kind, place, f"{name}: seems to be in {each.foreign}", (name,), row)
    for letters, count in Counter(each.letters for each in said.values()).items():
        if count > 1 and len(letters) >= _SAME:
            alike = tuple(name for name, each in said.items() if each.letters == letters)
            odd = tuple(name for name in alike if not own[name]) or alike
            if not told & set(alike):
                yield Disagreement(kind, place, f"{', '.join(alike)}: the same text", odd, row)
