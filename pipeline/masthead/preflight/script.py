"""Two judges of the script drawn, which know nothing of how the page was made.

*Visual order*: the glyphs of each line by their places, mirrored ones included, against the UAX #9 levels of the whole
paragraph (python-bidi) and rules L1 and L2 for the line. *Joining*: the form in which a letter is drawn, by its font's
tables, against arabic-reshaper. Both look at `masthead.preflight.glyphs`, so a page is read once for the two.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from masthead import fonts
from masthead.findings import Finding, Severity
from masthead.joining import is_mark
from masthead.preflight import expected, glyphs
from masthead.preflight.expected import Letter
from masthead.preflight.glyphs import Block, Glyph
from masthead.preflight.letters import Meaning, forms_shown

ORDER = "visual-order"
JOINING = "joining"

_SAME_LINE = 0.45  # of the size: calls are raised by less, lines stand further apart
_GAP = 0.12  # of the size: words that stand this far apart are apart without a space glyph
_FROM_LEFT = attrgetter("x", "advance")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block: the letters it should show, from left to right, and the glyphs that it shows."""

    block: Block
    letters: tuple[Letter, ...]
    glyphs: tuple[Glyph, ...]
    matches: tuple[tuple[Glyph, tuple[Letter, ...]], ...]
    whole: bool
    """Whether `matches` says it all: every letter seen has its glyph, and every glyph its letter."""


def check(pdf: bytes) -> tuple[Finding, ...]:
    """Judge a tagged PDF set in the project's fonts."""
    lines = read_lines(glyphs.read(pdf, fonts.load().faces))
    return (*check_order(lines), *check_joining(lines))


def read_lines(blocks: Iterable[Block]) -> tuple[Line, ...]:
    """Match the glyphs of each block with its text, line by line; a line that lacks letters ends its block.

    A block whose text the structure does not give cannot be judged, and has no lines.
    """
    return tuple(line for block in blocks if block.text for line in _read_block(block))


def check_order(lines: Iterable[Line]) -> tuple[Finding, ...]:
    """Find letters that are not where UAX #9 puts them, not there, too many, or without their spaces and marks."""
    findings = []
    for line in lines:
        if not line.whole:
            findings.append(_finding(ORDER, "a line is not in the order of its letters", line, _rest(line)))
            continue
        findings += [_finding(ORDER, message, line, found) for message, found in (*_spaces(line), *_marks(line))]
    return tuple(findings)


def check_joining(lines: Iterable[Line]) -> tuple[Finding, ...]:
    """Find letters that are drawn in another form than their neighbours want: a join broken, or one too many."""
    return tuple(
        _finding(JOINING, f"a letter is not drawn in its {_NAMES[found[0].form]} form", line, [(glyph, found)])
        for line in lines
        for glyph, found in line.matches
        if (found[0].form or len(found) > 1) and not _has_form(glyph.meaning, found)
    )


_NAMES = {"init": "initial", "medi": "medial", "fina": "final", "isol": "isolated", "": "own"}
Found = Sequence[tuple[Glyph, Sequence[Letter]]]


def _finding(rule: str, message: str, line: Line, found: Found) -> Finding:
    shown = [glyph for glyph, _ in found] or list(line.glyphs)
    places = [letter.place for _, letters in found for letter in letters]
    word = _word(line.block.text, min(places), max(places)) if places else ""
    return Finding(
        rule,
        Severity.ERROR,
        message,
        page=shown[0].page if shown else None,
        where=f"“{word}”" if word else f"“{line.block.text[:60]}”",
        hint="look at the page; the text is right in the source, so the fault is in typesetting",
        box=(
            min(glyph.x for glyph in shown),
            min(glyph.baseline - glyph.size for glyph in shown),
            max(glyph.x + glyph.advance for glyph in shown),
            max(glyph.baseline + glyph.size / 3 for glyph in shown),
        )
        if shown
        else None,
    )


def _word(text: str, first: int, last: int) -> str:
    start = text.rfind(" ", 0, first) + 1
    end = text.find(" ", last)
    return text[start : end if end >= 0 else len(text)]


def _rest(line: Line) -> Found:
    """The glyphs after the last that matched, with the letters expected there."""
    done = {letter.place for _, letters in line.matches for letter in letters}
    letters = [letter for letter in line.letters if letter.is_seen and letter.place not in done]
    glyph = line.glyphs[min(len(line.matches), len(line.glyphs) - 1)] if line.glyphs else None
    return [(glyph, letters[:1])] if glyph else []


# --- a block and its lines --------------------------------------------------------------------------------------------


def _read_block(block: Block) -> Iterator[Line]:
    wanted = expected.letters(block)
    start = 0
    for drawn in _lines(block.rows):
        seen = [glyph for glyph in drawn if _is_base(glyph)]
        while start < len(wanted) and not wanted[start].is_seen:
            start += 1
        end = _end(wanted, start, sum(glyph.meaning.count for glyph in seen))
        line = _match(block, wanted[start:end], drawn, seen)
        start = end
        yield line
        if not (line.whole or _has_same_letters(line, seen)):
            return
    left = [letter for letter in wanted[start:] if letter.is_seen]
    if left:
        yield Line(block, tuple(left), block.glyphs[-1:], (), whole=False)


def _is_base(glyph: Glyph) -> bool:
    return glyph.advance > 0.01 and not glyph.meaning.is_piece and glyph.meaning.count > 0


