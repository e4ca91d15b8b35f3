"""The break map compared: where pages end, at which words lines end, and on which page each note is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from masthead.comparison.contents import TextBlock
from masthead.comparison.glyphs import GlyphChanges
from masthead.comparison.results import Difference, Layer
from masthead.comparison.text import Blocks, Pairing

_MOST = 6  # lines that a message names one by one
_FEW = 3  # paragraphs that break differently and are named one by one


class LinePosition(NamedTuple):
    """A line: the number of its block, and its number in the block, both from 0."""

    block: int
    line: int


def differences(
    baseline: Blocks,
    candidate: Blocks,
    pairings: Sequence[Pairing],
    numbers: Mapping[int, int],
    found: GlyphChanges,
) -> Iterator[Difference]:
    """Yield the pages and lines that end elsewhere, and the notes that are on another page.

    `numbers` has for pages of the baseline those of the candidate; what `found` says to be pushed follows from what has
    pushed it.
    """
    yield from _page_ends(baseline, candidate, pairings, numbers)
    lines: list[Difference] = []
    first = min(found.causes, default=len(candidate))
    for pairing in pairings:
        if len(pairing.before) == len(pairing.after) == 1:
            old, new = baseline[pairing.before[0]], candidate[pairing.after[0]]
            follows = pairing.after[0] in found.pushed or old.text != new.text
            if new.is_note:
                yield from (replace(each, follows=first < pairing.after[0]) for each in _note(old, new, numbers))
            lines += [replace(each, follows=follows) for each in _lines(old, new)]
    mine = [each for each in lines if not each.follows]
    if len(mine) <= _FEW:
        yield from lines
    else:
        message = f"{len(mine)} paragraphs break differently, the first: {mine[0].message}"
        pages = tuple(sorted({each.page for each in mine if each.page}))
        yield replace(mine[0], message=message, pages=pages if len(pages) > 1 else ())
        yield from (each for each in lines if each.follows)


def _page_ends(
    baseline: Blocks, candidate: Blocks, pairings: Sequence[Pairing], numbers: Mapping[int, int]
) -> Iterator[Difference]:
    flow = _flow(baseline)
    place = {position: number for number, position in enumerate(flow)}
    before = {numbers.get(baseline[each.block].lines[each.line].page, 0): each for each in flow}
    after = {candidate[each.block].lines[each.line].page: each for each in _flow(candidate)}
    counterparts = _counterparts(pairings)
    first = _first_change(baseline, candidate, pairings)
    said = False  # what ends elsewhere moves the ends of all pages after it
    for page in sorted(before.keys() & after.keys()):
        end = after[page]
        at, is_new = counterparts[end.block]
        # A new block is after the last line of the block before it. Likewise if the baseline's block has fewer lines.
        counterpart = LinePosition(at, len(flow) if is_new else end.line)
        last = max((place[each] for each in flow if each.block <= at), default=-1)
        lines = place[before[page]] - place.get(counterpart, last)
        if counterpart == before[page] or lines == 0:
            continue
        block = candidate[end.block]
        count = f"{abs(lines)} line{'s' if abs(lines) > 1 else ''} {'earlier' if lines > 0 else 'later'}"
        message = f"page {page} ends {count}, in {block.name}, line {end.line + 1} of {len(block.lines)}"
        follows = first <= end.block or said
        said = True
        yield Difference(Layer.BREAKS, message, page, block.lines[end.line].box, follows=follows)


def _flow(blocks: Blocks) -> list[LinePosition]:
    """The lines of the running text in order, without notes, and without heads and feet of pages."""
    flow = ((at, block) for at, block in enumerate(blocks) if not block.is_note and block.kind != "Artifact")
    return [LinePosition(at, line) for at, block in flow for line in range(len(block.lines))]


def _counterparts(pairings: Sequence[Pairing]) -> dict[int, tuple[int, bool]]:
    """The baseline's block for each block of the candidate, and whether the latter is new or moved.

    For such a block it is the baseline's block before it, and -1 if there is none.
    """
    counterparts, last = dict[int, tuple[int, bool]](), -1
    for pairing in pairings:
        is_new = pairing.moved or not pairing.before
        last = last if is_new else pairing.before[-1]
        counterparts |= dict.fromkeys(pairing.after, (last, is_new))
    return counterparts


def _first_change(baseline: Blocks, candidate: Blocks, pairings: Sequence[Pairing]) -> int:
    """The first block of the candidate whose words are new, or before which blocks are missing."""
    reached = 0
    for each in pairings:
        if each.moved or [baseline[at].text for at in each.before] != [candidate[at].text for at in each.after]:
            return each.after[0] if each.after else reached
        reached = each.after[-1] + 1
    return len(candidate)


def _note(old: TextBlock, new: TextBlock, numbers: Mapping[int, int]) -> Iterator[Difference]:
    was = list(dict.fromkeys(numbers.get(line.page, line.page) for line in old.lines))
    now = list(dict.fromkeys(line.page for line in new.lines))
    if was != now:
        pages = " and ".join(map(str, now)) or "no page"
        message = f"{new.name} has moved from page {' and '.join(map(str, was))} to {pages}"
        yield Difference(Layer.BREAKS, message, new.page)


def _lines(old: TextBlock, new: TextBlock) -> Iterator[Difference]:
    """Lines of one block that end at other words."""
    if len(old.lines) != len(new.lines):
        message = f"{new.name} has {len(new.lines)} lines, not {len(old.lines)}"
        yield Difference(Layer.BREAKS, message, new.page, new.lines[0].box if new.lines else None)
        return
    if old.text != new.text:
        return  # the text layer reports the words, which move the ends of lines
    ends = [(a.text.split()[-1:], b.text.split()[-1:]) for a, b in zip(old.lines, new.lines, strict=True)]
    moved = [number for number, (was, now) in enumerate(ends) if was != now]
    if moved:
        numbers = ", ".join(str(number + 1) for number in moved[:_MOST]) + (" …" if len(moved) > _MOST else "")
        line, word = new.lines[moved[0]], "".join(ends[moved[0]][1])
        message = f"{new.name} breaks differently: line {numbers}, now at “{word}”"
        yield Difference(Layer.BREAKS, message, line.page, line.box)
