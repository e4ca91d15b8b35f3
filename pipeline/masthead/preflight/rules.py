"""Rules: small functions that look at the evidence and yield faults; the docstring of each is its published text."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from masthead.document import Finding, Rectangle, Severity

if TYPE_CHECKING:
    from masthead.pdf import Evidence


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found wrong, before the rule's name and severity are written on it. See `Finding`."""

    message: str
    page: int | None = None
    where: str = ""
    hint: str = ""
    box: Rectangle | None = None


Check = Callable[["Evidence"], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A check with its identifier and the severity of what it finds."""

    id: str
    severity: Severity
    check: Check

    @property
    def text(self) -> str:
        """What the rule demands, and why."""
        return inspect.getdoc(self.check) or ""

    def findings(self, evidence: Evidence) -> Iterator[Finding]:
        """Apply the rule."""
        for fault in self.check(evidence):
            yield Finding(self.id, self.severity, fault.message, fault.page, fault.where, fault.hint, fault.box)
