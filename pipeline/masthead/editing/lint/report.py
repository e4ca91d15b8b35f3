"""The findings of lint as lines that editors can follow, as plain values for JSON, and as SARIF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from masthead.document import Finding
from masthead.editing.lint.configuration import Configuration
from masthead.editing.lint.rules import RULES


def line(finding: Finding) -> str:
    """`file:line:column: severity: place: message [rule] (hint)`, on one line."""
    place = f" {finding.where}:" if finding.where else ""
    hint = "; ".join(filter(None, (finding.hint, "" if finding.fix is None else "--fix corrects it")))
    message = f"{finding.location}: {finding.severity}:{place} {finding.message} [{finding.rule}]"
    return f"{message} ({hint})" if hint else message


def plain(finding: Finding) -> dict[str, Any]:
    """A finding as plain values."""
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "source": finding.file,
        "place": finding.where,
        "position": asdict(finding.position) if finding.position else None,
        "hint": finding.hint,
        "old": finding.old,
        "fix": finding.fix,
    }


def to_dict(findings: Iterable[Finding], configuration: Configuration) -> dict[str, Any]:
    """The findings and the exemptions as plain values."""
    return {
        "slips": [plain(finding) for finding in findings],
        "exemptions": [{**asdict(exemption), "sources": names} for exemption, names in configuration.exemptions],
    }


def to_sarif(findings: Iterable[Finding], configuration: Configuration) -> str:
    """The findings as SARIF, each with its region if its position is certain."""
    from masthead.preflight.report import sarif, sarif_result  # slow to import: reports of preflight draw pages

    exempt = {exemption.rule for exemption, names in configuration.exemptions if names == "*"}
    properties = {"exemptions": [asdict(exemption) for exemption in configuration.reasons]}
    return sarif(RULES, exempt, [sarif_result(finding, finding.file) for finding in findings], properties)
