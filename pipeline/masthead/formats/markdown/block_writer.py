"""Blocks as Markdown that is read as the same blocks again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from masthead.document import Document, DocumentType, SourceError, model
from masthead.document.references import Context
from masthead.formats.itemization import split_heading
from masthead.formats.markdown.span_writer import write_spans
from masthead.formats.markdown.syntax import (
    EMPTY,
    JOINED_CELL,
    ORNAMENT,
    PAGE_END,
    TAIL,
    BlockMark,
    note_mark,
    printed_mark,
    role_mark,
)
from masthead.formats.pictures import data_address
from masthead.formats.roles import Roles
from masthead.page import wording

_BLOCK_START = re.compile(r"[-+>=~|]|[0-9]{1,9}[.)]")
_DELIMITERS = {model.Alignment.START: "---", model.Alignment.CENTRE: ":-:", model.Alignment.END: "--:"}


class MarkdownBlockWriter:
    """Writes the blocks of one document in order. Like the reader it tracks the role that a place implies."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document, self.context = document, context
        self._roles = Roles(document.type)

    def annex(self, annex: model.Annex) -> Iterator[str]:
        """Yield the mark of an annex and its blocks."""
        self._roles = Roles(DocumentType.REPORT)
        mark = str(BlockMark("annex", annex.ordinal, original=annex.original))
        yield f"{mark} {printed_mark(annex.mark)}{write_spans(annex.title, self.context)}".rstrip(" ")
        yield from self.blocks(annex.body)

    def blocks(self, blocks: Iterable[model.Block]) -> Iterator[str]:
        """Yield one or more blocks of Markdown for each block."""
        for block in blocks:
            match block:
                case model.Paragraph():
                    yield from self._paragraph(block)
                case model.Part(ordinal, content):
                    self._roles = Roles(self.document.type)
                    yield self._marked(BlockMark("part", ordinal), content)
                case model.Heading():
                    yield self._heading(block)
                case model.Ornament(content):
                    yield f"{ORNAMENT} {write_paragraph(content, self.context)}"
                case model.Table():
                    yield from self._table(block)
                case model.Figure():
                    if block.caption or block.ordinal:
                        yield self._marked(BlockMark("figure", block.ordinal), block.caption)
                    yield f"![{_escape_alternative(block.alternative)}]({data_address(block)})"
                case model.Box(title, inner):
                    # A box without a title has an empty one if its first block would be read as the title.
                    has_title = title or isinstance(next(iter(inner), None), model.Heading)
                    heading = [f"# {write_spans(title, self.context)}".rstrip(" ")] if has_title else []
                    yield "> " + "\n\n".join((*heading, *self.blocks(inner))).replace("\n", "\n> ")
                case model.Vote():
                    yield str(BlockMark("vote"))
                    yield "\n".join(f"- {side} {states}" for side, states in self._vote_sides(block))
                case model.Contents(depth):
                    yield str(BlockMark("contents", depth))

    def _marked(self, mark: BlockMark, content: model.Content) -> str:
        return f"{mark} {write_spans(content, self.context)}".rstrip(" ")

    def _paragraph(self, paragraph: model.Paragraph) -> Iterator[str]:
        if paragraph.role is not self._roles.next(paragraph.number):
            self._roles.marked = paragraph.role
            yield role_mark(paragraph.role)
        text = printed_mark(paragraph.mark) + self._text(paragraph.content)
        items = self._items(paragraph.items, 1)
        if paragraph.number is None:
            yield text
            yield from items
        else:
            yield _list_item(f"{paragraph.number}. ", "\n\n".join((text, *items)))
        if paragraph.tail:
            yield f"{TAIL} {write_paragraph(paragraph.tail, self.context)}"

    def _text(self, content: model.Content) -> str:
        return write_paragraph(content, self.context) if content else EMPTY

    def _items(self, items: tuple[model.Item, ...], degree: int) -> Iterator[str]:
        locale = self.context.locale
        for item in items:
            mark = printed_mark(item.mark)
            if item.mark is None:
                mark = f"{locale.item_mark(item.ordinal, degree, locale.language.digits)} "
            inner = self._items(item.items, degree + 1)
            yield _list_item("- ", "\n\n".join((f"{mark}{self._text(item.content)}", *inner)))

    def _heading(self, heading: model.Heading) -> str:
        document, locale, text = self.document, self.context.locale, write_spans(heading.content, self.context)
        if heading.mark is not None:
            return f"{'#' * heading.level} {printed_mark(heading.mark)}{text}".rstrip(" ")
        if heading.ordinal is None:
            ordinal, _ = split_heading(text, heading.level, document.type, locale)
            if ordinal:  # text that would be read as a mark
                text = f"&#{ord(text[0])};{text[1:]}"
            return f"{'#' * heading.level} {text}"
        mark = wording.heading_mark(heading.ordinal, heading.level, document.type, locale, document.language.digits)
        return f"{'#' * heading.level} {mark} {text}".rstrip(" ")

    def _vote_sides(self, vote: model.Vote) -> Iterator[tuple[str, str]]:
        locale = self.context.locale
        separator = str(locale.word("vote", "separator"))
        for state in (*vote.in_favour, *vote.against, *vote.abstaining):
            if separator in state:
                message = f"the name of a State contains the separator of names: {state}"
                raise SourceError(message, hint="write the name in another way")
        for side, states in wording.vote_lines(vote, locale):
            yield side, write_spans((model.Text(states),), self.context)

    def _table(self, table: model.Table) -> Iterator[str]:
        heads = len(table.head)
        if table.caption or table.ordinal or heads > 1:
            yield self._marked(BlockMark("table", table.ordinal, heads), table.caption)
        head, *rows = table.head or [(model.Cell(()),) * len(table.alignments)]  # Markdown has no table without a head
        delimiters = f"| {' | '.join(_DELIMITERS[each] for each in table.alignments)} |"
        yield "\n".join((self._row(head), delimiters, *map(self._row, (*rows, *table.rows))))
        for ordinal, note in enumerate(table.notes, 1):
            yield f"{note_mark(model.TableNoteCall(ordinal))}: {write_paragraph(note, self.context)}"

    def _row(self, row: Sequence[model.Cell]) -> str:
        cells: list[str] = []
        for cell in row:
            text = write_spans(cell.content, self.context).replace("|", "\\|")
            cells += [text, *[JOINED_CELL] * (cell.columns - 1)]
        return f"| {' | '.join(cells)} |"


def write_paragraph(content: model.Content, context: Context) -> str:
    """Return a paragraph on one line, escaped if it starts like another block. Page ends at its end are on the next."""
    end = len(content)
    while end > 1 and isinstance(content[end - 1], model.PageEnd):
        end -= 1
    text = write_spans(content[:end], context)
    if found := _BLOCK_START.match(text):
        text = f"{text[: found.end() - 1]}\\{text[found.end() - 1 :]}"
    ends = PAGE_END * (len(content) - end)
    return f"{text}\n{ends}" if ends else text


def _list_item(marker: str, text: str) -> str:
    """Put `marker` before a text of several blocks, and indent its other lines as far as the first."""
    # textwrap.indent() splits lines at U+2028 as well, which is a character of a text here.
    return marker + re.sub(r"\n(?!\n)", "\n" + " " * len(marker), text)


def _escape_alternative(text: str) -> str:
    """Return the alternative text of a picture with everything escaped that the reader would change."""
    escaped = re.sub(r"[\\`*_\[\]<&!]", r"\\\g<0>", text)
    return re.sub(r"\n|^\s|\s$", lambda found: f"&#{ord(found[0])};", escaped)
