"""A quick look at a block, run by run, that finds most blocks correct.

The rules on order and joining compare a paragraph glyph by glyph, and report what is wrong and where. Here a line is
compared as a whole, by the same levels, forms and readings of glyphs; anything unusual is left to the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter, contains
from typing import NamedTuple

from masthead.page import reorder
from masthead.pdf import Block, Meaning, ShownRun, Sign, Summaries, Summary, meanings
from masthead.preflight.lettering import expected
from masthead.preflight.lettering.matching import SAME_LINE, has_marks

_LEFT = attrgetter("left")


class Stretch(NamedTuple):
    """What a run shows: where its first sign begins, its last sign begins, and its end; its signs and marks."""

    left: float
    last: float
    right: float
    size: float
    signs: Sequence[Sign]
    marks: Sequence[Meaning]


class _Unsure(Exception):
    """Something needs a closer look."""


def is_right(block: Block) -> bool:
    """Whether every letter is certainly in its place and form, with its marks, and only words are apart."""
    try:
        lines = [sorted(line, key=_LEFT) for line in _lines(block.shown)]
        drawn = [_side_by_side(line) for line in lines]
    except _Unsure:
        return False
    text = expected.signs(block)
    done = 0
    for line, signs in zip(lines, drawn, strict=True):
        done = _after_spaces(text, done)
        places = text.places[done : done + len(signs)]
        if not places or len(places) < len(signs):
            return False
        here = slice(places[0], places[-1] + 1)
        wanted = filter(None, reorder(text.signs[here], text.levels[here]))
        if not all(map(contains, signs, wanted)):
            return False
        done += len(places)
        end = text.places[done] if done < len(text.places) else len(text.signs)
        marks = [mark for place, mark in text.marks if places[0] <= place < end]
        drawn_marks = [mark for stretch in line for mark in stretch.marks]
        if (marks or drawn_marks) and not has_marks(drawn_marks, Counter(marks)):
            return False
    return _after_spaces(text, done) == len(text.places)


def _after_spaces(text: expected.Signs, done: int) -> int:
    while done < len(text.places) and text.signs[text.places[done]] == " ":
        done += 1
    return done


def _lines(shown: Sequence[ShownRun]) -> Iterator[list[Stretch]]:
    """Yield the stretches of each line."""
    line: list[Stretch] = []
    before = (0, 0.0, 0.0)
    for each in sorted(shown, key=_height):
        page, baseline = _height(each)
        size = each.run.size * each.run.matrix[0]
        if line and (page != before[0] or baseline - before[1] > SAME_LINE * max(size, before[2])):
            yield line
            line = []
        stretch = _stretch(each, size)
        if stretch.signs:
            line.append(stretch)
        elif stretch.marks:
            raise _Unsure
        before = page, baseline, size
    if line:
        yield line


def _height(shown: ShownRun) -> tuple[int, float]:
    *_, d, _, f = shown.run.matrix
    return shown.page, shown.top - f - d * shown.run.rise


def _stretch(shown: ShownRun, size: float) -> Stretch:
    run, summaries = shown.run, shown.font.summaries
    a, b, c, _, x, _ = run.matrix
    unit, spacing = run.size, run.spacing
    if not (a > 0 and b == c == 0 and unit > 0 and spacing >= 0):
        raise _Unsure
    codes, kerning = run.codes, run.kerning
    signs, marks, first, rest, over = summaries.of(codes)
    for number, (place, back) in enumerate(kerning):
        if back <= 0 and codes[place - 1] in summaries.spaces:
            continue  # a wider space, as most in justified lines
        before, after = summaries[codes[place - 1]], summaries[codes[place]]
        if not (before.signs and after.signs):  # the mark of a letter is drawn before or after it
            before = _seen(summaries, codes[:place][::-1])
            after = _seen(summaries, codes[place : kerning[number + 1][0] if number + 1 < len(kerning) else None])
        if before.rest + after.first <= back / 1000:
            raise _Unsure
        gap = after.first - before.over - back / 1000
        if gap > meanings.WORDS_APART and meanings.SPACE not in (before.signs[-1], after.signs[0]):
            raise _Unsure
    last, right = run.width - spacing - rest * unit, run.width + over * unit
    return Stretch(x + a * first * unit, x + a * last, x + a * right, size, signs, marks)


def _seen(summaries: Summaries, codes: Sequence[int]) -> Summary:
    """Return the summary of the first of the codes that shows more than a mark."""
    for code in codes:
        if summaries[code].signs:
            return summaries[code]
    raise _Unsure


def _side_by_side(line: Sequence[Stretch]) -> list[Sign]:
    """Return the signs of a line, without the spaces at its ends."""
    signs = [*line[0].signs]
    for left, right in pairwise(line):
        size = max(left.size, right.size)
        if right.left <= left.last:
            raise _Unsure
        gap = right.left - left.right
        if gap > meanings.WORDS_APART * size and meanings.SPACE not in (left.signs[-1], right.signs[0]):
            signs.append(meanings.SPACE)
        signs += right.signs
    start, end = 0, len(signs)
    while start < end and signs[start] is meanings.SPACE:
        start += 1
    while end > start and signs[end - 1] is meanings.SPACE:
        end -= 1
    return signs[start:end]
