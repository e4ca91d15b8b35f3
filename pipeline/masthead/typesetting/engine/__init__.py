"""Private copies of WeasyPrint and pydyf, which Masthead may change.

`masthead.typesetting.engine.weasyprint` and `masthead.typesetting.engine.pydyf` run the code of the installed packages
under these names, from the same files and the same bytecode. Their modules, classes, caches, loggers and cffi
declarations are their own, so what `repairs` and `pace` replace in them is replaced for Masthead alone. A program that
uses Masthead and also imports `weasyprint` gets that package as it was released, in any thread and at any time.

The copies are loaded without work that WeasyPrint repeats at each start: over a third of a second.

- cffi searches for a library that the loader does not find by running `ldconfig`, `gcc` and `ld`, and WeasyPrint tries
  the library names of other systems before those of Linux: sixteen processes.
- The style sheet for attributes such as `align`, which our pages do not have, is parsed although nothing uses it.
- Some of fontTools' largest modules are needed only where HarfBuzz cannot subset a font, for variable fonts, and for
  fonts that a style sheet compresses.
- The C declarations are the same each time: see `declarations`. So are its own style sheets: see `sheets`.
"""

from __future__ import annotations

import builtins
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module, resources
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType, SimpleNamespace
from typing import Any

import cssselect2
from fontTools import ttLib

from masthead.document import TypesettingError, compiled
from masthead.typesetting.engine import declarations, log, selectors, sheets

VERSIONS = {"weasyprint": "70.0", "pydyf": "0.13.0"}
"""The packages that are copied, and the only version of each that the repairs are proven on."""


modules: list[ModuleType] = []
"""The modules of the copies that have been imported."""


class _Finder(MetaPathFinder):
    """Finds the modules of the copies in the installed packages."""

    def __init__(self) -> None:
        self._folders: dict[str, Sequence[str] | None] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        parent, _, last = name.rpartition(".")
        if parent == __name__ and last in VERSIONS:
            found = PathFinder.find_spec(last)
        elif parent in self._folders:
            found = PathFinder.find_spec(last, self._folders[parent])
        else:
            return None
        if found is None:
            return None
        # A package gets an empty __path__: with its folder there, Python's own finder would load its modules.
        is_package = found.submodule_search_locations is not None
        if is_package:
            self._folders[name] = found.submodule_search_locations
        loader = _Loader(name, found.origin) if found.origin else None  # None for a folder without __init__.py
        spec = ModuleSpec(name, loader, origin=found.origin, is_package=is_package)
        spec.has_location = loader is not None
        return spec


class _Loader(SourceFileLoader):
    """Runs a module of a copy with `_import` in place of the built-in `__import__`."""

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__builtins__"] = _BUILTINS
        modules.append(module)
        super().exec_module(module)
        package = module.__name__.removeprefix(f"{__name__}.")
        if package in VERSIONS and VERSIONS[package] != module.VERSION:
            message = (
                f"{package} {module.VERSION} is installed, but the repairs are tested with {VERSIONS[package]} only"
            )
            raise TypesettingError(message, hint=f"pip install {package}=={VERSIONS[package]}")


class _Deferred(ModuleType):
    """A module of functions that is imported when one of them is called."""

    def __getattr__(self, attribute: str) -> Callable[..., Any]:
        if attribute.startswith("__"):  # asked for by the import system
            raise AttributeError(attribute)
        return lambda *args, **kwargs: getattr(import_module(self.__name__), attribute)(*args, **kwargs)


class _Resources:
    """The files of a package of WeasyPrint, its style sheet for presentational hints empty."""

    def __init__(self, package: ModuleType | str) -> None:
        self._package = package

    def __truediv__(self, name: str) -> Any:
        if name == "html5_ph.css":
            return SimpleNamespace(read_text=lambda encoding: "")
        return resources.files(self._package) / name


_SUBSTITUTES: Mapping[str, Callable[[], Any]] = {
    "pydyf": lambda: import_module(f"{__name__}.pydyf"),
    "cffi": lambda: SimpleNamespace(FFI=declarations.ffi),
    "logging": lambda: SimpleNamespace(**{**vars(logging), "getLogger": log.logger}),
    "importlib.resources": lambda: SimpleNamespace(files=_Resources),
    "cssselect2": lambda: SimpleNamespace(
        **{
            **vars(cssselect2),
            "Matcher": selectors.Matcher,
            "compile_selector_list": selectors.compile_selector_list,
        }
    ),
    "fontTools": lambda: SimpleNamespace(subset=_Deferred("fontTools.subset")),
    "fontTools.ttLib": lambda: SimpleNamespace(**{**vars(ttLib), "woff2": _Deferred("fontTools.ttLib.woff2")}),
    "fontTools.varLib.instancer": lambda: _Deferred("fontTools.varLib.instancer"),
}
"""What the modules of the copies get when they import these names."""


def _import(
    name: str,
    globals: Mapping[str, object] | None = None,
    locals: Mapping[str, object] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> Any:
    if level == 0 and name in _SUBSTITUTES:
        return _SUBSTITUTES[name]()
    found = builtins.__import__(name, globals, locals, fromlist, level)
    if fromlist and "CSS" in fromlist and globals and globals["__name__"] == f"{__name__}.weasyprint.html":
        return SimpleNamespace(**{**vars(found), "CSS": sheets.own(found.CSS)})
    return found


_BUILTINS = {**vars(builtins), "__import__": _import}

# WeasyPrint's selectors: each becomes a function, more than 300 of them before the first document.
compiled.keep_evaluations(import_module("cssselect2.compiler"))

# At the end of the list, so that imports of others never come here.
sys.meta_path.append(_Finder())
