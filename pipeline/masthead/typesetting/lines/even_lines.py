"""Even lines: the lines of a justified paragraph end where total fit has them end.

A paragraph is read as `filling` fills its lines: shaped texts and inline blocks. Total fit chooses among all
places where WeasyPrint would end a line. Where a style asks for hyphens, words may be divided by the patterns of their
language too. Paragraphs that `filling` cannot fill, and all text whose lines break between ideographs, are filled
by first fit.

Where the orphans and widows of a paragraph leave room for a line at the end of a page, one of the paragraphs that begin
on the page is set with a line less or a line more, if that fills the page without a loose line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from masthead.typesetting import memory, paragraphs
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.layout import block, inline, page
from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS
from masthead.typesetting.lines import filling, placing, splits
from masthead.typesetting.lines.total_fit import Breakpoint, Spaces, total_fit

_IDEOGRAPHIC = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]")
# Chosen by looking at pages: words of Amiri come close to each other earliest; Russian words are long, and a line has
# few spaces, so that more is gained than is crammed.
_SPACES = {
    "ar": Spaces(shrink=0.3, tight=0.2, stretch=0.5),
    "ru": Spaces(shrink=0.4, tight=0.4, stretch=0.5),
}
_OTHER_SPACES = Spaces(shrink=0.33, tight=0.25, stretch=0.5)
_NUMBER = re.compile(r"(?:^|\W)\d{1,3}$")  # before its word; longer ones are years and symbols
_MOST_FREE = 3  # lines: a larger gap at the end of a page has other causes


def line_end(context: Any, linebox: Any, containing_block: Any, skip_stack: Any, width: float) -> Any:
    """Return where the line after that of `linebox` at `skip_stack` begins; None if nothing is planned."""
    if not _is_planned(linebox):
        return None
    lines = linebox.__dict__.get("even_lines")
    return _ends(context, linebox, containing_block, width, lines).get(placing.frozen(skip_stack))


def lay_out_lines(context: Any, box: Any, index: int, linebox: Any, *arguments: Any) -> Any:
    """Note down a paragraph that begins on the page, and lay out its lines."""
    *_, skip_stack, _, _, _, _ = arguments
    if skip_stack is None and _is_planned(linebox):
        linebox.even_lines = context.line_counts.get(linebox)
        context.begun[linebox] = box
    return _stock_lay_out_lines(context, box, index, linebox, *arguments)


def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """Make a page. If it ends with room for a line, try other numbers of lines of one of its paragraphs."""
    if not root_box.style.font_config.even_lines:
        return _stock_remake_page(index, context, root_box, html)
    footnotes, broken = context.footnotes.copy(), context.broken_out_of_flow.copy()
    rendered = len(context.rendered_notes)

    def make(counts: Mapping[Any, int]) -> Any:
        context.footnotes, context.broken_out_of_flow = footnotes.copy(), broken.copy()
        del context.rendered_notes[rendered:]
        context.line_counts, context.begun = counts, {}
        return _stock_remake_page(index, context, root_box, html)

    made = make({})
    if made[1] is None or not 1 <= _lines_free(context, made[0]) < _MOST_FREE:
        return made
    for linebox, box in reversed(context.begun.items()):
        count = 1 + len(_ends(context, linebox, box, box.width))
        for other in (count - 1, count + 1):
            if len(_ends(context, linebox, box, box.width, other)) == other - 1 > 0:
                made = make({linebox: other})
                if _lines_free(context, made[0]) < 1:
                    return made
    return make({})


def _lines_free(context: Any, page: Any) -> float:
    """Return how many lines have room at the end of a page, above its notes."""
    lines = [box for box in page.children[0].descendants() if isinstance(box, boxes.LineBox)]
    if not lines:
        return 0
    bottom, height = max((line.position_y + line.height, line.height) for line in lines)
    return float((context.page_bottom - bottom) / height) if height else 0


def _is_planned(linebox: Any) -> bool:
    return bool(linebox.style.font_config.even_lines and linebox.style["text_align_all"] == "justify")


def _ends(
    context: Any, linebox: Any, containing_block: Any, width: float, lines: int | None = None
) -> Mapping[Any, Any]:
    """Return where the next line begins by where a line begins; empty if nothing can be planned.

    With `lines`, the paragraph has so many.
    """
    known: memory.Memory[Mapping[Any, Any]] = memory.of(linebox.style.font_config, "even lines")
    key = linebox.pace_content, width, lines
    found = known.get(key)
    return known.keep(key, _plan(context, linebox, containing_block, width, lines), 4000) if found is None else found


def _plan(context: Any, linebox: Any, containing_block: Any, width: float, lines: int | None) -> Mapping[Any, Any]:
    style, paragraph = linebox.style, _Paragraph(context, containing_block)
    if linebox.pace_content is None or style["text_indent"].unit not in (None, "px"):
        return {}
    try:
        paragraph.add(linebox)
    except filling.Undecided:
        return {}
    spaces = _SPACES.get(style["lang"], _OTHER_SPACES)
    ends = total_fit(paragraph.breaks, width - style["text_indent"].value, width, spaces, lines)
    begins = [paragraph.begins[end] for end in (ends or [0])[:-1]]
    starts = [placing.frozen(inline.skip_first_whitespace(linebox, each)) for each in (None, *begins)]
    return dict(zip(starts, begins, strict=False))


class _Paragraph:
    """A line box as if it were one line, and the places where a line may end.

    `begins` has the places where the lines after these begin, in WeasyPrint's form.
    """

    def __init__(self, context: Any, containing_block: Any) -> None:
        self._context, self._containing_block = context, containing_block
        self._pen = self._spaces = 0.0
        self._trimmed = 0.0, 0.0  # both without the spaces before
        self._text = bytearray()
        self._places: list[int] = []  # of the breaks in the text
        self._breaks: list[Breakpoint] = []
        self.begins: list[Any] = []

    @property
    def breaks(self) -> list[Breakpoint]:
        """The places where a line may end, with the end of the paragraph."""
        made = zip(self._breaks, self._places, strict=True)
        return [*(each._replace(parts=self._parts(place)) for each, place in made), self._here()]

    def _parts(self, place: int) -> bool:
        """Return whether a break parts a number from its word."""
        before = self._text[max(0, place - 12) : place].decode(errors="ignore").rstrip(" \u200e\u200f")
        after = self._text[place : place + 4].decode(errors="ignore")[:1]
        return before[-1:].isalnum() if after.isdigit() else after.isalpha() and bool(_NUMBER.search(before))

    def _here(self, hyphen: float = 0) -> Breakpoint:
        end, spaces = self._trimmed
        return Breakpoint(end + hyphen, self._pen, spaces, self._spaces, hyphen > 0)

    def _add_break(self, place: int, begin: Any, hyphen: float = 0) -> None:
        self._breaks.append(self._here(hyphen))
        self._places.append(place)
        self.begins.append(_nested(begin))

    def add(self, box: Any, path: tuple[int, ...] = ()) -> tuple[str | None, str | None]:
        """Add the children of a box, which is at `path`; return its first and last letter.

        Raises Undecided for a box that is not filled by `filling`.
        """
        first_letter = last_letter = None
        is_collapsed = False
        keeps = box.style["white_space"] in ("pre", "nowrap")
        for index, child in enumerate(box.children):
            here, place, number = self._here(), len(self._text), len(self._breaks)
            if child.__class__ is boxes.TextBox:
                first, last = self._add_text(child, (*path, index))
            elif child.__class__ is boxes.InlineBox:
                filling.check_spacing(child, self._containing_block)
                first, last = self.add(child, (*path, index))
            else:
                inline.resolve_percentages(child, self._containing_block)
                made = inline.atomic_box(self._context, child, 0, None, self._containing_block, [], [])
                self._pen += made.margin_width()
                self._trimmed = self._pen, self._spaces
                self._text += filling.ATOM.encode()
                first = last = filling.ATOM
            if last_letter and first and first != " " and (is_collapsed or not keeps):
                # Beside an inline block, which is a number or a mark, only after a space.
                beside = filling.ATOM in (first, last_letter) and last_letter != " "
                if not beside and inline.can_break_text(last_letter + first, child.style["lang"]):
                    self._breaks.insert(number, here)
                    self._places.insert(number, place)
                    self.begins.insert(number, _nested((*path, index)))
            first_letter = first_letter or first
            is_collapsed = child.trailing_collapsible_space
            last_letter = " " if is_collapsed else last
        return first_letter, last_letter

    def _add_text(self, box: Any, path: tuple[int, ...]) -> tuple[str | None, str | None]:
        if not box.text:
            return None, None
        place = len(self._text)
        self._text += box.text.encode()
        shaped, first = splits.shaped_text(box.text, box.style)
        if shaped is None:
            self._add_measured(box, path)
            return box.text[0], box.text[-1]
        if shaped.runs:
            raise filling.Undecided
        breaks = {*shaped.breaks[:-1]}
        for token in range(first, shaped.count):
            if token > first and (token in breaks or token in shaped.divisions):
                at = shaped.starts[token] - shaped.starts[first]
                hyphen = 0 if token in breaks else shaped.hyphen * FROM_UNITS
                self._add_break(place + at, (*path, at), hyphen)
            word, space = shaped.words[token], shaped.spaces[token]
            if word is not None:
                self._add(word.advance, word.advance if word.is_space else 0)
            if space is not None:
                self._add_space(space.advance)
        return box.text[0], box.text[-1]

    def _add_measured(self, box: Any, path: tuple[int, ...]) -> None:
        """Add a text that Pango sets. Its words are not divided."""
        if _IDEOGRAPHIC.search(box.text):
            raise filling.Undecided
        place = len(self._text) - len(box.text.encode())
        for piece in paragraphs.measure(box.style, box.text):
            if piece.start:
                self._add_break(place + piece.start, (*path, piece.start))
            if piece.width:
                self._add(piece.width, piece.spaces)
            self._add_space(piece.after)

    def _add(self, width: int, spaces: int) -> None:
        """Add what has these widths, in Pango units, in all and in its spaces."""
        self._pen += width * FROM_UNITS
        self._spaces += spaces * FROM_UNITS
        self._trimmed = self._pen, self._spaces

    def _add_space(self, width: int) -> None:
        self._pen += width * FROM_UNITS
        self._spaces += width * FROM_UNITS


def _nested(path: tuple[int, ...]) -> Any:
    """Return a position as WeasyPrint has it: (2, 5) becomes {2: {5: None}}."""
    found: Any = None
    for index in reversed(path):
        found = {index: found}
    return found


_stock_lay_out_lines: Callable[..., Any] = block._linebox_layout
_stock_remake_page: Callable[..., Any] = page.remake_page


def apply() -> None:
    """Let `placing` ask for the end of each line, and pages be filled."""
    global _stock_lay_out_lines, _stock_remake_page
    placing.planned_end = line_end
    _stock_lay_out_lines, _stock_remake_page = block._linebox_layout, page.remake_page  # as `repairs.notes` has them
    block._linebox_layout, page.remake_page = lay_out_lines, remake_page
