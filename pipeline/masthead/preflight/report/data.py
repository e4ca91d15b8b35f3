"""The report as plain values for JSON; `docs/report.schema.json` describes them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from masthead.document import FINDING_FIELDS, MastheadError
from masthead.preflight.report.extent import groups
from masthead.preflight.verdict import Report


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain values: `facts`, `findings`, `counts`, `profile` with its exemptions, `failed`.

    `counts` has the number of findings of each rule, `findings` at most 100 of them.
    """
    shown = groups(report)
    findings = [finding for group in shown for finding in group.findings]
    return {
        "facts": asdict(report.facts),
        "findings": [{name: getattr(finding, name) for name in FINDING_FIELDS} for finding in findings],
        "counts": {group.rule: group.count for group in shown},
        "profile": asdict(report.profile),
        "failed": report.failed,
    }


def to_json(report: Report | MastheadError) -> str:
    """The report, or why there is none, as JSON."""
    if isinstance(report, MastheadError):
        reason = {"message": report.message, "where": report.where, "hint": report.hint}
        value: dict[str, Any] = {"error": reason, "failed": True}
    else:
        value = to_dict(report)
    return json.dumps(value, ensure_ascii=False, indent=2)
