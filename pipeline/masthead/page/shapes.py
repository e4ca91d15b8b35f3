"""Blocks as shapes: plain values that a template prints, in page order.

Each class has a `shape`, the name of the macro in `templates/blocks.html.j2` that prints its values.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from math import ceil
from typing import ClassVar

from markupsafe import Markup

from masthead.document import Direction, Document, Locale, TemplateError, locales, model
from masthead.document.references import BODY, Citation, Kind, Scope
from masthead.page import columns, times, wording
from masthead.page.digits import bookmark
from masthead.page.inline import Inliner
from masthead.page.svg import in_own_fonts

_SVG = "image/svg+xml"
_MEDIA_TYPES = (_SVG, "image/png", "image/jpeg")
_SHORT = 4  # tables with at most 4 rows stay on one page
_SIZE, _HEAD_SIZE, _SPACING, _GAP, _INDENT = 8.5, 7.0, 0.29, 2.0, 14.4  # points: type of a table, and its distances
_GUTTER = 7.2  # points before all columns but the first
_FRAME, _COLUMN, _REACH = 492.0, 365.3, 428.6  # points: the frame, the text, and from its start to the frame's end
_WIDER = 8000  # twentieths of a point: columns that are together so wide do not fit into the text
_SMALLER, _SMALLEST = 7 / 8.5, 5.5 / 8.5  # type of dense tables, of that of others
_SMALL_HEAD = 6 / 7  # type of heads of narrow columns, of that of others
_TOO_MUCH = 99.0
_LEAST = 0.1  # points: of a column whose width in the file is nothing
_CELL_LETTER = re.compile(r"([A-Z]\.) (?=[^\W\d_<])")
_CELL_NUMBER = re.compile(r"(\d{1,2}\.|\d{1,2}(?:\.\d{1,2}){1,2}) (?=[^\W\d_<])")
# A figure that ends the word: `December-2025`, not `press-2@example.org`.
_BEFORE_FIGURE = re.compile(r"(?<=[^\W\d_]{3}-)(?=\d+(?![\w@./-]))(?![^<]*>)")
_SENTENCE = 60  # characters
_STEPS = 3  # of an indent, at most
_ITALIC = 1.08  # its signs may be wider than those of upright type
_ROOM = re.compile('data-room="([^"]*)"')
_LONG = 6  # lines of a row that need not be on one page
_TEXT_TYPE = 10.0  # points: type of a table of text
_DEEPEST = 6  # HTML and PDF have six levels of headings


@dataclass(frozen=True, slots=True)
class ParagraphShape:
    """A paragraph. `kind` is its CSS class, `parts` its HTML, divided where a page ended in the printed original.

    `key` identifies the parts of one paragraph, `ends_page` says that a page ended after it. `anchor` is the target of
    links to the paragraph; it is empty if none can refer to it. `fit` is its style if it was fitted by hand.
    """

    shape: ClassVar[str] = "paragraph"
    kind: str
    key: str
    mark: str
    parts: tuple[Markup, ...]
    ends_page: bool
    anchor: str
    fit: str = ""


@dataclass(frozen=True, slots=True)
class HeadingShape:
    """A heading. `level` is its level in HTML, `kind` its CSS class, `key` the anchor for a table of contents.

    `bookmark` is its text as a bookmark, empty if that is the same. `fit` is that of a paragraph.
    """

    shape: ClassVar[str] = "heading"
    level: int
    kind: str
    key: str
    mark: str
    text: Markup
    bookmark: str
    fit: str = ""


@dataclass(frozen=True, slots=True)
class CellShape:
    """A cell of a table. `gutter` says that a double line follows it, `spans` that it is above others of the head,
    `reaches` that it has several rows down to the last one of the head."""

    columns: int
    rows: int
    side: str
    texts: tuple[Markup, ...]
    gutter: bool
    spans: bool
    reaches: bool = False


@dataclass(frozen=True, slots=True)
class RowShape:
    """A row of a table. A `long` row may continue on the next page, as in print.

    The first column of a row that is `beside` belongs to a cell that began above.
    """

    kind: str
    indent: int
    cells: tuple[CellShape, ...]
    long: bool = False
    beside: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its CSS classes."""
        holds = {
            self.kind: self.kind != "item",
            f"indent-{self.indent}": self.indent > 0,
            "long": self.long,
            "beside": self.beside,
        }
        return tuple(kind for kind, held in holds.items() if held)


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table. `widths` are the shares of its columns, `labels` the widths of what its rows begin with, in points.

    The page is as wide as the frame times `share`.
    """

    shape: ClassVar[str] = "table"
    key: str
    mark: str
    caption: Markup
    unit: Markup
    head: tuple[RowShape, ...]
    rows: tuple[RowShape, ...]
    remarks: tuple[Markup, ...]
    notes: tuple[tuple[str, Markup], ...]
    fit: str
    widths: tuple[int, ...]
    top: bool
    inset: bool
    leading: int
    whole: bool
    words: tuple[Mapping[tuple[int, int], float], Mapping[tuple[int, int], float]]
    labels: tuple[float, ...] = ()
    share: float = 1.0

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of the paragraphs after it: a label and figures, under what is above several."""
        spanned = len(self.head) == len(self.rows) == 1 and any(cell.columns > 1 for cell in self.head[0].cells)
        return spanned and self.inset and not (self.mark or self.caption or self.unit)

    @property
    def _room(self) -> float:
        return self.share * (_FRAME if not self.inset else _REACH if self.reaches else _COLUMN)

    @property
    def reaches(self) -> bool:
        """Whether it begins where the text does, and reaches to the end of the frame."""
        return self.inset and sum(self.widths) > _WIDER

    @property
    def given(self) -> list[float]:
        """The widths of its columns in points, as the file has them; empty if it has none.

        A column that is too narrow for its longest word takes what it needs from those with room to spare. What the
        first column spares breaks no label that is one line in the file, if the others have enough.
        """
        if not any(self.widths):
            return []
        given = [self._room * width / sum(self.widths) for width in self.widths]
        small = (_SMALL_HEAD, 1.0)  # the head may have smaller type
        needed = [
            max(share * words.get((at, 1), 0.0) for share, words in zip(small, self.words, strict=True)) + _GAP
            for at in range(len(given))
        ]
        whole = max((width + _GAP for width in self.labels if width + _GAP <= given[0]), default=0.0)
        for least in (max(needed[0], whole), needed[0]):
            needed[0] = least
            spare = [max(width - need, 0.0) for width, need in zip(given, needed, strict=True)]
            lacking = sum(max(need - width, 0.0) for width, need in zip(given, needed, strict=True))
            if not lacking or min(given) < _LEAST:
                return given
            if lacking <= sum(spare):
                share = lacking / sum(spare)
                return [max(width, need) - share * more for width, need, more in zip(given, needed, spare, strict=True)]
        return given

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its CSS classes. A `short` table is kept on one page.

        Its columns have a `fixed` width if the longest words fit. Where they do not, type is smaller. They are `spaced`
        if the words fit with a gutter before them too.
        """
        room, given = self._room, self.given
        head, body = (_fullness(words, given, _GAP) for words in self.words)
        spaced = len(given) > 2 and all(_fullness(words, given, _GAP + _GUTTER) <= 1 for words in self.words)
        fixed = body <= 1 and head <= 1 / _SMALL_HEAD
        single = [max(words.get((at, 1), 0.0) for words in self.words) for at in range(len(self.widths))]
        dense = 0.0 if fixed else sum(width + _GAP for width in single) / room
        holds = {
            "short": self.whole or (len(self.rows) <= _SHORT and not any(row.long for row in self.rows)),
            "fixed": fixed,
            "spaced": spaced,
            "small-head": fixed and head > 1,
            "variance": self.is_heading,
            "top": self.top,
            "inset": self.inset,
            "reaching": self.reaches,
            "dense": 1 < dense <= 1 / _SMALLER,
            "denser": dense > 1 / _SMALLER,
            "crammed": dense > 1 / _SMALLEST,
        }
        return tuple(kind for kind, held in holds.items() if held)


@dataclass(frozen=True, slots=True)
class FigureShape:
    """A picture. `address` is a data URI, `alternative` the text for those who cannot see it."""

    shape: ClassVar[str] = "figure"
    key: str
    mark: str
    caption: Markup
    unit: Markup
    address: str
    alternative: str
    kind: str
    width: int
    remarks: tuple[Markup, ...]
    notes: tuple[tuple[str, Markup], ...]
    fit: str


@dataclass(frozen=True, slots=True)
class BoxShape:
    """Text in a frame."""

    shape: ClassVar[str] = "box"
    title: Markup
    blocks: tuple[Shape, ...]
    indent: int


@dataclass(frozen=True, slots=True)
class VoteShape:
    """A recorded vote. A side is its heading and the States."""

    shape: ClassVar[str] = "vote"
    sides: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class ContentsShape:
    """A table of contents. An entry is its level, the anchor it links to, its mark, its title and its note calls.

    `paragraphs` is the head of the numbers of paragraphs, empty if there are none; `ranges` has them by anchor.
    """

    shape: ClassVar[str] = "contents"
    title: str
    page: str
    entries: tuple[tuple[int, str, str, Markup, Markup], ...]
    paragraphs: str = ""
    ranges: Mapping[str, Markup] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SectionShape:
    """Blocks on pages of another layout: `kind` is `landscape`, `portrait` among landscape pages, or `columns-2`."""

    shape: ClassVar[str] = "section"
    kind: str
    blocks: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class AnnexShape:
    """An annex: its heading, the line that names its original language, its title (with its bookmark) and blocks."""

    key: str
    mark: str
    original: str
    title: Markup
    bookmark: str
    blocks: tuple[Shape, ...]
    kind: str


Shape = ParagraphShape | HeadingShape | TableShape | FigureShape | BoxShape | VoteShape | ContentsShape | SectionShape


class Shaper:
    """Turns the blocks of one document into shapes. It numbers what it meets, so it must be used in reading order.

    `share` is the part of the page's width that the text has.
    """

    def __init__(self, document: Document, locale: Locale, inliner: Inliner, share: float = 1.0) -> None:
        self._document, self._locale, self._inliner, self._share = document, locale, inliner, share
        self._headings = self._tables = self._figures = 0
        self._anchored: set[str] = set()
        self._listed = wording.listed_calls(document, locale)

    def body(self) -> tuple[Shape, ...]:
        """Return the shapes of the body. Headings begin at level 2, or at level 3 below an adoption line and title."""
        preface = self._document.preface
        above = 2 if preface.adoption else 1
        return tuple(_sections(self._shapes(self._document.body, "p", above, BODY)))

    def annexes(self) -> Iterator[AnnexShape]:
        for place, annex in enumerate(self._document.annexes, 1):
            self._inliner.scope = (place, 0, 0)
            yield self._annex(annex, f"annex-{place}")

    def _annex(self, annex: model.Annex, key: str) -> AnnexShape:
        mark, title = wording.annex_mark(annex, self._document, self._locale), self._inliner.whole(annex.title)
        blocks, kind = annex.body, str(annex.kind)
        landscape = bool(blocks) and isinstance(blocks[0], model.Layout) and blocks[0].landscape
        above = 1 + bool(mark) + bool(annex.title)
        shapes = self._shapes(blocks[landscape:], f"{key}-p", above, self._inliner.scope)
        return AnnexShape(
            key,
            mark,
            wording.annex_original(annex, self._locale),
            title,
            bookmark(model.plain(annex.title), self._document.language),
            tuple(_sections(shapes, landscape=landscape)),
            f"{kind} landscape" if landscape else kind,
        )

    def _shapes(
        self, blocks: Iterable[model.Block], key: str, above: int, scope: Scope
    ) -> Iterator[Shape | model.Layout]:
        """Yield the shapes of `blocks`, which are in `scope` and below a heading of level `above`."""
        levels: list[int] = []  # of the last heading and of those that it is under
        parted, boxes = 0, 0
        for place, block in enumerate(blocks, 1):
            self._inliner.scope = scope
            match block:
                case model.Paragraph():
                    yield from self._paragraph(block, f"{key}{place}")
                case model.Part():
                    levels, parted = [], 1
                    self._inliner.scope = scope = (scope[0], block.ordinal, scope[2])
                    yield self._head(block, above + 1, "part")
                case model.Heading():
                    # HTML and PDF skip no level, whatever the look of a heading.
                    levels = [*(level for level in levels if level < block.level), block.level]
                    yield self._head(block, above + parted + len(levels), f"heading-{block.level}")
                case model.Ornament(content):
                    yield _line("ornament", f"{key}{place}", "", (self._inliner.whole(content),), "")
                case model.Table():
                    yield self._table(block)
                case model.Figure():
                    yield self._figure(block)
                case model.Box():
                    boxes += 1
                    title = self._inliner.whole(block.title)
                    inner = tuple(_sections(self._shapes(block.blocks, f"{key}{place}-", above, (*scope[:2], boxes))))
                    yield BoxShape(title, inner, block.indent)
                case model.Vote():
                    sides = wording.vote_lines(block, self._locale)
                    yield VoteShape(tuple((side, self._inliner.text(states)) for side, states in sides))
                case model.Contents():
                    yield self._contents(block)
                case model.Layout():
                    yield block

    def _mark(self, block: wording.MarkedBlock) -> str:
        return wording.block_mark(block, self._document, self._locale)

    def _paragraph(self, block: model.Paragraph, key: str) -> Iterator[ParagraphShape]:
        number = f"{block.section}.{block.number}" if block.section else str(block.number)
        anchor = self._anchor(number) if block.number else ""
        yield from self._lines(str(block.role), key, self._mark(block), block.content, anchor)
        for degree, place, item in _items(block.items, key, 1):
            mark = wording.item_mark(item, degree, self._document, self._locale)
            anchor = self._anchor(f"{number}({item.ordinal})") if block.number and degree == 1 else ""
            bulleted = " bulleted" if mark == locales.BULLET else ""
            yield from self._lines(f"item degree-{degree}{bulleted}", place, mark, item.content, anchor)
        if block.tail:
            yield from self._lines("tail", f"{key}-tail", "", block.tail, "")

    def _lines(self, kind: str, key: str, mark: str, content: model.Content, anchor: str) -> Iterator[ParagraphShape]:
        """Yield a paragraph, and those that are in its content without a mark of their own."""
        first, *others = model.split_paragraphs(content) or ((),)
        yield _line(kind, key, mark, self._inliner.parts(first), anchor, _fit(first))
        for place, other in enumerate(others, 2):
            yield _line(f"{kind} continued", f"{key}-part-{place}", "", self._inliner.parts(other), "", _fit(other))

    def _anchor(self, paragraph: str) -> str:
        """Return the anchor of a paragraph. Of two paragraphs with the same number only the first has one."""
        anchor = self._inliner.links.anchor(self._inliner.scope, Citation(Kind.PARAGRAPH, paragraph))
        if anchor in self._anchored:
            return ""
        self._anchored.add(anchor)
        return anchor

    def _head(self, block: model.Heading | model.Part, level: int, kind: str) -> HeadingShape:
        self._headings += 1
        key = f"heading-{self._headings}"
        content = wording.without_asterisks(block.content) if key in self._listed else block.content
        mark, text = self._mark(block), self._inliner.whole(content)
        if not mark and wording.is_label(block.content):
            kind += " heading-label"
        label = bookmark(f"{mark} {model.plain(block.content)}", self._document.language)
        return HeadingShape(min(level, _DEEPEST), kind, key, mark, text, label, _fit(content))

    def _table(self, table: model.Table) -> TableShape:
        def shaped(rows: tuple[model.Row, ...], *, heads: bool) -> Iterator[RowShape]:
            for number, (row, cells) in enumerate(zip(rows, model.placed(rows), strict=True)):
                lettered = not heads and row.kind is model.RowKind.GROUP
                made = (cell(column, each, number, heads=heads, lettered=lettered) for column, each in cells)
                long = not (heads or table.whole) and any(lines(column, each) >= _LONG for column, each in cells)
                beside = bool(cells) and cells[0][0] > 0
                yield RowShape(str(row.kind), min(row.indent, _STEPS), tuple(made), long, beside)

        def lines(column: int, cell: model.Cell) -> int:
            share = sum(widths[column : column + cell.columns]) / sum(widths)
            room = self._share * share * (_COLUMN if table.inset else _FRAME) / size
            texts = map(model.plain, model.split_paragraphs(cell.content))
            return sum(max(ceil(times.width(text) / room), 1) for text in texts)

        def cell(column: int, cell: model.Cell, number: int, *, heads: bool, lettered: bool) -> CellShape:
            centred = cell.columns > 1 and (heads or column > 0)
            alignment = model.Alignment.CENTRE if centred else table.alignments[column]
            *others, final = self._paragraphs(cell.content)
            room = "" if heads else rooms.get((number, column), "")
            texts = (*others, final + room) if cell.content or not cell.figures else ()
            gutter = table.columns[column + cell.columns - 1].gutter
            last = number + cell.rows == len(table.head) and len(table.rows) > 1
            spans = heads and cell.columns > 1 and not last and bool(cell.content)
            if self._document.language.direction is Direction.LTR:
                texts = tuple(map(_divisible, texts))
            marked = texts if heads else (_numbered(each, lettered=lettered and column == 0) for each in texts)
            shown = (*marked, *map(_picture, cell.figures))
            reaches = heads and cell.rows > 1 and number + cell.rows == len(table.head)
            return CellShape(cell.columns, cell.rows, str(alignment), shown, gutter, spans, reaches)

        if fault := table_fault(table):
            raise TemplateError(
                fault,
                where=f"table “{model.plain(table.caption.title)}”",
                hint="give each row the same number of columns",
            )
        widths = tuple(column.width for column in table.columns)
        widths = widths if all(widths) else (1,) * len(widths)
        size = _TEXT_TYPE if (is_text := table.top or _is_text(table)) else _SIZE
        rooms = columns.rooms(table, self._document.language, self._document.digits, self._locale)
        self._tables += 1
        key = f"table-{self._tables}"
        self._inliner.table, self._inliner.table_notes = key, len(table.notes)
        title, unit = self._inliner.whole(table.caption.title), self._inliner.whole(table.caption.unit)
        head, rows = tuple(shaped(table.head, heads=True)), tuple(shaped(table.rows, heads=False))
        remarks, notes = self._below(table)
        self._inliner.table_notes = 0
        return TableShape(
            key,
            self._mark(table),
            title,
            unit,
            head,
            rows,
            remarks,
            notes,
            _fit(table.caption.title or table.caption.unit),
            tuple(column.width for column in table.columns),
            is_text,
            table.inset,
            table.leading,
            table.whole,
            (
                _word_widths(table.head, _ITALIC * _HEAD_SIZE, {}),
                _word_widths(table.rows, _SIZE, rooms),
            ),
            _label_widths(table.rows, _SIZE),
            self._share,
        )

    def _paragraphs(self, content: model.Content) -> tuple[Markup, ...]:
        return tuple(self._cell_paragraph(each) for each in model.split_paragraphs(content) or ((),))

    def _cell_paragraph(self, content: model.Content) -> Markup:
        text, fit = self._inliner.whole(content), _fit(content)
        return Markup('<span class="fit" style="{}">{}</span>').format(fit, text) if fit else text

    def _below(self, block: model.Table | model.Figure) -> tuple[tuple[Markup, ...], tuple[tuple[str, Markup], ...]]:
        """Return the remarks and notes below a table or figure. What calls the notes of a picture is in the picture."""
        lettered = tuple(takewhile(bool, map(_lettered, reversed(block.remarks))))[::-1]
        plain = block.remarks[: len(block.remarks) - len(lettered)]
        remarks = tuple(self._inliner.whole(remark) for remark in plain)
        notes = tuple((letter, self._inliner.whole(rest)) for letter, rest in filter(None, lettered))
        notes += tuple(
            (wording.table_note_mark(place, self._locale), self._inliner.whole(note))
            for place, note in enumerate(block.notes, 1)
        )
        return remarks, notes

    def _figure(self, figure: model.Figure) -> FigureShape:
        address = _address(figure)
        self._figures += 1
        key = f"figure-{self._figures}"
        self._inliner.table, self._inliner.table_notes = key, len(figure.notes)
        title, unit = self._inliner.whole(figure.caption.title), self._inliner.whole(figure.caption.unit)
        remarks, notes = self._below(figure)
        self._inliner.table_notes = 0
        mark, kind = self._mark(figure), str(figure.kind)
        fit, words = _fit(figure.caption.title or figure.caption.unit), figure.alternative
        return FigureShape(key, mark, title, unit, address, words, kind, figure.width, remarks, notes, fit)

    def _contents(self, contents: model.Contents) -> ContentsShape:
        return ContentsShape(
            str(self._locale.word("contents", "title")),
            str(self._locale.word("contents", "page")),
            tuple(
                (
                    entry.level,
                    entry.key,
                    entry.mark,
                    self._inliner.entry(entry.title),
                    self._inliner.whole(entry.calls if entry.key in self._listed else ()),
                )
                for entry in wording.outline(self._document, self._locale, contents.depth)
            ),
            str(self._locale.word("contents", "paragraphs")) if contents.paragraphs else "",
            self._ranges() if contents.paragraphs else {},
        )

    def _ranges(self) -> Mapping[str, Markup]:
        return {key: self._inliner.entry(text) for key, text in wording.listed_paragraphs(self._document).items()}


def _lettered(remark: model.Content) -> tuple[str, model.Content] | None:
    """Return the raised letter with which a line below a picture begins, and the rest; None if it has none."""
    match remark:
        case model.Raised(letter), model.Text(text), *rest if len(letter.strip()) == 1 and (letter + text)[1] == " ":
            return letter.strip(), (model.Text(text.lstrip()), *rest)
    return None


def _address(figure: model.Figure) -> str:
    """Return the data address of a picture. Raises TemplateError if it cannot be shown or has no alternative text."""
    where = f"figure “{model.plain(figure.caption.title)}”"
    if figure.media_type not in _MEDIA_TYPES or not figure.alternative.strip():
        lacks_text = not figure.alternative.strip()
        raise TemplateError(
            "the figure has no alternative text" if lacks_text else f"unsupported picture: {figure.media_type}",
            where=where,
            hint="add a description of the picture" if lacks_text else f"use {', '.join(_MEDIA_TYPES)}",
        )
    picture = in_own_fonts(figure.picture, where) if figure.media_type == _SVG else figure.picture
    return f"data:{figure.media_type};base64,{b64encode(picture).decode()}"


def _picture(figure: model.Figure) -> Markup:
    """Return the HTML of a picture in a cell."""
    style = f"width: {figure.width}pt" if figure.width else ""
    element = Markup('<img class="cell-picture" src="{}" alt="{}" style="{}">')
    return element.format(_address(figure), figure.alternative, style)


def _numbered(text: Markup, *, lettered: bool = False) -> Markup:
    """Return the HTML of a paragraph in a cell with an element around the number that it begins with: `2.`, `1.1.1`.

    If it is `lettered`, it may also begin with a letter: `A.`.
    """
    found = _CELL_NUMBER.match(text) or (_CELL_LETTER.match(text) if lettered else None)
    if not found:
        return text
    depth = found[1].rstrip(".").count(".") + 1
    return Markup('<span class="cell-number depth-{}">{} </span>').format(depth, found[1]) + Markup(text[found.end() :])


def _sections(shapes: Iterable[Shape | model.Layout], *, landscape: bool = False) -> Iterator[Shape]:
    """Yield shapes, with those of another layout than the one around them in sections. `landscape` is that one."""
    around, kind = model.Layout(landscape), ""
    held: list[Shape] = []
    for shape in (*shapes, around):
        if not isinstance(shape, model.Layout):
            held.append(shape)
            continue
        if kind and held:
            yield SectionShape(kind, tuple(held))
        else:
            yield from held
        held, names = [], []
        if shape.landscape is not landscape:
            names.append("landscape" if shape.landscape else "portrait")
        if shape.columns > 1:
            names.append(f"columns-{shape.columns}")
        if shape.new_page:
            names.append("new-page")
        kind = " ".join(names)


def _is_text(table: model.Table) -> bool:
    """Whether a table is of text: no column has figures, and some cells have sentences."""
    start = all(alignment is model.Alignment.START for alignment in table.alignments)
    return start and any(len(model.plain(cell.content)) > _SENTENCE for row in table.rows for cell in row.cells)


def _fullness(words: Mapping[tuple[int, int], float], given: Sequence[float], gap: float) -> float:
    """Return the largest share of the room of its columns, without a gap, that a word takes."""
    if not given:
        return _TOO_MUCH
    rooms = ((width, max(sum(given[at : at + count]) - gap, _LEAST)) for (at, count), width in words.items())
    return max((width / room for width, room in rooms), default=0.0)


def _divisible(text: Markup) -> Markup:
    """Return the HTML of a cell in which a line may end after a hyphen before a figure too, as it may in Word."""
    return Markup(_BEFORE_FIGURE.sub("\u200b", text))


def _word_widths(
    rows: Sequence[model.Row], size: float, rooms: Mapping[tuple[int, int], Markup]
) -> dict[tuple[int, int], float]:
    """Return the width of the longest word, in points, by the first column of cells and the columns they span.

    A number is one word, with the `room` after it (see `columns`). A no-break space divides no words.
    """
    widest: dict[tuple[int, int], float] = defaultdict(float)
    for number, (row, cells) in enumerate(zip(rows, model.placed(rows), strict=True)):
        for column, cell in cells:
            text = re.sub(r"(?<=\d) (?=\d)", "\u00a0", model.plain(cell.content))
            text += "".join(_ROOM.findall(rooms.get((number, column), "")))
            words = re.split(r"[ \t\n]+|(?<=[-–])", text)
            apart = _SPACING - model.fit_of(cell.content).letters / 20
            width = max(size * times.width(word) + apart * len(word) for word in words)
            indent = 0 if column else _INDENT * min(row.indent, _STEPS)
            widest[column, cell.columns] = max(widest[column, cell.columns], width + indent)
    return widest


def _label_widths(rows: Sequence[model.Row], size: float) -> tuple[float, ...]:
    """Return the widths of the first cells of rows, as lines, in points."""
    firsts = [(row, row.cells[0].content) for row in rows if row.cells and row.cells[0].columns == 1]
    return tuple(
        size * times.width(text := model.plain(content))
        + (_SPACING - model.fit_of(content).letters / 20) * len(text)
        + _INDENT * min(row.indent, _STEPS)
        for row, content in firsts
    )


def table_fault(table: model.Table) -> str:
    """Return the fault in the rows of a table, or an empty string."""
    for rows in (table.head, table.rows):
        open_rows: list[int] = [0] * len(table.columns)
        for row, cells in zip(rows, model.placed(rows), strict=True):
            filled = sum(left > 0 for left in open_rows) + sum(cell.columns for cell in row.cells)
            ends = max((column + cell.columns for column, cell in cells), default=0)
            if filled != len(table.columns) or ends > len(table.columns):
                return f"a row has {max(filled, ends)} columns, but the table has {len(table.columns)}"
            open_rows = [max(left - 1, 0) for left in open_rows]
            for column, cell in cells:
                open_rows[column : column + cell.columns] = [cell.rows - 1] * cell.columns
        if any(open_rows):
            return "a cell spans more rows than there are"
    return ""


def _items(items: Iterable[model.Item], key: str, degree: int) -> Iterator[tuple[int, str, model.Item]]:
    for place, item in enumerate(items, 1):
        yield degree, f"{key}-{place}", item
        yield from _items(item.items, f"{key}-{place}", degree + 1)


def _line(kind: str, key: str, mark: str, parts: tuple[Markup, ...], anchor: str, fit: str = "") -> ParagraphShape:
    ends_page = len(parts) > 1 and not parts[-1]  # a page end after the last word leaves an empty last part
    return ParagraphShape(kind, key, mark, parts[:-1] if ends_page else parts, ends_page, anchor, fit)


def _fit(content: model.Content) -> str:
    """Return the style of a text that was fitted to its page by hand, empty if none was."""
    fit = model.fit_of(content)
    said = {"line-height": fit.lines, "--letters": fit.letters, "--above": fit.above}
    return "; ".join(f"{name}: {number / 20:g}pt" for name, number in said.items() if number)
