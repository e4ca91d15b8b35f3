"""Lines read once: what Pango made of a line is remembered by text and style, spaces as wide as the font has them.

Drawing lays every line out again. The glyphs of a line do not depend on how far its spaces are widened (see
`masthead.repairs.whitespace`), so a line that was drawn before, in this document or an earlier one, needs no Pango.
"""

from __future__ import annotations

from typing import Any

from weasyprint import draw
from weasyprint.draw import text as drawing
from weasyprint.matrix import Matrix
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, pango

from masthead.pace import memory
from masthead.repairs import glyphgroups, textlayer
from masthead.repairs.replacing import Repair, Replacement

ffi.cdef("void *g_object_ref(void *object);")


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
    if runs is None:
        layout.setup(style)
        layout.set_text(layout.text)
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        read = glyphgroups.read_line(textbox)
        layout.deactivate()
        runs = known.keep(key, tuple(map(_held, read)) if _simple(read) else (), 250 * len(layout.text) + 500)
    return runs or None


def _simple(runs: tuple[glyphgroups.Run, ...]) -> bool:
    groups = (group.glyphs for run in runs for group in run.groups)
    return all(len(group) == 1 or not any(" " in glyph.text for glyph in group) for group in groups)


def _held(run: glyphgroups.Run) -> glyphgroups.Run:
    """The run with its font kept alive as long as it is remembered."""
    return run._replace(font=ffi.gc(gobject.g_object_ref(run.font), gobject.g_object_unref))


_stock = drawing.draw_text

PACE = Repair(
    "lines", lambda: (Replacement(drawing, "draw_text", draw_text), Replacement(draw, "draw_text", draw_text))
)
