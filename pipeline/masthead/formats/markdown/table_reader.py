"""Tables in Markdown into tables of a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from masthead.document import Alignment, Cell, Inline, Row, SourceError, Table
from masthead.formats.markdown.syntax import JOINED_CELL

_ReadInline = Callable[[list[Token], int], tuple[Inline, ...]]
_ALIGNMENTS = {"text-align:right": Alignment.END, "text-align:center": Alignment.CENTRE}


def read_table(
    node: SyntaxTreeNode, source: Sequence[str], line: int, where: Callable[[int], str], inline: _ReadInline
) -> Table:
    """Return the table of a node, without caption. `source` are the lines from the table's first on, which is `line`.

    `inline` reads the tokens of a cell. Raises SourceError, placed by `where`, if a row has more or fewer cells than
    the head: the parser would drop or add cells without an error.
    """
    rows = [row for part in node.children for row in part.children]
    offsets = [row.map[0] - node.map[0] if row.map and node.map else 0 for row in rows]
    columns = len(rows[0].children)
    for offset in offsets:
        if (count := _count_cells(source[offset])) != columns:
            message = f"a row has {count} cells in a table of {columns} columns"
            hint = f"give every row as many cells; a cell {JOINED_CELL} belongs to the cell before it"
            raise SourceError(message, where=where(line + offset), hint=hint)

    def read(row: SyntaxTreeNode, offset: int) -> Row:
        cells: list[Cell] = []
        for cell in row.children:
            if cell.children[0].content == JOINED_CELL and cells:
                cells[-1] = Cell(cells[-1].content, cells[-1].columns + 1)
            else:
                cells.append(Cell(inline(cell.children[0].meta["spans"] or [], line + offset)))
        return tuple(cells)

    alignments = tuple(_ALIGNMENTS.get(str(cell.attrs.get("style", "")), Alignment.START) for cell in rows[0].children)
    head, *body = map(read, rows, offsets)
    is_empty = not any(cell.content for cell in head)  # Markdown has no table without a head
    return Table((), () if is_empty else (head,), tuple(body), alignments)


def _count_cells(line: str) -> int:
    cells = escapedSplit(line.lstrip("> ").strip())
    # The pipes at the ends of a row may be left out.
    if cells and not cells[0].strip():
        del cells[0]
    if cells and not cells[-1].strip():
        del cells[-1]
    return len(cells)
