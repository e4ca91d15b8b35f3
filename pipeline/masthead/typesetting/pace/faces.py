"""Fonts of a file begun from what is known of them: what WeasyPrint reads from a font, it reads once.

For each document it copies every font's file out of HarfBuzz's memory and asks for its name, metrics and tables, and
for each run of text it has Pango describe the font to find it. A series of documents uses the same glyphs, mostly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

from masthead.typesetting.pace.memory import Memory, held
from masthead.typesetting.repairs.replacing import Repair, Replacement

_FACE = 8192  # bytes, about, that are kept of a font beside its file
_OWN = ("widths", "to_unicode", "missing", "variations")  # dictionaries that a document writes into
_known: Memory[tuple[int, dict[str, Any], float, Any]] = Memory()
_files: dict[bytes, bytes] = {}  # each font's file once, however often it is read: as many as there are faces
_subsets: Memory[bytes] = Memory(16 * 2**20)


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
        font.file_content = _files.setdefault(font.file_content, font.file_content)
        kept = held(pango_font)
        known = _known.keep(kept, (key, vars(font), size, kept), _FACE)
    key, values, size, _ = known
    if key not in stream._fonts:
        font = Font.__new__(Font)
        vars(font).update(values)
        vars(font).update((name, dict(values[name])) for name in _OWN)
        stream._fonts[key] = font
    return stream._fonts[key], size


def subset(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Leave the font's file with the glyphs that are used: often those of the document before."""
    key = font.file_content, font.index, tuple(sorted(to_unicode)), hinting, bool(font.missing)
    kept = _subsets.get(key)
    if kept is not None:
        font.file_content = kept
        return
    _subset(font, to_unicode, hinting)
    if font.file_content is not key[0]:  # else it could not be done, which WeasyPrint says each time
        _subsets.keep(key, font.file_content, len(font.file_content) + 40 * len(to_unicode))


_stock: Callable[[Any, Any], tuple[Any, float]] = Stream.add_font
_subset: Callable[[Any, dict[int, str], bool], None] = Font._harfbuzz_subset

PACE = Repair(
    "faces", lambda: (Replacement(Stream, "add_font", add_font), Replacement(Font, "_harfbuzz_subset", subset))
)
