"""Files at a path of this machine, or at any address that fsspec knows (`s3://bucket/…`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from masthead.document import files
from masthead.document.errors import ResourceError


def get(address: str) -> bytes:
    """Return the bytes at `address`. Raises OSError if there are none."""
    if "://" not in address:
        return Path(address).read_bytes()
    with _fsspec().open(address, "rb") as file:
        return bytes(file.read())


def put(address: str, data: bytes) -> None:
    """Write `data` to `address`, completely or not at all. Raises ResourceError, or OSError from a remote store."""
    if "://" not in address:
        files.save(Path(address), data)
        return
    with _fsspec().open(address, "wb", auto_mkdir=True) as file:
        file.write(data)


def delete(address: str) -> None:
    """Delete what is at `address`. Raises OSError if there is nothing."""
    if "://" not in address:
        Path(address).unlink()
        return
    filesystem, path = _fsspec().core.url_to_fs(address)
    filesystem.rm_file(path)


def listed(address: str) -> list[str]:
    """Return the addresses of the files below `address`, sorted; none if there is nothing."""
    if "://" not in address:
        return sorted(str(path) for path in Path(address).rglob("*") if path.is_file())
    filesystem, path = _fsspec().core.url_to_fs(address)
    found = filesystem.find(path) if filesystem.exists(path) else []
    return sorted(filesystem.unstrip_protocol(each) for each in found)


def _fsspec() -> Any:
    try:
        import fsspec
    except ImportError:
        raise ResourceError("a remote store needs fsspec", hint="pip install 'masthead[store]'") from None
    return fsspec
