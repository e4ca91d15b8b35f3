"""Notes and their calls, by place: the mark of a note is raised before its column, a call raised inside a line.

A mark is read with the line of its note if it is near. If the note begins at a tab, the mark is a line of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from masthead.document import WESTERN, Rectangle
from masthead.pdf.drawn import drawings
from masthead.pdf.drawn.characters import Character
from masthead.pdf.drawn.pages import DrawnLine, DrawnSpan, Page
from masthead.pdf.facts.places import HEAD, body, column
from masthead.pdf.facts.printed import BARCODE
from masthead.pdf.facts.vocabulary import heads_annex

_MARK = re.compile(r"[1-9]\d{0,2}|\*{1,3}|[a-zء-ي]")
_LEFT = attrgetter("left")
SMALL = 9.5  # points: notes are set in 8.5 or 9, text in 10 or more; Arabic ones in 11.5 and 14
LETTERS = (8.0, 10.5)  # points: no letter that marks a table's note is larger; they are set in 7, in Arabic 10
HANGING = (9.0, 5.5)  # points: a note begins 11 from the edge of its letter, an Arabic one 6 from that of an alef
# What is raised after a unit of length is not a call: `8,000 m²`, `266,000 km²`.
_UNITS = frozenset(("m", "km", "cm", "mm", "dm", "hm", "ft", "mi", "м", "км", "см", "م", "كم", "米", "公里"))
_POWERS = frozenset("23٢٣")
# A mark of a note far from its text: in Arabic in brackets and the size of Latin letters, else smaller than the text.
_BRACKETED = re.compile(r"[()]\s*\d{1,3}\s*[()]")
_MARKS = re.compile(r"[()\d\s]+")
_LONGEST = 8  # characters: `( 100 )`
_SMALLER = 0.8
_RISE = (1.0, 0.7)  # points, and of the size: how far it is raised
# Asterisks are raised by their design, on the baseline of the line; after a word they call a note.
_STARRED = re.compile(r"(?<=[^\s*])\*{1,3}(?![\w*])")


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note: its mark in Western digits, its page, the pages of its calls in order, the box of its first line.

    If a tab is between the mark and that line, the box is that of the mark. `since` is the first page of its series:
    numbers start again in an annex.
    """

    mark: str
    page: int
    calls: tuple[int, ...]
    box: Rectangle
    since: int = 1


def recognize(pages: tuple[Page, ...]) -> Iterator[PlacedNote]:
    """Yield the notes of a document in order.

    Letters and asterisks start again after each note, numbers in an annex.
    """
    calls: dict[str, list[int]] = defaultdict(list)
    notes = []
    for page in pages:
        for line in page.lines:
            mark = begun(page, line)
            for _, found in called(page, line):
                for other in found:
                    calls[other].append(page.number)
            for other in _starred(page, line, mark):
                calls[other].append(page.number)
            if mark:
                notes.append((mark, page.number, calls[mark], line.box))
                if not mark.isdigit():
                    calls[mark] = []
    annexes = [page.number for page in pages if any(line.bold and heads_annex(line.text) for line in page.lines)]
    since, after = 1, 0  # the first page of a series, and the page of its last note
    starts = {}
    for place, (mark, number, where, _) in enumerate(notes):
        if mark == "1" and any(after < annex <= number for annex in annexes if after):
            since = number if number in where else after + 1
        after = number if mark.isdigit() else after
        starts[place] = since
    for place, (mark, number, where, box) in enumerate(notes):
        since = starts[place]
        end = next((start for start in starts.values() if start > since), len(pages) + 1)
        here = where if not mark.isdigit() else [page for page in where if since <= page < end]
        yield PlacedNote(mark, number, tuple(here), box, since)


def series_at(notes: Iterable[PlacedNote], page: int) -> int:
    """Return the first page of the series of notes that calls on `page` belong to."""
    return max((note.since for note in notes if note.since <= page), default=1)


def _marks(text: str) -> list[str]:
    """Return the marks in a raised text: one in `(١)`, which is 1, two in `a,b`."""
    parts = re.split(r"[,\s]+", re.sub(r"[()]", " ", text.translate(WESTERN)).strip())
    return parts if all(map(_MARK.fullmatch, parts)) else []


def begun(page: Page, line: DrawnLine) -> str:
    """Return the mark of the note that `line` begins, or is; an empty string for any other line.

    A line with a call and a full stop alone is the last of a paragraph.
    """
    is_text = line.raised and any(map(str.isalnum, line.text))
    for span in line.raised if is_text else ():
        if span.size > line.size + 1:  # text above a lowered figure: CO₂
            continue
        if _is_before(page, span, line) and not in_drawing(page, span) and len(found := _marks(span.text)) == 1:
            return found[0]
    if mark := _mark_apart(page, line):
        return mark
    if "*" in line.text and (asterisks := _asterisks(page, line)):
        hangs = -20 < page.start(line) - column(page) < -2
        return asterisks if hangs or line.size < SMALL else ""
    return _letter(page, line)


