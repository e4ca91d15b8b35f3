"""Lines broken once: what fits in a line is remembered by text, style of text, and room.

WeasyPrint asks for the first line of the same rest of a paragraph again and again: for the widths that a box likes,
for pages that are made anew, for notes that move, in running heads of every page, and in the next document of a batch.
Nothing that it uses of the answer is Pango's: the layout is put out of use before it is given back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

from masthead.typesetting.pace import memory
from masthead.typesetting.repairs.replacing import Repair, Replacement


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
    if kept := recall(text, style, max_width, is_line_start, minimum):
        return answer(kept, justification_spacing)
    made, *measures = _stock(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    kept = made.text, made.max_width, made.first_line_direction, tuple(measures)
    remember(text, style, max_width, kept, is_line_start, minimum)
    return (made, *measures)


Kept = tuple[str, float | None, int, tuple[Any, ...]]
"""Text, width and direction of a layout out of use, and what else WeasyPrint's answer says."""


def recall(text: str, style: Any, max_width: float | None, *place: bool) -> Kept | None:
    """Return what is remembered of a text, a style of text and a width; `place` is as WeasyPrint asks."""
    known: memory.Memory[Kept] = memory.of(style.font_config, "splits")
    return known.get((text, memory.text_style(style), max_width, place or (True, False)))


def remember(text: str, style: Any, max_width: float | None, kept: Kept, *place: bool) -> None:
    """Remember an answer for `recall`."""
    known: memory.Memory[Kept] = memory.of(style.font_config, "splits")
    key = text, memory.text_style(style), max_width, place or (True, False)
    known.keep(key, kept, 2 * (len(text) + len(kept[0])) + 400)


def answer(kept: Kept, justification_spacing: float) -> tuple[Any, ...]:
    """Return WeasyPrint's answer, with a layout out of use, as it leaves one."""
    text, max_width, direction, measures = kept
    return (layout(text, max_width, direction, justification_spacing), *measures)


def layout(text: str, max_width: float | None, direction: int, justification_spacing: float) -> Any:
    """Return a layout that is out of use."""
    made = line_break.Layout.__new__(line_break.Layout)
    made.text, made.max_width, made.first_line_direction = text, max_width, direction
    made.justification_spacing = justification_spacing
    made.ascent = made.underline_position = made.strikethrough_position = None
    made.underline_thickness = made.strikethrough_thickness = None
    return made


_stock: Callable[..., tuple[Any, ...]] = line_break.split_first_line

PACE = Repair(
    "splits",
    lambda: tuple(Replacement(each, "split_first_line", split_first_line) for each in (line_break, inline, preferred)),
)
