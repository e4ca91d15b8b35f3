"""The text that the pages of a document must contain, as values: what a finished PDF is checked against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from masthead.document import Document, Locale, locales, model, printed_notes, printed_number
from masthead.page import wording
from masthead.page.digits import as_printed


class TextKind(StrEnum):
    """Which part of a page a printed text is."""

    MASTHEAD = "masthead"
    IMPRINT = "imprint"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CELL = "cell"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class PrintedText:
    """One printed text: a line of the masthead, a heading, a paragraph, a table cell, a note."""

    kind: TextKind
    text: str


def printed_texts(document: Document, *, is_second: bool = False) -> tuple[PrintedText, ...]:
    """Return every text that the pages of `document` print once, in reading order and in logical character order.

    The structure tree of the finished PDF must hold these texts word for word. Running heads and folios are left out:
    they repeat, and a PDF marks them as artifacts. A note follows the paragraph of its first call. Symbol and imprint
    are in the first column of a parallel edition, not in its second.
    """
    collector = _TextCollector(as_printed(document), locales.load(document.language), is_second=is_second)
    return tuple(line for line in collector.document_texts() if line.text)


class _TextCollector:
    """Yields the texts of one document in order. It remembers the notes whose first call has been met."""

    def __init__(self, document: Document, locale: Locale, *, is_second: bool) -> None:
        self.document, self.locale, self.is_second = document, locale, is_second
        self.called: set[tuple[int, bool]] = set()
        self.printed = printed_notes(document)
        self.at_end = document.note_place is model.NotePlace.END
        self.endnotes: list[tuple[int, bool]] = []
        self.headings, self.listed = 0, wording.listed_calls(document, locale)

    def document_texts(self) -> Iterator[PrintedText]:
        document, locale, preface = self.document, self.locale, self.document.preface
        yield PrintedText(TextKind.MASTHEAD, str(locale.word("masthead", "organization")))
        if not self.is_second:
            yield from self.text(wording.symbol_content(document), kind=TextKind.MASTHEAD)
        yield PrintedText(TextKind.MASTHEAD, wording.masthead_organ(document, locale))
        yield from (PrintedText(TextKind.MASTHEAD, line) for line in wording.distribution_lines(document, locale))
        if not self.is_second:
            yield PrintedText(TextKind.IMPRINT, " ".join((wording.job_text(document), *document.job.dates)))
            yield PrintedText(TextKind.IMPRINT, str(locale.word("imprint", "recycle")))
        for _, line in wording.opening_lines(document, locale):
            yield from self.text(wording.called_line(line, document))
        for title in model.split_paragraphs(preface.agenda_title):
            yield from self.text(title)
        number = wording.title_number(document, locale)
        invisible = model.Strong | model.Emphasis | model.PageEnd
        titled = any(not isinstance(each, invisible) for each in model.inlines(preface.title))
        if not titled:
            yield PrintedText(TextKind.HEADING, number)
        yield from self.text(wording.called_line(preface.adoption, document), kind=TextKind.HEADING)
        if preface.basis is not None:
            yield from self.text(preface.basis, form=str(locale.word("resolution", "basis")))
        yield from self.text(preface.sponsors, kind=TextKind.PARAGRAPH if titled or number else TextKind.HEADING)
        if titled:
            yield from self.text(preface.title, number, TextKind.HEADING)
        yield PrintedText(TextKind.PARAGRAPH, wording.modification(document, locale))
        yield from self.text(preface.subtitle)
        for division in preface.divisions:
            yield PrintedText(TextKind.PARAGRAPH, division.label)
            yield from self.text(division.title)
        yield from self.blocks(document.body)
        yield from (PrintedText(TextKind.PARAGRAPH, line) for line in document.closing)
        for annex in document.annexes:
            yield from self.annex(annex)
        if self.endnotes:
            yield PrintedText(TextKind.HEADING, wording.endnotes_title(locale))
        for key in self.endnotes:  # grows by those that other notes call first
            yield from self.notes([key])

    def annex(self, annex: model.Annex) -> Iterator[PrintedText]:
        yield PrintedText(TextKind.HEADING, wording.annex_mark(annex, self.document, self.locale))
        yield PrintedText(TextKind.PARAGRAPH, wording.annex_original(annex, self.locale))
        yield from self.text(annex.title, kind=TextKind.HEADING)
        yield from self.blocks(annex.body)

    def blocks(self, blocks: Iterable[model.Block]) -> Iterator[PrintedText]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: model.Block) -> Iterator[PrintedText]:
        match block:
            case model.Paragraph():
                yield from self.paragraphs(block.content, self.mark(block))
                yield from self.items(block.items, 1)
                yield from self.paragraphs(block.tail)
            case model.Ornament(content):
                yield from self.text(content)
            case model.Part() | model.Heading():
                self.headings += 1
                listed = f"heading-{self.headings}" in self.listed
                content = wording.without_asterisks(block.content) if listed else block.content
                yield from self.text(content, self.mark(block), TextKind.HEADING)
            case model.Table():
                yield from self.table(block)
            case model.Figure():
                yield from self.caption(block, TextKind.PARAGRAPH)
                yield from self.below(block)
            case model.Box():
                yield from self.text(block.title)
                yield from self.blocks(block.blocks)
            case model.Vote():
                for side, states in wording.vote_lines(block, self.locale):
                    yield PrintedText(TextKind.PARAGRAPH, f"{side} {states}")
            case model.Contents():
                yield PrintedText(TextKind.HEADING, str(self.locale.word("contents", "title")))
                yield PrintedText(TextKind.PARAGRAPH, wording.contents_head(block, self.locale))
                below = wording.listed_paragraphs(self.document) if block.paragraphs else {}
                for entry in wording.outline(self.document, self.locale, block.depth):
                    calls = entry.calls if entry.key in self.listed else ()
                    numbers = (model.Text(f" {below[entry.key]}"),) if entry.key in below else ()
                    yield from self.text((model.Text(entry.title), *calls, *numbers), entry.mark)

    def table(self, table: model.Table) -> Iterator[PrintedText]:
        yield from self.caption(table, TextKind.CAPTION)
        for row in table.head + table.rows:
            for cell in row.cells:
                for paragraph in model.split_paragraphs(cell.content) or ((),):
                    yield from self.text(paragraph, kind=TextKind.CELL)
        yield from self.below(table)

    def caption(self, block: model.Table | model.Figure, kind: TextKind) -> Iterator[PrintedText]:
        yield from self.text(block.caption.title, self.mark(block), kind)
        yield from self.text(block.caption.unit, kind=kind)

    def below(self, block: model.Table | model.Figure) -> Iterator[PrintedText]:
        for remark in block.remarks:
            yield from self.text(remark)
        for ordinal, note in enumerate(block.notes, 1):
            yield from self.text(note, wording.table_note_mark(ordinal, self.locale))

    def mark(self, block: wording.MarkedBlock) -> str:
        return wording.block_mark(block, self.document, self.locale)

    def items(self, items: Iterable[model.Item], degree: int) -> Iterator[PrintedText]:
        for item in items:
            yield from self.paragraphs(item.content, wording.item_mark(item, degree, self.document, self.locale))
            yield from self.items(item.items, degree + 1)

    def paragraphs(self, content: model.Content, mark: str = "") -> Iterator[PrintedText]:
        """Yield the texts of a paragraph with its mark, and of those in it that have none of their own."""
        for paragraph in model.split_paragraphs(content) or ((),):
            yield from self.text(paragraph, mark)
            mark = ""

    def text(
        self,
        content: model.Content,
        mark: str = "",
        kind: TextKind = TextKind.PARAGRAPH,
        *,
        form: str = "{text}",
    ) -> Iterator[PrintedText]:
        """Yield the text of one paragraph with its mark and printed note calls, then the notes it calls first."""
        parts: list[str] = []
        notes: list[tuple[int, bool]] = []
        for inline in model.inlines(content):
            match inline:
                case model.Text(text) | model.Reference(text) | model.Hyperlink(text):
                    parts.append(text)
                case model.TableNoteCall(ordinal):
                    parts.append(wording.table_note_call(ordinal, self.locale))
                case model.Raised(text) | model.Lowered(text):
                    parts.append(text)
                case model.LineEnd() | model.ParagraphEnd():
                    parts.append(" ")
                case model.Tab() if parts and not parts[-1].endswith(" "):  # else the column begins its paragraph
                    parts.append(" ")
                case model.NoteCall(number, asterisk):
                    shown = printed_number(inline, self.printed)
                    parts.append(self.locale.call_mark(shown, self.document.digits, asterisk=asterisk))
                    if (number, asterisk) not in self.called:
                        self.called.add((number, asterisk))
                        (self.endnotes if self.at_end and not asterisk else notes).append((number, asterisk))
        before, after = form.split("{text}")
        yield PrintedText(kind, f"{mark} {before}{''.join(parts)}{after}".strip())
        yield from self.notes(notes)

    def notes(self, keys: Collection[tuple[int, bool]]) -> Iterator[PrintedText]:
        """Yield the texts of notes."""
        for note in self.document.notes:
            if (note.number, note.asterisk) in keys:
                shown = printed_number(note, self.printed)
                mark = self.locale.note_mark(shown, self.document.digits, asterisk=note.asterisk)
                yield from self.text(note.content, mark, TextKind.NOTE)
