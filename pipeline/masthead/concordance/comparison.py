"""Where versions disagree: facts of the masthead, and row by row what their units say."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from masthead.concordance.alignment import Row, Version, align, distance
from masthead.concordance.features import Features
from masthead.errors import OrderError
from masthead.locales import load
from masthead.model import Document
from masthead.reading.patterns import date_in
from masthead.references import Unit
from masthead.terms import Language

_SHORTER, _LONGER = 0.45, 2.2  # of what its sisters usually are
_JUDGED = 40  # characters from which on a length says something
_SAME = 20  # letters from which on two versions that have them in common are one untranslated
_BOTH = 0.25  # of the length of two paragraphs, by which a merged one may differ
_SWAPPED = 0.6  # how much better two neighbours must fit crosswise


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Versions that disagree in one row (None for facts of the masthead).

    `kind` is what they disagree in, `place` where, in words, `versions` those that differ from most others; all where
    there is no majority.
    """

    kind: str
    place: str
    message: str
    versions: tuple[str, ...]
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Concordance:
    """Versions aligned, and where they disagree."""

    versions: tuple[Version, ...]
    rows: tuple[Row, ...]
    disagreements: tuple[Disagreement, ...]


def concord(versions: Sequence[Version]) -> Concordance:
    """Align two to six versions and compare them. Raises OrderError for another number, or for two of one language."""
    languages = [version.language for version in versions]
    if not 2 <= len(versions) <= len(Language) or len(set(languages)) < len(languages):
        raise OrderError("a concordance is made of two to six languages", hint="name one source for each language")
    rows = align(versions)
    found = [*_facts(versions), *_swapped(versions, rows)]
    factors = _factors(versions, rows)
    for at, row in enumerate(rows):
        found += _row(versions, rows, at, row, factors)
    return Concordance(tuple(versions), rows, tuple(found))


# --- the masthead -----------------------------------------------------------------------------------------------------

_FACTS: tuple[tuple[str, Callable[[Document], Any]], ...] = (
    ("type", lambda document: str(document.type)),
    ("symbol", lambda document: str(document.symbol)),
    ("number", lambda document: str(document.number or "")),
    ("organ", lambda document: str(document.organ)),
    ("job number", lambda document: document.job.number),
    ("distribution", lambda document: _folded(document.masthead.distribution)[:4]),
    ("date of issue", lambda document: _date(document)),
    ("notes", lambda document: len(document.notes)),
    ("annexes", lambda document: len(document.annexes)),
)


def _facts(versions: Sequence[Version]) -> Iterator[Disagreement]:
    for name, fact in _FACTS:
        values = {version.name: fact(version.document) for version in versions}
        yield from _differing(
            f"masthead: {name}" if name not in ("notes", "annexes") else name, "masthead", values, None
        )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()


def _date(document: Document) -> str:
    days = (date_in(document.masthead.date, load(language)) for language in (document.language, *Language))
    return str(next(filter(None, days), document.masthead.date))


# --- rows -------------------------------------------------------------------------------------------------------------

_SAID: tuple[tuple[str, Callable[[Features], Any]], ...] = (
    ("references", lambda said: said.cited),
    ("note calls", lambda said: said.calls),
)
_DUAL = ("1", "2")  # Arabic has forms of its own for one and two, without a numeral
_PARAGRAPHS = ("preambular", "operative", "numbered", "plain", "item")  # that may be merged


