"""The document model: frozen values, in logical order, independent of how a page looks.

Text is kept as in the source. What a page adds (the marks of paragraphs, subparagraphs and note calls, organ names,
brackets) is not part of the model; it comes from the locale, see `masthead.page.wording`.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from itertools import chain, groupby
from typing import Any, TypeGuard, get_args

from masthead.document import symbols
from masthead.document.findings import Finding
from masthead.document.terms import (
    Digits,
    DocumentType,
    JobNumber,
    Language,
    Organ,
    ResolutionNumber,
    Symbol,
    as_searchable,
)

# --- inline content ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, as in the source."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold text: opening verbs in Arabic."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italic text: opening verbs in other languages, titles of publications."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """Superscript text that calls no note: the ending of an ordinal (`1er`, `2ª`), the power of a unit."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named in the text: `text` as printed, in logical order, and the symbol of the document as `target`.

    The target of `٦٤/٢٩٣` is `A/RES/64/293`; a symbol such as `A/71/119` is its own target. `address` is the link as
    the source has it, empty if it has none or that of the target.
    """

    text: str
    target: Symbol
    address: str = ""

    @property
    def is_symbol(self) -> bool:
        """Whether the text is a symbol, usually that of the target: it is the same in every language."""
        text = as_searchable(self.text)
        return text == str(self.target) or re.fullmatch(symbols.whole(), text) is not None


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """Text with a link to something other than a document of the United Nations: a page, or `#` and a label."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The mark of note `number` in the text. A note may have several calls.

    Notes with an `asterisk` are counted separately: their marks are `*`, `**`.
    """

    number: int
    asterisk: bool = False


@dataclass(frozen=True, slots=True)
class TableNoteCall:
    """The mark of a table's own note, usually a letter. `ordinal` counts from 1."""

    ordinal: int


@dataclass(frozen=True, slots=True)
class PageEnd:
    """The place where a page of the printed original ended, inside a paragraph or at its end."""


@dataclass(frozen=True, slots=True)
class Lowered:
    """Subscript text."""

    text: str


@dataclass(frozen=True, slots=True)
class LineEnd:
    """The place where the author ends a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class ParagraphEnd:
    """The end of a paragraph that is not the last one of a subparagraph, a note, a cell or a title."""


@dataclass(frozen=True, slots=True)
class Tab:
    """The beginning of a column in a paragraph of a note: terms and their explanations are in columns side by side.

    The text up to the next tab, or the end of the paragraph, begins `at` twentieths of a point after the edge of the
    text. A tab is in no emphasis, and no white space is beside it.
    """

    at: int

    @classmethod
    def read(cls, at: str) -> Tab:
        """Return a tab from what a source says of its place. What is not a number is the edge of the text."""
        return cls(int(at) if re.fullmatch(r"[0-9]{1,5}", at) else 0)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a paragraph, a heading or a caption was fitted to its page by hand. It is at the end of what it is about.

    All in twentieths of a point: the distance of its `lines`, 0 for that of the template, and by how much its `letters`
    and what is `above` it are closer than in the template. What is above it may be further apart: that is negative.
    """

    lines: int = 0
    letters: int = 0
    above: int = 0

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Fit:
        """Return a fit from what a source says of its parts. What is not a number says nothing."""
        forms = {"lines": r"\d+", "letters": r"\d+", "above": r"-?\d+"}
        return cls(**{name: int(said[name]) for name, form in forms.items() if re.fullmatch(form, said.get(name, ""))})


