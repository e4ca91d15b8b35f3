"""What is declared of Pango, HarfBuzz and their like, parsed once and not at each start.

WeasyPrint and `masthead.pace` declare it to cffi in C, which takes a tenth of a second to parse, with the names of
types that are used later. What cffi's own generator makes of it (its "out-of-line ABI mode") says the same and is
loaded at once.
"""

from __future__ import annotations

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

from masthead import kept


@contextmanager
def parsed_once() -> Iterator[None]:
    """Import WeasyPrint, and all that declares more, within this: with what was kept; else it is kept for next time."""
    name = f"declarations/{_digest()}"
    code = kept.read(name)
    if code is None:
        yield
        kept.write(name, _generated(sys.modules["weasyprint.text.ffi"].ffi))
        return
    stand_in = ModuleType("cffi")
    stand_in.FFI = lambda: _loaded(code)  # type: ignore[attr-defined]
    found = sys.modules.get("cffi")
    sys.modules["cffi"] = stand_in
    try:
        yield
    finally:
        del sys.modules["cffi"]
        if found:
            sys.modules["cffi"] = found


def _digest() -> str:
    """Of all that the generator's output depends on: itself, the machine, and the files that declare."""
    digest = hashlib.sha256(repr((version("cffi"), platform.machine(), sys.platform)).encode())
    for data in map(Path.read_bytes, declaring()):
        digest.update(data)
    return digest.hexdigest()[:32]


def declaring() -> list[Path]:
    """Return the files that declare something: they stand where WeasyPrint's inside is, or is known."""
    own, engine = Path(__file__).parent, find_spec("weasyprint")
    folders = [own / "pace", own / "repairs"]
    folders += [Path(place) / "text" for place in engine.submodule_search_locations or ()] if engine else []
    return [path for folder in folders for path in sorted(folder.glob("*.py")) if b"ffi.cdef(" in path.read_bytes()]


def _generated(ffi: Any) -> bytes:
    """The Python code of all that was declared to `ffi`."""
    code = io.StringIO()
    ffi.set_source("declarations", None, compiler_verbose=False)
    ffi.emit_python_code(code)
    return code.getvalue().encode()


def _loaded(code: bytes) -> Any:
    """What cffi makes of its generated code; there is nothing left to declare."""
    names: dict[str, Any] = {}
    exec(code, names)
    ffi = names["ffi"]
    return SimpleNamespace(cdef=lambda text: None, **{name: getattr(ffi, name) for name in dir(ffi) if name[0] != "_"})
