"""Blocks as Markdown, such that reading it gives the same blocks again."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence

from masthead.document import (
    Alignment,
    Annex,
    Block,
    Box,
    Cell,
    Contents,
    Document,
    DocumentType,
    Figure,
    Heading,
    Inline,
    Item,
    PageEnd,
    Paragraph,
    Part,
    SourceError,
    Table,
    Text,
    Vote,
)
from masthead.document.references import Context
from masthead.formats.itemization import part_heading
from masthead.formats.markdown.span_writer import table_note_label, write_spans
from masthead.formats.markdown.spans import PAGE_END
from masthead.formats.markdown.tables import JOINED
from masthead.formats.roles import Roles
from masthead.page import wording

_BLOCK_SIGN = re.compile(r"[-+>=~|]|[0-9]{1,9}[.)]")
_RULES = {Alignment.START: "---", Alignment.CENTRE: ":-:", Alignment.END: "--:"}


class BlockWriter:
    """Writes the blocks of one document in order, knowing as reading does what a paragraph is by its place."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document, self.context = document, context
        self.roles = Roles(document.type)

    def annex(self, annex: Annex) -> Iterator[str]:
        self.roles = Roles(DocumentType.REPORT)
        original = f", original: {_in_mark(annex.original)}" if annex.original else ""
        yield self._announced(f"annex{_number(annex.ordinal)}{original}", annex.title)
        yield from self.blocks(annex.body)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            match block:
                case Paragraph():
                    yield from self._paragraph(block)
                case Part(ordinal, content):
                    self.roles = Roles(self.document.type)
                    yield self._announced(f"part {ordinal}", content)
                case Heading():
                    yield self._heading(block)
                case Table():
                    yield from self._table(block)
                case Figure():
                    if block.caption or block.ordinal:
                        yield self._announced(f"figure{_number(block.ordinal)}", block.caption)
                    data = base64.b64encode(block.picture).decode()
                    yield f"![{_escaped(block.alternative)}](data:{block.media_type};base64,{data})"
                case Box(title, inner):
                    # Where there is no title, an empty one keeps the first heading from being it.
                    titled = title or isinstance(next(iter(inner), None), Heading)
                    heading = [f"# {write_spans(title, self.context)}".rstrip(" ")] if titled else []
                    yield "> " + "\n\n".join((*heading, *self.blocks(inner))).replace("\n", "\n> ")
                case Vote():
                    yield "<!-- vote -->"
                    yield "\n".join(f"- {side} {states}" for side, states in self._sides(block))
                case Contents(depth):
                    yield f"<!-- contents {depth} -->"

    def _announced(self, mark: str, content: tuple[Inline, ...]) -> str:
        return f"<!-- {mark} --> {write_spans(content, self.context)}".rstrip(" ")

    def _paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        if paragraph.role is not self.roles.next(paragraph.number):
            self.roles.marked = paragraph.role
            yield f"<!-- {paragraph.role} -->"
        text = write_paragraph(paragraph.content, self.context)
        items = self._items(paragraph.items, 1)
        if paragraph.number is None:
            yield text
            yield from items
        else:
            yield _list_item(f"{paragraph.number}. ", "\n\n".join((text, *items)))

    def _items(self, items: tuple[Item, ...], degree: int) -> Iterator[str]:
        locale = self.context.locale
        for item in items:
            mark = locale.item_mark(item.ordinal, degree, locale.language.digits)
            inner = self._items(item.items, degree + 1)
            yield _list_item("- ", "\n\n".join((f"{mark} {write_paragraph(item.content, self.context)}", *inner)))

    def _heading(self, heading: Heading) -> str:
        document, text = self.document, write_spans(heading.content, self.context)
        if heading.ordinal is None:
            marked, _ = part_heading(text, heading.level, document.type, self.context.locale)
            return f"{'#' * heading.level} {f'&#{ord(text[0])};{text[1:]}' if marked else text}"
        mark = wording.heading_mark(
            heading.ordinal, heading.level, document.type, self.context.locale, document.language.digits
        )
        return f"{'#' * heading.level} {mark} {text}".rstrip(" ")

    def _sides(self, vote: Vote) -> tuple[tuple[str, str], ...]:
        locale = self.context.locale
        separator = str(locale.word("vote", "separator"))
        for state in (*vote.in_favour, *vote.against, *vote.abstaining):
            if separator in state:
                raise SourceError(f"the name of a State holds what parts names: {state}", hint="write it otherwise")
        sides = wording.vote_lines(vote, locale)
        return tuple((side, write_spans((Text(states),), self.context)) for side, states in sides)

    def _table(self, table: Table) -> Iterator[str]:
        heads = len(table.head)
        if table.caption or table.ordinal or heads > 1:
            head = f", head {heads}" if heads > 1 else ""
            yield self._announced(f"table{_number(table.ordinal)}{head}", table.caption)
        columns = len(table.alignments)
        rows = [*table.head, *table.rows] if heads else [(Cell(()),) * columns, *table.rows]
        lines = [self._row(row) for row in rows]
        rule = f"| {' | '.join(_RULES[each] for each in table.alignments)} |"
        yield "\n".join((lines[0], rule, *lines[1:]))
        for place, note in enumerate(table.notes, 1):
            yield f"[^{table_note_label(place)}]: {write_paragraph(note, self.context)}"

    def _row(self, row: Sequence[Cell]) -> str:
        cells: list[str] = []
        for cell in row:
            cells += [write_spans(cell.content, self.context).replace("|", "\\|"), *[JOINED] * (cell.columns - 1)]
        return f"| {' | '.join(cells)} |"


def write_paragraph(content: tuple[Inline, ...], context: Context) -> str:
    """A paragraph on one line, but for the page ends that end it, and with no sign of a block at its start."""
    end = len(content)
    while end > 1 and isinstance(content[end - 1], PageEnd):
        end -= 1
    text = write_spans(content[:end], context)
    if found := _BLOCK_SIGN.match(text):
        text = f"{text[: found.end() - 1]}\\{text[found.end() - 1 :]}"
    ends = PAGE_END * (len(content) - end)
    return f"{text}\n{ends}" if ends else text


def _list_item(marker: str, text: str) -> str:
    """Put `marker` before a text of some blocks, and indent its other lines to stand below the first."""
    return marker + re.sub(r"\n(?!\n)", "\n" + " " * len(marker), text)  # textwrap would indent behind U+2028 too


def _number(number: int | None) -> str:
    return "" if number is None else f" {number}"


def _in_mark(text: str) -> str:
    """`text` inside a mark, `<!-- … -->`, which it may not end."""
    return re.sub(r"[&<>\n]", lambda found: f"&#{ord(found[0])};", text)


def _escaped(text: str) -> str:
    """The words for a picture; a line end or white space at an end would not come back."""
    escaped = re.sub(r"[\\`*_\[\]<&!]", r"\\\g<0>", text)
    return re.sub(r"\n|^\s|\s$", lambda found: f"&#{ord(found[0])};", escaped)
