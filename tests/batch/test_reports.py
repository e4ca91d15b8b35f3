"""The report of a run, from its outcomes alone."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from masthead.batch import reports
from masthead.batch.outcome import Outcome, OutcomeState
from masthead.document.errors import OrderError, SourceError
from masthead.document.findings import Finding


def _report(*severities: str) -> dict[str, object]:
    findings = [{"severity": each, "rule": "page.rule", "message": f"{each} found"} for each in severities]
    return {"failed": "error" in severities, "findings": findings}


OUTCOMES = (
    Outcome(Path("a.md"), "archive", OutcomeState.MADE, Path("a.pdf"), report=_report("warning"), seconds=1.25),
    Outcome(Path("b.md"), "archive", OutcomeState.CHECKED, Path("b.pdf"), report=_report("error", "warning", "error")),
    Outcome(
        Path("c.md"), "press", OutcomeState.FAILED, error=SourceError("no text", where="c.md:1", hint="write some")
    ),
    Outcome(Path("d.md"), "plain", OutcomeState.UNCHANGED, Path("d.pdf"), placement=(Finding("elsewhere"),)),
)


def test_junit_has_an_error_for_what_was_not_made_and_a_failure_for_errors_of_preflight() -> None:
    (suite,) = ElementTree.fromstring(reports.to_junit(OUTCOMES))
    assert {key: suite.get(key) for key in ("tests", "errors", "failures")} == {
        "tests": "4", "errors": "1", "failures": "1",
    }  # fmt: skip
    found = [[(each.tag, each.get("message"), each.text) for each in case] for case in suite]
    assert found == [
        [],
        [("failure", "preflight found 2 errors", "page.rule: error found\npage.rule: error found")],
        [("error", "c.md:1: no text", "write some")],
        [],
    ]
    assert [case.get("time") for case in suite] == ["1.250", "0.000", "0.000", "0.000"]


def test_json_counts_the_states_and_has_a_path_only_for_what_was_made() -> None:
    values = json.loads(reports.to_json(OUTCOMES))
    assert {state: count for state, count in values["counts"].items() if count} == {
        "made": 1, "checked": 1, "failed": 1, "unchanged": 1,
    }  # fmt: skip
    assert [each["pdf"] for each in values["documents"]] == ["a.pdf", "b.pdf", None, "d.pdf"]
    assert [each.get("error", {}).get("exit_code") for each in values["documents"]] == [None, None, 3, None]
    assert values["documents"][3]["findings"][0]["message"] == "elsewhere"


def test_a_report_is_sorted_by_source_and_its_form_is_that_of_its_suffix(tmp_path: Path) -> None:
    reports.write(tmp_path / "r.json", OUTCOMES[::-1])
    values = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert [each["source"] for each in values["documents"]] == ["a.md", "b.md", "c.md", "d.md"]
    with pytest.raises(OrderError, match="unknown form of report"):
        reports.check_form(Path("r.pdf"))
