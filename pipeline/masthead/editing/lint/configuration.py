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
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path

from masthead.document import Exemption, OrderError, Severity, files, organizations
from masthead.editing.lint.rules import RULES

FILE = "masthead-lint.toml"
_KNOWN = frozenset(rule.id for rule in RULES)
_KEYS = ("rule", "reason", "sources")
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
            raise OrderError(
                f"unknown rule {rule.rule}",
                where=organization.place("lint", "exempt", rule.rule),
                hint="docs/lint.md lists the rules",
            )
    return tuple((exemption, "*") for exemption in (*_DEFAULT, *own))


def configure(path: Path) -> Configuration:
    """Read a configuration.

    Raises OrderError, with all errors, for unknown keys and rules, an unknown severity, or a missing reason.
    """
    errors: list[OrderError] = []
    try:
        words = tomllib.loads(path.read_text("utf-8"))
        for entry, known in ((words, ("severity", "exempt")), *((each, _KEYS) for each in words.get("exempt", []))):
            errors += [_unknown(f"key {key}", key, known, path) for key in entry if key not in known]
        OrderError.raise_all(errors)
        severities = {rule: Severity(severity) for rule, severity in words.get("severity", {}).items()}
        listed = [(entry["rule"], entry["reason"], entry.get("sources", "*")) for entry in words.get("exempt", [])]
    except OSError as error:
        raise OrderError(f"the configuration cannot be read: {files.reason(error)}", where=str(path)) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "each [[exempt]] has a rule and a reason; severities are error, warning, note"
        raise OrderError(f"the configuration cannot be read: {error}", where=str(path), hint=hint) from None
    for rule in (*severities, *(entry[0] for entry in listed)):
        if rule not in _KNOWN:
            errors.append(_unknown(f"rule {rule}", rule, _KNOWN, path, "docs/lint.md lists the rules"))
    OrderError.raise_all(errors)
    own = tuple((Exemption(rule, reason), names) for rule, reason, names in listed)
    return Configuration(severities, (*own, *Configuration().exemptions))


def _unknown(what: str, name: str, known: Collection[str], path: Path, hint: str = "") -> OrderError:
    """Return the error for a name that is not one of those that are known."""
    close = get_close_matches(name, sorted(known), 1)
    hint = f"did you mean {close[0]}?" if close else hint or f"known are {', '.join(known)}"
    return OrderError(f"unknown {what}", where=str(path), hint=hint)
