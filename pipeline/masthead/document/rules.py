"""Rules: what preflight, lint and concordance check. Each has an identifier, a severity and a published text.

    RULES = Rules[Evidence](Need.LAYOUT)

    @RULES.rule("flow.blank-pages", Severity.ERROR)
    def blank_pages(evidence: Evidence) -> Iterator[Finding]:
        \"\"\"No page is blank.\"\"\"
        ...

The docstring of a check is the text that documentation and reports publish.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from masthead.document.findings import Finding, Severity

Subject = TypeVar("Subject")
"""What a check looks at: a PDF, or a document and its source."""

Check = Callable[[Subject], Iterable[Finding]]


def reported_elsewhere(subject: object) -> Iterable[Finding]:
    """The check of a rule whose findings come from elsewhere, such as a reader: it finds nothing itself."""
    return ()


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A check with its identifier, its severity and its published text: what the rule demands, and why.

    `needs` says what a file must have, or be meant for, so that the rule applies to it. `wrong` and `right` are an
    example for the documentation.
    """

    id: str
    severity: Severity
    text: str
    check: Check[Subject] = reported_elsewhere
    needs: frozenset[str] = frozenset()
    wrong: str = ""
    right: str = ""

    @property
    def area(self) -> str:
        """The first part of the identifier: `flow` in `flow.blank-pages`."""
        return self.id.partition(".")[0]

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """Apply the rule."""
        for finding in self.check(subject):
            yield replace(finding, rule=self.id, severity=self.severity)


class Rules(list[Rule[Subject]]):
    """A list of rules that checks are added to by decoration. `needs` are what all of them need."""

    def __init__(self, *needs: str) -> None:
        super().__init__()
        self.needs = needs

    def rule(
        self, name: str, severity: Severity, *needs: str, wrong: str = "", right: str = ""
    ) -> Callable[[Check[Subject]], Check[Subject]]:
        """Add the decorated check under the identifier `name`."""

        def add(check: Check[Subject]) -> Check[Subject]:
            text = inspect.getdoc(check) or ""
            self.append(Rule(name, severity, text, check, frozenset((*self.needs, *needs)), wrong, right))
            return check

        return add


@dataclass(frozen=True, slots=True)
class Exemption:
    """A rule that is not applied, and why."""

    rule: str
    reason: str
