"""What is declared of Pango, HarfBuzz and their like, parsed once and not at each start.

WeasyPrint and `pace` declare it to cffi in C, which takes a tenth of a second to parse, with the names of
types that are used later. What cffi's own generator makes of it (its "out-of-line ABI mode") says the same in tables,
which are loaded at once.
"""

from __future__ import annotations

import ast
import hashlib
import io
import platform
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import _cffi_backend  # type: ignore[import-untyped]

from masthead.document import cache as kept


def known() -> dict[str, ModuleType]:
    """Return what to import as cffi instead of it, whose FFI has declared already all that is; nothing at first."""
    literal = kept.read(_name())
    if literal is None:
        return {}
    cffi = ModuleType("cffi")
    cffi.FFI = lambda: _loaded(literal)  # type: ignore[attr-defined]
    return {cffi.__name__: cffi}


def keep(ffi: Any) -> None:
    """Keep all that was declared to `ffi`, for `known` to find next time."""
    code = io.StringIO()
    ffi.set_source("declarations", None, compiler_verbose=False)
    ffi.emit_python_code(code)
    (call,) = (node for node in ast.walk(ast.parse(code.getvalue())) if isinstance(node, ast.Call))
    kept.write(_name(), repr({str(word.arg): ast.literal_eval(word.value) for word in call.keywords}).encode())


def _loaded(literal: bytes) -> Any:
    """An FFI with the tables that the generator's code would give to it; there is nothing left to declare."""
    ffi = _cffi_backend.FFI("declarations", **ast.literal_eval(literal.decode()))
    return SimpleNamespace(cdef=lambda text: None, **{name: getattr(ffi, name) for name in dir(ffi) if name[0] != "_"})


def _name() -> str:
    """By all that the tables depend on: the generator, the machine, this module, and the files that declare."""
    digest = hashlib.sha256(repr((version("cffi"), platform.machine(), sys.platform, sys.maxsize)).encode())
    for path in (Path(__file__), *declaring()):
        digest.update(path.read_bytes())
    return f"declarations/{digest.hexdigest()[:32]}"


def declaring() -> list[Path]:
    """Return the files that declare something: they stand where WeasyPrint's inside is, or is known."""
    own, engine = Path(__file__).parent, find_spec("weasyprint")
    folders = [own / "pace", own / "repairs"]
    folders += [Path(place) / "text" for place in engine.submodule_search_locations or ()] if engine else []
    return [path for folder in folders for path in sorted(folder.glob("*.py")) if b"ffi.cdef(" in path.read_bytes()]
