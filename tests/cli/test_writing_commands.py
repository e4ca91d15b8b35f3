"""What `new`, `convert`, `lint`, `refs`, `renumber`, `redline` and `clean` print, write and refuse."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from masthead import formats
from masthead.cli import console, streams
from masthead.cli.app import app
from masthead.cli.signals import Interruptions
from masthead.document import MastheadError, OrderError, ResourceError, SourceError
from paths import SPECIMENS

ENGLISH = SPECIMENS / "A_RES_104_12.en.md"
TEXT = ENGLISH.read_text("utf-8")


def run(*arguments: str | Path, given: str | bytes = "") -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], input=given, env={"COLUMNS": "300"})


def refused(result: Result) -> tuple[str, str, str]:
    assert isinstance(result.exception, MastheadError), result.output
    return result.exception.message, result.exception.where, result.exception.hint


def usage(result: Result) -> str:
    assert result.exit_code == 2
    return " ".join(result.stderr.replace("│", " ").split())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# --- new --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("note",), "name one: -l ar"), (("nothing", "-l", "en"), "'nothing' is not one of 'resolution', "),
        (("note", "-l", "xx"), "'xx' is not one of 'ar', 'zh', 'en', 'fr', 'ru', 'es'."),
        (("note", "-l", "en", "--organ", "x"), "'x' is not one of 'general-assembly', "),
        (("note", "-l", "en", "--date", "5.11.2049"), "does not match the format"),
    ],
)  # fmt: skip
def test_new_refuses_what_is_unknown(arguments: tuple[str, ...], message: str) -> None:
    assert message in usage(run("new", *arguments))


def test_a_new_document_has_one_language_and_a_new_organization_a_name() -> None:
    message = "a document has one language and no name here", "", "masthead new report -l ar -o X.md"
    assert refused(run("new", "note", "-l", "en", "-l", "ar")) == message
    assert refused(run("new", "note", "Name", "-l", "en")) == message
    assert refused(run("new", "organization", "-l", "en")) == (
        "the organization has no name", "", 'masthead new organization "Harbour Board" -l en',
    )  # fmt: skip


@pytest.mark.parametrize("name", ["x.md", "x.akn", "x.docx", "x.html"])
def test_a_new_document_has_the_form_of_its_file(name: str, tmp_path: Path) -> None:
    made = run("new", "note", "-l", "en", "--organ", "security-council", "--date", "2049-11-05", "-o", name)
    assert (made.exit_code, made.stdout, made.stderr) == (0, f"{name}\n", "")
    if name != "x.html":
        document = formats.read(tmp_path / name)
        assert (document.masthead.date, str(document.organ)) == ("5 November 2049", "security-council")
    again = run("new", "note", "-l", "en", "-o", name)
    assert refused(again) == ("file already exists", name, "name another file, or remove this one")


def test_a_new_document_without_a_file_is_printed() -> None:
    for output in ((), ("-o", "-")):
        made = run("new", "note", "-l", "en", "--date", "2049-11-05", *output)
        assert made.stdout.startswith("---\ntype: note\nlanguage: en\n") and "5 November 2049" in made.stdout


def test_a_new_organization_is_in_a_folder_of_its_name(tmp_path: Path) -> None:
    made = run("new", "organization", "The (Old) Port", "-l", "en")
    assert made.exit_code == 0 and made.stdout.splitlines()[0] == "the-old-port/organization.toml"
    assert " ".join(made.stderr.split()) == (
        "publish it: masthead publish documents, in the folder the-old-port; what is missing: masthead doctor"
    )
    assert run("new", "organization", "X", "-l", "en", "-o", "y").stdout.splitlines()[0] == "y/organization.toml"
    assert (tmp_path / "y/documents/report.en.md").is_file()


# --- convert ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("a.md", "b.md"), "no output given", "name a folder: -o FOLDER --to md"),
        (("a.md", "--pattern", "{stem}.md"), "no output given", "name a folder: -o FOLDER --to md"),
        (("-", "b.md", "-o", "x"), "no output given", "name a folder: -o FOLDER --to md"),
        (("a.md", "b.md", "-o", "x.md"), "the output must be a folder", "-o FOLDER --to md"),
        (("a.md", "-o", "x.md", "--to", "akn"), "the output must be a folder", "-o FOLDER --to md"),
        (("a.md", "-o", "x", "--to", "akn", "--pattern", "{stem}.md"), "the pattern already selects the form",
            "leave --to out"),
        (("a.md", "-o", "x"), "no form given", "name a folder, and --to one of "),
        (("a.md", "-o", "x.rtf"), "unknown form: .rtf", "name a folder, and --to one of "),
        (("a.md", "-o", "x", "--to", "rtf"), "unknown form: rtf", "available forms: "),
        (("a.md", "-o", "x", "--to", "pdf"), "unknown form: pdf", "available forms: "),
    ],
)  # fmt: skip
def test_convert_refuses_what_contradicts_itself(
    arguments: tuple[str, ...], message: str, hint: str, source: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.md").write_text(TEXT, "utf-8")
    found, _, advice = refused(run("convert", *arguments, given=TEXT))
    assert found == message and advice.startswith(hint)
    if hint.endswith((": ", "of ")):
        assert advice.removeprefix(hint).split(", ") == [each.lstrip(".") for each in formats.WRITABLE]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.md"]


def test_one_document_goes_to_a_file_a_folder_or_the_screen(source: Path, tmp_path: Path) -> None:
    akn = formats.render(formats.read(source), ".akn")
    assert run("convert", "a.md", "-o", "x.akn").stdout == "x.akn\n" and (tmp_path / "x.akn").read_bytes() == akn
    assert run("convert", "a.md", "-o", "out", "--to", "akn").stdout == "out/a.akn\n"
    (tmp_path / "y.akn").mkdir()
    assert run("convert", "a.md", "-o", "y.akn", "--to", "akn").stdout == "y.akn/a.akn\n"
    for arguments in (("--to", "akn"), ("--to", ".akn"), ("--to", "akn", "-o", "-")):
        assert run("convert", "a.md", *arguments).stdout_bytes == akn
    assert run("convert", "a.md").stdout_bytes == formats.render(formats.read(source), ".md")
    assert run("convert", "a.md", "-o", "-").stdout_bytes == formats.render(formats.read(source), ".md")


def test_standard_input_goes_to_a_file_that_is_not_there_or_the_same(tmp_path: Path) -> None:
    for _ in range(2):
        assert run("convert", "-", "-o", "x.akn", given=TEXT).stdout == "x.akn\n"
    (tmp_path / "x.akn").write_text("mine")
    assert refused(run("convert", "-", "-o", "x.akn", given=TEXT)) == (
        "file already exists", "x.akn", "name another file, or remove this one",
    )  # fmt: skip
    assert (tmp_path / "x.akn").read_text() == "mine"
    assert run("convert", "-", "-o", "y.txt", "--to", "akn", given=TEXT).stdout == "y.txt\n"
    assert (tmp_path / "y.txt").read_bytes().startswith(b"<?xml")
    assert (
        run("convert", "-", "--from", "akn", "--to", "md", given=formats.render(formats.read(ENGLISH), ".akn")).stdout
        == TEXT
    )


def test_what_fails_is_named_and_gives_the_exit_code(source: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("---\ntype: nothing\n---\n")
    result = run("convert", "bad.md", "a.md", "none.md", "-o", "out", "--to", "akn")
    assert (result.exit_code, result.stdout) == (3, "out/a.akn\n")
    assert "bad.md:" in result.stderr and "none.md" in result.stderr
    assert run("convert", "a.md", "-o", "out", "--to", "akn").exit_code == 0  # the same file is left


# --- standard input ---------------------------------------------------------------------------------------------------


class Input:
    """Standard input with these bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input_has_a_form_and_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 8)
    monkeypatch.setattr(sys, "stdin", Input(b"12345678"))
    found = streams.source_file("-", ".txt")
    assert (found.name, found.data) == ("stdin.txt", b"12345678")
    monkeypatch.setattr(sys, "stdin", Input(b"123456789"))
    with pytest.raises(ResourceError) as caught:
        streams.source_file(Path("-"))
    assert (caught.value.message, caught.value.where, caught.value.hint) == (
        "the source is larger than 0 MiB", "stdin", "divide it into several documents",
    )  # fmt: skip
    with pytest.raises(OrderError) as unknown:
        streams.source_file("-", "rtf")
    assert unknown.value.message == "unknown form: rtf" and unknown.value.hint.startswith("available forms: ")


