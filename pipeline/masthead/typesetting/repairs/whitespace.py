"""Justified lines that end where their column ends.

Mends three things, which make a justified line hang over a margin, run into its neighbour, or end short of the margin.

- The space at the end of a line. WeasyPrint measures the last box again without it, but keeps the glyphs laid out with
  it, and then moves every box of the line, or none. Where the space stood at the inner edge of a run of the other
  direction, no one answer is right for all boxes. Here the new layout is kept, and only what stood beyond it moves.
- The space between two words. Fonts kern across it (Amiri: `ة`, space, `ك`), and the line is measured so; drawing asks
  Pango for wider spaces by an attribute, which cuts the text there and loses the kern. Here the line is drawn from the
  very layout it was measured with, and the spaces are widened in its glyphs.
- Chinese, which has no spaces. WeasyPrint widens nothing else, so a line ends where its last letter does. Here the room
  behind each ideograph is widened as a space is, save behind the last of a line (CSS Text 3, 7.3.1: inter-character).
"""

from __future__ import annotations

import math
import re
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from masthead.typesetting.repairs.replacing import Repair, Replacement

EXPANDABLE = re.compile(
    r"[ \u00a0\u2e80-\u303f\u3041-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]"
)
"""What justification widens: spaces and ideographs, their punctuation with them."""
WIDEST = 1.0
"""Of the size: what a space takes at most beside its own width, in a paragraph whose last line is justified too."""
_COLLAPSING = ("normal", "nowrap", "pre-line")


def remove_last_whitespace(context: Any, line: Any) -> None:
    """Take the space from the end of `line`, in place."""
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
            # A text's own box shrinks from its right edge whatever its direction: what is left begins where it began.
            if child is not box and child not in ancestors and child.position_x >= end - 0.01:
                child.translate(dx=-excess, ignore_floats=True)


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Widen `line` by `extra_width` (px); not where its style justifies last lines too, and it is all but empty."""
    ends_wide = _last_character(line) not in " \u00a0" and EXPANDABLE.match(_last_character(line)) is not None
    count = count_expandable_spaces(line) - ends_wide
    widest = WIDEST * line.style["font_size"] if line.style["text_align_last"] == "justify" else math.inf
    if count and extra_width / count <= widest:
        add_word_spacing(context, line, extra_width / count, 0)


def count_expandable_spaces(box: Any) -> int:
    """Count the places in `box` that justification widens."""
    if isinstance(box, boxes.TextBox):
        return len(EXPANDABLE.findall(box.text))
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return sum(map(count_expandable_spaces, box.children))
    return 0


def _last_character(box: Any) -> str:
    while isinstance(box, boxes.LineBox | boxes.InlineBox) and box.children:
        box = box.children[-1]
    return str(box.text[-1:]) if isinstance(box, boxes.TextBox) else ""


def add_word_spacing(context: Any, box: Any, justification_spacing: float, x_advance: float) -> float:
    """Widen the spaces in `box` by `justification_spacing` (px), move it by `x_advance`; return the new advance."""
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
    """Lay the text out again for drawing, as it was laid out to be measured, and then widen its spaces."""
    layout.setup(style)
    layout.set_text(layout.text)
    # Drawing asks for this too; asked later, it would throw the widened glyphs away.
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    if layout.justification_spacing:
        _widen(layout)


def _widen(layout: Any) -> None:
    line, _ = layout.get_first_line()
    places = {len(layout.text[: found.start()].encode()) for found in EXPANDABLE.finditer(layout.text)}
    extra = round(layout.justification_spacing * TO_UNITS)
    run = line.runs
    while run != ffi.NULL:
        item = run.data
        glyphs, clusters, start = item.glyphs.glyphs, item.glyphs.log_clusters, item.item.offset
        for index in range(item.glyphs.num_glyphs):
            if start + clusters[index] in places:
                glyphs[index].geometry.width += extra
        run = run.next


REPAIR = Repair(
    "whitespace",
    lambda: (
        Replacement(inline, "remove_last_whitespace", remove_last_whitespace),
        Replacement(inline, "justify_line", justify_line),
        Replacement(inline, "add_word_spacing", add_word_spacing),
        Replacement(Layout, "reactivate", reactivate),
    ),
)
