"""`masthead parallel`: where the PDF is written, what is printed of it, and what is refused before anything is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from masthead import publication
from masthead.cli.app import app
from masthead.document import Finding, OrderError, Organization, Variant
from masthead.page import Emblem
from masthead.publication import Edition
from paths import ORGANIZATIONS

CITY = ORGANIZATIONS / "city-council"
SOURCES = [CITY / "documents" / f"notice.{language}.md" for language in ("en", "ar")]


def run(*arguments: str | Path) -> Result:
    command = ["parallel", *map(str, (*SOURCES, *arguments)), "--organization", str(CITY)]
    return CliRunner().invoke(app, command, env={"COLUMNS": "300"})


@pytest.fixture(scope="module")
def edition() -> Edition:
    with Organization.load(CITY).used():
        return publication.publish_parallel(*SOURCES)


@pytest.fixture
def asked(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The options of each edition that was asked for; all are the same one, made once."""
    options: list[Any] = []
    monkeypatch.setattr(publication, "publish_parallel", lambda *given: (options.append(given[2]), edition)[1])
    return options


@pytest.mark.parametrize("output", ["new", "there", "there.pdf"])
def test_in_a_folder_it_is_named_by_symbol_and_languages(
    asked: list[Any], edition: Edition, tmp_path: Path, output: str
) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there.pdf").mkdir()
    done = run("-o", tmp_path / output)
    (path,) = (tmp_path / output).iterdir()
    assert path.name.endswith(".en-ar.pdf") and done.stdout == f"{path}\n" and done.exit_code == 0
    assert path.read_bytes() == edition.pdf.data
    assert asked == [publication.Options()]


def test_a_name_of_a_pdf_is_the_file(asked: list[Any], edition: Edition, tmp_path: Path) -> None:
    for name in ("x.pdf", "y.PDF"):
        assert run("-o", tmp_path / name, "--for", "press", "--profile", "press").exit_code == 0
        assert (tmp_path / name).read_bytes() == edition.pdf.data
    assert {(each.variant, each.profile) for each in asked} == {(Variant.PRESS, "press")}


def test_another_form_is_refused(asked: list[Any], tmp_path: Path) -> None:
    done = run("-o", tmp_path / "x.docx")
    assert isinstance(done.exception, OrderError)
    assert (done.exception.message, done.exception.hint) == (
        "parallel writes a PDF", f"write -o {tmp_path / 'x.pdf'}"
    )  # fmt: skip
    assert not asked and not list(tmp_path.iterdir())


def test_findings_are_printed_and_an_error_is_an_exit_code(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = replace(edition.report, findings=(Finding("text of 3.0 pt", 1, rule="completeness.visible"),))
    monkeypatch.setattr(publication, "publish_parallel", lambda *_: replace(edition, report=found))
    done = run("-o", tmp_path / "x.pdf")
    assert done.exit_code == 1 and "text of 3.0 pt" in done.stderr and done.stdout == f"{tmp_path / 'x.pdf'}\n"
    assert (tmp_path / "x.pdf").exists()


def test_an_emblem_is_printed(asked: list[Any], tmp_path: Path) -> None:
    emblem = tmp_path / "emblem.svg"
    emblem.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>')
    assert run("-o", tmp_path / "x.pdf", "--emblem", emblem).exit_code == 0
    assert asked[0].emblem == Emblem.load(emblem)
    assert run("-o", tmp_path / "x.pdf", "--emblem", tmp_path / "none.svg").exit_code == 2
