"""The document: frozen values, in logical order, without a word about how a page looks.

Text is held as the source has it. What a page adds by itself (paragraph numbers, marks of sub-paragraphs, note calls,
organ names, brackets) is not in the model but in the locales' words: see `masthead.wording`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from masthead.findings import Finding
from masthead.terms import Digits, JobNumber, Language, Organ, ResolutionNumber, Symbol

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
    """The mark of note `number` in the text. Several calls may name one note."""

    number: int


@dataclass(frozen=True, slots=True)
class PageEnd:
    """Here the page ended in the printed original; at the end of a paragraph, or inside it."""


Inline = Text | Strong | Emphasis | Reference | NoteCall | PageEnd

# --- blocks -----------------------------------------------------------------------------------------------------------


class Role(StrEnum):
    """What a paragraph is in a resolution."""

    FORMULA = "formula"  # the enacting formula: "The General Assembly,"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"


@dataclass(frozen=True, slots=True)
class Item:
    """A lettered sub-paragraph. `ordinal` counts from 1; its printed mark is the locale's, by degree."""

    ordinal: int
    content: tuple[Inline, ...]
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its sub-paragraphs. `number` is an operative paragraph's, None where it bears none."""

    role: Role
    content: tuple[Inline, ...]
    number: int | None = None
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's body; its calls are `NoteCall(number)` in the text."""

    number: int
    content: tuple[Inline, ...]


Block = Paragraph

# --- the document -----------------------------------------------------------------------------------------------------


class DocumentType(StrEnum):
    """What kind of document it is; a template of this name sets it."""

    RESOLUTION = "resolution"


class Pagination(StrEnum):
    """Whether pages end where the printed original's did, or where the text fills them."""

    SOURCE = "source"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Masthead:
    """The facts of the block on page one that no other field holds, as printed.

    `distribution` is the category alone (`General`), `date` the date of issue in the masthead's own form.
    """

    distribution: str
    date: str


@dataclass(frozen=True, slots=True)
class Preface:
    """What stands between the masthead and the text: lines as printed.

    `basis` is the bracket line without its brackets (None where there is none).
    """

    session: str
    agenda_item: str
    adoption: str
    basis: tuple[Inline, ...] | None
    title: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one language.

    `findings` are a reader's remarks on the source; they are no part of the document's identity.
    """

    type: DocumentType
    language: Language
    organ: Organ
    symbol: Symbol
    number: ResolutionNumber
    job: JobNumber
    masthead: Masthead
    preface: Preface
    body: tuple[Block, ...]
    notes: tuple[Note, ...]
    closing: tuple[str, ...]
    digits: Digits
    pagination: Pagination
    findings: tuple[Finding, ...] = field(default=(), compare=False)

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


def contents(document: Document) -> Iterator[tuple[Inline, ...]]:
    """Every run of inline content of the body in reading order, notes not included."""

    def of_items(items: Iterable[Item]) -> Iterator[tuple[Inline, ...]]:
        for item in items:
            yield item.content
            yield from of_items(item.items)

    for block in document.body:
        yield block.content
        yield from of_items(block.items)
