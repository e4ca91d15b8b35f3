"""Templates are compiled once and cached until they or the options of Jinja change."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from masthead.document import TemplateError, upgrades
from masthead.page import templating


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "masthead"


@pytest.fixture
def template(tmp_path: Path, cache: Path) -> Path:
    path = tmp_path / "page.j2"
    path.write_text("{% for each in all %}{{ each }} {% endfor %}\n", "utf-8")
    return path


def render(template: Path) -> str:
    """Render the template as a new process would."""
    templating._environment.cache_clear()
    return templating.render(template.name, template.parent, all=["<", 2])


def test_a_template_is_compiled_once(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert render(template) == "&lt; 2 "
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *_: pytest.fail("it is compiled again"))
    assert render(template) == "&lt; 2 "


def test_a_template_that_changed_is_compiled_again(template: Path) -> None:
    render(template)
    template.write_text("{{ all | length }}", "utf-8")
    assert render(template) == "2"


def test_a_line_with_nothing_but_a_tag_leaves_no_line_and_no_space(template: Path) -> None:
    template.write_text("a\n  {% for each in all %}\n{{ each }}\n  {% endfor %}\nb", "utf-8")
    assert render(template) == "a\n&lt;\n2\nb"


def test_other_options_compile_again(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render(template)
    monkeypatch.setattr(templating, "_OPTIONS", {**templating._OPTIONS, "autoescape": False})
    assert render(template) == "< 2 "
    templating._environment.cache_clear()


def test_a_damaged_template_is_compiled_again(template: Path, cache: Path) -> None:
    render(template)
    (compiled,) = (cache / "templates").iterdir()
    compiled.write_bytes(compiled.read_bytes()[:-1])
    assert render(template) == "&lt; 2 "


def test_a_template_extends_the_one_that_it_replaces_in_the_last_folder(tmp_path: Path) -> None:
    own, shared, last = (tmp_path / name for name in ("own", "shared", "last"))
    for folder in (own, shared, last):
        folder.mkdir()
        (folder / "part.j2").write_text(folder.name)
    (own / "x.j2").write_text('{% include "part.j2" %} before {% include "bundled/part.j2" %}')
    (last / "y.j2").write_text("y")
    assert templating.render("x.j2", own, shared, last) == "own before last"
    assert templating.render("x.j2", own, last) == "own before last"
    assert templating.render("y.j2", own, shared, last) == "y"


@pytest.mark.parametrize(("changed", "hint"), [(False, ""), (True, upgrades.HINT)])
def test_a_template_that_fails_is_named_with_its_line_and_whether_masthead_was_changed_meanwhile(
    changed: bool, hint: str, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrades, "happened", lambda: changed)
    template.write_text("a\n{% for %}", "utf-8")
    with pytest.raises(TemplateError, match="the template failed: ") as caught:
        render(template)
    assert (caught.value.where, caught.value.hint) == ("page.j2:2", hint)
