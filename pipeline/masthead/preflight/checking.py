"""The entrance to preflight: bytes are checked in this process, files of unknown origin in a process of their own."""

from __future__ import annotations

import os
from pathlib import Path

from masthead.document import Document, MastheadError
from masthead.pdf import damage_reason
from masthead.preflight import isolation, profiles
from masthead.preflight.profiles import DEFAULT, Profile
from masthead.preflight.verdict import Report, judge
from masthead.typesetting import Pdf, PdfSource


def check(pdf: PdfSource, *documents: Document | None, profile: Profile | str = DEFAULT) -> Report:
    """Check a PDF by every rule of `profile`, or of the profile of that name.

    `documents` are what it should show: one, or those of the two columns of a parallel edition; without any, those
    whose sources are attached.

    A Pdf or bytes are read in this process. A file at a path may come from anywhere: it is read in a process of its
    own, with limits of time and memory. Raises SourceError if the file cannot be checked.
    """
    rules, known = _rules(profile), tuple(filter(None, documents))
    if isinstance(pdf, str | os.PathLike):
        return isolation.judge(Path(pdf), known, rules)
    try:
        return judge(Pdf.load(pdf).data, known, rules)
    except MastheadError:
        raise
    except Exception as error:  # damage can raise any exception, deep inside the readers
        raise isolation.unreadable(damage_reason(error)) from error


def check_made(pdf: Pdf, *documents: Document, profile: str) -> Report:
    """Check a PDF that Masthead has just made: an exception in a rule is a bug then, not damage, and is raised."""
    return judge(pdf.data, documents, _rules(profile), is_ours=True)


def _rules(profile: Profile | str) -> Profile:
    return profiles.of_organization(profiles.profile(profile) if isinstance(profile, str) else profile)
