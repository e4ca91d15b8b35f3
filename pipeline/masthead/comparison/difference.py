"""What a comparison returns: differences by layer, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from masthead.document import Finding

Box = tuple[float, float, float, float]
"""A region of a page: left, top, right, bottom in points from the top left corner."""

MILLIMETRE = 72 / 25.4


class Layer(StrEnum):
    """What is compared, the cheapest first."""

    BYTES = "bytes"
    STRUCTURE = "structure"
    TEXT = "text"
    BREAKS = "breaks"
    PICTURE = "picture"


class State(StrEnum):
    """What became of a document."""

    PASSED = "passed"
    CHANGED = "changed"
    NEW = "new"
    DELETED = "deleted"


class Operation(StrEnum):
    """What became of the words of an edit."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that stand in both texts, or in one."""

    operation: Operation
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise in the candidate.

    `page` counts from 1 and is the candidate's (the baseline's where the candidate has no such page), None for what is
    of no page. `box` is the region meant, `edits` the word diff, `words` those that the region touches. `tolerated`:
    the tolerance lets it pass, no reader would notice, with eyes, ears or a reading program.
    """

    layer: Layer
    message: str
    page: int | None = None
    box: Box | None = None
    edits: tuple[Edit, ...] = ()
    words: str = ""
    tolerated: bool = False

    @property
    def place(self) -> str:
        """The page and the region, in words and millimetres."""
        page = f"page {self.page}" if self.page else ""
        if self.box is None:
            return page
        left, top, right, bottom = (side / MILLIMETRE for side in self.box)
        return f"{page} at {left:.1f} mm from the left, {top:.1f} from the top, {right - left:.1f} × {bottom - top:.1f}"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What documents are matched by: a symbol (or a file's name, where it has none) and a language (or nothing)."""

    symbol: str
    language: str = ""

    def __str__(self) -> str:
        return f"{self.symbol} {self.language}".strip()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files compared: its hash (SHA-256, hexadecimal) and the number of its pages, 0 if not opened."""

    sha256: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found between a baseline and a candidate; either is None where there is no such document.

    `ignored` are the names of the regions left out, `findings` those of the candidate's preflight that the baseline's
    has not, `accepted` the pages whose differences somebody has approved, `rejected` why somebody rejected it.
    """

    key: Key
    baseline: Side | None
    candidate: Side | None
    differences: tuple[Difference, ...] = ()
    ignored: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    accepted: frozenset[int] = frozenset()
    rejected: str = ""

    @property
    def state(self) -> State:
        if self.baseline is None:
            return State.NEW
        if self.candidate is None:
            return State.DELETED
        return State.CHANGED if self.rejected or self.open else State.PASSED

    @property
    def open(self) -> tuple[Difference, ...]:
        """The differences that somebody has to decide on."""
        return tuple(each for each in self.differences if not each.tolerated and each.page not in self.accepted)

    @property
    def same(self) -> bool:
        """Whether nothing is otherwise that matters."""
        return self.state is State.PASSED

    def of(self, layer: Layer) -> tuple[Difference, ...]:
        """The differences that one layer sees."""
        return tuple(each for each in self.differences if each.layer is layer)
