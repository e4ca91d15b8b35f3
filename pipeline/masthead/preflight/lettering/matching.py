"""The glyphs of paragraphs matched with the letters and marks of their text, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from masthead.page import reorder
from masthead.pdf import Block, Meaning, PlacedGlyph
from masthead.preflight.lettering import expected

COLUMN = 2.0  # of the size: the first line of the next column is higher than the last one by more
SAME_LINE = 0.45  # of the largest size: calls are raised by less, lines are further apart
NARROW = 0.01  # points: a glyph with no more advance is a mark
_HYPHENS = frozenset("-\u2010")
_FROM_LEFT = attrgetter("x", "advance")


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """A line of a block: the letters that it should show, from left to right, and the glyphs that it shows.

    `found` are the glyphs, without spaces and marks, that match the letters `wanted` from the left until the first
    mismatch; `starts` has for each the place of its first letter. `whole` says that every letter and glyph is matched.
    """

    block: Block
    letters: tuple[expected.Letter, ...]
    glyphs: tuple[PlacedGlyph, ...]
    wanted: tuple[expected.Letter, ...] = ()
    found: tuple[PlacedGlyph, ...] = ()
    starts: Sequence[int] = (0,)
    whole: bool = False

    @property
    def matches(self) -> tuple[tuple[PlacedGlyph, tuple[expected.Letter, ...]], ...]:
        """The glyphs found, each with its letters."""
        spans = zip(self.found, pairwise(self.starts), strict=True)
        return tuple((glyph, self.wanted[start:end]) for glyph, (start, end) in spans)


def read_lines(blocks: Iterable[Block]) -> tuple[MatchedLine, ...]:
    """Match the glyphs of each block with its text, line by line, up to a line that lacks letters.

    A block without text in the structure has no lines.
    """
    return tuple(line for block in blocks if block.text for line in _read_block(block))


def _read_block(block: Block) -> Iterator[MatchedLine]:
    letters = expected.letters(block)
    places = [letter.place for letter in letters if letter.is_seen]
    done = 0
    for drawn in _lines(block.rows):
        seen = [glyph for glyph in drawn if glyph.advance > NARROW and glyph.meaning.is_base]
        count = sum([glyph.meaning.count for glyph in seen])
        line = _match(block, _letters_at(letters, places[done : done + count]), drawn, seen)
        if not line.whole and _ends_divided(seen, letters, places[max(0, done + count - 2) : done + count]):
            seen, count = seen[:-1], count - 1
            line = _match(block, _letters_at(letters, places[done : done + count]), drawn, seen)
        # A glyph may show one letter or several: two dashes that are drawn as one.
        for more in range(1, sum(map(_surplus, seen)) + 1) if not line.whole else ():
            longer = _match(block, _letters_at(letters, places[done : done + count + more]), drawn, seen)
            if longer.whole:
                line, count = longer, count + more
                break
        done += count
        yield line
        if not (line.whole or _has_same_letters(line, seen)):
            return
    if done < len(places):
        yield MatchedLine(block, tuple([letters[place] for place in places[done:]]), block.glyphs[-1:])


def _letters_at(letters: Sequence[expected.Letter], places: Sequence[int]) -> Sequence[expected.Letter]:
    """Return the letters of a line: from the first of the places that are seen to the last, with its marks."""
    return letters[places[0] : _end(letters, places[-1] + 1)] if places else ()


def _ends_divided(seen: Sequence[PlacedGlyph], letters: Sequence[expected.Letter], around: Sequence[int]) -> bool:
    """Whether the last glyph is a hyphen where the text has none, between two letters of a word: those `around` it."""
    if len(around) < 2 or around[1] - around[0] > 1 or _HYPHENS.isdisjoint(seen[-1].meaning.forms):
        return False
    return all(letters[place].char.isalpha() and letters[place].level % 2 == 0 for place in around)


def _surplus(glyph: PlacedGlyph) -> int:
    """Return how many more letters than its least count a glyph can show."""
    return max([len(reading) for reading in glyph.meaning.ligatures], default=glyph.meaning.count) - glyph.meaning.count


def _has_same_letters(line: MatchedLine, seen: Sequence[PlacedGlyph]) -> bool:
    """Whether a wrong line has its letters at least, so that the next line can be matched."""
    missing = Counter(letter.shape for letter in line.letters if letter.is_seen)
    for glyph in seen:
        chars = (*glyph.meaning.forms, *(char for reading in glyph.meaning.ligatures for char, _ in reading))
        missing.subtract(next(([char] for char in chars if missing[char] > 0), ()))
    return not +missing


def _lines(rows: Sequence[tuple[PlacedGlyph, ...]]) -> Iterator[list[PlacedGlyph]]:
    """Yield the glyphs of each line from left to right. A call may be beside letters smaller than most."""
    line: list[PlacedGlyph] = []
    apart = SAME_LINE * max((row[0].size for row in rows), default=0)
    before = (0, 0)
    for column, row in sorted(_columns(rows), key=lambda each: (each[1][0].page, each[0], each[1][0].baseline)):
        here = (row[0].page, column)
        if line and (here != before or row[0].baseline - line[-1].baseline > apart):
            yield sorted(line, key=_FROM_LEFT)
            line = []
        line += row
        before = here
    if line:
        yield sorted(line, key=_FROM_LEFT)


def _columns(rows: Iterable[tuple[PlacedGlyph, ...]]) -> Iterator[tuple[int, tuple[PlacedGlyph, ...]]]:
    """Yield each row with the number of its column: one that begins above and beside all that was drawn before it."""
    column, page, left, right, last = 0, 0, 0.0, 0.0, 0.0
    for row in rows:
        start, end = min(glyph.x for glyph in row), max(glyph.x + glyph.advance for glyph in row)
        baseline, rise = row[0].baseline, COLUMN * row[0].size
        if row[0].page != page:
            column, page, left, right = 0, row[0].page, start, end
        elif baseline < last - rise and (end <= left or start >= right):
            column, left, right = column + 1, start, end
        left, right, last = min(left, start), max(right, end), baseline
        yield column, row


def _end(letters: Sequence[expected.Letter], end: int) -> int:
    """Return the place after the marks and controls that begin at `end`."""
    while end < len(letters) and not (letters[end].is_seen or letters[end].char.isspace()):
        end += 1
    return end


def _match(
    block: Block, letters: Sequence[expected.Letter], drawn: Sequence[PlacedGlyph], seen: Sequence[PlacedGlyph]
) -> MatchedLine:
    visual = reorder(letters, [letter.level for letter in letters])
    wanted = [letter for letter in visual if letter.is_seen]
    starts, start = [0], 0
    for glyph in seen:
        if start < len(wanted) and wanted[start].shape in glyph.meaning.forms:
            start += 1
        elif length := _ligature(glyph.meaning, wanted, start):
            start += length
        else:
            break
        starts.append(start)
    found = tuple(seen[: len(starts) - 1])
    whole = start == len(wanted) and len(found) == len(seen)
    return MatchedLine(block, tuple(visual), tuple(drawn), tuple(wanted), found, starts, whole)


def _ligature(meaning: Meaning, wanted: Sequence[expected.Letter], start: int) -> int:
    """Return how many of the `wanted` letters from `start` a glyph can be a ligature of; 0 for no ligature."""
    for reading in meaning.ligatures:
        part = [letter.shape for letter in wanted[start : start + len(reading)]]
        if part and wanted[start].level % 2:
            part.reverse()
        if part == [char for char, _ in reading]:
            return len(part)
    return 0


def has_marks(drawn: Iterable[Meaning], wanted: Counter[str]) -> bool:
    """Whether the marks drawn are exactly those wanted."""
    return all(take_mark(mark, wanted) for mark in sorted(drawn, key=ambiguity)) and not +wanted


def ambiguity(mark: Meaning) -> int:
    """Return the sort key by which marks are matched: those with the fewest readings first."""
    return len(mark.readings)


def take_mark(mark: Meaning, wanted: Counter[str]) -> bool:
    """Remove one mark that a glyph can be from those wanted; return whether there was one."""
    char = next((char for char in mark.marks if wanted[char]), None)
    if char is not None:
        wanted[char] -= 1
    return char is not None
