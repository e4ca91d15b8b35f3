"""What can be made again, kept between runs in the user's cache: found whole, or not at all.

Who keeps something names it by all that it is made from, so that what is found is never out of date. Where there is no
cache, or it cannot be written, nothing is kept. Compiled templates are among it, which can do anything; so a file that
another user wrote, or could have written, is not there.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

from masthead.document.errors import ResourceError
from masthead.document.files import save


def read(name: str) -> bytes | None:
    """Return what was kept under `name`, a relative path; None where nothing was, or it is damaged or of others."""
    with suppress(OSError, RuntimeError), (folder() / name).open("rb") as file:
        digest, _, data = file.read().partition(b"\n")
        if _digest(data) == digest and _is_own(os.fstat(file.fileno())):
            return data
    return None


def write(name: str, data: bytes) -> None:
    """Keep `data` under `name`, where that is possible."""
    with suppress(ResourceError, RuntimeError):
        save(folder() / name, _digest(data) + b"\n" + data)


def folder() -> Path:
    """Return Masthead's folder in the user's cache. Raises RuntimeError where there is no home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "masthead"


def _is_own(status: os.stat_result) -> bool:
    if os.name == "nt":  # where the folder's own rights say so
        return True
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
