"""The command as users see it: products on standard output, messages on standard error, exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from masthead.cli import app as command
from masthead.cli import console
from masthead.cli.console import require_serve_extra
from masthead.cli.signals import interruptions
from masthead.document.errors import MastheadError, OrderError
from masthead.document.model import Document
from masthead.publication import Edition
from paths import TOUCHSTONE


def masthead(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "masthead", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200"},
        timeout=300,
    )


def test_publish_writes_the_pdf_and_prints_its_path_alone(tmp_path: Path) -> None:
    run = masthead("publish", TOUCHSTONE, "-o", tmp_path)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [str(tmp_path / "E_RES_2017_18.ar.pdf")]
    assert (tmp_path / "E_RES_2017_18.ar.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert [path.name for path in tmp_path.iterdir()] == ["E_RES_2017_18.ar.pdf"]
    assert "\x1b" not in run.stdout + run.stderr
    assert "١٧٠/١" in run.stderr  # what is suspicious in the source is said, and left as it is


def test_a_fault_of_masthead_says_so_and_shows_its_place_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(command, "_alone", lambda name: fail)
    monkeypatch.delenv("MASTHEAD_TRACE", raising=False)
    with pytest.raises(SystemExit) as stop:
        command.main()
    assert stop.value.code == MastheadError.unexpected(ZeroDivisionError()).exit_code
    assert "division by zero" in (said := capsys.readouterr().err)
    assert "MASTHEAD_TRACE=1" in said
    monkeypatch.setenv("MASTHEAD_TRACE", "1")
    with pytest.raises(ZeroDivisionError):
        command.main()


def test_two_processes_in_different_folders_make_the_same_bytes(tmp_path: Path, touchstone_edition: Edition) -> None:
    (tmp_path / "elsewhere").mkdir()
    run = masthead("publish", TOUCHSTONE, "-o", "out", cwd=tmp_path / "elsewhere")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "elsewhere" / "out" / "E_RES_2017_18.ar.pdf").read_bytes() == touchstone_edition.pdf.data


def test_publish_prints_one_line_of_json_for_each_document(tmp_path: Path) -> None:
    run = masthead("publish", TOUCHSTONE, "-o", tmp_path, "--json")
    (line,) = run.stdout.splitlines()
    result = json.loads(line)
    assert result["pdf"] == str(tmp_path / "E_RES_2017_18.ar.pdf")
    assert {finding["rule"] for finding in result["findings"]} >= {"reference-implausible"}


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", 3), (b"\x00\x01\xfe\xff" * 99, 3), ("قرار".encode("utf-16"), 3)],
    ids=["empty", "binary", "utf-16"],
)
def test_a_bad_source_is_two_lines_an_exit_code_and_no_file(tmp_path: Path, content: bytes, code: int) -> None:
    source = tmp_path / "bad.txt"
    source.write_bytes(content)
    run = masthead("publish", source, "-o", tmp_path / "out")
    assert run.returncode == code
    assert "bad.txt" in run.stderr
    assert "hint" in run.stderr
    assert "Traceback" not in run.stderr
    assert not run.stdout
    assert not list((tmp_path / "out").glob("*.pdf"))


def test_a_bad_source_does_not_affect_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("nothing")
    run = masthead("publish", bad, TOUCHSTONE, "-o", tmp_path / "out")
    assert run.returncode == 3
    assert run.stdout.splitlines() == [str(tmp_path / "out" / "E_RES_2017_18.ar.pdf")]


def test_check_accepts_a_published_file(tmp_path: Path, touchstone_edition: Edition) -> None:
    touchstone_edition.pdf.save(tmp_path / "x.pdf")
    run = masthead("check", tmp_path / "x.pdf")
    assert run.returncode == 0, run.stdout
    facts = json.loads(masthead("check", tmp_path / "x.pdf", "--json").stdout)["facts"]
    assert facts["symbol"] == "E/RES/2017/18"


def test_check_of_a_file_that_is_not_a_pdf_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_text("no pdf at all")
    run = masthead("check", tmp_path / "x.pdf")
    assert run.returncode == 3
    assert "Traceback" not in run.stderr


def test_check_takes_many_files_and_continues_after_one_that_cannot_be_read(
    tmp_path: Path, touchstone_edition: Edition
) -> None:
    (tmp_path / "a.pdf").write_text("no pdf at all")
    touchstone_edition.pdf.save(tmp_path / "b.pdf")
    run = masthead("check", tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert run.returncode == 3
    assert f"{tmp_path / 'a.pdf'}: the file is not a PDF" in run.stderr
    told = run.stdout.partition(f"{tmp_path / 'b.pdf'}:")[2]
    assert "E/RES/2017/18" in told and "no findings" in told
    assert run.stdout.count("not checked: archive.verapdf") == 1
    assert masthead("check", tmp_path / "a.pdf", tmp_path / "b.pdf", "--json").returncode == 2


@pytest.mark.parametrize("suffix", [".json", ".xml", ".sarif", ".html"])
def test_check_writes_a_report_on_a_file_that_cannot_be_read_too(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "x.pdf").write_text("no pdf at all")
    run = masthead("check", tmp_path / "x.pdf", "--report", tmp_path / f"r{suffix}", "--json")
    assert run.returncode == 3
    assert json.loads(run.stdout)["error"]["message"] == "the file is not a PDF"
    assert "the file is not a PDF" in run.stderr
    assert "the file is not a PDF" in (tmp_path / f"r{suffix}").read_text("utf-8")


def test_check_refuses_a_form_of_report_before_it_looks_at_the_file(tmp_path: Path) -> None:
    run = masthead("check", tmp_path / "absent.pdf", "--report", tmp_path / "r.doc")
    assert run.returncode == 2
    assert "unknown form of report: .doc" in run.stderr


def test_text_prints_the_logical_text_one_paragraph_a_line(tmp_path: Path, touchstone_edition: Edition) -> None:
    touchstone_edition.pdf.save(tmp_path / "x.pdf")
    lines = masthead("text", tmp_path / "x.pdf").stdout.splitlines()
    assert "إن المجلس الاقتصادي والاجتماعي،" in lines
    assert "(٥) قرار الجمعية العامة ٦٤/٢٩٣." in lines
    assert "شعار" in lines  # the alternative text of the emblem
    paged = masthead("text", tmp_path / "x.pdf", "--pages").stdout.splitlines()
    assert f"6\t{lines[-1]}" == paged[-1]


def test_convert_writes_markdown_that_reads_to_the_same_document(tmp_path: Path, touchstone: Document) -> None:
    from masthead import formats

    run = masthead("convert", TOUCHSTONE, "-o", tmp_path / "x.md")
    assert run.returncode == 0, run.stderr
    assert f"{TOUCHSTONE.name}:100: " in run.stderr  # a place, no emoji code
    assert formats.read(tmp_path / "x.md") == touchstone


def test_an_unknown_command_is_wrong_usage() -> None:
    assert masthead("prnit").returncode == 2


def test_sigterm_ends_what_does_not_expect_it_with_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    own = typer.Typer()

    @own.command()
    def wait() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setattr("masthead.cli.app.app", own)
    monkeypatch.setattr(interruptions, "begun", True)
    monkeypatch.setattr(sys, "argv", ["masthead"])
    try:
        with pytest.raises(SystemExit) as ending:
            command.main()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert ending.value.code == 128 + signal.SIGTERM


def test_browser_views_need_the_packages_of_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    require_serve_extra()
    monkeypatch.setattr(console, "find_spec", lambda name: None if name == "uvicorn" else name)
    with pytest.raises(OrderError) as caught:
        require_serve_extra()
    assert caught.value.hint == "pip install 'masthead[serve]'"


def test_a_command_that_is_named_first_is_the_only_one_that_is_prepared() -> None:
    every = typer.main.get_command(command.app).commands
    assert len(every) > 20
    for name in every:
        (alone,) = typer.main.get_command(command._alone(name)).commands
        assert alone == name
    assert command._alone("publsh") is command._alone("--help") is command._alone("") is command.app
