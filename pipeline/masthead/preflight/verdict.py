"""A PDF checked in this process: its facts, and what the rules of a profile find in it."""

from __future__ import annotations

from dataclasses import dataclass

from masthead.document import Document, Finding, Severity, garbage
from masthead.pdf import Facts, gather
from masthead.preflight.profiles import Profile
from masthead.preflight.rulebook import CHECKS


@dataclass(frozen=True, slots=True)
class Report:
    """What a PDF is (`facts`), what is wrong with it (`findings`, in the order of the rules), and its profile."""

    facts: Facts
    findings: tuple[Finding, ...]
    profile: Profile

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@garbage.gc_deferred()
def judge(pdf: bytes, document: Document | None, profile: Profile) -> Report:
    """Check the bytes of a PDF in this process by every rule of `profile`."""
    evidence = gather(pdf, document)
    applied = (rule for rule in CHECKS if not profile.exempts(rule.id))
    findings = tuple(finding for rule in applied for finding in rule.findings(evidence))
    return Report(evidence.facts, findings, profile)
