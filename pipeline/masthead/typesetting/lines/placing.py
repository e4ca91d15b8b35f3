"""The positions of the boxes in a line, cached by the content of the line and the space it has.

WeasyPrint positions the boxes of a paragraph again that another document had already, and each line of right-to-left
text twice: it compares the left edge of the line with that of the line while it was still empty, and they differ.
Here a line without floats is filled (`filling`) and positioned once, relative to its baseline, as WeasyPrint does
before it moves the line to its place; for the next line with the same content, the results are copied to its boxes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from masthead.typesetting import memory, paragraphs
from masthead.typesetting.engine.patching import replace
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.layout import inline
from masthead.typesetting.lines import filling, splits
from masthead.typesetting.pace import percentages

# What layout computes for a box, besides the lengths that `percentages` knows for its style.
_COMPUTED = (
    *("position_x", "position_y", "width", "height", "baseline", "text", "text_indent"),
    *("justification_spacing", "resume_at"),
    *percentages.USED,
)
# Properties that matter here and that WeasyPrint may change in a style after it got its class.
_CHANGEABLE = ("white_space", "display", "overflow")
_SIZE = 1500  # bytes, roughly, of a box in the cache


class LineContent:
    """Identity of the content of a line box: equal content has the same object."""


class PlacedBox(NamedTuple):
    """A box that is laid out: its index in its parent, the attributes that layout computed, and its children."""

    child_index: int
    computed: dict[str, Any]
    layout: tuple[Any, ...] | None
    sides: frozenset[str]
    children: tuple[PlacedBox, ...]


class PlacedLine(NamedTuple):
    """A line relative to its baseline: its box, the distance to its top, and where the next line begins."""

    box: PlacedBox
    top: float
    resume_at: Any


def iter_line_boxes(context: Any, box: Any, *arguments: Any) -> Any:
    """Return the lines of a line box, after its content has been identified."""
    content = _content(box, may_have_notes=True)
    if content is not None:
        known = memory.of(box.style.font_config, "contents")
        content = known.get(content) or known.keep(content, LineContent(), _bytes(content))
    box.pace_content = content
    return _stock_iter_line_boxes(context, box, *arguments)


def get_next_linebox(
    context: Any,
    linebox: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    *arguments: Any,
) -> tuple[Any, Any]:
    """Return the next line, and the position where the line after it begins."""
    found = None
    if linebox.pace_content is not None and not context.excluded_shapes and arguments[-2:] == (None, None):
        found = _next_line(context, linebox, position_y, skip_stack, containing_block)
    return found or _stock_get_next_linebox(
        context, linebox, position_y, bottom_space, skip_stack, containing_block, *arguments
    )


def _next_line(
    context: Any, linebox: Any, position_y: float, skip_stack: Any, containing_block: Any
) -> tuple[Any, Any] | None:
    """Return the result of `get_next_linebox`; None for a line that WeasyPrint must fill."""
    skip_stack = inline.skip_first_whitespace(linebox, skip_stack)
    if skip_stack == "continue":
        return None, None
    left = containing_block.content_box_x()
    right = left + containing_block.width
    rtl = containing_block.style["direction"] == "rtl"
    until = planned_end(context, linebox, containing_block, skip_stack, right - left)
    known: memory.Memory[PlacedLine] = memory.of(linebox.style.font_config, "placing")
    key = linebox.pace_content, left, right, rtl, linebox.text_indent, frozen(until), frozen(skip_stack)
    kept = known.get(key)
    if kept is not None:
        line = _write(kept.box, linebox, position_y - kept.top)
        line.position_y = position_y
        return line, kept.resume_at
    linebox.position_x, linebox.position_y, linebox.width, linebox.height = right if rtl else left, position_y, 0, 0
    start, end = linebox.position_x + linebox.text_indent, linebox.position_x + (right - left)
    try:
        piece, resume_at = filling.fill(context, linebox, start, end, skip_stack, containing_block, until)
        dx, top = filling.finish(
            context, piece, right - left, containing_block, last=resume_at is None, planned=until is not None
        )
        placed = _placed(piece, dx)
    except filling.Undecided:
        return None
    known.keep(key, PlacedLine(placed, top, resume_at), _SIZE * _count(placed))
    line = _write(placed, linebox, position_y - top)
    line.position_y = position_y
    return line, resume_at


def _placed(piece: filling.LinePart, dx: float) -> PlacedBox:
    """Return what was computed for a piece of a line, which is moved to the right by `dx`."""
    if piece.atom is not None:
        return _read(piece.atom, dx)
    computed: dict[str, Any] = {
        "position_x": piece.x + dx,
        "position_y": piece.y,
        "width": piece.width,
        "height": piece.height,
        "baseline": piece.baseline,
        "margin_top": piece.margin,
        "margin_bottom": piece.margin,
    }
    line, layout = piece.line, None
    if line is not None:
        computed["text"] = piece.text
        if piece.spacing:
            computed["justification_spacing"] = piece.spacing
        direction, own = (line.face.base, line) if isinstance(line, paragraphs.Line) else (line.direction, None)
        layout = line.text, piece.room, direction, piece.spacing if piece.spaces else 0, own
    else:
        computed["margin_left"] = computed["margin_right"] = 0
    children = tuple(_placed(child, dx) for child in piece.children)
    return PlacedBox(piece.index, computed, layout, frozenset(piece.sides), children)


def _content(box: Any, *, may_have_notes: bool) -> tuple[Any, ...] | None:
    """Return all that the lines of a box depend on as a key; None if it has more than inline text."""
    style = _style(box.style)
    if style is None:
        return None
    parts: list[Any] = [style]
    for index, child in enumerate(box.children):
        child.pace_index = index
        kind = child.__class__
        if kind is boxes.TextBox:
            style = _style(child.style)
            if style is None:
                return None
            parts.append((style, child.text, child.trailing_collapsible_space))
            continue
        if kind is boxes.InlineBlockBox:
            if child.is_table_wrapper or child.first_letter_style or child.first_line_style:
                return None
            inner = _content(child, may_have_notes=False)
        elif kind is boxes.InlineBox or (kind is boxes.LineBox and box.__class__ is boxes.InlineBlockBox):
            if child.footnote is not None and not may_have_notes:
                return None
            inner = _content(child, may_have_notes=may_have_notes)
        else:
            return None
        if inner is None:
            return None
        parts.append((kind, child.trailing_collapsible_space, inner))
    return tuple(parts)


def _style(style: Any) -> tuple[Any, ...] | None:
    """Return what identifies a style; None if its boxes are not in the line or need more than is copied."""
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
            found = known.mark, *(style[name] for name in _CHANGEABLE)
        style.pace_inline = found
        return found


def frozen(skip_stack: Any) -> Any:
    """Return a position in a box as a key: {2: {5: None}} becomes (2, (5, None))."""
    if skip_stack is None:
        return None
    ((index, rest),) = skip_stack.items()
    return index, frozen(rest)


def _bytes(part: Any) -> int:
    """Return roughly how many bytes a key takes."""
    if isinstance(part, tuple):
        return 150 + sum(map(_bytes, part))
    return 2 * len(part) if isinstance(part, str) else 0


def _count(placed: PlacedBox) -> int:
    return 1 + sum(map(_count, placed.children))


def _read(box: Any, dx: float) -> PlacedBox:
    """Return what layout computed for a box and its descendants, the box itself moved to the right by `dx`."""
    values, lengths = vars(box), percentages.lengths(box.style)
    computed = {
        name: values[name] for name in _COMPUTED if name in values and values[name] is not lengths.get(name, ...)
    }
    computed["position_x"] += dx
    layout = values.get("pango_layout")
    kept = layout and (
        layout.text,
        layout.max_width,
        layout.first_line_direction,
        layout.justification_spacing,
        layout.__dict__.get("line"),
    )
    children = tuple(_read(child, dx) for child in box.children)
    return PlacedBox(values.get("pace_index", 0), computed, kept, frozenset(box.remove_decoration_sides), children)


def _write(placed: PlacedBox, box: Any, dy: float) -> Any:
    """Return a copy of `box` that is laid out as `placed`, and moved down by `dy`."""
    made = box.copy()
    values = vars(made)
    values.update(percentages.lengths(box.style))
    values.update(placed.computed)
    made.position_y += dy
    made.remove_decoration_sides = set(placed.sides)
    if placed.layout is not None:
        made.pango_layout = splits.layout(*placed.layout)
    else:
        made.children = [_write(child, box.children[child.child_index], dy) for child in placed.children]
    return made


def _first_fit(context: Any, linebox: Any, containing_block: Any, skip_stack: Any, width: float) -> None:
    return None


planned_end: Callable[..., Any] = _first_fit
"""Returns where the next line begins, or None for first fit. `even_lines` puts its own function in its place."""
_stock_iter_line_boxes: Callable[..., Any] = inline.iter_line_boxes
_stock_get_next_linebox: Callable[..., tuple[Any, Any]] = inline.get_next_linebox


def apply() -> None:
    """Put the optimization into WeasyPrint."""
    replace(inline.iter_line_boxes, iter_line_boxes)
    replace(inline.get_next_linebox, get_next_linebox)
