"""Blocks as paragraphs and tables of Word, in the styles of the UN template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from masthead.document import Direction, Document, DocumentType, model, printed_number
from masthead.document.references import Kind as References
from masthead.document.references import LabelNames, numbered
from masthead.formats.opening_lines import Fact
from masthead.formats.roles import Roles
from masthead.formats.source import check_characters
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import ParaKind
from masthead.formats.styled.spans import SPACE
from masthead.formats.table_columns import cells_show_alignments
from masthead.formats.word.conventions import (
    BOX,
    COLUMNS,
    GUTTER,
    INDENT,
    LEADING,
    OWN_NOTES,
    TEXT_INDENT,
    TOP,
    WHOLE,
    label_name,
    layout_name,
)
from masthead.formats.word.note_columns import stops_for
from masthead.formats.word.pictures import TEXT_WIDTH, draw
from masthead.formats.word.run_writer import RunWriter, tighten
from masthead.formats.word.styles import Kind
from masthead.formats.word.xml import control, ordered, properties, run, text, w
from masthead.page import room_widths, wording

_HANGING = (ParaKind.HEADING, ParaKind.ANNEX_TITLE, Fact.TITLE, Fact.SUBTITLE)
_SPACING = 4  # twentieths of a point between letters, in the template
_EM = 214  # twentieths of a point: in a table of Word, type of 10 points that is 103 per cent wide, with its spacing
_JUSTIFICATION = {model.Alignment.START: "left", model.Alignment.CENTRE: "center", model.Alignment.END: "right"}


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell of a table looks; lengths are in twentieths of a point.

    `widths` are those of the columns that it covers, `side` is that to which its text is aligned, and `merge` says
    whether it begins or continues a cell of several rows. The text ends `room` before its end, so that the units digits
    of a column are in line. `leading` is the distance of its lines, 0 if it is that of the style.
    """

    widths: Sequence[int]
    side: str = "left"
    merge: str = ""
    is_at_top: bool = False
    style: str = ""
    indent: int = 0
    room: int = 0
    leading: int = 0

    def cell(self) -> Any:
        """Return the properties of the cell."""
        span = w("gridSpan", val=str(len(self.widths))) if len(self.widths) > 1 else None
        merged = w("vMerge", val=self.merge) if self.merge else None
        place = w("vAlign", val="top" if self.is_at_top else "bottom")
        return w("tcPr", w("tcW", w=str(sum(self.widths)), type="dxa"), span, merged, place)

    def paragraph(self) -> list[Any]:
        """Return the properties of a paragraph in the cell."""
        indents = {edge: str(width) for edge, width in (("left", INDENT * self.indent), ("right", self.room)) if width}
        spacing = [w("spacing", line=str(self.leading), lineRule="exact")] if self.leading else []
        return [*spacing, *([w("ind", **indents)] if indents else []), w("jc", val=self.side)]


