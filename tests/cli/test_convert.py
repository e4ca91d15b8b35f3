"""`masthead convert` from one format to another and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from akn4un import council_file
from masthead.cli.app import app
from packages import p, r, report
from paths import SPECIMENS


def test_convert_goes_to_word_and_back(tmp_path: Path) -> None:
    source = SPECIMENS / "A_RES_104_12.ar.md"
    made, again = tmp_path / "x.docx", tmp_path / "x.md"
    for before, behind in ((source, made), (made, again)):
        assert CliRunner().invoke(app, ["convert", str(before), "-o", str(behind)]).exit_code == 0
    assert again.read_text("utf-8") == source.read_text("utf-8")


def test_findings_of_a_conversion_are_lines_with_severity_and_rule(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    text = (SPECIMENS / "A_RES_104_12.en.md").read_text("utf-8")
    source.write_text(text.replace("distribution: General", "distribution: Generel", 1), "utf-8")
    run = CliRunner().invoke(app, ["convert", str(source), "-o", str(tmp_path / "b.md")], env={"COLUMNS": "500"})
    assert run.stderr.startswith(f"{source}:")
    assert run.stderr.endswith(": warning: unknown distribution “Generel” [masthead-distribution]\n")


def test_all_errors_of_a_source_are_printed_by_every_command_that_reads_it(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    text = (SPECIMENS / "A_RES_104_12.en.md").read_text("utf-8")
    source.write_text(text.replace("type: resolution", "type: resolutoin").replace("[^2]:", "[^3]:"), "utf-8")
    errors = ["unknown type “resolutoin”", "call to undefined note 2", "note 3 is never called"]
    for command in (["convert"], ["publish", "-o", str(tmp_path / "out")], ["lint"]):
        run = CliRunner().invoke(app, [*command, str(source)], env={"COLUMNS": "500"})
        failed = "".join(map(str, getattr(run.exception, "each", ())))  # which `main` prints
        assert run.exit_code in (1, 3)
        assert [error for error in errors if error not in run.output + failed] == []


@pytest.mark.parametrize("changes", [[], ["--changes", "accept"], ["--changes", "keep"]])
def test_a_conversion_that_loses_an_object_fails_too(changes: list[str], tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(report(p(r("text") + "<w:r><w:object/></w:r>")))
    run = CliRunner().invoke(app, ["convert", str(source), *changes])
    assert run.exit_code == 1
    assert "[word-object]" in run.stderr
    assert CliRunner().invoke(app, ["convert", str(source), *changes, "--lenient"]).exit_code == 0


def test_a_conversion_that_loses_words_fails_unless_it_may_be_lenient(tmp_path: Path) -> None:
    source, made = tmp_path / "a.akn", tmp_path / "b.md"
    lost = f"<docType>{'lost ' * 500}</docType></coverPage>"
    source.write_text(council_file().decode().replace("</coverPage>", lost), "utf-8")
    for place in ([], ["-o", str(made)]):
        run = CliRunner().invoke(app, ["convert", str(source), *place])
        assert run.exit_code == 1
        assert "[word-loss]" in run.stderr
        assert CliRunner().invoke(app, ["convert", str(source), *place, "--lenient"]).exit_code == 0
    assert made.is_file()