def _has_same_letters(line: Line, seen: Sequence[Glyph]) -> bool:
    """Whether a line that is wrong has its letters at least, so that the next one can be found."""
    missing = Counter(letter.shape for letter in line.letters if letter.is_seen)
    for glyph in seen:
        chars = (*glyph.meaning.forms, *(char for reading in glyph.meaning.ligatures for char, _ in reading))
        missing.subtract(next(([char] for char in chars if missing[char] > 0), ()))
    return not +missing


def _lines(rows: Sequence[tuple[Glyph, ...]]) -> Iterator[list[Glyph]]:
    """Glyphs of one line each, from left to right."""
    line: list[Glyph] = []
    for row in sorted(rows, key=lambda row: (row[0].page, row[0].baseline)):
        if line and (
            row[0].page != line[-1].page
            or row[0].baseline - line[-1].baseline > _SAME_LINE * max(row[0].size, line[-1].size)
        ):
            yield sorted(line, key=_FROM_LEFT)
            line = []
        line += row
    if line:
        yield sorted(line, key=_FROM_LEFT)


def _end(letters: Sequence[Letter], start: int, count: int) -> int:
    """The end of `count` letters seen, with the marks and controls after them."""
    end = start
    while end < len(letters) and (count or not (letters[end].is_seen or letters[end].char.isspace())):
        count -= letters[end].is_seen
        end += 1
    return end


def _reorder(letters: Sequence[Letter]) -> list[Letter]:
    """Rule L2: from the highest level down to the lowest odd one, turn each stretch of that level or more."""
    result = list(letters)
    levels = {letter.level for letter in letters}
    for level in range(max(levels, default=0), 0, -1):
        if level <= min(levels):
            result.reverse()
            continue
        start = 0
        while start < len(result):
            end = start
            while end < len(result) and result[end].level >= level:
                end += 1
            result[start:end] = result[start:end][::-1]
            start = max(end, start + 1)
    return result


def _match(block: Block, letters: Sequence[Letter], drawn: Sequence[Glyph], seen: Sequence[Glyph]) -> Line:
    visual = _reorder(letters)
    wanted = [letter for letter in visual if letter.is_seen]
    matches: list[tuple[Glyph, tuple[Letter, ...]]] = []
    start = 0
    for glyph in seen:
        if start < len(wanted) and wanted[start].shape in glyph.meaning.forms:
            matches.append((glyph, (wanted[start],)))
            start += 1
        elif length := _ligature(glyph.meaning, wanted, start):
            matches.append((glyph, tuple(wanted[start : start + length])))
            start += length
        else:
            break
    whole = start == len(wanted) and len(matches) == len(seen)
    return Line(block, tuple(visual), tuple(drawn), tuple(matches), whole)


def _ligature(meaning: Meaning, wanted: Sequence[Letter], start: int) -> int:
    """How many of the `wanted` letters from `start` a glyph can stand for together; 0 when there are none."""
    for reading in meaning.ligatures:
        part = [letter.shape for letter in wanted[start : start + len(reading)]]
        if part and wanted[start].level % 2:
            part.reverse()
        if part == [char for char, _ in reading]:
            return len(part)
    return 0


# --- what the lines show ----------------------------------------------------------------------------------------------


def _has_form(meaning: Meaning, found: Sequence[Letter]) -> bool:
    """Whether a glyph that stands for the letters found can be those in the forms that are wanted of them."""
    if len(found) == 1:
        (letter,) = found
        return not letter.form or letter.form in meaning.forms.get(letter.shape, ())
    logical = sorted(found, key=lambda letter: letter.place)
    return any(
        all(letter.form in ("", *forms_shown(form)) for (_, form), letter in zip(reading, logical, strict=True))
        for reading in meaning.ligatures
        if [char for char, _ in reading] == [letter.shape for letter in logical]
    )


def _spaces(line: Line) -> Iterator[tuple[str, Found]]:
    """Words of the text that are not apart on the line, and words torn apart."""
    gaps = sorted(glyph.middle for glyph in line.glyphs if glyph.meaning.is_space)
    spaced: set[int] = set()  # the places of letters with white space at their right
    last = -1
    for letter in line.letters:
        if letter.is_seen:
            last = letter.place
        elif letter.char.isspace():
            spaced.add(last)
    for (left, before), (right, behind) in pairwise(line.matches):
        wanted, apart = before[-1].place in spaced, right.x - left.x - left.advance > _GAP * left.size
        if wanted is not apart:
            space = bisect_right(gaps, left.middle) < bisect_left(gaps, right.middle)
            if space is not wanted:
                message = "two words run together" if wanted else "a word is torn apart"
                yield message, [(left, before), (right, behind)]


def _marks(line: Line) -> Iterator[tuple[str, Found]]:
    """Marks of the text that the line lacks, and marks too many."""
    wanted = Counter(letter.char for letter in line.letters if not letter.is_seen and is_mark(letter.char))
    drawn = [glyph for glyph in line.glyphs if _is_mark(glyph)]
    for glyph in sorted(drawn, key=lambda glyph: len(glyph.readings)):
        char = next((char for char in glyph.meaning.marks if wanted[char]), None)
        if char is None:
            yield "a mark is drawn that the text has not", [(glyph, ())]
        else:
            wanted[char] -= 1
    for char in +wanted:
        place = next(letter for letter in line.letters if letter.char == char)
        yield f"a mark is not drawn: {unicodedata.name(char, char).lower()}", [(line.glyphs[0], (place,))]


def _is_mark(glyph: Glyph) -> bool:
    return glyph.advance <= 0.01 and not glyph.meaning.is_piece and bool(glyph.meaning.marks)
