"""Draw sheets as pages of a PDF, each original page as a form XObject on them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Self

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from masthead.document import TypesettingError
from masthead.press import slug, spot
from masthead.press.imposition import marks, sheet_codes
from masthead.press.imposition.layout import BLEED, MM, PageBox, Placement, SheetLayout
from masthead.press.imposition.originals import SAME_SIZE, Original, OriginalPage
from masthead.press.imposition.schemes import Face, ImposedSheet, side

# The catalogue entries that stay valid: all others refer to pages that no longer exist.
_KEPT = {"/Type", "/Pages", "/OutputIntents", "/OCProperties"}
_SLUG_SIZE = 7.0  # points
_SPINE_FILLED = 0.6  # of the width of a spine by its text
_SPINE_MIDDLE = 0.25  # of the font size, from the baseline to the middle of small letters
# The matrices of so many quarter turns counterclockwise.
_QUARTERS = {1: (0, 1, -1, 0, 0, 0), 2: (-1, 0, 0, -1, 0, 0), 3: (0, -1, 1, 0, 0, 0)}


def draw(original: Original, layout: SheetLayout, faces: Sequence[tuple[ImposedSheet, Face]]) -> None:
    """Replace the pages of the original with faces of sheets."""
    pdf = original.pdf
    if any(Name.AP in annotation for each in original.pages for annotation in each.page.obj.get(Name.Annots, [])):
        pdf.flatten_annotations("print")
    marked = layout.options.marks or layout.options.controls
    colour = pdf.make_indirect(marks.registration(pdf)) if marked else None
    gathered = any(sheet.signature for sheet, _ in faces)
    slugs = _Slugs.of(original, faces) if layout.options.controls else None
    spine = slug.visual(layout.options.spine_text) if layout.grid.wrapped else ""
    spine_font = slug.embed(pdf, [spine]) if spine else None
    for number, (sheet, face) in enumerate(faces):
        outermost = face is sheet.front and any(cell.depth == 0 for cell in face)
        collating = (sheet.signature, face) if gathered and outermost else None
        drawn = _face(original, layout, face, colour, collating)
        if slugs:
            slugs.draw(drawn, layout, number)
        if spine_font and face is sheet.front:
            _draw_spine(drawn, layout, spine_font, spine)
        pdf.pages.append(drawn)
    del pdf.pages[: len(original.pages)]
    metadata = {"/Metadata"} if _for_press(pdf) else set()
    for key in set(pdf.Root.keys()) - _KEPT - metadata:
        del pdf.Root[key]


def _face(
    original: Original, layout: SheetLayout, face: Face, colour: Object | None, collating: tuple[int, Face] | None
) -> pikepdf.Page:
    forms, content = Dictionary(), []
    for placement in layout.placements(face):
        if placement.page is None:
            continue
        page, name = original.pages[placement.page], f"/P{placement.page + 1}"
        matrix = _matrix(placement, page.trim)
        forms[name] = _form(original.pdf, page, _shown(placement, matrix, page.bleed))
        content.append(f"q {' '.join(map(_number, _leaning(placement, matrix)))} cm {name} Do Q\n")
    resources = Dictionary(XObject=forms)
    if colour is not None:
        inks = str(original.pdf.docinfo.get(spot.SPACE, ""))
        spaces = original.pages[0].page.obj.Resources.get(Name.ColorSpace, Dictionary())
        resources.ColorSpace = Dictionary({marks.COLOUR: colour})
        if spot.SPACE in spaces:
            resources.ColorSpace[spot.SPACE] = spaces[spot.SPACE]
        content.append(marks.draw(layout, collating) if layout.options.marks else "")
        content.append(marks.controls(layout, spot.bar_patches(inks)) if layout.options.controls else "")
    sheet = PageBox(0, 0, layout.width, layout.height)
    stream = original.pdf.make_stream("".join(content).encode())
    box = sheet.array(4)
    drawn = Dictionary(Type=Name.Page, MediaBox=box, TrimBox=box, Resources=resources, Contents=stream)
    if group := original.pages[0].page.obj.get(Name.Group):
        drawn.Group = group
    return pikepdf.Page(original.pdf.make_indirect(drawn))


@dataclass(frozen=True, slots=True)
class _Slugs:
    """The slug lines of faces: what the publication is, the number of the sheet, and its side; and their codes."""

    font: slug.SlugFont
    lines: tuple[str, ...]
    codes: tuple[str, ...]

    @classmethod
    def of(cls, original: Original, faces: Sequence[tuple[ImposedSheet, Face]]) -> Self:
        pdf, job = original.pdf, sheet_codes.job_of(original.pdf)
        title = str(pdf.docinfo.get("/Title", ""))
        if title in ("", slug.UNTITLED):
            title = Path(original.name).stem
        fronts = [face is sheet.front for sheet, face in faces]
        numbers, total = tuple(accumulate(map(int, fronts))), sum(fronts)
        sides = [
            f"{job} · sheet {number} of {total} · {side(sheet, face)}"
            for number, (sheet, face) in zip(numbers, faces, strict=True)
        ]
        codes = tuple(
            sheet_codes.text(job, number, total, is_front=is_front)
            for number, is_front in zip(numbers, fronts, strict=True)
        )
        lines = tuple(slug.visual(f"{title} · {side}") for side in sides) if title else tuple(sides)
        try:
            return cls(slug.embed(pdf, lines), lines, codes)
        except TypesettingError:  # a title in a script that the font lacks
            return cls(slug.embed(pdf, sides), tuple(sides), codes)

    def draw(self, page: pikepdf.Page, layout: SheetLayout, face: int) -> None:
        """Draw the line and the code of a face above its first column, between the crop marks."""
        line, (left, right) = self.lines[face], layout.columns[0]
        size = slug.fit(self.font, line, _SLUG_SIZE, right - left - 8 * MM - sheet_codes.room(layout))
        page.obj.Resources.Font = Dictionary(Slug=self.font.font)
        y = layout.outer.top + BLEED + 2
        show = f"q 0 0 0 1 k BT /Slug {size:.3f} Tf {left + 4 * MM:.3f} {y:.3f} Td {self.font.show(line)} Tj ET Q\n"
        page.contents_add((show + sheet_codes.draw(layout, self.codes[face])).encode())


def _draw_spine(page: pikepdf.Page, layout: SheetLayout, font: slug.SlugFont, text: str) -> None:
    """Draw the text of the spine in its middle, from its head to its foot (ISO 6357)."""
    (_, left), (right, _) = layout.columns
    size = slug.fit(font, text, (right - left) * _SPINE_FILLED, layout.outer.height - 20 * MM)
    if "/Font" not in page.obj.Resources:
        page.obj.Resources.Font = Dictionary()
    page.obj.Resources.Font.Spine = font.font
    x = (left + right) / 2 - size * _SPINE_MIDDLE
    y = layout.outer.bottom + (layout.outer.height + font.width(text, size)) / 2
    show = f"q 0 0 0 1 k BT /Spine {size:.3f} Tf 0 -1 1 0 {x:.3f} {y:.3f} Tm {font.show(text)} Tj ET Q\n"
    page.contents_add(show.encode())


def _form(pdf: pikepdf.Pdf, original: OriginalPage, box: PageBox) -> Object:
    """Return a page as a form XObject that shows its area `box`. The content stream is copied still compressed."""
    page = original.page
    page.contents_coalesce()
    content = page.obj.get(Name.Contents)
    form = pdf.make_stream(content.read_raw_bytes() if content is not None else b"")
    for key in (Name.Filter, Name.DecodeParms):
        if content is not None and key in content:
            form[key] = content[key]
    form.Type, form.Subtype, form.FormType = Name.XObject, Name.Form, 1
    form.BBox = box.rotated(-original.quarters).array(4)
    if original.quarters:
        form.Matrix = Array(_QUARTERS[original.quarters])
    form.Resources = page.resources
    if group := page.obj.get(Name.Group):
        form.Group = group
    return form


def _matrix(placement: Placement, trim: PageBox) -> tuple[float, ...]:
    """Return the transformation from the coordinates of a page to those of the sheet.

    A page of another size than the others, which only schemes that scale pages have, is in the middle of its place.
    """
    scale, target = placement.scale, placement.trim
    room = (target.width / scale - trim.width) / 2, (target.height / scale - trim.height) / 2
    if max(map(abs, room)) > SAME_SIZE:
        scale = min(scale, target.width / trim.width, target.height / trim.height)
        x, y = (target.width - scale * trim.width) / 2, (target.height - scale * trim.height) / 2
        target = PageBox(target.left + x, target.bottom + y, target.right - x, target.top - y)
    if placement.turned:
        return -scale, 0, 0, -scale, target.right + scale * trim.left, target.top + scale * trim.bottom
    return scale, 0, 0, scale, target.left - scale * trim.left, target.bottom - scale * trim.bottom


def _leaning(placement: Placement, matrix: tuple[float, ...]) -> tuple[float, ...]:
    """Return the transformation with the lean of the page, about its pivot."""
    if not placement.lean:
        return matrix
    a, b, c, d, e, f = matrix
    cos, sin, (x, y) = math.cos(placement.lean), math.sin(placement.lean), placement.pivot
    e, f = e - x, f - y
    corner = cos * e - sin * f + x, sin * e + cos * f + y
    return cos * a - sin * b, sin * a + cos * b, cos * c - sin * d, sin * c + cos * d, *corner


def _shown(placement: Placement, matrix: tuple[float, ...], bleed: PageBox) -> PageBox:
    """Return the area of a page that is shown, in the coordinates of the page."""
    a, _, _, d, e, f = matrix
    clip = placement.clip
    left, right = sorted(((clip.left - e) / a, (clip.right - e) / a))
    bottom, top = sorted(((clip.bottom - f) / d, (clip.top - f) / d))
    return PageBox(max(left, bleed.left), max(bottom, bleed.bottom), min(right, bleed.right), min(top, bleed.top))


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _for_press(pdf: pikepdf.Pdf) -> bool:
    """Return whether the file is PDF/X, whose metadata describes the print file and stays true."""
    return any(intent.get(Name.S) == Name.GTS_PDFX for intent in pdf.Root.get(Name.OutputIntents, []))
