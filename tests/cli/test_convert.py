"""`masthead convert` from one format to another and back."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from masthead.cli.app import app
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
