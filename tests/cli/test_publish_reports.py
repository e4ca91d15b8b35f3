"""What `publish` says of a run, with which exit code, and what it refuses before it begins; the options of `serve`."""

from __future__ import annotations

import io
import json
from collections.abc import Generator
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from masthead.batch import Outcome, OutcomeState
from masthead.batch.plan import Target
from masthead.batch.tasks import Identity
from masthead.cli import publish, review, serve
from masthead.cli.app import app
from masthead.cli.publish_options import EditionOptions, PublishOptions
from masthead.document import MastheadError, OrderError, ResourceError, SourceError, Variant
from masthead.publication import DEFAULTS, Options
from masthead.service.desk import DeskRole, TokenFile
from paths import SPECIMENS

ENGLISH = SPECIMENS / "A_RES_104_12.en.md"
FINE, WRONG = {"failed": False, "findings": []}, {"failed": True, "findings": []}


def run(*arguments: str | Path, given: str = "", **environment: str) -> Result:
    return CliRunner().invoke(
        app, [str(each) for each in arguments], input=given, env={"COLUMNS": "300", **environment}
    )


def refused(result: Result) -> tuple[str, str, str]:
    assert isinstance(result.exception, MastheadError), result.output
    return result.exception.message, result.exception.where, result.exception.hint


def outcome(name: str, state: OutcomeState = OutcomeState.MADE, **settings: object) -> Outcome:
    values = {"output": Path(f"{name}.pdf"), "report": FINE} if "error" not in settings else {}
    return Outcome(Path(f"{name}.md"), "archive", state, **{**values, **settings})  # type: ignore[arg-type]


def failed(name: str, error: MastheadError) -> Outcome:
    return outcome(name, OutcomeState.FAILED, error=error)


NO, FULL = SourceError("no text", where="a"), ResourceError("full", where="a")


class Ended(Exception):
    """Says that a generator was closed."""


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    written = io.StringIO()
    monkeypatch.setattr(publish, "people", Console(file=written, highlight=False, emoji=False, width=300))
    return written


def reported(*found: Outcome | BaseException, total: int = 0, fail_fast: bool = False,
    as_json: bool = False) -> tuple[publish._Ending, bool]:  # fmt: skip
    closed: list[bool] = []

    def outcomes() -> Generator[Outcome]:
        try:
            for each in found:
                if isinstance(each, BaseException):
                    raise each
                yield each
        finally:
            closed.append(True)

    sources = [Path(f"{name}.md") for name in "abc"]
    asked = PublishOptions(as_json=as_json, fail_fast=fail_fast)
    ending = publish._report(outcomes(), total or len(found), sources, asked)
    return ending, closed == [True]


