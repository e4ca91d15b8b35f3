"""Sheets drawn as pages of PDF, each page of the original as a form XObject on them."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from masthead.press.imposition import marks
from masthead.press.imposition.formes import Box, Place, Plan
from masthead.press.imposition.originals import Leaf, Original
from masthead.press.imposition.schemes import Face, Sheet

# What of the catalogue still means something: everything else speaks of pages that are no more.
_KEPT = {"/Type", "/Pages", "/OutputIntents", "/OCProperties"}


def draw(original: Original, plan: Plan, faces: Sequence[tuple[Sheet, Face]]) -> None:
    """Put faces of sheets in the place of the original's pages."""
    pdf = original.pdf
    if any(Name.AP in annotation for leaf in original.leaves for annotation in leaf.page.obj.get(Name.Annots, [])):
        pdf.flatten_annotations("print")
    colour = pdf.make_indirect(marks.registration(pdf)) if plan.forme.marks else None
    gathered = any(sheet.signature for sheet, _ in faces)
    for sheet, face in faces:
        outermost = face is sheet.front and any(cell.depth == 0 for cell in face)
        collating = (sheet.signature, face) if gathered and outermost else None
        pdf.pages.append(_face(original, plan, face, colour, collating))
    del pdf.pages[: len(original.leaves)]
    metadata = {"/Metadata"} if _for_press(pdf) else set()
    for key in set(pdf.Root.keys()) - _KEPT - metadata:
        del pdf.Root[key]


def _face(
    original: Original, plan: Plan, face: Face, colour: pikepdf.Object | None, collating: tuple[int, Face] | None
) -> pikepdf.Page:
    forms, content = Dictionary(), []
    for place in plan.places(face):
        if place.page is None:
            continue
        leaf, name = original.leaves[place.page], f"/P{place.page + 1}"
        matrix = _matrix(place, leaf.trim)
        forms[name] = _form(original.pdf, leaf, _shown(place, matrix, leaf.bleed))
        content.append(f"q {' '.join(map(_number, matrix))} cm {name} Do Q\n")
    resources = Dictionary(XObject=forms)
    if colour is not None:
        resources.ColorSpace = Dictionary({marks.COLOUR: colour})
        content.append(marks.draw(plan, collating))
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(plan.width, 4), round(plan.height, 4)]),
        TrimBox=Array([0, 0, round(plan.width, 4), round(plan.height, 4)]),
        Resources=resources,
        Contents=original.pdf.make_stream("".join(content).encode()),
    )
    if group := original.leaves[0].page.obj.get(Name.Group):
        page.Group = group
    return pikepdf.Page(original.pdf.make_indirect(page))


def _form(pdf: pikepdf.Pdf, leaf: Leaf, box: Box) -> pikepdf.Object:
    """The page as a form XObject that shows `box` of it. Its content is moved as it is, still compressed."""
    page = leaf.page
    page.contents_coalesce()
    content = page.obj.get(Name.Contents)
    form = pdf.make_stream(content.read_raw_bytes() if content is not None else b"")
    for key in (Name.Filter, Name.DecodeParms):
        if content is not None and key in content:
            form[key] = content[key]
    form.Type, form.Subtype, form.FormType = Name.XObject, Name.Form, 1
    form.BBox = Array([round(edge, 4) for edge in (box.left, box.bottom, box.right, box.top)])
    form.Resources = page.resources
    if group := page.obj.get(Name.Group):
        form.Group = group
    return form


def _matrix(place: Place, trim: Box) -> tuple[float, ...]:
    scale = place.scale
    if place.turned:
        return -scale, 0, 0, -scale, place.trim.right + scale * trim.left, place.trim.top + scale * trim.bottom
    return scale, 0, 0, scale, place.trim.left - scale * trim.left, place.trim.bottom - scale * trim.bottom


def _shown(place: Place, matrix: tuple[float, ...], bleed: Box) -> Box:
    """What of the page is shown, in its own coordinates."""
    a, _, _, d, e, f = matrix
    across = sorted(((place.clip.left - e) / a, (place.clip.right - e) / a))
    along = sorted(((place.clip.bottom - f) / d, (place.clip.top - f) / d))
    return Box(
        max(across[0], bleed.left), max(along[0], bleed.bottom), min(across[1], bleed.right), min(along[1], bleed.top)
    )


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _for_press(pdf: pikepdf.Pdf) -> bool:
    return any(intent.get(Name.S) == Name.GTS_PDFX for intent in pdf.Root.get(Name.OutputIntents, []))
