"""The report as text for a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from masthead.document import Finding, Severity
from masthead.preflight.profiles import Profile
from masthead.preflight.report import extent
from masthead.preflight.verdict import Report

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
LIMIT = 10  # findings of one rule: few enough that those of other rules fit on the same screen

_RIGHT_TO_LEFT = "\u0590-\u08ff\u200f\ufb1d-\ufefc"
# A quotation, or Arabic words with what is between them.
_STRETCH = re.compile(f"“[^“”]*”|[{_RIGHT_TO_LEFT}]+(?:[^A-Za-z“”]*[{_RIGHT_TO_LEFT}]+)*")


def table(report: Report) -> RenderableType:
    """What the document is, and its findings by rule, or that there are none."""
    facts = report.facts
    pages = f"{facts.pages} pages" if facts.pages != 1 else "1 page"
    parts_of_title = (facts.symbol or "no symbol", facts.organ, pages, facts.paper, facts.job_number)
    title = " · ".join(_isolated(part) for part in parts_of_title if part)
    parts: list[RenderableType] = [Text(title, style="bold")]
    if not report.findings:
        parts.append(Text(f"no findings (profile {report.profile.name})", style="green"))
    for group in extent.groups(report, LIMIT):
        parts += _group(group)
    return Group(*parts)


def exemptions(profile: Profile) -> RenderableType:
    """The rules that a profile leaves out, and why."""
    reasons = groupby(profile.exemptions, lambda exemption: exemption.reason)
    rules = ((", ".join(exemption.rule for exemption in same), reason) for reason, same in reasons)
    return Group(*(Text(f"not checked: {names}: {reason}", style="dim") for names, reason in rules))


def _group(group: extent.FindingGroup) -> Iterator[RenderableType]:
    """The rule and its number of findings; then each message once, with its hint and all its places."""
    head = Text.assemble((group.severity, STYLES[group.severity]), f"  {group.rule}")
    if group.count > 1:
        head.append(f"  {group.count:,} times")
    yield head
    same: dict[tuple[str, str], list[Finding]] = {}
    for finding in group.findings:
        same.setdefault((finding.message, finding.hint), []).append(finding)
    for (message, hint), findings in same.items():
        places = [*_places(findings)]
        words = Text(f"{places.pop()}: " if len(findings) == 1 and places else "")
        words.append(_isolated(message))
        if hint:
            words.append(f" ({_isolated(hint)})", style="dim")
        yield _indented(words, 2)
        if places:
            yield _indented(Text("; ".join(places)), 4)
    if group.rest:
        yield _indented(Text(group.rest, style="dim"), 2)


def _indented(text: Text, by: int) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def _places(findings: Sequence[Finding]) -> Iterator[str]:
    """The places of findings, page by page: `page 2, “one”, “two”`."""
    for page, here in groupby(findings, lambda finding: finding.page):
        where = (_isolated(finding.where) for finding in here)
        if place := ", ".join(filter(None, (f"page {page}" if page else "", *where))):
            yield place


def _isolated(text: str) -> str:
    """Text whose Arabic parts keep their order and their place among Latin words, by isolates (UAX #9)."""
    is_arabic = re.compile(f"[{_RIGHT_TO_LEFT}]").search
    return _STRETCH.sub(lambda found: f"\u2068{found[0]}\u2069" if is_arabic(found[0]) else found[0], text)
