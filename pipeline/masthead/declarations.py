"""What is declared of Pango, HarfBuzz and their like, parsed once and not at each start.

WeasyPrint and `masthead.pace` declare it to cffi in C, which takes a tenth of a second to parse, with the names of
types that are used later. What cffi's own generator makes of it (its "out-of-line ABI mode") says the same in tables,
which are loaded at once.
"""

from __future__ import annotations

import ast
import hashlib
import io
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import _cffi_backend  # type: ignore[import-untyped]

from masthead import kept


@contextmanager
def parsed_once() -> Iterator[None]:
    """Import WeasyPrint, and all that declares more, within this: with what was kept; else it is kept for next time."""
    name = f"declarations/{_digest()}"
    literal = kept.read(name)
    if literal is None:
        yield
        kept.write(name, _generated(sys.modules["weasyprint.text.ffi"].ffi))
        return
    stand_in = ModuleType("cffi")
    stand_in.FFI = lambda: _loaded(literal)  # type: ignore[attr-defined]
    found = sys.modules.get("cffi")
    sys.modules["cffi"] = stand_in
    try:
        yield
    finally:
        del sys.modules["cffi"]
        if found:
            sys.modules["cffi"] = found


def _digest() -> str:
    """Of all that the tables depend on: the generator, the machine, this module, and the files that declare."""
    digest = hashlib.sha256(repr((version("cffi"), platform.machine(), sys.platform)).encode())
    for path in (Path(__file__), *declaring()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def declaring() -> list[Path]:
    """Return the files that declare something: they stand where WeasyPrint's inside is, or is known."""
    own, engine = Path(__file__).parent, find_spec("weasyprint")
    folders = [own / "pace", own / "repairs"]
    folders += [Path(place) / "text" for place in engine.submodule_search_locations or ()] if engine else []
    return [path for folder in folders for path in sorted(folder.glob("*.py")) if b"ffi.cdef(" in path.read_bytes()]


def _generated(ffi: Any) -> bytes:
    """All that was declared to `ffi`, as a literal: what the generator's code gives to cffi's own class."""
    code = io.StringIO()
    ffi.set_source("declarations", None, compiler_verbose=False)
    ffi.emit_python_code(code)
    (call,) = (node for node in ast.walk(ast.parse(code.getvalue())) if isinstance(node, ast.Call))
    return repr({str(word.arg): ast.literal_eval(word.value) for word in call.keywords}).encode()


def _loaded(literal: bytes) -> Any:
    """What cffi makes of it; there is nothing left to declare."""
    ffi = _cffi_backend.FFI("declarations", **ast.literal_eval(literal.decode()))
    return SimpleNamespace(cdef=lambda text: None, **{name: getattr(ffi, name) for name in dir(ffi) if name[0] != "_"})
