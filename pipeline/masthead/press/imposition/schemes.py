"""Imposition schemes: which page goes on which sheet, face and cell. Pure arithmetic, without lengths.

A scheme arranges a number of pages on sheets. A sheet has two faces, a face is a grid of cells, and a cell holds one
page, upright or upside down. The back is described as seen after the sheet was turned like a leaf of a book, about its
vertical axis, so that the heads of front and back lie on each other. `tumbled` converts a back for a machine that
turns sheets about the horizontal axis.

Pages are counted from 0. Blanks (None) fill up the last sheet after the last page, whatever the binding edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Literal

from masthead.document import Direction, OrderError


class Edge(StrEnum):
    """The edge where a publication is bound, seen from its first page."""

    LEFT = "left"
    RIGHT = "right"

    @classmethod
    def of(cls, direction: Direction) -> Edge:
        """Return the binding edge of a publication with this reading direction."""
        return cls.RIGHT if direction is Direction.RTL else cls.LEFT


@dataclass(frozen=True, slots=True)
class FaceCell:
    """One cell of a face. Columns count from the left, rows from the top.

    `depth` is the number of leaves of the signature that lie around this one. Creep is calculated from it.
    """

    page: int | None
    column: int
    row: int
    turned: bool = False
    depth: int = 0


Face = tuple[FaceCell, ...]


@dataclass(frozen=True, slots=True)
class ImposedSheet:
    """The two faces of a sheet and the number of its signature. The front is outside when the sheet is folded.

    Without a back, the front is printed on both sides (`Worked`).
    """

    front: Face
    back: Face
    signature: int = 0


def side(sheet: ImposedSheet, face: Face) -> str:
    """Return the name of a face of a sheet for people."""
    return "back" if face is not sheet.front else "front" if sheet.back else "both sides"


@dataclass(frozen=True, slots=True)
class FaceGrid:
    """The columns and rows of a face. If `folded`, there is a spine between columns 0 and 1, 2 and 3, and so on.

    A sheet that is `halved` is cut between its middle columns or rows before it is folded. One that is `wrapped` is
    folded at both edges of its spine, around what it covers.
    """

    columns: int
    rows: int
    folded: bool = False
    halved: Literal["", "columns", "rows"] = ""
    wrapped: bool = False

    def spine(self, boundary: int) -> bool:
        """Return whether pages are bound between column `boundary` and the next: it is the last fold."""
        return self.folded and boundary % 2 == 0


@dataclass(frozen=True, slots=True)
class Saddle:
    """One signature: all sheets nested in each other and stapled through the fold.

    `section` is the number of pages of a folded sheet, 0 for what `folds` right-angle folds give.
    """

    folds: int = 1
    section: int = 0
    fitted: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _check_folds(self.folds, self.section)

    @property
    def grid(self) -> FaceGrid:
        return _SECTIONS[_section(self.folds, self.section)]

    def arrange(self, pages: int, binding: Edge) -> tuple[ImposedSheet, ...]:
        return _signature(range(pages), _section(self.folds, self.section), binding)


@dataclass(frozen=True, slots=True)
class Booklet:
    """A saddle-stitched booklet for an office printer: pages are scaled to its paper."""

    grid: ClassVar[FaceGrid] = FaceGrid(2, 1, folded=True)
    fitted: ClassVar[bool] = True

    def arrange(self, pages: int, binding: Edge) -> tuple[ImposedSheet, ...]:
        return _signature(range(pages), 4, binding)


@dataclass(frozen=True, slots=True)
class Perfect:
    """Signatures of `sheets` nested sheets, stacked on each other and glued at the milled spine.

    `section` is the number of pages of a folded sheet, 0 for what `folds` right-angle folds give.
    """

    sheets: int = 4
    folds: int = 1
    section: int = 0
    fitted: ClassVar[bool] = False

    def __post_init__(self) -> None:
        _within("sheets", self.sheets, 1, 64)
        _check_folds(self.folds, self.section)

    @property
    def grid(self) -> FaceGrid:
        return _SECTIONS[_section(self.folds, self.section)]

    def arrange(self, pages: int, binding: Edge) -> tuple[ImposedSheet, ...]:
        section = _section(self.folds, self.section)
        size = self.sheets * section
        signatures = [range(start, min(start + size, pages)) for start in range(0, pages, size)]
        numbered = ((number, _signature(each, section, binding)) for number, each in enumerate(signatures))
        return tuple(replace(sheet, signature=number) for number, sheets in numbered for sheet in sheets)


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover of a glued publication: back, spine and front on one side of a sheet, their inner sides on the other.

    Its pages are the front; the front and the back; or all four, from the front to the back.
    """

    grid: ClassVar[FaceGrid] = FaceGrid(2, 1, folded=True, wrapped=True)
    fitted: ClassVar[bool] = False

    def arrange(self, pages: int, binding: Edge) -> tuple[ImposedSheet, ...]:
        if pages not in (1, 2, 4):
            hint = "give the front, the front and the back, or all four pages"
            raise OrderError(f"a cover cannot have {pages} pages", hint=hint)
        sheets = _signature(range(4), 4, binding)
        return _numbered(sheets, (0, None, None, 1)) if pages == 2 else _numbered(sheets, (*range(pages), *[None] * 3))


