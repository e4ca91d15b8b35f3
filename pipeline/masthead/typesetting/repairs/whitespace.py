"""Justified lines that end exactly at the edge of their column, and keep their numbers whole.

Three faults make a justified line overhang the margin, run into the next text, or end before the margin:

- The space at the end of a line. WeasyPrint measures the last box again without the space, but keeps the glyphs that
  were laid out with it, and then moves all boxes of the line or none. If the space was at the inner edge of a run of
  the opposite direction, neither is right for every box. Here the new layout is kept, and only the boxes beyond the
  space are moved.
- The space between two words. Fonts kern across it (Amiri: `ة`, space, `ك`), and lines are measured with that kerning.
  To draw the line, WeasyPrint sets wider spaces by an attribute, at which Pango splits the text, so that the kerning is
  lost. Here the line is drawn from the layout that was measured, and the spaces are widened in its glyphs.
- Chinese, which has no spaces. WeasyPrint widens spaces only, so the lines are not justified. Here the space after each
  ideograph is widened too, except after the last one of a line (CSS Text 3, 7.3.1: inter-character).

A fourth one pulls numbers apart: the space in `240 000` is widened as if it parted words. A number is one word, and its
spaces keep their width (CSS Text 3, 7.3: justification adjusts the space at word separators).
"""

from __future__ import annotations

import math
import re
from typing import Any

from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.layout import inline
from masthead.typesetting.engine.weasyprint.text.ffi import TO_UNITS, ffi, pango
from masthead.typesetting.engine.weasyprint.text.line_break import Layout

EXPANDABLE = re.compile(
    r"[ \u00a0\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]"
)
"""What justification widens: spaces, but not those of a number, ideographs and their punctuation."""
MAX_EXPANSION = 1.0
"""Maximum widening of a space relative to the font size, in paragraphs whose last line is justified too."""
_COLLAPSING = ("normal", "nowrap", "pre-line")
# Of UTF-8, in whose bytes places are counted.
_DIGIT = rb"(?:[0-9]|\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9])"
_NO_BREAK_SPACE = b"\xc2\xa0"
_IN_WRAPPED = re.compile(rb"%b(\xc2\xa0)(?=%b)" % (_DIGIT, _DIGIT))
_IN_UNWRAPPED = re.compile(rb"%b(\xc2\xa0| )(?=%b)" % (_DIGIT, _DIGIT))


def number_spaces(content: bytes, *, wraps: bool) -> list[tuple[int, int]]:
    """Return where the spaces that group the digits of a number begin and end, as bytes of a text.

    Two digits are of one number if there is a space between them at which no line can end: a no-break space or, in
    text that is not wrapped, any. (Justification never widens U+202F.)
    """
    if wraps and _NO_BREAK_SPACE not in content:  # as nearly all texts
        return []
    return [found.span(1) for found in (_IN_WRAPPED if wraps else _IN_UNWRAPPED).finditer(content)]


def is_wrapped(style: Any) -> bool:
    """Return whether lines may end within a text of that style."""
    return style["white_space"] not in ("nowrap", "pre")