@pytest.mark.parametrize(
    ("found", "exit_code", "summary"),
    [
        ([outcome("a")], 0, ""),
        ([outcome("a"), outcome("b", OutcomeState.UNCHANGED)], 0, "1 made, 1 unchanged (1 typeset)"),
        ([outcome("a", report=WRONG), outcome("b")], 1, "2 made (2 typeset)"),
        # The first of the sources that failed, whichever came first.
        ([failed("b", NO), outcome("a")], 3, "1 made, 1 failed (1 typeset)"),
        ([failed("b", NO), failed("a", FULL)], 6, "2 failed (0 typeset)"),
        ([failed("c", FULL), failed("b", NO), outcome("a", report=WRONG)], 3, "1 made, 2 failed (1 typeset)"),
        ([failed("a", NO), failed("a", FULL)], 3, "2 failed (0 typeset)"),
    ],
)  # fmt: skip
def test_a_run_ends_with_the_code_of_the_first_source_that_failed(
    found: list[Outcome], exit_code: int, summary: str, said: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    ending, is_closed = reported(*found)
    assert (ending.exit_code, ending.is_stopped, is_closed) == (exit_code, False, True)
    assert capsys.readouterr().out == "".join(f"{each.output}\n" for each in found if each.output)
    lines = said.getvalue().splitlines()
    assert (lines[-1] == summary) if summary else not any("typeset" in line for line in lines)


def test_a_run_stops_at_the_first_failure_if_asked_to(said: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    ending, is_closed = reported(outcome("a"), failed("b", NO), outcome("c"), fail_fast=True)
    assert (ending.exit_code, is_closed) == (3, True) and ending.counts[OutcomeState.MADE] == 1
    assert said.getvalue().splitlines()[-1] == "1 made, 1 failed (1 typeset), 1 not reached"
    assert capsys.readouterr().out == "a.pdf\n"
    assert reported(outcome("a", report=WRONG), outcome("c"), fail_fast=True)[0].counts[OutcomeState.MADE] == 2


@pytest.mark.parametrize(
    ("stop", "code"), [(KeyboardInterrupt(), 130), (KeyboardInterrupt(15), 143), (KeyboardInterrupt(2), 130)]
)
def test_an_interrupt_leaves_the_rest_for_the_next_run(stop: KeyboardInterrupt, code: int, said: io.StringIO) -> None:
    ending, is_closed = reported(failed("a", NO), stop, total=5)
    assert (ending.exit_code, ending.is_stopped, is_closed) == (code, True, True)
    assert said.getvalue().splitlines()[-2:] == [
        "interrupted: finished files are complete; run again for the rest", "1 failed (0 typeset), 4 not reached",
    ]  # fmt: skip


def test_each_outcome_is_a_line_of_json(said: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    found = [outcome("a"), failed("b", NO)]
    reported(*found, as_json=True)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [each.to_dict() for each in found]


def target(name: str, *reasons: str) -> Target:
    return Target(
        Path(f"{name}.md"), DEFAULTS, "d", Identity(name, "en", "note"), f"{name}.pdf", Path(f"out/{name}.pdf"), reasons
    )


def test_a_dry_run_says_what_is_due_and_why(said: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    plan = [
        target("a", "never made", "x"),
        target("b"),
        outcome("c", OutcomeState.DUPLICATE),
        failed("d", NO),
        failed("e", FULL),
    ]
    assert publish._dry_run(iter(plan), as_json=False) == 3
    printed = capsys.readouterr()
    assert printed.out == "out/a.pdf\nc.pdf\n" and printed.err == "a: no text\na: full\n"
    assert said.getvalue().splitlines() == ["out/a.pdf: never made, x", "1 of 5 would be made"]
    assert publish._dry_run(iter(plan[:3]), as_json=True) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "source": "a.md", "variant": "archive", "pdf": "out/a.pdf", "state": "due", "reasons": ["never made", "x"],
    }  # fmt: skip
    assert second["state"] == "duplicate" and said.getvalue().splitlines()[-1] == "1 of 3 would be made"


# --- what is refused before a run begins ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ((), "no sources given", 'name documents or folders, or set sources = ["…"] in masthead.toml'),
        (("a.md", "-o", "x.docx"), "publish writes PDFs", "write -o x.pdf; masthead convert writes .docx"),
        (("a.md", "-o", "x.MD"), "publish writes PDFs", "write -o x.pdf; masthead convert writes .MD"),
        (("a.md", "b.md", "-o", "x.pdf"), "the output is one file, but there are 2 documents",
            "name a folder; --pattern gives names to the files in it"),
        (("a.md", "-o", "x.pdf", "--prune"), "--prune needs a folder", "name a folder: -o ."),
        (("a.md", "-o", "y/x.pdf", "--pattern", "{stem}.pdf"), "--pattern needs a folder", "name a folder: -o y"),
        (
            ("a.md", "-o", "x.pdf", "--for", "plain", "--for", "press"),
            "the output is one file, but there are 2 variants",
            "name a folder, and --pattern '{symbol}.{lang}.{variant}.pdf'",
        ),
        (("-", "b.md", "-o", "-"), "only one edition can be read from or written to a stream",
            "name a folder: -o FOLDER"),
        (("a.md", "-o", "-", "--for", "plain", "--for", "press"),
            "only one edition can be read from or written to a stream", "name a folder: -o FOLDER"),
        (("a.md", "--ink", "black"), "only press copies have inks", "use --for press, or leave out --ink"),
        (("a.md", "--for", "press", "--ink", "blue"), "not an ink: blue",
            "give black, or a name and its percentages of cyan, magenta, yellow and black: NAME=100,44,0,0"),
        (("a.md", "--report", "r.odt"), "unknown form of report: .odt", "use .json, .xml, .html"),
        (("a.md", "--pattern", "{stem}.doc"), "a pattern must be a path inside the output folder that ends in .pdf",
            ""),
    ],
)  # fmt: skip
def test_publish_refuses_what_contradicts_itself(
    arguments: tuple[str, ...], message: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("x")
    found, _, advice = refused(run("publish", *arguments))
    assert (found, advice) == (message, hint)
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".pdf", ".docx")] == []


@pytest.mark.parametrize("options",
    [("--jobs", "0"), ("--timeout", "0"), ("--memory", "63"), ("--retries", "-1"), ("--emblem", "none.svg"),
        ("--pictures", "none"), ("--for", "x")])  # fmt: skip
def test_numbers_and_names_have_limits(options: tuple[str, ...]) -> None:
    assert run("publish", ENGLISH, *options).exit_code == 2