@dataclass(frozen=True, slots=True)
class _Ganged:
    """Several pages side by side on one face."""

    columns: int = 2
    rows: int = 1

    def __post_init__(self) -> None:
        _within("columns", self.columns, 1, 16)
        _within("rows", self.rows, 1, 16)

    @property
    def grid(self) -> FaceGrid:
        return FaceGrid(self.columns, self.rows)

    def places(self, binding: Edge) -> list[tuple[int, int]]:
        """Return the column and row of each cell of a front in reading order."""
        columns = range(self.columns)[:: -1 if binding is Edge.RIGHT else 1]
        return [(column, row) for row in range(self.rows) for column in columns]


@dataclass(frozen=True, slots=True)
class NUp(_Ganged):
    """Several pages on each face in reading order, row by row, starting at the binding edge."""

    fitted: ClassVar[bool] = True

    def arrange(self, pages: int, binding: Edge) -> tuple[ImposedSheet, ...]:
        places = self.places(binding)
        faces = [
            tuple(FaceCell(_existing(page, pages), *place) for page, place in enumerate(places, first))
            for first in range(0, _round_up(pages, 2 * len(places)), len(places))
        ]
        return tuple(ImposedSheet(front, back) for front, back in zip(faces[::2], faces[1::2], strict=True))


@dataclass(frozen=True, slots=True)
class CutStack(_Ganged):
    """Several leaves on each sheet, so that the piles cut from the stack, laid on each other, are in page order."""

    fitted: ClassVar[bool] = False

    def arrange(self, pages: int, binding: Edge) -> tuple[ImposedSheet, ...]:
        places = self.places(binding)
        per_sheet = 2 * len(places)
        sheets = _round_up(pages, per_sheet) // per_sheet

        def face(sheet: int, back: bool) -> Face:
            order = [2 * (pile * sheets + sheet) + back for pile in range(len(places))]
            mirrored = [(self.columns - 1 - column if back else column, row) for column, row in places]
            return tuple(FaceCell(_existing(page, pages), *place) for page, place in zip(order, mirrored, strict=True))

        return tuple(ImposedSheet(face(sheet, False), face(sheet, True)) for sheet in range(sheets))


@dataclass(frozen=True, slots=True)
class StepRepeat(_Ganged):
    """One leaf many times on each sheet, so that a stack is cut into piles of the same leaf."""

    fitted: ClassVar[bool] = False

    def arrange(self, pages: int, binding: Edge) -> tuple[ImposedSheet, ...]:
        def face(page: int) -> Face:
            return tuple(FaceCell(_existing(page, pages), *place) for place in self.places(binding))

        return tuple(ImposedSheet(face(page), face(page + 1)) for page in range(0, pages, 2))


PlainScheme = Saddle | Booklet | Perfect | Cover | NUp | CutStack | StepRepeat
"""A scheme with two faces for each sheet."""


