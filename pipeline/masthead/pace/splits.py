"""Lines broken once: what fits in a line is remembered by text, style of text, and room.

WeasyPrint asks for the first line of the same rest of a paragraph again and again: for the widths that a box likes,
for pages that are made anew, for notes that move, in running heads of every page, and in the next document of a batch.
Nothing that it uses of the answer is Pango's: the layout is put out of use before it is given back.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

from masthead.pace import memory
from masthead.repairs.replacing import Repair, Replacement


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> tuple[Any, ...]:
    """Return WeasyPrint's answer, asked for once."""
    if style["text_decoration_line"] != "none":  # the layout then holds measures of the decoration
        return tuple(_stock(text, style, context, max_width, justification_spacing, is_line_start, minimum))
    known = memory.of(style.font_config, "splits")
    key = text, memory.text_style(style), max_width, is_line_start, minimum
    kept = known.get(key)
    if kept is None:
        layout, *rest = _stock(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        kept = layout.text, layout.max_width, layout.first_line_direction, rest
        known.keep(key, kept, 2 * (len(text) + len(layout.text)) + 400)
        return (layout, *rest)
    return (_layout(kept, justification_spacing), *kept[3])


def _layout(kept: Any, justification_spacing: float) -> Any:
    """A layout out of use, as WeasyPrint leaves one."""
    layout = line_break.Layout.__new__(line_break.Layout)
    layout.text, layout.max_width, layout.first_line_direction, _ = kept
    layout.justification_spacing = justification_spacing
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.underline_thickness = layout.strikethrough_thickness = None
    return layout


_stock = line_break.split_first_line

PACE = Repair(
    "splits",
    lambda: tuple(Replacement(each, "split_first_line", split_first_line) for each in (line_break, inline, preferred)),
)
