"""Blocks as Markdown that is read as the same blocks again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from masthead.document import Document, DocumentType, SourceError, model
from masthead.document.references import Context, Kind, LabelNames, numbered
from masthead.formats import charting
from masthead.formats.itemization import Marks, split_heading
from masthead.formats.markdown.span_writer import write_spans
from masthead.formats.markdown.syntax import (
    EMPTY,
    JOINED_CELL,
    LOWER_CELL,
    ORNAMENT,
    PAGE_BREAK,
    PAGE_END,
    ROW_KINDS,
    ROW_MARK,
    TAIL,
    BlockMark,
    label_mark,
    note_mark,
    printed_mark,
    role_mark,
)
from masthead.formats.pictures import EMBEDDED, VALUES, data_address
from masthead.formats.roles import Roles
from masthead.page import wording

_BLOCK_START = re.compile(r"[-+>=|]|~(?=~~)|[0-9٠-٩۰-۹０-９]{1,9}[.)．）、]|[0-9]{1,3} [.)]|[•●▪■◦‣·➢]")
_DELIMITERS = {model.Alignment.START: "---", model.Alignment.CENTRE: ":-:", model.Alignment.END: "--:"}


class MarkdownBlockWriter:
    """Writes the blocks of one document in order. Like the reader it tracks the role that a place implies."""

    def __init__(self, document: Document, context: Context) -> None:
        self.document, self.context = document, context
        self._roles = Roles(document.type)
        self._section, self._marks = "", Marks(context.locale)
        self._labels = LabelNames(document)
        numbers = [block.number for block in _numbered_paragraphs(document)]
        self._digits = 2 if len(numbers) > 2 and set(numbers) == {1} else 1  # 1., 1. would be counted by the reader

    def annex(self, annex: model.Annex) -> Iterator[str]:
        """Yield the mark of an annex and its blocks."""
        self._roles = Roles(DocumentType.REPORT)
        self._labels.enter_annex()
        mark = str(BlockMark(annex.kind, annex.ordinal, original=annex.original, own_notes=annex.own_notes))
        named = self._label(Kind.ANNEX, str(annex.ordinal or "")) if annex.kind is model.AnnexKind.ANNEX else ""
        yield f"{mark} {named}{printed_mark(annex.mark)}{write_spans(annex.title, self.context)}".rstrip(" ")
        yield from self.blocks(annex.body)

    def note(self, note: model.Note) -> Iterator[str]:
        """Yield a note."""
        named = "" if note.asterisk else self._label(Kind.NOTE, str(note.number))
        yield from write_note(note, note.content, self.context, named)

    def _label(self, kind: Kind, value: str) -> str:
        """Return the source form of the label of a part, with a space after it; an empty string if it has none."""
        name = self._labels.name(kind, value)
        return f"{label_mark(name)} " if name else ""

    def blocks(self, blocks: Iterable[model.Block]) -> Iterator[str]:
        """Yield one or more blocks of Markdown for each block."""
        layout = model.Layout()
        for block in blocks:
            match block:
                case model.Paragraph():
                    yield from self._paragraph(block)
                case model.Part(ordinal, content):
                    self._roles = Roles(self.document.type)
                    self._labels.enter_part(ordinal)
                    yield self._marked(BlockMark("part", ordinal), content)
                case model.Heading():
                    yield self._heading(block)
                case model.Ornament(content):
                    yield f"{ORNAMENT} {write_paragraph(content, self.context)}"
                case model.Table():
                    yield from self._table(block)
                case model.Figure() if chart := charting.origin_of(block, self.context.locale, self.document.digits):
                    yield from self._chart(block, chart)
                case model.Figure():
                    kind = {str(block.kind): ()} if block.kind is not model.FigureKind.PICTURE else {}
                    yield from self._caption("figure", block.caption, _options(kind, width=block.width))
                    yield f"![{_escape_alternative(block.alternative)}]({data_address(block)})"
                    yield from self._below(block)
                case model.Layout(landscape, columns, new_page):
                    given = _options({"break": ()} if new_page else {}, columns=columns if columns > 1 else 0)
                    mark = str(BlockMark("landscape" if landscape else "portrait", options=given))
                    yield PAGE_BREAK if block == replace(layout, new_page=True) else mark
                    layout = block
                case model.Box(title, inner, indent):
                    if indent:
                        yield str(BlockMark("box", options={"indent": (indent,)}))
                    # A box without a title has an empty one if its first block would be read as the title.
                    has_title = title or isinstance(next(iter(inner), None), model.Heading)
                    heading = [f"# {write_spans(title, self.context)}".rstrip(" ")] if has_title else []
                    with self._labels.box():
                        yield "> " + "\n\n".join((*heading, *self.blocks(inner))).replace("\n", "\n> ")
                case model.Vote():
                    yield str(BlockMark("vote"))
                    yield "\n".join(f"- {side} {states}" for side, states in self._vote_sides(block))
                case model.Contents(depth, paragraphs):
                    yield str(BlockMark("contents", depth, options={"paragraphs": ()} if paragraphs else {}))

    def _marked(self, mark: BlockMark, content: model.Content) -> str:
        return f"{mark} {write_spans(content, self.context)}".rstrip(" ")

    def _paragraph(self, paragraph: model.Paragraph) -> Iterator[str]:
        if paragraph.role is not self._roles.next(paragraph.number):
            self._roles.marked = paragraph.role
            yield role_mark(paragraph.role)
        if paragraph.number is not None and paragraph.section != self._section:
            self._section = paragraph.section
            yield str(BlockMark("section", section=self._section))
        value = numbered(paragraph.number, paragraph.section)
        named = self._label(Kind.PARAGRAPH, value)
        text = printed_mark(paragraph.mark) + named + self._text(paragraph.content)
        items = self._items(paragraph.items, 1, value)
        if paragraph.number is None:
            yield text
            yield from items
        else:
            yield _list_item(f"{paragraph.number:0{self._digits}}. ", "\n\n".join((text, *items)))
        if paragraph.tail:
            yield f"{TAIL} {write_paragraph(paragraph.tail, self.context)}"

    def _text(self, content: model.Content) -> str:
        return write_paragraph(content, self.context) if content else EMPTY

    def _items(self, items: tuple[model.Item, ...], degree: int, paragraph: str = "") -> Iterator[str]:
        locale = self.context.locale
        for item in items:
            mark = printed_mark(item.mark)
            if item.mark is None:
                mark = f"{locale.item_mark(item.ordinal, degree, locale.language.digits)} "
            mark += self._label(Kind.PARAGRAPH, f"{paragraph}({item.ordinal})") if paragraph else ""
            inner = self._items(item.items, degree + 1)
            first, *others = model.split_paragraphs(item.content) or ((),)
            later = [self._unmarked(self._text(other)) for other in others]
            yield _list_item("- ", "\n\n".join((f"{mark}{self._text(first)}", *later, *inner)))

    def _unmarked(self, text: str) -> str:
        """Return the text of a later paragraph so that it does not begin like a subparagraph."""
        return f"&#{ord(text[0])};{text[1:]}" if self._marks.item(text) else text

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
        named = self._label(Kind.SECTION, str(heading.ordinal)).rstrip() if heading.level == 1 else ""
        return f"{'#' * heading.level} {mark} {text}".rstrip(" ") + f" {named}".rstrip()

    def _vote_sides(self, vote: model.Vote) -> Iterator[tuple[str, str]]:
        locale = self.context.locale
        separator = str(locale.word("vote", "separator"))
        for state in (*vote.in_favour, *vote.against, *vote.abstaining):
            if separator in state:
                message = f"the name of a State contains the separator of names: {state}"
                raise SourceError(message, hint="write the name in another way")
        for side, states in wording.vote_lines(vote, locale):
            yield side, write_spans((model.Text(states),), self.context)

    def _caption(self, kind: str, caption: model.Caption, options: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
        """Yield the mark of a table or figure and the unit below it, if there is anything to say."""
        if caption or options:
            named = self._label(Kind(kind), numbered(caption.ordinal, caption.section))
            mark = BlockMark(kind, caption.ordinal, caption.section, options)
            yield f"{mark} {named}{write_spans(caption.title, self.context)}".rstrip(" ")
        if caption.unit:
            yield self._marked(BlockMark("unit"), caption.unit)

    def _below(self, block: model.Table | model.Figure) -> Iterator[str]:
        for remark in block.remarks:
            yield self._marked(BlockMark("remark"), remark)
        for ordinal, note in enumerate(block.notes, 1):
            yield from write_note(model.TableNoteCall(ordinal), note, self.context)

    def _table(self, table: model.Table) -> Iterator[str]:
        heads = len(table.head)
        flags = {name: () for name in ("top", "inset", "whole") if getattr(table, name)}
        widths = tuple(column.width for column in table.columns)
        gutters = tuple(at for at, column in enumerate(table.columns, 1) if column.gutter)
        given = {"widths": widths if any(widths) else (), "gutter": gutters}
        lists = {name: numbers for name, numbers in given.items() if numbers}
        options = {**_options({}, head=heads if heads > 1 else 0, lines=table.leading), **lists, **flags}
        yield from self._caption("table", table.caption, options)
        empty = model.Row((model.Cell(()),) * len(table.columns))  # Markdown has no table without a head
        delimiters = f"| {' | '.join(_DELIMITERS[each] for each in table.alignments)} |"
        head, *rows = self._rows(table.head or (empty,), len(table.columns))
        yield "\n".join((head, delimiters, *rows, *self._rows(table.rows, len(table.columns))))
        yield from self._below(table)

    def _chart(self, figure: model.Figure, chart: charting.ChartOrigin) -> Iterator[str]:
        """Yield a chart as the table from which it is drawn, or as a CSV file in its address."""
        form = chart.form
        flags = {name: () for name in (form.kind, form.over) if name}
        options = _options(flags, width=form.width, height=form.height)
        yield from self._caption("figure", figure.caption, {**options, **({"line": form.lines} if form.lines else {})})
        if chart.is_data:
            values = data_address(replace(figure, picture=chart.file, media_type=EMBEDDED[VALUES]))
            yield f"![{_escape_alternative(chart.said)}]({values})"
        else:
            yield from self._table(chart.table)
        yield from self._below(figure)

    def _rows(self, rows: Sequence[model.Row], columns: int) -> Iterator[str]:
        above: dict[int, int] = {}  # by column: how many rows more a cell takes
        starts: set[int] = set()  # the first columns of such cells
        for row, cells in zip(rows, model.placed(rows), strict=True):
            texts = [(LOWER_CELL if at in starts else JOINED_CELL) if above.get(at) else "" for at in range(columns)]
            above = {at: left - 1 for at, left in above.items() if left > 1}
            starts &= above.keys()
            for column, cell in cells:
                pictures = " ".join(map(_cell_picture, cell.figures))
                text = f"{write_spans(cell.content, self.context)} {pictures}".strip(" ").replace("|", "\\|")
                if column == 0:
                    text = _row_mark(row, text)
                texts[column : column + cell.columns] = [text, *[JOINED_CELL] * (cell.columns - 1)]
                if cell.rows > 1:
                    above.update(dict.fromkeys(range(column, column + cell.columns), cell.rows - 1))
                    starts.add(column)
            yield f"| {' | '.join(texts)} |"


def _numbered_paragraphs(document: Document) -> Iterator[model.Paragraph]:
    """Yield the numbered paragraphs of a document, without those in boxes."""
    for block in chain(document.body, *(annex.body for annex in document.annexes)):
        if isinstance(block, model.Paragraph) and block.number is not None:
            yield block


def _cell_picture(figure: model.Figure) -> str:
    """Return a picture in a cell; its title says what it shows and how wide it is."""
    title = f' "{figure.kind} {figure.width}"'
    return f"![{_escape_alternative(figure.alternative)}]({data_address(figure)}{title})"


def _row_mark(row: model.Row, text: str) -> str:
    """Return the text of the first cell of a row after the signs of its indent and kind."""
    kind = next((sign for sign, kind in ROW_KINDS.items() if kind is row.kind), "")
    signs = " ".join(filter(None, (">" * row.indent, kind)))
    if not signs and (found := ROW_MARK.match(text)) and found[0]:
        return f"\\{text}" if text[0] != " " else text
    return f"{signs} {text}".rstrip(" ") if signs else text


def _options(flags: Mapping[str, tuple[int, ...]], **numbers: int) -> Mapping[str, tuple[int, ...]]:
    """Return the options of a mark: flags, and names with a number that is not 0."""
    return {**flags, **{name: (number,) for name, number in numbers.items() if number}}


def write_note(
    call: model.Note | model.TableNoteCall, content: model.Content, context: Context, named: str = ""
) -> Iterator[str]:
    """Yield a note, after its label if it has one. Its paragraphs after the first are indented."""
    yield _list_item(f"{note_mark(call)}: {named}", "\n\n".join(write_paragraphs(content, context)), indent=4)


def write_paragraphs(content: model.Content, context: Context) -> list[str]:
    """Return the paragraphs of a subparagraph or a note."""
    return [write_paragraph(each, context) for each in model.split_paragraphs(content)] or [""]


def write_paragraph(content: model.Content, context: Context) -> str:
    """Return a paragraph on one line, escaped if it starts like another block. Page ends at its end are on the next."""
    end = len(content)
    while end > 1 and isinstance(content[end - 1], model.PageEnd):
        end -= 1
    text = write_spans(content[:end], context)
    if found := _BLOCK_START.match(text):
        at = found.end() - 1
        # CommonMark has a backslash before ASCII punctuation only.
        text = f"{text[:at]}\\{text[at:]}" if text[at].isascii() else f"{text[:at]}&#{ord(text[at])};{text[at + 1 :]}"
    ends = PAGE_END * (len(content) - end)
    return f"{text}\n{ends}" if ends else text


def _list_item(marker: str, text: str, indent: int = 0) -> str:
    """Put `marker` before a text of several blocks, and indent its other lines as far as the first, or by `indent`."""
    # textwrap.indent() splits lines at U+2028 as well, which is a character of a text here.
    return marker + re.sub(r"\n(?!\n)", "\n" + " " * (indent or len(marker)), text)


def _escape_alternative(text: str) -> str:
    """Return the alternative text of a picture with everything escaped that the reader would change."""
    escaped = re.sub(r"[\\`*_\[\]<&!]", r"\\\g<0>", text)
    return re.sub(r"\n|^\s|\s$", lambda found: f"&#{ord(found[0])};", escaped)
