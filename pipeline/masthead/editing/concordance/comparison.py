"""Comparison of aligned versions: the facts of the masthead, and the content of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from masthead.document import Document, DocumentType, Language, OrderError
from masthead.document.references import Unit
from masthead.editing.concordance import values
from masthead.editing.concordance.alignment import Row, Version, align
from masthead.editing.concordance.disagreement import Disagreement, differing, shown
from masthead.editing.concordance.facts import facts
from masthead.editing.concordance.features import Features
from masthead.editing.concordance.gaps import gaps
from masthead.editing.concordance.grouping import grouped
from masthead.editing.concordance.kinds import NUMBERED, spelled, untranslated, word
from masthead.editing.concordance.lengths import lengths, usual_lengths
from masthead.editing.concordance.order import OrderedRows, in_order
from masthead.editing.concordance.revisions import revisions
from masthead.editing.concordance.values import CallComparison, RowFeatures

_SAME = 20  # letters: if two versions have this much text in common, one of them is not translated
_MOST_NUMBERS = 12  # a text with more is a list, whose length in letters differs
_LEVELS = {"item": "sub-paragraph: level", "heading": "heading: level", "table": "table: head"}
_RESOLUTIONS = (DocumentType.RESOLUTION, DocumentType.DRAFT)
_ASKING = frozenset({"invites", "calls", "urges", "encourages", "requests", "recommends", "reaffirms"})
_STATING = frozenset({"notes", "recognizes", "aware", "recalls", "reaffirms", "stresses", "convinced", "concerned"})
_PRAISING = frozenset({"welcomes", "commends", "notes", "recognizes"})
_NEAR = {
    verb: frozenset().union(*(several for several in (_ASKING, _STATING, _PRAISING) if verb in several))
    for verb in _ASKING | _STATING | _PRAISING
}
"""Translators use verbs of one of these groups for each other."""


@dataclass(frozen=True, slots=True)
class Concordance:
    """Aligned versions, and where they disagree."""

    versions: tuple[Version, ...]
    rows: tuple[Row, ...]
    disagreements: tuple[Disagreement, ...]

    def locations(self, disagreement: Disagreement) -> dict[str, str]:
        """Where a disagreement is in the file of each version that differs: `file:line:column`.

        Missing text belongs after that location. If the position is not certain, the location is the file alone.
        """
        return {
            version.name: self._location(version, column, disagreement.row)
            for column, version in enumerate(self.versions)
            if version.name in disagreement.versions and version.path
        }

    def _location(self, version: Version, column: int, row: int | None) -> str:
        indexes = () if row is None else (each[column] for each in reversed(self.rows[: row + 1]))
        index = next((index for index in indexes if index is not None), None)
        position = None if index is None else version.positions.get(version.units[index].place)
        return f"{version.path}:{position.line}:{position.column}" if position else version.path


def concord(versions: Sequence[Version], earlier: Mapping[Language, Document] | None = None) -> Concordance:
    """Align two to six versions and compare them. Raises OrderError for other numbers, or two in the same language.

    With `earlier` versions of the document by language, what changed since them is compared too.
    """
    hint = "name one source for each language"
    for version in versions:
        alike = [other.path or other.name for other in versions if other.language is version.language]
        if len(alike) > 1:
            raise OrderError(f"{' and '.join(alike)} are in the same language, {version.language}", hint=hint)
    if not 2 <= len(versions) <= len(Language):
        raise OrderError(f"a concordance needs two to six versions, not {len(versions)}", hint=hint)
    ordered = in_order(versions, align(versions))
    comparison = _Comparison(versions, ordered)
    found = [*ordered.disagreements, *comparison.gaps.disagreements]
    for at in range(len(ordered.rows)):
        found += comparison.row(at)
    found += revisions(versions, ordered.rows, earlier or {})
    found = sorted(grouped(found), key=lambda each: each.row or 0)
    return Concordance(tuple(versions), ordered.rows, (*facts(versions), *found))


class _Comparison:
    """Compares rows from first to last, and keeps track of how far earlier gaps have shifted the numbers."""

    def __init__(self, versions: Sequence[Version], ordered: OrderedRows) -> None:
        self.versions, self.rows, self.moved = versions, ordered.rows, ordered.moved
        self.factors = usual_lengths(versions, ordered.rows)
        self.gaps = gaps(versions, ordered.rows, self.factors)
        self.calls = CallComparison(versions, ordered)
        self.ranks = {version.name: _ranks(version) for version in versions}
        self.endings = {version.name: _Endings.of(version) for version in versions}
        self.shifts: dict[tuple[object, ...], int | None] = {}  # None right after a gap
        self.numbers: dict[tuple[object, ...], int | None] = {}  # the last of each list
        self.elsewhere: set[tuple[str, str]] = set()  # versions and places of items that they have in another list
        self.formed: set[tuple[str, str]] = set()  # versions and places of units that others have in another form
        self.gap_counts: Counter[tuple[object, ...]] = Counter()

    def row(self, at: int) -> Iterator[Disagreement]:
        """Yield the disagreements of one row, except gaps."""
        row = self.rows[at]
        present = [(version, index) for version, index in zip(self.versions, row, strict=True) if index is not None]
        units = {version.name: version.units[index] for version, index in present}
        place, kind = self._place(present), next(iter(units.values())).kind
        forms = {name: spelled(word(unit.kind)) for name, unit in units.items()}
        has_one_form = len({*forms.values()}) == 1
        numbers = tuple(self._numbers(at, row, units, place)) if has_one_form else ()
        if len(present) < 2:
            return
        if not has_one_form:
            self.formed |= {(name, unit.place) for name, unit in units.items()}
        yield from _by_majority(differing("form", place, forms, at), len(forms))
        yield from numbers
        if len({unit.kind for unit in units.values()}) == 1 and (name := _LEVELS.get(kind)):
            levels = {version: self._level(version, unit) for version, unit in units.items()}
            yield from _by_majority(differing(name, place, levels, at), len(levels))
        if kind == "vote":
            yield from differing("vote: count", place, {name: unit.number for name, unit in units.items()}, at)
        if kind == "cell" and (empty := _empty(units)):
            yield Disagreement.of("cell: empty", place, f"{', '.join(empty)}: the cell is empty", empty, at)
            return
        found = {version.name: version.features[index] for version, index in present}
        foreign = tuple(_untranslated(untranslated(kind), place, self._may_be_own(found), found, at))
        yield from foreign
        # The content of untranslated and of merged units differs for that reason alone, so it is not compared.
        apart = {name for each in foreign for name in each.versions}
        apart |= {name for name in found if (at, name) in self.gaps.uneven}
        yield from self._content(place, units, {name: each for name, each in found.items() if name not in apart}, at)

    def _content(self, place: str, units: Mapping[str, Unit], found: RowFeatures, at: int) -> Iterator[Disagreement]:
        """Differences in the content of texts that are in their own languages."""
        kind = next(iter(units.values())).kind
        yield from values.references_and_numbers(place, found, at, is_cell=kind == "cell")
        yield from self.calls.compared(place, found, at)
        yield from differing("table note call", place, {name: each.table_calls for name, each in found.items()}, at)
        if len({word(unit.kind) for unit in units.values()}) == 1:
            yield from self._marks(place, units, found, at)
        yield from _disjoint("organ", place, {name: each.organs for name, each in found.items()}, at, {})
        factors = {version.name: factor for version, factor in zip(self.versions, self.factors, strict=True)}
        # A heading may be a name in one version and its abbreviation in another.
        if kind != "heading" and all(len(each.numbers) < _MOST_NUMBERS for each in found.values()):
            normal = {name: each.length / factors[name] for name, each in found.items()}
            longest = {name: each.longest / factors[name] for name, each in found.items()}
            yield from lengths(place, normal, longest, at)

    def _level(self, version: str, unit: Unit) -> int:
        """The level of a unit. Of a heading it is the rank among those that the version uses."""
        return self.ranks[version][unit.level] if unit.kind == "heading" else unit.level

    def _place(self, present: Sequence[tuple[Version, int]]) -> str:
        """What most versions call the place; without a majority, what the English version calls it."""
        places = {version.language: version.units[index].place for version, index in present}
        counts = Counter(places.values())
        best = [place for place, count in counts.items() if count == max(counts.values())]
        return places.get(Language.ENGLISH, best[0]) if len(best) > 1 else best[0]

    def _numbers(self, at: int, row: Row, units: Mapping[str, Unit], place: str) -> Iterator[Disagreement]:
        """Differing numbers of paragraphs and the like. A wrong number that shifts all later ones is reported once."""
        unit = next(iter(units.values()))
        name = word(unit.kind)
        if name not in NUMBERED:
            return
        counts = Counter(each.number for each in units.values())
        outer = place.rpartition(" (")[0]
        series = (name, unit.scope, outer, unit.level * (unit.kind == "heading"))
        # The number of most of them; of as many, the one that follows the number before it, in a version without shift.
        following = {1 + (self.numbers.get((version, *series)) or 0) for version in units}
        steady = {each.number for version, each in units.items() if self.shifts.get((version, *series), 0) == 0}
        usual = max(counts, key=lambda number: (counts[number], number in following, number in steady))
        levels = Counter(each.level for each in units.values())
        its = {each.level for each in units.values() if each.number == usual}
        level = max(levels, key=lambda each: (levels[each], each in its))
        self.elsewhere |= {
            (version, place)
            for version, each in units.items()
            if each.kind == "item"
            and (
                each.level != level
                or (version, outer) in self.elsewhere
                or (version, each.place.rpartition(" (")[0]) in self.formed
            )
        }
        apart = {version for version in units if (version, place) in self.elsewhere}
        is_gap = len(units) < len(self.versions) or bool(apart)
        self.gap_counts[series] += is_gap
        numbers: dict[str, int | None] = {}
        for column, version in enumerate(self.versions):
            key = (version.name, *series)
            if version.name in units:
                number = units[version.name].number
                shift, before = (number or 0) - (usual or 0), self.shifts.get(key, 0)
                is_next = unit.kind == "item" and number == 1 + (self.numbers.get(key) or 0)  # in marks of its own
                is_shifted = shift == before or is_next or (before is None and abs(shift) <= self.gap_counts[series])
                is_shifted = is_shifted or version.name in apart or (column, row[column]) in self.moved
                numbers[version.name] = usual if is_shifted else number
                self.shifts[key], self.numbers[key] = shift, number
            if is_gap:
                self.shifts[key] = None
        yield from differing(f"{name}: number", place, numbers, at)

    def _marks(self, place: str, units: Mapping[str, Unit], found: RowFeatures, at: int) -> Iterator[Disagreement]:
        """Differences in emphasis, opening verbs, and the punctuation at the end of paragraphs."""
        kind = next(iter(units.values())).kind
        printed = {version.name for version in self.versions if version.is_printed}
        written = {name: each for name, each in found.items() if name not in printed}  # PDFs do not say what is bold
        is_resolution = self.versions[0].document.type.like in _RESOLUTIONS
        if kind == "preambular" or (kind == "operative" and all(unit.number for unit in units.values())):
            yield from differing("emphasis", place, {name: each.is_emphatic for name, each in written.items()}, at)
            yield from _disjoint("opening verb", place, _opening_verbs(found), at, _NEAR)
        elif not is_resolution:
            yield from differing("bold passage", place, {name: each.is_bold for name, each in written.items()}, at)
        if is_resolution and self._has_ending(units):
            yield from self._endings(place, units, {name: each.ending for name, each in found.items()}, at)

    def _has_ending(self, units: Mapping[str, Unit]) -> bool:
        """Whether the marks at the end of these units can be compared: not at the end of a list, or before one."""
        if any(unit.opens for unit in units.values()):
            return False
        if next(iter(units.values())).kind == "item":
            return all(unit.last or unit.place not in self.endings[name].final for name, unit in units.items())
        return all(unit.number or unit.kind == "preambular" for unit in units.values())

    def _endings(
        self, place: str, units: Mapping[str, Unit], endings: Mapping[str, str], at: int
    ) -> Iterator[Disagreement]:
        """Differences in the marks at the end: each version has marks of its own, so only unusual ones are compared."""
        usual = {name: self.endings[name].usual.get(_series(units[name]), "") for name in endings}
        compared = {name: "usual" if endings[name] == usual[name] else endings[name] for name in endings}
        for each in differing("ending", place, compared, at):
            others = Counter(endings[name] for name in endings if name not in each.versions).most_common(1)
            wanted = {name: others[0][0] if compared[name] == "usual" and others else usual[name] for name in endings}
            odd = tuple(name for name in each.versions if not others or endings[name] != wanted[name])
            said = (f"{name}: {shown(endings[name])}" + f", not {shown(wanted[name])}" * bool(others) for name in odd)
            if odd and (others or len(endings) == 2):
                yield replace(each, message="; ".join(said), versions=odd)

    def _may_be_own(self, found: RowFeatures) -> dict[str, bool]:
        """For each version, whether its text may be in its own language."""
        own = {version.name: version.language for version in self.versions}
        return {name: each.spoken in ("", own[name]) for name, each in found.items()}


def _by_majority(found: Iterator[Disagreement], versions: int) -> Iterator[Disagreement]:
    """The disagreements of a minority: which form or level is right, half of the versions cannot say."""
    return (each for each in found if versions == 2 or len(each.versions) < versions)


def _ranks(version: Version) -> dict[int, int]:
    """The rank of each level of the version's headings."""
    return {level: at for at, level in enumerate(sorted({u.level for u in version.units if u.kind == "heading"}), 1)}


