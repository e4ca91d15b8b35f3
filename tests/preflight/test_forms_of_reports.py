"""Reports of a few findings in every form: JUnit, SARIF, JSON, for a terminal; how much of a long report is shown."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from rich.console import Console, RenderableType

from masthead.document import Finding, Position, Severity, SourceError
from masthead.pdf import Facts
from masthead.preflight import profiles
from masthead.preflight.report import sarif_result, to_dict, to_json, to_junit, to_sarif
from masthead.preflight.report.extent import groups, pages
from masthead.preflight.report.terminal import exemptions, table
from masthead.preflight.rulebook import CHECKS
from masthead.preflight.verdict import Report

PROFILE = profiles.profile("default")
RULES = [rule.id for rule in CHECKS if not PROFILE.exempts(rule.id)]
FIRST, SECOND, THIRD = RULES[:3]


def _finding(rule: str = FIRST, severity: Severity = Severity.ERROR, **more: object) -> Finding:
    return Finding(**{"message": "wrong", "rule": rule, "severity": severity, **more})  # type: ignore[arg-type]


def _report(*findings: Finding, **facts: object) -> Report:
    return Report(Facts(**{"pages": 3, **facts}), findings, PROFILE)  # type: ignore[arg-type]


def _printed(what: RenderableType) -> str:
    written = io.StringIO()
    Console(file=written, width=100, color_system=None).print(what)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines())


def test_only_errors_fail() -> None:
    assert [_report(_finding(severity=each)).failed for each in Severity] == [True, False, False]
    assert not _report().failed


def test_findings_are_grouped_by_rule_and_the_rest_is_counted() -> None:
    report = _report(*[_finding(page=at) for at in range(1, 5)], _finding(SECOND))
    first, second = groups(report, 3)
    assert (first.rule, len(first.findings), first.count, first.rest) == (FIRST, 3, 4, "… and 1 more of this rule")
    assert (second.rule, second.count, second.rest) == (SECOND, 1, "")
    assert groups(report, 4)[0].rest == ""
    many = groups(_report(*[_finding()] * 1102))[0]
    assert (len(many.findings), many.rest) == (100, "… and 1,002 more of this rule")


@pytest.mark.parametrize(
    ("count", "limit", "found", "shown"),
    [
        (3, 3, {}, (1, 2, 3)),
        (4, 3, {}, (1,)),
        (9, 3, {FIRST: [5, 6, 7], SECOND: [9]}, (1, 5, 9)),
        (9, 4, {FIRST: [5, 5, 6, 7], SECOND: [9]}, (1, 5, 6, 9)),
        (9, 4, {FIRST: [10, 9, None]}, (1, 9)),
    ],
)
def test_the_pages_that_are_shown(count: int, limit: int, found: dict[str, list[int]], shown: tuple[int, ...]) -> None:
    findings = [_finding(rule, page=page) for rule, numbers in found.items() for page in numbers]
    assert pages(_report(*findings, pages=count), limit) == shown


# --- JUnit ------------------------------------------------------------------------------------------------------------


def test_junit_has_a_case_for_each_rule() -> None:
    report = _report(
        _finding(page=2, where="here", hint="mend it"),
        _finding(SECOND, Severity.WARNING, page=3, hint="mend it"),
        _finding(THIRD, Severity.NOTE),
    )
    (suite,) = ElementTree.fromstring(to_junit(report, "a.pdf"))
    exempted = {each.rule: each.reason for each in PROFILE.exemptions}
    assert suite.attrib == {
        "name": "masthead check a.pdf", "tests": str(len(CHECKS)), "failures": "1", "errors": "0",
        "skipped": str(len(exempted)),
    }  # fmt: skip
    assert [(case.get("classname"), case.get("name")) for case in suite] == [("a.pdf", rule.id) for rule in CHECKS]
    inside = {case.get("name"): [(each.tag, each.attrib, each.text) for each in case] for case in suite if len(case)}
    assert inside == {
        FIRST: [("failure", {"message": "wrong"}, "page 2, here, mend it")],
        SECOND: [("system-out", {}, "warning: wrong page 3, mend it")],
        THIRD: [("system-out", {}, "note: wrong")],
        **{rule: [("skipped", {"message": reason}, None)] for rule, reason in exempted.items()},
    }


def test_junit_counts_what_it_does_not_show() -> None:
    (suite,) = ElementTree.fromstring(to_junit(_report(*[_finding()] * 101), "a.pdf"))
    (case,) = (case for case in suite if case.get("name") == FIRST)
    assert (len(case), case[-1].get("message"), suite.get("failures")) == (101, "… and 1 more of this rule", "1")


def test_no_character_makes_junit_invalid() -> None:
    characters = [
        chr(code) for code in (*range(160), 0x85, 0x2028, 0xD800, 0xDFFF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000)
    ]
    for char in characters:
        text = to_junit(_report(_finding(message=f"a{char}b", where=f"c{char}d")), f"e{char}f.pdf")
        (suite,) = ElementTree.fromstring(text.encode("utf-8"))
        (failure,) = suite.iter("failure")
        kept = char if char in "\t\n\r" or (char >= " " and char not in "\ud800\udfff\ufffe\uffff") else "\ufffd"
        assert failure.get("message") == f"a{kept}b"


def test_a_file_that_cannot_be_read_is_one_case_with_an_error() -> None:
    (suite,) = ElementTree.fromstring(to_junit(SourceError("no PDF", hint="get it again"), "a.pdf"))
    (case,) = suite
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures"), suite.get("skipped")) == (
        "1",
        "1",
        "0",
        "0",
    )
    assert (case.get("classname"), case.get("name")) == ("a.pdf", "the file can be read")
    assert (case[0].tag, case[0].attrib, case[0].text) == (
        "error", {"message": "no PDF", "type": "SourceError"}, "get it again"
    )  # fmt: skip


# --- SARIF ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (
            _finding(page=2, where="here", hint="mend it", box=(1, 2, 3, 4)),
            {"level": "error", "message": {"text": "wrong (mend it)"},
             "properties": {"where": "here", "box": (1, 2, 3, 4)},
             "place": {"logicalLocations": [{"name": "page 2", "kind": "element"}]}},
        ),
        (
            _finding(severity=Severity.NOTE, file="a.md", where="note 1", position=Position(3, 5), old="abc"),
            {"level": "note", "message": {"text": "wrong"},
             "region": {"startLine": 3, "startColumn": 5, "endColumn": 8},
             "place": {"logicalLocations": [{"name": "note 1", "kind": "element"}]}},
        ),
        (
            _finding(file="a.md", position=Position(3, 5)),
            {"level": "error", "message": {"text": "wrong"},
             "region": {"startLine": 3, "startColumn": 5, "endColumn": 6}},
        ),
        (_finding(where="here"), {"level": "error", "message": {"text": "wrong"}, "properties": {"where": "here"}}),
    ],
)  # fmt: skip
def test_a_result_of_sarif_has_its_place(finding: Finding, expected: dict[str, object]) -> None:
    physical = {"artifactLocation": {"uri": "a%20b.pdf"}}
    if region := expected.pop("region", None):
        physical["region"] = region  # type: ignore[assignment]
    place = {"physicalLocation": physical, **expected.pop("place", {})}  # type: ignore[dict-item]
    assert sarif_result(finding, "a b.pdf") == {"ruleId": FIRST, "locations": [place], **expected}


def test_sarif_has_the_rules_that_were_applied_and_counts_the_rest() -> None:
    (run,) = json.loads(to_sarif(_report(*[_finding()] * 103, symbol="A/1"), "a.pdf"))["runs"]
    assert run["properties"] == {"profile": "default", "symbol": "A/1"}
    described = {rule["id"]: rule["defaultConfiguration"] for rule in run["tool"]["driver"]["rules"]}
    assert described == {
        rule.id: {"level": str(rule.severity), "enabled": not PROFILE.exempts(rule.id)} for rule in CHECKS
    }
    assert len(run["results"]) == 101
    assert (run["results"][-1]["occurrenceCount"], run["results"][-1]["message"]["text"]) == (
        3, "… and 3 more of this rule"
    )  # fmt: skip
    assert "invocations" not in run
    (run,) = json.loads(to_sarif(SourceError("no PDF", hint="get it again"), "a.pdf"))["runs"]
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"], run["results"]) == (False, 3, [])
    assert invocation["toolExecutionNotifications"][0]["message"] == {"text": "no PDF (get it again)"}


# --- JSON and the terminal --------------------------------------------------------------------------------------------


def test_json_has_the_findings_their_counts_and_the_verdict() -> None:
    said = to_dict(_report(*[_finding(page=1, hint="x")] * 101, _finding(SECOND, Severity.NOTE)))
    assert said["counts"] == {FIRST: 101, SECOND: 1}
    assert len(said["findings"]) == 101
    assert said["findings"][0] == {
        "rule": FIRST, "severity": "error", "message": "wrong", "page": 1, "where": "", "hint": "x", "box": None
    }  # fmt: skip
    assert (said["failed"], said["facts"]["pages"], said["profile"]["name"]) == (True, 3, "default")
    assert json.loads(to_json(_report())) == json.loads(json.dumps(to_dict(_report())))
    assert json.loads(to_json(SourceError("no PDF", where="a", hint="b"))) == {
        "error": {"message": "no PDF", "where": "a", "hint": "b"},
        "failed": True,
    }


def test_a_terminal_shows_each_message_once_with_its_places() -> None:
    report = _report(
        _finding(page=1, where="“one”"),
        _finding(page=1, where="“two”"),
        _finding(page=2, hint="mend it"),
        _finding(SECOND, Severity.WARNING),
        *[_finding(THIRD, Severity.NOTE, page=at) for at in range(1, 12)],
        symbol="A/71/119", organ="General Assembly", paper="A4", job_number="17-1",
    )  # fmt: skip
    assert _printed(table(report)) == "\n".join(
        [
            "A/71/119 · General Assembly · 3 pages · A4 · 17-1",
            f"error  {FIRST}  3 times",
            "  wrong",
            "    page 1, “one”, “two”",
            "  page 2: wrong (mend it)",
            f"warning  {SECOND}",
            "  wrong",
            f"note  {THIRD}  11 times",
            "  wrong",
            "    page 1; page 2; page 3; page 4; page 5; page 6; page 7; page 8; page 9; page 10",
            "  … and 1 more of this rule",
        ]
    )
    assert _printed(table(_report(pages=1))) == "no symbol · 1 page\nno findings (profile default)"


def test_arabic_words_of_a_message_are_isolated() -> None:
    shown = _printed(table(_report(_finding(message="the word مرحبا بكم 5 and “A/71 العام” and “plain” here"))))
    assert "the word \u2068مرحبا بكم\u2069 5 and \u2068“A/71 العام”\u2069 and “plain” here" in shown


def test_exempted_rules_with_one_reason_are_one_line() -> None:
    lines = _printed(exemptions(profiles.profile("press"))).replace("\n", " ")
    reasons = [each.reason for each in profiles.profile("press").exemptions]
    assert lines.count("not checked: ") == 1 + sum(a != b for a, b in pairwise(reasons))
