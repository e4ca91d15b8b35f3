"""Differences in the content of the units of one row: references, numbers, note calls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from masthead.document.references import Citation, Kind
from masthead.editing.concordance.alignment import Row, Version
from masthead.editing.concordance.disagreement import Disagreement, changes, difference, differing
from masthead.editing.concordance.features import NAMED, Features
from masthead.editing.concordance.kinds import FACETS, label
from masthead.editing.concordance.order import OrderedRows

_RESOLUTION = re.compile(r"(?P<organ>.+)/RES/(?P<first>\d+)(?:/(?P<second>\d+)| ?\((?P<year>\d+)\))")
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LETTERED = (Kind.PARAGRAPH, Kind.AGENDA_ITEM)

RowFeatures = Mapping[str, Features]
"""The features of the units of one row, by version."""


def references_and_numbers(place: str, found: RowFeatures, row: int, *, is_cell: bool) -> Iterator[Disagreement]:
    """Yield the differences in references and numbers.

    Numbers are compared first, wherever they are: in a date, in a symbol, or alone. A number that only some versions
    repeat (`3 May and 5 June 2050`, `2050年5月3日和2050年6月5日`), or that some have in words, is not a difference. The
    kind of the disagreement says to what the number belongs. References whose numbers agree may still differ:
    letters of subparagraphs, numbers in words, organs, and numbers that changed places.
    """
    numbers = _Numbers(found)
    reported: dict[str, set[str]] = {}
    by_kind: dict[str, dict[str, str]] = {}
    for name in found:
        for belonging, (lacks, has) in numbers.differences(name).items():
            usual = _usual([each.cited for other, each in found.items() if other != name], belonging)
            mine = _of(found[name].cited, belonging)
            reported.setdefault(belonging, set()).add(name)
            if is_cell:
                kind = "cell: number"
            elif belonging == "number":
                kind = _kind_of_number(lacks, has)
            else:
                kind = _facet(mine, usual) if any(changes(mine, usual)) else belonging
            _, more = changes(mine, usual)
            named = {digits for citation in more for digits in _DIGITS.findall(citation.value)}  # not so in other links
            is_said = any(changes(mine, usual)) and not numbers.is_tied and named >= {*filter(str.isdigit, has)}
            by_kind.setdefault(kind, {})[name] = difference(mine, usual) if is_said else _said(lacks, has)
    for kind, theirs in by_kind.items():
        message = "; ".join(f"{name}: {said}" for name, said in theirs.items())
        names = tuple(found) if numbers.is_tied else tuple(theirs)
        yield Disagreement.of(kind, place, message, names, row)
    for name in dict.fromkeys(label(citation) for each in found.values() for citation in each.cited):
        others = {version: _of(each.cited, name) for version, each in found.items()}
        usual = _usual([each.cited for each in found.values()], name)
        odd = reported.get(name, set())
        kind = name.removeprefix("cited ")
        if kind in NAMED and not odd and _is_left_out(kind, found, others):
            yield from differing(_facet, place, others, row)
            continue
        values = {
            version: usual if version in odd or _agree(its, usual, {*found[version].numbers}) else its
            for version, its in others.items()
        }
        yield from differing(_facet, place, values, row)
    yield from _types(place, found, row)


def _types(place: str, found: RowFeatures, row: int) -> Iterator[Disagreement]:
    """Yield the numbers that are of a resolution in some versions and of a decision in others."""
    acts: dict[str, dict[str, set[Citation]]] = {}
    for version, each in found.items():
        for citation in each.cited:
            if label(citation) in ("resolution", "decision"):
                number = citation.value.replace("/DEC/", "/RES/")
                acts.setdefault(number, {}).setdefault(version, set()).add(citation)
    for versions in acts.values():
        if all(len(cited) == 1 for cited in versions.values()):  # a text may cite both
            yield from differing("resolution: type", place, {name: (*cited,) for name, cited in versions.items()}, row)


def _is_left_out(kind: str, found: RowFeatures, cited: Mapping[str, tuple[Citation, ...]]) -> bool:
    """Whether some versions have references of a kind, and the text of the others does not even have its word."""
    lacking = [version for version, its in cited.items() if not its]
    return 0 < len(lacking) < len(cited) and not any(kind in found[version].named for version in lacking)


class _Numbers:
    """The numbers of the units of one row: what each version lacks of those of most others, and has in addition."""

    def __init__(self, found: RowFeatures) -> None:
        self.found = found
        self.is_tied = False
        every = {number for each in found.values() for number in each.numbers}
        self._counts = {name: Counter(_in_order(each, every)) for name, each in found.items()}
        self._lacks: dict[str, list[str]] = {name: [] for name in found}
        self._has: dict[str, list[str]] = {name: [] for name in found}
        repeated: list[tuple[str, str, int]] = []
        for number in sorted(every):
            having = [name for name in found if self._counts[name][number]]
            lacking = [name for name in found if name not in having and number not in found[name].spelled]
            in_words = len(found) - len(having) - len(lacking)
            if having and lacking and (in_words == 0 or len(having) > max(1, in_words)):
                self._divide(number, having, lacking)
            elif not lacking and not in_words:
                usual = Counter(self._counts[name][number] for name in having).most_common(1)[0][0]
                repeated += ((name, number, self._counts[name][number] - usual) for name in having)
        for name in found:
            more = [number for other, number, count in repeated if other == name and count > 0]
            fewer = [number for other, number, count in repeated if other == name and count < 0]
            if self._has[name] and not self._lacks[name]:  # one of two equal numbers was replaced
                self._lacks[name] += fewer[: len(self._has[name])]
            elif self._lacks[name] and not self._has[name]:
                self._has[name] += more[: len(self._lacks[name])]
            elif not self._has[name] and len(more) == len(fewer) == 1:
                self._has[name], self._lacks[name] = more, fewer

    def _divide(self, number: str, having: Sequence[str], lacking: Sequence[str]) -> None:
        self.is_tied = self.is_tied or len(having) == len(lacking)
        for name in lacking if len(having) >= len(lacking) else ():
            self._lacks[name].append(number)
        for name in having if len(having) < len(lacking) else ():
            self._has[name].append(number)

    def differences(self, name: str) -> dict[str, tuple[list[str], list[str]]]:
        """What a version lacks and what it has in addition, by what the numbers belong to."""
        lacks, has = self._lacks[name], self._has[name]
        if not lacks or not has:  # some versions add the year of a resolution or date, which others leave out
            lacks, has = ([number for number in each if not self._is_added_year(number)] for each in (lacks, has))
        for number in (number for number in lacks if "." in number):  # `5.1` is `5-1` in Arabic
            parts = number.split(".")
            if all(self._counts[name][part] for part in parts):
                lacks = [each for each in lacks if each != number]
                has = [each for each in has if each not in parts]
        belongings = {number: self._belonging(number) for number in (*lacks, *has)}
        several = [{*self._labels(number)} for number in belongings]
        shared = set.intersection(*several) if several else set()  # a number may be in several references
        named = shared - {"number"} or shared or {*belongings.values()} - {"number"}
        if len(named) == 1:
            belongings = dict.fromkeys(belongings, named.pop())
        return {
            belonging: (
                [number for number in lacks if belongings[number] == belonging],
                [number for number in has if belongings[number] == belonging],
            )
            for belonging in dict.fromkeys(belongings.values())
        }

    def _is_added_year(self, number: str) -> bool:
        return bool(_YEAR.fullmatch(number)) and self._belonging(number) in ("resolution", "date")

    def _labels(self, number: str) -> Counter[str]:
        """What the versions have the number in, most of them first."""
        return Counter(name for each in self.found.values() for value, name in each.labels if value == number)

    def _belonging(self, number: str) -> str:
        """What most versions have the number in: a kind of reference, or `number` if it is alone."""
        return next((name for name, _ in self._labels(number).most_common(1)), "number")


def _in_order(unit: Features, every: Set[str]) -> Iterator[str]:
    """The numbers of a unit; one that may be typed backwards is turned if only then another version has it."""
    turned = dict(unit.turned)
    for number in unit.numbers:
        other = turned.get(number, "")
        yield other if other in every else number


def _said(lacks: Sequence[str], has: Sequence[str]) -> str:
    if lacks and has:
        return f"has {', '.join(has)}, not {', '.join(lacks)}"
    return f"lacks {', '.join(lacks)}" if lacks else f"has {', '.join(has)} in addition"


def _kind_of_number(lacks: Sequence[str], has: Sequence[str]) -> str:
    if len(lacks) == len(has) == 1 and len(lacks[0]) == len(has[0]):
        if sorted(lacks[0]) == sorted(has[0]):
            return "number: digits swapped"
        if sum(mine != its for mine, its in zip(lacks[0], has[0], strict=True)) == 1 and len(has[0]) > 1:
            return "number: one digit"
    return "number"


def _of(cited: tuple[Citation, ...], name: str) -> tuple[Citation, ...]:
    return tuple(citation for citation in cited if label(citation) == name)


def _usual(several: Sequence[tuple[Citation, ...]], name: str) -> tuple[Citation, ...]:
    """The references of this kind that most versions have."""
    return Counter(_of(cited, name) for cited in several).most_common(1)[0][0]


def _agree(mine: tuple[Citation, ...], usual: tuple[Citation, ...], numbers: Set[str]) -> bool:
    """Whether references may be the same, given the numbers in digits of a unit, which have been compared.

    Some references are not recognized in every language, and some say only a part of the other.
    """
    lacks, has = (list(each) for each in changes(mine, usual))
    for each in tuple(lacks):
        same = next((other for other in has if _may_be_same(each, other)), None)
        if same:
            lacks.remove(each)
            has.remove(same)
    if len(lacks) != len(has):
        return True
    first, second = ([part for citation in several for part in _written(citation)] for several in (lacks, has))
    return not lacks or (sorted(first) != sorted(second) and numbers >= {*first, *second})


def _may_be_same(one: Citation, other: Citation) -> bool:
    """Whether two references of one kind differ only in that one says less: `3 May`, `May 2050`, `paragraph 1`."""
    first, second = _elements(one), _elements(other)
    return all(not mine or not its or mine == its for mine, its in zip(first, second, strict=True))


def _elements(citation: Citation) -> tuple[str, ...]:
    if citation.kind is Kind.DATE:
        return _parts(citation, "date")
    number, _, letter = (
        citation.value.replace(" ", "").partition("(")
        if citation.kind in _LETTERED
        else (citation.value.replace(" ", ""), "", "")
    )
    return number, letter


def _written(citation: Citation) -> list[str]:
    """The numbers of a reference as `Features.numbers` has them."""
    if citation.kind is Kind.DATE:
        year, month, day = _parts(citation, "date")
        return [*filter(None, (year, month and f"month {int(month)}", day and str(int(day))))]
    return _DIGITS.findall(citation.value)


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
        year, month, day = (*citation.value.replace("--", "-").split("-"), "")[:3]
        return year, month, day
    if name == "treaty":
        return tuple(citation.value.split("/"))
    found = _RESOLUTION.fullmatch(citation.value)
    if not found:
        return ()
    return found["organ"], found["year"] or found["first"], found["second"] or found["first"]


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
        notes = {name: unit for name, unit in units.items() if unit.kind == "note" and unit.name}
        names = {name: str(unit.number or (unit.name and unit.name.value)) for name, unit in notes.items()}
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
