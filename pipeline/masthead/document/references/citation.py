"""What a text refers to, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is referred to. The comment beside each shows how a value of it is written."""

    DOCUMENT = "document"  # its symbol: A/71/119, A/RES/64/293, A/DEC/64/555
    DATE = "date"  # ISO 8601, cut where the text says less: 2017-07-06, --05-03, 2017-07
    SESSION = "session"  # 72; by year, 2017
    MEETING = "meeting"  # 40
    AGENDA_ITEM = "agenda item"  # 21(2)
    PARAGRAPH = "paragraph"  # 7, and 7(1) for its first sub-paragraph
    ARTICLE = "article"  # 7
    ANNEX = "annex"  # 2; empty where it is the only one
    TABLE = "table"  # 1
    FIGURE = "figure"  # 1
    TREATY = "treaty"  # volume and number of the Treaty Series: 2225/39574
    TARGET = "target"  # of the Sustainable Development Goals: 5.2
    GOAL = "goal"  # 5
    SECTION = "section"  # 2, a heading of the first level
    NOTE = "note"  # 4, and * for a note with an asterisk: its call, or its name in the text


@dataclass(frozen=True, slots=True)
class Citation:
    """Something referred to: the same `kind` and `value` in every language."""

    kind: Kind
    value: str

    def __str__(self) -> str:
        return f"{self.kind} {self.value}".rstrip()

    @property
    def in_full(self) -> str:
        """For people, with what it is: `document A/71/119`."""
        return str(self) if self.kind is Kind.DOCUMENT else self.in_words

    @property
    def in_words(self) -> str:
        """For people: `paragraph 7 (a)`, `A/71/119`."""
        if self.kind is Kind.DOCUMENT:
            return self.value
        number, _, ordinal = self.value.rstrip(")").partition("(")
        is_lettered = self.kind in (Kind.PARAGRAPH, Kind.AGENDA_ITEM) and ordinal
        return f"{self.kind} {number} ({letter(int(ordinal))})" if is_lettered else str(self)


def letter(ordinal: int) -> str:
    """The letter of a sub-paragraph in words about a document, the same in every language; a number beyond z."""
    return chr(ord("a") + ordinal - 1) if ordinal <= 26 else str(ordinal)


@dataclass(frozen=True, slots=True)
class Found:
    """A citation and where it stands in a text: the characters from `start` to `end`."""

    citation: Citation
    start: int
    end: int

    @property
    def is_call(self) -> bool:
        """Whether it is the call of a note, which takes no place in the text."""
        return self.citation.kind is Kind.NOTE and self.start == self.end
