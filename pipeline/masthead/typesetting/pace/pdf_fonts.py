"""WeasyPrint's font objects, and the subsets that are embedded in files, cached between documents.

For each document WeasyPrint copies every font file from HarfBuzz's memory and reads its name, metrics and tables; for
each run of text it lets Pango describe the font in order to find its object. The documents of a series mostly use the
same glyphs, so their subsets are often the same too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masthead.typesetting import configurations, memory
from masthead.typesetting.engine.weasyprint.pdf.fonts import Font
from masthead.typesetting.engine.weasyprint.pdf.stream import Stream

_FONT_SIZE = 8192  # bytes, roughly, that a cached font takes without its file
_WRITTEN = ("widths", "to_unicode", "missing", "variations")  # dictionaries that each document changes
_files: dict[bytes, bytes] = {}  # each font file once, for every cache that refers to it; as many as there are faces
_subsets: memory.Memory[bytes] = memory.Memory(16 * 2**20)


def add_font(stream: Any, pango_font: Any) -> tuple[Any, float]:
    """Return the document's font object for a Pango font, and its size."""
    cache: memory.Memory[tuple[int, dict[str, Any], float, Any]] = memory.of(configurations.current.get(), "fonts")
    known = cache.get(pango_font)
    if known is None:
        fonts, stream._fonts = stream._fonts, {}
        try:
            font, size = _stock_add_font(stream, pango_font)
            ((key, _),) = stream._fonts.items()
        finally:
            stream._fonts = fonts
        font.file_content = _files.setdefault(font.file_content, font.file_content)
        kept = memory.held(pango_font)
        known = cache.keep(kept, (key, vars(font), size, kept), _FONT_SIZE)
    key, values, size, _ = known
    if key not in stream._fonts:
        font = Font.__new__(Font)
        vars(font).update(values)
        vars(font).update((name, dict(values[name])) for name in _WRITTEN)
        stream._fonts[key] = font
    return stream._fonts[key], size


def subset(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Reduce the font file to the glyphs that are used."""
    key = font.file_content, font.index, tuple(sorted(to_unicode)), hinting, bool(font.missing)
    kept = _subsets.get(key)
    if kept is not None:
        font.file_content = kept
        return
    _stock_subset(font, to_unicode, hinting)
    if font.file_content is not key[0]:  # else it failed, and WeasyPrint warns each time
        _subsets.keep(key, font.file_content, len(font.file_content) + 40 * len(to_unicode))


_stock_add_font: Callable[[Any, Any], tuple[Any, float]] = Stream.add_font
_stock_subset: Callable[[Any, dict[int, str], bool], None] = Font._harfbuzz_subset


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    Stream.add_font = add_font
    Font._harfbuzz_subset = subset
