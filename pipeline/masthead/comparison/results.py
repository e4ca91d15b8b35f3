"""What a comparison returns: differences by layer, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from masthead.document import Finding, Rectangle

MILLIMETRE = 72 / 25.4


class Layer(StrEnum):
    """What is compared, the cheapest first."""

    BYTES = "bytes"
    STRUCTURE = "structure"
    TEXT = "text"
    BREAKS = "breaks"
    PICTURE = "picture"


class State(StrEnum):
    """The result for a document."""

    PASSED = "passed"
    CHANGED = "changed"
    NEW = "new"
    DELETED = "deleted"


class EditOperation(StrEnum):
    """What happened to the words of an edit."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Words that are in both texts, or only in one."""

    operation: EditOperation
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is different in the candidate.

    `page` counts from 1 and is the candidate's (the baseline's if the candidate has no such page); None if the
    difference is not on a page. `pages` are all pages of a difference that is on several. `box` is the region
    concerned, `edits` the word diff, `words` those that the region touches. `tolerated` differences are those that no
    reader would notice, with eyes, ears or a reading program. One that `follows` is the consequence of another one of
    the document, which there is to decide on: what an inserted paragraph has pushed down, how a changed word looks.
    """

    layer: Layer
    message: str
    page: int | None = None
    box: Rectangle | None = None
    edits: tuple[TextEdit, ...] = ()
    words: str = ""
    tolerated: bool = False
    follows: bool = False
    pages: tuple[int, ...] = ()

    @property
    def on_pages(self) -> tuple[int, ...]:
        """All pages that it is on; none if it is not on a page."""
        return self.pages or ((self.page,) if self.page else ())

    @property
    def place(self) -> str:
        """The page and the region, in words and millimetres."""
        page = f"page {self.page}" if self.page else ""
        if len(self.pages) > 1:
            ends = "and" if len(self.pages) == 2 else "to"
            return f"{len(self.pages)} pages, {self.pages[0]} {ends} {self.pages[-1]}"
        if self.box is None:
            return page
        left, top, right, bottom = (side / MILLIMETRE for side in self.box)
        return f"{page} at {left:.1f} mm from the left, {top:.1f} from the top, {right - left:.1f} × {bottom - top:.1f}"


@dataclass(frozen=True, slots=True, order=True)
class DocumentKey:
    """What documents are matched by: a symbol (without one, the name of the file) and a language (or nothing)."""

    symbol: str
    language: str = ""

    def __str__(self) -> str:
        return f"{self.symbol} {self.language}".strip()


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files compared: its SHA-256 in hexadecimal, and its number of pages (0 if it was not opened)."""

    sha256: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences between a baseline and a candidate; one of them is None for a new or deleted document.

    `ignored` are the names of the regions left out, `findings` those of preflight in the candidate but not in the
    baseline, `accepted` the pages whose differences somebody has approved, `rejected` the reason for a rejection.
    `homes` has the pages of the candidate that have another number in the baseline, each with that; 0 if it is new.
    """

    key: DocumentKey
    baseline: Side | None
    candidate: Side | None
    differences: tuple[Difference, ...] = ()
    ignored: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    accepted: frozenset[int] = frozenset()
    rejected: str = ""
    homes: tuple[tuple[int, int], ...] = ()

    @property
    def state(self) -> State:
        if self.baseline is None:
            return State.NEW
        if self.candidate is None:
            return State.DELETED
        return State.CHANGED if self.rejected or self.open else State.PASSED

    @property
    def open(self) -> tuple[Difference, ...]:
        """The differences that somebody has to decide on, with those of their pages that are not accepted."""
        return tuple(filter(None, map(self.undecided, self.differences)))

    def undecided(self, difference: Difference) -> Difference | None:
        """Return what there is to decide on in a difference: None if it is nothing, or all its pages are accepted."""
        if difference.tolerated or difference.follows:
            return None
        pages = difference.pages or (difference.page,)
        rest = tuple(page for page in pages if page not in self.accepted)
        if len(rest) in (0, len(pages)):
            return difference if rest else None
        box = difference.box if rest[0] == difference.page else None
        return replace(difference, page=rest[0], pages=tuple(page for page in rest if page), box=box)

    @property
    def same(self) -> bool:
        """Whether there is nothing to decide on."""
        return self.state is State.PASSED

    def of(self, layer: Layer) -> tuple[Difference, ...]:
        """Return the differences that one layer found."""
        return tuple(each for each in self.differences if each.layer is layer)
