"""Rooms are entered by their entrances, and modules do not import each other in circles.

That imports only go down from room to room is a contract of import-linter, in `pyproject.toml`.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from graphlib import CycleError, TopologicalSorter

import pytest

import house
from paths import DOCS, ROOT

SOURCE = house.Source(house.PACKAGE)
ENTRANCES = [name for name, module in SOURCE.modules.items() if module.path.with_suffix(".pyi").exists()]
"""The rooms and sub-packages that others may import: a stub lists what each offers."""
USERS = [
    *SOURCE.modules.values(),
    *(each for name in ("tests", "benchmarks", "docs") for each in house.scripts(ROOT / name)),
]
LIGHT = ("document", "formats", "page")
"""The rooms whose tests `make quick` runs."""


def _offered(entrance: str) -> set[str]:
    return {each.name for each in SOURCE.modules[entrance].offered}


def _types(entrance: str) -> set[str]:
    """The names in signatures and fields of what an entrance offers: types of arguments and results, defaults."""
    found: set[str] = set()
    for each in SOURCE.modules[entrance].offered:
        module = SOURCE.modules[SOURCE.origin(each) or entrance]
        for definition in (node for node in module.tree.body if getattr(node, "name", None) == each.name):
            for node in ast.walk(definition):
                kept = [getattr(node, name, None) for name in ("annotation", "returns", "args")]
                found.update(*(re.findall(r"\w+", ast.unparse(each)) for each in kept if isinstance(each, ast.AST)))
    return found


def test_every_room_has_an_entrance() -> None:
    assert set(ENTRANCES) >= SOURCE.rooms


def test_at_most_sixteen_entries_lie_directly_in_the_package() -> None:
    entries = {path.name for path in house.PACKAGE.iterdir() if not path.name.startswith(("_", "."))}
    assert len(entries) <= 16, sorted(entries)


def test_other_rooms_are_imported_by_their_entrances_alone() -> None:
    wrong = [
        f"{each.importer}:{each.line} imports {each.name} from {each.module}"
        for each in SOURCE.across
        if SOURCE.target(each) not in ENTRANCES
        and not (each.module in ENTRANCES and each.name in _offered(each.module))
    ]
    assert wrong == []


def test_no_module_imports_the_entrance_of_its_own_room() -> None:
    wrong = [
        f"{each.importer}:{each.line}"
        for each in SOURCE.imports
        if each.module in ENTRANCES
        and each.module != "masthead"
        and each.importer.startswith(f"{each.module}.")
        and SOURCE.target(each) == each.module
    ]
    assert wrong == []


def test_modules_do_not_import_each_other_in_circles() -> None:
    """Imports inside functions and under TYPE_CHECKING count, and so do those that an entrance makes when used."""
    graph: dict[str, set[str]] = {}
    for module in SOURCE.modules.values():
        known = {SOURCE.target(each) for each in (*module.imports, *(module.offered if module.entrance else ()))}
        graph[module.name] = {name for name in known if name and name != module.name}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_every_name_that_an_entrance_offers_resolves_and_is_used_or_documented(entrance: str) -> None:
    package = importlib.import_module(entrance)
    offered = sorted(_offered(entrance))
    assert sorted(package.__all__) == offered
    for name in offered:
        getattr(package, name)
    outside = (module for module in USERS if not module.name.startswith(f"{entrance}."))
    used = {
        each.name for module in outside for each in (*module.imports, *module.attributes) if each.module == entrance
    }
    used |= _types(entrance)
    pages = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
    words = {word for path in pages for word in re.findall(r"\w+", path.read_text("utf-8"))}
    assert [name for name in offered if name not in used and name not in words] == []


def test_the_tests_of_make_quick_need_no_room_above_reading_and_pages() -> None:
    """Neither WeasyPrint nor a browser is loaded to run them."""
    support = {path.stem: path for path in (ROOT / "tests" / "support").glob("*.py")}
    allowed = {f"masthead.{room}" for room in LIGHT}
    waiting = [path for room in LIGHT for path in (ROOT / "tests" / room).glob("*.py")]
    waiting.append(ROOT / "tests" / "conftest.py")
    seen = set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        for node in ast.parse(path.read_text("utf-8")).body:  # imports inside functions come when they are needed
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [f"masthead.{each.name}" for each in node.names] if node.module == "masthead" else [node.module]
            for name in names:
                assert not name.startswith(("weasyprint", "playwright", "axe_playwright")), path
                assert not name.startswith("masthead.") or ".".join(name.split(".")[:2]) in allowed, (path, name)
                waiting += [support[name]] if name in support else []


def test_the_name_of_a_class_is_used_once() -> None:
    """So that a name in a message or a search leads to one thing."""
    classes = Counter(
        node.name for module in SOURCE.modules.values() for node in module.tree.body if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in classes.items() if count > 1] == []
