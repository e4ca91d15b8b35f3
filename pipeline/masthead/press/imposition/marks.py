"""The marks around the pages of a face, as content of PDF: crop, fold and collating marks.

They are drawn in the registration colour, which prints on every plate (ISO 32000-1, 8.6.6.4: Separation /All).
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Name

from masthead.press.imposition.formes import BLEED, MARK, MM, Plan
from masthead.press.imposition.schemes import Face

COLOUR = "/Registration"
_STEP = 8 * MM  # how far the collating mark comes down from signature to signature
_BAR = 2 * MM


def registration(pdf: pikepdf.Pdf) -> Array:
    """The colour space of the marks: one tint for all plates."""
    tint = pdf.make_stream(b"{dup dup dup}", FunctionType=4, Domain=[0, 1], Range=[0, 1, 0, 1, 0, 1, 0, 1])
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)])


def draw(plan: Plan, collating: tuple[int, Face] | None = None) -> str:
    """Crop and fold marks of one face; and the collating mark of a signature by its number and outermost face."""
    content = [f"{COLOUR} CS {COLOUR} cs 1 SCN 1 scn 0.25 w"]
    content += [f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in _crops(plan)]
    content.append("[3 2] 0 d")
    content += [f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in _folds(plan)]
    if collating is not None:
        content.append(_collating(plan, *collating))
    return f"q {' '.join(content)} Q\n"


def _crops(plan: Plan) -> Iterator[tuple[float, float, float, float]]:
    """At every trimmed edge, a line beyond the outermost pages; none at a spine."""
    left, right = plan.columns[0][0], plan.columns[-1][1]
    top, bottom = plan.rows[0][0], plan.rows[-1][1]
    bound = [i for i in range(len(plan.columns) - 1) if plan.grid.spine(i)]
    spines = {edge for i in bound for edge in (plan.columns[i][1], plan.columns[i + 1][0])}
    for x in sorted({edge for column in plan.columns for edge in column} - spines):
        yield x, top + BLEED, x, top + BLEED + MARK
        yield x, bottom - BLEED, x, bottom - BLEED - MARK
    for y in sorted({edge for row in plan.rows for edge in row}):
        yield left - BLEED, y, left - BLEED - MARK, y
        yield right + BLEED, y, right + BLEED + MARK, y


def _folds(plan: Plan) -> Iterator[tuple[float, float, float, float]]:
    left, right = plan.columns[0][0], plan.columns[-1][1]
    top, bottom = plan.rows[0][0], plan.rows[-1][1]
    upright, level = plan.folds()
    for x in upright:
        yield x, top + BLEED, x, top + BLEED + MARK
        yield x, bottom - BLEED, x, bottom - BLEED - MARK
    for y in level:
        yield left - BLEED, y, left - BLEED - MARK, y
        yield right + BLEED, y, right + BLEED + MARK, y


def _collating(plan: Plan, number: int, face: Face) -> str:
    """A bar on the spine between the first and the last page, a step lower in every signature.

    Those two are the only ones of the face that no leaf lies around.
    """
    outermost = [place.trim for cell, place in zip(face, plan.places(face), strict=True) if cell.depth == 0]
    x = (min(trim.right for trim in outermost) + max(trim.left for trim in outermost)) / 2
    top, height = outermost[0].top, outermost[0].height
    y = top - _STEP * (1 + number % max(int(height / _STEP) - 2, 1))
    return f"{x - _BAR / 2:.3f} {y - _STEP:.3f} {_BAR:.3f} {_STEP:.3f} re f"
