"""Versions of the system libraries that WeasyPrint uses, by ctypes: so WeasyPrint itself need not be importable."""

from __future__ import annotations

import ctypes


def version_of(name: str, function: str) -> str:
    """Return the version of a system library, from its `function`; empty if the library or the function is missing."""
    for file in (f"lib{name}.so.0", f"lib{name}.0.dylib"):
        try:
            ask = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return str(ask().decode())
    return ""
