"""WeasyPrint, imported without what is done at each start for nothing: over a third of a second.

cffi looks for a library that the loader does not find under a name by `ldconfig`, `gcc` and `ld`, and WeasyPrint tries
the names of other systems before Linux's own: sixteen processes. On Linux the loader finds each under one of the names,
or it is not there.

fontTools' largest modules cut down fonts where HarfBuzz cannot, and make faces of variable fonts: functions that are
seldom called. What is declared to cffi in C is the same each time.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

from masthead.typesetting import declarations


@contextmanager
def _by_the_loader() -> Iterator[None]:
    """Find libraries under their own names alone."""
    kept = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = kept


@contextmanager
def _standing_in(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """Give these modules to who imports meanwhile what has their names."""
    found = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in found.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


class _Later(ModuleType):
    """A module of functions, imported when one of them is called."""

    def __getattr__(self, attribute: str) -> Callable[..., Any]:
        if attribute.startswith("__"):  # Python's own questions
            raise AttributeError(attribute)
        return lambda *given, **named: getattr(import_module(self.__name__), attribute)(*given, **named)


_LATER = {name: _Later(name) for name in ("fontTools.subset", "fontTools.varLib.instancer")}
_KNOWN = declarations.known()

with _by_the_loader(), _standing_in({**_LATER, **_KNOWN}):
    import weasyprint

    import masthead.typesetting.pace  # noqa: F401 (which declares more)

if not _KNOWN:
    declarations.keep(weasyprint.text.ffi.ffi)

__all__ = ["weasyprint"]
