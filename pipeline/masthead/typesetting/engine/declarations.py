"""The C declarations of Pango, HarfBuzz and fontconfig, parsed once and then cached.

WeasyPrint and `pace` declare them to cffi as C source, which takes a tenth of a second to parse at each start. cffi's
own generator turns them into tables (its "out-of-line ABI mode"), which load at once and give the same types.
"""

from __future__ import annotations

import ast
import ctypes
import hashlib
import io
import os
import platform
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import _cffi_backend  # type: ignore[import-untyped]

from masthead.document import cache, installed_version


def ffi() -> Any:
    """Return an FFI that knows every declaration already, or cffi's own where nothing is cached.

    Libraries that it opens stay in memory until the process has ended. When Python ends, it closes what cffi opened,
    while a thread of Pango's may still read the fonts of the system: its code would be gone.
    """
    literal = cache.read(_name())
    if literal is None:
        return _parsing()
    tables = _cffi_backend.FFI("declarations", **ast.literal_eval(literal.decode()))
    methods = {name: getattr(tables, name) for name in dir(tables) if not name.startswith("_")}
    stay = getattr(os, "RTLD_NODELETE", 0)  # Windows has none
    methods["dlopen"] = lambda name, flags=0: tables.dlopen(name, flags | stay)
    return SimpleNamespace(cdef=lambda text: None, **methods)


def keep(ffi: Any) -> None:
    """Cache all that was declared to `ffi`, if it was parsed and not read from the cache."""
    if isinstance(ffi, SimpleNamespace):
        return
    code = io.StringIO()
    ffi.set_source("declarations", None, compiler_verbose=False)
    ffi.emit_python_code(code)
    (call,) = (node for node in ast.walk(ast.parse(code.getvalue())) if isinstance(node, ast.Call))
    cache.write(_name(), repr({str(word.arg): ast.literal_eval(word.value) for word in call.keywords}).encode())


def _parsing() -> Any:
    """Return an FFI of cffi's that opens libraries under their own names only, where the loader finds them so."""
    import cffi  # type: ignore[import-untyped]  # slow to import, and not needed once the tables are cached

    class FFI(cffi.FFI):  # type: ignore[misc]
        def dlopen(self, name: str, flags: int = 0) -> Any:
            if sys.platform == "linux":
                # Raises OSError where cffi would go on to search with a compiler; and is never closed.
                ctypes.CDLL(name)
            return super().dlopen(name, flags)

    return FFI()


def _name() -> str:
    """Name the tables by all that they depend on: cffi, the machine, this module, and the files that declare."""
    digest = hashlib.sha256(repr((installed_version("cffi"), platform.machine(), sys.platform, sys.maxsize)).encode())
    for path in (Path(__file__), *declaring()):
        digest.update(path.read_bytes())
    return f"declarations/{digest.hexdigest()[:32]}"


def declaring() -> list[Path]:
    """Return the files that declare something to cffi: modules of this room, and of WeasyPrint's `text`."""
    own, weasyprint = Path(__file__).parent.parent, find_spec("weasyprint")
    folders = [own, own / "lines", own / "pace", own / "paragraphs", own / "repairs"]
    if weasyprint and weasyprint.submodule_search_locations:
        folders += [Path(place) / "text" for place in weasyprint.submodule_search_locations]
    return [path for folder in folders for path in sorted(folder.glob("*.py")) if b"ffi.cdef(" in path.read_bytes()]