def _series(unit: Unit) -> tuple[object, ...]:
    """What a unit is one of: the paragraphs of one kind in its part, or the subparagraphs of one list."""
    return unit.kind, unit.scope, unit.place.rpartition(" (")[0] if unit.kind == "item" else ""


@dataclass(frozen=True, slots=True)
class _Endings:
    """The usual punctuation mark at the end of the units of each series, and the places of the last of each list."""

    usual: Mapping[tuple[object, ...], str]
    final: frozenset[str]

    @classmethod
    def of(cls, version: Version) -> _Endings:
        marks: dict[tuple[object, ...], Counter[str]] = {}
        final: dict[tuple[object, ...], str] = {}
        for unit, found in zip(version.units, version.features, strict=True):
            final[_series(unit)] = unit.place
            if not unit.opens and not unit.last:
                marks.setdefault(_series(unit), Counter())[found.ending] += 1
        usual = {
            key: max(counts, key=lambda mark: (counts[mark], mark in ("comma", "semicolon"), mark))
            for key, counts in marks.items()
        }
        return cls(usual, frozenset(final.values()))


def _empty(units: Mapping[str, Unit]) -> tuple[str, ...]:
    """The versions without text, if others have some."""
    empty = tuple(name for name, unit in units.items() if not unit.text.strip())
    return empty if len(empty) < len(units) else ()