class RevisionKind(StrEnum):
    """What a revision does to its text. Text that moves is removed from one place and added at another."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED_HERE = "moved-here"
    MOVED_AWAY = "moved-away"


@dataclass(frozen=True, slots=True)
class Revision:
    """Text that only one of two versions has, in a document that shows both: see `masthead.redline`."""

    kind: RevisionKind
    content: tuple[Inline, ...]


Worded = Text | Raised | Lowered | Reference | Hyperlink
"""The inlines with characters of their own, as `text`."""
Inline = Worded | Strong | Emphasis | Revision | NoteCall | TableNoteCall | PageEnd | LineEnd | ParagraphEnd | Tab | Fit
Content = tuple[Inline, ...]
_INLINES = frozenset(get_args(Inline))

# --- blocks -----------------------------------------------------------------------------------------------------------


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


# --- the document -----------------------------------------------------------------------------------------------------


class Pagination(StrEnum):
    """Whether pages end where those of the printed original did (SOURCE), or where they are full (FLOW)."""

    SOURCE = "source"
    FLOW = "flow"


class LineBreaking(StrEnum):
    """Whether each line holds what it can, as print has it, or the spaces of a paragraph are as even as they can be.

    HYPHENATED is the latter with words divided at line ends, where the language has patterns for it.
    """

    FIRST_FIT = "first-fit"
    BEST_FIT = "best-fit"
    HYPHENATED = "hyphenated"


class NotePlace(StrEnum):
    """Where numbered notes are printed: at the foot of the page of their first call, or after all text.

    Notes with asterisks are always at the foot of the page.
    """

    PAGE = "page"
    END = "end"


@dataclass(frozen=True, slots=True)
class Masthead:
    """The entries of the block on page one that no other field holds, as printed.

    `distribution` is only the category (`General`), `date` the date of issue as the masthead writes it. `original` is
    the name of the original language, empty if the masthead does not state it. A `translation` also states its own.
    `organ` is the name of the issuing organ if it is not that of the locale. `restriction` says in which languages the
    document is issued if not in all: `English only`.
    """

    distribution: str
    date: str
    original: str = ""
    translation: bool = False
    organ: str = ""
    restriction: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """A part of a larger work that a document is: `Section 10`, and its title."""

    label: str
    title: Content


@dataclass(frozen=True, slots=True)
class Preface:
    """The lines between the masthead and the body, as printed. Lines that a document lacks are empty.

    `basis` is the line in brackets, without the brackets, or None. `bodies` are subsidiary bodies of the organ, `place`
    says where and when it met. `sponsors` is the line above the title of a draft, including `: draft resolution`.
    `divisions` are below the title of a section of a budget: its part, section and programme. The first two are the
    running heads. A line that ends in asterisks calls the note that has them.
    """

    session: str
    agenda_item: str
    adoption: str
    basis: Content | None
    title: Content
    agenda_title: Content = ()
    subtitle: Content = ()
    sponsors: Content = ()
    bodies: tuple[str, ...] = ()
    place: str = ""
    divisions: tuple[Division, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadatum:
    """One element of the metadata of a document: its name, attributes in their order, text, and the elements in it.

    The names are those of Akoma Ntoso (`classification`, `keyword`, `workflow`, `count`), with a prefix for those of
    other vocabularies (`akn4un:voters`).
    """

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    text: str = ""
    entries: tuple[Metadatum, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """The name by which texts refer to a part of the document: a `Hyperlink` to `#` and the name.

    `kind` and `value` are those of a citation: `paragraph` and `4(2)`. `scope` is the annex, part and box that contain
    the part, counted from 1, or 0 for none.
    """

    name: str
    kind: str
    value: str
    scope: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one language.

    `number` is that of a resolution or decision, None for other types. `metadata` is what the source records about the
    document and no page prints: keywords, votes, drafts and sponsors, identifiers. `findings` are what its reader found
    wrong with the source; they do not count when documents are compared.
    """

    type: DocumentType
    language: Language
    organ: Organ
    symbol: Symbol
    number: ResolutionNumber | None
    job: JobNumber
    masthead: Masthead
    preface: Preface
    body: tuple[Block, ...]
    notes: tuple[Note, ...]
    closing: tuple[str, ...]
    digits: Digits
    pagination: Pagination
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    annexes: tuple[Annex, ...] = ()
    metadata: tuple[Metadatum, ...] = ()
    labels: tuple[Label, ...] = ()
    lines: LineBreaking = LineBreaking.FIRST_FIT
    note_place: NotePlace = NotePlace.PAGE

    def paragraphs(self, role: Role) -> tuple[Paragraph, ...]:
        """Return the paragraphs of the body with this role, in order."""
        return tuple(block for block in self.body if isinstance(block, Paragraph) and block.role is role)

    @property
    def preamble(self) -> tuple[Paragraph, ...]:
        return self.paragraphs(Role.PREAMBULAR)

    @property
    def operative(self) -> tuple[Paragraph, ...]:
        return self.paragraphs(Role.OPERATIVE)


