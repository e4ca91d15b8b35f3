"""The pins hold every dependency, and the tests run with exactly these versions."""

import importlib.metadata
import re
import tomllib

import pytest

from paths import ROOT


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    names = {normal(re.split(r"[<>=!~\[; ]", line)[0]) for line in lines}
    return sorted(names - {project["name"]})  # an extra may ask for other extras


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {normal(name): version for name, version in pins}


@pytest.mark.parametrize("name", asked_for())
def test_each_dependency_is_pinned_and_installed_as_pinned(name: str) -> None:
    assert importlib.metadata.version(name) == pinned()[name]
