"""The rule that letters are on their line, and lines at their distance: nothing is lowered, raised or pushed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, TaggedBlock, TextRun, pages, spots
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN, Need.STRUCTURE, Need.OUR_FONTS)
SLACK = 0.6  # points: rounded positions
SMALLER = 0.85  # of the size: calls and marks are smaller than the text that they are raised in
LINE = 0.75  # of the size: lines are further apart
_HINT = "publish from the source"
_TEXTS = frozenset(("P", "LBody", "Note", "BlockQuote"))

Shown = Mapping[tuple[int, int], Sequence[TextRun]]
"""Marked content → its runs."""
Displaced = tuple[int, int, float, int]
"""A page, marked content on it, how much lower than expected it is in points, and the content before it."""


@RULES.rule("script.baselines", Severity.ERROR)
def baselines(evidence: Evidence) -> Iterator[Finding]:
    """All letters of a line are on its baseline, except calls and other raised marks, which are smaller; the lines of a
    paragraph have one distance."""
    shown: dict[tuple[int, int], list[TextRun]] = defaultdict(list)
    for page, runs in enumerate(evidence.runs, 1):
        for run in runs:
            if run.content is not None and run.codes:
                shown[page, run.content].append(run)
    for block in evidence.tree:
        displaced = list(_displaced(block, shown))
        if not displaced and block.kind in _TEXTS:
            displaced = list(_apart(block, shown))
        for page, content, by, other in displaced:
            leaf = evidence.pages[page - 1]
            text, before = spots.text(leaf, content), spots.text(leaf, other)
            if not any(map(pages.RAISED_MARK.fullmatch, (text, before))):
                message = f"text is {'lowered' if by > 0 else 'raised'} by {abs(by):.1f} pt"
                yield Finding(message, page, text[:40], _HINT, spots.box(leaf, content))
                break  # what follows on the line is moved with it


def _displaced(block: TaggedBlock, shown: Shown) -> Iterator[Displaced]:
    """Each run that is neither on the line of the one before it nor on another line."""
    before = None
    for piece in block.pieces:
        for run in shown.get((piece.page, piece.number), ()):
            size = run.size * abs(run.matrix[3])
            here = piece.page, run.matrix[5] + run.rise * run.matrix[3], size, piece.number
            if before and before[0] == here[0]:
                by, larger = before[1] - here[1], max(size, before[2])
                if SLACK < abs(by) < LINE * larger and min(size, before[2]) > SMALLER * larger:
                    yield piece.page, piece.number, by, before[3]
            before = here


def _apart(block: TaggedBlock, shown: Shown) -> Iterator[Displaced]:
    """Each line that is nearer to the one line beside it than to the other."""
    lines: list[tuple[int, int, float, float]] = []
    for piece in block.pieces:
        for run in shown.get((piece.page, piece.number), ()):
            size, height = run.size * abs(run.matrix[3]), run.matrix[5]
            if not lines or lines[-1][0] != piece.page or lines[-1][2] - height > LINE * size:
                lines.append((piece.page, piece.number, height, size))
    gaps = [
        upper[2] - lower[2] if upper[0] == lower[0] and abs(upper[3] - lower[3]) < 0.1 else None
        for upper, lower in pairwise(lines)
    ]
    known = sorted(gap for gap in gaps if gap is not None)
    usual = known[len(known) // 2] if len(known) > 2 else 0.0
    for place, (above, below) in enumerate(pairwise(gaps), 1):
        if above is None or below is None or not usual:
            continue
        if abs(above + below - 2 * usual) < SLACK < abs(above - usual) - SLACK:
            page, content, *_ = lines[place]
            yield page, content, above - usual, lines[place - 1][1]
