"""Lines placed once: where the boxes of a line stand is remembered by what the line has in it and the room it has.

WeasyPrint places each line of right-to-left text twice, since it takes the line's left edge for that of the line before
it was filled, and finds them different. And a paragraph that a document has in common with another is placed box by box
again. Here a line without floats and the like is placed once, about its own baseline, as WeasyPrint places it before it
moves it to where it belongs; what is known of such a line is written to the boxes of the next that is equal to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from weasyprint.formatting_structure.boxes import InlineBlockBox, InlineBox, LineBox, TextBox
from weasyprint.layout import block, inline

from masthead.typesetting.pace import memory, percentages, splits
from masthead.typesetting.repairs.replacing import Repair, Replacement

# What layout finds out about a box, beside the lengths that `percentages` knows of its style.
_FOUND = (
    *("position_x", "position_y", "width", "height", "baseline", "text", "text_indent"),
    *("justification_spacing", "resume_at"),
    *percentages.USED,
)
# What WeasyPrint may change in a style that is of a class, and matters here.
_CHANGED = ("white_space", "display", "overflow")
_SIZE = 1500  # bytes of a box, about


class Content:
    """Stands for what a line box has in it: equal content is one object."""


class Placed(NamedTuple):
    """A box placed: which of its parent's children it is of, what layout found, and what is in it."""

    place: int
    found: dict[str, Any]
    layout: tuple[Any, ...] | None
    sides: frozenset[str]
    children: tuple[Placed, ...]


class Line(NamedTuple):
    """A line placed about its baseline: its box, where its top is from there, and where the next line begins."""

    box: Placed
    top: float
    resume_at: Any


def iter_line_boxes(context: Any, box: Any, *arguments: Any) -> Any:
    """Return the lines of a line box, whose content is looked up first."""
    content = _content(box, may_have_notes=True)
    if content is not None:
        known = memory.of(box.style.font_config, "contents")
        content = known.get(content) or known.keep(content, Content(), _bytes(content))
    box.pace_content = content
    return _iterate(context, box, *arguments)


def get_next_linebox(
    context: Any, linebox: Any, position_y: float, bottom_space: float, skip_stack: Any, containing_block: Any,
    absolute_boxes: Any, fixed_boxes: Any, first_letter_style: Any, first_line_style: Any,
) -> tuple[Any, Any]:  # fmt: skip
    """Return the next line, and where the one after it begins."""
    if linebox.pace_content is None or context.excluded_shapes or first_letter_style or first_line_style:
        stock: tuple[Any, Any] = _next(
            context, linebox, position_y, bottom_space, skip_stack, containing_block,
            absolute_boxes, fixed_boxes, first_letter_style, first_line_style,
        )  # fmt: skip
        return stock
    skip_stack = inline.skip_first_whitespace(linebox, skip_stack)
    if skip_stack == "continue":
        return None, None
    left = containing_block.content_box_x()
    right = left + containing_block.width
    rtl = containing_block.style["direction"] == "rtl"
    known: memory.Memory[Line] = memory.of(linebox.style.font_config, "placing")
    key = linebox.pace_content, left, right, rtl, linebox.text_indent, _frozen(skip_stack)
    kept = known.get(key)
    if kept is not None:
        line = _write(kept.box, linebox, position_y - kept.top)
        line.position_y = position_y
        return line, kept.resume_at
    linebox.position_x, linebox.position_y, linebox.width, linebox.height = right if rtl else left, position_y, 0, 0
    line, resume_at, preserved, *_ = inline.split_inline_box(
        context, linebox, linebox.position_x + linebox.text_indent, linebox.position_x + (right - left), bottom_space,
        skip_stack, containing_block, [], [], [], [], [], None, None,
    )  # fmt: skip
    if inline.is_phantom_linebox(line) and not preserved:
        line.height = 0
        return line, resume_at
    inline.remove_last_whitespace(context, line)
    dx = inline.text_align(context, line, right - left, last=resume_at is None or preserved)
    if rtl:
        dx = dx * -1 - line.width
    bottom, top = inline.line_box_verticality(line)
    line.baseline, line.position_y, line.height = -top, top, bottom - top
    line.margin_top = line.margin_bottom = 0
    placed = _read(line, dx)
    known.keep(key, Line(placed, top, resume_at), _SIZE * _count(placed))
    line.translate(dx, position_y - top)
    line.position_y = position_y
    return line, resume_at


