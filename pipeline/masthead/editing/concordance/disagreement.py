"""A disagreement as a value, and the versions it is laid to: those that differ from most others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Versions that disagree in one row (None for facts of the masthead).

    `kind` is one of `kinds.KINDS`, `place` where, in words, `versions` those that differ from most others; all where
    there is no majority.
    """

    kind: str
    place: str
    message: str
    versions: tuple[str, ...]
    row: int | None = None


Naming = Callable[[Any, Any], str]
"""The kind of a disagreement, from the value that differs and the usual one."""


def differing(naming: str | Naming, place: str, values: Mapping[str, Any], row: int | None) -> Iterator[Disagreement]:
    """Yield a disagreement where not all values are one, and for each kind of it another; most others are right."""
    counts = Counter(values.values())
    if len(counts) < 2:
        return

    def kind(value: Any, usual: Any) -> str:
        return naming if isinstance(naming, str) else naming(value, usual)

    (usual, most), (second, as_many) = counts.most_common(2)
    if most == as_many:
        everyone = "; ".join(f"{name}: {shown(value)}" for name, value in values.items())
        yield Disagreement(kind(second, usual), place, everyone, tuple(values), row)
        return
    odd: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        if value != usual:
            odd.setdefault(kind(value, usual), {})[name] = value
    for each, theirs in odd.items():
        message = "; ".join(f"{name}: {difference(value, usual)}" for name, value in theirs.items())
        yield Disagreement(each, place, message, tuple(theirs), row)


def changes(value: Any, usual: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """What a value lacks of the usual one, and what it has beside it."""
    lacks, has = Counter(usual) - Counter(value), Counter(value) - Counter(usual)
    return tuple(lacks.elements()), tuple(has.elements())


def difference(value: Any, usual: Any) -> str:
    """How a value differs, in words: `has 2047-12-08, not 2047-12-09`."""
    if not isinstance(value, tuple):
        return f"{shown(value)}, not {shown(usual)}"
    lacks, has = changes(value, usual)
    if lacks and has:
        return f"has {shown(has)}, not {shown(lacks)}"
    if lacks or has:
        return f"lacks {shown(lacks)}" if lacks else f"has {shown(has)} too"
    return f"in another order: {shown(value)}"


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
