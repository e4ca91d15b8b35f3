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
from masthead.formats.styled.spans import BREAK, SPACE, Span, SpanReader, cut_behind, head_of

_NESTED = Doubt("table-cells", "a table within a table is read as the text of a cell", "divide the outer table")
_JOINED = Doubt("table-cells", "the paragraphs of a cell are joined", "divide the row", Severity.NOTE)
_MERGED = Doubt(
    "table-cells", "a cell over several rows is read as one with empty ones below", "divide it", Severity.NOTE
)

_MANY = 99  # notes


class TableReader:
    """Reads the tables of one document; `letters` are the marks of their notes."""

    def __init__(self, inliner: SpanReader, letters: Sequence[str], *, ours: bool) -> None:
        self._inliner, self._letters, self._ours = inliner, letters, ours
        alternatives = "|".join(re.escape(letter) for letter in letters)
        self._calls = re.compile(rf"\s*(?:{alternatives})(?:\s*[,،]\s*(?:{alternatives}))*\s*")
        self._letter = re.compile(alternatives)

    def table(self, grid: StyledTable, behind: Sequence[Para]) -> Table:
        """Return the table; its notes stand in rows at its end, or in the paragraphs `behind` it."""
        rows = [row for row in grid.rows if not row.spaces]
        notes: list[Para] = []
        while not self._ours and rows and (inside := self._notes(rows[-1], grid)):
            notes = [*inside, *notes]
            rows.pop()
        notes += behind
        self._lower(rows)
        used = {cell.column for row in rows for cell in row.cells} | {0}
        starts = range(grid.columns) if self._ours else sorted(used)
        content = [self._row(row, starts, len(notes)) for row in rows]
        heads = sum(1 for _ in takewhile(lambda row: row.heads, rows))
        return Table(
            (),
            tuple(content[:heads]),
            tuple(content[heads:]),
            grid.alignments or tuple(_alignment(rows, heads, column) for column in starts),
            tuple(self._note(note) for note in notes),
        )

    def is_note(self, para: Para) -> bool:
        """Tell whether a paragraph begins with the raised letter of a table's note."""
        return para.first.raised and para.first.text.strip(SPACE) in self._letters

    def _notes(self, row: StyledRow, grid: StyledTable) -> list[Para]:
        """The notes that a row holds, if it holds nothing else."""
        if len(row.cells) != 1 or row.cells[0].columns < grid.columns:
            return []
        paras = [part for part in row.cells[0].parts if isinstance(part, Para) and part.spans]
        return paras if paras and all(map(self.is_note, paras)) and len(grid.rows) > 1 else []

    def _note(self, para: Para) -> tuple[Inline, ...]:
        """A note's content, behind its letter."""
        letter = re.match(rf"(?:{self._letter.pattern})\s*", para.text)
        length = (self._ours and len(head_of(para.text))) or (letter.end() if letter else 0)
        return self._inliner.content(cut_behind(para.spans, length), para.number)

    def _lower(self, rows: Sequence[StyledRow]) -> None:
        """Put what stands at the foot of a cell of several rows into the last of them, as a table's head has it."""
        told = False
        for upper, lower in pairwise(rows):
            above = {cell.column: cell for cell in upper.cells}
            for cell in lower.cells:
                held = above.get(cell.column)
                if not cell.merged or held is None:
                    continue
                if upper.heads and held.at_bottom:
                    cell.parts, held.parts, cell.at_bottom = held.parts, [], True
                elif held.parts and not upper.heads and not told:
                    told = True
                    self._inliner.record.report(_number(held), _MERGED)

    def _row(self, row: StyledRow, starts: Sequence[int], notes: int) -> Row:
        """The cells of a row, over the columns that some cell begins in."""
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
                self._inliner.record.report(part.number, _NESTED)
            paras += part.paragraphs() if isinstance(part, StyledTable) else (part,)
        held = [para for para in paras if para.spans]
        if len(held) > 1:
            self._inliner.record.report(held[0].number, _JOINED)
        spans = [span for para in held for span in (*para.spans, Span(BREAK))]
        return self._inliner.content(self.called(spans, notes), held[0].number, plain=heads) if held else ()

    def called(self, spans: Sequence[Span], notes: int = _MANY) -> list[Span]:
        """Make calls of raised letters, where the table has so many notes."""
        return [each for span in spans for each in self._called(span, notes)]

    def _called(self, span: Span, notes: int) -> list[Span]:
        """Make calls of the raised letters that the table's notes have."""
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


def _number(cell: StyledCell) -> int:
    return cell.parts[0].number


def _alignment(rows: Sequence[StyledRow], heads: int, column: int) -> Alignment:
    """How most cells of a column stand; those of the head count where there are no others."""
    for part in (rows[heads:], rows[:heads]):
        stands = Counter(
            cell.alignment for row in part for cell in row.cells if cell.column == column and cell.columns == 1
        )
        if stands:
            return stands.most_common(1)[0][0]
    return Alignment.START
