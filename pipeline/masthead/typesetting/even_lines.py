"""Even lines: each line of a justified paragraph gets the room that makes it break where total fit has it break.

WeasyPrint fills lines one after the other. A line whose room is the width of the text that it should hold takes that
text and no more; then it is justified to the width that it has. So all else of a line, from its notes to its place on
the page, stays WeasyPrint's. Paragraphs with more than words, notes, links and marks are filled by first fit, as is all
text whose lines break between ideographs. Where a style asks for hyphens, words may be divided by the patterns that
WeasyPrint has for their language too: the room for a part of a word with its hyphen is the room in which WeasyPrint
divides the word there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from masthead.typesetting import memory
from masthead.typesetting.engine.weasyprint.formatting_structure import boxes
from masthead.typesetting.engine.weasyprint.layout import inline
from masthead.typesetting.engine.weasyprint.text import line_break
from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS, ffi
from masthead.typesetting.pace import placing
from masthead.typesetting.total_fit import Breakpoint, Spaces, total_fit

_SPACING = Spaces(shrink=1 / 3, stretch=1 / 2)
_SLACK = 1.5  # px: what kerning at the ends of lines may add; the shortest word with its space is wider
_ATOM = "\ufffc"  # the placeholder for a box without text (U+FFFC)
_OTHER = re.compile(
    "[\t\n\r\xad\u2028-\u202e\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_USUAL = {"white_space": ("normal", "nowrap"), "overflow_wrap": ("normal",), "word_break": ("normal",)}
_SPACES = " \u00a0"
_SIDES = ("margin_left", "margin_right", "padding_left", "padding_right", "border_left_width", "border_right_width")


def room(context: Any, linebox: Any, containing_block: Any, skip_stack: Any, width: float) -> float:
    """Return the room for the line of `linebox` that begins at `skip_stack`; `width` if nothing else is planned."""
    style = linebox.style
    if not style.font_config.even_lines or style["text_align_all"] != "justify":
        return width
    known: memory.Memory[_Plan] = memory.of(style.font_config, "even lines")
    key = linebox.pace_content, width
    plan = known.get(key)
    if plan is None:
        paragraph = _Paragraph()
        fits = style["text_indent"].unit in (None, "px") and paragraph.add(linebox, context, containing_block)
        rooms = _rooms(paragraph, style, width) if fits else {}
        plan = known.keep(key, _Plan(rooms, paragraph), 60 * len(paragraph.text) + 500)
    return plan.rooms.get(plan.paragraph.place(skip_stack), width)


class _Plan(NamedTuple):
    """The room of each line by the character that it begins with."""

    rooms: Mapping[int, float]
    paragraph: _Paragraph


class _Paragraph:
    """The characters of a line box and the widths of each, were they one line."""

    def __init__(self) -> None:
        self.text = ""
        self.widths: list[float] = []
        self._starts: dict[tuple[int, ...], int] = {}
        self._bytes: dict[tuple[int, ...], bytes] = {}
        self._kept: list[range] = []
        self._hyphens: dict[int, float] = {}  # the places of words that may be divided there, and the hyphen's width

    def add(self, box: Any, context: Any, containing_block: Any, path: tuple[int, ...] = ()) -> bool:
        """Add the children of a box, which is at `path`; return whether total fit can break all of them."""
        for index, child in enumerate(box.children):
            at, style = (*path, index), child.style
            self._starts[at] = len(self.text)
            if isinstance(child, boxes.TextBox):
                if _OTHER.search(child.text) or any(style[name] not in usual for name, usual in _USUAL.items()):
                    return False
                if style["white_space"] == "nowrap":
                    self._kept.append(range(len(self.text) + 1, len(self.text) + len(child.text)))
                elif style["hyphens"] == "auto" and (
                    patterns := _patterns(style["lang"], style["hyphenate_limit_chars"])
                ):
                    width = sum(_widths(style["hyphenate_character"], style))
                    self._hyphens |= {
                        len(self.text) + at: width for at in _divisions(child.text, style["lang"], *patterns)
                    }
                self._bytes[at] = child.text.encode()
                self.text += child.text
                self.widths += _widths(child.text, style)
            elif isinstance(child, boxes.InlineBlockBox):
                inline.resolve_percentages(child, containing_block)
                self.text += _ATOM
                self.widths.append(inline.atomic_box(context, child, 0, None, containing_block, [], []).margin_width())
            elif isinstance(child, boxes.InlineBox):
                inline.resolve_percentages(child, containing_block)
                if any(getattr(child, side) not in (0, "auto") for side in _SIDES):
                    return False
                if not self.add(child, context, containing_block, at):
                    return False
            else:
                return False
        return True

    def place(self, skip_stack: Any) -> int:
        """Return the character at a position of WeasyPrint's, without the spaces there: {2: {5: None}}."""
        path: tuple[int, ...] = ()
        place = 0
        while skip_stack is not None:
            ((index, skip_stack),) = skip_stack.items()
            if path in self._bytes:
                place += len(self._bytes[path][:index].decode())
            else:
                path = (*path, index)
                place = self._starts.get(path, -1)
        return place + len(self.text[place:]) - len(self.text[place:].lstrip(" "))

    def breaks(self, language: str | None) -> dict[int, float]:
        """Return the characters before which a line may begin, in order, and the width of the hyphen before each."""
        kept = {at for each in self._kept for at in each}
        found = dict(self._hyphens)
        for at in break_opportunities(self.text, language):
            beside = self.text[at - 1 : at + 1]
            if at not in kept and (beside[0] == " " or _ATOM not in beside) and beside[1] != " ":
                found[at] = 0
        return dict(sorted(found.items()))


