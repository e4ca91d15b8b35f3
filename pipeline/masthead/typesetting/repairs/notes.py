"""Footnotes that continue on the next page, and are never lost.

WeasyPrint never splits a note: one that is longer than the space on its page runs off the paper. It compares two
floating-point sums exactly to find out whether the note area overflows, so some paddings send every note to the next
page. To fit a last line it moves earlier notes to the next page, away from their calls, and does not lay out the notes
called in that line, which are then lost. When it makes pages a second time (for `counter(pages)`), it forgets the notes
that one page left to the next.

Here the note area is a flow that is split at the end of the page. The last note of a page may end between two of its
lines, if its orphans and widows allow; its rest is the first note on the next page, below the same rule and without a
mark. Space is kept for the lines that the orphans and widows of the calling paragraph need, and for `KEPT_LINES` lines
of text on a page that begins with the rest of a note. Notes that are left when the text ends get pages of their own. To
make space for a line no note is moved: the line is. What each page leaves to the next is remembered by page.

A call whose note cannot begin on its page moves to the next page with its line, as `footnote-policy: line` demands;
`auto`, which leaves the choice to the program, is treated in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from math import inf
from typing import Any

from masthead.typesetting.engine.patching import patched
from masthead.typesetting.engine.weasyprint import layout
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes, build
from masthead.typesetting.engine.weasyprint.layout import LayoutContext, block, inline, page
from masthead.typesetting.engine.weasyprint.layout.block import block_level_layout

KEPT_LINES = 4
"""Lines of text that always fit on a page that begins with the rest of a note."""

_LEADING = 1.6  # their line height, relative to the font size of the root element
_TOLERANCE = 1 + 1e-9  # relative, as in PEP 485 and in WeasyPrint's other comparisons of positions
_EPSILON = 0.01  # px


def lay_out_area(context: Any, area: Any, placed: list[Any]) -> tuple[Any, Any]:
    """Lay out `area`, at most `context.note_limit` px high; return the box and where its content continues.

    What is positioned absolutely in it is added to `placed`.
    """
    limit = getattr(context, "note_limit", None)
    begins = getattr(area.children[0], "note_begins", None) if area.children else None
    below = -inf if limit is None else context.page_bottom - (area.position_y + limit)
    draft = build.create_anonymous_boxes(area.deepcopy())
    draft.style = draft.style.copy()
    draft.style["box_decoration_break"] = "clone"  # rule and padding on every page
    # Laying out a note must not change what the page knows of its other notes.
    kept = context.current_page_footnotes, context.footnotes
    context.current_page_footnotes, context.footnotes = [], []
    start = None if begins is None else {0: begins}
    box, goes_on, *_ = block_level_layout(context, draft, below, start, area.page, True, placed, placed)
    context.current_page_footnotes, context.footnotes = kept
    return box, goes_on


def update_footnote_area(context: Any) -> bool:
    """Lay out the note area again and reduce the page's space by it; return whether the area overflows."""
    area = context.current_footnote_area
    context.note_rest = None
    if area.height != "auto" and not context.in_column:
        context.page_bottom += area.margin_height()
    area.children = context.current_page_footnotes
    if not area.children:
        area.height = 0
        if not context.in_column:
            context.page_bottom -= area.margin_height()
        return False
    context.note_placed = []
    box, context.note_rest = lay_out_area(context, area, context.note_placed)
    context.note_box = box
    area.height = box.height
    if not context.in_column:
        context.page_bottom -= box.margin_height()
    last = box.children[-1]
    end = last.position_y + last.margin_height() - last.margin_bottom
    return bool(end > (box.position_y + box.margin_height() - box.margin_bottom) * _TOLERANCE)


def finished_area(context: Any, area: Any, positioned: list[Any]) -> Any:
    """Return the laid-out area of a page that has all its notes, as it was when the last one was added.

    It is laid out again if something in it is positioned absolutely, which belongs to `positioned`.
    """
    if area.children and not context.note_placed:
        return context.note_box
    return lay_out_area(context, area, positioned)[0]


def cut_note(context: Any, note: Any, room: float) -> bool:
    """Split the last note of the page so that the area is at most `room` px high; return whether that was possible.

    The rest of the note is then reported to the next page.
    """
    area = context.current_footnote_area
    edges = ("margin_top", "margin_bottom", "border_top_width", "border_bottom_width", "padding_top", "padding_bottom")
    room = min(room, area.max_height + sum(getattr(area, edge) for edge in edges))
    if context.in_column or not 0 < room < inf:
        return False
    _limit(context, room)
    if context.note_rest:
        _close_gap(context, area, room)
    if context.note_rest:
        ((index, begins),) = context.note_rest.items()
        if index == len(area.children) - 1 and begins is not None and area.margin_height() <= room + _EPSILON:
            rest = note.copy()
            rest.note_begins, rest.note_of = begins, note
            context.reported_footnotes.append(rest)
            return True
    _limit(context, None)
    return False


def _close_gap(context: Any, area: Any, room: float) -> None:
    """End the area below its last line, unless that would split the note elsewhere.

    WeasyPrint stretches a box that is split to the limit of its height.
    """
    place = context.note_rest
    lines = [each for each in context.note_box.descendants() if isinstance(each, boxes.LineBox)]
    used = max(line.position_y + line.height for line in lines) - context.note_box.position_y
    used += area.padding_bottom + area.border_bottom_width + area.margin_bottom
    if used < room - _EPSILON:
        _limit(context, used + _EPSILON)
    if context.note_rest != place:
        _limit(context, room)


def _limit(context: Any, limit: float | None) -> None:
    context.note_limit = limit
    context._update_footnote_area()


