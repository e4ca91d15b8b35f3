"""A document as lines, to be compared with another that may look otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.document.model import (
    Block,
    Box,
    Contents,
    Document,
    Heading,
    Inline,
    Item,
    LineEnd,
    NoteCall,
    Paragraph,
    ParagraphEnd,
    Part,
    Reference,
    Tab,
    Table,
    TableNoteCall,
    Text,
    Vote,
    inlines,
)


def shown(content: tuple[Inline, ...]) -> str:
    pieces = []
    for inline in inlines(content):
        match inline:
            case Text(words) | Reference(words):
                pieces.append(words)
            case NoteCall(number, asterisk):
                pieces.append(f"[^{'*' * number if asterisk else number}]")
            case LineEnd() | ParagraphEnd() | Tab():
                pieces.append(" ")
            case TableNoteCall(ordinal):
                pieces.append(f"[^{chr(96 + ordinal)}]")
    return " ".join("".join(pieces).split())


def lines_of(blocks: tuple[Block | Item, ...], level: int = 0) -> Iterator[tuple[object, ...]]:
    for block in blocks:
        match block:
            case Item(ordinal, content, items):
                yield "item", level, ordinal, shown(content)
                yield from lines_of(items, level + 1)
            case Paragraph(role, content, number, items):
                yield role, number, shown(content)
                yield from lines_of(items, level + 1)
            case Heading(depth, content, ordinal):
                yield "heading", depth, ordinal, shown(content)
            case Part(ordinal, content):
                yield "part", ordinal, shown(content)
            case Table():
                yield "table", block.caption.ordinal, shown(block.caption.title), block.alignments
                yield from (tuple(shown(cell.content) for cell in row.cells) for row in (*block.head, *block.rows))
                yield from (("table note", shown(note)) for note in block.notes)
            case Box(title, inner):
                yield "box", shown(title)
                yield from lines_of(inner)
            case Contents() | Vote():
                yield "other", block


def outline(document: Document) -> list[tuple[object, ...]]:
    """All that a document says, without emphasis and page ends."""
    preface = document.preface
    return [
        (document.type, document.language, document.organ, document.symbol, document.number, document.job),
        (document.masthead, document.digits),
        (preface.session, preface.agenda_item, preface.adoption, preface.bodies, preface.place),
        *(shown(part or ()) for part in (preface.basis, preface.title, preface.agenda_title, preface.subtitle)),
        (shown(preface.sponsors),),
        *lines_of(document.body),
        *(("note", note.number, note.asterisk, shown(note.content)) for note in document.notes),
        document.closing,
        *(
            line
            for annex in document.annexes
            for line in (("annex", annex.ordinal, annex.original, shown(annex.title)), *lines_of(annex.body))
        ),
    ]
