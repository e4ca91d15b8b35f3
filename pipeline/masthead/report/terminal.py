"""The report for a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from masthead.findings import Finding, Severity
from masthead.preflight import Report
from masthead.preflight.direction import right_to_left

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def table(report: Report) -> RenderableType:
    """What the document is, its findings or that there are none, and what the profile leaves out."""
    facts = report.facts
    pages = f"{facts.pages} pages" if facts.pages != 1 else "1 page"
    what = [facts.symbol or "no symbol", facts.organ, pages, facts.paper, facts.job_number]
    head = Text(" · ".join(_isolated(part) for part in what if part), style="bold")
    left_out = Text(f"without {_exempted(report)}", style="dim") if report.profile.exemptions else Text()
    if not report.findings:
        return Group(head, Text(f"nothing found by profile {report.profile.name}", style="green"), left_out)
    rows = Table(box=None, pad_edge=False, show_edge=False)
    for column in ("page", "severity", "rule", "finding"):
        rows.add_column(column, overflow="fold", justify="right" if column == "page" else "left")
    for finding in report.findings:
        page = "" if finding.page is None else str(finding.page)
        rows.add_row(page, Text(finding.severity, style=STYLES[finding.severity]), finding.rule, _words(finding))
    return Group(head, rows, left_out)


def _isolated(text: str) -> str:
    """Text that keeps its place among Latin words when it reads from the right (UAX #9, isolates)."""
    return f"\u2068{text}\u2069" if right_to_left(text) else text


def _exempted(report: Report) -> str:
    return ", ".join(exemption.rule for exemption in report.profile.exemptions)


def _words(finding: Finding) -> Text:
    text = Text(finding.message)
    if finding.hint:
        text.append(f" ({finding.hint})", style="dim")
    return text
