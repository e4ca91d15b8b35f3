"""Draw sheets as pages of a PDF, each original page as a form XObject on them."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Dictionary, Name, Object

from masthead.press.imposition import marks
from masthead.press.imposition.layout import PageBox, Placement, SheetLayout
from masthead.press.imposition.originals import Original
from masthead.press.imposition.schemes import Face, ImposedSheet

# The catalogue entries that stay valid: all others refer to pages that no longer exist.
_KEPT = {"/Type", "/Pages", "/OutputIntents", "/OCProperties"}


def draw(original: Original, layout: SheetLayout, faces: Sequence[tuple[ImposedSheet, Face]]) -> None:
    """Replace the pages of the original with faces of sheets."""
    pdf = original.pdf
    if any(Name.AP in annotation for each in original.pages for annotation in each.page.obj.get(Name.Annots, [])):
        pdf.flatten_annotations("print")
    colour = pdf.make_indirect(marks.registration(pdf)) if layout.options.marks else None
    gathered = any(sheet.signature for sheet, _ in faces)
    for sheet, face in faces:
        outermost = face is sheet.front and any(cell.depth == 0 for cell in face)
        collating = (sheet.signature, face) if gathered and outermost else None
        pdf.pages.append(_face(original, layout, face, colour, collating))
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
        forms[name] = _form(original.pdf, page.page, _shown(placement, matrix, page.bleed))
        content.append(f"q {' '.join(map(_number, matrix))} cm {name} Do Q\n")
    resources = Dictionary(XObject=forms)
    if colour is not None:
        resources.ColorSpace = Dictionary({marks.COLOUR: colour})
        content.append(marks.draw(layout, collating))
    sheet = PageBox(0, 0, layout.width, layout.height)
    stream = original.pdf.make_stream("".join(content).encode())
    box = sheet.array(4)
    drawn = Dictionary(Type=Name.Page, MediaBox=box, TrimBox=box, Resources=resources, Contents=stream)
    if group := original.pages[0].page.obj.get(Name.Group):
        drawn.Group = group
    return pikepdf.Page(original.pdf.make_indirect(drawn))


def _form(pdf: pikepdf.Pdf, page: pikepdf.Page, box: PageBox) -> Object:
    """Return a page as a form XObject that shows its area `box`. The content stream is copied still compressed."""
    page.contents_coalesce()
    content = page.obj.get(Name.Contents)
    form = pdf.make_stream(content.read_raw_bytes() if content is not None else b"")
    for key in (Name.Filter, Name.DecodeParms):
        if content is not None and key in content:
            form[key] = content[key]
    form.Type, form.Subtype, form.FormType = Name.XObject, Name.Form, 1
    form.BBox = box.array(4)
    form.Resources = page.resources
    if group := page.obj.get(Name.Group):
        form.Group = group
    return form


def _matrix(placement: Placement, trim: PageBox) -> tuple[float, ...]:
    """Return the transformation from the coordinates of a page to those of the sheet."""
    scale, target = placement.scale, placement.trim
    if placement.turned:
        return -scale, 0, 0, -scale, target.right + scale * trim.left, target.top + scale * trim.bottom
    return scale, 0, 0, scale, target.left - scale * trim.left, target.bottom - scale * trim.bottom


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
