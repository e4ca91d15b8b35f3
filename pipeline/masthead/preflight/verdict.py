"""A PDF checked in this process: its facts, and what the rules of a profile find in it."""

from __future__ import annotations

from dataclasses import dataclass

from masthead.document import Document, Finding, MastheadError, Rule, Severity, garbage
from masthead.pdf import Evidence, Facts, by_column, confinement, damage_reason, gather
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
def judge(pdf: bytes, documents: tuple[Document, ...], profile: Profile, *, is_ours: bool = False) -> Report:
    """Check the bytes of a PDF in this process by every rule of `profile`. The facts are those of its first column.

    A rule that cannot be applied to a damaged file finds that; an exception in it is raised if the file `is_ours`.
    """
    apply = Rule[Evidence].findings if is_ours else _findings
    columns = by_column(gather(pdf, documents[0] if documents else None), documents)
    exempt = {exemption.rule for exemption in profile.exemptions}
    applied = (rule for rule in CHECKS if rule.id not in exempt)
    # What is wrong with the file as a whole is found in each column of a parallel edition.
    findings = dict.fromkeys(each for rule in applied for column in columns for each in apply(rule, column))
    return Report(columns[0].facts, tuple(findings), profile)


def _findings(rule: Rule[Evidence], evidence: Evidence) -> list[Finding]:
    found: list[Finding] = []
    try:
        for finding in rule.findings(evidence):
            found.append(finding)  # of a rule that breaks off, what it found before counts too
    except (MastheadError, MemoryError):
        raise
    except Exception as error:  # damage can raise any exception, deep inside the readers
        # First, since reports show the first finding of a rule, with its severity, for all of them.
        message = f"the file cannot be checked by this rule: {damage_reason(error)}"
        found.insert(0, Finding(message, hint=confinement.HINT, rule=rule.id))
    return found
