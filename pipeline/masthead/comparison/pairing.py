"""Which baseline belongs to which candidate: by symbol and language, whatever the files are called."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from masthead.comparison.contents import sha256
from masthead.comparison.difference import Key
from masthead.document import Language, SourceError

NAME = re.compile(rf"(?P<symbol>.+)\.(?P<language>{'|'.join(Language)})")


@dataclass(frozen=True, slots=True)
class Copy:
    """A PDF that can be had: what it is called, its hash, and how to read it when it is needed."""

    name: str
    sha256: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Pair:
    """What belongs together; one side is None where a document is new or deleted."""

    key: Key
    baseline: Copy | None
    candidate: Copy | None


def single(baseline: Path, candidate: Path) -> Pair:
    """Two files to be compared, whatever documents they are. Raises SourceError."""
    old, new = copies(baseline)[0], copies(candidate)[0]
    return Pair(identify(new.read(), new.name), old, new)


def copies(place: Path) -> tuple[Copy, ...]:
    """The PDF at `place`, or all PDFs in the folder and below it. Raises SourceError where there is no such place."""
    if not place.exists():
        raise SourceError("there is no such file or folder", where=str(place))
    paths = [place] if place.is_file() else sorted(path for path in place.rglob("*.pdf") if path.is_file())
    root = place.parent if place.is_file() else place
    return tuple(_copy(path, str(path.relative_to(root))) for path in paths)


def _copy(path: Path, name: str) -> Copy:
    digest = sha256(_read(path))
    return Copy(name, digest, _Reading(path, digest))


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reads a file again, if it is still what it was: what is approved must be what was seen."""

    path: Path
    sha256: str

    def __call__(self) -> bytes:
        data = _read(self.path)
        if sha256(data) != self.sha256:
            raise SourceError("the file has changed since it was compared", where=str(self.path), hint="compare again")
        return data


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"the file cannot be read: {error.strerror}", where=str(path)) from error


def identify(pdf: bytes, name: str) -> Key:
    """The symbol and the language that a PDF bears in its metadata; else what its file's name says."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
        xmp = reader.xmp_metadata
        symbol = (xmp.dc_identifier or "") if xmp else ""
        language = str(reader.root_object.get("/Lang", ""))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        symbol = language = ""
    return Key(symbol, language) if symbol else named(name)


def producer(pdf: bytes) -> str:
    """The program that a PDF says has made it, with its version."""
    try:
        metadata = PdfReader(io.BytesIO(pdf)).metadata
        return metadata.producer or "" if metadata else ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def named(name: str) -> Key:
    """What the name of a file says: `E_RES_2017_18.ar.pdf`."""
    stem = Path(name).stem
    parts = NAME.fullmatch(stem)
    return Key(parts["symbol"].replace("_", "/"), parts["language"]) if parts else Key(stem)


def pair(baselines: Iterable[Copy], candidates: Iterable[Copy]) -> Iterator[Pair]:
    """Match the two. What has the same name and the same bytes need not be read, so it is matched by name.

    Raises SourceError where two files on one side are the same document.
    """
    old, new = {copy.name: copy for copy in baselines}, {copy.name: copy for copy in candidates}
    for name in sorted(old.keys() & new.keys()):
        if old[name].sha256 == new[name].sha256:
            yield Pair(named(name), old.pop(name), new.pop(name))
    before, after = _by_key(old.values()), _by_key(new.values())
    for key in sorted(before.keys() | after.keys()):
        yield Pair(key, before.get(key), after.get(key))


def _by_key(found: Iterable[Copy]) -> dict[Key, Copy]:
    keyed: dict[Key, Copy] = {}
    for copy in found:
        key = identify(copy.read(), copy.name)
        if key in keyed:
            raise SourceError(
                f"two files are the document {key}", where=copy.name, hint=f"the other is {keyed[key].name}"
            )
        keyed[key] = copy
    return keyed
