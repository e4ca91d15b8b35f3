"""Paragraphs with styles, and tables of them: the form into which Word documents and printed texts are read first.

`composition` turns them into a Document. A new form of source without keys and without markup should use it as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from masthead.document import Alignment, FigureKind, Fit, Layout, Role, RowKind
from masthead.formats.opening_lines import Fact
from masthead.formats.styled.spans import SPACE, Span, first_of, text_of


class ParaKind(Enum):
    """What a paragraph is by its style. TEXT leaves the decision to its words."""

    TEXT = auto()
    HEADING = auto()
    ITEM = auto()
    TAIL = auto()  # the text after subparagraphs that ends their paragraph
    ORNAMENT = auto()
    CONTINUED = auto()  # a later paragraph of a subparagraph
    CAPTION = auto()
    UNIT = auto()
    REMARK = auto()
    TABLE_NOTE = auto()
    LAYOUT = auto()
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
    """A picture in a paragraph: the name and the bytes of its file, and its alternative text.

    `width` is in points, 0 for the width of the text. `kind` is what it shows, `words` what of it is known as text.
    A picture without a name is one that the source shows but does not hold: its frame has the `height`, in points.
    """

    name: str
    data: bytes
    alternative: str
    width: int = 0
    kind: FigureKind = FigureKind.PICTURE
    words: str = ""
    height: int = 120

    @property
    def is_lost(self) -> bool:
        """Whether the source does not hold it."""
        return not self.name


LOST_PICTURE = EmbeddedPicture("", b"", "")
"""Where a source shows that there is a picture, but does not hold it."""


@dataclass(slots=True)
class Para:
    """A paragraph that is not empty. `number` is its place in the source: a line, or the count of paragraphs.

    `level` is that of a heading, or the degree of a subparagraph. `contents` says that the paragraph belongs to a
    table of contents down to that level. `literal` says that only a TAB ends a mark before the text. `layout` is that
    of the parts after it, `fit` how it was fitted to its page by hand. `room` is what is between it and the paragraph
    before it, in twentieths of a point, None if that is not known.
    """

    number: int
    kind: ParaKind | Fact
    spans: list[Span]
    level: int = 0
    role: Role | None = None
    pictures: tuple[EmbeddedPicture, ...] = ()
    contents: int | None = None
    literal: bool = False
    layout: Layout | None = None
    fit: Fit = field(default_factory=Fit)
    room: int | None = None

    @property
    def text(self) -> str:
        """Its characters from the first visible one on, including any mark and the TAB after it."""
        return text_of(self.spans).lstrip(SPACE)

    @property
    def is_filled(self) -> bool:
        """Whether it is more than vertical space."""
        return bool(self.spans or self.pictures) or self.contents is not None or self.layout is not None

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
    """A cell that covers `columns` from `column` on. `merged` says that it continues the cell above it.

    The table reader counts its `rows`.
    """

    column: int
    columns: int
    parts: list[Para | StyledTable]
    merged: bool = False
    at_bottom: bool = False
    alignment: Alignment = Alignment.START
    rows: int = 1


@dataclass(slots=True)
class StyledRow:
    """A row of a table. `heads` marks a row of the head, `spaces` a row that only makes vertical space.

    `indent` is a length or a number of steps, `ruled` says that there is a rule above the row.
    """

    cells: list[StyledCell]
    heads: bool = False
    spaces: bool = False
    kind: RowKind = RowKind.ITEM
    indent: int = 0
    ruled: bool = False


@dataclass(slots=True)
class StyledTable:
    """A table after the paragraph `number`. `alignments` are those of its columns, if the table states them.

    `widths`, `gutters`, `top`, `inset`, `leading`, `whole` and `indent` are those of the model; a gutter is after a
    column, counted from 1. `framed` says that there may be lines at its sides, `boxed` that they are all around it, so
    that it is in a box.
    """

    number: int
    columns: int
    alignments: tuple[Alignment, ...] = ()
    is_box: bool = False
    widths: tuple[int, ...] = ()
    gutters: tuple[int, ...] = ()
    top: bool = False
    inset: bool = False
    leading: int = 0
    whole: bool = False
    indent: int = 0
    framed: bool = True
    boxed: bool = False
    rows: list[StyledRow] = field(default_factory=list)

    def paragraphs(self) -> Iterator[Para]:
        """Yield the paragraphs in all cells, including those of nested tables."""
        return paragraphs(part for row in self.rows for cell in row.cells for part in cell.parts)


StyledPart = Para | StyledTable


def paragraphs(parts: Iterable[StyledPart]) -> Iterator[Para]:
    """Yield the paragraphs of `parts`, including those of tables."""
    for part in parts:
        yield from part.paragraphs() if isinstance(part, StyledTable) else (part,)
