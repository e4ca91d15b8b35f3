"""Two rules about the script as drawn, independent of how the page was made.

*Visual order*: the positions of the glyphs of each line, including mirrored ones, are compared with the UAX #9 levels
of the whole paragraph (python-bidi) and rules L1 and L2 for the line. *Joining*: the form in which a letter is drawn,
by the tables of its font, is compared with that of arabic-reshaper. Both use `masthead.preflight.lettering`, so that
a page is read once.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from weakref import WeakKeyDictionary

from masthead.document import Finding, Rules, Severity
from masthead.page import joining
from masthead.pdf import Evidence, Meaning, PlacedGlyph, meanings
from masthead.preflight.lettering import glance, matching
from masthead.preflight.lettering.expected import Letter
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.SCREEN, Need.STRUCTURE, Need.OUR_FONTS)
_HINT = "look at the page; the text is correct in the source, so typesetting drew it wrong"
_GAP = 0.12  # of the font size: words this far apart are separate even without a space glyph
_FORMS = {"init": "initial", "medi": "medial", "fina": "final", "isol": "isolated", "": "own"}

Found = Sequence[tuple[PlacedGlyph, Sequence[Letter]]]
"""Glyphs, each with the letters that it stands for."""

# The lines that both rules look at. Weak keys: the lines of a file are freed with its evidence.
_FOUND: WeakKeyDictionary[Evidence, tuple[matching.MatchedLine, ...]] = WeakKeyDictionary()


@RULES.rule("script.order", Severity.ERROR)
def order(evidence: Evidence) -> Iterator[Finding]:
    """Every letter is where the Unicode bidirectional algorithm (UAX #9) puts it, with its marks and spaces.

    The positions of the glyphs of each line are compared with the text in the structure tree.
    """
    return check_order(doubtful_lines(evidence))


@RULES.rule("script.joining", Severity.ERROR)
def joined(evidence: Evidence) -> Iterator[Finding]:
    """Every Arabic letter is drawn in the form that its neighbours require: joined, or not."""
    return check_joining(doubtful_lines(evidence))


def doubtful_lines(evidence: Evidence) -> tuple[matching.MatchedLine, ...]:
    """Return the lines of a tagged file in bundled fonts, without the blocks that a quick look finds correct.

    A file has no such lines without a structure tree, or where no text is found in the contents of its pages: whether
    they can be read, and show the whole text, is said by `archive.sound` and `completeness.text`.
    """
    if not evidence.tree or not any(evidence.runs):
        return ()
    if evidence not in _FOUND:
        _FOUND[evidence] = matching.read_lines(block for block in evidence.blocks if not glance.is_right(block))
    return _FOUND[evidence]


def check_order(lines: Iterable[matching.MatchedLine]) -> Iterator[Finding]:
    """Find letters that are not where UAX #9 puts them, missing or extra letters, spaces and marks."""
    for line in lines:
        if not line.whole:
            yield _finding("a line is not in the order of its letters", line, _rest(line))
            continue
        for message, found in (*_spaces(line), *_marks(line)):
            yield _finding(message, line, found)


def check_joining(lines: Iterable[matching.MatchedLine]) -> Iterator[Finding]:
    """Find letters that are drawn in another form than their neighbours require: a missing join, or an extra one."""
    for line in lines:
        for glyph, letters in _misshapen(line):
            yield _finding(f"a letter is not drawn in its {_FORMS[letters[0].form]} form", line, [(glyph, letters)])


def _finding(message: str, line: matching.MatchedLine, found: Found) -> Finding:
    shown = [glyph for glyph, _ in found] or list(line.glyphs)
    places = [letter.place for _, letters in found for letter in letters]
    word = _word(line.block.text, min(places), max(places)) if places else ""
    where = f"“{word or line.block.text[:60]}”"
    if not shown:
        return Finding(message, where=where, hint=_HINT)
    left, right = min(glyph.x for glyph in shown), max(glyph.x + glyph.advance for glyph in shown)
    top = min(glyph.baseline - glyph.size for glyph in shown)
    bottom = max(glyph.baseline + glyph.size / 3 for glyph in shown)
    return Finding(message, shown[0].page, where, _HINT, (left, top, right, bottom))


def _word(text: str, first: int, last: int) -> str:
    start = text.rfind(" ", 0, first) + 1
    end = text.find(" ", last)
    return text[start : end if end >= 0 else len(text)]


def _rest(line: matching.MatchedLine) -> Found:
    """The first glyph that does not match, with the letter expected there."""
    done = {letter.place for _, letters in line.matches for letter in letters}
    letters = [letter for letter in line.letters if letter.is_seen and letter.place not in done]
    glyph = line.glyphs[min(len(line.matches), len(line.glyphs) - 1)] if line.glyphs else None
    return [(glyph, letters[:1])] if glyph else []


def _misshapen(line: matching.MatchedLine) -> Iterator[tuple[PlacedGlyph, tuple[Letter, ...]]]:
    """The glyphs that do not have the forms required of their letters."""
    for glyph, start, end in zip(line.found, line.starts, line.starts[1:], strict=False):
        letter = line.wanted[start]
        if end - start > 1:
            if not _has_forms(glyph.meaning, line.wanted[start:end]):
                yield glyph, line.wanted[start:end]
        elif letter.form and letter.form not in glyph.meaning.forms[letter.shape]:
            yield glyph, (letter,)


def _has_forms(meaning: Meaning, found: Sequence[Letter]) -> bool:
    """Whether a ligature of the letters found can show them in the forms required of them."""
    logical = sorted(found, key=lambda letter: letter.place)
    return any(
        all(
            letter.form in ("", *meanings.forms_shown(form)) for (_, form), letter in zip(reading, logical, strict=True)
        )
        for reading in meaning.ligatures
        if [char for char, _ in reading] == [letter.shape for letter in logical]
    )


def _spaces(line: matching.MatchedLine) -> Iterator[tuple[str, Found]]:
    """Words that are not separated on the line, and words that are split."""
    spaced: set[int] = set()  # the places of letters with white space to their right
    last = -1
    for letter in line.letters:
        if letter.is_seen:
            last = letter.place
        elif letter.char.isspace():
            spaced.add(last)
    wanted = {place for place, start in enumerate(line.starts[1:-1]) if line.wanted[start - 1].place in spaced}
    apart = {
        place
        for place, (left, right) in enumerate(pairwise(line.found))
        if right.x - left.x - left.advance > _GAP * left.size
    }
    if wanted == apart:
        return
    gaps = sorted(glyph.middle for glyph in line.glyphs if glyph.meaning.is_space)
    for place in sorted(wanted ^ apart):
        left, right = line.found[place : place + 2]
        space = bisect_right(gaps, left.middle) < bisect_left(gaps, right.middle)
        if space is not (place in wanted):
            message = "two words run together" if place in wanted else "a word is split by a gap"
            yield message, line.matches[place : place + 2]


def _marks(line: matching.MatchedLine) -> Iterator[tuple[str, Found]]:
    """Marks of the text that are not drawn, and drawn marks that are not in the text."""
    unseen = [letter.char for letter in line.letters if not letter.is_seen]
    wanted = Counter(filter(joining.is_mark, unseen))
    drawn = [glyph for glyph in line.glyphs if glyph.advance <= matching.NARROW and glyph.meaning.is_mark]
    for glyph in sorted(drawn, key=lambda glyph: matching.ambiguity(glyph.meaning)):
        if not matching.take_mark(glyph.meaning, wanted):
            yield "a mark is drawn that is not in the text", [(glyph, ())]
    for char in +wanted:
        place = next(letter for letter in line.letters if letter.char == char)
        yield f"a mark is not drawn: {unicodedata.name(char, char).lower()}", [(line.glyphs[0], (place,))]
