"""What programs use: the names are few, documented and quick to import, and every example of docs/api.md works."""

from __future__ import annotations

import ast
import doctest
import importlib.metadata
import inspect
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import masthead
from masthead import formats
from masthead.document import OrderError
from paths import ROOT, SPECIMENS

PAGE = ROOT / "docs" / "api.md"
FUNCTIONS = ("read", "mark_up", "typeset", "check", "publish", "convert", "compare", "impose", "run")


@pytest.mark.slow
def test_the_examples_of_the_page_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ROOT / "examples" / "specimens" / "A_RES_104_12.en.md", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    examples = doctest.DocTestParser().get_doctest(PAGE.read_text("utf-8"), {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(examples, out=said.append)
    assert results.attempted > 20
    assert results.failed == 0, "".join(said)


def test_each_name_is_there_and_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    for name in masthead.__all__:
        assert getattr(masthead, name) is not None
        assert f"`{name}`" in page, name
    assert set(FUNCTIONS) <= set(masthead.__all__)
    assert dir(masthead) == masthead.__all__


def test_type_checkers_see_the_names_that_there_are() -> None:
    tree = ast.parse(Path(masthead.__file__).read_text("utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module != "typing"]
    names = {alias.asname for node in imports for alias in node.names if alias.asname}
    assert names == set(masthead.__all__)
    assert (Path(masthead.__file__).parent / "py.typed").is_file()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_at_most_three_keyword_only_options_and_says_what_it_raises(name: str) -> None:
    function = getattr(masthead, name)
    parameters = inspect.signature(function).parameters.values()
    assert sum(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters) <= 3
    assert re.search(r"\bRaises?\b|\braises\b", inspect.getdoc(function) or "")


def test_importing_the_package_imports_no_stage() -> None:
    code = "import sys, masthead; print(len([m for m in sys.modules if m.startswith('masthead')]), *sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, *modules = run.stdout.split()
    assert count == "1"
    assert not {"weasyprint", "pikepdf", "pypdf", "typer", "importlib.metadata"} & set(modules)


def test_the_version_is_the_distributions() -> None:
    assert masthead.__version__ == importlib.metadata.version("masthead")


def test_html_alone_cannot_become_a_press_file() -> None:
    html = masthead.mark_up(ROOT / "examples" / "specimens" / "A_RES_104_12.en.md")
    with pytest.raises(OrderError, match="requires the document"):
        masthead.typeset(html, variant=masthead.Variant.PRESS)


def test_a_path_may_be_a_string() -> None:
    path = SPECIMENS / "A_RES_104_13.en.md"
    assert formats.read(str(path)) == formats.read(path) == masthead.read(str(path))