@dataclass(frozen=True, slots=True)
class Worked:
    """Another scheme with both faces side by side on one plate, which prints both sides of the sheet.

    The sheet is printed, turned about its vertical axis (work and turn) or its horizontal one (`tumble`), and printed
    again with the same plate. Cut in the middle, it gives two copies of the sheet.
    """

    scheme: PlainScheme
    tumble: bool = False

    @property
    def fitted(self) -> bool:
        return self.scheme.fitted

    @property
    def grid(self) -> FaceGrid:
        grid = self.scheme.grid
        if self.tumble:
            return replace(grid, rows=2 * grid.rows, halved="rows")
        return replace(grid, columns=2 * grid.columns, halved="columns")

    def arrange(self, pages: int, binding: Edge) -> tuple[ImposedSheet, ...]:
        return tuple(
            ImposedSheet(_sorted([*sheet.front, *self._beside(sheet.back)]), (), sheet.signature)
            for sheet in self.scheme.arrange(pages, binding)
        )

    def _beside(self, back: Face) -> Face:
        """Return a back in the other half of the plate, where it meets its front when the sheet is turned."""
        grid = self.scheme.grid
        if self.tumble:
            return tuple(replace(cell, row=cell.row + grid.rows) for cell in tumbled(back, grid))
        return tuple(replace(cell, column=cell.column + grid.columns) for cell in back)


Scheme = PlainScheme | Worked
"""An imposition scheme: the `grid` of a face, and `arrange`, which arranges a number of pages on sheets.

If it is `fitted`, pages are scaled to the paper; otherwise they keep their size.
"""

SCHEMES: Mapping[str, type[PlainScheme]] = {
    "saddle": Saddle,
    "perfect": Perfect,
    "cover": Cover,
    "n-up": NUp,
    "cut-and-stack": CutStack,
    "step-and-repeat": StepRepeat,
    "booklet": Booklet,
}


@dataclass(frozen=True, slots=True)
class Blanks:
    """Where a publication has blank pages: one `after` each page named (from 1), and those that fill the sheets.

    The latter follow the last page, or stand `before_last`, so that the last page is at the back of the publication.
    """

    after: tuple[int, ...] = ()
    before_last: bool = False

    def arrange(self, scheme: Scheme, pages: int, binding: Edge) -> tuple[ImposedSheet, ...]:
        """Arrange pages and blanks on sheets. Raises OrderError for a page that does not exist."""
        if unknown := [page for page in self.after if not 1 <= page <= pages]:
            raise OrderError(f"no blank page can follow page {unknown[0]}", hint=f"give pages from 1 to {pages}")
        order: list[int | None] = []
        for page in range(pages):
            order += [page, *[None] * self.after.count(page + 1)]
        sheets = scheme.arrange(len(order), binding)
        if self.before_last and not isinstance(scheme, StepRepeat | Cover):
            room = sum(len(sheet.front) + len(sheet.back) for sheet in sheets)
            order[-1:] = [*[None] * (room - len(order)), order[-1]]
            sheets = scheme.arrange(len(order), binding)
        return _numbered(sheets, order)


def _numbered(sheets: Iterable[ImposedSheet], order: Sequence[int | None]) -> tuple[ImposedSheet, ...]:
    """Return the sheets with other pages: each number is a place in `order`."""

    def face(cells: Face) -> Face:
        return tuple(replace(cell, page=None if cell.page is None else order[cell.page]) for cell in cells)

    return tuple(replace(sheet, front=face(sheet.front), back=face(sheet.back)) for sheet in sheets)


def tumbled(face: Face, grid: FaceGrid) -> Face:
    """Return the face rotated by 180 degrees."""
    right, bottom = grid.columns - 1, grid.rows - 1
    return tuple(replace(c, column=right - c.column, row=bottom - c.row, turned=not c.turned) for c in face)


# --- folding ----------------------------------------------------------------------------------------------------------


# The face of a sheet by the number of its pages when it is folded. The last fold is the spine; the fold before it is
# across the spine, in three for 12 and 24 pages; 16 and 24 pages begin with a fold beside the spine.
_SECTIONS = {
    4: FaceGrid(2, 1, folded=True),
    8: FaceGrid(2, 2, folded=True),
    12: FaceGrid(2, 3, folded=True),
    16: FaceGrid(4, 2, folded=True),
    24: FaceGrid(4, 3, folded=True),
}
_BY_FOLDS = {1: 4, 2: 8, 3: 16}


class Fold(StrEnum):
    """A fold of a sheet that lies on its front, by the part that is laid over the rest."""

    LEFT = "left half over the right one"
    RIGHT = "right half over the left one"
    UPPER = "upper row over the one below"
    LOWER = "lower row over the one above"


