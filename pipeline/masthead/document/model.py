"""The document: frozen values, in logical order, without a word about how a page looks.

Text is held as the source has it. What a page adds by itself (paragraph numbers, marks of sub-paragraphs, note calls,
organ names, brackets) is not in the model but in the locales' words: see `masthead.page.wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain, groupby

from masthead.document.findings import Finding
from masthead.document.terms import Digits, JobNumber, Language, Organ, ResolutionNumber, Symbol

# --- inline content ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters, as the source has them."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Set bold: opening verbs in Arabic."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Set italic: opening verbs elsewhere, titles of publications."""

    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A document named in the text: `text` as it is printed (logical order), `target` the document's symbol.

    `٦٤/٢٩٣` is a reference with target `A/RES/64/293`; `A/71/119` has itself as target.
    """

    text: str
    target: Symbol


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The mark of note `number` in the text. Several calls may name one note.

    Notes with an `asterisk` are counted apart: their marks are `*`, `**`.
    """

    number: int
    asterisk: bool = False


@dataclass(frozen=True, slots=True)
class TableNoteCall:
    """The mark of a table's own note, counted from 1: a letter as a rule."""

    ordinal: int


@dataclass(frozen=True, slots=True)
class PageEnd:
    """Here the page ended in the printed original; at the end of a paragraph, or inside it."""


Inline = Text | Strong | Emphasis | Reference | NoteCall | TableNoteCall | PageEnd

# --- blocks -----------------------------------------------------------------------------------------------------------


class Role(StrEnum):
    """What a paragraph is: the first three in resolutions, the others in other documents."""

    FORMULA = "formula"  # the enacting formula: "The General Assembly,"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    NUMBERED = "numbered"  # its number at the margin of the column
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Item:
    """A lettered sub-paragraph. `ordinal` counts from 1; its printed mark is the locale's, by degree."""

    ordinal: int
    content: tuple[Inline, ...]
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its sub-paragraphs. `number` is None where it bears none."""

    role: Role
    content: tuple[Inline, ...]
    number: int | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's body; its calls are `NoteCall(number, asterisk)` in the text."""

    number: int
    content: tuple[Inline, ...]
    asterisk: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Opens a part: of a composite resolution (A, B), which prints its letter over its title, or of a report."""

    ordinal: int
    content: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (I.) to 6 (a.), or a section of a resolution. None of `ordinal` prints no mark."""

    level: int
    content: tuple[Inline, ...]
    ordinal: int | None = None


class Alignment(StrEnum):
    """How the cells of a table's column stand."""

    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, over so many columns."""

    content: tuple[Inline, ...]
    columns: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first cell of a row heads it; `head` repeats on each page; `notes` stand beneath, by letters."""

    caption: tuple[Inline, ...]
    head: tuple[Row, ...]
    rows: tuple[Row, ...]
    alignments: tuple[Alignment, ...]
    notes: tuple[tuple[Inline, ...], ...] = ()
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (`image/svg+xml`, `image/png`, `image/jpeg`) and the text that stands for it where it is not seen."""

    picture: bytes
    media_type: str
    alternative: str
    caption: tuple[Inline, ...] = ()
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """Text in a frame, a summary as a rule."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """A recorded vote: the States on each side, as printed."""

    in_favour: tuple[str, ...]
    against: tuple[str, ...] = ()
    abstaining: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: the headings down to level `depth`, and the annexes."""

    depth: int = 2


Block = Paragraph | Part | Heading | Table | Figure | Box | Vote | Contents


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex; `ordinal` is None where there is one only. `original` is its own original language, as printed."""

    title: tuple[Inline, ...]
    body: tuple[Block, ...]
    ordinal: int | None = None
    original: str = ""


# --- the document -----------------------------------------------------------------------------------------------------


class DocumentType(StrEnum):
    """What kind of document it is; a template of this name sets it."""

    RESOLUTION = "resolution"
    DECISION = "decision"
    DRAFT = "draft"
    REPORT = "report"
    NOTE = "note"
    LETTER = "letter"
    AGENDA = "agenda"
    ADDENDUM = "addendum"
    CORRIGENDUM = "corrigendum"
    REVISION = "revision"


class Pagination(StrEnum):
    """Whether pages end where the printed original's did, or where the text fills them."""

    SOURCE = "source"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Masthead:
    """The facts of the block on page one that no other field holds, as printed.

    `distribution` is the category alone (`General`), `date` the date of issue in the masthead's own form. `original` is
    the name of the original language, empty where the masthead does not say it; a translation says its own besides.
    """

    distribution: str
    date: str
    original: str = ""
    translation: bool = False


