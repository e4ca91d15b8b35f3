"""A line of text filled as WeasyPrint fills it, box by box, without its boxes.

WeasyPrint copies a box for each attempt to fit it into the line, and moves the copies with all that they contain. Here
the texts of a line are taken from `paragraphs`, or from Pango where only Pango can set them, and what WeasyPrint would
compute for each box is kept in a `LinePart`. The arithmetic is WeasyPrint's (layout/inline.py, version 70), step by
step, so that each position is the same to the last bit. Lines that need more raise `Undecided`, and are filled by
WeasyPrint.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import Any

from masthead.typesetting import paragraphs
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.layout import inline
from masthead.typesetting.lines import splits
from masthead.typesetting.pace import percentages
from masthead.typesetting.repairs import whitespace

_ROUNDING = 1 + 1e-9  # WeasyPrint's tolerance
ATOM = "\u2e80"
"""As which an inline block is broken: as an ideograph."""
_SPACING = (
    *("padding_left", "padding_right", "padding_top", "padding_bottom"),
    *("border_left_width", "border_right_width", "border_top_width", "border_bottom_width"),
)
_MARGINS = "margin_left", "margin_right"
_COLLAPSING = ("normal", "nowrap", "pre-line")
_WRAPPING = ("normal", "pre-wrap", "pre-line")


class Undecided(Exception):
    """A line that WeasyPrint must fill itself."""


class LinePart:
    """The part of a box that is in a line: of a text, with its `line`; of an inline box; or a whole inline block.

    `index` is that of the box in its parent. Lengths are in px; `y` and `baseline` are those of the margin box.
    """

    __slots__ = (
        *("atom", "baseline", "box", "children", "height", "index", "line", "margin", "room", "shaped", "sides"),
        *("spacing", "text", "token", "width", "x", "y"),
    )

    def __init__(self, box: Any, index: int, x: float) -> None:
        self.box, self.index, self.x = box, index, x
        self.y = self.width = self.height = self.baseline = self.margin = 0.0
        self.children: list[LinePart] = []
        self.atom: Any = None
        self.line: paragraphs.Line | splits.PangoLine | None = None
        self.text = ""
        self.sides: list[str] = []
        self.spacing = 0.0
        self.room: float | None = None
        self.shaped: Any = None
        self.token = 0

    @property
    def spaces(self) -> int:
        """The number of spaces and ideographs that justification widens."""
        if self.line is not None:
            ideographs = not isinstance(self.line, paragraphs.Line) or self.line.runs is not None
            return whitespace.count_expandable(self.text, self.box.style, ideographs=ideographs)
        return sum(child.spaces for child in self.children)

    def translate(self, dx: float) -> None:
        """Move the piece, and all that it contains, to the right."""
        if dx:
            self.x += dx
            if self.atom is not None:
                self.atom.translate(dx, ignore_floats=True)
            for child in self.children:
                child.translate(dx)

    def set_line_height(self) -> None:
        """Give an inline box the height of its style's line."""
        style = self.box.style
        line_height, self.baseline = inline.strut(style)
        self.height = style["font_size"]
        self.margin = (line_height - self.height) / 2


def fill(
    context: Any, linebox: Any, start: float, end: float, skip_stack: Any, containing_block: Any, until: Any = None
) -> tuple[LinePart, Any]:
    """Return as much of a line box as fits between `start` and `end`, and where the next line begins.

    If `until` is given, all is returned that is before it, whether it fits or not.
    """
    if until is not None:
        end = math.inf
    line, resume_at, _, _ = _Filling(context, containing_block).inline(linebox, 0, start, end, skip_stack, until)
    if not line.children or not _has_content(line):
        raise Undecided
    return line, resume_at


def check_spacing(box: Any, containing_block: Any) -> None:
    """Raise `Undecided` for an inline box that is wider or higher than its content."""
    lengths = percentages.lengths(box.style)
    if not lengths:
        inline.resolve_percentages(box, containing_block)
        lengths = percentages.lengths(box.style)
    if any(lengths[name] for name in _SPACING) or any(lengths[name] not in (0, "auto") for name in _MARGINS):
        raise Undecided


