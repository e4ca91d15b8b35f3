"""What the rules look at: a document's units, what they refer to, and its language's words. Gathered once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from masthead.document import Document, Locale, Reference, ResolutionNumber, Severity, Text, inlines, locales
from masthead.document.references import Found, Kind, Lexicon, Unit, find_citations, lexicon, units

MOST = 20
"""Faults of one rule in one unit: what breaks a rule all through is told often enough."""


_YEARS = 1000  # from which on a session is a year
_BEFORE_FIRST = 1945  # year before that of the Assembly's first session in September


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found: in `unit`, the characters from `start` to `end` of its text (the unit as a whole by default).

    `fix` is what should stand there, only where that is certain. None for a unit means the whole document.
    """

    message: str
    unit: Unit | None = None
    start: int = 0
    end: int = 0
    hint: str = ""
    fix: str | None = None

    def saying(self, message: str, hint: str = "", fix: str | None = None) -> Fault:
        """The same place, with what is wrong there."""
        return Fault(message, self.unit, self.start, self.end, hint, fix)


class Evidence:
    """One document as the rules see it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.locale: Locale = locales.load(document.language)
        self.words: Mapping[str, Any] = self.locale.words["lint"]
        self.units: tuple[Unit, ...] = units(document)
        self._found: dict[str, tuple[Found, ...]] = {}

    @property
    def lexicon(self) -> Lexicon:
        return lexicon(self.document.language)

    def found(self, unit: Unit) -> tuple[Found, ...]:
        """What a unit refers to."""
        if unit.place not in self._found:
            self._found[unit.place] = find_citations(unit.content, self.document.language)
        return self._found[unit.place]

    def of(self, kind: Kind) -> Iterator[tuple[Unit, Found]]:
        """Every reference of one kind, with its unit."""
        for unit in self.units:
            for found in self.found(unit):
                if found.citation.kind is kind:
                    yield unit, found

    def unit(self, place: str) -> Unit | None:
        return next((unit for unit in self.units if unit.place == place), None)

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[Fault, re.Match[str]]]:
        """For each match in any unit its place, as a fault that says nothing yet; in one unit MOST of them."""
        for unit, text in self.texts:
            for found in islice(pattern.finditer(text), MOST):
                yield Fault("", unit, found.start(), found.end()), found

    @cached_property
    def texts(self) -> tuple[tuple[Unit, str], ...]:
        """Every unit with its text, symbols masked: they are alike in every language and have rules of their own."""
        return tuple((unit, _masked(unit)) for unit in self.units)


def _masked(unit: Unit) -> str:
    parts = []
    for inline in inlines(unit.content):
        if isinstance(inline, Text):
            parts.append(inline.text)
        elif isinstance(inline, Reference):
            is_symbol = inline.text == str(inline.target)
            parts.append("\0" * len(inline.text) if is_symbol else inline.text)
    return "".join(parts)


def seating(number: ResolutionNumber) -> str:
    """When resolutions of this number are adopted, in words: `session 102 sat from September 2047`."""
    if number.session >= _YEARS:
        return f"its year is {number.session}"
    return f"session {number.session} opened in September {_BEFORE_FIRST + number.session}"


Check = Callable[[Evidence], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its identifier, the severity of what it finds, and an example of wrong and right."""

    id: str
    severity: Severity
    check: Check
    wrong: str
    right: str

    @property
    def text(self) -> str:
        """What the rule demands, and why."""
        lines = (self.check.__doc__ or "").strip().split("\n")
        return "\n".join(line.strip() for line in lines)


class Rules(list[Rule]):
    """An area's rules, in the order of their writing."""

    def rule(self, name: str, severity: Severity, *, wrong: str, right: str) -> Callable[[Check], Check]:
        """Enter the function below under `name`."""

        def enter(check: Check) -> Check:
            self.append(Rule(name, severity, check, wrong, right))
            return check

        return enter
