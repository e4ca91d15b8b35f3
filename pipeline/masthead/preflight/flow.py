"""Rules about page breaks: no heading or line is left alone, no page is left empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from weakref import WeakKeyDictionary

from masthead.document import Finding, Rules, Severity
from masthead.pdf import DrawnLine, Evidence, Page, drawings, notes, paragraphs, places, vocabulary
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.LAYOUT)
FEW = 3  # lines: a page with fewer is nearly empty
_HEADINGS = frozenset(("H", *(f"H{degree}" for degree in range(1, 7))))
_ENDS = (".", ";", ":", "؛", "。", "；", "：")


@dataclass(frozen=True, slots=True)
class _PageText:
    """The lines of a page's text, without running heads, feet and notes."""

    page: Page
    lines: tuple[DrawnLine, ...]


# What several rules look at. Weak keys: the lines of a file are freed with its evidence.
_TEXTS: WeakKeyDictionary[Evidence, tuple[_PageText, ...]] = WeakKeyDictionary()


def _texts(evidence: Evidence) -> tuple[_PageText, ...]:
    """The text of each page."""
    if evidence not in _TEXTS:
        _TEXTS[evidence] = tuple(_PageText(page, tuple(_above_notes(page))) for page in evidence.pages)
    return _TEXTS[evidence]


def _above_notes(page: Page) -> Iterator[DrawnLine]:
    for line in places.body(page):
        mark = notes.begun(page, line)
        is_rule = len(line.text) >= 5 and not line.text.strip("_")
        if is_rule or mark.isdigit() or mark.startswith("*"):
            return
        yield line


def _leading(texts: tuple[_PageText, ...]) -> float:
    """The most frequent distance between baselines, in points."""
    steps = (after.baseline - before.baseline for text in texts for before, after in pairwise(text.lines))
    return _most_frequent((step for step in steps if step > 0), 12.0)


def _size(texts: tuple[_PageText, ...]) -> float:
    """The most frequent size of a line, in points."""
    return _most_frequent((line.size for text in texts for line in text.lines), 10.0)


@RULES.rule("flow.blank-pages", Severity.ERROR)
def blank_pages(evidence: Evidence) -> Iterator[Finding]:
    """No page is blank or nearly so: each has at least three lines of text or notes, or a figure."""
    for page in (evidence.whole or evidence).pages:  # in a parallel edition, one column may be longer
        lines = len(places.body(page))
        if lines < FEW and not any(map(drawings.is_figure, page.drawings)):
            yield Finding(
                f"the page has only {lines} line{'s' * (lines > 1)} of text" if lines else "the page is blank",
                page.number,
            )


@RULES.rule("flow.closing", Severity.ERROR)
def closing(evidence: Evidence) -> Iterator[Finding]:
    """The closing lines of a resolution, its meeting and date, are not alone on the last page."""
    *before, last = _texts(evidence)
    end = [line for line in last.lines if last.page.start(line) > places.column(last.page) + 150]
    if before and end and len(end) == len(last.lines) and len(end) <= 3:
        hint = "keep the last paragraph with them"
        yield Finding("the closing lines are alone on the last page", last.page.number, end[0].text, hint, end[0].box)


@RULES.rule("flow.headings", Severity.ERROR)
def headings(evidence: Evidence) -> Iterator[Finding]:
    """No heading is at the foot of a page, separated from the text that follows it.

    A heading is tagged as one, or is in bold type that is larger than the text. The heading of endnotes is exempt, so
    are a title page and the heading of a figure.
    """
    pages = _texts(evidence)
    size = _size(pages)
    pieces = (piece for element in evidence.tree if element.kind in _HEADINGS for piece in element.pieces)
    tagged = {(piece.page, piece.number) for piece in pieces}
    for text in pages[:-1]:
        if not (line := next(reversed(text.lines), None)) or vocabulary.heads_notes(line.text):
            continue
        if _heads_figure(text.page, line) or not any(_is_text(text.page, other, size) for other in text.lines):
            continue  # a figure follows, or the page has a title alone
        if (text.page.number, line.content) in tagged or (line.bold and line.size > size + 1.5):
            yield Finding(f"a heading is at the foot of the page: {line.text[:40]}", text.page.number, box=line.box)


def _heads_figure(page: Page, line: DrawnLine) -> bool:
    """Whether a figure, of lines and areas perhaps, is below a line."""
    end = places.foot(page)
    below = [each.box for each in page.drawings if line.baseline < each.box[3] < end]
    return bool(below) and max(box[3] for box in below) - min(box[1] for box in below) > drawings.FIGURE


def _is_text(page: Page, line: DrawnLine, size: float) -> bool:
    """Whether a line is body text, not a heading or the like: it is in the column, in the `size` and weight of text."""
    return page.start(line) > places.column(page) - 4 and not line.bold and line.size < size + 1.5


def _most_frequent(lengths: Iterable[float], default: float) -> float:
    """The most frequent of some lengths, rounded to a tenth of a point."""
    counts = Counter(round(length, 1) for length in lengths)
    return counts.most_common(1)[0][0] if counts else default


@RULES.rule("flow.single-lines", Severity.WARNING)
def single_lines(evidence: Evidence) -> Iterator[Finding]:
    """No paragraph leaves a single line on a page: neither its last line at the top (a widow) nor its first at the foot
    (an orphan). This is only a warning, because page breaks of a printed original are kept."""
    pages = _texts(evidence)
    leading, size = _leading(pages), _size(pages)
    for text, following in pairwise(pages):
        if not text.lines or not following.lines:
            continue
        last, first = text.lines[-1], following.lines[0]
        if first.size < size - 1.5:  # of a table
            continue
        # Words that justification moves far apart are lines of their own, on the same baseline.
        second = next((line for line in following.lines if line.baseline > first.baseline + 2), None)
        if second is None:
            continue
        if paragraphs.number_of(first):  # a new paragraph, with its number at the edge
            continue
        if not places.is_flush(following.page, first) or first.bold or last.text.endswith(_ENDS):
            continue
        if not (places.is_flush(text.page, last) or places.is_indented(text.page, last)):  # a table, a closing line
            continue
        is_parted = second.baseline - first.baseline > leading + 2
        if is_parted or places.is_indented(following.page, second):
            message = f"a single line is at the top of the page: {first.text[:40]}"
            yield Finding(message, following.page.number, box=first.box)
        if places.is_indented(text.page, last):
            yield Finding(f"a single line is at the foot of the page: {last.text[:40]}", text.page.number, box=last.box)
