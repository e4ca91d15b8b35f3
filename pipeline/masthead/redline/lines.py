"""A document as a list of lines: every paragraph, subparagraph, heading and table in reading order, with its place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from masthead.document import Document, Locale, model
from masthead.document.references import Unit, units
from masthead.page import wording
from masthead.redline.sequences import AlignedItem
from masthead.redline.words import as_compared

_TEXT = "text"  # a paragraph may become a heading or a subparagraph, but not a table


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of a document: the `block` that it is, or is a part of, its printed mark and its content.

    `kind` is that of its unit (`document.references.Unit`), and `place` is that unit's. `degree` is that of a
    subparagraph, 0 for others. `members` are the units of a table, figure or vote. `boxed` says that it is in a box.
    """

    kind: str
    place: str
    block: model.Block | model.Item | model.Annex | None
    mark: str
    content: model.Content
    degree: int = 0
    members: tuple[Unit, ...] = ()
    boxed: bool = False

    @property
    def text(self) -> str:
        """The text, without its mark."""
        if self.members:
            return "\n".join(unit.text for unit in self.members)
        return model.plain(self.content)

    @property
    def form(self) -> Hashable:
        """What the line is, besides its text."""
        level = self.block.level if isinstance(self.block, model.Heading) else self.degree
        return self.kind, level, self.boxed

    @property
    def item(self) -> AlignedItem:
        """The line as it is aligned."""
        whole = isinstance(self.block, model.Table | model.Figure | model.Vote | model.Box | model.Annex)
        return AlignedItem(as_compared(self.text), self.kind if whole else _TEXT, self.form)


def has_other_mark(old: str, new: str) -> bool:
    """Return whether two marks have other numbers or letters. The kind of their digits is no difference."""
    return as_compared(old) != as_compared(new)


def lines(document: Document, locale: Locale) -> list[DocumentLine]:
    """Return the lines of the body, the closing lines and those of the annexes."""
    walker = _LineWalker(document, locale)
    found = list(walker.blocks(document.body))
    for line in document.closing:
        unit = walker.take()
        found.append(DocumentLine("closing", unit.place, None, "", (model.Text(line),)))
    for annex in document.annexes:
        unit = walker.take()
        mark = wording.annex_mark(annex, document, locale)
        found.append(DocumentLine("annex", unit.place, annex, mark, annex.title))
        found += walker.blocks(annex.body)
    return found


class _LineWalker:
    """Walks through a document in the order of its units, which have the places."""

    def __init__(self, document: Document, locale: Locale) -> None:
        self._document, self._locale = document, locale
        front = replace(document, body=(), closing=(), notes=(), annexes=())
        first = len(units(front))
        self._units = (unit for unit in units(document)[first:] if unit.kind != "note")

    def take(self) -> Unit:
        return next(self._units)

    def blocks(self, blocks: Iterable[model.Block]) -> Iterator[DocumentLine]:
        for block in blocks:
            match block:
                case model.Paragraph():
                    yield self._line(block, wording.block_mark(block, self._document, self._locale), block.content)
                    yield from self._items(block.items, 1)
                    if block.tail:
                        yield replace(self._line(block, "", block.tail), kind="tail")
                case model.Heading() | model.Part():
                    yield self._line(block, wording.block_mark(block, self._document, self._locale), block.content)
                case model.Table() | model.Figure():
                    title = self.take()
                    members = [title, *(self.take() for _ in range(_size(block) - 1))]
                    mark = wording.block_mark(block, self._document, self._locale)
                    yield DocumentLine(title.kind, title.place, block, mark, title.content, members=tuple(members))
                case model.Box():
                    title = self.take()
                    yield DocumentLine("box", title.place, block, "", title.content)
                    yield from (replace(line, boxed=True) for line in self.blocks(block.blocks))
                case model.Vote():
                    sides = tuple(self.take() for _ in range(3))
                    yield DocumentLine("vote", sides[0].place.rpartition(",")[0], block, "", (), members=sides)
                case model.Ornament():
                    yield DocumentLine("ornament", "ornament", block, "", block.content)
                case model.Contents() | model.Layout():
                    yield DocumentLine(type(block).__name__.lower(), "", block, "", ())

    def _line(
        self, block: model.Paragraph | model.Heading | model.Part, mark: str, content: model.Content
    ) -> DocumentLine:
        unit = self.take()
        return DocumentLine(unit.kind, unit.place, block, mark, content)

    def _items(self, items: Iterable[model.Item], degree: int) -> Iterator[DocumentLine]:
        for item in items:
            unit = self.take()
            mark = wording.item_mark(item, degree, self._document, self._locale)
            yield DocumentLine("item", unit.place, item, mark, item.content, degree)
            yield from self._items(item.items, degree + 1)


def _size(block: model.Table | model.Figure) -> int:
    """Return the number of units of a table or figure."""
    below = 1 + bool(block.caption.unit) + len(block.remarks) + len(block.notes)
    if isinstance(block, model.Figure):
        return below + 1
    return below + sum(len(row.cells) for row in block.head + block.rows)