# --- lint, refs, renumber ---------------------------------------------------------------------------------------------

WRONG = TEXT.replace("Recalling* its", "Recalling* its  own", 1).replace("[^1]:", "[^7]:", 1)


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (("a.md", "--write"), "--write needs --fix", "add --fix"),
        (("a.md", "--fix", "--json"), "--fix and --json cannot be used together", "leave one of them out"),
        (("-", "--fix"), "--fix needs a file", "name a file in place of -"),
    ],
)  # fmt: skip
def test_lint_refuses_what_does_not_belong_together(
    arguments: tuple[str, ...], message: str, hint: str, source: Path
) -> None:
    assert refused(run("lint", *arguments, given=TEXT)) == (message, "", hint)


def test_lint_shows_and_writes_corrections(tmp_path: Path) -> None:
    path, other = tmp_path / "w.md", tmp_path / "x.md"
    wrong = TEXT.replace("*Recalling* its resolution", "*Recalling* its  resolution", 1)
    assert wrong != TEXT
    for each in (path, other):
        each.write_text(wrong, "utf-8")
    shown = run("lint", "w.md", "x.md", "--fix")
    assert shown.stdout.count("\n--- ") + shown.stdout.startswith("--- ") == 2 and path.read_text("utf-8") == wrong
    assert "-*Recalling* its  resolution" in shown.stdout and "+*Recalling* its resolution" in shown.stdout
    written = run("lint", "w.md", "--fix", "--write")
    assert written.stdout == shown.stdout[: len(written.stdout)]
    assert path.read_text("utf-8") == TEXT and other.read_text("utf-8") == wrong
    again = run("lint", "w.md", "--fix", "--write")
    assert (again.exit_code, again.stdout) == (0, "")


