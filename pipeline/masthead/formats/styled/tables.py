"""Tables of styled paragraphs into tables of the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from masthead.document import (
    Alignment,
    Caption,
    Cell,
    Column,
    Figure,
    Fit,
    Inline,
    Row,
    RowKind,
    Severity,
    Strong,
    Table,
    TableNoteCall,
    join_paragraphs,
)
from masthead.document.references import Doubt
from masthead.formats.styled.nesting import is_nested, unnested
from masthead.formats.styled.parts import Para, StyledCell, StyledPart, StyledRow, StyledTable
from masthead.formats.styled.spans import SPACE, Span, SpanReader, cut_mark, head_of

_NESTED = Doubt(
    "table-cells",
    "a table in a cell is read as rows and columns of the table around it",
    "compare it with its page",
    Severity.NOTE,
)

Figures = Callable[[Para, Caption], Iterable[Figure]]

_MAX_NOTES = 99
_VISIBLE_INDENT = 100  # twentieths of a point
_MAX_INDENT = 3


class TableReader:
    """Reads the tables of one document. `letters` are the marks of table notes, `figures` reads pictures."""

    def __init__(
        self, spans: SpanReader, letters: Sequence[str], figures: Figures, *, ours: bool, fits: bool = False
    ) -> None:
        self._fits = fits
        self._spans, self._letters, self._figures, self._ours = spans, letters, figures, ours
        alternatives = "|".join(re.escape(letter) for letter in letters)
        self._calls = re.compile(rf"\s*(?:{alternatives})(?:\s*[,،]\s*(?:{alternatives}))*\s*")
        self._letter = re.compile(alternatives)
        words = "|".join(map(re.escape, spans.context.locale.word("tables", "remarks")))
        self._remark = re.compile(rf"(?:{words})\s*[:：]")

    def table(self, table: StyledTable, remarks: Sequence[Para], after: Sequence[Para]) -> Table:
        """Return the table. Its notes are in the last rows, or in the paragraphs `after` it."""
        if is_nested(table):
            self._spans.record.report(table.number, _NESTED)
            table = unnested(table)
        rows = [row for row in table.rows if not row.spaces]
        notes: list[Para] = []
        while not self._ours and rows and (inside := self._notes(rows[-1], table)):
            notes = [*inside, *notes]
            rows.pop()
        notes += after
        _span_rows(rows)
        if not self._ours:
            _classify([row for row in rows if not row.heads])
            for row in rows:
                row.indent *= not row.heads
        # Others lay tables out with more columns than they fill.
        used = {cell.column for row in rows for cell in row.cells} | {0}
        starts = range(table.columns) if self._ours else sorted(used)
        content = self._rows(rows, starts, len(notes))
        heads = sum(1 for _ in takewhile(lambda row: row.heads, rows))
        alignments = table.alignments or tuple(_alignment(rows, heads, column) for column in starts)
        edges = [*starts, table.columns]
        columns = tuple(
            Column(side, sum(table.widths[start:end]), any(at in table.gutters for at in range(start + 1, end + 1)))
            for side, start, end in zip(alignments, edges[:-1], edges[1:], strict=True)
        )
        return Table(
            Caption(),
            tuple(content[:heads]),
            tuple(content[heads:]),
            columns,
            self.lines(remarks),
            self.notes(notes),
            table.top,
            table.inset,
            table.leading,
            table.whole,
        )

    def notes(self, paras: Sequence[Para]) -> tuple[tuple[Inline, ...], ...]:
        """Return the lettered notes below a table or a picture. A paragraph without a letter continues a note."""
        notes: list[tuple[Inline, ...]] = []
        for para in paras:
            has_letter = self.is_note(para) or (self._ours and bool(head_of(para.text).strip(SPACE)))
            if notes and not has_letter:
                notes[-1] = join_paragraphs((notes[-1], self._note(para)))
            else:
                notes.append(self._note(para))
        return tuple(notes)

    def lines(self, paras: Sequence[Para]) -> tuple[tuple[Inline, ...], ...]:
        """Return the remarks below a table or a picture."""
        return tuple(self._spans.content(self.called(para.spans), para.number) for para in paras)

    def is_note(self, para: Para) -> bool:
        """Return whether a paragraph begins with the raised letter of a table note."""
        first = para.first
        return first.raised and not first.literal and first.text.strip(SPACE) in self._letters

    def is_remark(self, para: Para) -> bool:
        """Return whether a paragraph begins like a line below a table: `Source:`, `Abbreviations:`."""
        return self._remark.match(para.text) is not None

    def _notes(self, row: StyledRow, table: StyledTable) -> list[Para]:
        """Return the notes in a row that holds nothing else, or an empty list."""
        if len(row.cells) != 1 or row.cells[0].columns < table.columns:
            return []
        paras = [part for part in row.cells[0].parts if isinstance(part, Para) and part.spans]
        return paras if paras and all(map(self.is_note, paras)) and len(table.rows) > 1 else []

    def _note(self, para: Para) -> tuple[Inline, ...]:
        """Return the content of a note after its letter."""
        letter = re.match(rf"(?:{self._letter.pattern})\s*", para.text) if self.is_note(para) else None
        length = (self._ours and len(head_of(para.text))) or (letter.end() if letter else 0)
        return self._spans.content(cut_mark(para.spans, length), para.number)

    def _rows(self, rows: Sequence[StyledRow], starts: Sequence[int], notes: int) -> list[Row]:
        """Return the rows over the columns that begin at `starts`, with empty cells in their gaps."""
        result: list[Row] = []
        taken: dict[int, int] = {}  # by column: how many rows more a cell from above takes
        for row in rows:
            cells: list[Cell] = []
            free = [start for start in starts if not taken.get(start)]
            taken = {start: left - 1 for start, left in taken.items() if left > 1}
            for cell in (each for each in row.cells if not each.merged):
                while free and free[0] < cell.column:
                    cells.append(Cell(()))
                    del free[0]
                covered = [start for start in free if start < cell.column + cell.columns]
                free = free[len(covered) :]
                if covered:
                    is_plain = row.heads or row.kind is not RowKind.ITEM
                    paras = [part for part in cell.parts if isinstance(part, Para)]
                    figures = tuple(figure for para in paras for figure in self._figures(para, Caption()))
                    content = self._content(cell, notes, is_plain)
                    cells.append(Cell(content, len(covered), cell.rows, figures))
                    taken.update(dict.fromkeys(covered, cell.rows - 1))
            cells += [Cell(()) for _ in free]
            result.append(Row(tuple(cells), row.kind, row.indent))
        return result

    def _content(self, cell: StyledCell, notes: int, heads: bool) -> tuple[Inline, ...]:
        return join_paragraphs(
            self._paragraph(para, notes, heads) for para in cell.parts if isinstance(para, Para) and para.spans
        )

    def _paragraph(self, para: Para, notes: int, heads: bool) -> tuple[Inline, ...]:
        content = self._spans.content(self.called(para.spans, notes), para.number, plain=heads)
        return (*content, Fit(letters=para.fit.letters)) if self._fits and content and para.fit.letters else content

    def called(self, spans: Sequence[Span], notes: int = _MAX_NOTES) -> list[Span]:
        """Turn raised letters into calls, if the table has so many notes."""
        return [each for span in spans for each in self._called(span, notes)]

    def _called(self, span: Span, notes: int) -> list[Span]:
        if self._ours or not span.raised or not self._calls.fullmatch(span.text):
            return [span]
        pieces = re.split(f"({self._letter.pattern})", span.text.strip(SPACE))
        ordinals = [self._letters.index(piece) + 1 for piece in pieces[1::2]]
        if max(ordinals) > notes:
            return [span]
        plain = replace(span, text="", raised=False, emphases=span.emphases if span.named else ())
        calls = [replace(plain, inline=TableNoteCall(ordinal)) for ordinal in ordinals]
        between = [replace(plain, text=piece) for piece in pieces[2:-1:2]]
        return [each for pair in zip(calls, [*between, plain], strict=True) for each in pair]


def _classify(rows: Sequence[StyledRow]) -> None:
    """Find out the kinds of the rows of a body by their look, and turn their indents into steps."""
    indents: list[int] = []
    for row in sorted(rows, key=lambda row: row.indent):
        if not indents or row.indent >= indents[-1] + _VISIBLE_INDENT:
            indents.append(row.indent)
    for at, row in enumerate(rows):
        row.indent = min(sum(row.indent >= indent for indent in indents) - 1, _MAX_INDENT)
        label, *others = [cell for cell in row.cells if not cell.merged] or [StyledCell(0, 1, [])]
        if not _is_bold(label):
            continue
        filled = [cell for cell in others if any(map(_has_text, cell.parts))]
        if not filled and (others or len(rows) > 1):
            row.kind = RowKind.GROUP
        elif row.ruled and all(map(_is_bold, filled)):
            row.kind = RowKind.TOTAL if at == len(rows) - 1 else RowKind.SUBTOTAL


def _has_text(part: StyledPart) -> bool:
    return isinstance(part, Para) and bool(part.text.strip(SPACE))


def _is_bold(cell: StyledCell) -> bool:
    """Return whether all text of a cell is bold, except the calls of notes."""
    paras = [part for part in cell.parts if isinstance(part, Para)]
    spans = [span for para in paras for span in para.spans if span.text.strip(SPACE) and not span.raised]
    return bool(spans) and all(Strong in span.emphases for span in spans)


def _span_rows(rows: Sequence[StyledRow]) -> None:
    """Give each cell the number of its rows, and the content of the cells below that continue it.

    No cell is in the head and in the body: Word can merge them, but the head is repeated on other pages.
    """
    above: dict[int, StyledCell] = {}
    for before, row in zip((None, *rows), rows, strict=False):
        if before and before.heads != row.heads:
            above = {}
        current: dict[int, StyledCell] = {}
        for cell in row.cells:
            held = above.get(cell.column)
            if cell.merged and held and held.columns == cell.columns:
                held.rows += 1
                held.parts += cell.parts
                current[cell.column] = held
            else:
                cell.merged = False
                current[cell.column] = cell
        above = current


def _alignment(rows: Sequence[StyledRow], heads: int, column: int) -> Alignment:
    """Return the alignment of most cells in a column. Cells of the head count only if the body has none."""
    for part in (rows[heads:], rows[:heads]):
        alignments = Counter(
            cell.alignment for row in part for cell in row.cells if cell.column == column and cell.columns == 1
        )
        if alignments:
            return alignments.most_common(1)[0][0]
    return Alignment.START
