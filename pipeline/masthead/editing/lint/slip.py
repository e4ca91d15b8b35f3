"""A slip: a finding of lint with its place in the source."""

from __future__ import annotations

from dataclasses import dataclass

from masthead.document import Severity
from masthead.editing.places import Position


@dataclass(frozen=True, slots=True)
class Slip:
    """What looks wrong in `source`, at `position` where that is certain, else at `place` in words.

    `old` are the characters meant; `fix` is what should stand for them, None where that is not certain.
    """

    rule: str
    severity: Severity
    message: str
    source: str
    place: str = ""
    position: Position | None = None
    hint: str = ""
    old: str = ""
    fix: str | None = None

    @property
    def where(self) -> str:
        """`file:line:column`, as editors follow it; `file` alone where the place is not certain."""
        return f"{self.source}:{self.position.line}:{self.position.column}" if self.position else self.source
