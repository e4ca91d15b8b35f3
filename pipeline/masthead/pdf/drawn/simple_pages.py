"""Pages of our own making by our own reading, equal to what PDFium reads of them, in a fraction of the time.

PDFium makes an object of each character, measures its glyph, and is asked for each of them. On upright pages whose text
is in bundled fonts, with a Unicode text for each code, the contents say the same, and so they do of drawings that are
paths or forms of paths, and of codes that are drawn with black bars. All other pages are left to PDFium.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pikepdf

from masthead.pdf.content import resources
from masthead.pdf.content.fonts import Font
from masthead.pdf.content.runs import PageText
from masthead.pdf.drawn.barcodes import codes_of_bars
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.drawings import Drawing, simple_drawings
from masthead.pdf.drawn.pages import Page, put_together
from masthead.pdf.drawn.text_objects import TextObject, read_lines
from masthead.pdf.drawn.words import FontCodes, NotSimple
from masthead.pdf.glyphs.known_fonts import KnownFonts

_TEXT_OR_FORM = re.compile(rb"T[jJ]|Do|['\"]")  # operators, or what may be one


class SimplePages:
    """Those pages of a file that are simple.

    `texts` are what the contents of its pages show, `fonts` are the bundled ones among its fonts.
    """

    def __init__(self, file: pikepdf.Pdf, texts: Sequence[PageText], fonts: KnownFonts) -> None:
        self._pages, self._texts, self.fonts = list(file.pages), texts, fonts
        preferences = resources.dictionary(file.Root.get("/ViewerPreferences"))
        self._from_right = (
            str(preferences.get("/Direction", "")).lstrip("/") == "R2L"
        )  # PDFium reads each line of such a file from there
        self._codes: dict[Font | None, FontCodes | None] = {}
        self._forms: dict[tuple[int, int], bool] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def page(
        self,
        index: int,
        drawings: Callable[[int], tuple[Drawing, ...]],
        before: Iterable[Page],
        leave_out: Callable[[int, Character], bool] | None = None,
    ) -> Page | None:
        """Return the page, after those `before`, without what `leave_out` names; None if it is not simple.

        `drawings` returns what is drawn on a page, where that is not simple.
        """
        page, text = self._pages[index], self._texts[index]
        size = _size(page)
        if text.replacements or not text.is_plain or size is None or (text.shapes is None and self._draws_text(page)):
            return None
        try:
            runs = [TextObject(run, self._of(run.font)) for run in text.runs if run.codes or not run.font]
            shown = read_lines(runs, size, self._from_right)
        except NotSimple:
            return None
        drawn = drawings(index) if text.shapes is None else simple_drawings(text.shapes, size[1])
        return put_together(shown, index, size, drawn, before, leave_out)

    def codes(self, page: Page) -> Mapping[str, str] | None:
        """Return the codes on page one, which is simple, as `read_codes` does; None where they must be looked for."""
        shapes = self._texts[0].shapes
        if shapes is None or _has_other_annotations(self._pages[0]):
            return None
        return codes_of_bars(shapes, page)

    def _of(self, font: Font | None) -> FontCodes:
        """Return the codes of a font. Raises NotSimple for a font that is not known, or has a code without text."""
        if font not in self._codes:
            self._codes[font] = self._read(font)
        codes = self._codes[font]
        if codes is None:
            raise NotSimple("a font")
        return codes

    def _read(self, font: Font | None) -> FontCodes | None:
        known = self.fonts.of(font)
        if known is None or known.font.descendant.get("/BaseFont") != f"/{known.font.name}":
            return None  # PDFium may take it for another font
        try:
            is_certain = known.font.is_plain and known.has_own_widths and known.is_intact
            return FontCodes(known) if is_certain else None
        except (NotSimple, struct.error):
            return None

    def _draws_text(self, page: pikepdf.Page) -> bool:
        """Whether a form that the page can draw has text, or forms of its own."""
        return any(map(self._has_text, resources.of_page(page, "/XObject").values()))

    def _has_text(self, drawn: Any) -> bool:
        if not isinstance(drawn, pikepdf.Stream) or drawn.get("/Subtype") != "/Form":
            return False
        if drawn.objgen not in self._forms:
            data = resources.data(drawn)
            self._forms[drawn.objgen] = not data or _TEXT_OR_FORM.search(data) is not None
        return self._forms[drawn.objgen]


def _has_other_annotations(page: pikepdf.Page) -> bool:
    """Whether a page has annotations that may show anything."""
    found = page.obj.get("/Annots", pikepdf.Array())
    return not isinstance(found, pikepdf.Array) or not all(map(_is_link, found))


def _is_link(annotation: Any) -> bool:
    entries = resources.dictionary(annotation)
    return entries.get("/Subtype") == "/Link" and "/AP" not in entries


def _size(page: pikepdf.Page) -> tuple[float, float] | None:
    """Return the width and height of an upright page in points, from its lower left corner; None for any other."""
    media = [*map(float, page.mediabox)]
    if (
        page.obj.get("/Rotate", 0)
        or "/UserUnit" in page.obj
        or media[:2] != [0, 0]
        or min(media[2:]) <= 0
        or [*map(float, page.cropbox)] != media
    ):
        return None
    return media[2], media[3]
