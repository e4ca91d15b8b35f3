"""Line breaks, cached by text, text style and width.

WeasyPrint asks for the first line of the same text again and again: for the minimum and maximum widths of a box, when
it makes a page again, when a note moves, for the running heads of every page, and for the next document of a batch. The
result contains no object of Pango's, since WeasyPrint deactivates the layout before it returns it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint.text import line_break
from masthead.typesetting.pace import memory


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> tuple[Any, ...]:
    """Return WeasyPrint's result, from the cache if it was computed before."""
    if style["text_decoration_line"] != "none":  # the layout then holds measures of the decoration
        return tuple(compute(text, style, context, max_width, justification_spacing, is_line_start, minimum))
    if kept := recall(text, style, max_width, is_line_start, minimum):
        return answer(kept, justification_spacing)
    made, *measures = compute(text, style, context, max_width, justification_spacing, is_line_start, minimum)
    kept = made.text, made.max_width, made.first_line_direction, tuple(measures)
    remember(text, style, max_width, kept, is_line_start, minimum)
    return (made, *measures)


Kept = tuple[str, float | None, int, tuple[Any, ...]]
"""Text, width and direction of a deactivated layout, and the other parts of WeasyPrint's result."""


def recall(text: str, style: Any, max_width: float | None, *place: bool) -> Kept | None:
    """Return the cached value for a text, its style and width; `place` is the end of WeasyPrint's arguments."""
    known: memory.Memory[Kept] = memory.of(style.font_config, "splits")
    return known.get((text, memory.text_style(style), max_width, place or (True, False)))


def remember(text: str, style: Any, max_width: float | None, kept: Kept, *place: bool) -> None:
    """Cache a result for `recall`."""
    known: memory.Memory[Kept] = memory.of(style.font_config, "splits")
    key = text, memory.text_style(style), max_width, place or (True, False)
    known.keep(key, kept, 2 * (len(text) + len(kept[0])) + 400)


def answer(kept: Kept, justification_spacing: float) -> tuple[Any, ...]:
    """Return a cached result in the form of WeasyPrint's, with a deactivated layout."""
    text, max_width, direction, measures = kept
    return (layout(text, max_width, direction, justification_spacing), *measures)


def layout(text: str, max_width: float | None, direction: int, justification_spacing: float) -> Any:
    """Return a deactivated layout."""
    made = line_break.Layout.__new__(line_break.Layout)
    made.text, made.max_width, made.first_line_direction = text, max_width, direction
    made.justification_spacing = justification_spacing
    made.ascent = made.underline_position = made.strikethrough_position = None
    made.underline_thickness = made.strikethrough_thickness = None
    return made


compute: Callable[..., tuple[Any, ...]] = line_break.split_first_line
"""Breaks a line whose result is not cached. `breaking` puts a faster function in its place."""


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    replace(line_break.split_first_line, split_first_line)