class _Filling:
    def __init__(self, context: Any, containing_block: Any) -> None:
        self._context, self._containing_block = context, containing_block
        self._is_line_start = True

    def inline(
        self, box: Any, index: int, x: float, max_x: float, skip_stack: Any, until: Any
    ) -> tuple[LinePart, Any, str | bool | None, str | bool | None]:
        """Fill with the children of an inline box or line box.

        Also returns where the next line begins, if it begins in the box, and the letters at both ends (True: a space).
        """
        max_x *= _ROUNDING
        style, originals = box.style, box.children
        skip, inner = (0, None) if skip_stack is None else next(iter(skip_stack.items()))
        keeps = style["white_space"] in ("pre", "nowrap")
        children, waiting = list[LinePart](), list[LinePart]()
        first_letter = last_letter = resume_at = None
        position = x
        stop, inner_stop = (len(originals), None) if until is None else next(iter(until.items()))
        for number in range(skip, len(originals)):
            child = originals[number]
            if number == stop and inner_stop is None:
                children += waiting
                resume_at = {number: None}
                break
            piece, rest, first, last = self._level(
                child, number, position, max_x, inner, inner_stop if number == stop else None
            )
            inner = None
            if waiting and last_letter is not None and first is not None and (last_letter is True or not keeps):
                letter = " " if last_letter is True else last_letter
                if inline.can_break_text(letter + first, child.style["lang"]):
                    children += waiting
                    waiting = []
            if first_letter is None:
                first_letter = first
            last_letter = True if child.trailing_collapsible_space else last
            if piece is not None:
                if box.__class__ is boxes.LineBox:
                    self._is_line_start = False
                right = piece.x + piece.width
                if right > max_x and right - self._trailing_width(piece) > max_x:
                    if any(map(_can_break_inside, waiting)):
                        raise Undecided
                    if children:
                        resume_at = {children[-1].index + 1: None}
                        break
                position = right
                waiting.append(piece)
            if rest is not None:
                children += waiting
                resume_at = {number: rest}
                break
        else:
            children += waiting
        return self._made(box, index, x, children, skip_stack, resume_at), resume_at, first_letter, last_letter

    def _made(
        self, box: Any, index: int, x: float, children: list[LinePart], skip_stack: Any, resume_at: Any
    ) -> LinePart:
        """Return the piece of an inline box with these children."""
        style = box.style
        rtl = style["direction"] == "rtl"
        if rtl and len(children) > 1:
            position = children[0].x
            for piece in reversed(children):
                piece.translate(position - piece.x)
                position += piece.width
        is_line = box.__class__ is boxes.LineBox
        made = LinePart(box, index, box.position_x if is_line else x)
        made.children = children
        if style["box_decoration_break"] != "clone":
            start, end = ("top", "bottom") if is_line else ("right", "left") if rtl else ("left", "right")
            if skip_stack is not None:
                made.sides.append(start)
            if resume_at is not None:
                made.sides.append(end)
        if children:
            last = children[0 if rtl else -1]
            made.width = last.x + last.width - made.x
        made.set_line_height()
        return made

    def _level(
        self, box: Any, index: int, x: float, max_x: float, skip_stack: Any, until: Any
    ) -> tuple[LinePart | None, Any, Any, Any]:
        kind = box.__class__
        if kind is boxes.TextBox:
            return self._text(box, index, x, max_x - x, skip_stack, until)
        if kind is boxes.InlineBox:
            check_spacing(box, self._containing_block)
            return self.inline(box, index, x, max_x, skip_stack, until)
        if skip_stack is not None:
            raise Undecided
        made = LinePart(box, index, x)
        inline.resolve_percentages(box, self._containing_block)
        made.atom = inline.atomic_box(self._context, box, x, None, self._containing_block, [], [])
        made.atom.position_x = x
        made.width, made.baseline = made.atom.margin_width(), made.atom.baseline
        return made, None, ATOM, ATOM

    def _text(
        self, box: Any, index: int, x: float, room: float, skip_stack: Any, until: Any
    ) -> tuple[LinePart | None, Any, Any, Any]:
        text, style = box.text, box.style
        if not percentages.lengths(style):
            inline.resolve_percentages(box, self._containing_block)
        if not text:
            return None, None, None, None
        base = 0
        shaped, token = splits.shaped_text(text, style)
        if skip_stack is not None:
            (base,) = skip_stack
            place = base if shaped is None else shaped.starts[token] + base
            if shaped is not None and place <= shaped.last_letter:
                token = bisect_left(shaped.starts, place)
                if token == shaped.count or shaped.starts[token] != place:
                    shaped = None
            else:
                shaped, token = splits.shaped_text(text.encode()[base:].decode(), style)
        line: paragraphs.Line | splits.PangoLine
        if until is None:
            found = None if shaped is None else paragraphs.next_line(shaped, token, room)
            if shaped is None or found is None:
                of_pango, resume = self._next_line_of_pango(box, base, room)
                if of_pango is None:
                    return None, {resume: None}, text[0], None
                line, shaped = of_pango, None
            else:
                line, after = found
                resume = None if after is None else base + shaped.starts[after] - shaped.starts[token]
        else:
            (resume,) = until
            text_before = text.encode()[base:resume].decode()
            if not text_before.strip(" "):
                return None, until, text[0], None
            planned = None
            if shaped is not None:
                after = bisect_left(shaped.starts, resume - base + shaped.starts[token])
                planned = paragraphs.one_line(shaped, token, after)
            if planned is None:  # it may have no letter of the script, and is then shaped otherwise
                shaped, begin = splits.shaped_text(text_before, style)
                planned = None if shaped is None else paragraphs.one_line(shaped, begin, shaped.count)
            line = planned or splits.pango_line(text_before.rstrip(" "), style, self._context)
            shaped, room = None, math.inf
        piece = LinePart(box, index, x)
        piece.line, piece.text, piece.width = line, line.text, line.width
        piece.room = room if room < math.inf else None
        piece.shaped, piece.token = shaped, token
        line_height, _ = inline.strut(style)
        piece.height = line.height
        piece.margin = (line_height - line.height) / 2
        piece.baseline = line.baseline + piece.margin
        if resume is None:
            return piece, None, text[0], text[-1]
        return piece, {resume: None}, text[0], None

    def _next_line_of_pango(self, box: Any, base: int, room: float) -> tuple[splits.PangoLine | None, int | None]:
        """Return the line of a text from the place `base` on that Pango finds, and where the next line begins.

        The line is None if not even a word of it fits.
        """
        rest = box.text.encode()[base:]
        layout, length, resume, width, height, baseline = splits.split_first_line(
            rest.decode(), box.style, self._context, room, box.justification_spacing, self._is_line_start
        )
        if resume is not None and rest[length:resume].strip(b" "):
            raise Undecided  # a line that the text itself ends
        after = resume and base + resume
        if not length:
            return None, after
        return splits.PangoLine(layout.text, width, height, baseline, layout.first_line_direction), after

    def _trailing_width(self, piece: LinePart) -> float:
        """Return the width of the spaces at the end of a piece."""
        parent = None
        while piece.children:
            parent, piece = piece, piece.children[-1]
        if not piece.text.endswith(" ") or piece.box.style["white_space"] not in _COLLAPSING:
            return 0
        if piece.text.strip(" "):
            return piece.width - _stripped(piece, self._context).width
        width = piece.width
        if parent is not None and len(parent.children) > 1:
            width += self._trailing_width(parent.children[-2])
        return width


