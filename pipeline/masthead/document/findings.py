"""Findings: what is wrong with a result, as values. Readers, preflight and lint all return these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Rectangle = tuple[float, float, float, float]
"""A region of a page: left, top, right, bottom, in points from the top left corner."""


class Severity(StrEnum):
    """How much a finding weighs. Only an error makes a command exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that looks wrong.

    `rule` is the identifier of the rule that found it, `page` the page counted from 1 (None for the whole document),
    `where` the place in the source or on the page, in words, `hint` how to put it right. `box` is the region of the
    page that is meant.
    """

    rule: str
    severity: Severity
    message: str
    page: int | None = None
    where: str = ""
    hint: str = ""
    box: Rectangle | None = None
