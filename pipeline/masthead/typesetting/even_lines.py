"""Even lines: the lines of a justified paragraph end where total fit has them end.

A paragraph is read as `pace.filling` fills its lines: shaped texts and inline blocks. Total fit chooses among all
places where WeasyPrint would end a line. Where a style asks for hyphens, words may be divided by the patterns of their
language too. Paragraphs that `pace.filling` cannot fill, and all text whose lines break between ideographs, are filled
by first fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from masthead.typesetting import memory, paragraphs
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.layout import inline
from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS
from masthead.typesetting.pace import filling, placing, splits
from masthead.typesetting.total_fit import Breakpoint, Spaces, total_fit

_IDEOGRAPHIC = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff]")
# Chosen by looking at pages: Latin and Cyrillic text is tracked, so that its words stay apart at 0.6 of the space of
# Liberation Serif. Words of Amiri come close to each other earlier.
_SPACES = {"rtl": Spaces(shrink=0.36, stretch=0.5), "ltr": Spaces(shrink=0.4, stretch=0.5)}


def line_end(context: Any, linebox: Any, containing_block: Any, skip_stack: Any, width: float) -> Any:
    """Return where the line after that of `linebox` at `skip_stack` begins; None if nothing is planned."""
    style = linebox.style
    if not style.font_config.even_lines or style["text_align_all"] != "justify":
        return None
    known: memory.Memory[Mapping[Any, Any]] = memory.of(style.font_config, "even lines")
    key = linebox.pace_content, width
    plan = known.get(key)
    if plan is None:
        plan = known.keep(key, _plan(context, linebox, containing_block, width), 4000)
    return plan.get(placing.frozen(skip_stack))


def _plan(context: Any, linebox: Any, containing_block: Any, width: float) -> Mapping[Any, Any]:
    """Return where the next line begins by where a line begins."""
    style, paragraph = linebox.style, _Paragraph(context, containing_block)
    if style["text_indent"].unit not in (None, "px"):
        return {}
    try:
        paragraph.add(linebox)
    except filling.Undecided:
        return {}
    spaces = _SPACES[style["direction"]]
    ends = total_fit([*paragraph.breaks, paragraph.end], width - style["text_indent"].value, width, spaces)
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
        self.breaks: list[Breakpoint] = []
        self.begins: list[Any] = []

    @property
    def end(self) -> Breakpoint:
        """The end of the paragraph."""
        return self._here()

    def _here(self, hyphen: float = 0) -> Breakpoint:
        end, spaces = self._trimmed
        return Breakpoint(end + hyphen, self._pen, spaces, self._spaces, hyphen > 0)

    def add(self, box: Any, path: tuple[int, ...] = ()) -> tuple[str | None, str | None]:
        """Add the children of a box, which is at `path`; return its first and last letter.

        Raises Undecided for a box that is not filled by `pace.filling`.
        """
        first_letter = last_letter = None
        keeps = box.style["white_space"] in ("pre", "nowrap")
        for index, child in enumerate(box.children):
            here, number = self._here(), len(self.breaks)
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
                first = last = filling.ATOM
            if last_letter and first and first != " " and (last_letter == " " or not keeps):
                # Beside an inline block, which is a number or a mark, only after a space.
                beside = filling.ATOM in (first, last_letter) and last_letter != " "
                if not beside and inline.can_break_text(last_letter + first, child.style["lang"]):
                    self.breaks.insert(number, here)
                    self.begins.insert(number, _nested((*path, index)))
            first_letter = first_letter or first
            last_letter = " " if child.trailing_collapsible_space else last
        return first_letter, last_letter

    def _add_text(self, box: Any, path: tuple[int, ...]) -> tuple[str | None, str | None]:
        if not box.text:
            return None, None
        shaped, first = splits.shaped_text(box.text, box.style)
        if shaped is None:
            self._add_measured(box, path)
            return box.text[0], box.text[-1]
        if shaped.runs:
            raise filling.Undecided
        breaks = {*shaped.breaks[:-1]}
        for token in range(first, shaped.count):
            if token > first and (token in breaks or token in shaped.divisions):
                self.breaks.append(self._here(0 if token in breaks else shaped.hyphen * FROM_UNITS))
                self.begins.append(_nested((*path, shaped.starts[token] - shaped.starts[first])))
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
        for piece in paragraphs.measure(box.style, box.text):
            if piece.start:
                self.breaks.append(self._here())
                self.begins.append(_nested((*path, piece.start)))
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


def apply() -> None:
    """Let `pace.placing` ask for the end of each line."""
    placing.planned_end = line_end