def remove_last_whitespace(context: Any, line: Any) -> None:
    """Remove the space at the end of `line`, in place."""
    ancestors, box = [], line
    while isinstance(box, boxes.LineBox | boxes.InlineBox):
        ancestors.append(box)
        if not box.children:
            return
        box = box.children[-1]
    if not isinstance(box, boxes.TextBox) or box.style["white_space"] not in _COLLAPSING:
        return
    text = box.text.rstrip(" ")
    if text == box.text:
        return
    end, width = box.position_x + box.width, box.width
    box.text = text
    if text:
        shorter, _, _ = inline.split_text_box(context, box, None, 0)
        box.width, box.pango_layout = shorter.width, shorter.pango_layout
    else:
        box.width = 0
    excess = width - box.width
    for ancestor in ancestors:
        ancestor.width -= excess
        for child in ancestor.children:
            # A text box becomes narrower at its right edge, whatever its direction, so its own position is unchanged.
            if child is not box and child not in ancestors and child.position_x >= end - 0.01:
                child.translate(dx=-excess, ignore_floats=True)


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Widen `line` by `extra_width` px, unless it is a nearly empty line of a style that justifies last lines too."""
    # Nothing is added after an ideograph that ends the line.
    ends_wide = _last_character(line) not in " \u00a0" and EXPANDABLE.match(_last_character(line)) is not None
    count = count_expandable_spaces(line) - ends_wide
    limit = MAX_EXPANSION * line.style["font_size"] if line.style["text_align_last"] == "justify" else math.inf
    if count and extra_width / count <= limit:
        add_word_spacing(context, line, extra_width / count, 0)


def count_expandable_spaces(box: Any) -> int:
    """Return the number of characters in `box` that justification widens."""
    if isinstance(box, boxes.TextBox):
        return count_expandable(box.text, box.style)
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(map(count_expandable_spaces, box.children))
    return 0


def count_expandable(text: str, style: Any, *, ideographs: bool = True) -> int:
    """Return the number of characters of a text that justification widens. It may have `ideographs`."""
    count = len(EXPANDABLE.findall(text)) if ideographs else text.count(" ") + text.count("\u00a0")
    return count and count - len(number_spaces(text.encode(), wraps=is_wrapped(style)))


def _last_character(box: Any) -> str:
    while isinstance(box, boxes.LineBox | boxes.InlineBox) and box.children:
        box = box.children[-1]
    return str(box.text[-1:]) if isinstance(box, boxes.TextBox) else ""


def add_word_spacing(context: Any, box: Any, justification_spacing: float, x_advance: float) -> float:
    """Move `box` by `x_advance` and widen its spaces by `justification_spacing` (both px); return the new advance."""
    if isinstance(box, boxes.TextBox):
        box.justification_spacing = justification_spacing
        box.position_x += x_advance
        if spaces := count_expandable_spaces(box):
            box.pango_layout.justification_spacing = justification_spacing
            box.width += justification_spacing * spaces
            x_advance += justification_spacing * spaces
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += x_advance
        before = x_advance
        for child in box.children[::-1] if box.style["direction"] == "rtl" else box.children:
            if child.is_in_normal_flow():
                x_advance = add_word_spacing(context, child, justification_spacing, x_advance)
        box.width += x_advance - before
    else:
        box.translate(x_advance, 0)
    return x_advance


def reactivate(layout: Any, style: Any) -> None:
    """Lay the text out again for drawing, exactly as for measuring, and then widen its spaces."""
    layout.setup(style)
    layout.set_text(layout.text)
    # Drawing sets this too. If it were the first to do so, Pango would lay the text out again and lose the widening.
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    if layout.justification_spacing:
        _widen(layout, wraps=is_wrapped(style))


def _widen(layout: Any, *, wraps: bool) -> None:
    line, _ = layout.get_first_line()
    places = {len(layout.text[: found.start()].encode()) for found in EXPANDABLE.finditer(layout.text)}
    places.difference_update(start for start, _ in number_spaces(layout.text.encode(), wraps=wraps))
    extra = round(layout.justification_spacing * TO_UNITS)
    run = line.runs
    while run != ffi.NULL:
        item = run.data
        glyphs, clusters, start = item.glyphs.glyphs, item.glyphs.log_clusters, item.item.offset
        for index in range(item.glyphs.num_glyphs):
            if start + clusters[index] in places:
                glyphs[index].geometry.width += extra
        run = run.next


def apply() -> None:
    """Put the repair into WeasyPrint."""
    inline.remove_last_whitespace = remove_last_whitespace
    inline.justify_line = justify_line
    inline.add_word_spacing = add_word_spacing
    Layout.reactivate = reactivate
