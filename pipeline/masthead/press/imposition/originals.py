"""The PDF to be imposed: opened, looked at, and refused where it could not be imposed as it is.

Nothing is mended: a damaged file, a turned page or an odd box goes back to who made it.
"""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from masthead.document import Direction, Language, SourceError
from masthead.press.imposition.formes import MM, Box

SAME_SIZE = 0.5  # points: sizes are rounded in many a file, and no cutter sees this


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with its trim box and what may be shown of it."""

    page: pikepdf.Page
    trim: Box
    bleed: Box


@dataclass(frozen=True, slots=True)
class Original:
    """An open PDF whose pages have one size, `size` in points."""

    pdf: pikepdf.Pdf
    leaves: tuple[Leaf, ...]
    size: tuple[float, float]
    direction: Direction


def open_pdf(data: bytes, where: str = "") -> pikepdf.Pdf:
    """Open a PDF that is whole and free. Raises SourceError for one that is damaged or encrypted."""
    try:
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True)
        count = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise SourceError("the PDF asks for a password", where=where, hint="remove its encryption first") from error
    except (pikepdf.PdfError, ValueError) as error:
        raise SourceError(
            f"the PDF is damaged: {str(error).removeprefix('stream: ')}", where=where, hint="make it anew"
        ) from error
    if pdf.is_encrypted:
        raise SourceError("the PDF is encrypted", where=where, hint="remove its encryption first")
    if not count:
        raise SourceError("the PDF has no pages", where=where)
    return pdf


def inspect(pdf: pikepdf.Pdf, where: str = "") -> Original:
    """Gather the pages' boxes. Raises SourceError for pages turned, oddly boxed or of different sizes, or signed."""
    if _signed(pdf):
        raise SourceError(
            "the PDF is signed, and what is made of it would not be", where=where, hint="take the unsigned copy"
        )
    leaves = tuple(_leaf(page, f"{where}, page {number}" if where else f"page {number}")
                   for number, page in enumerate(pdf.pages, 1))  # fmt: skip
    first = leaves[0].trim
    for number, leaf in enumerate(leaves, 1):
        if max(abs(leaf.trim.width - first.width), abs(leaf.trim.height - first.height)) > SAME_SIZE:
            raise SourceError(
                f"page {number} is {_size(leaf.trim)}, page 1 {_size(first)}",
                where=where,
                hint="impose pages of one size; split the file where the size changes",
            )
    return Original(pdf, leaves, (first.width, first.height), direction(pdf))


def direction(pdf: pikepdf.Pdf) -> Direction:
    """From where a PDF is read: as its viewer is told, else as its language is written, else from the left."""
    told = pdf.Root.get(Name.ViewerPreferences, Dictionary()).get(Name.Direction)
    if told is not None:
        return Direction.RTL if told == Name.R2L else Direction.LTR
    with suppress(ValueError):
        return Language(str(pdf.Root.get(Name.Lang, "")).partition("-")[0].lower()).direction
    return Direction.LTR


def _signed(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get(Name.AcroForm)
    return form is not None and bool(int(form.get(Name.SigFlags, 0)) & 1)


def _leaf(page: pikepdf.Page, where: str) -> Leaf:
    if int(_inherited(page, Name.Rotate) or 0) % 360 or float(page.obj.get(Name.UserUnit, 1)) != 1:
        raise SourceError("the page is turned or scaled by its dictionary", where=where, hint="write it upright")
    media = _box(page.mediabox, "media", where)
    trim = _box(page.trimbox, "trim", where)
    bleed = _box(page.bleedbox, "bleed", where) if Name.BleedBox in page.obj else trim
    for name, box in (("trim", trim), ("bleed", bleed)):
        if not _inside(box, media):
            raise SourceError(f"the {name} box reaches out of the media box", where=where, hint="set the boxes right")
    if not _inside(trim, bleed):
        raise SourceError("the trim box reaches out of the bleed box", where=where, hint="set the boxes right")
    return Leaf(page, trim, bleed)


def _inherited(page: pikepdf.Page, key: Name) -> Object | None:
    """An attribute of the page or of the nodes above it."""
    node: Object | None = page.obj
    while node is not None and key not in node:
        node = node.get(Name.Parent)
    return None if node is None else node[key]


def _box(values: Array, name: str, where: str) -> Box:
    try:
        left, bottom, right, top = (float(value) for value in values)
    except (TypeError, ValueError) as error:
        raise SourceError(f"the {name} box is no rectangle", where=where) from error
    box = Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    if box.width < 10 * MM or box.height < 10 * MM:
        raise SourceError(f"the {name} box is {_size(box)}", where=where, hint="no page is that small")
    return box


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner.left >= outer.left - SAME_SIZE
        and inner.bottom >= outer.bottom - SAME_SIZE
        and inner.right <= outer.right + SAME_SIZE
        and inner.top <= outer.top + SAME_SIZE
    )


def _size(box: Box) -> str:
    return f"{box.width / MM:.1f} × {box.height / MM:.1f} mm"
