"""Tables and pictures in Markdown."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from masthead.document import Alignment, Cell, Figure, Inline, Row, SourceError, Table

JOINED = "<"
"""A cell of this sign belongs to the cell before it."""

MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}

_SIDES = {"text-align:right": Alignment.END, "text-align:center": Alignment.CENTRE}
_DATA = re.compile(r"data:(image/[a-z+]+);base64,([A-Za-z0-9+/=]*)")


def read_table(
    node: SyntaxTreeNode,
    source: list[str],
    line: int,
    where: Callable[[int], str],
    content: Callable[[list[Token], int], tuple[Inline, ...]],
) -> Table:
    """Turn a table's node into a Table without caption. `source` are its lines, the first of which is `line`.

    Raises SourceError, placed by what `where` makes of a line, for a row that has more or fewer cells than the head.
    """
    rows = [row for part in node.children for row in part.children]
    columns = len(rows[0].children)
    for row in rows:
        at = row.map[0] - node.map[0] if row.map and node.map else 0
        if (cells := len(_cells(source[at]))) != columns:
            raise SourceError(
                f"a row of {cells} cells stands in a table of {columns}",
                where=where(line + at),
                hint="give each row as many cells; one of the sign < belongs to the cell before it",
            )

    def read(row: SyntaxTreeNode) -> Row:
        read_cells: list[Cell] = []
        for cell in row.children:
            text = cell.children[0].content
            if text == JOINED and read_cells:
                read_cells[-1] = Cell(read_cells[-1].content, read_cells[-1].columns + 1)
            else:
                at = line + (row.map[0] - node.map[0] if row.map and node.map else 0)
                read_cells.append(Cell(content(cell.children[0].meta["spans"] or [], at)))
        return tuple(read_cells)

    alignments = tuple(_SIDES.get(str(cell.attrs.get("style", "")), Alignment.START) for cell in rows[0].children)
    head, *body = map(read, rows)
    empty = not any(cell.content for cell in head)
    return Table((), () if empty else (head,), tuple(body), alignments)


def _cells(line: str) -> list[str]:
    cells = escapedSplit(line.lstrip("> ").strip())
    return cells[bool(cells and not cells[0].strip()) : len(cells) - bool(cells and not cells[-1].strip())]


def read_figure(image: Token, source: Path, where: str) -> Figure:
    """Read the picture that a Markdown image names. Raises SourceError when there is none, or no words for it."""
    words = "".join(" " if child.type == "softbreak" else child.content for child in image.children or [])
    if not words.strip():
        raise SourceError("a picture without alternative text", where=where, hint="write ![what it shows](picture.svg)")
    return read_picture(str(image.attrs["src"]), words, source, where)


def read_picture(address: str, alternative: str, source: Path, where: str) -> Figure:
    """Read the picture at `address`: a file beside the `source`, or a data address.

    Raises SourceError when there is none.
    """
    if data := _DATA.fullmatch(address):
        try:
            return Figure(base64.b64decode(data[2]), data[1], alternative)
        except ValueError:
            raise SourceError(
                "the data of a picture are cut off", where=where, hint="put the picture in anew"
            ) from None
    path = source.parent / address
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        raise SourceError(
            f"the picture {address} is of no kind that can be set",
            where=where,
            hint=f"pictures end in {', '.join(MEDIA_TYPES)}",
        )
    try:
        return Figure(path.read_bytes(), media_type, alternative)
    except OSError:
        raise SourceError(
            f"the picture {address} is not there", where=where, hint="its path is relative to the source"
        ) from None
