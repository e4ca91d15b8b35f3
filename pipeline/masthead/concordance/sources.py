"""A file into a version: a source by its reader, a PDF by its structure text."""

from __future__ import annotations

from pathlib import Path

from masthead.concordance.alignment import Version
from masthead.reading import read
from masthead.reading.source import decode


def read_version(path: Path) -> Version:
    """Return the version at `path`, named by its language. Raises SourceError where it cannot be read."""
    if path.suffix.lower() == ".pdf":
        from masthead.concordance.printed import read_printed

        document = read_printed(path)
        return Version.of(document, f"{document.language} (PDF)", is_printed=True, path=str(path))
    document = read(path)
    source = decode(path.read_bytes(), str(path), page_ends=True)
    return Version.of(document, str(document.language), path=str(path), source=source)