class WordBlockWriter:
    """Writes the blocks of one document in order; `pictures` are its files by the keys of their relations."""

    def __init__(self, document: Document, runs: RunWriter, styles: Mapping[tuple[Kind, int], str]) -> None:
        self.document, self.runs, self.locale = document, runs, runs.context.locale
        self.pictures: dict[str, tuple[bytes, str]] = {}
        self._styles = styles
        self._roles = Roles(document.type)
        self._marks = MarkReader(document.type, self.locale, ours=False)
        self._labels = LabelNames(document)
        self._is_rtl = document.language.direction is Direction.RTL

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def styled(self, style: str, content: Iterable[Any], look: Iterable[Any] = (), *, foreign: bool = False) -> Any:
        """Return a paragraph in a style with properties beyond it; a `foreign` one runs from left to right."""
        named = w("pStyle", val=style) if style else None
        bidi = w("bidi") if self._is_rtl and not foreign else None
        given = [each for each in (named, bidi, *look) if each is not None]
        return w("p", properties("pPr", *ordered(given)), *content)

    def paragraph(self, kind: Kind, *content: Any, level: int = 0, look: Iterable[Any] = ()) -> Any:
        """Return a paragraph of runs in the style of its kind."""
        return self.styled(self._styles.get((kind, level), ""), content, look)

    def text(
        self, kind: Kind, content: model.Content, mark: str = "", *, level: int = 0, look: Iterable[Any] = ()
    ) -> Any:
        """Return a paragraph of content after a mark and a tab. Headings hang: another tab is before the mark."""
        hanging = [run(w("tab")) for _ in range(1 if mark else 2)] if kind in _HANGING else []
        runs, fit = self._marked(mark, content), model.fit_of(content)
        if fit.letters and not hanging:
            tighten(runs, _SPACING - fit.letters)
        if fit.lines:
            look = [*look, w("spacing", line=str(fit.lines), lineRule="exact")]
        return self.paragraph(kind, *hanging, *runs, level=level, look=look)

    def line(self, kind: Kind, line: str, *, foreign: bool = False) -> Any:
        """Return a paragraph of a line without markup."""
        return self.styled(self._styles[kind, 0], self.runs.line(line), foreign=foreign)

    def note(self, note: model.Note, *, counted: bool) -> list[Any]:
        """Return the paragraphs of a note, after the number that Word counts or a mark of its own."""
        number = printed_number(note, self.runs.printed)
        label = self.locale.note_mark(number, self.document.digits, asterisk=note.asterisk)
        reference = run(w("footnoteRef") if counted else text(label), look=[w("rStyle", val="FootnoteReference")])
        first, *others = model.split_paragraphs(note.content) or ((),)
        content = self.runs.content(first, in_note=True)
        mark = [run(w("tab")), reference, run(w("tab"))]
        paragraphs = [self.styled("FootnoteText", [*mark, *content], stops_for(first, is_first=True))]
        for other in others:
            content = self.runs.content(other, in_note=True)
            paragraphs.append(self.styled("FootnoteText", content, stops_for(other, is_first=False)))
        if not note.asterisk:
            self._named(paragraphs[0], References.NOTE, str(note.number))
        return paragraphs

    def _marked(self, mark: str, content: model.Content) -> list[Any]:
        if mark:
            return [*self.runs.line(mark), run(w("tab")), *self.runs.content(content)]
        return self.runs.content(content, literal=self._marks.seems_marked(model.plain(content).lstrip(SPACE)))

    def _named(self, paragraph: Any, kind: References, value: str) -> Any:
        """Return a paragraph with a bookmark at its start if references lead to it by a label."""
        if name := self._labels.name(kind, value):
            start = 1 if len(paragraph) and paragraph[0].tag.endswith("}pPr") else 0
            for at, mark in enumerate(self.runs.bookmark(label_name(name)), start):
                paragraph.insert(at, mark)
        return paragraph

    # --- blocks -------------------------------------------------------------------------------------------------------

    def annex(self, annex: model.Annex) -> Iterator[Any]:
        """Yield the heading of an annex and its blocks."""
        self._roles = Roles(DocumentType.REPORT)
        self._labels.enter_annex()
        if annex.own_notes:  # a section of its own, which ends the one before
            self.runs.begin_notes()
            yield w("p", *self.runs.bookmark(f"{OWN_NOTES}{len(self.runs.noted)}"))
        line = self.line(ParaKind.ANNEX, wording.annex_mark(annex, self.document, self.locale))
        is_annex = annex.kind is model.AnnexKind.ANNEX
        yield self._named(line, References.ANNEX, str(annex.ordinal or "")) if is_annex else line
        if annex.original:
            yield self.line(ParaKind.ANNEX_ORIGINAL, wording.annex_original(annex, self.locale))
        if annex.title:
            yield self.text(ParaKind.ANNEX_TITLE, annex.title)
        yield from self.blocks(annex.body)

    def blocks(self, blocks: Iterable[model.Block]) -> Iterator[Any]:
        """Yield the paragraphs and tables of blocks."""
        for block in blocks:
            match block:
                case model.Paragraph():
                    yield from self._paragraph(block)
                case model.Part(ordinal, content):
                    self._roles = Roles(self.document.type)
                    self._labels.enter_part(ordinal)
                    yield self.text(ParaKind.PART, content, self._mark(block))
                case model.Heading():
                    yield self._heading(block)
                case model.Ornament(content):
                    yield self.text(ParaKind.ORNAMENT, content)
                case model.Table():
                    yield from self._caption(block)
                    yield from self._table(block)
                    yield from self._below(block)
                case model.Figure():
                    yield from self._caption(block)
                    yield self._figure(block)
                    yield from self._below(block)
                case model.Layout():
                    self.runs.layouts += 1
                    end = [run(w("br", type="page"))] if block.new_page else []
                    yield self.styled("", [*self.runs.bookmark(layout_name(self.runs.layouts, block)), *end])
                case model.Box():
                    with self._labels.box():
                        yield self._box(block)
                    yield w("p")  # Word merges two tables that touch
                case model.Vote():
                    for side, states in wording.vote_lines(block, self.locale):
                        yield self.line(ParaKind.VOTE_SIDE, side)
                        yield self.line(ParaKind.VOTE_STATES, states)
                case model.Contents():
                    yield from self._contents(block)

    def _mark(self, block: model.Paragraph | model.Heading | model.Part | model.Table | model.Figure) -> str:
        return wording.block_mark(block, self.document, self.locale)

    def _heading(self, heading: model.Heading) -> Any:
        # The template prints a marked heading of level 4, (a), in the style of level 3, and so on: its own outline
        # level tells them apart.
        shared = heading.level > 3 and heading.ordinal is not None
        look = [w("outlineLvl", val=str(heading.level - 1))] if shared else []
        mark, level = self._mark(heading), heading.level - shared
        paragraph = self.text(ParaKind.HEADING, heading.content, mark, level=level, look=look)
        value = str(heading.ordinal or "") if heading.level == 1 else ""
        return self._named(paragraph, References.SECTION, value)

    def _paragraph(self, paragraph: model.Paragraph) -> Iterator[Any]:
        is_implied = self._roles.next(paragraph.number) is paragraph.role
        style = self._styles[ParaKind.TEXT, 0] if is_implied else f"{paragraph.role.capitalize()}Paragraph"
        indented = paragraph.role in (model.Role.FORMULA, model.Role.PREAMBULAR, model.Role.OPERATIVE)
        look = [w("ind", firstLine="475")] if indented else []
        value = numbered(paragraph.number, paragraph.section)
        line = self.styled(style, self._marked(self._mark(paragraph), paragraph.content), look)
        yield self._named(line, References.PARAGRAPH, value)
        yield from self._items(paragraph.items, 1, value)
        if paragraph.tail:
            yield self.text(ParaKind.TAIL, paragraph.tail)

    def _items(self, items: Iterable[model.Item], degree: int, paragraph: str = "") -> Iterator[Any]:
        for item in items:
            mark = wording.item_mark(item, degree, self.document, self.locale)
            first, *others = model.split_paragraphs(item.content) or ((),)
            value = f"{paragraph}({item.ordinal})" if paragraph else ""
            yield self._named(self.text(ParaKind.ITEM, first, mark, level=degree), References.PARAGRAPH, value)
            for other in others:
                yield self.text(ParaKind.CONTINUED, other, level=degree)
            yield from self._items(item.items, degree + 1)

    def _caption(self, block: model.Table | model.Figure) -> Iterator[Any]:
        caption = block.caption
        if caption.title or caption.ordinal:
            kind = References.TABLE if isinstance(block, model.Table) else References.FIGURE
            line = self.text(ParaKind.CAPTION, caption.title, self._mark(block))
            yield self._named(line, kind, numbered(caption.ordinal, caption.section))
        if caption.unit:
            yield self.text(ParaKind.UNIT, caption.unit)

    def _contents(self, contents: model.Contents) -> Iterator[Any]:
        """Yield the field of a table of contents and what it shows until Word updates it."""
        depth, title = contents.depth, self.runs.line(str(self.locale.word("contents", "title")))
        head = self.runs.line(str(self.locale.word("contents", "paragraphs")))
        named = [run(w("tab")), *head] if contents.paragraphs else []
        yield self.styled(self._styles[ParaKind.CONTENTS, 0], [*title, *named])
        entries = wording.outline(self.document, self.locale, depth)
        lines = [(entry.level, self.runs.line(f"{entry.mark} {entry.title}".strip())) for entry in entries] or [(1, [])]
        code = w("instrText")
        code.text = f' TOC \\o "1-{depth}" \\h '
        begin, separate, end = (w("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
        lines[0][1][:0] = map(run, (begin, code, separate))
        lines[-1][1].append(run(end))
        for level, runs in lines:
            yield self.paragraph(ParaKind.CONTENTS, *runs, level=level)

    # --- tables, boxes, pictures --------------------------------------------------------------------------------------

    def grid(
        self,
        style: str,
        widths: Sequence[int],
        rows: Iterable[Any],
        indent: int = 0,
        *,
        fixed: bool = True,
        whole: int = 0,
    ) -> Any:
        """Return a table of rows with columns of these widths, in twentieths of a point, or shares of the `whole`."""
        bidi = w("bidiVisual") if self._is_rtl else None
        lengths = [w("tblW", w=str(whole or sum(widths)), type="dxa"), w("tblInd", w=str(indent), type="dxa")]
        look = w(
            "tblPr", w("tblStyle", val=style), bidi, *lengths, w("tblLayout", type="fixed" if fixed else "autofit")
        )
        return w("tbl", look, w("tblGrid", *[w("gridCol", w=str(each)) for each in widths]), *rows)

    def _table(self, table: model.Table) -> Iterator[Any]:
        count, heads, content = len(table.columns), len(table.head), (*table.head, *table.rows)
        indent, whole = (TEXT_INDENT, TEXT_WIDTH) if table.inset else (0, 2 * TEXT_INDENT + TEXT_WIDTH)
        shares = [column.width for column in table.columns]
        given = any(shares)
        widths = [whole * share // sum(shares) for share in shares] if given else [whole // count] * count
        rows = list(self._rows(content, heads, table, widths))
        if not rows:  # Word has no table without rows: an invisible one
            height = w("trPr", w("trHeight", val="20", hRule="exact"))
            rows = [w("tr", height, *[self._cell((), CellLook(widths[:1])) for _ in range(count)])]
        grid = self.grid("DocumentTable", shares if given else widths, rows, indent, fixed=given, whole=whole)
        said = [] if cells_show_alignments(content, table.alignments) else [str(side) for side in table.alignments]
        said += [f"{GUTTER}{at}" for at, column in enumerate(table.columns, 1) if column.gutter]
        said += [TOP] if table.top else []
        said += [WHOLE] if table.whole else []
        said += [f"{LEADING}{table.leading}"] if table.leading else []
        yield control(f"{COLUMNS}{' '.join(said)}", grid) if said else grid
        yield w("p")

    def _below(self, block: model.Table | model.Figure) -> Iterator[Any]:
        for remark in block.remarks:
            yield self.text(ParaKind.REMARK, remark)
        raised = [w("vertAlign", val="superscript")]
        for ordinal, note in enumerate(block.notes, 1):
            letter = run(text(wording.table_note_mark(ordinal, self.locale)), look=raised)
            first, *others = model.split_paragraphs(note) or ((),)
            yield self.paragraph(ParaKind.TABLE_NOTE, letter, run(w("tab")), *self.runs.content(first))
            for other in others:
                yield self.paragraph(ParaKind.TABLE_NOTE, run(w("tab")), *self.runs.content(other))

    def _rows(self, rows: Sequence[model.Row], heads: int, table: model.Table, widths: Sequence[int]) -> Iterator[Any]:
        """Yield the rows; below a cell of several rows there are cells that continue it."""
        rooms = room_widths(table, self.locale, self.document.digits)
        above: dict[int, tuple[int, int]] = {}  # by column: how many rows more a cell takes, and its columns
        for at, (row, placed) in enumerate(zip(rows, model.placed(rows), strict=True)):
            cells: dict[int, Any] = {}
            for column, (_, columns) in above.items():
                cells[column] = self._cell((), CellLook(widths[column : column + columns], merge="continue"))
            above = {column: (left - 1, columns) for column, (left, columns) in above.items() if left > 1}
            for column, cell in placed:
                side = _JUSTIFICATION[table.alignments[column]] if cell.columns == 1 else "center"
                merge = "restart" if cell.rows > 1 else ""
                style, indent = (row.kind, row.indent) if column == 0 else (model.RowKind.ITEM, 0)
                kind = "" if style is model.RowKind.ITEM else f"Table{style.capitalize()}"
                covered = widths[column : column + cell.columns]
                room = round(_EM * rooms.get((at - heads, column), 0))
                leading = 0 if at < heads else table.leading
                look = CellLook(covered, side, merge, table.top, kind, indent, room, leading)
                cells[column] = self._cell(cell.content, look)
                cells[column].extend(map(self._figure, cell.figures))
                if cell.rows > 1:
                    above[column] = (cell.rows - 1, cell.columns)
            repeated = w("trPr", w("tblHeader")) if at < heads else None
            yield w("tr", repeated, *[cells[column] for column in sorted(cells)])

    def _cell(self, content: model.Content, look: CellLook) -> Any:
        paragraphs = [
            self.styled(look.style, self.runs.content(each), look.paragraph())
            for each in model.split_paragraphs(content) or ((),)
        ]
        return w("tc", look.cell(), *paragraphs)

    def _box(self, box: model.Box) -> Any:
        inner = [self.text(ParaKind.BOX_TITLE, box.title)] if box.title else []
        inner += self.blocks(box.blocks)
        if not inner or inner[-1].tag != w("p").tag:  # a cell must end with a paragraph
            inner.append(w("p"))
        cell = w("tc", w("tcPr", w("tcW", w=str(TEXT_WIDTH), type="dxa")), *inner)
        return self.grid(BOX, [TEXT_WIDTH], [w("tr", cell)], indent=TEXT_INDENT + box.indent)

    def _figure(self, figure: model.Figure) -> Any:
        """Return a paragraph with a picture, as wide as the text if it has no width of its own."""
        words = check_characters(figure.alternative, self.document)
        width = figure.width * 20 or TEXT_WIDTH
        drawing = draw(figure, words, len(self.pictures) + 1, width, self._keep_picture)
        return self.styled("", [drawing], [w("spacing", line="240", lineRule="auto"), w("ind", left=str(TEXT_INDENT))])

    def _keep_picture(self, data: bytes, media_type: str) -> str:
        key = f"rIdPicture{len(self.pictures) + 1}"
        self.pictures[key] = (data, media_type)
        return key
