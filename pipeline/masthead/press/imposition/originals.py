"""The PDF to be imposed: opened, inspected, and refused if it cannot be imposed as it is.

Nothing is repaired: a damaged file or an odd page box goes back to its maker.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from masthead.document import Direction, Language, SourceError
from masthead.press.imposition.layout import MM, PageBox

SAME_SIZE = 0.5  # points: many files round their page sizes, and no guillotine cuts more exactly
_AGAIN = "export the PDF again with upright pages and correct page boxes"
_SCALED = "impose it with booklet or n-up, which scale the pages, or split the file where the size changes"
_STREAM = re.compile(r"^stream(?: <[^>]*>)?: ")  # how qpdf names a file that has no name
_HEADER = 1024  # bytes within which a PDF says what it is (ISO 32000-1, annex H)
_SMALLEST = 10 * MM  # a smaller page is a mistake


@dataclass(frozen=True, slots=True)
class OriginalPage:
    """A page with its trim box and the box that may be shown, both after `quarters` turns counterclockwise."""

    page: pikepdf.Page
    trim: PageBox
    bleed: PageBox
    quarters: int = 0

    def turned(self, quarters: int) -> OriginalPage:
        """Return the page turned further by so many quarter turns counterclockwise."""
        boxes = self.trim.rotated(quarters), self.bleed.rotated(quarters)
        return OriginalPage(self.page, *boxes, (self.quarters + quarters) % 4)

    def is_as_large_as(self, size: tuple[float, float]) -> bool:
        return max(abs(self.trim.width - size[0]), abs(self.trim.height - size[1])) <= SAME_SIZE


@dataclass(frozen=True, slots=True)
class Original:
    """An open PDF, the size that most of its pages have, in points, and its `name` for messages.

    Pages that are as large when they are turned by a quarter, such as wide tables, are turned.
    """

    pdf: pikepdf.Pdf
    pages: tuple[OriginalPage, ...]
    size: tuple[float, float]
    direction: Direction
    name: str = ""

    def check_sizes(self) -> None:
        """Raise SourceError for a page of another size."""
        for number, page in enumerate(self.pages, 1):
            if not page.is_as_large_as(self.size):
                most = " × ".join(f"{edge / MM:.1f}" for edge in self.size)
                message = f"page {number} is {_size(page.trim)}, but most pages are {most} mm"
                raise SourceError(message, where=self.name, hint=_SCALED)


def open_pdf(data: bytes, where: str = "") -> pikepdf.Pdf:
    """Open a PDF. Raises SourceError if it is none, or damaged or encrypted."""
    unlock = "remove the encryption first"
    if b"%PDF-" not in data[:_HEADER]:
        raise SourceError("this is not a PDF" if data else "the file is empty", where=where)
    try:
        pdf = pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True)
        count = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise SourceError("the PDF is password-protected", where=where, hint=unlock) from error
    except (pikepdf.PdfError, ValueError) as error:
        reason = _STREAM.sub("", str(error))
        raise SourceError(f"the PDF is damaged: {reason}", where=where, hint="export the PDF again") from error
    if pdf.is_encrypted:
        raise SourceError("the PDF is encrypted", where=where, hint=unlock)
    if not count:
        raise SourceError("the PDF has no pages", where=where)
    return pdf


def inspect(pdf: pikepdf.Pdf, where: str = "") -> Original:
    """Collect the page boxes. Raises SourceError for a signed PDF, and for pages with odd boxes."""
    if int(pdf.Root.get(Name.AcroForm, Dictionary()).get(Name.SigFlags, 0)) & 1:
        message = "the PDF is signed, and imposing it would break the signature"
        raise SourceError(message, where=where, hint="use the unsigned copy")
    prefix = f"{where}, page" if where else "page"
    pages = tuple(_inspect_page(page, f"{prefix} {number}") for number, page in enumerate(pdf.pages, 1))
    direction = reading_direction(pdf)
    sizes = [(page.trim.width, page.trim.height) for page in pages]
    ((usual, _),) = Counter((round(width), round(height)) for width, height in sizes).most_common(1)
    size = next((width, height) for width, height in sizes if (round(width), round(height)) == usual)
    # All turned pages have their head at one side, the left one in English: readers turn the book once for several.
    quarter = -1 if direction is Direction.RTL else 1
    upright = tuple(page.turned(quarter) if page.turned(quarter).is_as_large_as(size) else page for page in pages)
    return Original(pdf, upright, size, direction, where)


def reading_direction(pdf: pikepdf.Pdf) -> Direction:
    """Return the reading direction of a PDF: that of its viewer preferences, or that of its language."""
    preference = pdf.Root.get(Name.ViewerPreferences, Dictionary()).get(Name.Direction)
    if preference is not None:
        return Direction.RTL if preference == Name.R2L else Direction.LTR
    with suppress(ValueError):
        return Language(str(pdf.Root.get(Name.Lang, "")).partition("-")[0].lower()).direction
    return Direction.LTR


def _inspect_page(page: pikepdf.Page, where: str) -> OriginalPage:
    rotation = int(_inherited(page, Name.Rotate) or 0)  # clockwise, in degrees
    if rotation % 90 or float(page.obj.get(Name.UserUnit, 1)) != 1:
        raise SourceError("the page is scaled by /UserUnit, or rotated by an odd angle", where=where, hint=_AGAIN)
    media = _box(page.mediabox, "media", where)
    trim = _box(page.trimbox, "trim", where)
    bleed = _box(page.bleedbox, "bleed", where) if Name.BleedBox in page.obj else trim
    boxes = {"media": media, "trim": trim, "bleed": bleed}
    for inner, outer in (("trim", "media"), ("bleed", "media"), ("trim", "bleed")):
        if not boxes[outer].contains(boxes[inner], SAME_SIZE):
            raise SourceError(f"the {inner} box extends beyond the {outer} box", where=where, hint=_AGAIN)
    return OriginalPage(page, trim, bleed).turned(-rotation // 90 % 4)


def _inherited(page: pikepdf.Page, key: Name) -> Object | None:
    """Return an attribute of the page, or of the nodes above it in the page tree."""
    node: Object | None = page.obj
    while node is not None and key not in node:
        node = node.get(Name.Parent)
    return None if node is None else node[key]


def _box(values: Array, name: str, where: str) -> PageBox:
    try:
        left, bottom, right, top = (float(value) for value in values)
    except (TypeError, ValueError) as error:
        raise SourceError(f"the {name} box is not a rectangle", where=where, hint=_AGAIN) from error
    box = PageBox(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    if min(box.width, box.height) < _SMALLEST:
        raise SourceError(f"the {name} box measures only {_size(box)}", where=where, hint=_AGAIN)
    return box


def _size(box: PageBox) -> str:
    return f"{box.width / MM:.1f} × {box.height / MM:.1f} mm"
