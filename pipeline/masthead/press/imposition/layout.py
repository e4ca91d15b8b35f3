"""The layout of a sheet in points: paper, gutters, creep, and the place of each page.

The origin is the lower left corner of the sheet, as in PDF.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Self

from pikepdf import Array

from masthead.document import OrderError
from masthead.press.imposition.schemes import Face, FaceCell, FaceGrid, Scheme

MM = 72 / 25.4
BLEED = 3 * MM  # how far a page is shown beyond its trim; crop marks begin there
MARK = 5 * MM  # length of a crop mark

# ISO 216 and ISO 217, and the North American sizes, in millimetres.
_SIZES = {
    "A2": (420, 594), "A3": (297, 420), "A4": (210, 297), "A5": (148, 210), "A6": (105, 148),
    "B3": (353, 500), "B4": (250, 353), "B5": (176, 250),
    "RA2": (430, 610), "RA3": (305, 430), "SRA2": (450, 640), "SRA3": (320, 450), "SRA4": (225, 320),
    "LETTER": (215.9, 279.4), "LEGAL": (215.9, 355.6), "TABLOID": (279.4, 431.8),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper in millimetres, in any orientation: the one is used in which the pages fit best."""

    width: float
    height: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Parse `A3`, `SRA3`, `letter` or `450x320` (millimetres). Raises OrderError."""
        if size := _SIZES.get(text.strip().upper()):
            return cls(*size)
        match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(?:mm)?", text.strip())
        if not match or not all(20 <= float(number) <= 5000 for number in match.groups()):
            hint = f"give {', '.join(_SIZES)}, or millimetres such as 450x320"
            raise OrderError(f"unknown paper size: {text}", hint=hint)
        return cls(float(match[1]), float(match[2]))


class Turning(StrEnum):
    """How the machine turns the sheet to print its back: like a leaf of a book, or like a leaf of a calendar.

    For a landscape sheet IPP calls these `two-sided-short-edge` and `two-sided-long-edge`.
    """

    HEAD_TO_HEAD = "head-to-head"
    HEAD_TO_TOE = "head-to-toe"


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """How sheets are laid out; all lengths are in millimetres.

    `gutter` is the distance between trimmed pages, `spine` that between the two pages at a spine (twice the width that
    is milled off; of a cover, the thickness of what it covers), `creep` the distance by which each nested leaf is
    pushed out by the leaf around it, about the thickness of the paper. `bottling` is the distance by which the head of
    each nested leaf of a sheet is turned to the spine, since the fold at the heads pushes it out. `spine_text` is
    printed on the spine of a cover. `controls` are the marks by which a press is set up, and a slug line. Without
    `paper` a sheet is as large as its pages need; a scheme that scales pages then uses paper of the size of one page.
    """

    paper: Paper | None = None
    gutter: float = 0.0
    spine: float = 0.0
    creep: float = 0.0
    marks: bool = True
    controls: bool = False
    turning: Turning = Turning.HEAD_TO_HEAD
    bottling: float = 0.0
    spine_text: str = ""

    def __post_init__(self) -> None:
        for name, most in (("gutter", 100), ("spine", 80), ("creep", 2), ("bottling", 2)):
            if not 0 <= getattr(self, name) <= most:
                raise OrderError(f"{name} out of range: {getattr(self, name)} mm", hint=f"give 0 to {most} mm")


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page, in points from the lower left corner, like a box of a PDF page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def outset(self, distance: float) -> PageBox:
        """Return the box with each edge moved outwards by `distance`."""
        return PageBox(self.left - distance, self.bottom - distance, self.right + distance, self.top + distance)

    def rotated(self, quarters: int) -> PageBox:
        """Return the box after so many quarter turns counterclockwise about the origin."""
        box = self
        for _ in range(quarters % 4):
            box = PageBox(-box.top, box.left, -box.bottom, box.right)
        return box

    def contains(self, other: PageBox, tolerance: float = 0.0) -> bool:
        """Return whether no edge of `other` is outside by more than `tolerance`."""
        outer = self.outset(tolerance)
        across = other.left >= outer.left and other.right <= outer.right
        return across and other.bottom >= outer.bottom and other.top <= outer.top

    def array(self, digits: int) -> Array:
        """Return the box as a PDF array, rounded to `digits` decimal places."""
        return Array([round(edge, digits) for edge in (self.left, self.bottom, self.right, self.top)])


@dataclass(frozen=True, slots=True)
class Placement:
    """The place of a page on a sheet: `trim` is its trimmed area, `clip` the area in which it is drawn.

    It leans by an angle counterclockwise, in radians, about the end of its spine at its foot, which is `pivot`.
    """

    page: int | None
    trim: PageBox
    clip: PageBox
    scale: float
    turned: bool
    lean: float = 0.0
    pivot: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """The layout shared by all sheets of an imposition. Columns are (left, right), rows (top, bottom), in points."""

    width: float
    height: float
    columns: tuple[tuple[float, float], ...]
    rows: tuple[tuple[float, float], ...]
    scale: float
    grid: FaceGrid
    options: SheetOptions

    @property
    def outer(self) -> PageBox:
        """The area of all pages."""
        return PageBox(self.columns[0][0], self.rows[-1][1], self.columns[-1][1], self.rows[0][0])

    def placements(self, face: Face) -> Iterator[Placement]:
        """Yield the places of the pages of `face`, including blanks."""
        for cell in face:
            left, right = self.columns[cell.column]
            top, bottom = self.rows[cell.row]
            shift = self._shift(cell)
            clip = PageBox(
                left - self._reach(cell.column - 1) + max(shift, 0) * (not self._spine(cell.column - 1)),
                bottom - self._room(self.rows, cell.row),
                right + self._reach(cell.column) + min(shift, 0) * (not self._spine(cell.column)),
                top + self._room(self.rows, cell.row - 1),
            )
            trim = PageBox(left + shift, bottom, right + shift, top)
            pivot = trim.left if cell.column % 2 else trim.right, trim.top if cell.turned else trim.bottom
            yield Placement(cell.page, trim, clip, self.scale, cell.turned, self._lean(cell, top - bottom), pivot)

    def folds(self) -> tuple[list[float], list[float]]:
        """Return the x of the folds between columns and the y of the folds between rows."""
        if not self.grid.folded:
            return [], []
        if self.grid.wrapped:
            return [self.columns[0][1], self.columns[1][0]], []
        xs, ys = ([(a[1] + b[0]) / 2 for a, b in pairwise(bands)] for bands in (self.columns, self.rows))
        if self.grid.halved:  # that is a cut
            halved = xs if self.grid.halved == "columns" else ys
            del halved[len(halved) // 2]
        return xs, ys

    def _spine(self, boundary: int) -> bool:
        return 0 <= boundary < self.grid.columns - 1 and self.grid.spine(boundary)

    def _shift(self, cell: FaceCell) -> float:
        """Return how far a page moves to the right: inner pages move towards their spine, to compensate for creep."""
        amount = cell.depth * self.options.creep * MM if self.grid.folded else 0.0
        return amount if cell.column % 2 == 0 else -amount

    def _lean(self, cell: FaceCell, height: float) -> float:
        """Return the angle by which the head of a page is turned to its spine. Leaves count within their sheet."""
        grid = self.grid
        if not self.options.bottling or not grid.folded or grid.rows == 1 + (grid.halved == "rows"):
            return 0.0
        leaves = grid.columns * grid.rows // (2 if grid.halved else 1) // 2
        angle = math.atan(cell.depth % leaves * self.options.bottling * MM / height)
        return angle if (cell.column % 2 == 1) is not cell.turned else -angle

    def _reach(self, boundary: int) -> float:
        """Return how far a page may draw beyond its trim towards the next column: at a spine, half of its width."""
        room = self._room(self.columns, boundary)
        return min(room, self.options.spine * MM / 2) if self._spine(boundary) else room

    @staticmethod
    def _room(bands: tuple[tuple[float, float], ...], boundary: int) -> float:
        """Return how far a page may bleed: at most half of the gap to the next column or row."""
        if not 0 <= boundary < len(bands) - 1:
            return BLEED
        return min(BLEED, abs(bands[boundary + 1][0] - bands[boundary][1]) / 2)


def lay_out(scheme: Scheme, options: SheetOptions, page: tuple[float, float]) -> SheetLayout:
    """Lay out pages of the size `page`, in points, on the paper. Raises OrderError if they do not fit."""
    grid = scheme.grid
    between = tuple(options.spine * MM if grid.spine(i) else options.gutter * MM for i in range(grid.columns - 1))
    across, down = sum(between), options.gutter * MM * (grid.rows - 1)
    edge = 2 * (BLEED + MARK) if options.marks or options.controls else 0.0
    needed = grid.columns * page[0] + across + edge, grid.rows * page[1] + down + edge
    paper = page if scheme.fitted else None
    if options.paper:
        paper = options.paper.width * MM, options.paper.height * MM
    if paper is None:
        (width, height), scale = needed, 1.0
    else:

        def fit(size: tuple[float, float]) -> float:
            room = size[0] - across - edge, size[1] - down - edge
            return min(room[0] / (grid.columns * page[0]), room[1] / (grid.rows * page[1]), 1.0)

        width, height = max(paper, paper[::-1], key=fit)
        scale = fit((width, height))
        # Many files round their page sizes, so pages may be larger than the paper by a tenth of a percent.
        if scale <= 0 or (scale < 0.999 and not scheme.fitted):
            message = f"{grid.columns} × {grid.rows} pages of {_mm(page)} do not fit on {_mm(paper)}"
            hint = f"they need {_mm(needed)}; use larger paper, or booklet or n-up, which scale the pages"
            raise OrderError(message, hint=hint)
        scale = scale if scheme.fitted else 1.0
    cell_width, cell_height = page[0] * scale, page[1] * scale
    left = (width - grid.columns * cell_width - across) / 2
    top = (height + grid.rows * cell_height + down) / 2
    starts = list(accumulate((cell_width + gap for gap in between), initial=left))
    heads = [top - row * (cell_height + options.gutter * MM) for row in range(grid.rows)]
    columns = tuple((start, start + cell_width) for start in starts)
    rows = tuple((head, head - cell_height) for head in heads)
    return SheetLayout(width, height, columns, rows, scale, grid, options)


def _mm(size: tuple[float, float]) -> str:
    return f"{size[0] / MM:.0f} × {size[1] / MM:.0f} mm"
