"""A PDF as a value, and the ways to give one to a function: as a value, as bytes, or by its path."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from masthead.document import Finding, SourceError, files


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF: its bytes, and what typesetting found in it (nothing if it was made elsewhere)."""

    data: bytes
    findings: tuple[Finding, ...] = ()

    @classmethod
    def load(cls, source: PdfSource) -> Pdf:
        """Return `source` as a Pdf; a path is read. Raises SourceError if it cannot be read."""
        if isinstance(source, Pdf):
            return source
        if isinstance(source, bytes):
            return cls(source)
        try:
            return cls(Path(source).read_bytes())
        except IsADirectoryError:
            hint = f"name PDF files: {Path(source)}/*.pdf"
            raise SourceError("this is a folder, not a PDF", where=str(source), hint=hint) from None
        except OSError as error:
            raise SourceError(f"the file cannot be read: {files.reason(error)}", where=str(source)) from error

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the complete file, or nothing. Raises ResourceError."""
        files.save(Path(path), self.data)


PdfSource = Pdf | bytes | str | os.PathLike[str]
"""A PDF as functions take it."""