def inlines(content: Iterable[Inline]) -> Iterator[Inline]:
    """Yield every inline of `content` in reading order, an emphasis before the inlines inside it."""
    for inline in content:
        yield inline
        if isinstance(inline, Strong | Emphasis | Revision):
            yield from inlines(inline.content)


def plain(content: Iterable[Inline]) -> str:
    """Return the characters of `content`, without note calls. Where a line or a column ends there is a line feed."""
    return "".join(map(characters, inlines(content)))


def characters(inline: Inline) -> str:
    """Return the characters of an inline itself, without those inside an emphasis."""
    match inline:
        case Text(text) | Raised(text) | Lowered(text) | Reference(text) | Hyperlink(text):
            return text
        case LineEnd() | ParagraphEnd() | Tab():
            return "\n"
        case _:
            return ""


def stars(line: str) -> str:
    """Return the asterisks at the end of a line, by which it calls a note."""
    return line[len(line.rstrip("*")) :]


def fit_of(content: Iterable[Inline]) -> Fit:
    """Return how the content of a paragraph was fitted by hand."""
    return next((inline for inline in content if isinstance(inline, Fit)), Fit())


def split_paragraphs(content: Iterable[Inline]) -> tuple[Content, ...]:
    """Return the paragraphs of a subparagraph, a note or a cell, without empty ones."""
    paragraphs: list[list[Inline]] = [[]]
    for inline in content:
        if isinstance(inline, ParagraphEnd):
            paragraphs.append([])
        elif isinstance(inline, Strong | Emphasis | Revision):
            first, *others = split_paragraphs(inline.content) or ((),)
            paragraphs[-1] += [replace(inline, content=first)] if first else []
            paragraphs += [[replace(inline, content=other)] for other in others]
        else:
            paragraphs[-1].append(inline)
    return tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)


def split_columns(content: Iterable[Inline]) -> tuple[tuple[int, Content], ...]:
    """Return the columns of a paragraph: where each begins, as in `Tab`, and its content; one at 0 without tabs."""
    columns: list[tuple[int, list[Inline]]] = [(0, [])]
    for inline in content:
        if not isinstance(inline, Tab):
            columns[-1][1].append(inline)
        elif columns == [(0, [])]:
            columns = [(inline.at, [])]
        else:
            columns.append((inline.at, []))
    return tuple((at, tuple(column)) for at, column in columns)


def join_paragraphs(paragraphs: Iterable[Content]) -> Content:
    """Return the content of a subparagraph, a note or a cell with these paragraphs."""
    content: list[Inline] = []
    for paragraph in filter(None, paragraphs):
        content += [ParagraphEnd(), *paragraph] if content else paragraph
    return tuple(content)


def unbroken(content: Iterable[Inline]) -> Content:
    """Return `content` without the page ends of the printed original."""
    return tuple(
        replace(inline, content=unbroken(inline.content))
        if isinstance(inline, Strong | Emphasis | Revision)
        else inline
        for inline in content
        if not isinstance(inline, PageEnd)
    )


def joined(content: Iterable[Inline]) -> Content:
    """Return the normal form of `content`, which all readers produce.

    Adjacent texts of one kind are merged, and so are adjacent emphases. No emphasis is inside one of its own kind, and
    none is empty. No paragraph is empty, or ends inside an emphasis.
    """
    content = tuple(content)
    if any(isinstance(inline, ParagraphEnd) for inline in inlines(content)):
        return join_paragraphs(map(joined, split_paragraphs(content)))
    result: list[Inline] = []
    for kind, group in groupby(_flat(content, ()), key=_mergeable):
        if kind in (Text, Raised, Lowered):
            result.append(kind("".join(map(characters, group))))
        elif kind in (Strong, Emphasis):
            inner = [inline.content for inline in group if isinstance(inline, Strong | Emphasis)]
            result.append(kind(inner[0] if len(inner) == 1 else joined(chain.from_iterable(inner))))
        elif isinstance(kind, RevisionKind):
            parts = (inline.content for inline in group if isinstance(inline, Revision))
            result.append(Revision(kind, joined(chain.from_iterable(parts))))
        else:
            result.extend(group)
    return tuple(result)


