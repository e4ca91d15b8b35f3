"""The report as JUnit XML for continuous integration: a test case for each rule."""

from __future__ import annotations

from xml.etree import ElementTree

from masthead.document import Finding, MastheadError, Severity
from masthead.preflight.report.extent import FindingGroup, groups
from masthead.preflight.rulebook import CHECKS
from masthead.preflight.verdict import Report

# Control characters and the like, which a PDF can contain but XML 1.0 cannot (section 2.2).
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), "\ufffd")


def to_junit(report: Report | MastheadError, name: str) -> str:
    """Return the report on the file `name`: rules with errors fail, exempted rules are skipped.

    A file that cannot be read is one test case with an error.
    """
    suite = ElementTree.Element("testsuite", {"name": _clean(f"masthead check {name}")})
    if isinstance(report, MastheadError):
        suite.attrib |= {"tests": "1", "failures": "0", "errors": "1", "skipped": "0"}
        case = ElementTree.SubElement(suite, "testcase", {"classname": _clean(name), "name": "the file can be read"})
        kind = type(report).__name__
        error = ElementTree.SubElement(case, "error", {"message": _clean(report.message), "type": kind})
        error.text = _clean(report.hint)
    else:
        _add_cases(suite, report, name)
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _add_cases(suite: ElementTree.Element, report: Report, name: str) -> None:
    found = {group.rule: group for group in groups(report)}
    failed = sum(group.severity is Severity.ERROR for group in found.values())
    exempted = {exemption.rule: exemption.reason for exemption in report.profile.exemptions}
    counts = {"tests": len(CHECKS), "failures": failed, "errors": 0, "skipped": len(exempted)}
    suite.attrib |= {key: str(count) for key, count in counts.items()}
    for rule in CHECKS:
        case = ElementTree.SubElement(suite, "testcase", {"classname": _clean(name), "name": rule.id})
        if rule.id in exempted:
            ElementTree.SubElement(case, "skipped", {"message": exempted[rule.id]})
        if rule.id in found:
            _add_findings(case, found[rule.id])


def _add_findings(case: ElementTree.Element, group: FindingGroup) -> None:
    shown = [(finding.message, _where(finding)) for finding in group.findings]
    for message, where in [*shown, (group.rest, "")] if group.rest else shown:
        if group.severity is Severity.ERROR:
            ElementTree.SubElement(case, "failure", {"message": _clean(message)}).text = _clean(where)
        else:
            output = ElementTree.SubElement(case, "system-out")
            output.text = _clean(f"{group.severity}: {message} {where}".strip())


def _where(finding: Finding) -> str:
    page = f"page {finding.page}" if finding.page else ""
    return ", ".join(part for part in (page, finding.where, finding.hint) if part)


def _clean(text: str) -> str:
    return text.translate(_FORBIDDEN)
