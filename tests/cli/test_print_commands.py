"""The print shop's commands: what they print, write and refuse, and with which exit code."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from typer.testing import CliRunner, Result

from ippserver import KNOWN, IppServer, job
from masthead.cli.app import app
from masthead.document import OrderError, PrintError, SourceError
from masthead.press.imposition import CutStack, NUp, Saddle, SheetOptions, Worked, impose
from masthead.press.printing import Journal, JournalEntry, Stage
from masthead.press.printing.ipp import Attribute, IppOperation, IppTag


def run(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], env={"COLUMNS": "300", **environment})


def said(result: Result) -> str:
    """The message of wrong usage, in one line."""
    return " ".join(result.stderr.replace("│", " ").split())


def document(pages: int = 1, *, duplex: str = "", title: str = "") -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595.276, 841.89))
    if duplex:
        pdf.Root.ViewerPreferences = Dictionary(Duplex=Name(duplex), Direction=Name.R2L)
    pdf.docinfo.Title = title
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(document(4))
    return path


@pytest.fixture
def server() -> Iterator[IppServer]:
    with IppServer() as server:
        yield server


# --- impose -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "scheme", "settings"),
    [
        (["saddle"], Saddle(), {}), (["saddle", "--folds", "2", "--gutter", "4"], Saddle(2), {"gutter": 4}),
        (["n-up", "--columns", "3", "--rows", "1"], NUp(3, 1), {}),
        (["cut-and-stack", "--no-marks"], CutStack(), {"marks": False}),
        (["saddle", "--work", "turn"], Worked(Saddle()), {}),
        (["saddle", "--work", "tumble"], Worked(Saddle(), True), {}),
        (["saddle", "--creep", "0.5", "--spine", "1", "--controls"], Saddle(),
            {"creep": 0.5, "spine": 1, "controls": True}),
        (["saddle", "--section", "8", "--bottling", "0.5"], Saddle(section=8), {"bottling": 0.5}),
    ],
)  # fmt: skip
def test_impose_passes_its_options_on(options, scheme, settings, pdf, tmp_path):
    made = run("impose", pdf, "--scheme", *options, "-o", tmp_path / "s.pdf")
    assert (made.exit_code, made.stdout) == (0, f"{tmp_path / 's.pdf'}\n"), made.output
    assert (tmp_path / "s.pdf").read_bytes() == impose(pdf, scheme, options=SheetOptions(**settings)).data


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--scheme", "saddle"], "give --output or --preview"),
        (["--scheme", "saddle", "--preview", "x.png"], "give a file ending in .svg or .html"),
        (["--scheme", "saddle", "--columns", "2", "-o", "x.pdf"], "saddle has no --columns"),
        (["--scheme", "n-up", "--folds", "2", "--sheets", "1", "-o", "x.pdf"], "n-up has no --folds"),
        (["--scheme", "cover", "--rows", "2", "-o", "x.pdf"], "cover has no --rows"),
    ],
)
def test_impose_refuses_what_does_not_belong_together(options, message, pdf, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("impose", pdf, *options)
    assert result.exit_code == 2 and message in said(result)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_the_binding_edge_can_be_given_and_blanks_be_placed(pdf, tmp_path):
    shown = tmp_path / "s.svg"
    for options, numbers in (
        ([], "4123"), (["--binding", "left"], "4123"), (["--binding", "right"], "1432"),
        (["--blank-after", "4", "--blanks", "before-last"], "1234"), (["--blank-after", "1"], "1234"),
        (["--blank-after", "1", "--blanks", "before-last"], "4123"),
    ):  # fmt: skip
        assert run("impose", pdf, "--scheme", "saddle", *options, "--preview", shown).stdout == f"{shown}\n"
        drawn = shown.read_text("utf-8")
        assert "".join(re.findall(r">(\d)</text>", drawn)) == numbers
        assert f"bound at the {'right' if 'right' in options else 'left'}" in drawn
        assert drawn.count('class="blank"') == (4 if "--blank-after" in options else 0)


def test_a_folder_is_for_each_and_a_file_for_all(pdf, tmp_path):
    (tmp_path / "x.pdf").mkdir()  # a folder, whatever its name
    assert run("impose", pdf, "--scheme", "saddle", "-o", tmp_path / "x.pdf").stdout == f"{tmp_path / 'x.pdf/a.pdf'}\n"
    other = tmp_path / "b.pdf"
    other.write_bytes(document(4))
    assert run("impose", pdf, other, "--scheme", "saddle", "-o", tmp_path / "both.PDF").exit_code == 0
    with pikepdf.open(tmp_path / "both.PDF") as both:
        assert len(both.pages) == 4


@pytest.mark.parametrize("command", [["separate"], ["sign", "--certificate", "k.p12"]])
def test_several_files_need_a_folder(command, pdf, tmp_path):
    result = run(command[0], pdf, pdf, *command[1:], "-o", tmp_path / "x.pdf")
    kind = "press copies" if command[0] == "separate" else "signed PDFs"
    assert result.exit_code == 2 and f"give a folder for 2 {kind}" in said(result)


# --- sign, verify, proof ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--trust", "root.pem", "--certificate", "k.p12"], "--trust needs --timestamp"),
        ([], "give either --certificate, or --pkcs11 with --key"),
        (["--certificate", "k.p12", "--pkcs11", "l.so", "--key", "k"],
            "give either --certificate, or --pkcs11 with --key"),
        (["--pkcs11", "l.so"], "give either --certificate, or --pkcs11 with --key"),
        (["--certificate", "k.p12", "--key", "k"], "give either --certificate, or --pkcs11 with --key"),
    ],
)  # fmt: skip
def test_a_key_is_named_once(options, message, pdf, tmp_path):
    result = run("sign", pdf, *options, "-o", tmp_path / "x.pdf")
    assert result.exit_code == 2 and message in said(result)
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("data", "message"), [(None, "certificate not found"), (b"x", "this is not a certificate with its key")]
)
def test_nobody_is_asked_for_the_passphrase_of_what_is_no_certificate(data, message, pdf, tmp_path):
    if data is not None:
        (tmp_path / "k.p12").write_bytes(data)
    result = run("sign", pdf, "--certificate", tmp_path / "k.p12", "-o", tmp_path / "x.pdf")
    assert isinstance(result.exception, SourceError) and result.exception.message == message
    assert result.exception.hint == "give a PKCS #12 file (.p12, .pfx)" and "Passphrase" not in result.output


def test_a_file_without_a_signature_is_not_verified(pdf):
    plain = run("verify", pdf)
    assert (plain.exit_code, plain.stdout) == (1, f"{pdf}: not signed\n")
    assert (run("verify", pdf, "--json").exit_code, run("verify", pdf, "--json").stdout) == (1, "")


def test_a_proof_is_drawn_within_limits(pdf, tmp_path):
    for resolution in ("19", "301"):
        assert run("proof", pdf, "-o", tmp_path / "x.html", "--resolution", resolution).exit_code == 2
    result = run("proof", pdf, "-o", tmp_path / "x.html", "--resolution", "20")
    assert isinstance(result.exception, SourceError) and result.exception.where == str(pdf)
    assert not (tmp_path / "x.html").exists()


# --- print ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "j.sqlite"


def test_print_says_what_was_printed_and_what_was_printed_before(server, pdf, journal):
    command = ["print", pdf, "--to", server.uri, "--journal", journal, "--patience", "1"]
    first = run(*command)
    assert first.exit_code == 0, first.output
    (line,) = first.stdout.splitlines()
    assert line[19:] == f"  completed  a.pdf  {server.uri}, job 7"
    handed, counted = first.stderr.splitlines()
    assert handed[19:] == f"  handed over  a.pdf  {server.uri}, job 7" and counted == "1 of 1 files are printed"
    again = run(*command)
    assert (again.exit_code, again.stdout) == (0, first.stdout)
    assert (
        again.stderr
        == "a.pdf was printed before and is not printed again; --again prints it\n1 of 1 files are printed\n"
    )
    assert server.operations.count("SEND_DOCUMENT") == 1
    assert run(*command, "--again").exit_code == 0 and server.operations.count("SEND_DOCUMENT") == 2
    copies = run(*command, "--copies", "2", "--json")
    assert json.loads(copies.stdout)["ticket"] == '{"copies": 2, "binding": "left"}'
    (sent, _, _) = (each[2] for each in server.asked if each[2])
    assert sent == pdf.read_bytes()


def test_a_job_that_was_not_printed_gives_exit_code_7(server, pdf, journal):
    server.answers[IppOperation.GET_JOB_ATTRIBUTES] = 0, [job(7, 8, job_state_reasons=("jam",), time_at_processing=1)]
    result = run("print", pdf, "--to", server.uri, "--journal", journal, "--report", journal.with_suffix(".json"))
    assert result.exit_code == 7 and result.stderr.endswith("0 of 1 files are printed\n")
    assert f"  aborted  a.pdf  {server.uri}, job 7  jam" in result.stdout
    report = json.loads(journal.with_suffix(".json").read_text("utf-8"))
    assert report["counts"]["to be looked at"] == 1 and report["files"][0]["reasons"] == "jam"
    repeated = run("print", pdf, "--to", server.uri, "--journal", journal, "--report", journal.with_suffix(".json"))
    assert repeated.exit_code == 7 and "was aborted (jam)" in repeated.stderr


def test_of_several_files_and_printers_each_must_be_printed(server, pdf, tmp_path, journal):
    other = tmp_path / "b.pdf"
    other.write_bytes(document(1, title="b"))
    slip = tmp_path / "t.toml"
    slip.write_text('[files."b.pdf"]\ncolor = "color"\n')
    with IppServer(server.known) as second:
        command = ["print", pdf, other, "--to", server.uri, "--to", second.uri, "--journal", journal]
        result = run(*command, "--ticket", slip, "--patience", "0")
        assert result.exit_code == 7
        assert (
            "1 of 2 files are printed" in result.stderr
            and "color color: the printer does not let it be chosen" in result.stderr
        )
        assert "hint: change the ticket, or use another printer" in result.stderr
        assert "not printed, as far as is known: b.pdf\n" in result.stderr
        assert run(*command).exit_code == 0
        assert sum(each.operations.count("SEND_DOCUMENT") for each in (server, second)) == 2


def test_a_dry_run_asks_and_sends_nothing(server, pdf, journal):
    result = run("print", pdf, "--to", server.uri, "--journal", journal, "--dry-run")
    assert result.exit_code == 0 and result.stdout.startswith("a.pdf ") and result.stdout.endswith("  “a”  copies 1\n")
    assert server.operations == ["GET_PRINTER_ATTRIBUTES", "VALIDATE_JOB"] and not journal.exists()


def test_a_file_says_its_sides_and_its_binding(server, tmp_path, journal):
    path = tmp_path / "s.pdf"
    path.write_bytes(document(duplex="/DuplexFlipLongEdge"))
    result = run("print", path, "--to", server.uri, "--journal", journal, "--json")
    assert json.loads(json.loads(result.stdout)["ticket"]) == {
        "copies": 1,
        "sides": "two-sided-long-edge",
        "binding": "right",
    }
    (groups,) = (groups for operation, groups, _ in server.asked if operation is IppOperation.CREATE_JOB)
    assert groups[IppTag.JOB] == {"copies": (1,), "sides": ("two-sided-long-edge",)}
    assert groups[IppTag.OPERATION]["job-name"] == ("s",)


def test_a_pin_comes_from_the_environment(pdf, journal, tmp_path):
    (tmp_path / "t.toml").write_text('release = "pin"\n')
    known = [
        *KNOWN, Attribute("job-password-supported", IppTag.INTEGER, (6,)),
        Attribute("job-password-encryption-supported", IppTag.KEYWORD, ("none",)),
    ]  # fmt: skip
    with IppServer(known) as server:
        command = ["print", pdf, "--to", server.uri, "--journal", journal, "--ticket", tmp_path / "t.toml"]
        missing = run(*command).exception
        assert isinstance(missing, PrintError) and missing.hint == "set MASTHEAD_PRINT_PIN"
        assert run(*command, MASTHEAD_PRINT_PIN="4711").exit_code == 0
        (about,) = (each[1][IppTag.OPERATION] for each in server.asked if each[0] is IppOperation.CREATE_JOB)
        assert about["job-password"] == (b"4711",)


def test_a_file_that_fails_its_profile_is_not_printed(server, pdf, journal):
    result = run("print", pdf, "--to", server.uri, "--journal", journal, "--profile", "default")
    assert result.exit_code == 1 and f"{pdf}: error: " in result.stderr and server.asked == []


@pytest.mark.parametrize(
    ("fingerprint", "allowed"),
    [("ab" * 32, True), (":".join(["AB"] * 32), True), ("ab" * 31, False), ("ab" * 33, False), ("xy" * 32, False)],
)
def test_a_fingerprint_has_64_hexadecimal_digits(fingerprint, allowed, server, pdf, journal):
    result = run("print", pdf, "--to", server.uri, "--journal", journal, "--dry-run", "--fingerprint", fingerprint)
    assert result.exit_code == (0 if allowed else 2)


# --- queue ------------------------------------------------------------------------------------------------------------

ENTRY = JournalEntry("k", "a\n.pdf", "d", 1, "ipp://q/", "{}", Stage.HANDED_OVER, 7, "u", 1, "processing")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "handed over  a\\n.pdf  ipp://q/, job 7"),
        ({"job": None}, "handed over  a\\n.pdf  ipp://q/"),
        ({"reasons": "media-empty"}, "handed over  a\\n.pdf  ipp://q/, job 7  media-empty"),
        ({"stage": Stage.COMPLETED, "reasons": "job-completed-successfully"}, "completed  a\\n.pdf  ipp://q/, job 7"),
        ({"ticket": '{"copies": 1, "binding": "right"}'}, "handed over  a\\n.pdf  ipp://q/, job 7"),
        (
            {"ticket": '{"copies": 3, "media_source": "tray-1", "finishings": ["staple", "fold"], "binding": "left"}'},
            "handed over  a\\n.pdf  copies 3, media source tray-1, finishings staple fold  ipp://q/, job 7",
        ),
    ],
)
def test_what_was_sent_is_listed_in_a_line(changes, line, journal):
    Journal(journal).add(replace(ENTRY, **changes))
    result = run("queue", "--journal", journal)
    assert result.exit_code == 0 and result.stderr == ""
    assert result.stdout[10] == " " and result.stdout[19:] == f"  {line}\n"


def test_a_new_journal_has_sent_nothing(journal):
    result = run("queue", "--journal", journal)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "nothing was sent to a printer yet\n")


@pytest.mark.parametrize("option", ["--hold", "--release", "--cancel"])
def test_a_job_is_steered_at_its_printer(option, server):
    server.answers[IppOperation.GET_JOBS] = 0, []
    alone = run("queue", option, "7")
    assert alone.exit_code == 2 and "give the printer: --to" in said(alone)
    result = run("queue", "--to", server.uri, option, "7")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no job waits there\n")
    assert server.operations == [
        {"--hold": "HOLD_JOB", "--release": "RELEASE_JOB", "--cancel": "CANCEL_JOB"}[option],
        "GET_JOBS",
    ]
    assert server.asked[0][1][IppTag.OPERATION]["job-id"] == (7,)


def test_waiting_jobs_are_listed_in_order(server):
    said_of = {"job_name": "n", "job_originating_user_name": "layla", "job_state_reasons": ("a", "b")}
    server.answers[IppOperation.GET_JOBS] = 0, [job(9, 3, **said_of), job(8, 4)]
    assert run("queue", "--to", server.uri).stdout == "job 9  pending  layla  n  a, b\njob 8  held      \n"
    first, second = run("queue", "--to", server.uri, "--json").stdout.splitlines()
    assert json.loads(first) == {
        "number": 9, "uuid": "u9", "state": "pending", "reasons": ["a", "b"], "message": "", "name": "n",
        "user": "layla",
        "whole": True, "begun": True, "printed": "",
    }  # fmt: skip
    assert json.loads(second)["number"] == 8


def test_a_ticket_is_printed_as_json(tmp_path):
    (tmp_path / "t.toml").write_text('copies = 2\n[files."a.pdf"]\nmedia = "A4"\n')
    values = json.loads(run("ticket", tmp_path / "t.toml").stdout)
    assert values["common"]["copies"] == 2 and values["files"]["a.pdf"]["media"] == "A4"
    assert values["files"]["a.pdf"]["copies"] == 2


def test_no_file_replaces_itself(pdf, tmp_path):
    before = pdf.read_bytes()
    result = run("impose", pdf, "--scheme", "saddle", "-o", tmp_path)
    assert result.exit_code == OrderError.exit_code and pdf.read_bytes() == before
    assert f"{pdf}: the output would replace the PDF itself" in result.stderr
