"""Lines read once: what Pango made of a line is remembered by text and style, spaces as wide as the font has them.

Drawing lays every line out again. The glyphs of a line do not depend on how far its spaces are widened (see
`repairs.whitespace`), so a line that was drawn before, in this document or an earlier one, needs no Pango. Nor
does one that was just measured: WeasyPrint measures the very text that it draws, and what Pango made of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from weasyprint import draw
from weasyprint.draw import text as drawing
from weasyprint.matrix import Matrix
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from masthead.typesetting.pace import memory
from masthead.typesetting.repairs import glyphgroups, textlayer
from masthead.typesetting.repairs.replacing import Repair, Replacement

ffi.cdef("""
    PangoLayoutLine *pango_layout_line_ref(PangoLayoutLine *line);
    void pango_layout_line_unref(PangoLayoutLine *line);
""")

# What ends a paragraph for Pango: drawing takes them for spaces, measuring does not.
_ENDS = re.compile("[\n\r\u2028\u2029]")


def draw_text(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: str) -> None:
    """Draw a text; what the text painter of the repairs would not draw alone is left to WeasyPrint's function."""
    style, layout = textbox.style, textbox.pango_layout
    plain = style["text_decoration_line"] == "none" and text_overflow != "ellipsis" and block_ellipsis == "none"
    if not plain or not layout.text.strip() or "\u00a0" in layout.text or style["font_size"] < 1e-6:
        _stock(stream, textbox, offset_x, text_overflow, block_ellipsis)
        return
    if style["visibility"] != "visible":
        return
    runs = _line(textbox)
    if runs is None:
        _stock(stream, textbox, offset_x, text_overflow, block_ellipsis)
        return
    stream.set_color(style["color"])
    stream.begin_text()
    stream.set_text_matrix(*Matrix(d=-1, e=textbox.position_x, f=textbox.position_y + textbox.baseline).values)
    textlayer.show(stream, textbox, runs, widening=round(layout.justification_spacing * TO_UNITS))
    stream.end_text()


def _line(textbox: Any) -> tuple[glyphgroups.Run, ...] | None:
    """The line with its spaces as they are; None where a space is not a group of its own."""
    style, layout = textbox.style, textbox.pango_layout
    known = memory.of(style.font_config, "lines")
    key = layout.text, memory.text_style(style)
    runs = known.get(key)
    if not isinstance(runs, tuple):
        runs = remember(layout.text, style, glyphgroups.read_runs(runs or _lay_out(layout, style), textbox))
    return runs or None


def remember(text: str, style: Any, runs: tuple[glyphgroups.Run, ...]) -> tuple[glyphgroups.Run, ...]:
    """Remember a line as it is drawn; return it, or nothing where a space is not a group of its own."""
    kept = tuple(map(_held, runs)) if _simple(runs) else ()
    known: memory.Memory[tuple[glyphgroups.Run, ...]] = memory.of(style.font_config, "lines")
    return known.keep((text, memory.text_style(style)), kept, 60 * len(text) + 500)


def _lay_out(layout: Any, style: Any) -> Any:
    """Pango's line of the text that `layout` was measured with."""
    layout.setup(style)
    layout.set_text(layout.text)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    line = ffi.gc(pango.pango_layout_line_ref(line), pango.pango_layout_line_unref)
    _deactivate(layout)
    return line


def deactivate(layout: Any) -> None:
    """Put a layout out of use that was measured, and keep its line."""
    style, line = layout.style, pango.pango_layout_get_line_readonly(layout.layout, 0)
    whole = pango.pango_layout_get_line_readonly(layout.layout, 1) == ffi.NULL and not _ENDS.search(layout.text)
    if whole and layout.text.strip() and style["text_decoration_line"] == "none":
        known, key = memory.of(style.font_config, "lines"), (layout.text, memory.text_style(style))
        if known.get(key) is None:
            line = ffi.gc(pango.pango_layout_line_ref(line), pango.pango_layout_line_unref)
            known.keep(key, line, 60 * len(layout.text) + 500)
    _deactivate(layout)


def _simple(runs: tuple[glyphgroups.Run, ...]) -> bool:
    groups = (group.glyphs for run in runs for group in run.groups)
    return all(len(group) == 1 or not any(" " in glyph.text for glyph in group) for group in groups)


def _held(run: glyphgroups.Run) -> glyphgroups.Run:
    return run._replace(font=memory.held(run.font))


_stock: Callable[..., None] = drawing.draw_text
_deactivate: Callable[[Any], None] = Layout.deactivate

PACE = Repair(
    "lines",
    lambda: (
        Replacement(drawing, "draw_text", draw_text),
        Replacement(draw, "draw_text", draw_text),
        Replacement(Layout, "deactivate", deactivate),
    ),
)
