"""Standard input and output in place of files: `-` as a source or as an output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.document import OrderError, ResourceError

if TYPE_CHECKING:
    from masthead.publication import SourceFile

STREAM = "-"
FROM = "Form of what is read from standard input: md, docx, akn, txt."


def source_file(path: str | Path, form: str = "md") -> SourceFile:
    """Return a source: the file at `path`, or what is read from standard input, which is called `stdin.md`.

    Raises OrderError for an unknown form, SourceError, or ResourceError if it is too large.
    """
    from masthead import formats
    from masthead.publication import SourceFile

    if str(path) != STREAM:
        return SourceFile.load(path)
    suffix = f".{form.lstrip('.')}"
    if suffix not in formats.READABLE:
        known = ", ".join(each.lstrip(".") for each in formats.READABLE)
        raise OrderError(f"unknown form: {form}", hint=f"available forms: {known}")
    data = sys.stdin.buffer.read(formats.MAX_BYTES + 1)
    if len(data) > formats.MAX_BYTES:
        message = f"the source is larger than {formats.MAX_BYTES // 2**20} MiB"
        raise ResourceError(message, where="stdin", hint="divide it into several documents")
    return SourceFile(f"stdin{suffix}", data)


def write(data: bytes) -> None:
    """Write the result to standard output."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
