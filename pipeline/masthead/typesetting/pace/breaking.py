"""Plain Arabic paragraphs broken without Pango: shaped once, and each line once more by itself.

For each line WeasyPrint lays out twice the text that it takes, then that line with the next word, then the line alone,
and does so again with the rest. Here a paragraph is shaped once (`pace.shaping`); where its words end tells
what fits in a line, and the rests of the paragraph, which WeasyPrint is going to ask for, are answered beforehand.
Words that a line is cut between may be narrower or wider than within the paragraph (Amiri kerns across spaces): where
that could matter, the rest is shaped anew from the line's beginning, and WeasyPrint's own attempts are made.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, TO_UNITS

from masthead.typesetting.pace import lines, shaping, splits
from masthead.typesetting.repairs.replacing import Repair, Replacement

_WORD = re.compile("[^ ]+")
_DRAFT = 4  # letters to an em, of which WeasyPrint takes as many for its first attempt as the line has room for
_WIDEST = 2**21  # px, beyond which it takes a line for endless


class Line(NamedTuple):
    """The first line of `rest`: its text, and the bytes up to the next; None where all of it fits."""

    rest: str
    text: str
    next: int | None
    shaped: shaping.Shaped


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """Return WeasyPrint's answer, and have those to the rests of the text remembered."""
    room = 0 if max_width is None or minimum else max_width
    plain = style["text_decoration_line"] == "none" and shaping.PLAIN.fullmatch(text)
    if plain and _DRAFT * style["font_size"] <= room < _WIDEST:
        if face := shaping.face(style):
            for line in _lines(face, text, room, style["font_size"]):
                _remember(line, face, style, room)
        if kept := splits.recall(text, style, room):
            return splits.answer(kept, justification_spacing)
    return _stock(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _remember(line: Line, face: shaping.Face, style: Any, room: float) -> None:
    width = line.shaped.width * FROM_UNITS
    measures = len(line.text.encode()), line.next, width, face.height, face.baseline
    splits.remember(line.rest, style, room, (line.text, room, face.direction, measures))
    lines.remember(line.text, style, line.shaped.line(face))


def _lines(face: shaping.Face, text: str, room: float, size: float) -> Iterator[Line]:
    """Give the lines of `text`, up to one that is left to Pango."""
    width, draft = int(room * TO_UNITS), int(room / size * _DRAFT)
    shaped = shaping.shape(face, text)
    words, word = shaped and _Words(text, shaped, face), 0
    while words:
        last = words.fit(word, width)
        if last < word:
            return
        if last == words.count - 1:
            alone = words.alone(word)
            if alone is not None and alone.width <= width:
                yield Line(words.between(word), words.between(word), None, alone)
            return
        # WeasyPrint tries the next word too, where a space follows it.
        more = words.alone(word, last + 1) if words.is_followed(last + 1) else None
        if more is not None and more.width <= width:
            last += 1
            if last == words.count - 1 or words.length(word, last) + 1 >= draft:
                return
        alone = words.alone(word, last)
        if alone is None:
            return
        taken = words.between(word, last)
        yield Line(words.between(word), taken, len(taken.encode()) + 1, alone)
        word = last + 1


class _Words:
    """Where the words of a shaped text begin and end: letters, bytes, and Pango's units."""

    def __init__(self, text: str, shaped: shaping.Shaped, face: shaping.Face) -> None:
        self._text, self._shaped, self._face = text, shaped, face
        found = [each.span() for each in _WORD.finditer(text)]
        self.count = len(found)
        self._begins, self._ends = [0, *(begin for begin, _ in found[1:])], [end for _, end in found]
        self._bytes = [0, *accumulate(len(letter.encode()) for letter in text)]
        pens = list(accumulate(shaped.advances, initial=0))
        self._left, self._right = (
            [pens[bisect_left(shaped.clusters, self._bytes[each])] for each in places]
            for places in (self._begins, self._ends)
        )

    def between(self, word: int, last: int | None = None) -> str:
        """The text from one word to another, or to the end."""
        return self._text[self._begins[word] : None if last is None else self._ends[last]]

    def alone(self, word: int, last: int | None = None) -> shaping.Shaped | None:
        """That text shaped by itself."""
        end = len(self._text) if last is None else self._ends[last]
        part = self._shaped.part(self._bytes[self._begins[word]], self._bytes[end])
        return part or shaping.shape(self._face, self.between(word, last))

    def length(self, word: int, last: int) -> int:
        return self._ends[last] - self._begins[word]

    def is_followed(self, word: int) -> bool:
        return word < self.count - 1 or self._text.endswith(" ")

    def fit(self, word: int, width: int) -> int:
        """The last word that a line from `word` has room for; one less than `word` where it has room for none."""
        last = bisect_right(self._right, self._left[word] + width, word) - 1
        if self._bytes[self._begins[word]] not in self._shaped.unsafe:
            return last
        text = self.between(word, min(last + 2, self.count - 1))  # no kern is as wide as two words
        alone = shaping.shape(self._face, text)
        return word - 1 if alone is None else word + _Words(text, alone, self._face).fit(0, width)


_stock: Callable[..., Any] = splits._stock

PACE = Repair("breaking", lambda: (Replacement(splits, "_stock", split_first_line),))
