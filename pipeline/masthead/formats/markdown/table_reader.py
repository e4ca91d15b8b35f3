"""Tables in Markdown into tables of a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from masthead.document import Alignment, Caption, Cell, Column, Figure, Inline, Row, RowKind, Table
from masthead.document.references import Doubt
from masthead.formats.charting import ChartRow
from masthead.formats.markdown.commonmark import parse
from masthead.formats.markdown.syntax import JOINED_CELL, LOWER_CELL, ROW_KINDS, ROW_MARK
from masthead.formats.markdown.unread_marks import unread_row
from masthead.formats.record import Record

_ReadPicture = Callable[[Token, int], Figure]
_ReadInline = Callable[[list[Token], int], tuple[Inline, ...]]
_NUMERIC = re.compile(r"[-−–+(]?[\d.,٫٬ \u00a0]*[)%٪]?(?:\[\^[a-z]\])?|\.\.\.|…")
_PIPES = re.compile(r"\|.*\|")
_DASHES = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_ALIGNMENTS = {"text-align:right": Alignment.END, "text-align:center": Alignment.CENTRE}


def read_table(
    node: SyntaxTreeNode,
    source: Sequence[str],
    line: int,
    record: Record,
    inline: _ReadInline,
    picture: _ReadPicture,
    heads: int = 1,
) -> Table:
    """Return the table of a node, without caption. `source` are the lines from the table's first on, which is `line`.

    Without lines they are those of a file. Cells of the first `heads` rows do not reach into the others.

    `inline` reads the tokens of a cell, `picture` one that is a picture after its text. The record gets an error for
    each row that has more or fewer cells than the head: the parser drops or adds cells without one. Then the table is
    read with as many columns as its longest row has, so that the record gets what else is wrong in it.
    """
    lines, offsets = _rows(node)
    columns = longest = len(lines[0].children)
    for offset in offsets if source else ():
        if (count := _count_cells(source[offset])) != columns:
            longest = max(longest, count)
            message = f"a row has {count} cell{'s' * (count != 1)} in a table of {columns} columns"
            hint = f"give every row the same number of cells; a cell {JOINED_CELL} belongs to the cell before it"
            record.refuse(record.error_in(line + offset, message, hint))
    if longest > columns:
        lines, offsets = _rows(_ruled_table([source[offset] for offset in offsets], offsets, longest))
    grid = _Grid(record, heads)
    for row, offset in zip(lines, offsets, strict=True):
        grid.begin(line + offset)
        for at, cell in enumerate(row.children):
            match cell.children[0].content:
                case text if text == JOINED_CELL:
                    grid.join()
                case text if text == LOWER_CELL:
                    grid.lower()
                case _:
                    tokens = cell.children[0].meta["spans"] or []
                    if at == 0:
                        if doubt := unread_row(cell.children[0].content):
                            record.report(line + offset, doubt, cell.children[0].content)
                        grid.mark(*_row_mark(tokens), is_read=doubt is None)
                    pictures = [token for token in tokens if token.type == "image"]
                    tokens = _without_pictures(tokens) if pictures else tokens
                    figures = tuple(picture(token, line + offset) for token in pictures)
                    grid.add(Cell(inline(tokens, line + offset), figures=figures))
    grid.end()
    columns_read = tuple(
        Column(_ALIGNMENTS.get(str(cell.attrs.get("style", "")), Alignment.START)) for cell in lines[0].children
    )
    head, *body = grid.rows
    is_empty = not any(cell.content or cell.figures for cell in head.cells)  # Markdown has no table without a head
    return Table(Caption(), () if is_empty else (head,), tuple(body), columns_read)


def _rows(node: SyntaxTreeNode) -> tuple[list[SyntaxTreeNode], list[int]]:
    """Return the rows of a table, and the number of lines from its first line to each."""
    lines = [row for part in node.children for row in part.children]
    return lines, [row.map[0] - node.map[0] if row.map and node.map else 0 for row in lines]


def _ruled_table(rows: Sequence[str], offsets: Sequence[int], columns: int) -> SyntaxTreeNode:
    """Return the node of a table with these rows of pipes, without a line of dashes, in these lines after its first."""
    head, *body = (row.lstrip("> ").strip() for row in rows)
    head = f"{head if head.endswith('|') else f'{head} |'}{' |' * (columns - _count_cells(head))}"
    (node,) = parse("\n".join((head, f"|{'---|' * columns}", *body)))
    for row, offset in zip(_rows(node)[0], offsets, strict=True):
        if row.nester_tokens:
            row.nester_tokens.opening.map = [offset, offset + 1]
    return node


def unruled_table(text: str, line: int, record: Record) -> SyntaxTreeNode | None:
    """Refuse a paragraph that is meant as a table, but has no line of dashes for all its columns.

    Return the node of the table, so that the record gets what else is wrong in it; None for other paragraphs.
    """
    lines = [each.strip() for each in text.split("\n")]
    if len(lines) < 2 or not all(map(_PIPES.fullmatch, lines)):
        return None
    columns = lines[0].count("|") - 1
    message, dashes = "a table has no line of dashes after its head", f"|{'---|' * columns}"
    offsets = [at for at in range(len(lines)) if at != 1 or not _DASHES.fullmatch(lines[1])]
    if _DASHES.fullmatch(lines[1]):
        message = f"{lines[1].count('|') - 1} columns in the line of dashes, {columns} in the head"
    record.refuse(record.error_in(line + 1, message, f"write {dashes} below the head"))
    return _ruled_table([lines[at] for at in offsets], offsets, columns)


def file_table(rows: Sequence[ChartRow], record: Record) -> SyntaxTreeNode:
    """Return the node of a table with the rows of a file. A column of numbers is aligned at its end.

    The record gets an error for each row that has another number of cells than the first.
    """
    columns = len(rows[0].cells) if rows else 0
    for row in rows:
        if len(row.cells) != columns:
            hint = "give every row the same number of cells; an empty cell has only its comma"
            record.refuse(
                row.error(
                    f"a row has {len(row.cells)} cell{'s' * (len(row.cells) != 1)} in a table of {columns} columns",
                    hint,
                )
            )
    columns = max((len(row.cells) for row in rows), default=0)
    rows = [replace(row, cells=(*row.cells, *[""] * (columns - len(row.cells)))) for row in rows]
    columns_of_cells = [[row.cells[at] for row in rows[1:]] for at in range(columns)]
    sides = [
        "--:" if at and all(map(_NUMERIC.fullmatch, cells)) else "---" for at, cells in enumerate(columns_of_cells)
    ]
    lines = [[cell.replace("|", "\\|") for cell in row.cells] for row in rows]
    (node,) = parse("\n".join(f"| {' | '.join(line)} |" for line in (*lines[:1], sides, *lines[1:])))
    for part in node.children:
        for line in part.children:
            opening = line.nester_tokens.opening if line.nester_tokens else None
            if opening:
                opening.map = [0, 1]  # the line of the source that names the file
    return node


def _without_pictures(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a cell before the pictures at its end. One among its text stays, and is an error."""
    end = len(tokens)
    while end and (
        tokens[end - 1].type == "image" or (tokens[end - 1].type == "text" and tokens[end - 1].content == " ")
    ):
        end -= 1
    kept = list(tokens[:end])
    if kept and end < len(tokens) and kept[-1].type == "text":
        kept[-1].content = kept[-1].content.removesuffix(" ")
    return kept


