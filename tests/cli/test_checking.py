"""`masthead check` and `masthead text` on small PDFs: what is printed for each, and the exit code of all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pikepdf import String
from typer.testing import CliRunner

from masthead import preflight
from masthead.cli.app import app
from masthead.document import Finding, Severity, SourceError
from masthead.preflight import Report
from tiny import find, tiny

FAULT = Finding("text of 3.0 pt", 1, hint="use larger type", rule="completeness.visible")
NOTE = Finding("the title is long", rule="metadata.title", severity=Severity.WARNING)


@pytest.fixture
def pdfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Files by what preflight finds in them: nothing, a warning, an error; and one that it cannot read."""
    found = {"good": (), "warned": (NOTE,), "bad": (NOTE, FAULT)}
    facts = preflight.check(tiny()).facts

    def check(pdf: Path, profile: Any) -> Report:
        if pdf.stem == "broken":
            raise SourceError("the PDF cannot be read", where=str(pdf), hint="get the file again")
        return Report(facts, found[pdf.stem], profile)

    monkeypatch.setattr(preflight, "check", check)
    paths = {name: tmp_path / f"{name}.pdf" for name in (*found, "broken")}
    for path in paths.values():
        path.write_bytes(tiny())
    return paths


def run(*words: str | Path) -> Any:
    return CliRunner().invoke(app, [*map(str, words)], env={"COLUMNS": "200"})


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("good", 0), ("warned", 0), ("bad", 1), ("broken", 3),
        ("good warned", 0), ("bad good", 1), ("good bad", 1), ("broken bad", 3), ("bad broken good", 3),
    ],
)  # fmt: skip
def test_the_exit_code_is_that_of_the_worst_file(names: str, code: int, pdfs: dict[str, Path]) -> None:
    result = run("check", *(pdfs[name] for name in names.split()))
    assert result.exit_code == code
    headed = [f"{pdfs[name]}:" for name in names.split()]
    assert [line for line in result.stdout.splitlines() if line in headed] == (headed if len(headed) > 1 else [])
    assert ("the PDF cannot be read" in result.output) is ("broken" in names)
    assert (FAULT.message in result.stdout) is ("bad" in names)
    # the rules that the profile leaves out are said once, and not if no file was read
    assert result.stdout.count("not checked: press.black") == (0 if names == "broken" else 1)


@pytest.mark.parametrize(
    ("name", "suffix", "code"), [("good", ".json", 0), ("bad", ".html", 1), ("broken", ".xml", 3), ("bad", ".sarif", 1)]
)
def test_a_report_is_written_also_of_a_file_that_cannot_be_read(
    name: str, suffix: str, code: int, pdfs: dict[str, Path], tmp_path: Path
) -> None:
    written = tmp_path / f"report{suffix}"
    assert run("check", pdfs[name], "--report", written).exit_code == code
    said = {"good": '"failed": false', "bad": FAULT.message, "broken": "the PDF cannot be read"}[name]
    assert said in written.read_text("utf-8")


def test_json_and_reports_are_of_one_file_and_of_a_known_form(pdfs: dict[str, Path], tmp_path: Path) -> None:
    for option in (["--json"], ["--report", tmp_path / "r.html"]):
        refused = run("check", pdfs["good"], pdfs["bad"], *option)
        assert refused.exit_code == 2 and "accept only one PDF" in refused.output
    unknown = run("check", pdfs["good"], "--report", tmp_path / "r.doc")
    assert unknown.exit_code != 0
    assert [each.name for each in tmp_path.iterdir() if each.suffix != ".pdf"] == []
    result = run("check", pdfs["bad"], "--json")
    assert (result.exit_code, json.loads(result.stdout)["failed"]) == (1, True)
    assert [each["rule"] for each in json.loads(result.stdout)["findings"]] == [NOTE.rule, FAULT.rule]


def test_text_is_what_a_screen_reader_reads_with_the_page_on_which_it_begins(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(tiny(lambda file: find(file, "Figure").__setitem__("/Alt", String("A  square\nof blue"))))
    lines = ["Title of it", "See A/71/119 of all.", "Post", "Cost", "Levee", "17", "A square of blue",
             "Some words at the end", "More", "The end of the text."]  # fmt: skip
    assert run("text", path).stdout.splitlines() == lines
    pages = [1] * 8 + [2] * 2
    assert run("text", path, "--pages").stdout.splitlines() == [
        f"{page}\t{line}" for page, line in zip(pages, lines, strict=True)
    ]