def _row(
    versions: Sequence[Version], rows: Sequence[Row], at: int, row: Row, factors: Sequence[float]
) -> Iterator[Disagreement]:
    present = [(version, index) for version, index in zip(versions, row, strict=True) if index is not None]
    units = {version.name: version.units[index] for version, index in present}
    said = {version.name: version.features[index] for version, index in present}
    place = _place(units.values(), present)
    kind = next(iter(units.values())).kind
    if len(present) < len(versions):
        yield _absence(versions, rows, at, factors)
    if len(present) < 2:
        return
    yield from _differing("numbering", place, {name: unit.number for name, unit in units.items()}, at)
    for name, feature in _SAID:
        yield from _differing(name, place, {version: feature(each) for version, each in said.items()}, at)
    yield from _differing("numbers", place, _numbers(versions, said), at)
    if kind in ("preambular", "operative"):
        printed = {version.name for version in versions if version.is_printed}
        emphasis = {name: each.is_emphatic for name, each in said.items() if name not in printed}
        yield from _differing("emphasis", place, emphasis, at)
        yield from _disjoint("opening verb", place, {name: each.verbs for name, each in said.items()}, at)
    yield from _disjoint("organ", place, {name: each.organs for name, each in said.items()}, at)
    untranslated = tuple(_untranslated(place, said, at))
    yield from untranslated or _length(versions, row, place, at, factors)


def _place(units: Iterable[Unit], present: Iterable[tuple[Version, int]]) -> str:
    """What most versions call the place; where there is no majority, what the English does."""
    counts = Counter(unit.place for unit in units)
    best = [place for place, count in counts.items() if count == max(counts.values())]
    english = [version.units[index].place for version, index in present if version.language is Language.ENGLISH]
    return english[0] if len(best) > 1 and english else best[0]


def _numbers(versions: Sequence[Version], said: dict[str, Features]) -> dict[str, tuple[str, ...]]:
    values = {name: each.numbers for name, each in said.items()}
    for version in versions:
        for number in _DUAL:
            if version.language is Language.ARABIC and version.name in said and number not in values[version.name]:
                values = {name: tuple(each for each in value if each != number) for name, value in values.items()}
    return values


def _differing(kind: str, place: str, values: dict[str, Any], row: int | None) -> Iterator[Disagreement]:
    """A disagreement where not all values are one; it names those of the minority."""
    counts = Counter(values.values())
    if len(counts) < 2:
        return
    (usual, most), (_, second) = counts.most_common(2)
    if most == second:
        everyone = "; ".join(f"{name}: {_shown(value)}" for name, value in values.items())
        yield Disagreement(kind, place, everyone, tuple(values), row)
        return
    odd = {name: value for name, value in values.items() if value != usual}
    message = "; ".join(f"{name}: {_difference(value, usual)}" for name, value in odd.items())
    yield Disagreement(kind, place, f"{message}; the others: {_shown(usual)}", tuple(odd), row)


def _difference(value: Any, usual: Any) -> str:
    if not isinstance(value, tuple) or not isinstance(usual, tuple):
        return _shown(value)
    lacks, has = Counter(usual) - Counter(value), Counter(value) - Counter(usual)
    parts = [f"lacks {_shown(tuple(lacks.elements()))}"] if lacks else []
    parts += [f"has {_shown(tuple(has.elements()))}"] if has else []
    return " and ".join(parts) or f"in another order: {_shown(value)}"


def _shown(value: Any) -> str:
    if isinstance(value, frozenset):
        value = tuple(sorted(value))
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "set apart" if value else "not set apart"
    return "none" if value is None else str(value)


def _disjoint(kind: str, place: str, values: dict[str, frozenset[str]], row: int) -> Iterator[Disagreement]:
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
        message = "; ".join(f"{name}: {_shown(value)}" for name, value in named.items() if name in odd or value & usual)
        yield Disagreement(kind, place, message, odd, row)


def _untranslated(place: str, said: dict[str, Features], row: int) -> Iterator[Disagreement]:
    told = set()
    for name, each in said.items():
        if each.foreign:
            told.add(name)
            yield Disagreement("untranslated", place, f"{name}: seems to be in {each.foreign}", (name,), row)
    for letters, count in Counter(each.letters for each in said.values()).items():
        if count > 1 and len(letters) >= _SAME:
            alike = tuple(name for name, each in said.items() if each.letters == letters)
            if not told & set(alike):
                yield Disagreement("untranslated", place, f"{', '.join(alike)}: the same text", alike, row)


# --- lengths and gaps -------------------------------------------------------------------------------------------------


