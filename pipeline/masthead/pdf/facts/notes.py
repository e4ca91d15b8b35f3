"""Notes and their calls, by place: the mark of a note is raised before its column, a call raised inside a line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from masthead.document import WESTERN, Rectangle
from masthead.pdf.drawn.pages import DrawnLine, DrawnSpan, Page
from masthead.pdf.facts.places import HEAD, column
from masthead.pdf.facts.printed import BARCODE

_MARK = re.compile(r"\d{1,3}|\*{1,3}|[a-zء-ي]")
SMALL = 9.5  # points: notes are set in 8.5 or 9, text in 10 or more; Arabic ones in 11.5 and 14
LETTERS = (8.0, 10.5)  # points: no letter that marks a table's note is larger; they are set in 7, in Arabic 10
HANGING = 9.0  # points: a note begins 11 from the edge of its letter
# Asterisks are raised by their design, on the baseline of the line; after a word they call a note.
_STARRED = re.compile(r"(?<=[^\s*])\*{1,3}(?![\w*])")


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note: its mark in Western digits, its page, the pages of its calls in order, the box of its first line."""

    mark: str
    page: int
    calls: tuple[int, ...]
    box: Rectangle


def recognize(pages: tuple[Page, ...]) -> Iterator[PlacedNote]:
    """Yield the notes of a document in order. Letters and asterisks start again after each note, numbers do not."""
    calls: dict[str, list[int]] = defaultdict(list)
    notes = []
    for page in pages:
        for line in page.lines:
            mark = begun(page, line)
            for span in called(page, line):
                for other in marks(span):
                    calls[other].append(page.number)
            for other in _starred(page, line, mark):
                calls[other].append(page.number)
            if mark:
                notes.append((mark, page.number, calls[mark], line.box))
                if not mark.isdigit():
                    calls[mark] = []
    for mark, number, where, box in notes:
        yield PlacedNote(mark, number, tuple(where), box)


def marks(span: DrawnSpan) -> list[str]:
    """Return the marks in a raised text: one in `(١)`, which is 1, two in `a,b`."""
    parts = re.split(r"[,\s]+", re.sub(r"[()]", " ", span.text.translate(WESTERN)).strip())
    return parts if all(map(_MARK.fullmatch, parts)) else []


def begun(page: Page, line: DrawnLine) -> str:
    """Return the mark of the note that `line` begins; an empty string for any other line."""
    for span in line.raised:
        if page.end(span) < page.start(line) + 1 and len(found := marks(span)) == 1:
            return found[0]
    if "*" in line.text and (asterisks := _asterisks(page, line)):
        hangs = -20 < page.start(line) - column(page) < -2
        return asterisks if hangs or line.size < SMALL else ""
    return _letter(page, line)


def _letter(page: Page, line: DrawnLine) -> str:
    """Return the letter that marks a table's note: on its line, in a smaller size, with the note hanging after it."""
    first, *others = line.spans[:: -1 if page.right_to_left else 1]
    if not others or len(first.characters) > 1 or first.size > LETTERS[page.right_to_left]:
        return ""
    if not first.text.isalpha() or not _MARK.fullmatch(first.text):
        return ""
    return first.text if page.start(others[0]) - page.start(first) > HANGING else ""


def _asterisks(page: Page, line: DrawnLine) -> str:
    """Return the asterisks that a line begins with, if a gap follows them."""
    shown = [each for span in line.spans for each in span.characters][:: -1 if page.right_to_left else 1]
    count = next((place for place, each in enumerate(shown) if each.text != "*"), 0)
    last, text = shown[count - 1], shown[count]
    apart = max(text.left - last.right, last.left - text.right) > 0.2 * text.size
    return "*" * count if 0 < count < 4 and apart else ""


def called(page: Page, line: DrawnLine) -> tuple[DrawnSpan, ...]:
    """Return the raised texts of a line that are note calls."""
    if not line.raised:
        return ()
    begins = bool(begun(page, line))
    outside = [span for span in line.raised if begins and page.end(span) < page.start(line) + 1]
    calls = [span for span in line.raised if span not in outside and marks(span)]
    return tuple(sorted(calls, key=page.start))


def _starred(page: Page, line: DrawnLine, begins: str) -> list[str]:
    """Return the asterisks after words of a line, but not those of a symbol that a running head repeats."""
    if "*" not in line.text or begins or (page.number > 1 and line.baseline < HEAD) or BARCODE.fullmatch(line.text):
        return []
    return _STARRED.findall(line.text)
