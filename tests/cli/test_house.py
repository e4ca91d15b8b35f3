"""The organization of a command: by option, environment or settings file, and for that command alone."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from masthead.cli.app import app
from masthead.document import MastheadError, organizations
from paths import ORGANIZATIONS

RIVER, CITY = ORGANIZATIONS / "river-commission", ORGANIZATIONS / "city-council"


def run(*arguments: str, **environment: str) -> Any:
    return CliRunner().invoke(app, arguments, env=environment)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_option_before_the_environment_and_this_before_the_settings_file(folder: Path) -> None:
    (folder / "masthead.toml").write_text(f'organization = "{CITY}"\n', "utf-8")
    assert "organ: city-council" in run("new", "notice", "-l", "en").stdout
    by_environment = run("new", "bulletin", "-l", "fr", MASTHEAD_ORGANIZATION=str(RIVER))
    assert "organ: council-of-ministers" in by_environment.stdout
    both = run("new", "notice", "-l", "en", "--organization", str(CITY), MASTHEAD_ORGANIZATION=str(RIVER))
    assert "organ: city-council" in both.stdout


def test_the_organization_ends_with_the_command() -> None:
    run("new", "bulletin", "-l", "fr", "--organization", str(RIVER))
    assert organizations.current() is organizations.bundled()


def test_a_type_of_another_organization_is_refused() -> None:
    result = run("new", "report", "-l", "es", "--organization", str(RIVER))
    assert result.exit_code == 2
    assert "'es' is not one of 'ar', 'fr', 'sw'." in " ".join(result.stderr.replace("│", " ").split())


def test_a_folder_without_an_organization_is_refused(folder: Path) -> None:
    result = run("new", "report", "-l", "es", "--organization", str(folder))
    assert isinstance(result.exception, MastheadError)
    assert result.exception.exit_code == 2
    assert result.exception.message == "no organization here"


def test_lint_and_convert_work_for_the_organization(folder: Path) -> None:
    source = str(folder / "decision.sw.md")
    Path(source).write_bytes((RIVER / "documents" / "decision.sw.md").read_bytes())
    assert run("lint", source, "--organization", str(RIVER)).exit_code == 0
    assert run("lint", source).exit_code == 1
    assert run("convert", source, "-o", "x.docx", "--organization", str(RIVER)).exit_code == 0
    back = run("convert", "x.docx", "--organization", str(RIVER))
    assert "organ: council-of-ministers" in back.stdout


def test_a_new_organization_has_a_folder_in_which_commands_need_no_option(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run("new", "organization", "Harbour Board", "-l", "en", "-l", "ar")
    assert made.exit_code == 0
    assert "harbour-board/organization.toml" in made.stdout
    monkeypatch.chdir(folder / "harbour-board")
    assert "organ: council" in run("new", "letter", "-l", "ar").stdout
    again = run("new", "organization", "Harbour Board", "-l", "en", "-o", str(folder / "harbour-board"))
    assert isinstance(again.exception, MastheadError)
    assert again.exception.message == "file already exists"


def test_sources_have_the_organization_of_their_folder_if_none_is_given(folder: Path) -> None:
    of_river, of_city = (str(home / "documents") for home in (RIVER, CITY))
    assert run("lint", f"{of_river}/decision.sw.md").exit_code == 0  # organization.toml is above it
    (folder / "house" / "papers" / "may").mkdir(parents=True)
    (folder / "house" / "masthead.toml").write_text(f'organization = "{CITY}"\n', "utf-8")
    copy = folder / "house" / "papers" / "may" / "x.md"
    copy.write_bytes((CITY / "documents" / "notice.en.md").read_bytes())
    assert run("lint", str(copy)).exit_code == 0  # masthead.toml above it names one
    beside = folder / "house" / "y.md"
    beside.write_bytes(copy.read_bytes())
    assert run("lint", str(beside)).exit_code == 0  # as does one in the folder of the source itself
    assert run("lint", str(copy), MASTHEAD_ORGANIZATION=str(RIVER)).exit_code == 1
    assert run("lint", str(copy), f"{of_city}/notice.ar.md").exit_code == 0
    both = run("lint", str(copy), f"{of_river}/decision.sw.md")
    assert both.exit_code == 1  # of two organizations none is taken
    assert organizations.current() is organizations.bundled()


def test_an_error_names_the_organization_of_the_folder_that_the_source_is_in(folder: Path) -> None:
    (folder / "masthead.toml").write_text(f'organization = "{RIVER}"\n', "utf-8")
    (folder / "house").mkdir()
    (folder / "house" / "masthead.toml").write_text(f'organization = "{CITY}"\n', "utf-8")
    source = folder / "house" / "x.md"
    source.write_bytes((CITY / "documents" / "notice.en.md").read_bytes())
    wrong = run("publish", str(source), "-o", str(folder / "out"))
    assert wrong.exit_code == 3
    hint = f"{folder / 'house' / 'masthead.toml'} names another organization: --organization {CITY}"
    assert hint in "".join(wrong.stderr.splitlines())
    source.write_text("---\ntype: none\n---\n", "utf-8")
    assert "another organization" not in run("publish", str(source), "--organization", str(CITY)).stderr


@pytest.mark.slow
def test_check_says_that_a_document_is_of_another_organization(folder: Path) -> None:
    source = str(CITY / "documents" / "notice.en.md")
    assert run("publish", source, "-o", str(folder)).exit_code == 0
    (pdf,) = folder.rglob("*.pdf")
    found = " ".join(run("check", str(pdf)).stderr.split())
    assert "of another organization: its QR code leads to council.qamar.example" in found
    assert "another organization" not in run("check", str(pdf), "--organization", str(CITY)).stderr


@pytest.mark.slow
def test_publish_takes_the_organization_from_a_settings_file_that_is_named(folder: Path) -> None:
    settings = folder / "other.toml"
    settings.write_text(f'organization = "{CITY}"\noutput = "out"\n', "utf-8")
    source = str(CITY / "documents" / "notice.en.md")
    assert run("publish", source, "--settings", str(settings)).exit_code == 0
    assert (folder / "out" / "QMR-2049-41.en.pdf").is_file()