def _factors(versions: Sequence[Version], rows: Sequence[Row]) -> list[float]:
    """How long each version's units usually are, compared with the mean of all that stand beside them."""
    ratios: list[list[float]] = [[] for _ in versions]
    for row in rows:
        if None in row:
            continue
        lengths = [
            version.features[index].length for version, index in zip(versions, row, strict=True) if index is not None
        ]
        mean = sum(lengths) / len(lengths)
        if mean >= _JUDGED / 2:
            for ratio, length in zip(ratios, lengths, strict=True):
                ratio.append(length / mean)
    return [median(ratio) if ratio else 1.0 for ratio in ratios]


def _length(
    versions: Sequence[Version], row: Row, place: str, at: int, factors: Sequence[float]
) -> Iterator[Disagreement]:
    normal = {
        version.name: version.features[index].length / factor
        for version, index, factor in zip(versions, row, factors, strict=True)
        if index is not None and factor
    }
    for name, length in normal.items():
        others = median(other for key, other in normal.items() if key != name)
        if max(others, length) < _JUDGED or others == 0:
            continue
        ratio = length / others
        if not _SHORTER <= ratio <= _LONGER and (len(normal) > 2 or ratio < _SHORTER):
            what = "shorter" if ratio < 1 else "longer"
            yield Disagreement("length", place, f"{name}: much {what} than usual ({ratio:.0%})", (name,), at)


def _absence(versions: Sequence[Version], rows: Sequence[Row], at: int, factors: Sequence[float]) -> Disagreement:
    """What a gap in a row means: a unit that is missing, one too many, or one that was merged with its neighbour."""
    row = rows[at]
    lacking = tuple(at for at, index in enumerate(row) if index is None)
    having = tuple(at for at, index in enumerate(row) if index is not None)
    unit = versions[having[0]].units[row[having[0]] or 0]
    few, many = (lacking, "missing") if len(lacking) <= len(having) else (having, "extra")
    names = tuple(versions[index].name for index in few)
    for near in (at - 1, at + 1) if unit.kind in _PARAGRAPHS else ():
        if 0 <= near < len(rows) and None not in rows[near] and _merged(versions, row, rows[near], factors):
            kind = "merged" if many == "missing" else "split"
            return Disagreement(kind, unit.place, f"{', '.join(names)}: {kind}, with its neighbour", names, at)
    return Disagreement(many, unit.place, f"{', '.join(names)}: the {unit.kind} is {many}", names, at)


def _merged(versions: Sequence[Version], row: Row, near: Row, factors: Sequence[float]) -> bool:
    """Whether in versions that lack a unit the neighbour is as long as both together in the others."""
    both, alone, single = [], [], []
    for version, index, other, factor in zip(versions, row, near, factors, strict=True):
        length = version.features[other or 0].length / (factor or 1)
        if index is None:
            both.append(length)
        else:
            single.append(length)
            alone.append(length + version.features[index].length / (factor or 1))
    wanted = median(alone)
    return abs(median(both) - wanted) < _BOTH * wanted and abs(median(both) - wanted) < abs(
        median(both) - median(single)
    )


def _swapped(versions: Sequence[Version], rows: Sequence[Row]) -> Iterator[Disagreement]:
    """Neighbours that stand in the other order in one version."""
    for at, (row, following) in enumerate(pairwise(rows)):
        if None in row or None in following:
            continue
        for column, version in enumerate(versions):
            first, second = version.features[row[column] or 0], version.features[following[column] or 0]
            gains = []
            for other_column, other in enumerate(versions):
                if other_column == column:
                    continue
                one, two = other.features[row[other_column] or 0], other.features[following[other_column] or 0]
                straight = distance(first, one) + distance(second, two)
                gains.append(straight - distance(first, two) - distance(second, one))
            same = version.units[row[column] or 0].kind == version.units[following[column] or 0].kind
            if same and median(gains) > _SWAPPED and (len(versions) > 2 or column == 1):
                place = version.units[row[column] or 0].place
                message = f"{version.name}: it and the next stand in the other order"
                yield Disagreement("order", place, message, (version.name,), at)
