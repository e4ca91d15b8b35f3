"""Where each page goes: the arithmetic of imposition, without a millimetre in it.

A scheme turns a number of pages into sheets; a sheet has two faces, a face is a grid of cells, and a cell says which
page stands there and whether it stands on its head. The back is seen as it is after turning the sheet over like a
leaf, about its upright axis, so that heads lie on heads; `tumbled` is the same face for a machine that turns sheets
about the other axis.

Pages are counted from 0; blanks (None) fill up after the last page, wherever the binding edge is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Protocol

from masthead.document import Direction, OrderError


class Edge(StrEnum):
    """The edge where a publication is bound, seen from its first page."""

    LEFT = "left"
    RIGHT = "right"

    @classmethod
    def of(cls, direction: Direction) -> Edge:
        """Right for what is read from the right."""
        return cls.RIGHT if direction is Direction.RTL else cls.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a face: columns count from the left, rows from the head.

    `depth` is how many leaves of its signature lie around this one: what creep is reckoned from.
    """

    page: int | None
    column: int
    row: int
    turned: bool = False
    depth: int = 0


Face = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The two faces of a sheet, and which signature it belongs to. In a folded one the front lies outside."""

    front: Face
    back: Face
    signature: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """How many cells a face has, and whether the boundary between columns 0 and 1 (2 and 3 …) is a spine."""

    columns: int
    rows: int
    folded: bool = False

    def spine(self, boundary: int) -> bool:
        """Whether the boundary right of column `boundary` is folded last, so that pages are bound there."""
        return self.folded and boundary % 2 == 0


class Scheme(Protocol):
    """What every scheme can tell. `fitted` says that pages are scaled to the paper; else they keep their size."""

    @property
    def grid(self) -> Grid: ...

    @property
    def fitted(self) -> bool: ...

    def arrange(self, pages: int, binding: Edge) -> tuple[Sheet, ...]:
        """Put `pages` pages on sheets."""
        ...


@dataclass(frozen=True, slots=True)
class Saddle:
    """One signature, all sheets nested in each other and stitched through the fold."""

    folds: int = 1
    fitted: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _within("folds", self.folds, 1, 3)

    @property
    def grid(self) -> Grid:
        return _folded_grid(self.folds)

    def arrange(self, pages: int, binding: Edge) -> tuple[Sheet, ...]:
        return _signature(range(pages), self.folds, binding)


@dataclass(frozen=True, slots=True)
class Booklet:
    """A saddle-stitched booklet on an office printer's paper, which its pages are scaled to."""

    grid: ClassVar[Grid] = Grid(2, 1, folded=True)
    fitted: ClassVar[bool] = True

    def arrange(self, pages: int, binding: Edge) -> tuple[Sheet, ...]:
        return _signature(range(pages), 1, binding)


@dataclass(frozen=True, slots=True)
class Perfect:
    """Signatures of `sheets` nested sheets, gathered one upon the other and glued at the milled spine."""

    sheets: int = 4
    folds: int = 1
    fitted: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _within("sheets", self.sheets, 1, 64)
        _within("folds", self.folds, 1, 3)

    @property
    def grid(self) -> Grid:
        return _folded_grid(self.folds)

    def arrange(self, pages: int, binding: Edge) -> tuple[Sheet, ...]:
        size = self.sheets * 2 ** (self.folds + 1)
        signatures = [range(start, min(start + size, pages)) for start in range(0, pages, size)]
        return tuple(
            replace(sheet, signature=number)
            for number, pages_in_it in enumerate(signatures)
            for sheet in _signature(pages_in_it, self.folds, binding)
        )


@dataclass(frozen=True, slots=True)
class _Ganged:
    """Pages or leaves side by side on one face."""

    columns: int = 2
    rows: int = 1

    def __post_init__(self) -> None:
        _within("columns", self.columns, 1, 16)
        _within("rows", self.rows, 1, 16)

    @property
    def grid(self) -> Grid:
        return Grid(self.columns, self.rows)


