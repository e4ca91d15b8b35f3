"""What is drawn on a page besides text, by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document import Rectangle
from masthead.pdf.drawn.drawings import AREA, BORDER, FORM, PICTURE, Drawing, is_border

_KINDS = {
    pdfium.FPDF_PAGEOBJ_IMAGE: PICTURE,
    pdfium.FPDF_PAGEOBJ_PATH: AREA,
    pdfium.FPDF_PAGEOBJ_SHADING: "a shading",
    pdfium.FPDF_PAGEOBJ_FORM: FORM,
}


def read_drawings(page: pypdfium2.PdfPage) -> tuple[Drawing, ...]:
    """Return all drawings that are seen on a page; a form XObject counts as one."""
    height = page.get_height()
    objects = (pdfium.FPDFPage_GetObject(page.raw, at) for at in range(pdfium.FPDFPage_CountObjects(page.raw)))
    return tuple(_read(objects, height))


def _read(objects: Iterator[Any], height: float) -> Iterator[Drawing]:
    after_text = False
    for each in objects:
        kind = _KINDS.get(pdfium.FPDFPageObj_GetType(each))
        after_text = after_text or kind is None
        if kind is None or (kind == AREA and not _is_painted(each)):
            continue
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not pdfium.FPDFPageObj_GetBounds(each, left, bottom, right, top):
            continue
        bounds = left.value, bottom.value, right.value, top.value
        lefts, bottoms, rights, tops = zip(bounds, *clip_boxes(each), strict=True)
        seen = max(lefts), height - min(tops), min(rights), height - max(bottoms)
        if seen[0] <= seen[2] and seen[1] <= seen[3]:
            yield Drawing(kind, seen, after_text, _shade(each) if kind == AREA else 0)


def _shade(path: Any) -> int:
    """Return the grey that a path fills its ground with."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
    if not fill.value or (fill.value == pdfium.FPDF_FILLMODE_ALTERNATE and is_border(_segments(path))):
        return 255
    if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, opacity):
        return 255
    return (299 * red.value + 587 * green.value + 114 * blue.value) // 1000


def _segments(path: Any) -> Iterator[tuple[float, float]]:
    """Yield the points of the first segments of a path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for segment in range(min(pdfium.FPDFPath_CountSegments(path), BORDER)):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(path, segment), x, y)
        yield x.value, y.value


def _is_painted(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(fill.value or stroke.value)


def clip_boxes(page_object: Any) -> Iterator[Rectangle]:
    """Yield the boxes around the paths that clip an object."""
    paths = pdfium.FPDFPageObj_GetClipPath(page_object)
    for path in range(max(pdfium.FPDFClipPath_CountPaths(paths), 0)):
        x, y = ctypes.c_float(), ctypes.c_float()
        across, down = [], []
        for segment in range(max(pdfium.FPDFClipPath_CountPathSegments(paths, path), 0)):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(paths, path, segment), x, y)
            across.append(x.value)
            down.append(y.value)
        if across:
            yield min(across), min(down), max(across), max(down)
