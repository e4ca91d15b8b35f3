"""Blocks: paragraphs, headings, tables, figures, and the annexes that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from masthead.document.model.inline import Content, Text


class Role(StrEnum):
    """The kind of a paragraph. The first three occur in resolutions, the others in other documents."""

    FORMULA = "formula"  # the enacting formula: "The General Assembly,"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    NUMBERED = "numbered"  # with a number at the margin of the column
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Item:
    """A subparagraph. `ordinal` counts from 1; the locale turns it into a mark, such as `(a)`, by depth of nesting.

    `mark` is the printed mark if it is not that of the locale: `•`, `(i)` in the first degree, empty for none.
    """

    ordinal: int
    content: Content
    items: tuple[Item, ...] = ()
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its subparagraphs. `number` is None if it has no number.

    `tail` is the text after the subparagraphs that ends the same sentence. `mark` is the printed mark of the number
    if it is not that of the locale: `5 bis.`
    `section` is printed before the number where paragraphs are numbered by section or chapter: `10` in `10.1`.
    """

    role: Role
    content: Content
    number: int | None = None
    items: tuple[Item, ...] = ()
    tail: Content = ()
    mark: str | None = None
    section: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote. Its calls in the text are `NoteCall(number, asterisk)`.

    The number is unique in the document. What is printed may be another: `note_series.printed_notes`.
    """

    number: int
    content: Content
    asterisk: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The beginning of a part: of a report, or of a composite resolution, which prints its letter above the title."""

    ordinal: int
    content: Content = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (`I.`) to 6 (`a.`), or a section of a resolution. Without an `ordinal` it has no mark.

    `mark` is the printed mark if it is not that of the locale.
    """

    level: int
    content: Content
    ordinal: int | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Ornament:
    """A sign that parts the text, alone on its line: `*`."""

    content: Content = (Text("*"),)


@dataclass(frozen=True, slots=True)
class Caption:
    """What is above a table or a figure: `Table 10.1`, its title, and below that its unit with its brackets.

    `section` is printed before the number, as for a paragraph.
    """

    title: Content = ()
    ordinal: int | None = None
    section: str = ""
    unit: Content = ()

    def __bool__(self) -> bool:
        return self != Caption()


class Alignment(StrEnum):
    """The alignment of the cells in a column of a table."""

    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is its share of the width of the table, 0 if its content decides.

    The widths of an `inset` table that is wider than the text are in twentieths of a point.

    After a column with a `gutter` there is a double line, as between actual and planned figures.
    """

    alignment: Alignment = Alignment.START
    width: int = 0
    gutter: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, which spans `columns` columns and `rows` rows. ParagraphEnd divides its paragraphs.

    Below its text there may be `figures`, without captions.
    """

    content: Content
    columns: int = 1
    rows: int = 1
    figures: tuple[Figure, ...] = ()


class RowKind(StrEnum):
    """What a row of a table is, which decides its weight and its rules."""

    ITEM = "item"
    GROUP = "group"  # the heading of the rows below it
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the cells that begin in it, its kind, and how many steps its first cell is indented."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.ITEM
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `head` repeats on each page, the first cell of a row is its heading.

    Below it are the `remarks`, lines such as `Source: …` and `Abbreviations: …`, then the lettered `notes`. The cells
    of a row are aligned at the bottom, or at the `top`. An `inset` table begins where the text does and is as wide, or
    reaches to the end of the frame if its columns are wider; others are as wide as the frame. `leading` is the distance
    of its lines in twentieths of a point, 0 for that of the template. A `whole` table stays on one page.
    """

    caption: Caption
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    remarks: tuple[Content, ...] = ()
    notes: tuple[Content, ...] = ()
    top: bool = False
    inset: bool = False
    leading: int = 0
    whole: bool = False

    @property
    def alignments(self) -> tuple[Alignment, ...]:
        return tuple(column.alignment for column in self.columns)


class FigureKind(StrEnum):
    """What a figure shows, which decides its place on the page."""

    PICTURE = "picture"
    CHART = "chart"
    ORGANIZATION = "organization"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (`image/svg+xml`, `image/png` or `image/jpeg`) with a text for those who cannot see it.

    `width` is in points, 0 for the width of the text. The `remarks` and `notes` below it are those of a table.
    """

    picture: bytes
    media_type: str
    alternative: str
    caption: Caption = Caption()
    kind: FigureKind = FigureKind.PICTURE
    width: int = 0
    remarks: tuple[Content, ...] = ()
    notes: tuple[Content, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """Text in a frame, usually a summary. `indent` is how far it is moved by hand, in twentieths of a point."""

    title: Content
    blocks: tuple[Block, ...]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Vote:
    """A recorded vote: the States on each side, as printed."""

    in_favour: tuple[str, ...]
    against: tuple[str, ...] = ()
    abstaining: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents, which lists the headings down to level `depth` and the annexes.

    With `paragraphs` it says which numbered paragraphs are below each heading.
    """

    depth: int = 2
    paragraphs: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How the pages of the blocks after it are laid out, up to the next one or the end of the body or annex.

    An annex that begins with a landscape layout has its heading on that page too. With `new_page` they begin on a new
    page even if their layout is that of the page before.
    """

    landscape: bool = False
    columns: int = 1
    new_page: bool = False


Block = Paragraph | Part | Heading | Ornament | Table | Figure | Box | Vote | Contents | Layout


class AnnexKind(StrEnum):
    """The name of a kind of part after the body. An appendix belongs to the annex before it."""

    ANNEX = "annex"
    APPENDIX = "appendix"
    ENCLOSURE = "enclosure"


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex. `ordinal` is None if it is the only one. `original` is the name of its own original language.

    `mark` is the printed line above the title if it is not that of the locale: `Annex A`, empty for none. In an annex
    with `own_notes`, notes are printed with numbers from 1 again.
    """

    title: Content
    body: tuple[Block, ...]
    ordinal: int | None = None
    original: str = ""
    mark: str | None = None
    kind: AnnexKind = AnnexKind.ANNEX
    own_notes: bool = False
