"""Line breaking of plain Arabic paragraphs without Pango: each paragraph is shaped once, and each line once more alone.

For each line WeasyPrint lays out twice as much text as fits, then the line with the next word, then the line alone, and
begins again with the rest of the paragraph. Here a paragraph is shaped once (`pace.shaping`). The positions of its word
ends show what fits in a line, and the results for the rests of the paragraph, which WeasyPrint will ask for next, are
put into the cache of `splits`. At a line break, words may be narrower or wider than within the paragraph (Amiri kerns
across spaces): where that could matter, the rest is shaped again from the beginning of the line, and the attempts that
WeasyPrint makes are made too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from masthead.typesetting.engine.weasyprint.text import line_break
from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS, TO_UNITS
from masthead.typesetting.pace import lines, shaping, splits

_WORD = re.compile("[^ ]+")
_DRAFT = 4  # letters per em: WeasyPrint's first attempt is with as many letters as would fill the line
_MAX_WIDTH = 2**21  # px; WeasyPrint takes wider lines as infinite


class BrokenLine(NamedTuple):
    """The first line of `rest`: its text, and the byte at which the next line begins (None if all of it fits)."""

    rest: str
    text: str
    next: int | None
    shaped: shaping.ShapedText


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """Return WeasyPrint's result; put those for the rests of the text into the cache."""
    room = 0 if max_width is None or minimum else max_width
    plain = style["text_decoration_line"] == "none" and shaping.PLAIN.fullmatch(text)
    if plain and _DRAFT * style["font_size"] <= room < _MAX_WIDTH:
        if font := shaping.shaping_font(style):
            for line in _lines(font, text, room, style["font_size"]):
                _remember(line, font, style, room)
        if kept := splits.recall(text, style, room):
            return splits.answer(kept, justification_spacing)
    return _stock_split_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _remember(line: BrokenLine, font: shaping.ShapingFont, style: Any, room: float) -> None:
    width = line.shaped.width * FROM_UNITS
    measures = len(line.text.encode()), line.next, width, font.height, font.baseline
    splits.remember(line.rest, style, room, (line.text, room, font.direction, measures))
    lines.remember(line.text, style, line.shaped.line(font))


def _lines(font: shaping.ShapingFont, text: str, room: float, size: float) -> Iterator[BrokenLine]:
    """Yield the lines of `text`, up to one that only Pango can break."""
    width, draft = int(room * TO_UNITS), int(room / size * _DRAFT)
    shaped = shaping.shape(font, text)
    words, word = shaped and _Words(text, shaped, font), 0
    while words:
        last = words.fit(word, width)
        if last < word:
            return
        if last == words.count - 1:
            alone = words.alone(word)
            if alone is not None and alone.width <= width:
                yield BrokenLine(words.between(word), words.between(word), None, alone)
            return
        # WeasyPrint also tries the next word, if a space follows it.
        more = words.alone(word, last + 1) if words.is_followed(last + 1) else None
        if more is not None and more.width <= width:
            last += 1
            if last == words.count - 1 or words.length(word, last) + 1 >= draft:
                return
        alone = words.alone(word, last)
        if alone is None:
            return
        taken = words.between(word, last)
        yield BrokenLine(words.between(word), taken, len(taken.encode()) + 1, alone)
        word = last + 1


class _Words:
    """The beginnings and ends of the words of a shaped text, in letters, bytes, and Pango units."""

    def __init__(self, text: str, shaped: shaping.ShapedText, font: shaping.ShapingFont) -> None:
        self._text, self._shaped, self._font = text, shaped, font
        found = [each.span() for each in _WORD.finditer(text)]
        self.count = len(found)
        self._begins, self._ends = [0, *(begin for begin, _ in found[1:])], [end for _, end in found]
        self._bytes = [0, *accumulate(len(letter.encode()) for letter in text)]
        pens = list(accumulate(shaped.advances, initial=0))
        pen_at = {at: pens[bisect_left(shaped.clusters, self._bytes[at])] for at in (*self._begins, *self._ends)}
        self._left, self._right = ([pen_at[at] for at in places] for places in (self._begins, self._ends))

    def between(self, word: int, last: int | None = None) -> str:
        """Return the text from one word to another, or to the end."""
        return self._text[self._begins[word] : None if last is None else self._ends[last]]

    def alone(self, word: int, last: int | None = None) -> shaping.ShapedText | None:
        """Return that text shaped separately; None if only Pango can shape it."""
        end = len(self._text) if last is None else self._ends[last]
        part = self._shaped.part(self._bytes[self._begins[word]], self._bytes[end])
        return part or shaping.shape(self._font, self.between(word, last))

    def length(self, word: int, last: int) -> int:
        return self._ends[last] - self._begins[word]

    def is_followed(self, word: int) -> bool:
        return word < self.count - 1 or self._text.endswith(" ")

    def fit(self, word: int, width: int) -> int:
        """Return the last word that fits in a line that begins with `word`; `word` - 1 if none fits."""
        last = bisect_right(self._right, self._left[word] + width, word) - 1
        if self._bytes[self._begins[word]] not in self._shaped.unsafe:
            return last
        text = self.between(word, min(last + 2, self.count - 1))  # no kern is as wide as two words
        alone = shaping.shape(self._font, text)
        return word - 1 if alone is None else word + _Words(text, alone, self._font).fit(0, width)


_stock_split_first_line: Callable[..., Any] = line_break.split_first_line


def apply() -> None:
    """Let `splits` compute by this module what it has not cached."""
    splits.compute = split_first_line
