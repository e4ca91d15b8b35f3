"""Computed data kept between runs in the user's cache. Entries are complete or absent.

Callers put everything that the data is computed from into its name, so an entry is never out of date. Where there is no
cache folder, or it cannot be written, nothing is kept. Compiled templates are kept here, and they are code; so a file
that another user wrote, or could have written, is ignored.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from masthead.document.errors import ResourceError
from masthead.document.files import save, sha256

FOLDER = "masthead"
"""The folder in the user's cache. Confined workers may write to it."""
DIGESTS = 2**20
"""Bytes of each kind of digests and tables that are kept: those of some ten installations."""
_LARGE = 2**16  # bytes of a file that takes longer to hash than to look up

Made = TypeVar("Made")


def read(name: str, base: str = FOLDER) -> bytes | None:
    """Return the data kept under `name`, a relative path; None if it is missing, damaged or not the user's own."""
    with suppress(OSError, RuntimeError), (folder(base) / name).open("rb") as file:
        digest, _, data = file.read().partition(b"\n")
        if sha256(data).encode() == digest and _is_own(os.fstat(file.fileno())):
            return data
    return None


def write(name: str, data: bytes, base: str = FOLDER) -> None:
    """Keep `data` under `name`, if possible."""
    with suppress(ResourceError, RuntimeError):
        save(folder(base) / name, sha256(data).encode() + b"\n" + data)


def computed(kind: str, key: object, compute: Callable[[], Made]) -> Made:
    """Return what `compute` returns: strings, numbers, lists and dictionaries, kept in the folder `kind` of the cache.

    `key` has everything that it is computed from. Anything that JSON cannot hold is computed each time.
    """
    name = f"{kind}/{sha256(repr(key).encode())[:32]}"
    if data := read(name):
        known: Made = json.loads(data)
        return known
    made = compute()
    with suppress(TypeError):
        write(name, json.dumps(made, ensure_ascii=False).encode())
        trim(kind, DIGESTS)
    return made


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; of a large one it is kept, until the file changes. Raises OSError."""
    status = path.stat()
    if status.st_size < _LARGE:
        return sha256(path.read_bytes())
    kept = f"digests/{sha256(repr((str(path.absolute()), *identity(status))).encode())[:32]}"
    if data := read(kept):
        return data.decode()
    digest = sha256(path.read_bytes())
    write(kept, digest.encode())
    trim("digests", DIGESTS)
    return digest


def identity(status: os.stat_result) -> tuple[int, ...]:
    """Return what differs if the contents of a file differ: its inode, its size, and when both were written last."""
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def trim(name: str, size: int, base: str = FOLDER) -> None:
    """Remove from the folder `name` of the cache what was written longest ago, until `size` bytes are left at most."""
    entries: list[tuple[float, int, Path]] = []
    with suppress(OSError, RuntimeError):
        for path in (folder(base) / name).iterdir():
            with suppress(FileNotFoundError):  # another run trims it too
                status = path.stat()
                entries.append((status.st_mtime, status.st_size, path))
        left = sum(length for _, length, _ in entries)
        for _, length, path in sorted(entries):
            if left <= size:
                break
            path.unlink(missing_ok=True)
            left -= length


def folder(base: str = FOLDER) -> Path:
    """Return Masthead's folder in the user's cache. Raises RuntimeError if the user has no home folder."""
    cache = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(cache) if Path(cache).is_absolute() else Path.home() / ".cache") / base


def _is_own(status: os.stat_result) -> bool:
    if os.name == "nt":  # Windows protects the user's folder by its own rights
        return True
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
