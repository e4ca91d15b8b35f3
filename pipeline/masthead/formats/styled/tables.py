"""Tables of styled paragraphs into tables of the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from masthead.document import Alignment, Cell, Inline, Row, Severity, Table, TableNoteCall
from masthead.document.references import Doubt
from masthead.formats.styled.parts import Para, StyledCell, StyledRow, StyledTable
from masthead.formats.styled.spans import BREAK, SPACE, Span, SpanReader, cut_mark, head_of

_NESTED = Doubt("table-cells", "a nested table is read as the text of a cell", "divide the outer table")
_JOINED = Doubt("table-cells", "the paragraphs of a cell are joined", "divide the row", Severity.NOTE)
_MERGED = Doubt(
    "table-cells", "a cell across several rows is read as one with empty cells below", "divide it", Severity.NOTE
)

_MAX_NOTES = 99


class TableReader:
    """Reads the tables of one document. `letters` are the marks of table notes."""

    def __init__(self, spans: SpanReader, letters: Sequence[str], *, ours: bool) -> None:
        self._spans, self._letters, self._ours = spans, letters, ours
        alternatives = "|".join(re.escape(letter) for letter in letters)
        self._calls = re.compile(rf"\s*(?:{alternatives})(?:\s*[,،]\s*(?:{alternatives}))*\s*")
        self._letter = re.compile(alternatives)

    def table(self, table: StyledTable, after: Sequence[Para]) -> Table:
        """Return the table. Its notes are in the last rows, or in the paragraphs `after` it."""
        rows = [row for row in table.rows if not row.spaces]
        notes: list[Para] = []
        while not self._ours and rows and (inside := self._notes(rows[-1], table)):
            notes = [*inside, *notes]
            rows.pop()
        notes += after
        self._lower_merged(rows)
        # Others lay tables out with more columns than they fill.
        used = {cell.column for row in rows for cell in row.cells} | {0}
        starts = range(table.columns) if self._ours else sorted(used)
        content = [self._row(row, starts, len(notes)) for row in rows]
        heads = sum(1 for _ in takewhile(lambda row: row.heads, rows))
        return Table(
            (),
            tuple(content[:heads]),
            tuple(content[heads:]),
            table.alignments or tuple(_alignment(rows, heads, column) for column in starts),
            tuple(self._note(note) for note in notes),
        )

    def is_note(self, para: Para) -> bool:
        """Tell whether a paragraph begins with the raised letter of a table note."""
        return para.first.raised and para.first.text.strip(SPACE) in self._letters

    def _notes(self, row: StyledRow, table: StyledTable) -> list[Para]:
        """Return the notes in a row that holds nothing else, or an empty list."""
        if len(row.cells) != 1 or row.cells[0].columns < table.columns:
            return []
        paras = [part for part in row.cells[0].parts if isinstance(part, Para) and part.spans]
        return paras if paras and all(map(self.is_note, paras)) and len(table.rows) > 1 else []

    def _note(self, para: Para) -> tuple[Inline, ...]:
        """Return the content of a note after its letter."""
        letter = re.match(rf"(?:{self._letter.pattern})\s*", para.text)
        length = (self._ours and len(head_of(para.text))) or (letter.end() if letter else 0)
        return self._spans.content(cut_mark(para.spans, length), para.number)

    def _lower_merged(self, rows: Sequence[StyledRow]) -> None:
        """Move the content of a merged head cell that is aligned to the bottom into the lowest of its rows."""
        reported = False
        for upper, lower in pairwise(rows):
            above = {cell.column: cell for cell in upper.cells}
            for cell in lower.cells:
                held = above.get(cell.column)
                if not cell.merged or held is None:
                    continue
                if upper.heads and held.at_bottom:
                    cell.parts, held.parts, cell.at_bottom = held.parts, [], True
                elif held.parts and not upper.heads and not reported:
                    reported = True
                    self._spans.record.report(held.parts[0].number, _MERGED)

    def _row(self, row: StyledRow, starts: Sequence[int], notes: int) -> Row:
        """Return the cells of a row over the columns that begin at `starts`, with empty cells in its gaps."""
        cells: list[Cell] = []
        end = 0
        for cell in row.cells:
            cells += [Cell(())] * sum(end <= start < cell.column for start in starts)
            end = cell.column + cell.columns
            columns = sum(cell.column <= start < end for start in starts)
            cells.append(Cell(self._content(cell, notes, row.heads), columns))
        return (*cells, *[Cell(())] * sum(start >= end for start in starts))

    def _content(self, cell: StyledCell, notes: int, heads: bool) -> tuple[Inline, ...]:
        paras: list[Para] = []
        for part in cell.parts:
            if isinstance(part, StyledTable):
                self._spans.record.report(part.number, _NESTED)
            paras += part.paragraphs() if isinstance(part, StyledTable) else (part,)
        held = [para for para in paras if para.spans]
        if len(held) > 1:
            self._spans.record.report(held[0].number, _JOINED)
        spans = [span for para in held for span in (*para.spans, Span(BREAK))]
        return self._spans.content(self.called(spans, notes), held[0].number, plain=heads) if held else ()

    def called(self, spans: Sequence[Span], notes: int = _MAX_NOTES) -> list[Span]:
        """Turn raised letters into calls, if the table has so many notes."""
        return [each for span in spans for each in self._called(span, notes)]

    def _called(self, span: Span, notes: int) -> list[Span]:
        if not span.raised or not self._calls.fullmatch(span.text):
            return [span]
        pieces = re.split(f"({self._letter.pattern})", span.text.strip(SPACE))
        ordinals = [self._letters.index(piece) + 1 for piece in pieces[1::2]]
        if max(ordinals) > notes:
            return [span]
        plain = replace(span, text="", raised=False, emphases=span.emphases if span.named else ())
        calls = [replace(plain, inline=TableNoteCall(ordinal)) for ordinal in ordinals]
        between = [replace(plain, text=piece) for piece in pieces[2:-1:2]]
        return [each for pair in zip(calls, [*between, plain], strict=True) for each in pair]


def _alignment(rows: Sequence[StyledRow], heads: int, column: int) -> Alignment:
    """Return the alignment of most cells in a column. Cells of the head count only if the body has none."""
    for part in (rows[heads:], rows[:heads]):
        alignments = Counter(
            cell.alignment for row in part for cell in row.cells if cell.column == column and cell.columns == 1
        )
        if alignments:
            return alignments.most_common(1)[0][0]
    return Alignment.START