def _content(box: Any, *, may_have_notes: bool) -> tuple[Any, ...] | None:
    """What makes the lines of a box what they are; None where it is more than texts in a line."""
    style = _style(box.style)
    if style is None:
        return None
    parts: list[Any] = [style]
    for place, child in enumerate(box.children):
        child.pace_place = place
        kind = child.__class__
        if kind is TextBox:
            style = _style(child.style)
            if style is None:
                return None
            parts.append((style, child.text, child.trailing_collapsible_space))
            continue
        if kind is InlineBlockBox:
            if child.is_table_wrapper or child.first_letter_style or child.first_line_style:
                return None
            inner = _content(child, may_have_notes=False)
        elif kind is InlineBox or (kind is LineBox and box.__class__ is InlineBlockBox):
            if child.is_leader or (child.footnote is not None and not may_have_notes):
                return None
            inner = _content(child, may_have_notes=may_have_notes)
        else:
            return None
        if inner is None:
            return None
        parts.append((kind, child.trailing_collapsible_space, inner))
    return tuple(parts)


def _style(style: Any) -> tuple[Any, ...] | None:
    """What tells a style from others; None for one that is not in the line, or that has measures of its own."""
    try:
        return style.pace_inline  # type: ignore[no-any-return]
    except AttributeError:
        known, found = getattr(style, "pace_class", None), None
        if (
            known is not None
            and style["position"] == "static"
            and style["float"] == "none"
            and style["text_decoration_line"] == "none"
            and percentages.lengths(style) is not None
        ):
            found = known.mark, *(style[name] for name in _CHANGED)
        style.pace_inline = found
        return found


def _frozen(skip_stack: Any) -> Any:
    """A place in a box as a key: {2: {5: None}} is (2, (5, None))."""
    if skip_stack is None:
        return None
    ((index, rest),) = skip_stack.items()
    return index, _frozen(rest)


def _bytes(part: Any) -> int:
    """The bytes that a content takes, about."""
    if isinstance(part, tuple):
        return 150 + sum(map(_bytes, part))
    return 2 * len(part) if isinstance(part, str) else 0


def _count(placed: Placed) -> int:
    return 1 + sum(map(_count, placed.children))


def _read(box: Any, dx: float) -> Placed:
    """What layout found of a box and those in it, moved to the right by `dx`."""
    values, lengths = vars(box), percentages.lengths(box.style)
    found = {name: values[name] for name in _FOUND if name in values and values[name] is not lengths.get(name, ...)}
    found["position_x"] += dx
    layout = values.get("pango_layout")
    kept = layout and (layout.text, layout.max_width, layout.first_line_direction, layout.justification_spacing)
    children = tuple(_read(child, dx) for child in box.children)
    return Placed(values.get("pace_place", 0), found, kept, frozenset(box.remove_decoration_sides), children)


def _write(placed: Placed, box: Any, dy: float) -> Any:
    """Return a copy of `box`, placed, moved down by `dy`."""
    made = box.copy()
    values = vars(made)
    values.update(percentages.lengths(box.style))
    values.update(placed.found)
    made.position_y += dy
    made.remove_decoration_sides = set(placed.sides)
    if placed.layout is not None:
        made.pango_layout = splits.layout(*placed.layout)
    else:
        made.children = [_write(child, box.children[child.place], dy) for child in placed.children]
    return made


_iterate: Callable[..., Any] = inline.iter_line_boxes
_next: Callable[..., tuple[Any, Any]] = inline.get_next_linebox

PACE = Repair(
    "placing",
    lambda: (
        *(Replacement(each, "iter_line_boxes", iter_line_boxes) for each in (inline, block)),
        Replacement(inline, "get_next_linebox", get_next_linebox),
    ),
)
