"""What is drawn on a page besides text: images, lines, areas and forms, as far as they are seen, by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from masthead.document import Rectangle
from masthead.pdf.content.shapes import DrawnShape

FORM, AREA = "a drawing", "a line or area"
KINDS = {
    pdfium.FPDF_PAGEOBJ_IMAGE: "a picture",
    pdfium.FPDF_PAGEOBJ_PATH: AREA,
    pdfium.FPDF_PAGEOBJ_SHADING: "a shading",
    pdfium.FPDF_PAGEOBJ_FORM: FORM,
}

FIGURES = (FORM, KINDS[pdfium.FPDF_PAGEOBJ_IMAGE])
_FRAME, _THIN = 20, 6.0  # segments and points of a border
FIGURE = 60.0  # points: larger than emblems and codes


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing: what it is, in words for a message, and its place in points from the top left corner of the page.

    `after_text` says that text is drawn before it, which it can cover. `shade` is the grey, of 255, of a ground that it
    gives to text drawn later: 0 where that is not known, 255 where it gives none.
    """

    kind: str
    box: Rectangle
    after_text: bool = False
    shade: int = 255


def is_figure(drawing: Drawing) -> bool:
    """Whether a drawing is a picture or a form large enough for a chart, a map or a diagram."""
    left, top, right, bottom = drawing.box
    return drawing.kind in FIGURES and right - left > FIGURE and bottom - top > FIGURE


def is_inside(box: Rectangle, frame: Rectangle) -> bool:
    """Whether a box is in a frame, but for a point."""
    left, top, right, bottom = frame
    return left - 1 <= box[0] and top - 1 <= box[1] and box[2] <= right + 1 and box[3] <= bottom + 1


def read_drawings(page: pypdfium2.PdfPage) -> tuple[Drawing, ...]:
    """Return all drawings that are seen on a page; a form XObject counts as one."""
    height = page.get_height()
    objects = (pdfium.FPDFPage_GetObject(page.raw, at) for at in range(pdfium.FPDFPage_CountObjects(page.raw)))
    return tuple(_read(objects, height))


def simple_drawings(shapes: Iterable[DrawnShape], height: float) -> tuple[Drawing, ...]:
    """Return the same of a page of a height that draws nothing but simple shapes."""
    return tuple([_drawn(shape, height) for shape in shapes])


def _drawn(shape: DrawnShape, height: float) -> Drawing:
    left, bottom, right, top = shape.box
    box = left, height - top, right, height - bottom
    if shape.grey is None:
        return Drawing(FORM, box, shape.after_text, 0)
    is_frame = shape.is_ring and _is_frame(shape.points[:_FRAME])
    return Drawing(AREA, box, shape.after_text, 255 if is_frame else shape.grey)


def _read(objects: Iterator[Any], height: float) -> Iterator[Drawing]:
    after_text = False
    for each in objects:
        kind = KINDS.get(pdfium.FPDFPageObj_GetType(each))
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
    if not fill.value or (fill.value == pdfium.FPDF_FILLMODE_ALTERNATE and _is_frame(_segments(path))):
        return 255
    if not pdfium.FPDFPageObj_GetFillColor(path, red, green, blue, opacity):
        return 255
    return (299 * red.value + 587 * green.value + 114 * blue.value) // 1000


def _segments(path: Any) -> Iterator[tuple[float, float]]:
    """Yield the points of the first segments of a path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for segment in range(min(pdfium.FPDFPath_CountSegments(path), _FRAME)):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(path, segment), x, y)
        yield x.value, y.value


def _is_frame(points: Iterable[tuple[float, float]]) -> bool:
    """Whether a path is the border of a box: a rectangle without a slightly smaller one."""
    across, down = ({round(each, 1) for each in column} for column in zip(*points, strict=True))
    return all(len(each) == 4 and _is_thin(sorted(each)) for each in (across, down))


def _is_thin(edges: Sequence[float]) -> bool:
    return max(edges[1] - edges[0], edges[3] - edges[2]) < _THIN < edges[2] - edges[1]


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
