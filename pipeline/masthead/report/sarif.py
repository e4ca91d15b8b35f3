"""Reports as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

from masthead.findings import Finding, Severity
from masthead.preflight import CHECKS, Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Rule(Protocol):
    """What is said of a rule: preflight's and lint's are both such."""

    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def text(self) -> str: ...


def to_sarif(report: Report, name: str) -> str:
    """Return the report on the file `name`. Levels are the severities' own words, which are SARIF's."""
    exempt = {rule.id for rule in CHECKS if report.profile.exempts(rule.id)}
    properties = {"profile": report.profile.name, "symbol": report.facts.symbol}
    return sarif(CHECKS, exempt, [_result(finding, name) for finding in report.findings], properties)


def sarif(
    rules: Iterable[Rule], exempt: Iterable[str], results: list[dict[str, Any]], properties: Mapping[str, Any]
) -> str:
    """Return one run of all `rules` but those `exempt`."""
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
        "results": results,
        "properties": dict(properties),
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(finding: Finding, name: str) -> dict[str, Any]:
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(name)}}}
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
