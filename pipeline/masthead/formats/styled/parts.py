"""Paragraphs that are known by a style, and tables of them: what Word documents and the text of a PDF's pages hold.

`reading.styled` makes documents of them. A form of source that has no keys and no marks of its own reads its text into
these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from masthead.document import Alignment, Role
from masthead.formats.opening_lines import Fact
from masthead.formats.styled.spans import SPACE, Span, first_of, text_of


class ParaKind(Enum):
    """What a paragraph of the text is by its style; TEXT leaves it to its words."""

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
    """A picture in a paragraph: the name of its file and its bytes, and the text that stands for it."""

    name: str
    data: bytes
    alternative: str


@dataclass(slots=True)
class Para:
    """A paragraph that holds something, the one of that `number` in its source.

    `level` is that of a heading or the degree of a sub-paragraph. `contents` says that it belongs to a table of
    contents down to that level. `literal` says that a mark before the text ends with a TAB, and that what looks like a
    mark and does not is text.
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
        """Its characters from the first that is seen: its mark, a TAB behind it."""
        return text_of(self.spans).lstrip(SPACE)

    @property
    def first(self) -> Span:
        """The span that this text begins in."""
        return first_of(self.spans)

    @property
    def is_literal(self) -> bool:
        """Whether no mark stands before the text, unless it ends with a TAB."""
        return self.literal or self.first.literal


@dataclass(slots=True)
class StyledCell:
    """A cell from `column` on over so many columns. `merged` says that it goes on with the cell above it."""

    column: int
    columns: int
    parts: list[Para | StyledTable]
    merged: bool = False
    at_bottom: bool = False
    alignment: Alignment = Alignment.START


@dataclass(slots=True)
class StyledRow:
    """A row. `spaces` says that it is room between others, of a height and nothing else."""

    cells: list[StyledCell]
    heads: bool = False
    spaces: bool = False


@dataclass(slots=True)
class StyledTable:
    """A table: `number` is the place of the paragraph behind which it stands, `alignments` what it says of columns."""

    number: int
    columns: int
    alignments: tuple[Alignment, ...] = ()
    is_box: bool = False
    rows: list[StyledRow] = field(default_factory=list)

    def paragraphs(self) -> Iterator[Para]:
        """Every paragraph in the cells, those of tables in them included."""
        return paragraphs(part for row in self.rows for cell in row.cells for part in cell.parts)


StyledPart = Para | StyledTable


def paragraphs(parts: Iterable[StyledPart]) -> Iterator[Para]:
    """Every paragraph of `parts`, those of tables included."""
    for part in parts:
        yield from part.paragraphs() if isinstance(part, StyledTable) else (part,)
