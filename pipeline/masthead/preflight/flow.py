"""Rules about how the text falls on pages: nothing left alone, nothing left empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from masthead.document import Severity
from masthead.pdf import DrawnLine, Evidence, Page, notes, paragraphs, places, vocabulary
from masthead.preflight.rules import Fault, Rule

FEW = 3  # a page with fewer lines than these is near-empty
_HEADINGS = frozenset(("H", *(f"H{degree}" for degree in range(1, 7))))
_ENDS = (".", ";", ":", "؛", "。", "；", "：")


@dataclass(frozen=True, slots=True)
class Text:
    """The lines of a page's text, without heads, feet and notes, as a reader takes them."""

    page: Page
    lines: tuple[DrawnLine, ...]

    def parted(self, before: DrawnLine, line: DrawnLine, leading: float) -> bool:
        """Whether there is more than the leading between two lines."""
        return line.baseline - before.baseline > leading + 2


def texts(evidence: Evidence) -> tuple[Text, ...]:
    """The text of each page."""
    return tuple(Text(page, tuple(_above_notes(page))) for page in evidence.pages)


def _above_notes(page: Page) -> Iterator[DrawnLine]:
    for line in places.body(page):
        mark = notes.begun(page, line)
        if re.fullmatch(r"_{5,}", line.text) or mark.isdigit() or mark.startswith("*"):
            return
        yield line


def _leading(texts: tuple[Text, ...]) -> float:
    """The distance of most baselines."""
    steps = Counter(
        round(after.baseline - before.baseline, 1)
        for text in texts
        for before, after in pairwise(text.lines)
        if after.baseline > before.baseline
    )
    return steps.most_common(1)[0][0] if steps else 12.0


def blank_pages(evidence: Evidence) -> Iterator[Fault]:
    """No page is blank or nearly so: each has at least three lines of text or of notes."""
    for page in evidence.pages:
        lines = len(places.body(page))
        if lines < FEW:
            yield Fault(f"the page has {lines} lines of text" if lines else "the page is blank", page=page.number)


def closing(evidence: Evidence) -> Iterator[Fault]:
    """The closing lines of a resolution, its meeting and date, do not stand alone on the last page."""
    *before, last = texts(evidence)
    end = [line for line in last.lines if last.page.start(line) > places.column(last.page) + 150]
    if before and end and len(end) == len(last.lines) and len(end) <= 3:
        yield Fault(
            "the closing lines stand alone on the last page",
            page=last.page.number,
            where=end[0].text,
            hint="keep the last paragraph with them",
            box=end[0].box,
        )


def headings(evidence: Evidence) -> Iterator[Fault]:
    """No heading stands at the foot of a page, parted from the text that it heads.

    It is one by the structure, or by bold type that is larger than the text's; that of endnotes heads what follows it.
    """
    pages = texts(evidence)
    size = _body_size(pages)
    tagged = {
        (piece.page, piece.number) for element in evidence.tree if element.kind in _HEADINGS for piece in element.pieces
    }
    for text in pages[:-1]:
        if not (line := next(reversed(text.lines), None)) or vocabulary.heads_notes(line.text):
            continue
        if (text.page.number, line.spans[0].cells[0].content) in tagged or (line.bold and line.size > size + 1.5):
            yield Fault(
                f"a heading stands at the foot of the page: {line.text[:40]}", page=text.page.number, box=line.box
            )


def _body_size(pages: tuple[Text, ...]) -> float:
    sizes = Counter(round(line.size, 1) for text in pages for line in text.lines)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def single_lines(evidence: Evidence) -> Iterator[Fault]:
    """No paragraph leaves a single line on a page: neither its last at the head (a widow) nor its first at the foot
    (an orphan). Where a printed original ended its page there, the page end stands."""
    pages = texts(evidence)
    leading = _leading(pages)
    for text, following in pairwise(pages):
        if not text.lines or len(following.lines) < 2:
            continue
        last, first, second = text.lines[-1], *following.lines[:2]
        if paragraphs.number_of(first):  # a paragraph that bears its number at the edge begins here
            continue
        if not places.is_flush(following.page, first) or first.bold or last.text.endswith(_ENDS):
            continue
        if following.parted(first, second, leading) or places.is_indented(following.page, second):
            yield Fault(f"a single line heads the page: {first.text[:40]}", page=following.page.number, box=first.box)
        if places.is_indented(text.page, last):
            yield Fault(f"a single line ends the page: {last.text[:40]}", page=text.page.number, box=last.box)


RULES = (
    Rule("flow.blank-pages", Severity.ERROR, blank_pages),
    Rule("flow.closing", Severity.ERROR, closing),
    Rule("flow.headings", Severity.ERROR, headings),
    Rule("flow.single-lines", Severity.WARNING, single_lines),
)
