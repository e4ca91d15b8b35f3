"""The text that a page prints from a document and the words of its language (`masthead.document.locales`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from masthead.document import (
    TEMPLATES,
    Annex,
    Block,
    Box,
    Contents,
    Digits,
    Document,
    DocumentType,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Item,
    Locale,
    NoteCall,
    PageEnd,
    Paragraph,
    Part,
    Reference,
    Strong,
    Table,
    TableNoteCall,
    Text,
    Vote,
    inlines,
    locales,
    plain,
)
from masthead.page.numerals import print_document

MODIFICATIONS = (DocumentType.ADDENDUM, DocumentType.CORRIGENDUM)
"""The types that print their name under the title."""

SECTIONED = (DocumentType.RESOLUTION, DocumentType.DECISION, DocumentType.DRAFT)
"""The types whose headings of the first level are sections: a bare numeral over a title."""


class Kind(StrEnum):
    """What a printed text is, in the words of the structure of a page."""

    MASTHEAD = "masthead"
    IMPRINT = "imprint"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CELL = "cell"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Printed:
    """One text that the document's pages print: a line of the masthead, a heading, a paragraph, a note."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading or an annex as a table of contents lists it. `key` is its place among the headings or annexes."""

    level: int
    key: str
    mark: str
    title: str


def distribution_lines(document: Document, locale: Locale) -> tuple[str, ...]:
    """The lines of the Distr. block; in an original the third is empty."""
    masthead = document.masthead
    lines = (str(locale.word("masthead", "distribution")).format(category=masthead.distribution), masthead.date)
    if not masthead.original:
        return lines
    language = str(locale.word("masthead", "language")) if masthead.translation else ""
    return (*lines, language, str(locale.word("masthead", "original")).format(language=masthead.original))


def opening_lines(document: Document, locale: Locale) -> tuple[tuple[str, str], ...]:
    """The lines under the masthead, each with its class.

    A subsidiary organ's name stands above its bodies and its session; a main organ's bodies stand below the session.
    """
    preface = document.preface
    organ = locale.organ(document.organ) if document.organ.parent is not document.organ else ""
    bodies, session = tuple(("body", body) for body in preface.bodies), ("session", preface.session)
    lines = (
        ("subsidiary", organ),
        *((*bodies, session) if organ else (session, *bodies)),
        ("place", preface.place),
        ("agenda-item", preface.agenda_item),
    )
    return tuple((kind, line) for kind, line in lines if line)


def title_number(document: Document, locale: Locale) -> str:
    """The resolution's number before its title: `١٨/٢٠١٧ -` in logical order, `73/8.`; or in place of a title."""
    number, shape = document.number, document.digits.shape
    if number is None:
        return ""
    if not document.preface.title:
        form = str(locale.word("resolution", "untitled"))
        return form.format(serial=shape(number.serial), year=shape(number.session))
    return str(locale.word("resolution", "number")).format(number=shape(str(number)))


def table_note_mark(ordinal: int, locale: Locale) -> str:
    """The letter that calls a table's note."""
    return str(locale.word("marks", "letters")[ordinal - 1])


def table_note_call(ordinal: int, locale: Locale) -> str:
    """The same where it is called: an Arabic letter would join the word before it, so U+200C stands between."""
    mark = table_note_mark(ordinal, locale)
    return mark if mark.isascii() else f"\u200c{mark}"


def vote_lines(vote: Vote, locale: Locale) -> tuple[tuple[str, str], ...]:
    """The sides of a recorded vote: its heading and the States."""
    sides = (("in_favour", vote.in_favour), ("against", vote.against), ("abstaining", vote.abstaining))
    separator, none = str(locale.word("vote", "separator")), str(locale.word("vote", "none"))
    return tuple((str(locale.word("vote", side)), separator.join(states) or none) for side, states in sides)