@dataclass(frozen=True, slots=True)
class Preface:
    """What stands between the masthead and the text: lines as printed, empty where there is none.

    `basis` is the bracket line without its brackets (None where there is none). `bodies` are subsidiary bodies of the
    organ, `place` where and when it met. `sponsors` is the whole line over a draft's title, to `: draft resolution`.
    """

    session: str
    agenda_item: str
    adoption: str
    basis: tuple[Inline, ...] | None
    title: tuple[Inline, ...]
    agenda_title: tuple[Inline, ...] = ()
    subtitle: tuple[Inline, ...] = ()
    sponsors: tuple[Inline, ...] = ()
    bodies: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one language.

    `number` is a resolution's or a decision's, None for any other. `findings` are a reader's remarks on the source;
    they are no part of the document's identity.
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

    def paragraphs(self, role: Role) -> tuple[Paragraph, ...]:
        """The paragraphs of one role, in order."""
        return tuple(block for block in self.body if isinstance(block, Paragraph) and block.role is role)

    @property
    def preamble(self) -> tuple[Paragraph, ...]:
        return self.paragraphs(Role.PREAMBULAR)

    @property
    def operative(self) -> tuple[Paragraph, ...]:
        return self.paragraphs(Role.OPERATIVE)


def inlines(content: Iterable[Inline]) -> Iterator[Inline]:
    """Every inline of `content` in reading order, those inside emphasis included, the emphasis before its content."""
    for inline in content:
        yield inline
        if isinstance(inline, Strong | Emphasis):
            yield from inlines(inline.content)


def plain(content: Iterable[Inline]) -> str:
    """The characters of `content`, without note calls."""
    return "".join(inline.text for inline in inlines(content) if isinstance(inline, Text | Reference))


def unbroken(content: Iterable[Inline]) -> tuple[Inline, ...]:
    """`content` without the page ends of the printed original."""
    return tuple(
        replace(inline, content=unbroken(inline.content)) if isinstance(inline, Strong | Emphasis) else inline
        for inline in content
        if not isinstance(inline, PageEnd)
    )


def joined(content: Iterable[Inline]) -> tuple[Inline, ...]:
    """The normal form of `content`, which every reader gives.

    Neighbouring texts are one, and so are neighbouring emphases of one kind; none stands in its like, none is empty.
    """
    result: list[Inline] = []
    for kind, group in groupby(_flat(content, ()), key=type):
        if kind is Text:
            result.append(Text("".join(inline.text for inline in group if isinstance(inline, Text))))
        elif kind in (Strong, Emphasis):
            inner = [inline.content for inline in group if isinstance(inline, Strong | Emphasis)]
            result.append(kind(inner[0] if len(inner) == 1 else joined(chain.from_iterable(inner))))
        else:
            result.extend(group)
    return tuple(result)


def _flat(content: Iterable[Inline], outer: tuple[type, ...]) -> Iterator[Inline]:
    """`content` in normal form by itself, inside emphases of the kinds `outer`, its neighbours not joined yet."""
    for inline in content:
        if isinstance(inline, Strong | Emphasis):
            kind = type(inline)
            inner = joined(_flat(inline.content, (*outer, kind)))
            if kind in outer:
                yield from inner
            elif inner:
                yield kind(inner)
        elif not isinstance(inline, Text) or inline.text:
            yield inline


def contents(document: Document) -> Iterator[tuple[Inline, ...]]:
    """Every run of inline content of body and annexes in reading order, notes at a page's foot not included."""
    yield from _of_blocks(document.body)
    for annex in document.annexes:
        yield annex.title
        yield from _of_blocks(annex.body)


def _of_blocks(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.content
                yield from _of_items(block.items)
            case Part() | Heading():
                yield block.content
            case Table():
                yield block.caption
                yield from (cell.content for row in block.head + block.rows for cell in row)
                yield from block.notes
            case Figure():
                yield block.caption
            case Box():
                yield block.title
                yield from _of_blocks(block.blocks)
            case Vote() | Contents():
                pass


def _of_items(items: Iterable[Item]) -> Iterator[tuple[Inline, ...]]:
    for item in items:
        yield item.content
        yield from _of_items(item.items)
