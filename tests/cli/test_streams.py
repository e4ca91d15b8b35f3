"""`-` in place of files, one PDF as an output, and how much the commands print."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from masthead import formats
from masthead.cli import requirements
from masthead.cli.app import app
from masthead.cli.requirements import Purpose, Requirement
from masthead.document import OrderError, ResourceError
from masthead.preflight.verapdf import HINT
from paths import EXAMPLES, SPECIMENS

SOURCE = EXAMPLES / "E_RES_2041_7.en.md"
FAULTY = SOURCE.read_text("utf-8").replace("[^1]:", "[^7]:", 1)


def run(*arguments: str | Path, given: str = "") -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)), input=given, env={"COLUMNS": "300"})


def test_an_output_that_ends_in_pdf_is_a_file(tmp_path: Path) -> None:
    made = tmp_path / "report {1}.pdf"
    result = run("publish", SOURCE, "-o", made)
    assert (result.exit_code, result.stdout) == (0, f"{made}\n")
    assert [path.name for path in tmp_path.iterdir()] == [made.name]  # no record of the run is beside it
    assert run("publish", SOURCE, "-o", made).stderr == f"made {made}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((SPECIMENS / "A_RES_104_12.en.md",), "there are 2 documents"),
        (("--for", "plain", "--for", "press"), "there are 2 variants"),
        (("--pattern", "{stem}.pdf"), "--pattern needs a folder"),
        (("--prune",), "--prune needs a folder"),
    ],
)
def test_several_editions_cannot_be_one_file(arguments: tuple[str | Path, ...], message: str, tmp_path: Path) -> None:
    result = run("publish", SOURCE, *arguments, "-o", tmp_path / "x.pdf")
    assert isinstance(result.exception, OrderError)
    assert message in result.exception.message
    assert "folder" in result.exception.hint
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_pdf_is_made_and_another_form_is_refused(tmp_path: Path) -> None:
    made = tmp_path / "x" / "y" / "z.pdf"
    assert run("publish", SOURCE, "-o", made).exit_code == 0
    (tmp_path / "file").write_text("")
    refused = run("publish", SOURCE, "-o", tmp_path / "file" / "z.pdf").exception
    assert isinstance(refused, ResourceError)
    assert refused.where == str(tmp_path / "file")
    refused = run("publish", SOURCE, "-o", tmp_path / "z.docx").exception
    assert isinstance(refused, OrderError)
    assert "masthead convert" in refused.hint
    assert not (tmp_path / "z.docx").exists()


def test_a_document_goes_from_standard_input_to_standard_output(tmp_path: Path) -> None:
    text = SOURCE.read_text("utf-8")
    assert run("publish", "-", "-o", "-", given=text).stdout_bytes.startswith(b"%PDF-")
    assert run("publish", SOURCE, "-o", "-").stdout_bytes.startswith(b"%PDF-")
    assert run("publish", "-", "-o", tmp_path, given=text).stdout == f"{tmp_path / 'E_RES_2041_7.en.pdf'}\n"
    assert run("convert", "-", "--to", "html", given=text).stdout.startswith("<!DOCTYPE html>")
    made = tmp_path / "x.akn"
    assert run("convert", "-", "-o", made, given=text).stdout == f"{made}\n"
    akn = run("convert", SOURCE, "--to", "akn", "-o", "-").stdout
    assert run("convert", "-", "--from", "akn", given=akn).stdout_bytes == formats.render(formats.read(made), ".md")
    assert run("new", "note", "-l", "fr", "-o", "-").stdout.startswith("---\ntype: note")


def test_lint_reads_standard_input() -> None:
    assert run("lint", "-", given=SOURCE.read_text("utf-8")).stdout == ""
    result = run("lint", "-", given=FAULTY)
    assert result.exit_code == 1
    assert [line.partition(": ")[0] for line in result.stdout.splitlines()] == ["stdin.md:24:167", "stdin.md:57:1"]
    assert "needs a file" in str(run("lint", "-", "--fix", given=FAULTY).exception)
    assert "unknown form" in str(run("lint", "-", "--from", "rtf").exception)


def test_quiet_prints_results_and_errors_only_and_verbose_prints_reasons(tmp_path: Path) -> None:
    for arguments in (("-q", "publish"), ("publish", "--quiet")):
        result = run(*arguments, SOURCE, "-o", tmp_path / "x.pdf")
        assert (result.stdout, result.stderr) == (f"{tmp_path / 'x.pdf'}\n", "")
    wrong = tmp_path / "wrong.md"
    wrong.write_text(FAULTY, "utf-8")
    assert "call to undefined note 1" in run("publish", "-q", wrong, "-o", tmp_path / "y.pdf").stderr
    assert run("publish", "-v", SOURCE, "-o", tmp_path / "x.pdf").stderr == f"made {tmp_path / 'x.pdf'}: never made\n"
    assert run("publish", SOURCE, "-o", tmp_path / "x.pdf").stderr == f"made {tmp_path / 'x.pdf'}\n"


def test_what_doctor_recommends_is_printed_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = Requirement("veraPDF", Purpose.VALIDATION, False, "", "pip install 'masthead[validate]'")
    monkeypatch.setattr(requirements, "diagnose", lambda: (missing,))
    assert missing.hint in run("doctor").stdout
    assert "'masthead[validate]'" in HINT  # a shell would expand the brackets


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("publish --profile ", {"default", "archive", "plain", "press", "foreign"}),
        ("publish --for ", {"archive", "archive-4", "plain", "press", "press-x1a", "press-x6"}),
        ("convert x.md --to ", {"md", "docx", "akn", "xml", "html", "txt"}),
        ("new ", {"resolution", "report", "letter"}),
        ("new report --organ ", {"general-assembly", "security-council"}),
        ("new report -l ", {"ar", "zh", "en", "fr", "ru", "es"}),
    ],
)
def test_a_shell_completes_every_value(line: str, values: set[str]) -> None:
    environment = {"_MASTHEAD_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": f"masthead {line}"}
    result = CliRunner().invoke(app, [], env=environment, prog_name="masthead")
    assert {value for value in values if value not in result.stdout} == set()
