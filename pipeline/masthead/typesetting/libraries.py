"""Versions of the system libraries that WeasyPrint uses, by ctypes: so WeasyPrint itself need not be importable."""

from __future__ import annotations

import ctypes
import importlib.metadata
import re

_VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)


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


def installed_version(distribution: str) -> str:
    """Return the version of a Python distribution; empty where it is not installed."""
    try:  # `version` would parse the whole description, which takes fifty times as long
        metadata = importlib.metadata.distribution(distribution).read_text("METADATA") or ""
    except importlib.metadata.PackageNotFoundError:
        return ""
    found = _VERSION.search(metadata)
    return found[1] if found else ""
