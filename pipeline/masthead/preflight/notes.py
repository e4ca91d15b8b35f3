"""Notes and their calls, by place: a note's mark stands raised before its column, a call raised inside a line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from masthead.preflight.pages import Line, Page, Span
from masthead.preflight.rules import Box
from masthead.terms import WESTERN

MARK = re.compile(r"\d{1,3}|\*{1,3}|[a-z]")
SMALL = 9.5  # points: notes are set in 8.5 or 9, text in 10 or more; Arabic ones in 11.5 and 14


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """A note: its mark in Western digits, its page, its first line's box, and the pages of its calls in order."""

    mark: str
    page: int
    calls: tuple[int, ...]
    box: Box


def recognize(pages: tuple[Page, ...]) -> Iterator[PlacedNote]:
    """The notes of a document in order. Letters and asterisks start anew, so their calls are those of their page."""
    calls: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            for span in called(page, line):
                for mark in marks(span):
                    calls[mark].append(page.number)
    for page in pages:
        for line in page.lines:
            if mark := begun(page, line):
                where = [number for number in calls[mark] if mark.isdigit() or number == page.number]
                yield PlacedNote(mark, page.number, tuple(where), line.box)


def marks(span: Span) -> list[str]:
    """The marks that a raised text names: `(١)` is 1, `a,b` two."""
    parts = re.split(r"[,\s]+", re.sub(r"[()]", " ", span.text.translate(WESTERN)).strip())
    return parts if all(map(MARK.fullmatch, parts)) else []


def begun(page: Page, line: Line) -> str:
    """The mark of the note that `line` begins; empty where it begins none."""
    for span in line.raised:
        if page.end(span) < page.start(line) + 1 and len(found := marks(span)) == 1:
            return found[0]
    if line.text.startswith("* ") and line.size < SMALL:
        return "*"
    return ""


def called(page: Page, line: Line) -> tuple[Span, ...]:
    """The raised texts of a line that are calls."""
    begins = bool(begun(page, line))
    outside = [span for span in line.raised if begins and page.end(span) < page.start(line) + 1]
    return tuple(span for span in line.raised if span not in outside and marks(span))
