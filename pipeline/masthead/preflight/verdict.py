"""What preflight says of a PDF: the report, its profile, and what the profile lets pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from masthead.errors import MastheadError
from masthead.findings import Finding, Severity
from masthead.preflight.facts import Facts


@dataclass(frozen=True, slots=True)
class Exemption:
    """A rule that a profile does not apply, and why."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A named choice of rules: all of them, less the exemptions."""

    name: str
    exemptions: tuple[Exemption, ...] = ()

    def exempts(self, rule: str) -> bool:
        return any(exemption.rule == rule for exemption in self.exemptions)


@dataclass(frozen=True, slots=True)
class Report:
    """What a PDF is (`facts`), what is wrong with it (`findings`, in the order of the rules), and by which profile."""

    facts: Facts
    findings: tuple[Finding, ...]
    profile: Profile

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


DEFAULT = Profile("default")

PROFILES: Mapping[str, Profile] = {profile.name: profile for profile in (DEFAULT,)}


def profile(name: str) -> Profile:
    """Return the profile of that name. Raises MastheadError when there is none."""
    try:
        return PROFILES[name]
    except KeyError:
        raise MastheadError(f"no such profile: {name}", hint=f"profiles there are: {', '.join(PROFILES)}") from None
