"""Line breaks, found by `paragraphs` and cached by text, text style and width.

WeasyPrint asks for the first line of the same text again and again: for the minimum and maximum widths of a box, when
it makes a page again, when a note moves, for the running heads of every page, and for the next document of a batch. For
each line it lays out twice as much text as fits, then the line with the next word, then the line alone, and begins
again with the rest of the paragraph. Here a text is shaped once, with all its rests. The result contains no object of
Pango's, since WeasyPrint deactivates the layout before it returns it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from masthead.typesetting import memory, paragraphs
from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint.text import line_break


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
    arguments = text, style, context, max_width, justification_spacing, is_line_start, minimum
    if style["text_decoration_line"] != "none":  # the layout then holds measures of the decoration
        return _stock_split_first_line(*arguments)
    known: memory.Memory[Kept] = memory.of(style.font_config, "splits")
    key = text, memory.text_style(style), max_width, is_line_start, minimum
    if kept := known.get(key):
        made, *measures = kept
        return (layout(*made[:3], justification_spacing, made[3]), *measures)
    found = _found(text, style, max_width, justification_spacing) or _stock_split_first_line(*arguments)
    made, *measures = found
    kept = (made.text, made.max_width, made.first_line_direction, made.__dict__.get("line")), *measures
    known.keep(key, kept, 2 * (len(text) + len(made.text)) + 600)
    return found


class PangoLine(NamedTuple):
    """A line of text that Pango sets; attributes as those of `paragraphs.Line`."""

    text: str
    width: float
    height: float
    baseline: float
    direction: int


def pango_line(text: str, style: Any, context: Any) -> PangoLine:
    """Return a text as one line."""
    made, _, _, width, height, baseline = split_first_line(text, style, context, None, 0)
    return PangoLine(made.text, width, height, baseline, made.first_line_direction)


Kept = tuple[tuple[str, float | None, int, paragraphs.Line | None], Any, Any, Any, Any, Any]
"""Text, width, direction and line of a deactivated layout, and the other parts of WeasyPrint's result."""


def _found(text: str, style: Any, max_width: float | None, justification_spacing: float) -> tuple[Any, ...] | None:
    """Return the result that `paragraphs` finds; None where only Pango can."""
    shaped, token = shaped_text(text, style)
    found = None if shaped is None else paragraphs.next_line(shaped, token, max_width)
    if shaped is None or found is None:
        return None
    line, after = found
    face, start, resume = shaped.face, shaped.starts[token], None
    if after is not None:
        resume = shaped.starts[after] - start
        rest = shaped.content[start + resume :].decode()
        if shaped.has_letters(rest):
            _texts(style).keep((rest, memory.text_style(style)), (shaped, after), 2 * len(rest) + 300)
    made = layout(line.text, max_width, face.base, justification_spacing, line)
    return made, len(line.text.encode()), resume, line.width, line.height, line.baseline


def shaped_text(text: str, style: Any) -> tuple[paragraphs.ShapedText | None, int]:
    """Return the shaped text of which `text` is the end, and the token with which it begins; (None, 0) for Pango's."""
    known, key = _texts(style), (text, memory.text_style(style))
    return known.get(key) or known.keep(key, (_shaped(text, style), 0), 40 * len(text) + 500)


def _texts(style: Any) -> memory.Memory[tuple[paragraphs.ShapedText | None, int]]:
    return memory.of(style.font_config, "texts")


def _shaped(text: str, style: Any) -> paragraphs.ShapedText | None:
    script = paragraphs.script_of(text, style["direction"]) if text else None
    face = None if script is None else paragraphs.face(style, script)
    if isinstance(face, paragraphs.MixedFace):
        return paragraphs.shape_mixed(face, style, text)
    return None if face is None else paragraphs.shape(face, text, style["lang"])


def layout(
    text: str,
    max_width: float | None,
    direction: int,
    justification_spacing: float,
    line: paragraphs.Line | None = None,
) -> Any:
    """Return a deactivated layout."""
    made = line_break.Layout.__new__(line_break.Layout)
    made.text, made.max_width, made.first_line_direction = text, max_width, direction
    made.justification_spacing, made.line = justification_spacing, line
    made.ascent = made.underline_position = made.strikethrough_position = None
    made.underline_thickness = made.strikethrough_thickness = None
    return made


_stock_split_first_line: Callable[..., tuple[Any, ...]] = line_break.split_first_line


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    replace(line_break.split_first_line, split_first_line)
