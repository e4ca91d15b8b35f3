"""Reports as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from masthead.document import Finding, MastheadError, Rule
from masthead.preflight.report.extent import FindingGroup, groups
from masthead.preflight.rulebook import CHECKS
from masthead.preflight.verdict import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(report: Report | MastheadError, name: str) -> str:
    """Return the report on the file `name`. The severities are the levels of SARIF.

    If the file could not be read, the report says that the run failed, and why (SARIF 3.20).
    """
    if isinstance(report, MastheadError):
        message = f"{report.message} ({report.hint})" if report.hint else report.message
        places = [{"physicalLocation": _file(name)}]
        notification = {"level": "error", "message": {"text": message}, "locations": places}
        run = {"executionSuccessful": False, "exitCode": report.exit_code, "toolExecutionNotifications": [notification]}
        return sarif(CHECKS, (), [], {}, run)
    exempt = {exemption.rule for exemption in report.profile.exemptions}
    properties = {"profile": report.profile.name, "symbol": report.facts.symbol}
    results = [result for group in groups(report) for result in _results(group, name)]
    return sarif(CHECKS, exempt, results, properties)


def sarif(
    rules: Iterable[Rule[Any]],
    exempt: Container[str],
    results: list[dict[str, Any]],
    properties: Mapping[str, Any],
    invocation: Mapping[str, Any] | None = None,
) -> str:
    """Return one run of all `rules` except those in `exempt`. `invocation` says how the run went."""
    described = [
        {
            "id": rule.id,
            "shortDescription": {"text": rule.text.partition("\n")[0]},
            "fullDescription": {"text": rule.text},
            "defaultConfiguration": {"level": str(rule.severity), "enabled": rule.id not in exempt},
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


def _results(group: FindingGroup, name: str) -> Iterator[dict[str, Any]]:
    """A result for each finding that is shown, and one for all the others together."""
    for finding in group.findings:
        yield sarif_result(finding, name)
    if group.rest:
        others = Finding(group.rest, rule=group.rule, severity=group.severity)
        yield sarif_result(others, name) | {"occurrenceCount": group.count - len(group.findings)}


def sarif_result(finding: Finding, name: str) -> dict[str, Any]:
    """Return a finding in the file `name`: in a PDF with its page and box, in a source with its line and column."""
    physical = _file(name)
    if at := finding.position:
        end = at.column + max(len(finding.old), 1)
        physical["region"] = {"startLine": at.line, "startColumn": at.column, "endColumn": end}
    place: dict[str, Any] = {"physicalLocation": physical}
    # In a source, `where` names a part of the document; in a PDF it may be any words.
    if logical := f"page {finding.page}" if finding.page is not None else finding.where if finding.file else "":
        place["logicalLocations"] = [{"name": logical, "kind": "element"}]
    where = "" if finding.file else finding.where
    properties = {key: value for key, value in (("where", where), ("box", finding.box)) if value}
    return {
        "ruleId": finding.rule,
        "level": str(finding.severity),
        "message": {"text": f"{finding.message} ({finding.hint})" if finding.hint else finding.message},
        "locations": [place],
        **({"properties": properties} if properties else {}),
    }


def _file(name: str) -> dict[str, Any]:
    return {"artifactLocation": {"uri": quote(name)}}
