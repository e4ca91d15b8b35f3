"""Which text of a page is not seen: the page is drawn with its text and without it, by PDFium, and the two compared.

Where nothing differs, a character is not drawn, has the colour of its ground, is clipped, is in a hidden layer, or is
covered. The text drawn alone shows how much of a character is covered. Drawing a page three times takes some 30 ms:
this is for pages under suspicion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from PIL import Image, ImageChops

from masthead.document import Rectangle
from masthead.pdf.drawn import raster
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.pages import DrawnLine, Page

if TYPE_CHECKING:
    import pypdfium2

SCALE = 2.0  # dots a point
MAX_DOTS = 8_000_000  # of a picture: a larger page is drawn at a smaller scale
CONTRAST = 64  # of 255 greys: what differs less from its ground is not read
DEPTH = 9  # of objects in forms within forms
TINY = 0.5  # points
INK = 128  # greys: what is darker is ink
CLIPPED = 0.3  # of the height of a character: with more of it clipped, it is not read
COVERED = 0.25  # of the ink of a character: with more of it covered, it is not read

Unseen = list[tuple[DrawnLine, list[Character]]]
"""Lines with those of their characters that are not seen."""


def unseen(pdf: bytes, pages: Iterable[Page], *, printed: bool = False) -> list[tuple[Page, Unseen]]:
    """Return for each page the characters that are not seen: on the screen, or on paper if the page is `printed`.

    Rotated pages are left out.
    """
    found = []
    with raster.opened(pdf) as document:
        for page in pages:
            with closing(document[page.number - 1]) as drawn:
                if not drawn.get_rotation():
                    found.append((page, list(_hidden(page, drawn, printed=printed))))
    return found


def _hidden(page: Page, drawn: pypdfium2.PdfPage, *, printed: bool) -> Iterator[tuple[DrawnLine, list[Character]]]:
    scale = min(SCALE, (MAX_DOTS / max(page.width * page.height, 1)) ** 0.5)
    left, bottom, *_ = drawn.get_cropbox()
    objects = list(drawn.get_objects(max_depth=DEPTH))
    clipped = list(_clips(objects))
    clipped = clipped if any(lower > box[1] or upper < box[3] for box, lower, upper in clipped) else []
    whole = _picture(drawn, scale, printed=printed)
    _switch(objects, texts=False, others=True)
    difference = ImageChops.difference(whole, _picture(drawn, scale, printed=printed))
    _switch(objects, texts=True, others=False)
    ink = _picture(drawn, scale, printed=printed).point([255] * INK + [0] * (256 - INK))
    lost = ImageChops.darker(ink, difference.point([255] * CONTRAST + [0] * (256 - CONTRAST)))

    def is_hidden(character: Character) -> bool:
        box = (
            max(int((character.left - left) * scale), 0),
            max(int((character.top + bottom) * scale), 0),
            min(int((character.right - left) * scale) + 1, whole.width),
            min(int((character.bottom + bottom) * scale) + 1, whole.height),
        )
        small = min(character.right - character.left, character.bottom - character.top) < TINY
        if small or box[0] >= box[2] or box[1] >= box[3]:
            return False  # too small to be drawn, or off the paper, which `boxes.trim` reports
        if not any(difference.crop(box).histogram()[CONTRAST:]):
            return True
        drawings = [each for each in clipped if _holds(each[0], character, page.height)]
        if drawings and all(_is_clipped(character, page.height, lower, upper) for _, lower, upper in drawings):
            return True
        return _dots(lost.crop(box)) > COVERED * _dots(ink.crop(box))

    for line in page.lines:
        if hidden := list(filter(is_hidden, line.characters)):
            yield line, hidden


def _clips(objects: Iterable[pypdfium2.PdfObject]) -> Iterator[tuple[Rectangle, float, float]]:
    """The bounds of each text, from the lower left corner, and between which heights it is not clipped."""
    import pypdfium2.raw as pdfium

    from masthead.pdf.drawn.drawing_reader import clip_boxes

    for each in objects:
        if each.type == pdfium.FPDF_PAGEOBJ_TEXT and not each.level:
            bounds = each.get_bounds()
            _, bottoms, _, tops = zip(bounds, *clip_boxes(each), strict=True)
            yield bounds, max(bottoms), min(tops)


def _holds(bounds: Rectangle, character: Character, height: float) -> bool:
    """Whether the middle of a character is in the bounds of a text."""
    across, up = (character.left + character.right) / 2, height - (character.top + character.bottom) / 2
    return bounds[0] <= across <= bounds[2] and bounds[1] <= up <= bounds[3]


def _is_clipped(character: Character, height: float, lower: float, upper: float) -> bool:
    """Whether a good part of a character's height is clipped."""
    bottom, top = height - character.bottom, height - character.top
    return min(top, upper) - max(bottom, lower) < (1 - CLIPPED) * (top - bottom)


def _dots(picture: Image.Image) -> int:
    return picture.histogram()[255]


def _picture(drawn: pypdfium2.PdfPage, scale: float, *, printed: bool) -> Image.Image:
    picture: Image.Image = drawn.render(
        scale=scale, grayscale=True, optimize_mode="print" if printed else None
    ).to_pil()
    return picture


def _switch(objects: Iterable[pypdfium2.PdfObject], *, texts: bool, others: bool) -> None:
    """Set whether text is drawn, and whether anything else is."""
    import pypdfium2.raw as pdfium

    for each in objects:
        if each.type != pdfium.FPDF_PAGEOBJ_FORM:  # which would switch off all that is in it
            pdfium.FPDFPageObj_SetIsActive(each, texts if each.type == pdfium.FPDF_PAGEOBJ_TEXT else others)