def split_footnote(
    context: Any, note: Any, bottom_space: float, line_bottom: float, paragraph: Any, lines: int, following: list[Any]
) -> bool:
    """Split `note`, called in the line that ends at `line_bottom`; return whether that was possible.

    `lines` lines of the paragraph are on the page already. Space is kept for as many of the `following` ones as its
    orphans and widows need.
    """
    if context.reported_footnotes or note is not context.current_page_footnotes[-1] or bottom_space == -inf:
        return False
    heights = [line.height for line in following]
    orphans, widows = paragraph.style["orphans"], paragraph.style["widows"]
    enough = (more for more in range(len(heights)) if lines + more >= orphans and len(heights) - more >= widows)
    needed = sum(heights[: next(enough, len(heights))])
    top = context.current_footnote_area.position_y
    return cut_note(context, note, top - line_bottom - needed - max(0, bottom_space) - _EPSILON)


def lines_after(
    context: Any, paragraph: Any, child: Any, position_y: float, bottom_space: float, resume_at: Any, *styles: Any
) -> list[Any]:
    """Return the next lines of the paragraph, at most as many as its orphans and widows together."""
    if resume_at is None:
        return []
    lines = inline.iter_line_boxes(context, child, position_y, bottom_space, resume_at, paragraph, [], [], *styles)
    most = paragraph.style["orphans"] + paragraph.style["widows"]
    return [line for line, _ in islice(lines, most)]


def unlayout_footnote(context: Any, note: Any) -> None:
    """Take a note, and the rest that it left to the next page, off the page."""
    _forget(context, note)
    _stock_unlayout_footnote(context, note)


def report_footnote(context: Any, note: Any) -> None:
    """Move a whole note to the next page."""
    _forget(context, note)
    _stock_report_footnote(context, note)


_stock_unlayout_footnote: Callable[..., None] = LayoutContext.unlayout_footnote
_stock_report_footnote: Callable[..., None] = LayoutContext.report_footnote


def _forget(context: Any, note: Any) -> None:
    for rest in [each for each in context.reported_footnotes if getattr(each, "note_of", None) is note]:
        context.note_limit = None
        context.reported_footnotes.remove(rest)


def start_page(context: Any, reported: list[Any], page_box: Any, font_size: float, has_text: bool) -> None:
    """Begin this page's note area with the notes that the page before left, as many as fit."""
    context.note_limit = None
    room = page_box.height - (KEPT_LINES * _LEADING * font_size if has_text else 0)
    for index, note in enumerate(reported):
        context.footnotes.append(note)
        overflows = context.layout_footnote(note)
        if not overflows and context.current_footnote_area.margin_height() <= room:
            continue
        if cut_note(context, note, room):
            context.reported_footnotes += reported[index + 1 :]
            return
        if index:
            context.report_footnote(note)
            context.reported_footnotes = reported[index:]
            return


def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """Make a page with the notes that the page before left, whichever pass made that page."""
    left = context.__dict__.setdefault("notes_left", {})
    context.reported_footnotes = list(left.get(index - 1, ()))
    made = _stock_remake_page(index, context, root_box, html)
    left[index] = list(context.reported_footnotes)
    return made


_stock_remake_page: Callable[..., Any] = page.remake_page

_LINES = (
    (
        """                if overflow:
                    context.report_footnote(footnote)
""",
        """                if overflow and context.split_footnote(
                        footnote, bottom_space, new_position_y + offset_y, box,
                        len(new_children) + 1, context.lines_after(
                            box, child, new_position_y, bottom_space, resume_at,
                            first_letter_style, first_line_style)):
                    continue
                if overflow:
                    context.report_footnote(footnote)
""",
    ),
    (
        "            report = not context.in_column and can_break_now and not could_break_before\n",
        "            report = False\n",
    ),
    (
        "                        if footnote.style['footnote_policy'] == 'line':\n",
        "                        if footnote.style['footnote_policy'] != 'block':\n",
    ),
)
_PAGE = (
    (
        """    for i, reported_footnote in enumerate(reported_footnotes):
        context.footnotes.append(reported_footnote)
        overflow = context.layout_footnote(reported_footnote)
        if overflow and i != 0:
            context.report_footnote(reported_footnote)
            context.reported_footnotes = reported_footnotes[i:]
            break
""",
        """    context.start_page(
        reported_footnotes, page, root_box.style['font_size'], not page_type.blank)
""",
    ),
    (
        """    footnote_area = build.create_anonymous_boxes(footnote_area.deepcopy())
    footnote_area = block_level_layout(
        context, footnote_area, bottom_space=-inf, skip_stack=None,
        containing_block=footnote_area.page, page_is_empty=True,
        absolute_boxes=positioned_boxes, fixed_boxes=positioned_boxes)[0]
""",
        """    footnote_area = context.finished_area(footnote_area, positioned_boxes)
""",
    ),
)
_PAGES = (
    (
        """            reported_footnotes = None
            yield pages[i]
""",
        """            reported_footnotes = context.notes_left.get(i)
            yield pages[i]
""",
    ),
)


def apply() -> None:
    """Put the repair into WeasyPrint."""
    LayoutContext._update_footnote_area = update_footnote_area
    LayoutContext.unlayout_footnote = unlayout_footnote
    LayoutContext.report_footnote = report_footnote
    # New methods, which the patched functions call.
    LayoutContext.finished_area = finished_area
    LayoutContext.split_footnote = split_footnote
    LayoutContext.lines_after = lines_after
    LayoutContext.start_page = start_page
    block._linebox_layout = patched(block, "_linebox_layout", *_LINES)
    page.make_page = patched(page, "make_page", *_PAGE)
    page.remake_page = remake_page
    layout.make_all_pages = patched(page, "make_all_pages", *_PAGES)
