"""The entrance to preflight: bytes are checked in this process, files of unknown origin in a process of their own."""

from __future__ import annotations

import os
from pathlib import Path

from masthead.document import Document
from masthead.preflight import isolation, profiles
from masthead.preflight.profiles import DEFAULT, Profile
from masthead.preflight.verdict import Report, judge
from masthead.typesetting import Pdf, PdfSource


def check(pdf: PdfSource, document: Document | None = None, *, profile: Profile | str = DEFAULT) -> Report:
    """Check a PDF by every rule of `profile`, or of the profile of that name; `document` is what it should show.

    A Pdf or bytes are read in this process. A file at a path may come from anywhere: it is read in a process of its
    own, with limits of time and memory. Raises SourceError if the file cannot be checked.
    """
    rules = profiles.of_organization(profiles.profile(profile) if isinstance(profile, str) else profile)
    if isinstance(pdf, str | os.PathLike):
        return isolation.judge(Path(pdf), document, rules)
    return judge(Pdf.load(pdf).data, document, rules)
