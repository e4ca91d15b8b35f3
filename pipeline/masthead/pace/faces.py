"""Fonts of a file begun from what is known of them: what WeasyPrint reads from a font, it reads once.

For each document it copies every font's file out of HarfBuzz's memory and asks for its name, metrics and tables, and
for each run of text it has Pango describe the font to find it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

from masthead.pace.memory import Memory, held
from masthead.repairs.replacing import Repair, Replacement

_OWN = ("widths", "to_unicode", "missing", "variations")  # dictionaries that a document writes into
_known: Memory[tuple[int, dict[str, Any], float, Any]] = Memory()


def add_font(stream: Any, pango_font: Any) -> tuple[Any, float]:
    """Return the document's font for a font of Pango's, and its size."""
    known = _known.get(pango_font)
    if known is None:
        fonts, stream._fonts = stream._fonts, {}
        try:
            font, size = _stock(stream, pango_font)
            ((key, _),) = stream._fonts.items()
        finally:
            stream._fonts = fonts
        kept = held(pango_font)
        known = _known.keep(kept, (key, vars(font), size, kept), len(font.file_content))
    key, values, size, _ = known
    if key not in stream._fonts:
        font = Font.__new__(Font)
        vars(font).update(values)
        vars(font).update((name, dict(values[name])) for name in _OWN)
        stream._fonts[key] = font
    return stream._fonts[key], size


_stock: Callable[[Any, Any], tuple[Any, float]] = Stream.add_font

PACE = Repair("faces", lambda: (Replacement(Stream, "add_font", add_font),))