def _mergeable(inline: Inline) -> type | RevisionKind:
    """Return what two neighbours must share to be merged."""
    return inline.kind if isinstance(inline, Revision) else type(inline)


def _flat(content: Iterable[Inline], outer: tuple[type, ...]) -> Iterator[Inline]:
    """Normalize `content`, which is inside emphases of the types `outer`, but do not merge neighbours yet."""
    for inline in content:
        if isinstance(inline, Strong | Emphasis):
            kind = type(inline)
            inner = joined(_flat(inline.content, (*outer, kind)))
            if kind in outer:
                yield from inner
            elif inner:
                yield kind(inner)
        elif isinstance(inline, Revision):
            if inner := joined(_flat(inline.content, outer)):
                yield Revision(inline.kind, inner)
        elif not isinstance(inline, Text | Raised) or inline.text:
            yield inline


def contents(value: object) -> Iterator[Content]:
    """Yield all inline content inside a value of the model, such as the body of a document, in reading order.

    The fields of each class are in reading order, so that one walk fits them all.
    """
    if isinstance(value, tuple):
        if _is_content(value):
            yield value
        else:
            for item in value:
                yield from contents(item)
    else:
        for name in field_names(type(value)):
            inner = getattr(value, name)
            if inner and not isinstance(inner, str):  # most are empty, or words
                yield from contents(inner)


_field_names: dict[type, tuple[str, ...]] = {}  # by class: asking for them takes longer than walking along them


def field_names(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a class of the model in their order; those of another class are none."""
    if (names := _field_names.get(kind)) is None:
        names = _field_names[kind] = tuple(part.name for part in fields(kind)) if is_dataclass(kind) else ()
    return names


def has_revisions(value: object) -> bool:
    """Return whether a value of the model, such as a document, shows two versions of its text."""
    return any(isinstance(inline, Revision) for content in contents(value) for inline in inlines(content))


def figures(value: object) -> Iterator[Figure]:
    """Yield all figures inside a value of the model, in reading order, those in boxes and cells too."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from figures(item)
    elif isinstance(value, Document | Annex | Box | Table | Row | Cell):
        for name in field_names(type(value)):
            yield from figures(getattr(value, name))


def placed(rows: Iterable[Row]) -> Iterator[list[tuple[int, Cell]]]:
    """Yield the cells of each row of a table with their first columns, counted from 0."""
    held: dict[int, int] = {}  # by column: how many rows more a cell from above takes
    for row in rows:
        taken = {column for column, left in held.items() if left}
        held = {column: held[column] - 1 for column in taken}
        cells: list[tuple[int, Cell]] = []
        column = 0
        for cell in row.cells:
            while column in taken:
                column += 1
            cells.append((column, cell))
            if cell.rows > 1:
                held.update(dict.fromkeys(range(column, column + cell.columns), cell.rows - 1))
            column += cell.columns
        yield cells


def map_contents(value: Any, change: Callable[[Content], Content]) -> Any:
    """Return a copy of a value of the model in which `change` was applied to all inline content."""
    if isinstance(value, tuple):
        if _is_content(value):
            return change(value)
        new = tuple([map_contents(item, change) for item in value])
        return value if all(map(operator.is_, new, value)) else new
    changed = {}
    for name in field_names(type(value)):
        old = getattr(value, name)
        if (new := map_contents(old, change)) is not old:
            changed[name] = new
    return replace(value, **changed) if changed else value


def _is_content(value: tuple[object, ...]) -> TypeGuard[Content]:
    return bool(value) and _INLINES.issuperset(map(type, value))
