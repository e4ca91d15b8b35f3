"""What can be made again, kept between runs in the user's cache: found whole, or not at all.

Who keeps something names it by all that it is made from, so that what is found is never out of date. Where there is no
cache, or it cannot be written, nothing is kept.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress

from masthead import fonts
from masthead.errors import ResourceError
from masthead.files import save


def read(name: str) -> bytes | None:
    """Return what was kept under `name`, a relative path; None where nothing was, or it is damaged."""
    with suppress(OSError, RuntimeError):
        digest, _, data = (fonts.cache() / name).read_bytes().partition(b"\n")
        if _digest(data) == digest:
            return data
    return None


def write(name: str, data: bytes) -> None:
    """Keep `data` under `name`, where that is possible."""
    with suppress(ResourceError, RuntimeError):
        save(fonts.cache() / name, _digest(data) + b"\n" + data)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