def _rooms(paragraph: _Paragraph, style: Any, width: float) -> dict[int, float]:
    """Return the room of each line that total fit sets, by the character that it begins with."""
    text, indent = paragraph.text, style["text_indent"].value
    pens = list(accumulate(paragraph.widths, initial=0.0))
    spaces = list(
        accumulate((each * (char in _SPACES) for char, each in zip(text, paragraph.widths, strict=True)), initial=0.0)
    )
    hyphens = paragraph.breaks(style["lang"]) | {len(text): 0.0}
    begins = list(hyphens)
    ends = [len(text[:begin].rstrip(" ")) for begin in begins]
    breaks = [
        Breakpoint(pens[end] + hyphen, pens[begin], spaces[end], spaces[begin], hyphen > 0)
        for end, (begin, hyphen) in zip(ends, hyphens.items(), strict=True)
    ]
    first = len(text) - len(text.lstrip(" "))
    lines = total_fit(breaks, width - indent, width, _SPACING) if len(breaks) > 1 else None
    starts = [first, *(begins[line] for line in lines or ())]
    rooms = {start: breaks[line].end - pens[start] + _SLACK for start, line in zip(starts, lines or (), strict=False)}
    if rooms:
        rooms[first] += indent
        rooms.pop(starts[-2])  # the last line is as wide as it is
    return rooms


@lru_cache
def _patterns(language: str | None, limits: tuple[int, int, int]) -> tuple[Any, int] | None:
    """Return the patterns by which WeasyPrint divides words of a language, and the letters that such a word has."""
    name = language and line_break.pyphen.language_fallback(language)
    shortest, left, right = limits
    return (line_break.pyphen.Pyphen(lang=name, left=left, right=right), shortest) if name else None


@lru_cache(2**10)
def _divisions(text: str, language: str | None, patterns: Any, shortest: int) -> tuple[int, ...]:
    """Return the characters of a text before which a word may be divided."""
    attributes = line_break.get_log_attrs(text, language)
    starts = [at for at in range(len(text)) if attributes[at].is_word_start]
    ends = [at for at in range(1, len(text) + 1) if attributes[at].is_word_end]
    words = ((start, text[start:end]) for start, end in zip(starts, ends, strict=False) if end - start >= shortest)
    return tuple(start + at for start, word in words for at in patterns.positions(word))


@lru_cache(2**12)
def break_opportunities(text: str, language: str | None) -> tuple[int, ...]:
    """Return the characters of a text before which a line may begin (UAX #14, as Pango has it)."""
    attributes = line_break.get_log_attrs(text, language)
    return tuple(at for at in range(1, len(text)) if attributes[at].is_line_break)


def _widths(text: str, style: Any) -> list[float]:
    """Return the width of each character of a text that is one line, in px; that of a cluster is its first one's."""
    layout = line_break.Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    widths, run = [0] * len(text.encode()), line.runs
    while run != ffi.NULL:
        item, string = run.data.item, run.data.glyphs
        run = run.next
        for at in range(string.num_glyphs):
            widths[item.offset + string.log_clusters[at]] += string.glyphs[at].geometry.width
    places = accumulate((len(char.encode()) for char in text), initial=0)
    found = [widths[place] * FROM_UNITS for place, _ in zip(places, text, strict=False)]
    if found and style["letter_spacing"] != "normal":  # of which Pango leaves out half at both ends of a line
        found[-1] += style["letter_spacing"]
    return found


def apply() -> None:
    """Let `pace.placing` ask for the room of each line."""
    placing.planned_room = room