def test_lint_takes_its_settings_from_a_file_that_must_exist_if_it_is_named(source: Path, tmp_path: Path) -> None:
    missing = run("lint", "a.md", "--config", "none.toml")
    assert isinstance(missing.exception, MastheadError) and missing.exception.where.startswith("none.toml")
    wrong = TEXT.replace("*Recalling* its resolution", "*Recalling* its  resolution", 1)
    (tmp_path / "w.md").write_text(wrong, "utf-8")
    before = run("lint", "w.md")
    assert before.exit_code == 0 and before.stdout.count("[doubled-space]") == 1
    exempt = '[[exempt]]\nrule = "doubled-space"\nreason = "as agreed"\n'
    strict = '[severity]\ndoubled-space = "error"\n'
    for name, options in (("own.toml", ("--config", "own.toml")), ("masthead-lint.toml", ())):
        (tmp_path / name).write_text(exempt)
        result = run("lint", "w.md", *options)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "not applied: doubled-space: as agreed\n")
        assert run("lint", "w.md", *options, "--all").stdout == before.stdout
        (tmp_path / name).write_text(strict)
        assert run("lint", "w.md", *options).exit_code == 1


def test_lint_writes_its_findings_as_json_and_sarif(tmp_path: Path) -> None:
    (tmp_path / "w.md").write_text(WRONG, "utf-8")
    result = run("lint", "w.md", "--json", "--sarif", "r.sarif")
    found = json.loads(result.stdout)
    assert result.exit_code == 1 and json.loads((tmp_path / "r.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert any("w.md" in json.dumps(each) for each in found.values())
    assert run("lint", ENGLISH, "--json").exit_code == 0


def test_references_are_listed_with_their_places(source: Path) -> None:
    result = run("refs", "a.md")
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert result.exit_code == 0 and lines[0][0].startswith("a.md:") and lines[0][0].count(":") == 2
    assert {line[1] for line in lines} >= {"document A/RES/102/31", "document A/104/417", "session 104"}
    found = json.loads(run("refs", "a.md", "--json").stdout)
    assert len(found["references"]) == len(lines) and list(found) == ["references", "slips"]


def test_renumber_shows_and_writes(source: Path, tmp_path: Path) -> None:
    assert (run("renumber", "a.md").exit_code, run("renumber", "a.md").stdout) == (0, "")
    wrong = TEXT.replace("\n2. *", "\n7. *", 1)
    assert wrong != TEXT
    source.write_text(wrong, "utf-8")
    shown = run("renumber", "a.md")
    assert "-7. *" in shown.stdout and "+2. *" in shown.stdout and source.read_text("utf-8") == wrong
    assert run("renumber", "a.md", "--write").stdout == shown.stdout and source.read_text("utf-8") == TEXT


# --- redline, clean ---------------------------------------------------------------------------------------------------


def test_redline_replaces_none_of_its_sources(source: Path, tmp_path: Path) -> None:
    new = tmp_path / "b.md"
    new.write_text(TEXT.replace("Invites", "Urges", 1), "utf-8")
    assert refused(run("redline", "a.md", "b.md", "c.md")) == (
        "more than two versions", "", "name the old version and the new one",
    )  # fmt: skip
    for name in ("a.md", "b.md"):
        for force in ((), ("--force",)):
            assert refused(run("redline", "a.md", "b.md", "-o", name, *force))[0] == "the output would replace a source"
    # A source that is not there is an error of its own, and hides no other.
    assert refused(run("redline", "none.md", "b.md", "-o", "b.md", "--force"))[0] == "the output would replace a source"
    assert refused(run("redline", "a.md", "b.md", "-o", "x"))[0] == "the output has no suffix, which selects the form"
    assert run("redline", "a.md", "b.md", "-o", "x.md").stdout == "x.md\n"
    assert refused(run("redline", "a.md", "b.md", "-o", "x.md")) == (
        "file already exists",
        "x.md",
        "--force replaces it",
    )
    assert run("redline", "a.md", "b.md", "-o", "x.md", "--force").exit_code == 0
    assert "nothing changed" in run("redline", "a.md", "a.md", "-o", "y.md").stderr
    assert (tmp_path / "y.md").is_file()


def test_clean_lists_what_stays_in_brackets(tmp_path: Path) -> None:
    draft = TEXT.replace("*Invites*", "*Invites* [EU: soon] [later]", 1)
    assert draft != TEXT
    (tmp_path / "d.md").write_text(draft, "utf-8")
    listed = run("clean", "d.md")
    assert listed.exit_code == 1
    assert [line.partition(": ")[2] for line in listed.stdout.splitlines()] == [
        "proposal of EU: soon",
        "undecided: later",
    ]
    left = run("clean", "d.md", "-o", "c.md", "--adopt", "EU")
    assert left.exit_code == 1 and [line.partition(": ")[2] for line in left.stdout.splitlines()[1:]] == [
        "undecided: later"
    ]
    assert refused(run("clean", "d.md", "-o", "c.md")) == ("file already exists", "c.md", "--force replaces it")
    for choice, text in (("adopt", "*Invites* soon later"), ("delete", "*Invites* soon")):
        assert run("clean", "d.md", "-o", "c.md", "--adopt", "EU", "--brackets", choice, "--force").exit_code == 0
        assert text in (tmp_path / "c.md").read_text("utf-8")


# --- what all commands share ------------------------------------------------------------------------------------------


def test_all_errors_are_printed_with_their_hints_even_if_little_is(capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(console.people, "quiet", True)
    console.complain(SourceError("[bold] no", where="a", hint="mend\x1b", others=[OrderError("two")]))
    assert capsys.readouterr().err == "a: [bold] no\nhint: mend\\x1b\ntwo\n" and console.people.quiet is True
    console.warn("hidden")
    assert capsys.readouterr().err == ""


def test_completion_has_the_values_that_begin_so() -> None:
    assert console.completed(("md", "docx", "akn"))("") == ["md", "docx", "akn"] and console.completed(("md", "mx"))(
        "md"
    ) == ["md"]
    assert console.renamed(old="new")["token_normalize_func"]("old") == "new"
    assert console.renamed(old="new")["token_normalize_func"]("other") == "other"


def test_quiet_and_verbose_add_up() -> None:
    before = console.people.quiet
    try:
        found = console.Verbosity()
        found.set(quiet=False, verbose=True)
        found.add(quiet=True)
        assert (console.people.quiet, found.is_verbose) == (True, True)
        found.set(quiet=False, verbose=False)
        found.add(verbose=False)
        assert (console.people.quiet, found.is_verbose) == (False, False)
    finally:
        console.people.quiet = before


def test_the_exit_code_of_a_signal_is_that_of_the_last_one() -> None:
    import signal

    interruptions = Interruptions()
    assert interruptions.exit_code == 130
    interruptions.begun = True
    with pytest.raises(KeyboardInterrupt) as caught:
        interruptions(signal.SIGTERM, None)
    assert caught.value.args == (signal.SIGTERM,) and interruptions.exit_code == 143
