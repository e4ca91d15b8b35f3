"""What `pyproject.toml` says of other distributions is true."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from importlib.metadata import packages_distributions, version

import house
from masthead.typesetting.engine import VERSIONS
from masthead.typesetting.pace import parsing
from paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = dict(
    line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if not line.startswith("#")
)


def _name(requirement: str) -> str:
    """The normalized name of the distribution in a requirement."""
    return re.sub("[-_.]+", "-", re.split(r"[\s<>=!~\[;]", requirement)[0]).lower()


REQUIRED = {_name(each): each for each in PROJECT["dependencies"]}
OPTIONAL = {_name(each) for extra in PROJECT["optional-dependencies"].values() for each in extra}


def _imported() -> dict[str, str]:
    """The distributions that the package imports, each with a module that does; the engine imports some by name."""
    providers, found = packages_distributions(), dict.fromkeys(VERSIONS, "masthead.typesetting.engine")
    for module in house.Source(house.PACKAGE).modules.values():
        for each in module.imports:
            top = each.module.partition(".")[0]
            if top not in sys.stdlib_module_names and top != "masthead":
                found |= {_name(provider): module.name for provider in providers[top]}
    return found


def test_every_imported_distribution_is_declared() -> None:
    undeclared = {name: by for name, by in _imported().items() if name not in REQUIRED.keys() | OPTIONAL}
    assert undeclared == {}


def test_every_declared_distribution_is_imported_or_gives_fonts() -> None:
    fonts = (ROOT / "fonts" / "families.toml").read_text("utf-8")
    idle = REQUIRED.keys() - _imported().keys()
    assert {name for name in idle if name.replace("-", "_") not in fonts and name not in fonts} == set()


def test_every_declared_distribution_has_an_exact_version_in_the_constraints() -> None:
    assert {*REQUIRED, *OPTIONAL} - {*map(_name, PINS)} - {"masthead"} == set()


def test_versions_that_alone_are_accepted_are_required_exactly() -> None:
    """The repairs refuse any other version of what they change; python-bidi's debug output has no promised form."""
    accepted = {**VERSIONS, "tinyhtml5": parsing.VERSION, "python-bidi": version("python-bidi")}
    assert {REQUIRED[name] for name in accepted} == {f"{name}=={each}" for name, each in accepted.items()}


def test_the_scripts_that_the_makefile_runs_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (listed,) = re.findall(r"for script in ([\w ]+);", makefile)
    scripts = [*(f"benchmarks/{name}.py" for name in listed.split()), *re.findall(r"benchmarks/\w+\.py", makefile)]
    assert len(scripts) > 10
    assert [script for script in scripts if not (ROOT / script).is_file()] == []


def test_names_of_test_files_are_used_once() -> None:
    """pytest imports them by their names alone."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name, times in names.items() if times > 1] == []
