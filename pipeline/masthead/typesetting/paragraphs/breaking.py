"""The lines of a shaped text: each takes what it can hold, as WeasyPrint fills them."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS, TO_UNITS
from masthead.typesetting.paragraphs import glyph_words, shaping
from masthead.typesetting.paragraphs.faces import HAN, MixedFace, ScriptFace
from masthead.typesetting.paragraphs.glyph_words import GlyphWord
from masthead.typesetting.paragraphs.shaping import FontRun, ShapedText
from masthead.typesetting.repairs.glyphgroups import GlyphGroup, GlyphRun

# Per em: WeasyPrint's first attempt is with as many letters as would fill the line. Where their end is near that of the
# line, a space at the end counts.
_LETTERS = 4
_LATIN_LETTER, _LETTER = re.compile("[A-Za-z]"), re.compile("[A-Za-z\u3005-\u3007\u3021-\u3029\u3400-\u9fff]")
_OPENING = "(<[{\u2018\u201c\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a"
_BRACKET = re.compile(
    f"[{re.escape(_OPENING)})>\\]}}\u2019\u201d\u3009\u300b\u300d\u300f\u3011\u3015\u3017\u3019\u301b]"
)
_MAX_WIDTH = 2**21  # px; WeasyPrint takes wider lines as infinite


class Line:
    """A line of text as it is drawn: its words in visual order, its width, height and baseline in px.

    Where words are in several fonts, `runs` has them as `repairs.textlayer` draws them.
    """

    __slots__ = ("baseline", "face", "height", "runs", "text", "width", "words")

    def __init__(
        self,
        face: ScriptFace | MixedFace,
        text: str,
        words: list[GlyphWord],
        width: int,
        runs: Sequence[FontRun] = (),
    ) -> None:
        self.face, self.text, self.words, self.width = face, text, words, width * FROM_UNITS
        if face.tracking and words:
            # Pango leaves out half of the tracking at either end of a line, and WeasyPrint adds it to the width.
            self.words, self.width = _untracked(face, words), (width - face.tracking) * FROM_UNITS + face.spacing
        self.runs: tuple[GlyphRun, ...] | None = None
        self.height: float
        self.baseline: float
        if isinstance(face, ScriptFace):
            self.height, self.baseline = face.height, face.baseline
        else:
            self.runs = tuple(_glyph_runs(face, self.words, runs))
            fonts = {(face.font(word.font), run.raised - runs[0].raised) for word, run in zip(words, runs, strict=True)}
            ascent = max(font.ascent + raised for font, raised in fonts)
            descent = max(font.descent - raised for font, raised in fonts)
            self.height, self.baseline = (ascent + descent) * FROM_UNITS, ascent * FROM_UNITS


def _has_same_scripts(shaped: ShapedText, token: int, text: str) -> bool:
    """Whether the signs of a line among ideographs have the scripts that they would have if it were alone.

    A sign has the script of the letter before it, at the beginning that of the first letter, and a closing bracket that
    of the opening one (UAX #24, 5.2). The baselines depend on the first script.
    """
    if all(run.script == HAN.number for run in shaped.runs):
        return True
    openings = closings = 0
    for found in _BRACKET.finditer(text):
        openings += found[0] in _OPENING
        closings += found[0] not in _OPENING
        if closings > openings:
            return False
    first = _LETTER.search(text)
    scripts = {HAN.number, shaped.runs[0].script, shaped.runs[token].script}
    return len(scripts) == 1 and first is not None and not _LATIN_LETTER.match(first[0])


def _glyph_runs(face: MixedFace, words: list[GlyphWord], runs: Sequence[FontRun]) -> Iterator[GlyphRun]:
    """Yield the runs of a line whose words belong to the runs with these numbers."""
    pen = 0
    for _, group in groupby(zip(runs, words, strict=True), key=itemgetter(0)):
        run = [word for _, word in group]
        if len(run) == 1 and face.has_whole_numbers:
            (only,) = run
            run = [glyph_words.word(face.font(only.font), only.content, False, True, only.values, only.clusters)]
        starts, groups, glyphs = list[int](), list[GlyphGroup](), set[int]()
        for word in run:
            starts += (pen + start for start in word.starts)
            groups += word.groups
            glyphs |= word.numbers
            pen += word.advance
        yield GlyphRun(run[0].font, tuple(starts), tuple(groups), frozenset(glyphs))


def next_line(shaped: ShapedText, token: int, room: float | None) -> tuple[Line, int | None] | None:
    """Return the line that begins with `token`, and the token that begins the line after it (None at the end).

    `room` is the width that the line has, in px, or None for one without end. Returns None where only Pango can decide.
    """
    count, face = shaped.count, shaped.face
    if room is None or room >= _MAX_WIDTH or not face.wraps:
        return _found(_line(shaped, token, count, trailing=True), None)
    units = int(max(0, room) * TO_UNITS)
    start = shaped.pens[token]
    if token and shaped.unsafe[token]:
        # Kerns are narrower than words, so that two words more are enough to see what the line holds.
        near = bisect_right(shaped.ends, start + units, token)
        end = next((each for each in shaped.breaks if each > near + 1), count)
        part = shaped.part(token, end, trailing=end == count)
        found = None if part is None else next_line(part, 0, room)
        if part is None or found is None or (found[1] is None and end < count):
            return None
        made, after = found
        # A number may be several tokens in the whole text and one at the beginning of a line.
        return made, after and bisect_left(shaped.starts, shaped.starts[token] + part.starts[after])
    is_narrow = units < _LETTERS * face.size * TO_UNITS
    if (rest := units - shaped.pens[count] + start) >= 0:
        if is_narrow and face.base and rest < face.size * TO_UNITS and _has_cut_word(shaped, token):
            return None
        return _found(_line(shaped, token, count, trailing=True), None)
    if face.hyphenation or shaped.ends[count - 1] - start <= units:
        return None  # WeasyPrint tries to divide words; or all but the space at the end
    first = last = bisect_right(shaped.breaks, token)
    while shaped.ends[shaped.breaks[last] - 1] - start <= units:
        last += 1
    if last == first:  # the first word is too wide
        end = shaped.breaks[first]
        if (shaped.spaces[end - 1] is None) is (end < count):
            return None
    else:
        end, beyond = shaped.breaks[last - 1], shaped.breaks[last]
        if is_narrow and last > first + 1:
            return None
        if shaped.unsafe_ends[end - 1] and _width(shaped, token, end) > units:
            return None
        if beyond < count and shaped.unsafe_ends[beyond - 1] and _width(shaped, token, beyond) <= units:
            return None
    line = _line(shaped, token, end, trailing=False) if any(shaped.words[token:end]) else None
    if line is None or abs(len(line.text) + 1 - int(room / face.size * _LETTERS)) < 2:
        return None
    return line, end if end < count else None


def one_line(shaped: ShapedText, token: int, end: int) -> Line | None:
    """Return the tokens from `token` to before `end` as a line, without the space at its end.

    A word that is divided there has its hyphen. Returns None where only Pango can decide.
    """
    return _line(shaped, token, end, trailing=False)


def _has_cut_word(shaped: ShapedText, token: int) -> bool:
    """Whether a second word has joined letters. WeasyPrint tries its first one alone, which may be wider than all."""
    _, space, second = shaped.content[shaped.starts[token] :].decode().partition(" ")
    return bool(space) and second[1:2].isalpha()


def _found(line: Line | None, after: int | None) -> tuple[Line, int | None] | None:
    return None if line is None else (line, after)


def _width(shaped: ShapedText, token: int, end: int) -> float:
    """Return the width of a line if it is shaped alone, in Pango units."""
    part = shaped.part(token, end, trailing=False)
    return math.inf if part is None else part.ends[-1]


def _line(shaped: ShapedText, token: int, end: int, *, trailing: bool) -> Line | None:
    """Return a line, with the space after its last word or without it."""
    divided = end in shaped.divisions
    if divided or (token and shaped.unsafe[token]) or (not trailing and shaped.unsafe_ends[end - 1]):
        part = shaped.part(token, end, trailing=trailing)
        return None if part is None else _line(part, 0, part.count, trailing=trailing)
    words, spaces = shaped.words[token:end], shaped.spaces[token:end]
    width = shaped.pens[end] - shaped.pens[token]
    stop = shaped.starts[end] if end < shaped.count else len(shaped.content)
    if not trailing and (space := spaces[-1]):
        width -= space.advance
        stop -= 1
        spaces[-1] = None
    text = shaped.content[shaped.starts[token] : stop].decode()
    if not shaped.has_letters(text) and not (shaped.runs and token == 0 and end == shaped.count):
        return None
    face, levels = shaped.face, shaped.levels[token:end]
    if isinstance(face, MixedFace):
        if token and not _has_same_scripts(shaped, token, text):
            return None
        pairs = zip(shaped.runs[token:end], words, spaces, strict=True)
        numbered = [(number, each) for number, *pair in pairs for each in pair if each]
        return Line(face, text, [each for _, each in numbered], width, [number for number, _ in numbered])
    if face.base and True in levels:
        ordered = _visual(words, spaces, levels)
    else:
        ordered = [each for pair in zip(words, spaces, strict=True) for each in pair if each]
    if len(ordered) == 1 and not ordered[0].rtl and face.has_whole_numbers:
        only = ordered[0]
        ordered = [glyph_words.word(face, only.content, False, True, only.values, only.clusters)]
    return Line(face, text, ordered, width)


def _visual(words: list[GlyphWord | None], spaces: list[GlyphWord | None], levels: list[bool]) -> list[GlyphWord]:
    """Return words and spaces of a right-to-left line from the left (UAX #9, L2)."""
    ordered, numbers = list[GlyphWord](), list[GlyphWord]()
    for word, space, rtl in zip(reversed(words), reversed(spaces), reversed(levels), strict=True):
        if not rtl:
            numbers[:0] = [each for each in (word, space) if each]
            continue
        if numbers:
            ordered += numbers
            numbers.clear()
        if space:
            ordered.append(space)
        if word:
            ordered.append(word)
    return ordered + numbers


def _untracked(face: ScriptFace | MixedFace, words: list[GlyphWord]) -> list[GlyphWord]:
    """Return the words without the tracking before the first letter and after the last one."""
    left = shaping.left_part(face.tracking)
    for at, glyph, before, after in ((0, 0, left, 0), (-1, -5, 0, face.tracking - left)):
        word = words[at]
        values = list(word.values)
        values[glyph + 1] -= before + after
        values[glyph + 2] -= before
        own = face if isinstance(face, ScriptFace) else face.font(word.font)
        words[at] = glyph_words.word(own, word.content, word.rtl, word.number, tuple(values), word.clusters)
    return words