def folds_of(grid: FaceGrid, binding: Edge) -> Iterator[Fold]:
    """Yield the folds of a sheet in their order. The last one is the spine; the heads are closed by the one before."""
    aside = Fold.RIGHT if binding is Edge.RIGHT else Fold.LEFT
    if grid.columns > 2:
        yield aside
    yield from (Fold.UPPER, Fold.LOWER)[: grid.rows - 1]
    yield aside


def _section(folds: int, section: int) -> int:
    return section or _BY_FOLDS[folds]


def _check_folds(folds: int, section: int) -> None:
    _within("folds", folds, 1, 3)
    if section and section not in _SECTIONS:
        hint = f"give {', '.join(map(str, _SECTIONS))}"
        raise OrderError(f"a sheet cannot be folded to {section} pages", hint=hint)


@dataclass(frozen=True, slots=True)
class _FoldedLeaf:
    """A leaf of a sheet during folding: its column and row on the front, and which way up it lies."""

    column: int
    row: int
    front_up: bool = False
    head_up: bool = True


def _fold(section: int, binding: Edge) -> list[_FoldedLeaf]:
    """Return the leaves of a folded sheet, from the first to the last, by simulating the folds.

    The sheet lies on its front. Each time the half on the side of the binding edge folds over the other half, so that
    the last fold, the spine, ends up at the binding edge with the front outside.
    """
    grid = _SECTIONS[section]
    columns = range(grid.columns - 1, -1, -1)  # seen from the back
    piles = [[[_FoldedLeaf(column, row)] for column in columns] for row in range(grid.rows)]
    for fold in folds_of(grid, binding):
        if fold in (Fold.LEFT, Fold.RIGHT):
            piles = [_fold_across(row, right_moves=fold is Fold.RIGHT) for row in piles]
        else:
            moved, still = (piles.pop(0), piles[0]) if fold is Fold.UPPER else (piles.pop(), piles[-1])
            folded = [_flipped(pile, upside_down=True) + under for pile, under in zip(moved, still, strict=True)]
            piles[0 if fold is Fold.UPPER else -1] = folded
    return piles[0][0]


def _fold_across(row: list[list[_FoldedLeaf]], *, right_moves: bool) -> list[list[_FoldedLeaf]]:
    """Fold one half of a row of piles sideways over the other."""
    half = len(row) // 2
    left, right = row[:half], row[half:]
    still, moved = (left, right[::-1]) if right_moves else (right, left[::-1])
    return [_flipped(pile) + under for pile, under in zip(moved, still, strict=True)]


def _flipped(pile: list[_FoldedLeaf], *, upside_down: bool = False) -> list[_FoldedLeaf]:
    """Return a pile of leaves turned over."""
    return [replace(leaf, front_up=not leaf.front_up, head_up=leaf.head_up != upside_down) for leaf in reversed(pile)]


def _signature(pages: range, section: int, binding: Edge) -> tuple[ImposedSheet, ...]:
    """Return the sheets of one signature: folded alike and nested, the first outside."""
    leaves = _fold(section, binding)
    per_sheet, columns = 2 * len(leaves), _SECTIONS[section].columns
    total = _round_up(len(pages), per_sheet)
    sheets = total // per_sheet

    def nested(sheet: int, place: int) -> int:
        """Return the position in the signature of a position in a sheet: half of them precede the inner sheets."""
        half = per_sheet // 2
        return sheet * half + place if place < half else total - (sheet + 1) * half + place - half

    def sheet(number: int) -> ImposedSheet:
        faces: dict[bool, list[FaceCell]] = {True: [], False: []}
        for index, leaf in enumerate(leaves):
            for side in (0, 1):
                place = nested(number, 2 * index + side)
                front = leaf.front_up == (side == 0)
                column = leaf.column if front else columns - 1 - leaf.column
                page = pages[place] if place < len(pages) else None
                depth = min(place, total - 1 - place) // 2
                faces[front].append(FaceCell(page, column, leaf.row, not leaf.head_up, depth))
        return ImposedSheet(_sorted(faces[True]), _sorted(faces[False]))

    return tuple(map(sheet, range(sheets)))


def _sorted(cells: list[FaceCell]) -> Face:
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _round_up(number: int, multiple: int) -> int:
    return -(-number // multiple) * multiple


def _existing(page: int, pages: int) -> int | None:
    return page if page < pages else None


def _within(name: str, number: int, least: int, most: int) -> None:
    if not least <= number <= most:
        raise OrderError(f"cannot impose with {number} {name}", hint=f"give {least} to {most} {name}")
