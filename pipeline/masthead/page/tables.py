"""Tables as shapes: their rows and cells, and how wide what is in them is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from masthead.document import model
from masthead.page import times
from masthead.page.inline import Inliner, fitted
from masthead.page.pictures import cell_picture
from masthead.page.shapes import COLUMN, FRAME, CellShape, RowShape

_SIZE, _HEAD_SIZE, _SPACING, _INDENT = 8.5, 7.0, 0.29, 14.4  # points: type of a table, and its distances
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


@dataclass(frozen=True, slots=True)
class TableCells:
    """The rows and cells of a table, whose content the `inliner` shapes: they must be shaped in reading order.

    A table `is_text` if its type is that of a text. `rooms` are what is after the numbers of its columns, so that their
    units digits are in line. `share` is the part of the page's width that the text has.
    """

    table: model.Table
    inliner: Inliner
    rooms: Mapping[tuple[int, int], Markup]
    share: float
    is_text: bool
    is_left_to_right: bool

    def rows(self, rows: tuple[model.Row, ...], *, heads: bool) -> Iterator[RowShape]:
        """Yield the shapes of rows of the head, or of the others."""
        widths = [each.width for each in self.table.columns]
        widths = widths if all(widths) else [1] * len(widths)
        size = _TEXT_TYPE if self.is_text else _SIZE

        def lines(column: int, cell: model.Cell) -> int:
            share = sum(widths[column : column + cell.columns]) / sum(widths)
            room = self.share * share * (COLUMN if self.table.inset else FRAME) / size
            texts = map(model.plain, model.split_paragraphs(cell.content))
            return sum(max(ceil(times.width(text) / room), 1) for text in texts)

        for number, (row, cells) in enumerate(zip(rows, model.placed(rows), strict=True)):
            lettered = not heads and row.kind is model.RowKind.GROUP
            made = (self._cell(column, each, number, heads=heads, lettered=lettered) for column, each in cells)
            long = not (heads or self.table.whole) and any(lines(column, each) >= _LONG for column, each in cells)
            beside = bool(cells) and cells[0][0] > 0
            yield RowShape(str(row.kind), min(row.indent, _STEPS), tuple(made), long, beside)

    def _cell(self, column: int, cell: model.Cell, number: int, *, heads: bool, lettered: bool) -> CellShape:
        centred = cell.columns > 1 and (heads or column > 0)
        alignment = model.Alignment.CENTRE if centred else self.table.alignments[column]
        *others, final = self._paragraphs(cell.content)
        room = "" if heads else self.rooms.get((number, column), "")
        texts = (*others, final + room) if cell.content or not cell.figures else ()
        gutter = self.table.columns[column + cell.columns - 1].gutter
        last = number + cell.rows == len(self.table.head) and len(self.table.rows) > 1
        spans = heads and cell.columns > 1 and not last and bool(cell.content)
        if self.is_left_to_right:
            texts = tuple(map(_divisible, texts))
        marked = texts if heads else (_numbered(each, lettered=lettered and column == 0) for each in texts)
        shown = (*marked, *map(cell_picture, cell.figures))
        reaches = heads and cell.rows > 1 and number + cell.rows == len(self.table.head)
        return CellShape(cell.columns, cell.rows, str(alignment), shown, gutter, spans, reaches)

    def _paragraphs(self, content: model.Content) -> tuple[Markup, ...]:
        return tuple(self._cell_paragraph(each) for each in model.split_paragraphs(content) or ((),))

    def _cell_paragraph(self, content: model.Content) -> Markup:
        text, fit = self.inliner.whole(content), fitted(content)
        return Markup('<span class="fit" style="{}">{}</span>').format(fit, text) if fit else text

    @property
    def word_widths(self) -> tuple[Mapping[tuple[int, int], float], Mapping[tuple[int, int], float]]:
        """The widths of the longest words of the head and of the other rows."""
        head = _word_widths(self.table.head, _ITALIC * _HEAD_SIZE, {})
        return head, _word_widths(self.table.rows, _SIZE, self.rooms)

    @property
    def label_widths(self) -> tuple[float, ...]:
        """The widths of the first cells of rows, as lines, in points."""
        firsts = [(row, row.cells[0].content) for row in self.table.rows if row.cells and row.cells[0].columns == 1]
        return tuple(
            _SIZE * times.width(text := model.plain(content))
            + (_SPACING - model.fit_of(content).letters / 20) * len(text)
            + _INDENT * min(row.indent, _STEPS)
            for row, content in firsts
        )


def is_text(table: model.Table) -> bool:
    """Whether a table is of text: no column has figures, and some cells have sentences."""
    start = all(alignment is model.Alignment.START for alignment in table.alignments)
    return start and any(len(model.plain(cell.content)) > _SENTENCE for row in table.rows for cell in row.cells)


def _numbered(text: Markup, *, lettered: bool = False) -> Markup:
    """Return the HTML of a paragraph in a cell with an element around the number that it begins with: `2.`, `1.1.1`.

    If it is `lettered`, it may also begin with a letter: `A.`.
    """
    found = _CELL_NUMBER.match(text) or (_CELL_LETTER.match(text) if lettered else None)
    if not found:
        return text
    depth = found[1].rstrip(".").count(".") + 1
    return Markup('<span class="cell-number depth-{}">{} </span>').format(depth, found[1]) + Markup(text[found.end() :])


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
