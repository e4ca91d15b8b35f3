"""Sources into documents: `read(source)` chooses the reader by the file's suffix.

A reader is a module here whose `read` is a pure function from a file's bytes and its name, which errors and findings
give as their place, to a Document. A new form is a new entry in READERS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from masthead.document import Document, ResourceError, SourceError, garbage

Reader = Callable[[bytes, str], Document]

# Modules by suffix: each brings libraries of its own, which only who reads that form waits for.
READERS: Mapping[str, str] = {
    ".txt": "transcript.reader",
    ".docx": "word.reader",
    ".md": "markdown.reader",
    ".akn": "akoma_ntoso.reader",
    ".xml": "akoma_ntoso.reader",
}

LIMIT = 8 * 2**20  # bytes; a document of 250 pages has one million


def read(source: Path) -> Document:
    """Read the document at `source`.

    Raises SourceError, with file and line, where it cannot be read, and ResourceError where it is larger than LIMIT.
    """
    _reader(source)  # before the file is opened
    return parse(load(source), str(source))


@garbage.put_off()
def parse(data: bytes, name: str) -> Document:
    """Read the document that `data` is, the bytes of a file of that name. Raises SourceError."""
    return _reader(Path(name))(data, name)


def load(source: Path) -> bytes:
    """Return the bytes of the file. Raises SourceError where it cannot be opened, ResourceError beyond LIMIT."""
    try:
        with source.open("rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise SourceError(
            f"the source cannot be opened: {(error.strerror or 'unknown').lower()}",
            where=str(source),
            hint="check the path and its permissions",
        ) from None
    if len(data) > LIMIT:
        raise ResourceError(
            f"the source is larger than {LIMIT // 2**20} MiB",
            where=str(source),
            hint="divide it into several documents",
        )
    return data


def _reader(source: Path) -> Reader:
    module = READERS.get(source.suffix.lower())
    if module is None:
        raise SourceError(
            f"no reader for files that end in {source.suffix or 'nothing'}",
            where=str(source),
            hint=f"sources end in {', '.join(sorted(READERS))}",
        )
    reader: Reader = import_module(f"masthead.formats.{module}").read
    return reader
