"""The marks around the pages of a face, as PDF content: crop, fold and collating marks.

They are drawn in the registration colour, which prints on every plate (ISO 32000-1, 8.6.6.4: Separation /All).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pikepdf
from pikepdf import Array, Name

from masthead.press.imposition.layout import BLEED, MARK, MM, PageBox, SheetLayout
from masthead.press.imposition.schemes import Face
from masthead.press.spot import PATCHES

COLOUR = "/Registration"
_STEP = 8 * MM  # how much lower the collating mark is on each signature
_BAR = 2 * MM
_PATCH = 5 * MM  # width of a patch of the colour bar


def registration(pdf: pikepdf.Pdf) -> Array:
    """Return the colour space of the marks: one tint for all plates."""
    tint = pdf.make_stream(b"{dup dup dup}", FunctionType=4, Domain=[0, 1], Range=[0, 1, 0, 1, 0, 1, 0, 1])
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)])


def draw(layout: SheetLayout, collating: tuple[int, Face] | None = None) -> str:
    """Return the crop and fold marks of one face, and a collating mark for a (signature number, outermost face)."""
    outer = layout.outer
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


def target(x: float, y: float) -> str:
    """Draw a registration mark: a cross in a circle. Plates that lie exactly over each other show one."""
    cross = f"{x - 6:.3f} {y:.3f} m {x + 6:.3f} {y:.3f} l S {x:.3f} {y - 6:.3f} m {x:.3f} {y + 6:.3f} l S"
    return f"{cross}\n{_circle(x, y, 3)}"


def _circle(x: float, y: float, r: float) -> str:
    k = 0.5523 * r  # control points of the Bézier curve nearest to a quarter of a circle
    quarters = ((r, k, k, r, 0, r), (-k, r, -r, k, -r, 0), (-r, -k, -k, -r, 0, -r), (k, -r, r, -k, r, 0))
    curves = (
        f"{x + a:.3f} {y + b:.3f} {x + c:.3f} {y + d:.3f} {x + e:.3f} {y + f:.3f} c" for a, b, c, d, e, f in quarters
    )
    return f"{x + r:.3f} {y:.3f} m {' '.join(curves)} S\n"


def colour_bar(x: float, y: float, room: float, patches: Sequence[str] = PATCHES) -> Iterator[str]:
    """Draw patches of the inks and their mixtures, as many as there is `room` for, by which the inking is measured."""
    for index, inks in enumerate(patches[: int(room / _PATCH)]):
        yield f"q {inks} {x + index * _PATCH:.3f} {y:.3f} {_PATCH:.3f} {MARK - 4:.3f} re f Q\n"


def controls(layout: SheetLayout, patches: Sequence[str]) -> str:
    """Return what a press is set up by: registration marks at both sides, and a colour bar below the first column."""
    outer, out = layout.outer, BLEED + MARK / 2 + 1
    height = outer.bottom + outer.height / (4 if layout.folds()[1] else 2)  # not where a fold mark is
    targets = "".join(target(x, height) for x in (outer.left - out, outer.right + out))
    left, right = layout.columns[0]
    bar = colour_bar(left + 2 * MM, outer.bottom - BLEED - MARK, right - left - 4 * MM, patches)
    return f"q {COLOUR} CS 1 SCN 0.25 w\n{targets}Q\n{''.join(bar)}"


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
