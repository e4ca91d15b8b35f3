"""Two judges of the script drawn, which know nothing of how the page was made.

*Visual order*: the glyphs of each line by their places, mirrored ones included, against the UAX #9 levels of the whole
paragraph (python-bidi) and rules L1 and L2 for the line. *Joining*: the form in which a letter is drawn, by its font's
tables, against arabic-reshaper. Both look at `masthead.preflight.glyphs`, so a page is read once for the two.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import arabic_reshaper
from fontTools.unicodedata.Mirrored import MIRRORED

from masthead import fonts
from masthead.bidi import CONTROLS
from masthead.findings import Finding, Severity
from masthead.joining import ZWJ, is_mark
from masthead.levels import ISOLATES, levels
from masthead.preflight import glyphs
from masthead.preflight.closure import FORMS, PIECE, TATWEEL, Reading
from masthead.preflight.glyphs import Block, Glyph
from masthead.terms import Direction

ORDER = "visual-order"
JOINING = "joining"

_RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur"))
_RESHAPER = arabic_reshaper.ArabicReshaper({"delete_harakat": False, "support_ligatures": False, "support_zwj": True})
_SAME_LINE = 0.45  # of the size: calls are raised by less, lines stand further apart
_GAP = 0.12  # of the size: words that stand this far apart are apart without a space glyph


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a paragraph: its place there, its level, the form that its neighbours want ("" for none)."""

    char: str
    place: int
    level: int
    form: str

    @property
    def is_seen(self) -> bool:
        """Whether it takes room of its own on the line: neither space, mark, tatweel nor control."""
        return _is_seen(self.char)

    @property
    def shape(self) -> str:
        """What is to be seen: mirrored at an odd level (UAX #9, L4)."""
        return chr(MIRRORED.get(ord(self.char), ord(self.char))) if self.level % 2 else self.char


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
        _finding(JOINING, f"a letter is not drawn in its {_NAMES[letters[0].form]} form", line, [(glyph, letters)])
        for line in lines
        for glyph, letters in line.matches
        if any(letter.form for letter in letters) and not _has_form(glyph, letters)
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
    letters = _letters(block)
    start = 0
    for drawn in _lines(block.glyphs):
        seen = [glyph for glyph in drawn if _is_base(glyph)]
        while start < len(letters) and not letters[start].is_seen:
            start += 1
        end = _end(letters, start, sum(_count(glyph) for glyph in seen))
        line = _match(block, letters[start:end], drawn, seen)
        start = end
        yield line
        if not (line.whole or _has_same_letters(line, seen)):
            return
    left = [letter for letter in letters[start:] if letter.is_seen]
    if left:
        yield Line(block, tuple(left), block.glyphs[-1:], (), whole=False)


def _has_same_letters(line: Line, seen: Sequence[Glyph]) -> bool:
    """Whether a line that is wrong has its letters at least, so that the next one can be found."""
    missing = Counter(letter.shape for letter in line.letters if letter.is_seen)
    for glyph in seen:
        chars = {char for reading in glyph.readings for char, _ in _base_letters(reading)}
        missing.subtract(next(([char] for char in chars if missing[char] > 0), ()))
    return not +missing


def _letters(block: Block) -> list[Letter]:
    text = " ".join(block.text.split(" "))
    return [
        Letter(char, place, level, form)
        for place, (char, level, form) in enumerate(zip(text, levels(text, _base(block)), _forms(text), strict=True))
    ]


def _base(block: Block) -> Direction:
    """A note's body goes the way of its first strong character (UAX #9, P2), another block its language's way.

    A block of a right-to-left language without any of its letters is a symbol, a job number or a date in English.
    """
    strong = [kind for kind in map(unicodedata.bidirectional, block.text) if kind in ("L", "R", "AL")]
    if block.kind in glyphs.NOTES and strong:
        return Direction.LTR if strong[0] == "L" else Direction.RTL
    right_to_left = block.language.partition("-")[0] in _RIGHT_TO_LEFT and set(strong) & {"R", "AL"}
    return Direction.RTL if right_to_left else Direction.LTR


def _forms(text: str) -> list[str]:
    """The form of each letter of `text`. The letters around a note call (a first-strong isolate) pass over it."""
    result = [""] * len(text)
    inside: list[list[int]] = [[]]
    for place, char in enumerate(text):
        if char.isspace() or char in "\u2066\u2067":
            _shape(text, inside[-1], result)
            inside[-1] = []
        if char == "\u2069" and len(inside) > 1:
            _shape(text, inside.pop(), result)
        elif char in ISOLATES and char != "\u2069":
            inside.append([])
        elif not (char.isspace() or is_mark(char) or _is_control(char)) or char in (ZWJ, "\u200c"):
            inside[-1].append(place)
    for places in inside:
        _shape(text, places, result)
    return result


def _shape(text: str, places: list[int], result: list[str]) -> None:
    letters = [place for place in places if text[place] != ZWJ]
    for place, form in zip(letters, _word_forms("".join(text[place] for place in places)), strict=True):
        result[place] = form


@lru_cache(maxsize=4096)
def _word_forms(word: str) -> tuple[str, ...]:
    kinds = {"INITIAL": "init", "MEDIAL": "medi", "FINAL": "fina", "ISOLATED": "isol"}
    names = (unicodedata.name(char, "").split(" ") for char in _RESHAPER.reshape(word) if char != ZWJ)
    return tuple(kinds.get(name[-2], "") if name[-1] == "FORM" else "" for name in names)


