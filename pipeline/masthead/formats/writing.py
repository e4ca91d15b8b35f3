"""Documents into sources: `write(document, suffix)` is the counterpart of `masthead.formats.reading`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from masthead.document import Document, SourceError

# Modules by suffix, each with a `write` from a Document to the file's text or bytes; imported when they are asked for.
WRITERS: Mapping[str, str] = {
    ".docx": "word.writer",
    ".md": "markdown.writer",
    ".akn": "akoma_ntoso.writer",
    ".xml": "akoma_ntoso.writer",
    ".html": "html",
    ".txt": "transcript.writer",
}


def render(document: Document, suffix: str) -> bytes:
    """Return `document` in the form of files that end in `suffix`; reading it gives an equal document.

    Raises SourceError where there is no such form, or it cannot hold a text of the document.
    """
    module = WRITERS.get(suffix.lower())
    if module is None:
        raise SourceError(
            f"no writer for files that end in {suffix or 'nothing'}",
            hint=f"documents are written to {', '.join(WRITERS)}",
        )
    writer: Callable[[Document], str | bytes] = import_module(f"masthead.formats.{module}").write
    written = writer(document)
    return written if isinstance(written, bytes) else written.encode()


def write(document: Document, suffix: str) -> str:
    """Return what `render` does as text, for forms that are text. Raises SourceError."""
    return render(document, suffix).decode()
