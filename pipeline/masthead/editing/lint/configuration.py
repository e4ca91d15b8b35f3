"""Which rules are applied, and with which severity: `masthead-lint.toml`.

[severity]
note-end = "warning"

[[exempt]]
rule = "tanwin-place"
reason = "our documents use both places"
sources = "E_RES_2017_*"        # all sources if left out
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from masthead.document import Exemption, OrderError, Severity, files, organizations
from masthead.editing.lint.rules import RULES

FILE = "masthead-lint.toml"
_KNOWN = frozenset(rule.id for rule in RULES)
_DEFAULT = (Exemption("word-unverified", "it concerns the locale, not a document; apply it with --all"),)


@dataclass(frozen=True, slots=True)
class Configuration:
    """Severities that replace those of the rules, and exemptions with their reasons, by pattern of file names."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    exemptions: tuple[tuple[Exemption, str], ...] = field(default_factory=lambda: _defaults())

    def exempts(self, rule: str, source: str) -> bool:
        """Whether a rule is not applied to the file `source`."""
        name = Path(source).name
        return any(exemption.rule == rule and fnmatch(name, names) for exemption, names in self.exemptions)

    @property
    def reasons(self) -> tuple[Exemption, ...]:
        """The exemptions without their patterns."""
        return tuple(exemption for exemption, _ in self.exemptions)


def _defaults() -> tuple[tuple[Exemption, str], ...]:
    """Return the exemptions of every organization and of the current one. Raises OrderError for an unknown rule."""
    organization = organizations.current()
    own = tuple(Exemption(rule, reason) for rule, reason in organization.exempt["lint"])
    for rule in own:
        if rule.rule not in _KNOWN:
            raise OrderError(f"unknown rule {rule.rule}", where=organization.where, hint="docs/lint.md lists the rules")
    return tuple((exemption, "*") for exemption in (*_DEFAULT, *own))


def configure(path: Path) -> Configuration:
    """Read a configuration. Raises OrderError for an unknown rule, an unknown severity, or a missing reason."""
    try:
        words = tomllib.loads(path.read_text("utf-8"))
        severities = {rule: Severity(severity) for rule, severity in words.get("severity", {}).items()}
        listed = [(entry["rule"], entry["reason"], entry.get("sources", "*")) for entry in words.get("exempt", [])]
    except OSError as error:
        raise OrderError(f"the configuration cannot be read: {files.reason(error)}", where=str(path)) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "each [[exempt]] has a rule and a reason; severities are error, warning, note"
        raise OrderError(f"the configuration cannot be read: {error}", where=str(path), hint=hint) from None
    for rule in (*severities, *(entry[0] for entry in listed)):
        if rule not in _KNOWN:
            raise OrderError(f"unknown rule {rule}", where=str(path), hint="docs/lint.md lists the rules")
    own = tuple((Exemption(rule, reason), names) for rule, reason, names in listed)
    return Configuration(severities, (*own, *Configuration().exemptions))
