"""Blocks as paragraphs and tables of Word, in the styles of the UN template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from masthead.document import (
    Alignment,
    Annex,
    Block,
    Box,
    Cell,
    Contents,
    Direction,
    Document,
    DocumentType,
    Figure,
    Heading,
    Inline,
    Item,
    Note,
    Paragraph,
    Part,
    Role,
    Row,
    Table,
    Vote,
    plain,
)
from masthead.formats.opening_lines import Fact
from masthead.formats.roles import Roles
from masthead.formats.source import check_characters
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import ParaKind
from masthead.formats.styled.spans import SPACE
from masthead.formats.word.flow import BOX, COLUMNS
from masthead.formats.word.markup import control, ordered, run, text, w
from masthead.formats.word.pictures import draw
from masthead.formats.word.run_writer import RunWriter
from masthead.page import wording

COLUMN = 7306  # the width of the text in twentieths of a point: 365.3 points, measured
INDENT = 1267  # from the frame to the text
_HANGING = (ParaKind.HEADING, ParaKind.ANNEX_TITLE, Fact.TITLE, Fact.SUBTITLE)
_JUSTIFIED = {Alignment.START: "left", Alignment.CENTRE: "center", Alignment.END: "right"}


class BlockWriter:
    """Writes the blocks of one document in order; `pictures` are the files that it needs, by their relations."""

    def __init__(self, document: Document, runs: RunWriter, styles: Mapping[tuple[ParaKind | Fact, int], str]) -> None:
        self.document, self.runs, self.locale = document, runs, runs.context.locale
        self.pictures: dict[str, tuple[bytes, str]] = {}
        self._styles = styles
        self._roles = Roles(document.type)
        self._counts = MarkReader(document.type, self.locale, ours=False)
        self._to_left = document.language.direction is Direction.RTL

    def paragraph(self, kind: ParaKind | Fact, *content: Any, level: int = 0, look: Iterable[Any] = ()) -> Any:
        """A paragraph of runs in the style of its kind; `look` are properties that go beyond it."""
        return self.styled(self._styles.get((kind, level), ""), content, look)

    def text(
        self,
        kind: ParaKind | Fact,
        content: Sequence[Inline],
        mark: str = "",
        *,
        level: int = 0,
        look: Iterable[Any] = (),
    ) -> Any:
        """A paragraph of content, a mark and a tab before it. Headings hang: their marks end at a tab of their own."""
        hanging = [run(w("tab")) for _ in range(1 if mark else 2)] if kind in _HANGING else []
        return self.paragraph(kind, *hanging, *self._marked(mark, content), level=level, look=look)

    def line(self, kind: ParaKind | Fact, line: str, *, foreign: bool = False) -> Any:
        """A paragraph of a line without markup."""
        return self.styled(self._styles[kind, 0], self.runs.line(line), foreign=foreign)

    def note(self, note: Note, *, counted: bool) -> Any:
        """A note's paragraph, behind the number that Word counts, or its own mark."""
        mark = self.locale.note_mark(note.number, self.document.digits, asterisk=note.asterisk)
        reference = run(w("footnoteRef") if counted else text(mark), look=[w("rStyle", val="FootnoteReference")])
        return self.styled(
            "FootnoteText", [run(w("tab")), reference, run(w("tab")), *self.runs.content(note.content, in_note=True)]
        )

    def annex(self, annex: Annex) -> Iterator[Any]:
        self._roles = Roles(DocumentType.REPORT)
        yield self.line(ParaKind.ANNEX, wording.annex_mark(annex, self.document, self.locale))
        if annex.original:
            form = str(self.locale.word("annex", "original"))
            yield self.line(ParaKind.ANNEX_ORIGINAL, form.format(language=annex.original))
        if annex.title:
            yield self.text(ParaKind.ANNEX_TITLE, annex.title)
        yield from self.blocks(annex.body)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Any]:
        for block in blocks:
            match block:
                case Paragraph():
                    yield from self._paragraph(block)
                case Part(content=content):
                    self._roles = Roles(self.document.type)
                    yield self.text(ParaKind.PART, content, self._mark(block))
                case Heading():
                    yield self._heading(block)
                case Table():
                    yield from self._caption(block)
                    yield from self._table(block)
                    yield from self._table_notes(block)
                case Figure():
                    yield from self._caption(block)
                    yield self._figure(block)
                case Box():
                    yield self._box(block)
                    yield w("p")  # Word makes one of two tables that touch
                case Vote():
                    for side, states in wording.vote_lines(block, self.locale):
                        yield self.line(ParaKind.VOTE_SIDE, side)
                        yield self.line(ParaKind.VOTE_STATES, states)
                case Contents(depth):
                    yield from self._contents(depth)

    def _heading(self, heading: Heading) -> Any:
        """From level 4 on a style of the template is that of the mark a level deeper too: (a) as 1., (i) as no (a)."""
        shared = heading.level > 3 and heading.ordinal is not None
        look = [w("outlineLvl", val=str(heading.level - 1))] if shared else []
        return self.text(
            ParaKind.HEADING, heading.content, self._mark(heading), level=heading.level - shared, look=look
        )

    def _mark(self, block: Paragraph | Heading | Part | Table | Figure) -> str:
        return wording.block_mark(block, self.document, self.locale)

    def styled(self, style: str, content: Iterable[Any], look: Iterable[Any] = (), *, foreign: bool = False) -> Any:
        """A paragraph in a style; a `foreign` one does not run to the left."""
        to_left = self._to_left and not foreign
        properties = [*([w("pStyle", val=style)] if style else []), *([w("bidi")] if to_left else []), *look]
        return w("p", *([w("pPr", *ordered(properties))] if properties else []), *content)

    def _marked(self, mark: str, content: Sequence[Inline]) -> list[Any]:
        before = [*self.runs.line(mark), run(w("tab"))] if mark else []
        return [
            *before,
            *self.runs.content(content, literal=not mark and self._counts.seem(plain(content).lstrip(SPACE))),
        ]

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Any]:
        by_place = self._roles.next(paragraph.number)
        style = (
            self._styles[ParaKind.TEXT, 0] if by_place is paragraph.role else f"{paragraph.role.capitalize()}Paragraph"
        )
        indented = paragraph.role in (Role.FORMULA, Role.PREAMBULAR, Role.OPERATIVE)
        look = [w("ind", firstLine="475")] if indented else []
        yield self.styled(style, self._marked(self._mark(paragraph), paragraph.content), look)
        yield from self._items(paragraph.items, 1)

    def _items(self, items: Iterable[Item], degree: int) -> Iterator[Any]:
        for item in items:
            mark = self.locale.item_mark(item.ordinal, degree, self.document.digits)
            yield self.text(ParaKind.ITEM, item.content, mark, level=degree)
            yield from self._items(item.items, degree + 1)

    def _caption(self, block: Table | Figure) -> Iterator[Any]:
        if block.caption or block.ordinal:
            yield self.text(ParaKind.CAPTION, block.caption, self._mark(block))

    def _contents(self, depth: int) -> Iterator[Any]:
        """The field of a table of contents and what it shows until Word makes it anew."""
        yield self.line(ParaKind.CONTENTS, str(self.locale.word("contents", "title")))
        lines = [(entry.level, self.runs.line(f"{entry.mark} {entry.title}".strip()))
                 for entry in wording.outline(self.document, self.locale, depth)] or [(1, [])]  # fmt: skip
        code = w("instrText")
        code.text = f' TOC \\o "1-{depth}" \\h '
        begin, end = (run(w("fldChar", fldCharType=kind)) for kind in ("begin", "end"))
        lines[0][1][:0] = [begin, run(code), run(w("fldChar", fldCharType="separate"))]
        lines[-1][1].append(end)
        for level, runs in lines:
            yield self.paragraph(ParaKind.CONTENTS, *runs, level=level)

    # --- tables, boxes, pictures --------------------------------------------------------------------------------------

    def _table(self, table: Table) -> Iterator[Any]:
        widths = [(2 * INDENT + COLUMN) // len(table.alignments)] * len(table.alignments)
        rows = [self._row(row, table.alignments, heads=place < len(table.head), width=widths[0])
                for place, row in enumerate((*table.head, *table.rows))]  # fmt: skip
        if not rows:  # Word knows no table without rows: one of room alone
            room = w("trPr", w("trHeight", val="20", hRule="exact"))
            rows = [w("tr", room, *[self._cell((), 1, "left", width) for width in widths])]
        made = self.grid("DocumentTable", widths, rows)
        singly = {place for row in (*table.head, *table.rows) for place, cell in _places(row) if cell.columns == 1}
        known = all(place in singly for place, side in enumerate(table.alignments) if side is not Alignment.START)
        yield made if known else control(f"{COLUMNS}{' '.join(table.alignments)}", made)
        yield w("p")

    def _table_notes(self, table: Table) -> Iterator[Any]:
        raised = [w("vertAlign", val="superscript")]
        for place, note in enumerate(table.notes, 1):
            letter = run(text(wording.table_note_mark(place, self.locale)), look=raised)
            yield self.paragraph(ParaKind.TABLE_NOTE, letter, run(w("tab")), *self.runs.content(note))

    def _row(self, row: Row, alignments: Sequence[Alignment], *, heads: bool, width: int) -> Any:
        cells = [
            self._cell(
                cell.content,
                cell.columns,
                _JUSTIFIED[alignments[place]] if cell.columns == 1 else "center",
                width * cell.columns,
            )
            for place, cell in _places(row)
        ]
        return w("tr", *([w("trPr", w("tblHeader"))] if heads else []), *cells)

    def _cell(self, content: Sequence[Inline], columns: int, side: str, width: int) -> Any:
        properties = [w("tcW", w=str(width), type="dxa"), *([w("gridSpan", val=str(columns))] if columns > 1 else [])]
        paragraph = self.styled("", self.runs.content(content), [w("jc", val=side)])
        return w("tc", w("tcPr", *properties), paragraph)

    def _box(self, box: Box) -> Any:
        title = [self.text(ParaKind.BOX_TITLE, box.title)] if box.title else []
        inner = [*title, *self.blocks(box.blocks)]
        if not inner or inner[-1].tag != w("p").tag:  # a cell ends with a paragraph
            inner.append(w("p"))
        cell = w("tc", w("tcPr", w("tcW", w=str(COLUMN), type="dxa")), *inner)
        return self.grid(BOX, [COLUMN], [w("tr", cell)], indent=INDENT)

    def grid(self, style: str, widths: Sequence[int], rows: Iterable[Any], indent: int = 0) -> Any:
        properties = [
            w("tblStyle", val=style),
            *([w("bidiVisual")] if self._to_left else []),
            w("tblW", w=str(sum(widths)), type="dxa"),
            w("tblInd", w=str(indent), type="dxa"),
            w("tblLayout", type="fixed"),
        ]
        return w("tbl", w("tblPr", *properties), w("tblGrid", *[w("gridCol", w=str(each)) for each in widths]), *rows)

    def _figure(self, figure: Figure) -> Any:
        """A paragraph with a picture of the width of the text."""
        words = check_characters(figure.alternative, self.document)
        drawn = draw(figure, words, len(self.pictures) + 1, COLUMN, self._picture)
        return self.styled("", [drawn], [w("spacing", line="240", lineRule="auto"), w("ind", left=str(INDENT))])

    def _picture(self, data: bytes, media_type: str) -> str:
        key = f"rIdPicture{len(self.pictures) + 1}"
        self.pictures[key] = (data, media_type)
        return key


def _places(row: Row) -> Iterator[tuple[int, Cell]]:
    """The cells of a row, each with its first column."""
    column = 0
    for cell in row:
        yield column, cell
        column += cell.columns