@dataclass(frozen=True, slots=True)
class NUp(_Ganged):
    """Several pages on each face in the order they are read, from the binding edge on, row by row."""

    fitted: ClassVar[bool] = True

    def arrange(self, pages: int, binding: Edge) -> tuple[Sheet, ...]:
        places = tuple(_reading_order(self.columns, self.rows, binding))
        faces = [
            tuple(Cell(_existing(first + number, pages), column, row) for number, (column, row) in enumerate(places))
            for first in range(0, -(-pages // (2 * len(places))) * 2 * len(places), len(places))
        ]
        return tuple(Sheet(front, back) for front, back in zip(faces[::2], faces[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class CutStack(_Ganged):
    """Leaves side by side, so that the cut piles laid upon each other give the publication in order."""

    fitted: ClassVar[bool] = False

    def arrange(self, pages: int, binding: Edge) -> tuple[Sheet, ...]:
        places = tuple(_reading_order(self.columns, self.rows, binding))
        sheets = -(-pages // (2 * len(places)))

        def face(sheet: int, back: bool) -> Face:
            return tuple(
                Cell(
                    _existing(2 * (pile * sheets + sheet) + back, pages),
                    self.columns - 1 - column if back else column,
                    row,
                )
                for pile, (column, row) in enumerate(places)
            )

        return tuple(Sheet(face(sheet, False), face(sheet, True)) for sheet in range(sheets))


SCHEMES: Mapping[str, type[Saddle | Booklet | Perfect | NUp | CutStack]] = {
    "saddle": Saddle,
    "perfect": Perfect,
    "n-up": NUp,
    "cut-stack": CutStack,
    "booklet": Booklet,
}


def tumbled(face: Face, grid: Grid) -> Face:
    """The same face after half a turn of the sheet."""
    return tuple(
        replace(cell, column=grid.columns - 1 - cell.column, row=grid.rows - 1 - cell.row, turned=not cell.turned)
        for cell in face
    )


# --- folding ----------------------------------------------------------------------------------------------------------


def _folded_grid(folds: int) -> Grid:
    """Right-angle folding: the first fold of two is across the spine, the second of three."""
    return {1: Grid(2, 1, folded=True), 2: Grid(2, 2, folded=True), 3: Grid(4, 2, folded=True)}[folds]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A leaf of a sheet that is being folded: its column and row on the front, and how it lies."""

    column: int
    row: int
    front_up: bool = False
    head_up: bool = True


def _fold(folds: int, binding: Edge) -> list[_Leaf]:
    """The leaves of a folded sheet from the first to the last, found by folding one: it lies on its front.

    The half away from the binding edge's side goes over the other each time, so that the spine comes to lie at the
    binding edge and the front outside.
    """
    grid = _folded_grid(folds)
    columns = range(grid.columns - 1, -1, -1)  # seen from the back
    piles = [[[_Leaf(column, row)] for column in columns] for row in range(grid.rows)]
    while len(piles) > 1 or len(piles[0]) > 1:
        if len(piles[0]) > 2 or len(piles) == 1:
            piles = [_over(row, right_moves=binding is Edge.RIGHT) for row in piles]
        else:
            piles = _down(piles)
    return piles[0][0]


def _over(row: list[list[_Leaf]], *, right_moves: bool) -> list[list[_Leaf]]:
    half = len(row) // 2
    left, right = row[:half], row[half:]
    still, moved = (left, right[::-1]) if right_moves else (right, left[::-1])
    return [
        [replace(leaf, front_up=not leaf.front_up) for leaf in reversed(pile)] + under
        for pile, under in zip(moved, still, strict=True)
    ]


def _down(piles: list[list[list[_Leaf]]]) -> list[list[list[_Leaf]]]:
    """Fold the upper half over the lower, so that heads are closed: what was on its feet stands on its head."""
    half = len(piles) // 2
    return [
        [
            [replace(leaf, front_up=not leaf.front_up, head_up=not leaf.head_up) for leaf in reversed(pile)] + under
            for pile, under in zip(moved, still, strict=True)
        ]
        for moved, still in zip(reversed(piles[:half]), piles[half:], strict=True)
    ]


def _signature(pages: range, folds: int, binding: Edge) -> tuple[Sheet, ...]:
    """Sheets folded alike and nested, the first outside, for the pages of one signature."""
    leaves = _fold(folds, binding)
    per_sheet, columns = 2 * len(leaves), _folded_grid(folds).columns
    sheets = -(-len(pages) // per_sheet)
    total = sheets * per_sheet

    def nested(sheet: int, place: int) -> int:
        """The place in the signature of the place in a folded sheet: half of it before the inner sheets, half after."""
        half = per_sheet // 2
        return sheet * half + place if place < half else total - (sheet + 1) * half + place - half

    def sheet(number: int) -> Sheet:
        faces: dict[bool, list[Cell]] = {True: [], False: []}
        for index, leaf in enumerate(leaves):
            for side in (0, 1):
                place = nested(number, 2 * index + side)
                front = leaf.front_up == (side == 0)
                column = leaf.column if front else columns - 1 - leaf.column
                page = pages[place] if place < len(pages) else None
                depth = min(place, total - 1 - place) // 2
                faces[front].append(Cell(page, column, leaf.row, not leaf.head_up, depth))
        return Sheet(_sorted(faces[True]), _sorted(faces[False]))

    return tuple(sheet(number) for number in range(sheets))


def _sorted(cells: list[Cell]) -> Face:
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _reading_order(columns: int, rows: int, binding: Edge) -> Iterator[tuple[int, int]]:
    for row in range(rows):
        for column in range(columns):
            yield (columns - 1 - column if binding is Edge.RIGHT else column), row


def _existing(page: int, pages: int) -> int | None:
    return page if page < pages else None


def _within(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise OrderError(f"{number} {name} cannot be imposed", hint=f"give {least} to {most} {name}")
