"""Reads a file as a version: a source by its reader, a PDF by its structure text."""

from __future__ import annotations

from pathlib import Path

from masthead import formats
from masthead.editing.concordance.alignment import Version
from masthead.editing.places import text_of


def read_version(path: Path) -> Version:
    """Return the version at `path`, named by its language. Raises SourceError if it cannot be read."""
    if path.suffix.lower() == ".pdf":
        from masthead.editing.concordance.printed import read_printed  # slow to import, only for PDFs

        document = read_printed(path)
        return Version.of(document, f"{document.language} (PDF)", is_printed=True, path=str(path))
    data = formats.load(path)
    document, source = formats.parse(data, str(path)), text_of(data, str(path))
    return Version.of(document, str(document.language), path=str(path), source=source)
