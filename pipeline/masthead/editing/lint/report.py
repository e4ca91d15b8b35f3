"""Slips for people and for programs: lines that editors follow, JSON, SARIF."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from masthead.editing.lint.configuration import Configuration
from masthead.editing.lint.rules import RULES
from masthead.editing.lint.slip import Slip


def line(slip: Slip) -> str:
    """`file:line:column: severity: place: message [rule] (hint)`, on one line."""
    place = f" {slip.place}:" if slip.place else ""
    hints = filter(None, (slip.hint, "" if slip.fix is None else "--fix does it"))
    hint = "; ".join(hints)
    return f"{slip.where}: {slip.severity}:{place} {slip.message} [{slip.rule}]" + (f" ({hint})" if hint else "")


def to_dict(slips: Iterable[Slip], configuration: Configuration) -> dict[str, Any]:
    """The slips and the exemptions as plain values."""
    return {
        "slips": [asdict(slip) for slip in slips],
        "exemptions": [{**asdict(exemption), "sources": names} for exemption, names in configuration.exemptions],
    }


def to_sarif(slips: Iterable[Slip], configuration: Configuration) -> str:
    """The slips as SARIF, each with its region where its place is certain."""
    from masthead.preflight.report import sarif

    exempt = [exemption.rule for exemption, names in configuration.exemptions if names == "*"]
    properties = {"exemptions": [asdict(exemption) for exemption in configuration.reasons]}
    return sarif(RULES, exempt, [_result(slip) for slip in slips], properties)


def _result(slip: Slip) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(slip.source)}}
    if slip.position:
        region = {"startLine": slip.position.line, "startColumn": slip.position.column}
        physical["region"] = region | {"endColumn": slip.position.column + max(len(slip.old), 1)}
    place: dict[str, Any] = {"physicalLocation": physical}
    if slip.place:
        place["logicalLocations"] = [{"name": slip.place, "kind": "element"}]
    message = f"{slip.message} ({slip.hint})" if slip.hint else slip.message
    return {"ruleId": slip.rule, "level": str(slip.severity), "message": {"text": message}, "locations": [place]}
