"""Blocks → what templates print of them: plain values, in the order of the page.

Each value has a `shape`, the name of the macro in `templates/blocks.html.j2` that prints it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from masthead.document import (
    Alignment,
    Annex,
    Block,
    Box,
    Contents,
    Document,
    Figure,
    Heading,
    Item,
    Locale,
    Paragraph,
    Part,
    Row,
    Table,
    TemplateError,
    Vote,
    plain,
)
from masthead.document.references import BODY, Citation, Kind, Scope
from masthead.page import wording
from masthead.page.inline import Inliner

_MEDIA_TYPES = ("image/svg+xml", "image/png", "image/jpeg")
_SHORT = 12  # rows
_DEEPEST = 6  # HTML and PDF have six levels


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as a template sees it: its class, its mark, and its HTML in as many parts as pages divide it into.

    `key` tells the parts of one paragraph from those of another; `ends_page` says that a page ends after it. `anchor`
    is what links to it name; empty where nothing can.
    """

    shape: ClassVar[str] = "paragraph"
    kind: str
    key: str
    mark: str
    parts: tuple[Markup, ...]
    ends_page: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class Head:
    """A heading. `level` is that of HTML, `kind` the class; `key` is what a table of contents links to."""

    shape: ClassVar[str] = "heading"
    level: int
    kind: str
    key: str
    mark: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; a cell is the number of columns it spans, the side of its text, and the text.

    A short one is not parted by a page's end.
    """

    shape: ClassVar[str] = "table"
    key: str
    mark: str
    caption: Markup
    head: tuple[tuple[tuple[int, str, Markup], ...], ...]
    rows: tuple[tuple[tuple[int, str, Markup], ...], ...]
    notes: tuple[tuple[str, Markup], ...]

    @property
    def is_short(self) -> bool:
        return len(self.rows) <= _SHORT


@dataclass(frozen=True, slots=True)
class Picture:
    shape: ClassVar[str] = "figure"
    key: str
    mark: str
    caption: Markup
    address: str
    alternative: str


@dataclass(frozen=True, slots=True)
class Frame:
    shape: ClassVar[str] = "box"
    title: Markup
    blocks: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    shape: ClassVar[str] = "vote"
    sides: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of contents; an entry is its level, what it links to, its mark and its title."""

    shape: ClassVar[str] = "contents"
    title: str
    page: str
    entries: tuple[tuple[int, str, str, Markup], ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """An annex: its heading, the bracket with its own original language, its title and blocks."""

    key: str
    mark: str
    original: str
    title: Markup
    blocks: tuple[Shape, ...]


Shape = Line | Head | Grid | Picture | Frame | Ballot | Listing


class Shaper:
    """Turns the blocks of one document into shapes, in reading order: it knows what there has been."""

    def __init__(self, document: Document, locale: Locale, inliner: Inliner) -> None:
        self._document, self._locale, self._inliner = document, locale, inliner
        self._headings = self._tables = self._figures = 0
        self._anchored: set[str] = set()

    def body(self) -> tuple[Shape, ...]:
        """The shapes of the body. A title stands above: headings begin on the second level."""
        preface = self._document.preface
        above = 2 if preface.adoption else 1
        return tuple(self._shapes(self._document.body, "p", above, BODY))

    def annexes(self) -> Iterator[Appendix]:
        for place, annex in enumerate(self._document.annexes, 1):
            self._inliner.scope = (place, 0, 0)
            yield self._annex(annex, f"annex-{place}")

    def _annex(self, annex: Annex, key: str) -> Appendix:
        return Appendix(
            key,
            wording.annex_mark(annex, self._document, self._locale),
            wording.annex_original(annex, self._locale),
            self._inliner.whole(annex.title),
            tuple(self._shapes(annex.body, f"{key}-p", 3 if annex.title else 2, self._inliner.scope)),
        )

    def _shapes(self, blocks: Iterable[Block], key: str, above: int, scope: Scope) -> Iterator[Shape]:
        """The shapes of `blocks`, which stand in `scope`; the heading above them is on level `above`."""
        level, parted, boxes = 0, 0, 0
        for place, block in enumerate(blocks, 1):
            self._inliner.scope = scope
            match block:
                case Paragraph():
                    yield from self._paragraph(block, f"{key}{place}")
                case Part():
                    level, parted = 0, 1
                    self._inliner.scope = scope = (scope[0], block.ordinal, scope[2])
                    yield self._head(block, above + 1, "part")
                case Heading():
                    if block.level > level + 1:
                        raise TemplateError(
                            f"a heading of level {block.level} follows one of level {level}",
                            where=f"heading “{plain(block.content)}”",
                            hint="leave no level out",
                        )
                    level = block.level
                    yield self._head(block, above + parted + level, f"heading-{level}")
                case Table():
                    yield self._table(block)
                case Figure():
                    yield self._figure(block)
                case Box():
                    boxes += 1
                    title = self._inliner.whole(block.title)
                    inner = tuple(self._shapes(block.blocks, f"{key}{place}-", above, (*scope[:2], boxes)))
                    yield Frame(title, inner)
                case Vote():
                    sides = wording.vote_lines(block, self._locale)
                    yield Ballot(tuple((side, self._inliner.text(states)) for side, states in sides))
                case Contents():
                    yield self._contents(block)

    def _mark(self, block: Paragraph | Heading | Part | Table | Figure) -> str:
        return wording.block_mark(block, self._document, self._locale)

    def _paragraph(self, block: Paragraph, key: str) -> Iterator[Line]:
        anchor = self._anchor(str(block.number)) if block.number else ""
        yield _line(str(block.role), key, self._mark(block), self._inliner.parts(block.content), anchor)
        for degree, place, item in _items(block.items, key, 1):
            mark = self._locale.item_mark(item.ordinal, degree, self._document.digits)
            anchor = self._anchor(f"{block.number}({item.ordinal})") if block.number and degree == 1 else ""
            yield _line(f"item degree-{degree}", place, mark, self._inliner.parts(item.content), anchor)

    def _anchor(self, paragraph: str) -> str:
        """What links to a paragraph name; of two that bear one number the first has it."""
        anchor = self._inliner.links.anchor(self._inliner.scope, Citation(Kind.PARAGRAPH, paragraph))
        if anchor in self._anchored:
            return ""
        self._anchored.add(anchor)
        return anchor

    def _head(self, block: Heading | Part, level: int, kind: str) -> Head:
        self._headings += 1
        text = self._inliner.whole(block.content)
        return Head(min(level, _DEEPEST), kind, f"heading-{self._headings}", self._mark(block), text)

    def _table(self, table: Table) -> Grid:
        def cells(row: Row) -> Iterator[tuple[int, str, Markup]]:
            column = 0
            for cell in row:
                alignment = table.alignments[column] if cell.columns == 1 else Alignment.CENTRE
                yield cell.columns, str(alignment), self._inliner.whole(cell.content)
                column += cell.columns

        for row in table.head + table.rows:
            if (columns := sum(cell.columns for cell in row)) != len(table.alignments):
                raise TemplateError(
                    f"a row of {columns} columns stands in a table of {len(table.alignments)}",
                    where=f"table “{plain(table.caption)}”",
                    hint="give each row as many cells",
                )
        self._tables += 1
        key = f"table-{self._tables}"
        self._inliner.table, self._inliner.table_notes = key, len(table.notes)
        caption = self._inliner.whole(table.caption)
        head = tuple(tuple(cells(row)) for row in table.head)
        rows = tuple(tuple(cells(row)) for row in table.rows)
        notes = tuple(
            (wording.table_note_mark(place, self._locale), self._inliner.whole(note))
            for place, note in enumerate(table.notes, 1)
        )
        self._inliner.table_notes = 0
        return Grid(key, self._mark(table), caption, head, rows, notes)

    def _figure(self, figure: Figure) -> Picture:
        if figure.media_type not in _MEDIA_TYPES or not figure.alternative.strip():
            fault = "no text stands for the picture" if not figure.alternative.strip() else "the picture cannot be set"
            raise TemplateError(
                f"{fault} ({figure.media_type})",
                where=f"figure “{plain(figure.caption)}”",
                hint=f"give it an alternative text and one of {', '.join(_MEDIA_TYPES)}",
            )
        self._figures += 1
        key = f"figure-{self._figures}"
        address = f"data:{figure.media_type};base64,{b64encode(figure.picture).decode()}"
        return Picture(key, self._mark(figure), self._inliner.whole(figure.caption), address, figure.alternative)

    def _contents(self, contents: Contents) -> Listing:
        return Listing(
            str(self._locale.word("contents", "title")),
            str(self._locale.word("contents", "page")),
            tuple(
                (entry.level, entry.key, entry.mark, self._inliner.text(entry.title))
                for entry in wording.outline(self._document, self._locale, contents.depth)
            ),
        )


def _items(items: Iterable[Item], key: str, degree: int) -> Iterator[tuple[int, str, Item]]:
    for place, item in enumerate(items, 1):
        yield degree, f"{key}-{place}", item
        yield from _items(item.items, f"{key}-{place}", degree + 1)


def _line(kind: str, key: str, mark: str, parts: tuple[Markup, ...], anchor: str) -> Line:
    """A page end behind the last word leaves an empty last part."""
    ends_page = len(parts) > 1 and not parts[-1]
    return Line(kind, key, mark, parts[:-1] if ends_page else parts, ends_page, anchor)