def _mark_apart(page: Page, line: DrawnLine) -> str:
    """Return the mark of a note whose text is further than a tab of notes away, and so another line: the first one.

    It is raised above the text, and hangs before all that is below it on the page, which is notes.
    """
    span = line.spans[0]
    if not _MARKS.fullmatch(line.text) or line.raised or len(line.spans) > 1 or len(span.characters) > _LONGEST:
        return ""
    found = _marks(span.text)
    if len(found) != 1 or not found[0].isdigit() or in_drawing(page, span):
        return ""
    below = [other for other in body(page) if other.baseline > line.baseline]
    beside = [other for other in below if other.baseline - line.baseline < _RISE[1] * max(other.size, line.size)]
    text = min(beside, key=page.start, default=None)
    if text is None or text.baseline - line.baseline < _RISE[0]:
        return ""
    is_bracketed = page.right_to_left and _BRACKETED.fullmatch(line.text.strip()) is not None
    if line.size > (1 / _SMALLER if is_bracketed else _SMALLER) * text.size:
        return ""
    hangs = all(page.start(other) > page.end(line) for other in below if not _MARKS.fullmatch(other.text))
    return found[0] if hangs else ""


def _letter(page: Page, line: DrawnLine) -> str:
    """Return the letter that marks a table's note: on its line, in a smaller size, with the note hanging after it."""
    if line.baseline < HEAD:  # a symbol in Arabic letters in the masthead or the running head
        return ""
    first, *others = line.spans[:: -1 if page.right_to_left else 1]
    if not others or len(first.characters) > 1 or first.size > LETTERS[page.right_to_left]:
        return ""
    if not first.text.isalpha() or not _MARK.fullmatch(first.text):
        return ""
    return first.text if page.start(others[0]) - page.start(first) > HANGING[page.right_to_left] else ""


def _asterisks(page: Page, line: DrawnLine) -> str:
    """Return the asterisks that a line begins with, if a gap follows them."""
    shown = [each for span in line.spans for each in span.characters][:: -1 if page.right_to_left else 1]
    count = next((place for place, each in enumerate(shown) if each.text != "*"), 0)
    last, text = shown[count - 1], shown[count]
    apart = max(text.left - last.right, last.left - text.right) > 0.2 * text.size
    return "*" * count if 0 < count < 4 and apart else ""


def called(page: Page, line: DrawnLine) -> tuple[tuple[DrawnSpan, list[str]], ...]:
    """Return the raised texts of a line that call notes, each with the marks in it.

    Numbers above one another in a drawing call none.
    """
    begins = any(_is_before(page, span, line) for span in line.raised) and bool(begun(page, line))
    calls = []
    for span in line.raised:
        if begins and _is_before(page, span, line):
            continue
        text = span.text
        is_figure = text.isdigit() and in_drawing(page, span)
        if (found := _marks(text)) and not is_figure and not _is_power(line, span, text):
            calls.append((span, found))
    return tuple(sorted(calls, key=lambda call: page.start(call[0])))


def _is_before(page: Page, span: DrawnSpan, line: DrawnLine) -> bool:
    """Whether a raised text ends where its line begins, or before."""
    return page.end(span) < page.start(line) + 1


def in_drawing(page: Page, span: DrawnSpan) -> bool:
    """Whether a text is a part of a drawing, such as a chart, which may have a frame for each of its texts.

    Its middle is compared: frames are those of the ink, and the boxes of letters are a little higher.
    """
    forms = (drawing.box for drawing in page.drawings if drawing.kind == drawings.FORM)
    x, y = (span.left + span.right) / 2, (span.top + span.bottom) / 2
    return any(drawings.is_inside((x, y, x, y), box) for box in forms)


def _is_power(line: DrawnLine, span: DrawnSpan, text: str) -> bool:
    """Whether a raised `text`, a figure, is part of a unit of area or volume."""
    if text not in _POWERS:
        return False
    shown = sorted((each for other in line.spans for each in other.characters), key=_LEFT)
    before = [each for each in shown if each.left < span.left]
    after = [each for each in shown if each.left >= span.left]
    words = _touching(before[::-1])[::-1], _touching(after)[::-1]  # an Arabic unit is on the right of its power
    return not _UNITS.isdisjoint(words)


def _touching(shown: Iterable[Character]) -> str:
    """The letters of the first word of some characters."""
    word, before = "", None
    for each in shown:
        gap = max(each.left - before.right, before.left - each.right) if before else 0.0
        if not each.text.isalpha() or gap > 0.15 * each.size:
            break
        word, before = word + each.text, each
    return word


def _starred(page: Page, line: DrawnLine, begins: str) -> list[str]:
    """Return the asterisks after words of a line, but not those of a symbol that a running head repeats."""
    if "*" not in line.text or begins or (page.number > 1 and line.baseline < HEAD) or BARCODE.fullmatch(line.text):
        return []
    return _STARRED.findall(line.text)
