"""The forms of documents: a table of file suffixes, and functions that read and write a document by suffix.

A form is a package in this directory. Its `reader.read` takes the bytes and the name of a file and returns a Document;
the name is the place in errors and findings. Its `writer.write` takes a Document and returns text or bytes. Both are
pure functions. A new form is a new entry in FORMS. If its files are not text, its reader also has `paragraphs_of`,
by which `origin` finds a place in them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from masthead.document import Document, Organization, SourceError, garbage, model, organizations
from masthead.formats.numbering import NumberPlace
from masthead.formats.source import load


class FileFormat(NamedTuple):
    """A file format: its package, whether that has a reader and a writer, and whether its files are text."""

    package: str
    is_read: bool = True
    is_written: bool = True
    is_text: bool = True


# The forms by suffix. Packages are imported on first use, as each brings slow libraries that other forms do not need.
FORMS: Mapping[str, FileFormat] = {
    ".docx": FileFormat("word", is_text=False),
    ".md": FileFormat("markdown"),
    ".akn": FileFormat("akoma_ntoso"),
    ".xml": FileFormat("akoma_ntoso"),
    ".html": FileFormat("html", is_read=False),  # no source is written in HTML
    ".txt": FileFormat("transcript"),
}
READABLE = tuple(sorted(suffix for suffix, form in FORMS.items() if form.is_read))
"""The suffixes of files that `read` accepts."""
WRITABLE = tuple(suffix for suffix, form in FORMS.items() if form.is_written)
"""The suffixes that `render` accepts."""

_SAVED_AS_WORD = (".doc", ".rtf", ".odt", ".docm", ".dotx", ".wpd")
_SHOWING = (".md", ".html")
"""The suffixes of files that can hold a document with revisions. Word has tracked changes: `write_tracked`."""

_SHORT = 200_000  # bytes: some fifty pages
_RECENT = 8  # documents
_OTHERS = (b"![", b"<!-- include: ", b"img")
"""In sources that may name other files: what they read as depends on those too."""
_Key = tuple[Organization, str, bytes]
_recent: dict[_Key, Document] = {}
_lock = threading.Lock()


def read(source: str | os.PathLike[str]) -> Document:
    """Read the document in the file at the path `source`.

    Raises SourceError, with file and line, when it cannot be read, and ResourceError when it exceeds MAX_BYTES.
    """
    source = Path(source)
    _check_readable(source)  # before the file is opened
    return parse(load(source), str(source))


@garbage.gc_deferred()
def parse(data: bytes, name: str) -> Document:
    """Read a document from `data`, the contents of a file called `name`. Raises SourceError."""
    suffix = _check_readable(Path(name))
    reader: Callable[[bytes, str], Document] = part(suffix, "reader").read
    document = reader(data, name)
    _remember(document, data, name)
    return document


def parse_attached(data: bytes, name: str) -> Document:
    """Do what `parse` does for a source attached to a PDF, but do not read again what was read a moment before.

    The Markdown that Masthead writes is attached as it is, and preflight reads it. The variants of an edition have the
    same sources too. The findings of the document may name the file that was read before.
    """
    return _recent.get(_key(data, name)) or parse(data, name)


def _key(data: bytes, name: str) -> _Key:
    return organizations.current(), Path(name).suffix.lower(), data


def _remember(document: Document, data: bytes, name: str) -> None:
    if len(data) < _SHORT and not any(sign in data for sign in _OTHERS):
        with _lock:
            _recent[_key(data, name)] = document
            while len(_recent) > _RECENT:
                del _recent[next(iter(_recent))]


def read_numbers(data: bytes, name: str) -> tuple[Document, list[NumberPlace]]:
    """Return the document in a Markdown file, and the places of its numbers.

    Raises SourceError, also for other forms.
    """
    if Path(name).suffix.lower() != ".md":
        hint = "convert it first: masthead convert X -o X.md"
        raise SourceError("only Markdown can be renumbered", where=name, hint=hint)
    found: tuple[Document, list[NumberPlace]] = part(".md", "reader").read_with_numbers(data, name)
    return found


def paragraphs_of(data: bytes, name: str) -> dict[str, str]:
    """Return the text of each paragraph of a file by its place in words; none of a form that is text.

    Raises SourceError.
    """
    form = FORMS.get(suffix := Path(name).suffix.lower())
    if form is None or form.is_text:
        return {}
    found: dict[str, str] = part(suffix, "reader").paragraphs_of(data, name)
    return found


def render(document: Document, suffix: str) -> bytes:
    """Return the contents of a file with this suffix that holds `document`; reading them gives an equal document.

    Raises SourceError when no form has this suffix, or when the form cannot hold some text of the document.
    """
    if suffix.lower() not in WRITABLE:
        hint = f"documents are written to {', '.join(WRITABLE)}"
        raise SourceError(f"no writer for files {f'that end in {suffix}' if suffix else 'without a suffix'}", hint=hint)
    if suffix.lower() not in _SHOWING and model.has_revisions(document):
        hint = f"write it to {' or '.join(_SHOWING)}; masthead redline writes Word files with tracked changes"
        raise SourceError(f"{suffix} cannot show two versions of a text", where=str(document.symbol), hint=hint)
    writer: Callable[[Document], str | bytes] = part(suffix.lower(), "writer").write
    written = writer(document)
    return written if isinstance(written, bytes) else written.encode()


def write(document: Document, suffix: str) -> str:
    """Return what `render` returns as text, for forms that are text. Raises SourceError."""
    return render(document, suffix).decode()


def _check_readable(source: Path) -> str:
    suffix = source.suffix.lower()
    if suffix not in READABLE:
        hint = f"sources end in {', '.join(READABLE)}; convert and redline also read PDFs that Masthead made"
        if suffix == ".pdf":
            hint = f"make a text of it: pdftotext -layout -enc UTF-8 {source.name} {source.stem}.txt"
        elif suffix in _SAVED_AS_WORD:
            hint = "open it in Word or LibreOffice and save it as .docx"
        kind = f"files that end in {suffix}" if suffix else "folders" if source.is_dir() else "files without a suffix"
        raise SourceError(f"no reader for {kind}", where=str(source), hint=hint)
    return suffix


def import_form(suffix: str) -> None:
    """Import what reads and writes the form with this suffix, before it is first used."""
    for name in ("reader", "writer"):
        part(suffix, name)


def part(suffix: str, name: str) -> Any:
    """Return the module `name` (`reader` or `writer`) of the form with this suffix."""
    return import_module(f"masthead.formats.{FORMS[suffix].package}.{name}")
