"""The commands `redline` and `clean`, and what `convert` does with tracked changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.cli.app import app
from masthead.document import OrderError, SourceError
from packages import p, r, report
from paths import SPECIMENS

OLD = SPECIMENS / "A_RES_104_13.en.md"


def _run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.md"
    text = OLD.read_text("utf-8")
    path.write_text(text.replace("Decides", "Resolves", 1), "utf-8")
    assert path.read_text("utf-8") != text
    return path


def test_changes_are_printed_and_counted(new: Path) -> None:
    code, printed = _run("redline", OLD, new)
    assert code == 1
    assert "[-Decides-]{+Resolves+}" in printed
    code, printed = _run("redline", OLD, new, "--json")
    assert json.loads(printed)["words"] == 2
    assert _run("redline", OLD, OLD) == (0, "")


def test_a_word_file_is_written_and_read_both_ways(new: Path, tmp_path: Path) -> None:
    tracked = tmp_path / "changes.docx"
    assert _run("redline", OLD, new, "-o", tracked, "--author", "EU", "--date", "2049-08-29")[0] == 0
    for how, source in (("accept", new), ("reject", OLD)):
        path = tmp_path / f"{how}.md"
        assert _run("convert", tracked, "--changes", how, "-o", path)[0] == 0
        assert _run("redline", path, source) == (0, "")
    kept = tmp_path / "kept.md"
    assert _run("convert", tracked, "--changes", "keep", "-o", kept)[0] == 0
    assert "{--*Decides*--}" in kept.read_text("utf-8") or "{--Decides--}" in kept.read_text("utf-8")
    assert _run("redline", tracked) == _run("redline", OLD, new)


def test_a_file_is_not_replaced_without_force(new: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    path.write_text("kept", "utf-8")
    with pytest.raises(OrderError, match="file already exists"):
        _run("redline", OLD, new, "-o", path)
    assert path.read_text("utf-8") == "kept"
    assert _run("redline", OLD, new, "-o", path, "--force")[0] == 0
    before = new.read_bytes()
    with pytest.raises(OrderError, match="replace a source"):
        _run("redline", OLD, new, "-o", new, "--force")
    assert new.read_bytes() == before


def test_brackets_are_listed_and_decided(tmp_path: Path) -> None:
    path, cleaned = tmp_path / "draft.md", tmp_path / "clean.md"
    path.write_text(OLD.read_text("utf-8").replace("Decides*", "Decides* [EU: soon] [later]", 1), "utf-8")
    code, printed = _run("clean", path)
    assert code == 1
    assert [line.split(": ")[1] for line in printed.splitlines()] == ["proposal of EU", "undecided"]
    code, printed = _run("clean", path, "-o", cleaned, "--adopt", "EU", "--brackets", "delete")
    assert (code, printed) == (0, f"{cleaned}\n")
    assert "Decides* soon" in cleaned.read_text("utf-8")


@pytest.mark.parametrize(("name", "problem"), [("-", "the output has no suffix"), ("x.akn", r"unknown form: \.akn")])
def test_an_output_without_a_form_is_refused(new: Path, name: str, problem: str) -> None:
    with pytest.raises(OrderError, match=problem) as caught:
        _run("redline", OLD, new, "-o", name)
    assert ".docx, .pdf, .html, .md, .json; without -o" in caught.value.hint


def test_a_folder_and_a_single_text_are_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no reader for folders"):
        _run("redline", tmp_path, OLD)
    with pytest.raises(SourceError, match="only Word files have tracked changes") as refused:
        _run("redline", OLD)
    assert "--changes" not in str(refused.value.hint).partition(";")[0]


def test_what_a_version_loses_is_said(tmp_path: Path) -> None:
    versions = tmp_path / "old.docx", tmp_path / "new.docx"
    for path, text in zip(versions, ("Old.", "New."), strict=True):
        path.write_bytes(report(p(r(text) + "<w:r><w:object/></w:r>")))
    run = CliRunner().invoke(app, ["redline", *map(str, versions)])
    assert run.exit_code == 1
    assert run.stderr.count("[word-object]") == 2
