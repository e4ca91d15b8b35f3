"""What preflight found, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from masthead.findings import Finding, Severity
from masthead.preflight import Report

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def to_dict(report: Report) -> dict[str, Any]:
    """The report as plain values: `facts`, `findings`, `profile` with its exemptions, `failed`."""
    return {
        "facts": asdict(report.facts),
        "findings": [asdict(finding) for finding in report.findings],
        "profile": asdict(report.profile),
        "failed": report.failed,
    }


def to_json(report: Report) -> str:
    """The report as JSON."""
    return json.dumps(to_dict(report), ensure_ascii=False, indent=2)


def table(report: Report) -> RenderableType:
    """The report for a terminal: what the document is, then its findings or that there are none."""
    facts = report.facts
    what = [facts.symbol or "no symbol", facts.organ, f"{facts.pages} pages", facts.paper, facts.job_number]
    head = Text(" · ".join(part for part in what if part), style="bold")
    if not report.findings:
        return Group(head, Text(f"nothing found by profile {report.profile.name}", style="green"))
    rows = Table(box=None, pad_edge=False, show_edge=False)
    for column in ("page", "severity", "rule", "finding"):
        rows.add_column(column, overflow="fold", justify="right" if column == "page" else "left")
    for finding in report.findings:
        page = "" if finding.page is None else str(finding.page)
        rows.add_row(page, Text(finding.severity, style=STYLES[finding.severity]), finding.rule, _words(finding))
    return Group(head, rows)


def _words(finding: Finding) -> Text:
    text = Text(finding.message)
    if finding.hint:
        text.append(f" ({finding.hint})", style="dim")
    return text
