"""Disagreements as values, attributed to the versions that differ from most others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from masthead.document import Finding


@dataclass(frozen=True, slots=True)
class Disagreement(Finding):
    """A finding in a row of several versions, or in their mastheads if `row` is None.

    `rule` is one of `kinds.KINDS`, `where` the place in words. `versions` are those that differ from most others, or
    all of them if there is no majority. A repeated difference is one
    disagreement: `row` is the first of its `rows`.
    """

    versions: tuple[str, ...] = ()
    row: int | None = None
    rows: tuple[int, ...] = ()

    @classmethod
    def of(cls, kind: str, place: str, message: str, versions: tuple[str, ...], row: int | None) -> Disagreement:
        """Return the disagreement of this kind at this place."""
        return cls(message, where=place, rule=kind, versions=versions, row=row)


KindOf = Callable[[Any, Any], str]
"""The kind of a disagreement, from the value that differs and the usual one."""


def differing(kind: str | KindOf, place: str, values: Mapping[str, Any], row: int | None) -> Iterator[Disagreement]:
    """Yield a disagreement for each kind of difference between the values. The most frequent value counts as right."""
    counts = Counter(values.values())
    if len(counts) < 2:
        return

    def kind_of(value: Any, usual: Any) -> str:
        return kind if isinstance(kind, str) else kind(value, usual)

    (usual, most), (second, as_many) = counts.most_common(2)
    if most == as_many:
        message = "; ".join(f"{name}: {shown(value)}" for name, value in values.items())
        yield Disagreement.of(kind_of(second, usual), place, message, tuple(values), row)
        return
    odd: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        if value != usual:
            odd.setdefault(kind_of(value, usual), {})[name] = value
    for each, theirs in odd.items():
        message = "; ".join(f"{name}: {difference(value, usual)}" for name, value in theirs.items())
        yield Disagreement.of(each, place, message, tuple(theirs), row)


def changes(value: Any, usual: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What a value lacks of the usual one, and what it has in addition."""
    lacks, has = Counter(usual) - Counter(value), Counter(value) - Counter(usual)
    return tuple(lacks.elements()), tuple(has.elements())


def difference(value: Any, usual: Any) -> str:
    """How a value differs from the usual one, in words: `has 2047-12-08, not 2047-12-09`."""
    if not isinstance(value, tuple):
        return f"{shown(value)}, not {shown(usual)}"
    lacks, has = changes(value, usual)
    if lacks and has:
        return f"has {shown(has)}, not {shown(lacks)}"
    if lacks or has:
        return f"lacks {shown(lacks)}" if lacks else f"has {shown(has)} in addition"
    return f"has another order: {shown(value)}"


def shown(value: Any) -> str:
    """A value in words."""
    match value:
        case tuple():
            return ", ".join(map(shown, value)) or "none"
        case bool():
            return "yes" if value else "no"
        case None | "":
            return "none"
    return str(getattr(value, "in_words", value))
