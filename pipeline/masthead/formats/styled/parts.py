"""Paragraphs with styles, and tables of them: the form into which Word documents and printed texts are read first.

`composition` turns them into a Document. A new form of source without keys and without markup should use it as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from masthead.document import Alignment, Role
from masthead.formats.opening_lines import Fact
from masthead.formats.styled.spans import SPACE, Span, first_of, text_of


class ParaKind(Enum):
    """What a paragraph is by its style. TEXT leaves the decision to its words."""

    TEXT = auto()
    HEADING = auto()
    ITEM = auto()
    CAPTION = auto()
    TABLE_NOTE = auto()
    CONTENTS = auto()
    PART = auto()
    VOTE_SIDE = auto()
    VOTE_STATES = auto()
    BOX_TITLE = auto()
    CLOSING = auto()
    ANNEX = auto()
    ANNEX_ORIGINAL = auto()
    ANNEX_TITLE = auto()


@dataclass(frozen=True, slots=True)
class EmbeddedPicture:
    """A picture in a paragraph: the name and the bytes of its file, and its alternative text."""

    name: str
    data: bytes
    alternative: str


@dataclass(slots=True)
class Para:
    """A paragraph that is not empty. `number` is its place in the source: a line, or the count of paragraphs.

    `level` is that of a heading, or the degree of a sub-paragraph. `contents` says that the paragraph belongs to a
    table of contents down to that level. `literal` says that only a TAB ends a mark before the text.
    """

    number: int
    kind: ParaKind | Fact
    spans: list[Span]
    level: int = 0
    role: Role | None = None
    pictures: tuple[EmbeddedPicture, ...] = ()
    contents: int | None = None
    literal: bool = False

    @property
    def text(self) -> str:
        """Its characters from the first visible one on, including any mark and the TAB after it."""
        return text_of(self.spans).lstrip(SPACE)

    @property
    def first(self) -> Span:
        """The span in which this text begins."""
        return first_of(self.spans)

    @property
    def is_literal(self) -> bool:
        """Whether the text has no mark, whatever it looks like, unless a TAB ends it."""
        return self.literal or self.first.literal


@dataclass(slots=True)
class StyledCell:
    """A cell that covers `columns` from `column` on. `merged` says that it continues the cell above it."""

    column: int
    columns: int
    parts: list[Para | StyledTable]
    merged: bool = False
    at_bottom: bool = False
    alignment: Alignment = Alignment.START


@dataclass(slots=True)
class StyledRow:
    """A row of a table. `heads` marks a row of the head, `spaces` a row that only makes vertical space."""

    cells: list[StyledCell]
    heads: bool = False
    spaces: bool = False


@dataclass(slots=True)
class StyledTable:
    """A table after the paragraph `number`. `alignments` are those of its columns, if the table states them."""

    number: int
    columns: int
    alignments: tuple[Alignment, ...] = ()
    is_box: bool = False
    rows: list[StyledRow] = field(default_factory=list)

    def paragraphs(self) -> Iterator[Para]:
        """Yield the paragraphs in all cells, including those of nested tables."""
        return paragraphs(part for row in self.rows for cell in row.cells for part in cell.parts)


StyledPart = Para | StyledTable


def paragraphs(parts: Iterable[StyledPart]) -> Iterator[Para]:
    """Yield the paragraphs of `parts`, including those of tables."""
    for part in parts:
        yield from part.paragraphs() if isinstance(part, StyledTable) else (part,)
