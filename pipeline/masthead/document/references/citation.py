"""Citations as values: what a text refers to, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is referred to. The comments give examples of the `value` of a citation of each kind."""

    DOCUMENT = "document"  # symbols: A/71/119, A/RES/64/293, A/DEC/64/555
    DATE = "date"  # ISO 8601, with as much as the text says: 2017-07-06, --05-03, 2017-07
    SESSION = "session"  # 72, or 2017 for sessions named by year
    MEETING = "meeting"  # 40
    AGENDA_ITEM = "agenda item"  # 21(2)
    PARAGRAPH = "paragraph"  # 7, or 7(1) for its first subparagraph
    ARTICLE = "article"  # 7
    ANNEX = "annex"  # 2, or empty for the only annex
    TABLE = "table"  # 1
    FIGURE = "figure"  # 1
    TREATY = "treaty"  # volume and number in the Treaty Series: 2225/39574
    TARGET = "target"  # target of the Sustainable Development Goals: 5.2
    GOAL = "goal"  # 5
    SECTION = "section"  # 2, for a heading of level 1
    NOTE = "note"  # 4, or * for a note with an asterisk: both calls, and mentions in the text


@dataclass(frozen=True, slots=True)
class Citation:
    """Something that is referred to. `kind` and `value` are the same in every language."""

    kind: Kind
    value: str

    def __str__(self) -> str:
        return f"{self.kind} {self.value}".rstrip()

    @property
    def in_full(self) -> str:
        """The citation for human readers, with its kind: `document A/71/119`."""
        return str(self) if self.kind is Kind.DOCUMENT else self.in_words

    @property
    def in_words(self) -> str:
        """The citation for human readers: `paragraph 7 (a)`, `A/71/119`."""
        if self.kind is Kind.DOCUMENT:
            return self.value
        number, _, ordinal = self.value.rstrip(")").partition("(")
        is_lettered = self.kind in (Kind.PARAGRAPH, Kind.AGENDA_ITEM) and ordinal
        return f"{self.kind} {number} ({letter(int(ordinal))})" if is_lettered else str(self)


def letter(ordinal: int) -> str:
    """Return the letter of a subparagraph for messages, where it is the same in every language; after z, a number."""
    return chr(ord("a") + ordinal - 1) if ordinal <= 26 else str(ordinal)


@dataclass(frozen=True, slots=True)
class Found:
    """A citation and its place in a text: the characters from `start` to `end`."""

    citation: Citation
    start: int
    end: int

    @property
    def is_call(self) -> bool:
        """Whether the citation is a note call, which has no characters in the text."""
        return self.citation.kind is Kind.NOTE and self.start == self.end
