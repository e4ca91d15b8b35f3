"""What is sent to a desk: a source, or a bundle (a ZIP file) of sources and pictures, to sources that stand alone.

Nothing of a bundle is believed: its paths stay below a temporary folder, sizes are counted while they are unpacked, and
links are not made.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from masthead import formats
from masthead.batch import SourcePath, gather, self_contained
from masthead.document import MastheadError, OrderError, ResourceError, SourceError, files
from masthead.publication import SourceFile

BUNDLE = ".zip"
MAX_SENT = 64 * 2**20
"""Bytes of the largest bundle. A source has at most `formats.MAX_BYTES`."""
_UNPACKED = 256 * 2**20
_FILES = 1000  # in a bundle
_CHUNK = 2**20
_LONGEST = 200  # characters of a name
_UNIX, _LINK = 3, 0o120000


@dataclass(frozen=True, slots=True)
class RefusedSource:
    """A file that was sent and is not taken, and why."""

    name: str
    error: MastheadError


def limit(name: str) -> int:
    """Return how many bytes a file of this name may have. Raises OrderError if it is neither a source nor a bundle."""
    suffix = PurePosixPath(name).suffix.lower()
    if not 0 < len(name) <= _LONGEST or files.printable(name) != name or "/" in name:
        raise OrderError("invalid name", hint=f"a name has up to {_LONGEST} characters, no / and no control characters")
    if suffix != BUNDLE and suffix not in formats.READABLE:
        known = ", ".join((*formats.READABLE, BUNDLE))
        raise OrderError(f"unknown form of source: {suffix or 'no suffix'}", where=name, hint=f"use {known}")
    return MAX_SENT if suffix == BUNDLE else formats.MAX_BYTES


def digest(source: SourceFile) -> str:
    """Return what a source is known by: the digest of its form and its bytes."""
    return files.sha256(f"{PurePosixPath(source.name).suffix.lower()}\n".encode() + source.data)


def sources(sent: Path, name: str) -> Iterator[SourceFile | RefusedSource]:
    """Yield the sources in the file at `sent`, which was sent under a name. Raises SourceError and ResourceError."""
    if PurePosixPath(name).suffix.lower() != BUNDLE:
        yield SourceFile(name, sent.read_bytes())
        return
    with TemporaryDirectory(dir=sent.parent) as folder:
        root = Path(folder)
        try:
            yield from _unpacked(sent, root)
        except MastheadError:
            raise
        except Exception as error:  # whatever else a damaged archive makes the reader of the standard library raise
            message = f"the bundle cannot be read: {type(error).__name__}"
            raise SourceError(message, where=name, hint="make it again, as a ZIP file without a password") from None
        for path in gather([folder]):
            relative = path.relative_to(root).as_posix()
            try:
                yield SourceFile(relative, self_contained(SourcePath(path)).data)
            except MastheadError as error:
                yield RefusedSource(relative, _placed(error, relative))


def _unpacked(sent: Path, root: Path) -> Iterator[RefusedSource]:
    """Unpack a bundle below `root`; yield what is not unpacked."""
    left = _UNPACKED
    with zipfile.ZipFile(sent) as archive:
        members = archive.infolist()
        if len(members) > _FILES:
            message = f"the bundle has {len(members):,} files"
            raise ResourceError(message, hint=f"send several bundles of at most {_FILES:,} files")
        for member in members:
            name = files.printable(member.filename)
            if member.is_dir():
                continue
            path = _place(member, root)
            if path is None:
                yield RefusedSource(name, SourceError("the bundle has an invalid path", where=name))
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as packed, path.open("xb") as file:
                while chunk := packed.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        message = f"the bundle has more than {_UNPACKED // 2**20} MiB when it is unpacked"
                        raise ResourceError(message, where=name, hint="send several bundles")
                    file.write(chunk)


def _place(member: zipfile.ZipInfo, root: Path) -> Path | None:
    """Where a member of a bundle is put; None if its path is not one below `root`, or it is a link."""
    parts = member.filename.split("/")
    is_link = member.create_system == _UNIX and (member.external_attr >> 16) & 0o170000 == _LINK
    is_odd = any(part in ("", ".", "..") or "\\" in part or len(part.encode()) > 200 for part in parts)
    if is_link or is_odd or len(member.filename) > 500 or files.printable(member.filename) != member.filename:
        return None
    path = root.joinpath(*parts)
    return path if path.is_relative_to(root) and not path.exists() else None


def _placed(error: MastheadError, where: str) -> MastheadError:
    """The error with the path in the bundle as its place, instead of one on this machine."""
    return type(error)(error.message, where=where, hint=error.hint)