def _disjoint(
    kind: str, place: str, named: Mapping[str, frozenset[str]], row: int, near: Mapping[str, frozenset[str]]
) -> Iterator[Disagreement]:
    """A disagreement if two versions name something, but nothing in common. `near` are names that may be the same."""
    named = {name: value for name, value in named.items() if value}
    wide = {name: value.union(*(near.get(each, ()) for each in value)) for name, value in named.items()}
    counts = Counter(each for value in wide.values() for each in value)
    if not counts:
        return
    best = max(counts.values())
    usual = {each for each, count in counts.items() if count == best}
    odd = tuple(name for name, value in wide.items() if not value & usual) if 2 * best > len(named) else ()
    if not odd and len(named) == 2 and not frozenset.intersection(*wide.values()):
        odd = tuple(named)
    if odd:
        theirs = ((name, tuple(sorted(value))) for name, value in named.items() if name in odd or wide[name] & usual)
        message = "; ".join(f"{name}: {shown(value)}" for name, value in theirs)
        yield Disagreement.of(kind, place, message, odd, row)


def _opening_verbs(found: RowFeatures) -> dict[str, frozenset[str]]:
    """The opening verbs of the versions, except one that most others have later: Arabic begins with the main verb."""

    def is_later(name: str, each: Features) -> bool:
        others = [bool(each.verbs & other.later_verbs) for key, other in found.items() if key != name and other.verbs]
        return 2 * sum(others) > len(others) and not each.verbs & each.later_verbs

    return {name: each.verbs for name, each in found.items() if not is_later(name, each)}


def _untranslated(
    kind: str, place: str, may_be_own: Mapping[str, bool], found: RowFeatures, row: int
) -> Iterator[Disagreement]:
    """Texts that are in another language, or the same in two versions."""
    reported = set()
    for name, each in found.items():
        if each.foreign:
            reported.add(name)
            yield Disagreement.of(kind, place, f"{name}: seems to be in {each.foreign}", (name,), row)
    for letters, count in Counter(each.letters for each in found.values()).items():
        if count > 1 and len(letters) >= _SAME:
            alike = tuple(name for name, each in found.items() if each.letters == letters)
            odd = tuple(name for name in alike if not may_be_own[name]) or alike
            if not reported & set(alike):
                yield Disagreement.of(kind, place, f"{', '.join(alike)}: the same text", odd, row)
