"""The marks around the pages of a face, as PDF content: crop, fold and collating marks.

They are drawn in the registration colour, which prints on every plate (ISO 32000-1, 8.6.6.4: Separation /All).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Name

from masthead.press.imposition.layout import BLEED, MARK, MM, PageBox, SheetLayout
from masthead.press.imposition.schemes import Face

COLOUR = "/Registration"
_STEP = 8 * MM  # how much lower the collating mark is on each signature
_BAR = 2 * MM


def registration(pdf: pikepdf.Pdf) -> Array:
    """Return the colour space of the marks: one tint for all plates."""
    tint = pdf.make_stream(b"{dup dup dup}", FunctionType=4, Domain=[0, 1], Range=[0, 1, 0, 1, 0, 1, 0, 1])
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)])


def draw(layout: SheetLayout, collating: tuple[int, Face] | None = None) -> str:
    """Return the crop and fold marks of one face, and a collating mark for a (signature number, outermost face)."""
    outer = PageBox(layout.columns[0][0], layout.rows[-1][1], layout.columns[-1][1], layout.rows[0][0])
    bound = [i for i in range(len(layout.columns) - 1) if layout.grid.spine(i)]
    spines = {edge for i in bound for edge in (layout.columns[i][1], layout.columns[i + 1][0])}
    xs = sorted({edge for column in layout.columns for edge in column} - spines)  # no cut at a spine
    ys = sorted({edge for row in layout.rows for edge in row})
    content = [f"{COLOUR} CS {COLOUR} cs 1 SCN 1 scn 0.25 w", *lines_outside(outer, xs, ys)]
    content += ["[3 2] 0 d", *lines_outside(outer, *layout.folds())]  # folds are dashed
    if collating is not None:
        content.append(_collating(layout, *collating))
    return f"q {' '.join(content)} Q\n"


def lines_outside(box: PageBox, xs: Iterable[float], ys: Iterable[float]) -> Iterator[str]:
    """Draw a mark outside the bleed at each x, above and below `box`, and at each y, to its left and right."""
    for x in xs:
        yield f"{x:.3f} {box.top + BLEED:.3f} m {x:.3f} {box.top + BLEED + MARK:.3f} l S"
        yield f"{x:.3f} {box.bottom - BLEED:.3f} m {x:.3f} {box.bottom - BLEED - MARK:.3f} l S"
    for y in ys:
        yield f"{box.left - BLEED:.3f} {y:.3f} m {box.left - BLEED - MARK:.3f} {y:.3f} l S"
        yield f"{box.right + BLEED:.3f} {y:.3f} m {box.right + BLEED + MARK:.3f} {y:.3f} l S"


def _collating(layout: SheetLayout, number: int, face: Face) -> str:
    """Draw a bar on the spine between the first and last page, a step lower on every signature.

    On gathered signatures the bars form a staircase, in which a missing or misplaced signature shows. The first and
    last page are the only ones of the face with no leaf around them.
    """
    pairs = zip(face, layout.placements(face), strict=True)
    outermost = [placement.trim for cell, placement in pairs if cell.depth == 0]
    x = (min(trim.right for trim in outermost) + max(trim.left for trim in outermost)) / 2
    top, height = outermost[0].top, outermost[0].height
    y = top - _STEP * (1 + number % max(int(height / _STEP) - 2, 1))
    return f"{x - _BAR / 2:.3f} {y - _STEP:.3f} {_BAR:.3f} {_STEP:.3f} re f"
