"""The report as JUnit XML, which continuous integration reads: a test case for each rule."""

from __future__ import annotations

from xml.etree import ElementTree

from masthead.findings import Finding, Severity
from masthead.preflight import CHECKS, Report


def to_junit(report: Report, name: str) -> str:
    """Return the report on the file `name`: a rule that found errors fails, an exempted one is skipped."""
    failed = {finding.rule for finding in report.findings if finding.severity is Severity.ERROR}
    exempted = {exemption.rule: exemption.reason for exemption in report.profile.exemptions}
    counts = {"tests": str(len(CHECKS)), "failures": str(len(failed)), "skipped": str(len(exempted))}
    suite = ElementTree.Element("testsuite", {"name": f"masthead check {name}", **counts})
    for rule in CHECKS:
        case = ElementTree.SubElement(suite, "testcase", {"classname": name, "name": rule.id})
        if rule.id in exempted:
            ElementTree.SubElement(case, "skipped", {"message": exempted[rule.id]})
        for finding in (finding for finding in report.findings if finding.rule == rule.id):
            if finding.severity is Severity.ERROR:
                failure = ElementTree.SubElement(case, "failure", {"message": finding.message})
                failure.text = _where(finding)
            else:
                output = ElementTree.SubElement(case, "system-out")
                output.text = f"{finding.severity}: {finding.message} {_where(finding)}".strip()
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _where(finding: Finding) -> str:
    page = f"page {finding.page}" if finding.page else ""
    return ", ".join(part for part in (page, finding.where, finding.hint) if part)
