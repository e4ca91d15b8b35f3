"""WeasyPrint, imported without what it does for machines and fonts that are not ours: half a second of every start.

cffi looks for a library that the loader does not find under a name by `ldconfig`, `gcc` and `ld`, and WeasyPrint tries
the names of other systems before Linux's own: sixteen processes. On Linux the loader finds each under one of the names,
or it is not there.

fontTools cuts down fonts where HarfBuzz does not, and makes faces of variable fonts: the largest part of it, for
functions that are seldom called.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

from masthead import declarations


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
def _put_off(*names: str) -> Iterator[None]:
    """Let those modules, unless they are there, be imported only when a function of theirs is called."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update({name: _Later(name) for name in absent})
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


class _Later(ModuleType):
    def __getattr__(self, attribute: str) -> Callable[..., Any]:
        if attribute.startswith("__"):  # Python's own questions
            raise AttributeError(attribute)
        return lambda *given, **named: getattr(import_module(self.__name__), attribute)(*given, **named)


with _by_the_loader(), _put_off("fontTools.subset", "fontTools.varLib.instancer"), declarations.parsed_once():
    import weasyprint

    import masthead.pace  # noqa: F401 (which declares more)

__all__ = ["weasyprint"]
