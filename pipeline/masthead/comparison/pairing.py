"""Which baseline belongs to which candidate: by symbol and language, whatever the files are called."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pikepdf

from masthead.comparison.results import DocumentKey
from masthead.document import SourceError, files
from masthead.pdf import DAMAGE, parse_packet
from masthead.typesetting import Pdf

_NAME = re.compile(r"(?P<symbol>.+)\.(?P<language>[a-z]{2,3})")


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A PDF that can be read when it is needed: its name, its hash, and the function that reads it."""

    name: str
    sha256: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files of one document; one side is None if the document is new or deleted."""

    key: DocumentKey
    baseline: PdfFile | None
    candidate: PdfFile | None


def single(baseline: Path, candidate: Path) -> Pair:
    """Return two files as a pair, whatever documents they are. Raises SourceError."""
    old, new = pdf_files(baseline)[0], pdf_files(candidate)[0]
    return Pair(identify(new.read(), new.name), old, new)


def pdf_files(place: Path) -> tuple[PdfFile, ...]:
    """Return the PDF at `place`, or all PDFs in that folder and below it. Raises SourceError if there is none."""
    if not place.exists():
        raise SourceError("no such file or folder", where=str(place))
    paths = [place] if place.is_file() else sorted(path for path in place.rglob("*.pdf") if path.is_file())
    root = place.parent if place.is_file() else place
    return tuple(_pdf_file(path, str(path.relative_to(root))) for path in paths)


def _pdf_file(path: Path, name: str) -> PdfFile:
    digest = files.sha256(Pdf.load(path).data)
    return PdfFile(name, digest, partial(_read_unchanged, path, digest))


def _read_unchanged(path: Path, digest: str) -> bytes:
    """Read a file again. What is approved must be what was compared, so a changed file is an error."""
    data = Pdf.load(path).data
    if files.sha256(data) != digest:
        raise SourceError("the file has changed since it was compared", where=str(path), hint="compare again")
    return data


def identify(pdf: bytes, name: str) -> DocumentKey:
    """Return the symbol and language in a PDF's metadata; without a symbol, what the name of its file says."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:  # pypdf would take thirty times as long
            packet = file.Root.get("/Metadata")
            symbol = parse_packet(packet.read_bytes())["dc:identifier"] if isinstance(packet, pikepdf.Stream) else ""
            language = str(file.Root.get("/Lang", ""))
    except DAMAGE:
        symbol = language = ""
    return DocumentKey(symbol, language) if symbol else named(name)


def producer(pdf: bytes) -> str:
    """Return the program that made a PDF, with its version, as the PDF names it."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            return str(file.docinfo.get("/Producer", ""))
    except DAMAGE:
        return ""


def page_count(pdf: bytes) -> int:
    """Return the number of pages; 0 if the file is damaged."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            return len(file.pages)
    except DAMAGE:
        return 0


def named(name: str) -> DocumentKey:
    """Return the symbol and language in the name of a file: `E_RES_2017_18.ar.pdf`."""
    stem = Path(name).stem
    parts = _NAME.fullmatch(stem)
    return DocumentKey(parts["symbol"].replace("_", "/"), parts["language"]) if parts else DocumentKey(stem)


def pair(baselines: Iterable[PdfFile], candidates: Iterable[PdfFile]) -> Iterator[Pair]:
    """Match baselines and candidates. Files with the same name and bytes are matched without reading them.

    Raises SourceError if two files on one side are the same document.
    """
    old, new = {file.name: file for file in baselines}, {file.name: file for file in candidates}
    for name in sorted(old.keys() & new.keys()):
        if old[name].sha256 == new[name].sha256:
            yield Pair(named(name), old.pop(name), new.pop(name))
    before, after = _by_key(old.values()), _by_key(new.values())
    for key in sorted(before.keys() | after.keys()):
        yield Pair(key, before.get(key), after.get(key))


def _by_key(found: Iterable[PdfFile]) -> dict[DocumentKey, PdfFile]:
    keyed: dict[DocumentKey, PdfFile] = {}
    for file in found:
        key = identify(file.read(), file.name)
        if key in keyed:
            hint = f"the other file is {keyed[key].name}; keep one of them"
            raise SourceError(f"two files contain the document {key}", where=file.name, hint=hint)
        keyed[key] = file
    return keyed
