"""Documents into sources: `write(document, suffix)` is the counterpart of `masthead.reading`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from masthead.errors import SourceError
from masthead.model import Document

# Modules by suffix, each with a `write` from a Document to the file's text; imported when they are asked for.
WRITERS: Mapping[str, str] = {
    ".md": "markdown",
    ".html": "html",
    ".txt": "text",
}


def write(document: Document, suffix: str) -> str:
    """Return `document` in the form of files that end in `suffix`; reading it gives an equal document.

    Raises SourceError where there is no such form, or it cannot hold a text of the document.
    """
    module = WRITERS.get(suffix.lower())
    if module is None:
        raise SourceError(
            f"no writer for files that end in {suffix or 'nothing'}",
            hint=f"documents are written to {', '.join(WRITERS)}",
        )
    writer: Callable[[Document], str] = import_module(f"{__name__}.{module}").write
    return writer(document)