@lru_cache(maxsize=4096)
def _is_seen(char: str) -> bool:
    return not (char == TATWEEL or char.isspace() or is_mark(char) or _is_control(char))


@lru_cache(maxsize=4096)
def _is_control(char: str) -> bool:
    return char in CONTROLS or unicodedata.bidirectional(char) == "BN"


def _lines(drawn: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs of one line each, from left to right."""
    line: list[Glyph] = []
    for glyph in sorted(drawn, key=lambda glyph: (glyph.page, glyph.baseline)):
        if line and (
            glyph.page != line[-1].page
            or glyph.baseline - line[-1].baseline > _SAME_LINE * max(glyph.size, line[-1].size)
        ):
            yield sorted(line, key=lambda glyph: (glyph.x, glyph.middle))
            line = []
        line.append(glyph)
    if line:
        yield sorted(line, key=lambda glyph: (glyph.x, glyph.middle))


def _is_base(glyph: Glyph) -> bool:
    return glyph.advance > 0.01 and PIECE not in glyph.readings and _count(glyph) > 0


def _count(glyph: Glyph) -> int:
    return _shortest(glyph.readings) if glyph.readings else 1


@lru_cache(maxsize=8192)
def _shortest(readings: frozenset[Reading]) -> int:
    return min(len(_base_letters(reading)) for reading in readings)


@lru_cache(maxsize=8192)
def _base_letters(reading: Reading) -> Reading:
    return tuple((char, form) for char, form in reading if _is_seen(char))


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
    for level in range(max((letter.level for letter in letters), default=0), 0, -1):
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
    matches = []
    start = 0
    for glyph in seen:
        length = _matching(glyph.readings, wanted, start)
        if not length:
            break
        matches.append((glyph, tuple(wanted[start : start + length])))
        start += length
    whole = start == len(wanted) and len(matches) == len(seen)
    return Line(block, tuple(visual), tuple(drawn), tuple(matches), whole)


def _matching(readings: frozenset[Reading], wanted: Sequence[Letter], start: int) -> int:
    """How many of the `wanted` letters from `start` one of the readings is; 0 when none is."""
    for reading in readings:
        letters = [char for char, _ in _base_letters(reading)]
        part = wanted[start : start + len(letters)]
        if part and part[0].level % 2:
            letters.reverse()
        if letters and [letter.shape for letter in part] == letters:
            return len(letters)
    return 0


# --- what the lines show ----------------------------------------------------------------------------------------------


def _has_form(glyph: Glyph, letters: Sequence[Letter]) -> bool:
    logical = sorted(letters, key=lambda letter: letter.place)
    for reading in glyph.readings:
        bases = _base_letters(reading)
        if [char for char, _ in bases] == [letter.shape for letter in logical] and all(
            form == letter.form or letter.form == "" or (letter.form == "isol" and form not in FORMS)
            for (_, form), letter in zip(bases, logical, strict=True)
        ):
            return True
    return False


def _spaces(line: Line) -> Iterator[tuple[str, Found]]:
    """Words of the text that are not apart on the line, and words torn apart."""
    gaps = [glyph.middle for glyph in line.glyphs if _is_space(glyph.readings)]
    after: dict[int, bool] = {}
    last: Letter | None = None
    for letter in line.letters:
        if letter.is_seen:
            last = letter
            after[letter.place] = False
        elif letter.char.isspace() and last:
            after[last.place] = True
    for (left, before), (right, behind) in pairwise(line.matches):
        wanted = after[before[-1].place]
        room = right.x - left.x - left.advance
        space = any(left.middle < gap < right.middle for gap in gaps)
        if wanted and not (space or room > _GAP * left.size):
            yield "two words run together", [(left, before), (right, behind)]
        if not wanted and space and room > _GAP * left.size:
            yield "a word is torn apart", [(left, before), (right, behind)]


@lru_cache(maxsize=8192)
def _is_space(readings: frozenset[Reading]) -> bool:
    return any(char.isspace() for reading in readings for char, _ in reading)


def _marks(line: Line) -> Iterator[tuple[str, Found]]:
    """Marks of the text that the line lacks, and marks too many."""
    wanted = Counter(letter.char for letter in line.letters if is_mark(letter.char))
    drawn = [glyph for glyph in line.glyphs if _is_mark_glyph(glyph)]
    for glyph in sorted(drawn, key=lambda glyph: len(glyph.readings)):
        char = next((char for char in _mark_chars(glyph.readings) if wanted[char]), None)
        if char is None:
            yield "a mark is drawn that the text has not", [(glyph, ())]
        else:
            wanted[char] -= 1
    for char in +wanted:
        place = next(letter for letter in line.letters if letter.char == char)
        yield f"a mark is not drawn: {unicodedata.name(char, char).lower()}", [(line.glyphs[0], (place,))]


def _is_mark_glyph(glyph: Glyph) -> bool:
    return glyph.advance <= 0.01 and PIECE not in glyph.readings and bool(_mark_chars(glyph.readings))


@lru_cache(maxsize=8192)
def _mark_chars(readings: frozenset[Reading]) -> frozenset[str]:
    return frozenset(reading[0][0] for reading in readings if len(reading) == 1 and is_mark(reading[0][0]))
