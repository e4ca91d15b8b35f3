"""A PDF judged: bytes in this process, a file of unknown origin in a process of its own."""

from __future__ import annotations

from pathlib import Path

from masthead.document import Document
from masthead.preflight import isolation
from masthead.preflight.rulebook import judge
from masthead.preflight.verdict import DEFAULT, Profile, Report


def check(pdf: bytes | Path, document: Document | None = None, *, profile: Profile = DEFAULT) -> Report:
    """Judge a PDF by every rule of `profile`; `document` is what it should show, where that is known.

    Bytes are read in this process. A file is of unknown origin: it is read in a process of its own, within limits of
    time and memory. Raises SourceError when there is nothing that can be judged.
    """
    if isinstance(pdf, Path):
        return isolation.judge(pdf, document, profile)
    return judge(pdf, document, profile)
