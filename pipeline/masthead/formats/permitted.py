"""What no form may hold: characters that reading refuses, or that would not come back."""

from __future__ import annotations

from masthead.document import Document, SourceError
from masthead.formats.source import FORBIDDEN


def permitted(text: str, document: Document) -> str:
    """Return `text` of the document. Raises SourceError for a character that no source may hold."""
    if found := FORBIDDEN.search(text):
        raise SourceError(
            f"character U+{ord(found[0]):04X} cannot be written",
            where=str(document.symbol),
            hint="take it out of the text",
        )
    return text
