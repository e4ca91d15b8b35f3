"""Rules that letters are on their line, in the size of their paragraph, and lines at their distance."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from masthead.document import Finding, Rules, Severity
from masthead.pdf import Evidence, Font, TaggedBlock, TextRun, pages, places, spots
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN, Need.STRUCTURE, Need.OUR_FONTS)
SLACK = 0.6  # points: rounded positions
MANY, SAME = 8, 0.85  # distances of lines in one size, and the share of them that are alike
SMALLER = 0.85  # of the size: calls and marks are smaller than the text that they are raised in
APART = 2.5  # of the size: words of a line are nearer, unless a tab is between them
SHORT = 8  # letters: what a tab follows is shorter
MARK = 2  # letters of a mark
LINE = 0.75  # of the size: lines are further apart
OFTEN = 3  # times: a distance of paragraphs that a file has is its own
_HINT = "publish from the source"
_LEADERS = frozenset(".․…·")
_LISTED = re.compile(r"\s*(?:\d[\d.]{0,8}(?:–\d[\d.]{0,8})?)?\s*")  # a folio, or paragraphs, in contents
_TEXTS = frozenset(("P", "LBody", "Note", "BlockQuote"))

Shown = Mapping[tuple[int, int], Sequence[TextRun]]
"""Marked content → its runs."""
Displaced = tuple[int, int, float, int]
"""A page, marked content on it, how much lower than expected it is in points, and the content before it."""


@RULES.rule("script.baselines", Severity.ERROR)
def baselines(evidence: Evidence) -> Iterator[Finding]:
    """All letters of a line are on its baseline, except calls and other raised marks, which are smaller; the lines of a
    paragraph have one distance, and no gap is between the words of a line. Letters in a figure are where it wants.

    No line or paragraph is as much nearer to the one before it as it is further from the next, if all others of the
    file have one of a few distances."""
    shown = evidence.content_runs
    paragraphs = {at: _lines(block, shown) for at, block in enumerate(evidence.tree) if block.kind in _TEXTS}
    leadings = _leadings([*paragraphs.values()])
    flow = {at: _in_body(evidence, evidence.tree[at], lines) for at, lines in paragraphs.items()}
    moved = _moved(evidence.tree, flow)
    for at, block in enumerate(evidence.tree):
        displaced = [each for each in _displaced(block, shown) if not _is_apart(evidence, each)]
        if not displaced and len(lines := paragraphs.get(at, [])) > 1:
            displaced = list(_apart(lines, leadings.get(round(lines[0].size, 1))))
        if not displaced and at in moved:
            displaced = [moved[at]]
        for page, content, by, _ in displaced[:1]:  # what follows on the line is moved with it
            leaf = evidence.pages[page - 1]
            way = "lowered" if by > 0 else "raised"
            message = f"text is {way} by {abs(by):.1f} pt" if by else "a gap is between two words of a line"
            yield Finding(message, page, spots.text(leaf, content)[:40], _HINT, spots.box(leaf, content))


@RULES.rule("script.sizes", Severity.ERROR)
def sizes(evidence: Evidence) -> Iterator[Finding]:
    """The letters of a paragraph that are of one font and on the line have one size: none is set smaller, or larger,
    than the rest. Marks of one or two letters and the symbol in the masthead may be."""
    shown = evidence.content_runs
    for block in evidence.tree:
        runs = [(piece.page, run) for piece in block.pieces for run in shown.get((piece.page, piece.number), ())]
        if block.kind == "Figure" or len({run.size * run.matrix[3] for _, run in runs}) < 2:
            continue
        on_line: dict[tuple[Font | None, float], list[tuple[int, TextRun]]] = defaultdict(list)
        for page, run in runs:
            beside = (
                each for at, each in runs if at == page and abs(each.matrix[5] - run.matrix[5]) < LINE * each.size
            )
            largest = max(beside, key=lambda each: each.size * abs(each.matrix[3]), default=run)
            in_masthead = page == 1 and evidence.pages[0].height - run.matrix[5] < places.MASTHEAD
            if abs(largest.matrix[5] - run.matrix[5]) < SLACK and len(run.codes) > MARK and not in_masthead:
                on_line[run.font, round(run.size * abs(run.matrix[3]), 1)].append((page, run))
        usual: dict[Font | None, float] = {}
        for font, size in sorted(on_line, key=lambda key: sum(len(run.codes) for _, run in on_line[key])):
            usual[font] = size
        for (font, size), found in on_line.items():
            if SMALLER < size / usual[font] < 1 / SMALLER:
                continue
            if block.kind == "Note":
                found = [each for each in found if not _is_mark(evidence, *each, runs)]
            for page, run in found[:1]:
                leaf, message = evidence.pages[page - 1], f"text is of {size} pt, and its paragraph of {usual[font]} pt"
                yield Finding(message, page, spots.text(leaf, run.content)[:40], _HINT, spots.box(leaf, run.content))


def _is_mark(evidence: Evidence, page: int, run: TextRun, runs: Iterable[tuple[int, TextRun]]) -> bool:
    """Whether a run is a mark that is raised above another one, which may be smaller: Latin words in Arabic."""
    if not pages.RAISED_MARK.fullmatch(spots.text(evidence.pages[page - 1], run.content)):
        return False
    rises = (run.matrix[5] - each.matrix[5] for at, each in runs if at == page)
    return any(SLACK < rise < LINE * run.size * abs(run.matrix[3]) for rise in rises)


def _is_apart(evidence: Evidence, displaced: Displaced) -> bool:
    """Whether a text has a place of its own: a raised mark, what follows a tab after a number, or the leader of a line
    in contents."""
    page, content, by, other = displaced
    before = spots.text(evidence.pages[page - 1], other)
    if pages.RAISED_MARK.fullmatch(before) or (not by and len(before) < SHORT):
        return True
    text = spots.text(evidence.pages[page - 1], content)
    if pages.RAISED_MARK.fullmatch(text):
        return True
    return not by and (text[:1] in _LEADERS or _LISTED.fullmatch(text) is not None)


def _in_body(evidence: Evidence, block: TaggedBlock, lines: list[_Line]) -> list[_Line]:
    """The lines of a paragraph, unless it is in a table or in the masthead, whose parts are side by side."""
    beside = lines and lines[0].page == 1 and evidence.pages[0].height - lines[0].height < places.MASTHEAD
    return [] if beside or block.in_cell else lines


def _displaced(block: TaggedBlock, shown: Shown) -> Iterator[Displaced]:
    """Each run that is neither on the line of the one before it nor on another line, except in figures."""
    before = None
    if block.kind == "Figure":
        return
    for piece in block.pieces:
        before = None if piece.apart else before
        for run in shown.get((piece.page, piece.number), ()):
            size = run.size * abs(run.matrix[3])
            here = piece.page, run.matrix[5] + run.rise * run.matrix[3], size, piece.number, run
            if before and before[0] == here[0]:
                by, larger = before[1] - here[1], max(size, before[2])
                beside = block.kind in _TEXTS and abs(by) < SLACK
                if beside and _is_gap(before[4], run, APART * larger) and _is_empty(before[4], run, piece.page, shown):
                    yield piece.page, piece.number, 0.0, before[3]
                if SLACK < abs(by) < LINE * larger and min(size, before[2]) > SMALLER * larger:
                    yield piece.page, piece.number, by, before[3]
            before = here


def _is_gap(before: TextRun, run: TextRun, least: float) -> bool:
    """Whether two runs beside each other are further apart than `least`, in points, and their lines' spaces."""
    begin, end = _space(before, run)
    return end - begin > least and end - begin - max(_stretch(before), _stretch(run)) > least