def finish(
    context: Any, line: LinePart, width: float, containing_block: Any, *, last: bool, planned: bool
) -> tuple[float, float]:
    """Align a line in its `width`, and place its pieces around its baseline; return how far it moves, and its top.

    The spaces of a line that was `planned` may shrink.
    """
    remove_last_whitespace(context, line)
    if planned and width < line.width:
        _justify(line, width - line.width)
    dx = _align(line, width, last=last)
    if containing_block.style["direction"] == "rtl":
        dx = dx * -1 - line.width
    top, bottom = _verticality(line, 0)
    own = 0 - line.baseline
    top, bottom = min(top, own), max(bottom, own + _margin_height(line))
    line.baseline, line.y, line.height, line.margin = -top, top, bottom - top, 0
    return dx, top


def remove_last_whitespace(context: Any, line: LinePart) -> None:
    """Remove the space at the end of a line (see `repairs.whitespace`)."""
    ancestors, piece = [], line
    while piece.children:
        ancestors.append(piece)
        piece = piece.children[-1]
    text = piece.text.rstrip(" ")
    if piece.line is None or text == piece.text or piece.box.style["white_space"] not in _COLLAPSING:
        return
    end, width = piece.x + piece.width, piece.width
    piece.text = text
    if text:
        piece.line, piece.room = _stripped(piece, context), None
        piece.width = piece.line.width
    else:
        piece.width = 0
    excess = width - piece.width
    for ancestor in ancestors:
        ancestor.width -= excess
        for child in ancestor.children:
            if child is not piece and child not in ancestors and child.x >= end - 0.01:
                child.translate(-excess)


