"""Documents into sources: `write(document, suffix)` is the counterpart of `masthead.reading`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from masthead.errors import SourceError
from masthead.model import Document
from masthead.writing import markdown

WRITERS: Mapping[str, Callable[[Document], str]] = {
    ".md": markdown.write,
}


def write(document: Document, suffix: str) -> str:
    """Return `document` in the form of files that end in `suffix`; reading it gives an equal document.

    Raises SourceError where there is no such form, or it cannot hold a text of the document.
    """
    writer = WRITERS.get(suffix.lower())
    if writer is None:
        raise SourceError(
            f"no writer for files that end in {suffix or 'nothing'}",
            hint=f"documents are written to {', '.join(WRITERS)}",
        )
    return writer(document)
