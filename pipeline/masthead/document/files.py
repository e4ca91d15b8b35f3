"""Files written whole or not at all, and known by the hash of their bytes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from masthead.document.errors import ResourceError


def save(path: Path, data: bytes) -> None:
    """Write `data` to a temporary file in the same folder, and rename it to `path`. Raises ResourceError.

    Readers see the old file or the new one, and a crash leaves the old one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())  # before the renaming, which some file systems carry out first
                Path(file.name).chmod(0o644)  # temporary files are private
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise ResourceError(f"the file cannot be written: {error.strerror}", where=str(path)) from error


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
