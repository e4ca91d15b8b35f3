"""The glyphs of drawn lines, cached by text and style, with spaces as wide as in the font.

WeasyPrint lays every line out again to draw it. The glyphs of a line do not depend on how much its spaces are widened
(see `repairs.whitespace`), so a line that was drawn before, in this document or an earlier one, does not need Pango
again. Nor does a line that was just measured: WeasyPrint measures the same text that it draws, so the line that Pango
made for measuring is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import masthead.typesetting.engine.pydyf as pydyf
from masthead.typesetting import memory, paragraphs
from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint.draw import text as drawing
from masthead.typesetting.engine.weasyprint.text.ffi import TO_UNITS, ffi, pango
from masthead.typesetting.engine.weasyprint.text.line_break import Layout
from masthead.typesetting.repairs import glyphgroups, textlayer

ffi.cdef("""
    PangoLayoutLine *pango_layout_line_ref(PangoLayoutLine *line);
    void pango_layout_line_unref(PangoLayoutLine *line);
""")

# These end a paragraph for Pango when it measures, but not when it draws.
_PARAGRAPH_ENDS = re.compile("[\n\r\u2028\u2029]")


def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: str) -> None:
    """Draw a text by `paragraphs` or `repairs.textlayer`; leave it to WeasyPrint where more than glyphs is drawn."""
    style, layout = textbox.style, textbox.pango_layout
    plain = style["text_decoration_line"] == "none" and text_overflow != "ellipsis" and block_ellipsis == "none"
    plain = plain and textbox.text and style["font_size"] >= 1e-6
    if plain and style["visibility"] != "visible":
        return
    line = layout.__dict__.get("line") if plain else None
    runs = None
    if line is None and plain and layout.text.strip() and "\u00a0" not in layout.text:
        runs = _line(textbox)
    if line is None and runs is None:
        _stock_draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
        return
    _set_color(stream, style["color"])
    stream.begin_text()
    x, y = map(pydyf._to_bytes, (textbox.position_x, textbox.position_y + textbox.baseline))
    stream.stream.append(b"1 0 0 -1 %b %b Tm" % (x, y))
    widening = round(layout.justification_spacing * TO_UNITS)
    if line is not None:
        paragraphs.show(stream, textbox, line, widening=widening)
    elif runs is not None:
        textlayer.show(stream, textbox, runs, widening=widening)
    stream.end_text()


def _set_color(stream: Any, color: Any) -> None:
    """Set the colour of text, unless it was the last that was set and nothing has changed it."""
    last, channels, alpha = stream.__dict__.get("pace_color", (None, None, None))
    if last is not color or channels is not stream._current_color or alpha is not stream._current_alpha:
        stream.set_color(color)
        stream.pace_color = color, stream._current_color, stream._current_alpha


def _line(textbox: Any) -> tuple[glyphgroups.GlyphRun, ...] | None:
    """Return the line without any widening; None if one of its spaces is not a group of its own."""
    style, layout = textbox.style, textbox.pango_layout
    known = memory.of(style.font_config, "lines")
    key = layout.text, memory.text_style(style)
    runs = known.get(key)
    if not isinstance(runs, tuple):
        runs = remember(layout.text, style, glyphgroups.read_runs(runs or _lay_out(layout, style), textbox))
    return runs or None


def remember(text: str, style: Any, runs: tuple[glyphgroups.GlyphRun, ...]) -> tuple[glyphgroups.GlyphRun, ...]:
    """Cache a line as it is drawn; return it, or an empty one if one of its spaces is not a group of its own."""
    kept = tuple(map(_held, runs)) if _has_separate_spaces(runs) else ()
    known: memory.Memory[tuple[glyphgroups.GlyphRun, ...]] = memory.of(style.font_config, "lines")
    return known.keep((text, memory.text_style(style)), kept, 60 * len(text) + 500)


def _lay_out(layout: Any, style: Any) -> Any:
    """Lay the text of `layout` out again; return the Pango line."""
    layout.setup(style)
    layout.set_text(layout.text)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    line = ffi.gc(pango.pango_layout_line_ref(line), pango.pango_layout_line_unref)
    _stock_deactivate(layout)
    return line


def deactivate(layout: Any) -> None:
    """Release the Pango layout of a text that was measured, and keep its line."""
    style, line = layout.style, pango.pango_layout_get_line_readonly(layout.layout, 0)
    whole = pango.pango_layout_get_line_readonly(layout.layout, 1) == ffi.NULL
    if (
        whole
        and not _PARAGRAPH_ENDS.search(layout.text)
        and layout.text.strip()
        and style["text_decoration_line"] == "none"
    ):
        known, key = memory.of(style.font_config, "lines"), (layout.text, memory.text_style(style))
        if known.get(key) is None:
            line = ffi.gc(pango.pango_layout_line_ref(line), pango.pango_layout_line_unref)
            known.keep(key, line, 60 * len(layout.text) + 500)
    _stock_deactivate(layout)


def _has_separate_spaces(runs: tuple[glyphgroups.GlyphRun, ...]) -> bool:
    groups = (group.glyphs for run in runs for group in run.groups)
    return all(len(group) == 1 or not any(" " in glyph.text for glyph in group) for group in groups)


def _held(run: glyphgroups.GlyphRun) -> glyphgroups.GlyphRun:
    return run._replace(font=memory.held(run.font))


_stock_draw_text: Callable[..., None] = drawing.draw_text
_stock_deactivate: Callable[[Any], None] = Layout.deactivate


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    replace(drawing.draw_text, draw_text)
    Layout.deactivate = deactivate