def test_options_are_those_of_each_variant(tmp_path: Path) -> None:
    (tmp_path / "e.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    both = [Variant.ARCHIVE, Variant.PRESS]
    made = EditionOptions(variant=both, profile="plain", emblem=tmp_path / "e.svg", ink="black").of_each_variant()
    assert [(each.variant, each.profile, each.ink) for each in made] == [(each, "plain", "black") for each in both]
    assert made[0].emblem and made[0].emblem.address.startswith("data:image/svg+xml")
    assert EditionOptions().of_each_variant() == (Options(),)


def test_settings_of_a_file_are_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "masthead.toml").write_text('sources = ["a.md"]\nvariants = ["plain", "press"]\noutput = "x.pdf"\n')
    assert refused(run("publish"))[0] == "the output is one file, but there are 2 variants"
    assert refused(run("publish", "--for", "plain", "--prune"))[0] == "--prune needs a folder"
    (tmp_path / "own.toml").write_text('sources = ["a.md", "b.md"]\noutput = "y.pdf"\n')
    assert refused(run("publish", "--settings", "own.toml"))[:2] == (
        "the output is one file, but there are 2 documents", str(tmp_path / "y.pdf"),
    )  # fmt: skip
    assert refused(run("publish", MASTHEAD_OUTPUT="z.docx"))[:2] == ("publish writes PDFs", "z.docx")


# --- serve, compare, watch --------------------------------------------------------------------------------------------


def test_serve_gives_tokens_and_refuses_to_serve_others_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MASTHEAD_TOKENS", raising=False)
    made = run("serve", "--tokens", "t.toml", "--new-token", "Layla")
    assert made.stderr == "this token is shown once; t.toml has its hash\n"
    user = TokenFile(tmp_path / "t.toml").user(made.stdout.strip().encode())
    assert user and (user.name, user.roles) == ("Layla", frozenset([DeskRole.READER]))
    both = run(
        "serve", "--tokens", "t.toml", "--new-token", "Omar", "--role", "editor", "--role", "printer"
    ).stdout.strip()
    assert TokenFile(tmp_path / "t.toml").user(both.encode()).roles == {DeskRole.EDITOR, DeskRole.PRINTER}
    for arguments, message, hint in (
        (("--new-token", "x"), "name the file of tokens", "--tokens FILE"),
        (("--new-token", "x", "--tokens", "t.toml", "--role", "king"), "unknown role: king",
            "the roles are reader, editor, approver, printer"),
        (("--bind", "0.0.0.0"), "a server that others reach needs tokens", "name the file of tokens: --tokens FILE"),
        (("--bind", "192.0.2.1"), "a server that others reach needs tokens", "name the file of tokens: --tokens FILE"),
        (("--backup", "b.tar"), "there is no desk in this folder", ""),
    ):  # fmt: skip
        found, _, advice = refused(run("serve", *arguments))
        assert (found, advice) == (message, hint)
    assert run("serve", "--role", "editor").exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.toml"]


def test_one_person_alone_has_all_roles_and_a_token_in_the_address() -> None:
    users, address = serve.TokenOptions().users()
    token = address.removeprefix("#token=")
    user = users.user(token.encode())
    assert len(token) == 43 and user and user.roles == frozenset(DeskRole) and user.name == review.person()


def test_compare_takes_one_or_two_places(tmp_path: Path) -> None:
    assert refused(run("compare", "a", "b", "c")) == (
        "more than two paths to compare", "", "name two, or one to compare it with the baselines",
    )  # fmt: skip
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.7")
    (pair,) = review._pairs([tmp_path / "a.pdf", tmp_path / "b.pdf"], None)
    assert [file.name for file in (pair.baseline, pair.candidate) if file] == ["a.pdf", "b.pdf"]


def test_watch_refuses_what_it_cannot_show(tmp_path: Path) -> None:
    assert refused(run("watch", tmp_path / "none.md")) == ("no such file", str(tmp_path / "none.md"), "")
    assert refused(run("watch", tmp_path))[0] == "no such file"
    (tmp_path / "a.md").write_text("x")
    assert refused(run("watch", tmp_path / "a.md", "--editor", "vi {file}")) == (
        "the command does not say {line}", "vi {file}", "such as: code --goto {file}:{line}",
    )  # fmt: skip


def test_a_port_that_somebody_uses_is_named() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OrderError, match=f"port {port} is not available: address already in use") as caught:
            review._serve(None, port)  # type: ignore[arg-type]
    assert caught.value.hint == "leave --port out"


def test_who_decides_is_named_by_git_or_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nname = Layla Haddad\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.chdir(tmp_path)
    assert review.person() == "Layla Haddad"
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("LOGNAME", "layla")
    assert review.person() == "layla"
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: 99_999)
    assert review.person() == "user 99999"


def test_a_decision_has_the_time_in_utc_to_the_second() -> None:
    assert review.now()[-6:] == "+00:00" and len(review.now()) == 25
