"""Tables compared: rows, columns and cells aligned, and one table that shows both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from masthead.document import Cell, Content, RevisionKind, Row, model
from masthead.redline.contents import merge_contents, revised
from masthead.redline.sequences import AlignedItem, Step, align, paired_in_place
from masthead.redline.words import as_compared

_LEAD = 3  # how much more than other words those of the first cell say which row a row is


@dataclass(frozen=True, slots=True)
class TableChange:
    """The rows and columns of two tables, aligned. Rows of the head come first; indexes count all rows.

    Columns have None where only one of the tables has them.
    """

    old: model.Table
    new: model.Table
    rows: tuple[Step, ...]
    columns: tuple[tuple[int | None, int | None], ...]

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The indexes of the rows that both have."""
        return tuple((step.old[0], step.new[0]) for step in self.rows if step.old and step.new)


def compare_tables(old: model.Table, new: model.Table) -> TableChange | None:
    """Return how two tables correspond, None if their cells do not: then one replaces the other.

    If they differ in the cells that span rows, such cells are compared as a cell with empty ones below it.
    """
    change = _compare(old, new)
    if change is None and any(
        cell.rows > 1 for each in (old, new) for row in each.head + each.rows for cell in row.cells
    ):
        return _compare(_unspanned(old), _unspanned(new))
    return change


def _unspanned(table: model.Table) -> model.Table:
    """Return a table in which no cell spans rows."""

    def unspanned(rows: Sequence[Row]) -> Iterator[Row]:
        for row, placed in zip(rows, model.placed(rows), strict=True):
            cells: list[Cell] = []
            column = 0
            for place, cell in (*placed, (len(table.columns), None)):
                cells += [Cell(())] * (place - column)
                if cell is not None:
                    cells.append(replace(cell, rows=1))
                    column = place + cell.columns
            yield replace(row, cells=tuple(cells))

    return replace(table, head=tuple(unspanned(table.head)), rows=tuple(unspanned(table.rows)))


def _compare(old: model.Table, new: model.Table) -> TableChange | None:
    columns = _columns(old, new)
    if columns is None:
        return None
    head, body = (_aligned(*rows) for rows in ((old.head, new.head), (old.rows, new.rows)))
    heads, new_heads = len(old.head), len(new.head)
    shifted = (
        Step(tuple(i + heads for i in step.old), tuple(j + new_heads for j in step.new), step.move) for step in body
    )
    rows = tuple(each for step in (*head, *shifted) for each in _single(step))
    before, after = old.head + old.rows, new.head + new.rows
    if any(not _fits(before[step.old[0]], after[step.new[0]], columns) for step in rows if step.old and step.new):
        return None
    return TableChange(old, new, rows, columns)


def merge_tables(change: TableChange) -> model.Table:
    """Return one table that shows both. Its rows have the kinds of the new one."""
    before, after = change.old.head + change.old.rows, change.new.head + change.new.rows
    head: list[Row] = []
    rows: list[Row] = []
    for step in change.rows:
        in_head = (step.old and step.old[0] < len(change.old.head)) or (step.new and step.new[0] < len(change.new.head))
        old, new = before[step.old[0]] if step.old else None, after[step.new[0]] if step.new else None
        (head if in_head else rows).append(_row(old, new, change.columns, moved=bool(step.move)))
    columns = tuple(
        change.new.columns[theirs] if theirs is not None else change.old.columns[ours or 0]
        for ours, theirs in change.columns
    )
    if len(columns) > len(change.new.columns):
        columns = tuple(replace(column, width=0) for column in columns)
    return replace(change.new, head=tuple(head), rows=tuple(rows), columns=columns)


def _columns(old: model.Table, new: model.Table) -> tuple[tuple[int | None, int | None], ...] | None:
    count, others = len(old.columns), len(new.columns)
    if count == others:
        return tuple((at, at) for at in range(count))
    if any(
        cell.columns > 1 or cell.rows > 1
        for table in (old, new)
        for row in table.head + table.rows
        for cell in row.cells
    ):
        return None
    found: list[tuple[int | None, int | None]] = []
    for step in align(_column_items(old), _column_items(new)):
        if step.old and step.new:
            found.append((step.old[0], step.new[0]))
        found += ((i, None) for i in step.old[bool(step.new) :])
        found += ((None, j) for j in step.new[bool(step.old) :])
    return tuple(found)


def _column_items(table: model.Table) -> list[AlignedItem]:
    rows = table.head + table.rows
    return [
        AlignedItem(as_compared("\n".join(model.plain(row.cells[at].content) for row in rows if at < len(row.cells))))
        for at in range(len(table.columns))
    ]


def _aligned(old: Sequence[Row], new: Sequence[Row]) -> Iterator[Step]:
    """Yield the steps through rows. A row in the place of one with which it shares a cell is the same one."""

    def share_cell(i: int, j: int) -> bool:
        return any(
            model.plain(one.content) == model.plain(other.content) != ""
            for one, other in zip(old[i].cells, new[j].cells, strict=False)
        )

    return paired_in_place(align(_items(old), _items(new)), share_cell)


def _items(rows: Sequence[Row]) -> list[AlignedItem]:
    return [AlignedItem(as_compared(row_text(row)), form=row.kind) for row in rows]


def row_text(row: Row) -> str:
    """Return the text by which a row is recognized: that of its first cell counts most."""
    first, *others = (model.plain(cell.content) for cell in row.cells) if row.cells else ("",)
    return "\t".join((*[first] * _LEAD, *others))


def _single(step: Step) -> Iterable[Step]:
    """Yield a step with at most one row on each side: a row is never split."""
    yield Step(step.old[:1], step.new[:1], step.move)
    yield from (Step((i,)) for i in step.old[1:])
    yield from (Step((), (j,)) for j in step.new[1:])


def _fits(old: Row, new: Row, columns: Sequence[tuple[int | None, int | None]]) -> bool:
    """Return whether each cell of one row is a cell of the other."""
    if all(None not in pair for pair in columns):
        return [(cell.columns, cell.rows) for cell in old.cells] == [(cell.columns, cell.rows) for cell in new.cells]
    return True


def _row(old: Row | None, new: Row | None, columns: Sequence[tuple[int | None, int | None]], *, moved: bool) -> Row:
    if old is None or new is None:
        row = new or old
        assert row is not None
        kinds = (
            (RevisionKind.MOVED_HERE, RevisionKind.MOVED_AWAY) if moved else (RevisionKind.ADDED, RevisionKind.REMOVED)
        )
        kind = kinds[new is None]
        cells = [replace(cell, content=revised(cell.content, kind)) for cell in row.cells]
        if len(columns) > len(row.cells) and all(cell.columns == 1 for cell in row.cells):
            side = 0 if new is None else 1
            places = [pair[side] for pair in columns]
            cells = [Cell(()) if place is None else cells[place] for place in places]
        return replace(row, cells=tuple(cells))
    if all(None not in pair for pair in columns):
        pairs: list[tuple[Cell | None, Cell | None]] = list(zip(old.cells, new.cells, strict=True))
    else:
        pairs = [(None if i is None else old.cells[i], None if j is None else new.cells[j]) for i, j in columns]
    return replace(new, cells=tuple(_cell(one, other) for one, other in pairs))


def _cell(old: Cell | None, new: Cell | None) -> Cell:
    def text(cell: Cell | None) -> Content:
        return cell.content if cell else ()

    return replace(new or old or Cell(()), content=merge_contents(text(old), text(new)))
