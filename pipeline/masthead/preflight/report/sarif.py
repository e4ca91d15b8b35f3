"""Reports as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from masthead.document import Finding, MastheadError, Severity
from masthead.preflight.report.extent import Group, groups
from masthead.preflight.rulebook import CHECKS
from masthead.preflight.verdict import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Rule(Protocol):
    """What is said of a rule: preflight's and lint's are both such."""

    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def text(self) -> str: ...


def to_sarif(report: Report | MastheadError, name: str) -> str:
    """Return the report on the file `name`. Levels are the severities' own words, which are SARIF's.

    Of a file that cannot be read it says that the run failed, and why (SARIF 3.20).
    """
    if isinstance(report, MastheadError):
        message = f"{report.message} ({report.hint})" if report.hint else report.message
        told = {"level": "error", "message": {"text": message}, "locations": [_file(name)]}
        run = {"executionSuccessful": False, "exitCode": report.exit_code, "toolExecutionNotifications": [told]}
        return sarif(CHECKS, (), [], {}, run)
    exempt = {rule.id for rule in CHECKS if report.profile.exempts(rule.id)}
    properties = {"profile": report.profile.name, "symbol": report.facts.symbol}
    results = [result for group in groups(report) for result in _results(group, name)]
    return sarif(CHECKS, exempt, results, properties)


def sarif(
    rules: Iterable[Rule],
    exempt: Iterable[str],
    results: list[dict[str, Any]],
    properties: Mapping[str, Any],
    invocation: Mapping[str, Any] | None = None,
) -> str:
    """Return one run of all `rules` but those `exempt`; how it went, where there is something to say of that."""
    described = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.text.partition("\n")[0]},
            "fullDescription": {"text": rule.text},
            "defaultConfiguration": {"level": str(rule.severity), "enabled": rule.id not in set(exempt)},
        }
        for rule in rules
    ]
    run = {
        "tool": {"driver": {"name": "masthead", "rules": described}},
        **({"invocations": [invocation]} if invocation else {}),
        "results": results,
        "properties": dict(properties),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _results(group: Group, name: str) -> Iterator[dict[str, Any]]:
    """A result for each finding that is shown, and one for all others together."""
    for finding in group.findings:
        yield _result(finding, name)
    if group.rest:
        others = Finding(group.rule, group.severity, group.rest)
        yield _result(others, name) | {"occurrenceCount": group.count - len(group.findings)}


def _result(finding: Finding, name: str) -> dict[str, Any]:
    place = _file(name)
    if finding.page is not None:
        place["logicalLocations"] = [{"name": f"page {finding.page}", "kind": "element"}]
    message = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    properties = {key: value for key, value in (("where", finding.where), ("box", finding.box)) if value}
    return {
        "ruleId": finding.rule,
        "level": str(finding.severity),
        "message": {"text": message},
        "locations": [place],
        **({"properties": properties} if properties else {}),
    }


def _file(name: str) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": quote(name)}}}
