"""The whole document: its masthead and preface, its body and notes, and what is recorded about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from masthead.document.findings import Finding
from masthead.document.model.blocks import Annex, Block, Note, Paragraph, Role
from masthead.document.model.inline import Content
from masthead.document.terms import Digits, DocumentType, JobNumber, Language, Organ, ResolutionNumber, Symbol


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