def outline(document: Document, locale: Locale, depth: int) -> Iterator[Entry]:
    """The headings of the body down to level `depth`, then the annexes, as a table of contents lists them."""
    headings = [block for block in document.body if isinstance(block, Heading | Part)]
    for place, block in enumerate(headings, 1):
        level = block.level if isinstance(block, Heading) else 1
        if level <= depth:
            yield Entry(level, f"heading-{place}", block_mark(block, document, locale), plain(block.content))
    for place, annex in enumerate(document.annexes, 1):
        yield Entry(1, f"annex-{place}", annex_mark(annex, document, locale), plain(annex.title))


def block_mark(block: Paragraph | Heading | Part | Table | Figure, document: Document, locale: Locale) -> str:
    """What a block prints before its text by itself: a paragraph's number, a heading's, `Table 1`."""
    match block:
        case Paragraph(number=int(number)):
            return locale.paragraph_mark(number, document.digits)
        case Heading(level=level, ordinal=int(ordinal)):
            return heading_mark(ordinal, level, document.type, locale, document.digits)
        case Part(ordinal):
            return locale.counted("marks", "part", ordinal, document.digits)
        case Table(ordinal=int(ordinal)):
            return locale.counted("tables", "table", ordinal, document.digits)
        case Figure(ordinal=int(ordinal)):
            return locale.counted("tables", "figure", ordinal, document.digits)
        case _:
            return ""


def heading_mark(ordinal: int, level: int, kind: DocumentType, locale: Locale, digits: Digits) -> str:
    """What stands before a heading: `II.`; before a section of a resolution, `II`."""
    if level == 1 and kind in SECTIONED:
        return locale.counted("marks", "section", ordinal, digits)
    return locale.heading_mark(ordinal, level, digits)


def annex_mark(annex: Annex, document: Document, locale: Locale) -> str:
    """`Annex`, `Annex II`."""
    if annex.ordinal is None:
        return str(locale.word("annex", "single"))
    return locale.counted("annex", "counted", annex.ordinal, document.digits)


def printed(document: Document, templates: Path = TEMPLATES) -> tuple[Printed, ...]:
    """Everything that the pages of `document` print once, in reading order, as logical text.

    Running heads and folios are not in it: they repeat, or say where something stands. A note follows the paragraph
    that calls it first. This is what the structure of the finished PDF must say word for word.
    """
    transcript = _Transcript(print_document(document), locales.load(document.language, templates))
    return tuple(line for line in transcript.lines() if line.text)