def _stretch(run: TextRun) -> float:
    """By how much the widest space of a run is wider than its glyph, in points: lines are justified."""
    widest = max((-back for _, back in run.kerning), default=0.0)
    return max(widest, 0.0) / 1000 * run.size * abs(run.matrix[0])


def _space(before: TextRun, run: TextRun) -> tuple[float, float]:
    """Where the space between two runs of a line begins and ends, from the left."""
    left, right = sorted((before, run), key=lambda each: each.matrix[4])
    return left.matrix[4] + left.width * abs(left.matrix[0]), right.matrix[4]


def _is_empty(before: TextRun, run: TextRun, page: int, shown: Shown) -> bool:
    """Whether no other text is drawn between two runs: in text of two directions, what follows may be further on."""
    begin, end = _space(before, run)
    return not any(
        begin - SLACK < other.matrix[4] < end - SLACK and abs(other.matrix[5] - run.matrix[5]) < SLACK
        for (on, _), runs in shown.items()
        if on == page
        for other in runs
    )


class _Line(NamedTuple):
    """A page, the first marked content of a line on it, the height of the line from below, and its size."""

    page: int
    content: int
    height: float
    size: float


def _lines(block: TaggedBlock, shown: Shown) -> list[_Line]:
    lines: list[_Line] = []
    for piece in block.pieces:
        for run in shown.get((piece.page, piece.number), ()):
            size, height = run.size * abs(run.matrix[3]), run.matrix[5]
            if not lines or lines[-1].page != piece.page or lines[-1].height - height > LINE * size:
                lines.append(_Line(piece.page, piece.number, height, size))
    return lines


