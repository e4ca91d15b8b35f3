"""WeasyPrint, imported without the compiler being asked where its libraries are.

cffi looks for a library that the loader does not find under a name by `ldconfig`, `gcc` and `ld`, and WeasyPrint tries
the names of other systems before Linux's own: sixteen processes, a third of a second of every start. On Linux the
loader finds each under one of the names, or it is not there.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


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


with _by_the_loader():
    import weasyprint

__all__ = ["weasyprint"]