def _row_mark(tokens: Sequence[Token]) -> tuple[RowKind, int]:
    """Return the kind and the indent of a row, and take their signs from the `tokens` of its first cell."""
    if not tokens or tokens[0].type != "text" or not (found := ROW_MARK.match(tokens[0].content)) or not found[0]:
        return RowKind.ITEM, 0
    if not found[0].endswith(" ") and len(tokens) > 1:
        return RowKind.ITEM, 0
    tokens[0].content = tokens[0].content[found.end() :]
    return ROW_KINDS.get(found["kind"] or "", RowKind.ITEM), len(found["indent"] or "")


_WIDTHS = "a cell that spans several rows has another width in each"
_WIDTHS_HINT = f"write {LOWER_CELL} in its first column and {JOINED_CELL} in the others"


class _Grid:
    """Rows while they are read. `_owners` says, for each column, which cell is in the last row or reaches into it."""

    def __init__(self, record: Record, heads: int) -> None:
        self.rows: list[Row] = []
        self._record, self._heads, self._line = record, heads, 0
        self._owners: list[tuple[int, int]] = []  # row and place of the cell in each column
        self._above: list[tuple[int, int]] = []

    def begin(self, line: int) -> None:
        self.end()
        self._above, self._owners, self._line = self._owners, [], line
        self.rows.append(Row(()))

    def mark(self, kind: RowKind, indent: int, *, is_read: bool) -> None:
        """Give the row its kind and indent. Report an indent below nothing: the sign is probably part of the text."""
        if indent and is_read and (len(self.rows) <= self._heads + 1 or indent > self.rows[-2].indent + 1):
            doubt = Doubt(
                "mark-unread", f"{'>' * indent} indents a row that is below no other", "write \\> to print it"
            )
            self._record.report(self._line, doubt, ">" * indent)
        self.rows[-1] = replace(self.rows[-1], kind=kind, indent=indent)

    def add(self, cell: Cell) -> None:
        self._owners.append((len(self.rows) - 1, len(self.rows[-1].cells)))
        self.rows[-1] = replace(self.rows[-1], cells=(*self.rows[-1].cells, cell))

    def join(self) -> None:
        """Widen the last cell by a column. Below a cell of several rows this only says where that ends."""
        if not self._owners:
            self._refuse("the first cell of a row belongs to no cell before it", f"write \\{JOINED_CELL} to print it")
            self.add(Cell(()))
            return
        row, place = owner = self._owners[-1]
        self._owners.append(owner)
        if row == len(self.rows) - 1:
            self._widen(row, place, columns=1)

    def lower(self) -> None:
        """Let the cell above reach into this row."""
        if len(self.rows) - 1 in (0, self._heads):
            hint = f"write \\{LOWER_CELL} to print it; a head of two rows has the mark <!-- table #, head 2 -->"
            self._refuse(f"a cell {LOWER_CELL} in the first row of the {'body' if self.rows[1:] else 'head'}", hint)
            self.add(Cell(()))
            return
        row, place = owner = self._above[len(self._owners)]
        if owner in self._owners:
            self._refuse(_WIDTHS, _WIDTHS_HINT)
            self.add(Cell(()))
            return
        self._owners.append(owner)
        self._widen(row, place, rows=1)

    def end(self) -> None:
        """Compare the widths of cells that reach into the last row with their widths above."""
        lowered = [(at, owner) for at, owner in enumerate(self._owners) if owner[0] < len(self.rows) - 1]
        shared = {owner for _, owner in lowered}
        if any(self._above[at] != owner for at, owner in lowered) or any(
            owner in shared and self._owners[at] != owner for at, owner in enumerate(self._above)
        ):
            self._refuse(_WIDTHS, _WIDTHS_HINT)

    def _widen(self, row: int, place: int, columns: int = 0, rows: int = 0) -> None:
        cells = list(self.rows[row].cells)
        cells[place] = replace(cells[place], columns=cells[place].columns + columns, rows=cells[place].rows + rows)
        self.rows[row] = replace(self.rows[row], cells=tuple(cells))

    def _refuse(self, message: str, hint: str) -> None:
        self._record.refuse(self._record.error_in(self._line, message, hint))


def _count_cells(line: str) -> int:
    cells = escapedSplit(line.lstrip("> ").strip())
    # The pipes at the ends of a row may be left out.
    if cells and not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip():
        del cells[-1]
    return len(cells)
