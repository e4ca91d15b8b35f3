"""Writing files in one step, and their hashes: a file is complete or it is not written."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

from masthead.document.errors import ResourceError

_UNPRINTABLE = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def save(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file in the same folder, and rename it to `path`. Raises ResourceError.

    Readers see the old file or the new one, and a crash leaves the old one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error
    put(draft(path.parent, data, f".{path.name}."), path)


def draft(folder: Path, data: bytes, prefix: str = "") -> str:
    """Write `data` to a new file in `folder`, and return its path once it is on the disk. Raises ResourceError."""
    try:
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=prefix)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            os.chmod(name, 0o644)  # noqa: PTH101 (a Path costs more than the call); temporary files are private
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(folder, error) from error
    return name


def put(draft: str, path: Path) -> None:
    """Rename a draft to `path`, whose folder may have to be made; it is removed if that fails. Raises ResourceError."""
    try:
        try:
            try:
                os.replace(draft, path)  # noqa: PTH105 (a Path costs more than the call)
            except FileNotFoundError:
                path.parent.mkdir(parents=True, exist_ok=True)
                os.replace(draft, path)  # noqa: PTH105
            _sync_folder(path.parent)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> ResourceError:
    return ResourceError(f"the file cannot be written: {reason(error)}", where=str(path))


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can do that."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with contextlib.suppress(OSError):  # some network file systems cannot
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


def reason(error: OSError) -> str:
    """Return why a file cannot be used, in the words of the system: `no such file or folder`, `permission denied`."""
    return "no such file or folder" if isinstance(error, FileNotFoundError) else (error.strerror or str(error)).lower()


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def printable(text: str) -> str:
    """Return `text` with control characters, ends of lines and bytes that are not UTF-8 escaped.

    A file name then takes one line, can be encoded, and gives a terminal no orders.
    """
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
