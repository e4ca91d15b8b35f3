"""Findings: what is wrong with a source or a PDF, as values. Readers, lint, preflight and concordance return them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

_MOST = 5  # findings of one rule that are listed one by one

Rectangle = tuple[float, float, float, float]
"""A region of a page: left, top, right, bottom, in points from the top left corner."""


class Severity(StrEnum):
    """How serious a finding is. Only an error makes a command exit with code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings with one in place of more than five of the same rule: the first, with how many they are."""
    found = tuple(findings)
    counts = Counter((finding.rule, finding.severity) for finding in found if finding.rule)
    result: list[Finding] = []
    seen: set[tuple[str, Severity]] = set()
    for finding in found:
        key = finding.rule, finding.severity
        if counts[key] <= _MOST:
            result.append(finding)
        elif key not in seen:
            seen.add(key)
            wheres = (each.where.rpartition(": ")[2] for each in found if (each.rule, each.severity) == key)
            _, *places = dict.fromkeys(wheres)
            others = f"; also {', '.join(places[: _MOST - 1])}{' …' * (len(places) >= _MOST)}" if places else ""
            result.append(replace(finding, message=f"{finding.message} ({counts[key]} times{others})"))
    return tuple(result)


@dataclass(frozen=True, slots=True)
class Position:
    """Line and column in a source, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or looks wrong.

    `where` is the place in words, `hint` says what to do. In a PDF, `page` is counted from 1 (None: the whole file) and
    `box` is the region of the page. In a source, `file` is its name and `position` the place where `old` begins, None
    if it is not certain; `fix` is the text to replace `old` with, None if it is not certain.

    A check leaves `rule` and `severity` to its `Rule`, which adds them.
    """

    message: str
    page: int | None = None
    where: str = ""
    hint: str = ""
    box: Rectangle | None = None
    file: str = ""
    position: Position | None = None
    old: str = ""
    fix: str | None = None
    rule: str = ""
    severity: Severity = Severity.ERROR

    @property
    def location(self) -> str:
        """`file:line:column`, which editors can open; `file` alone if the position is not certain."""
        return f"{self.file}:{self.position.line}:{self.position.column}" if self.position else self.file


FINDING_FIELDS = ("rule", "severity", "message", "page", "where", "hint", "box")
"""The fields of a finding in a PDF; the others are for sources."""
