"""The break map compared: where pages end, at which words lines end, and on which page each note is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from masthead.comparison.contents import TextBlock
from masthead.comparison.results import Difference, Layer
from masthead.comparison.text import Blocks, Pairing

_MOST = 6  # lines that a message names one by one


class LinePosition(NamedTuple):
    """A line: the number of its block, and its number in the block, both from 0."""

    block: int
    line: int


def differences(baseline: Blocks, candidate: Blocks, pairings: Sequence[Pairing]) -> Iterator[Difference]:
    """Yield the pages and lines that end elsewhere, and the notes that are on another page."""
    yield from _page_ends(baseline, candidate, pairings)
    for pairing in pairings:
        if len(pairing.before) == len(pairing.after) == 1:
            old, new = baseline[pairing.before[0]], candidate[pairing.after[0]]
            if new.is_note:
                yield from _note(old, new)
            yield from _lines(old, new)


def _page_ends(baseline: Blocks, candidate: Blocks, pairings: Sequence[Pairing]) -> Iterator[Difference]:
    flow = _flow(baseline)
    place = {position: number for number, position in enumerate(flow)}
    before = {baseline[each.block].lines[each.line].page: each for each in flow}
    after = {candidate[each.block].lines[each.line].page: each for each in _flow(candidate)}
    counterparts = _counterparts(pairings)
    for page in sorted(before.keys() & after.keys()):
        end = after[page]
        counterpart = LinePosition(counterparts[end.block], end.line)
        # If the baseline block has fewer lines, use its last line.
        last = max((place[each] for each in flow if each.block <= counterpart.block), default=0)
        lines = place[before[page]] - place.get(counterpart, last)
        if counterpart == before[page] or lines == 0:
            continue
        block = candidate[end.block]
        count = f"{abs(lines)} line{'s' if abs(lines) > 1 else ''} {'earlier' if lines > 0 else 'later'}"
        message = f"page {page} ends {count}, in {block.name}, line {end.line + 1} of {len(block.lines)}"
        yield Difference(Layer.BREAKS, message, page, block.lines[end.line].box)
    for page in sorted(after.keys() - before.keys()):
        yield Difference(Layer.BREAKS, f"page {page} is new: it had no text before", page)
    for page in sorted(before.keys() - after.keys()):
        yield Difference(Layer.BREAKS, f"page {page} has no text any more", page)


def _flow(blocks: Blocks) -> list[LinePosition]:
    """The lines of the running text in order, without notes, and without heads and feet of pages."""
    flow = ((at, block) for at, block in enumerate(blocks) if not block.is_note and block.kind != "Artifact")
    return [LinePosition(at, line) for at, block in flow for line in range(len(block.lines))]


def _counterparts(pairings: Sequence[Pairing]) -> dict[int, int]:
    """The baseline's block for each block of the candidate; for a new block, the previous block."""
    counterparts, last = dict[int, int](), 0
    for pairing in pairings:
        last = pairing.before[-1] if pairing.before else last
        counterparts |= dict.fromkeys(pairing.after, last)
    return counterparts


def _note(old: TextBlock, new: TextBlock) -> Iterator[Difference]:
    was, now = (list(dict.fromkeys(line.page for line in each.lines)) for each in (old, new))
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
