"""Versions of installed Python distributions, without `importlib.metadata`, which takes 20 ms to import."""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache

_INSTALLED = re.compile(
    r"(.+)-([^-]+)\.dist-info"
)  # the name of the folder of a distribution (PyPA, recording installed projects)


def installed_version(distribution: str) -> str:
    """Return the version of a Python distribution in its normal form (PEP 440); empty where it is not installed."""
    if found := _installed(tuple(sys.path)).get(_normalized(distribution)):
        return found
    from importlib import metadata  # also finds what is in a zip file or installed in an older form

    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


@cache
def _installed(path: tuple[str, ...]) -> dict[str, str]:
    """Return the versions of all distributions by their normalized names; the first place in `path` counts."""
    found: dict[str, str] = {}
    for place in path:
        with suppress(OSError):
            for name in os.listdir(place or "."):  # noqa: PTH208 (strings are enough, and there are many)
                if match := _INSTALLED.fullmatch(name):
                    found.setdefault(_normalized(match[1]), match[2])
    return found


def _normalized(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()