def _stripped(piece: LinePart, context: Any) -> paragraphs.Line | splits.PangoLine:
    """Return the line of a piece without the space at its end."""
    line = None if piece.shaped is None else paragraphs.one_line(piece.shaped, piece.token, piece.shaped.count)
    if line is None or line.text.endswith(" "):
        return splits.pango_line(piece.text.rstrip(" "), piece.box.style, context)
    return line


def _align(line: LinePart, width: float, *, last: bool) -> float:
    """Justify a line, or return how far `text-align` moves it."""
    if line.width >= width:
        return 0
    style = line.box.style
    align = style["text_align_all"]
    if last and style["text_align_last"] != "auto":
        align = style["text_align_last"]
    if align in ("left", "right"):
        align = "start" if (align == "left") ^ (style["direction"] == "rtl") else "end"
    if align == "start":
        return 0
    offset: float = width - line.width
    if align == "justify":
        if style["white_space"] in ("normal", "nowrap", "pre-line"):
            _justify(line, offset)
        return 0
    return offset / 2 if align == "center" else offset


def _justify(line: LinePart, extra: float) -> None:
    style = line.box.style
    last = line
    while last.children:
        last = last.children[-1]
    # Nothing is added after an ideograph that ends the line.
    ends_wide = last.text[-1:] not in " \u00a0" and whitespace.EXPANDABLE.match(last.text[-1:]) is not None
    count = line.spaces - ends_wide
    limit = whitespace.MAX_EXPANSION * style["font_size"] if style["text_align_last"] == "justify" else math.inf
    if count and extra / count <= limit:
        _widen(line, extra / count, 0)


def _widen(piece: LinePart, spacing: float, advance: float) -> float:
    """Move a piece by `advance` and widen its spaces by `spacing`; return the advance of what follows it."""
    if piece.atom is not None:
        piece.translate(advance)
        return advance
    piece.x += advance
    if piece.line is not None:
        piece.spacing = spacing
        if spaces := piece.spaces:
            piece.width += spacing * spaces
            advance += spacing * spaces
        return advance
    before = advance
    for child in piece.children[::-1] if piece.box.style["direction"] == "rtl" else piece.children:
        advance = _widen(child, spacing, advance)
    piece.width += advance - before
    return advance


def _verticality(piece: LinePart, baseline: float) -> tuple[float, float]:
    """Place the children of a piece vertically; return the top of the highest one and the bottom of the lowest one."""
    least, most = math.inf, -math.inf
    for child in piece.children:
        align = child.box.style["vertical_align"]
        if align == "baseline":
            own = baseline
        elif isinstance(align, int | float):
            own = baseline - align
        else:
            raise Undecided
        top = own - child.baseline
        if child.atom is not None:
            child.atom.translate(dy=top - child.atom.position_y)
        else:
            child.y = top
        least, most = min(least, top), max(most, top + _margin_height(child))
        if child.children:
            inner_least, inner_most = _verticality(child, own)
            least, most = min(least, inner_least), max(most, inner_most)
    return least, most


def _margin_height(piece: LinePart) -> float:
    if piece.atom is not None:
        return float(piece.atom.margin_height())
    return piece.height + piece.margin + piece.margin


def _can_break_inside(piece: LinePart) -> bool:
    style = piece.box.style
    if piece.atom is not None or style["white_space"] not in _WRAPPING:
        return False
    if piece.line is not None:
        return bool(inline.can_break_text(piece.text, style["lang"]))
    return any(map(_can_break_inside, piece.children))


def _has_content(piece: LinePart) -> bool:
    """Whether a piece has a text or an inline block (else it may have no height)."""
    return piece.line is not None or piece.atom is not None or any(map(_has_content, piece.children))