class _Transcript:
    """The texts of one document in order; it knows which notes have been called already."""

    def __init__(self, document: Document, locale: Locale) -> None:
        self.document, self.locale = document, locale
        self.called: set[tuple[int, bool]] = set()

    def lines(self) -> Iterator[Printed]:
        document, locale, preface = self.document, self.locale, self.document.preface
        yield Printed(Kind.MASTHEAD, str(locale.word("masthead", "organization")))
        yield from self.text(symbol_content(document), kind=Kind.MASTHEAD)
        yield Printed(Kind.MASTHEAD, locale.masthead_organ(document.organ.parent))
        yield from (Printed(Kind.MASTHEAD, line) for line in distribution_lines(document, locale))
        yield Printed(Kind.IMPRINT, " ".join((str(document.job), *document.job.dates)))
        yield Printed(Kind.IMPRINT, str(locale.word("imprint", "recycle")))
        yield from (Printed(Kind.PARAGRAPH, line) for _, line in opening_lines(document, locale))
        yield from self.text(preface.agenda_title)
        number = title_number(document, locale)
        titled = any(not isinstance(each, Strong | Emphasis | PageEnd) for each in inlines(preface.title))
        if not titled:
            yield Printed(Kind.HEADING, number)
        yield Printed(Kind.HEADING, preface.adoption)
        if preface.basis is not None:
            yield from self.text(preface.basis, form=str(locale.word("resolution", "basis")))
        yield from self.text(preface.sponsors)
        if titled:
            yield from self.text(preface.title, number, Kind.HEADING)
        if document.type in MODIFICATIONS:
            yield Printed(Kind.PARAGRAPH, str(locale.word("types", document.type)))
        yield from self.text(preface.subtitle)
        yield from self.blocks(document.body)
        yield from (Printed(Kind.PARAGRAPH, line) for line in document.closing)
        for annex in document.annexes:
            yield from self.annex(annex)

    def annex(self, annex: Annex) -> Iterator[Printed]:
        yield Printed(Kind.HEADING, annex_mark(annex, self.document, self.locale))
        if annex.original:
            form = str(self.locale.word("annex", "original"))
            yield Printed(Kind.PARAGRAPH, form.format(language=annex.original))
        yield from self.text(annex.title, kind=Kind.HEADING)
        yield from self.blocks(annex.body)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Printed]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[Printed]:
        match block:
            case Paragraph():
                yield from self.text(block.content, self.mark(block))
                yield from self.items(block.items, 1)
            case Part() | Heading():
                yield from self.text(block.content, self.mark(block), Kind.HEADING)
            case Table():
                yield from self.table(block)
            case Figure():
                yield from self.text(block.caption, self.mark(block))
            case Box():
                yield from self.text(block.title)
                yield from self.blocks(block.blocks)
            case Vote():
                for side, states in vote_lines(block, self.locale):
                    yield Printed(Kind.PARAGRAPH, f"{side} {states}")
            case Contents():
                yield Printed(Kind.HEADING, str(self.locale.word("contents", "title")))
                yield Printed(Kind.PARAGRAPH, str(self.locale.word("contents", "page")))
                for entry in outline(self.document, self.locale, block.depth):
                    yield Printed(Kind.PARAGRAPH, f"{entry.mark} {entry.title}".strip())

    def table(self, table: Table) -> Iterator[Printed]:
        yield from self.text(table.caption, self.mark(table), Kind.CAPTION)
        for row in table.head + table.rows:
            for cell in row:
                yield from self.text(cell.content, kind=Kind.CELL)
        for place, note in enumerate(table.notes, 1):
            yield from self.text(note, table_note_mark(place, self.locale))

    def mark(self, block: Paragraph | Heading | Part | Table | Figure) -> str:
        return block_mark(block, self.document, self.locale)

    def items(self, items: Iterable[Item], degree: int) -> Iterator[Printed]:
        for item in items:
            yield from self.text(item.content, self.locale.item_mark(item.ordinal, degree, self.document.digits))
            yield from self.items(item.items, degree + 1)

    def text(
        self, content: tuple[Inline, ...], mark: str = "", kind: Kind = Kind.PARAGRAPH, *, form: str = "{text}"
    ) -> Iterator[Printed]:
        """The text of one paragraph behind its mark, note calls as they print, and the notes that it calls first."""
        parts, notes = [], []
        for inline in inlines(content):
            match inline:
                case Text(text) | Reference(text):
                    parts.append(text)
                case TableNoteCall(ordinal):
                    parts.append(table_note_call(ordinal, self.locale))
                case NoteCall(number, asterisk):
                    parts.append(self.locale.call_mark(number, self.document.digits, asterisk=asterisk))
                    if (number, asterisk) not in self.called:
                        self.called.add((number, asterisk))
                        notes.append((number, asterisk))
        before, after = form.split("{text}")
        yield Printed(kind, f"{mark} {before}{''.join(parts)}{after}".strip())
        for note in self.document.notes:
            if (note.number, note.asterisk) in notes:
                mark = self.locale.note_mark(note.number, self.document.digits, asterisk=note.asterisk)
                yield from self.text(note.content, mark, Kind.NOTE)


def symbol_content(document: Document) -> tuple[Inline, ...]:
    """The symbol as the masthead prints it; the asterisk of a reissue calls the note that tells of it."""
    symbol = str(document.symbol)
    if symbol.endswith("*") and any(note.asterisk for note in document.notes):
        return (Text(symbol.rstrip("*")), NoteCall(1, asterisk=True))
    return (Text(symbol),)
