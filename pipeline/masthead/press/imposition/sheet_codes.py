"""The code of a sheet side: a rectangular Data Matrix (ISO/IEC 16022) for gathering and folding machines.

It is in the waste, beside the slug line, and as large on every sheet: the codes of the pages are scaled with them. A
scanner of 150 dots an inch reads it, since each module measures three of its dots.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pikepdf
import zxingcpp
from pikepdf import Name

from masthead.press.imposition.layout import BLEED, MARK, MM, SheetLayout

_MODULE = 0.5 * MM
_ROWS, _COLUMNS, _VERSION = 8, 32, 26  # the version by its number in Zint, which makes the code
_MARGIN = 4 * MM  # to the corner of the column, where crop marks are
WIDTH = (_COLUMNS + 2) * _MODULE  # with the quiet zone of one module


def job_of(pdf: pikepdf.Pdf) -> str:
    """Return ten digits that are the same for all sheets of one PDF: from its identifier, or its first page."""
    identifier = pdf.trailer.get(Name.ID)
    known = bytes(identifier[0]) if identifier else pdf.pages[0].obj.unparse(resolved=True)
    return f"{int.from_bytes(hashlib.sha256(known).digest()[:8]) % 10**10:010}"


def text(job: str, sheet: int, sheets: int, *, is_front: bool) -> str:
    """Return what a code says: the job, the number of the sheet and that of all, each in four digits, and 1 or 2."""
    return f"{job}{sheet % 10_000:04}{sheets % 10_000:04}{1 if is_front else 2}"


def room(layout: SheetLayout) -> float:
    """Return the width in points that a code takes beside the slug line; 0 if the first column is too narrow."""
    left, right = layout.columns[0]
    return WIDTH if right - left >= 2 * (_MARGIN + WIDTH) else 0.0


def draw(layout: SheetLayout, digits: str) -> str:
    """Draw a code above the first column, before its last crop mark, in black ink."""
    if not room(layout):
        return ""
    x = layout.columns[0][1] - _MARGIN - WIDTH + _MODULE
    top = layout.outer.top + BLEED + MARK - (MARK - _ROWS * _MODULE) / 2
    bars = (
        f"{x + start * _MODULE:.3f} {top - (row + 1) * _MODULE:.3f} {length * _MODULE:.3f} {_MODULE:.3f} re"
        for row, start, length in _bars(digits)
    )
    return f"q 0 0 0 1 k {' '.join(bars)} f Q\n"


def _bars(digits: str) -> Iterator[tuple[int, int, int]]:
    """Yield the row, the first column and the length of each run of dark modules."""
    code = zxingcpp.create_barcode(digits, zxingcpp.BarcodeFormat.DataMatrix, options=f"version={_VERSION}")
    drawn: Any = code.to_image(scale=1, add_quiet_zones=False)  # it has the buffer protocol, which its types do not say
    picture = memoryview(drawn)
    for row in range(_ROWS):
        column = 0
        for is_light, run in groupby(picture[row, each] > 0 for each in range(_COLUMNS)):
            length = len(list(run))
            if not is_light:
                yield row, column, length
            column += length
