"""The entrance to preflight: bytes are checked in this process, files of unknown origin in a process of their own."""

from __future__ import annotations

from pathlib import Path

from masthead.document import Document
from masthead.preflight import isolation
from masthead.preflight.profiles import DEFAULT, Profile
from masthead.preflight.verdict import Report, judge


def check(pdf: bytes | Path, document: Document | None = None, *, profile: Profile = DEFAULT) -> Report:
    """Check a PDF by every rule of `profile`; `document` is what it should show, if that is known.

    Bytes are read in this process. A file is of unknown origin: it is read in a process of its own, with limits of
    time and memory. Raises SourceError if the file cannot be checked.
    """
    if isinstance(pdf, Path):
        return isolation.judge(pdf, document, profile)
    return judge(pdf, document, profile)
