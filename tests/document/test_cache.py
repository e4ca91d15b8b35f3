"""What is kept between runs is found as it was, or made again, and the pages are the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest

import masthead
from masthead.document import cache as kept
from masthead.page import templating
from masthead.typesetting import declarations
from paths import ROOT

EXAMPLE = ROOT / "examples" / "E_RES_2017_18.ar.txt"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the user's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "masthead"


@pytest.fixture
def template(tmp_path: Path, cache: Path) -> Path:
    path = tmp_path / "page.j2"
    path.write_text("{% for each in all %}{{ each }} {% endfor %}\n", "utf-8")
    return path


def render(template: Path) -> str:
    """What a process that has rendered nothing yet makes of the template."""
    templating._environment.cache_clear()
    return templating.render(template.name, template.parent, all=["<", 2])


@pytest.mark.usefixtures("cache")
def test_what_is_kept_is_found_as_it_was() -> None:
    assert kept.read("some/thing") is None
    kept.write("some/thing", b"one\ntwo")
    assert kept.read("some/thing") == b"one\ntwo"
    kept.write("some/thing", b"three")
    assert kept.read("some/thing") == b"three"


@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:-1], lambda data: data.replace(b"t", b"T", 1)])
def test_what_is_damaged_is_not_there(cache: Path, harm: Callable[[bytes], bytes]) -> None:
    kept.write("thing", b"one\ntwo")
    (cache / "thing").write_bytes(harm((cache / "thing").read_bytes()))
    assert kept.read("thing") is None


@pytest.mark.skipif(os.name == "nt", reason="rights are the folder's")
def test_what_others_could_have_written_is_not_there(cache: Path) -> None:
    kept.write("thing", b"one")
    (cache / "thing").chmod(0o664)
    assert kept.read("thing") is None


def test_where_nothing_can_be_kept_nothing_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    kept.write("thing", b"one")
    assert kept.read("thing") is None


def test_a_template_is_compiled_once(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert render(template) == "&lt; 2 "
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *_: pytest.fail("it is compiled again"))
    assert render(template) == "&lt; 2 "


def test_a_template_that_changed_is_compiled_again(template: Path) -> None:
    render(template)
    template.write_text("{{ all | length }}", "utf-8")
    assert render(template) == "2"


def test_other_options_compile_anew(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render(template)
    monkeypatch.setattr(templating, "_OPTIONS", {**templating._OPTIONS, "autoescape": False})
    assert render(template) == "< 2 "
    templating._environment.cache_clear()


def test_a_damaged_template_is_compiled_again(template: Path, cache: Path) -> None:
    render(template)
    (compiled,) = (cache / "templates").iterdir()
    compiled.write_bytes(compiled.read_bytes()[:-1])
    assert render(template) == "&lt; 2 "


def test_declarations_stand_where_they_are_looked_for() -> None:
    package = Path(masthead.__file__).parent
    declaring = {path for path in package.rglob("*.py") if b"ffi.cdef(" in path.read_bytes()}
    declaring.remove(Path(declarations.__file__))
    assert declaring < set(declarations.declaring())
    assert [path.name for path in declarations.declaring() if not path.is_relative_to(package)] == ["ffi.py"]


def test_pages_are_the_same_whatever_is_kept(tmp_path: Path) -> None:
    code = "\n".join(
        [
            "import sys",
            "from pathlib import Path",
            "from masthead import publication",
            f"print(publication.publish(Path({str(EXAMPLE)!r})).pdf.data.hex())",
            "print('pycparser' in sys.modules, 'fontTools.subset' in sys.modules)",
        ]
    )
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}

    def publish() -> tuple[str, str]:
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        pdf, modules = done.stdout.splitlines()
        return pdf, modules

    first, parsed = publish()
    assert parsed == "True False"
    assert publish() == (first, "False False")
    (declared,) = (tmp_path / "masthead" / "declarations").iterdir()
    declared.write_bytes(declared.read_bytes()[:-1])
    assert publish() == (first, "True False")
    assert publish() == (first, "False False")


def test_modules_that_are_put_off_come_when_they_are_called() -> None:
    code = "\n".join(
        [
            "import sys",
            "from masthead.typesetting.engine import weasyprint",
            "from weasyprint.pdf import fonts",
            "assert not {'fontTools.subset', 'fontTools.varLib.instancer'} & set(sys.modules)",
            "options = fonts.subset.Options(retain_gids=True)",
            "from fontTools import subset",
            "assert isinstance(options, subset.Options) and options.retain_gids",
        ]
    )
    subprocess.run([sys.executable, "-c", code], check=True)