def _distance(upper: _Line, lower: _Line) -> float | None:
    """How far a line is above the next; None at the end of a page, and where the size changes."""
    if upper.page == lower.page and abs(upper.size - lower.size) < 0.1:
        return upper.height - lower.height
    return None


def _gaps(lines: Sequence[_Line]) -> list[float | None]:
    """The distance of each line from the next."""
    return [_distance(upper, lower) for upper, lower in pairwise(lines)]


def _leadings(paragraphs: Sequence[Sequence[_Line]]) -> Mapping[float, float]:
    """Size → the distance of lines in it, where nearly all in a file have the same."""
    found: dict[float, list[float]] = defaultdict(list)
    for lines in paragraphs:
        for line, gap in zip(lines, _gaps(lines), strict=False):
            if gap is not None:
                found[round(line.size, 1)].append(gap)
    usual = {size: sorted(gaps)[len(gaps) // 2] for size, gaps in found.items() if len(gaps) >= MANY}
    return {
        size: gap
        for size, gap in usual.items()
        if sum(abs(other - gap) < SLACK for other in found[size]) > SAME * len(found[size])
    }


def _apart(lines: Sequence[_Line], leading: float | None) -> Iterator[Displaced]:
    """Each line that is nearer to the one line beside it than to the other, or than lines are."""
    gaps = _gaps(lines)
    known = sorted(gap for gap in gaps if gap is not None)
    usual = leading or (known[len(known) // 2] if len(known) > 2 else 0.0)
    for place, (above, below) in enumerate(pairwise([None, *gaps, None])):
        off = [gap - usual for gap in (above, below) if gap is not None]
        if not usual or not off or min(map(abs, off)) < 2 * SLACK or max(map(abs, off)) > usual / 2:
            continue
        if len(off) == 2 and abs(sum(off)) > SLACK:
            continue
        if len(off) == 1 and not leading:
            continue
        line, other = lines[place], lines[place - 1 if place else 1]
        yield line.page, line.content, off[0] if above is not None else -off[0], other.content


def _moved(tree: Sequence[TaggedBlock], paragraphs: Mapping[int, Sequence[_Line]]) -> Mapping[int, Displaced]:
    """Paragraph → its line that is as much nearer to the one beside it as it is further from the other.

    The distances of lines, and those of paragraphs, are the ones that a file has several times in a size.
    """
    texts: list[tuple[int, _Line | None]] = []
    notes: list[tuple[int, _Line | None]] = []
    for at, block in enumerate(tree):
        (notes if block.kind == "Note" else texts).extend((at, line) for line in paragraphs.get(at) or (None,))
    flow = [*texts, *notes]
    gaps: list[tuple[tuple[float, bool], float] | None] = []
    counted: dict[tuple[float, bool], Counter[float]] = defaultdict(Counter)
    for (at, upper), (there, lower) in pairwise(flow):
        gap = _distance(upper, lower) if upper and lower else None
        gaps.append(((round(lower.size, 1), at == there), gap) if lower and gap else None)
        if gaps[-1] and gap:
            counted[gaps[-1][0]][round(gap, 1)] += 1
    usual = {kind: [gap for gap, times in found.items() if times >= OFTEN] for kind, found in counted.items()}
    unusual = [_differences(gap[1], usual[gap[0]]) if gap else [] for gap in gaps]
    moved: dict[int, Displaced] = {}
    for ((_, before), (at, line)), (over, under) in zip(pairwise(flow), pairwise(unusual), strict=False):
        if before and line and over and under:
            by = [each for each in over if any(abs(each + other) < 2 * SLACK for other in under)]
            if by and abs(least := min(by, key=abs)) < LINE * line.size:
                moved.setdefault(at, (line.page, line.content, least, before.content))
    return moved


def _differences(gap: float, usual: Sequence[float]) -> Sequence[float]:
    """By how much a distance is larger than each of the usual ones; nothing for one that is near one of them."""
    by = [gap - each for each in usual]
    return by if by and min(map(abs, by)) > 2 * SLACK else ()
