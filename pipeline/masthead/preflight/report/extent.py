"""How much of a report is shown: a number of findings of each rule, and how many more there are.

A rule can find the same thing on each of sixty thousand pages: nobody reads that, and no browser opens it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from masthead.document import Finding, Severity
from masthead.preflight.verdict import Report

LIMIT = 100


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one rule: those that are shown, and how many there are."""

    rule: str
    severity: Severity
    findings: tuple[Finding, ...]
    count: int

    @property
    def rest(self) -> str:
        """Words for the findings that are not shown; empty if all are."""
        more = self.count - len(self.findings)
        return f"… and {more:,} more of this rule" if more else ""


def groups(report: Report, limit: int = LIMIT) -> tuple[FindingGroup, ...]:
    """The findings by rule, in the order of the report, at most `limit` of each."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.rule, []).append(finding)
    return tuple(FindingGroup(rule, all_[0].severity, tuple(all_[:limit]), len(all_)) for rule, all_ in found.items())


def pages(report: Report, limit: int) -> tuple[int, ...]:
    """The pages to show pictures of: all if there are at most `limit`, otherwise page one and pages with findings.

    The first page of each rule comes before the second page of any.
    """
    if report.facts.pages <= limit:
        return tuple(range(1, report.facts.pages + 1))
    found = (_pages(group, report.facts.pages) for group in groups(report))
    wanted = dict.fromkeys(page for page in (1, *chain(*zip_longest(*found))) if page)
    return tuple(sorted([*wanted][:limit]))


def _pages(group: FindingGroup, count: int) -> Iterator[int]:
    yield from dict.fromkeys(finding.page for finding in group.findings if finding.page and finding.page <= count)
