"""How text is drawn, glyph by glyph: its face, size and colour, and where it is.

Glyphs are matched through the blocks that they are in, so a paragraph can be compared on whatever page it is. What an
inserted word or paragraph has pushed along follows from it, and is reported once.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from masthead.comparison.contents import TextBlock
from masthead.comparison.drawing import Colour, DrawnGlyph, GlyphLook
from masthead.comparison.results import MILLIMETRE, Difference, Layer
from masthead.comparison.sequences import opcodes
from masthead.comparison.text import Blocks, Pairing
from masthead.comparison.tolerance import Tolerance
from masthead.document import Rectangle

NOISE = 0.01  # points: less is a rounding error of the libraries, not a change
_MOST_WORDS = 12  # a difference that touches more words does not name them
_BOLD = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted|kursiv", re.IGNORECASE)
_STYLE = re.compile(
    r"[-,]?(bold|italic|oblique|regular|black|heavy|semi|demi|roman|medium|light|book|mt|ps)+(mt)?$", re.IGNORECASE
)

Placed = tuple[int, DrawnGlyph]  # with its page


@dataclass(frozen=True, slots=True)
class _Match:
    """A glyph of both files; `shift` is how far it has moved, None if it is now on another page than `home`."""

    old: DrawnGlyph
    new: DrawnGlyph
    page: int
    home: int
    shift: tuple[float, float] | None


@dataclass(slots=True)
class GlyphChanges:
    """What a comparison of glyphs returns.

    `pushed` are the candidate's blocks, by number, that something before them has moved; `shifted` the pages on which
    they are. `explained` has by page the regions that look different for a reason that is reported, `rewritten` those
    of words that were added or removed. `causes` are the blocks that push.
    """

    differences: list[Difference] = field(default_factory=list)
    pushed: set[int] = field(default_factory=set)
    shifted: set[int] = field(default_factory=set)
    explained: dict[int, list[Rectangle]] = field(default_factory=lambda: defaultdict(list))
    rewritten: dict[int, list[Rectangle]] = field(default_factory=lambda: defaultdict(list))
    causes: set[int] = field(default_factory=set)


def compare(
    baseline: Blocks,
    candidate: Blocks,
    pairings: Sequence[Pairing],
    numbers: Mapping[int, int],
    tolerance: Tolerance,
    *,
    reads: bool = True,
) -> GlyphChanges:
    """Compare the glyphs of paired blocks. `numbers` has for pages of the baseline those of the candidate.

    With `reads`, glyphs at the same places in blocks of the same text must be read as the same letters.
    """
    return _GlyphComparison(numbers, tolerance, reads).compare(baseline, candidate, pairings)


class _GlyphComparison:
    def __init__(self, numbers: Mapping[int, int], tolerance: Tolerance, reads: bool) -> None:
        self._numbers, self._tolerance, self._reads = numbers, tolerance, reads
        self._found = GlyphChanges()
        self._looks: dict[tuple[str, object, object], list[Placed]] = defaultdict(list)
        self._moves: dict[tuple[float, float], list[Placed]] = defaultdict(list)
        self._furthest: dict[tuple[float, float], tuple[float, float]] = {}
        self._spread: list[tuple[Placed, float]] = []  # moved within their line
        self._followers: list[tuple[int, float]] = []  # page and distance of lines that were pushed
        self._undrawn: dict[bool, list[Placed]] = defaultdict(list)  # words that are only in the text: before, after
        self._reread: dict[tuple[str, str], list[Placed]] = defaultdict(list)

    def compare(self, baseline: Blocks, candidate: Blocks, pairings: Sequence[Pairing]) -> GlyphChanges:
        pushed = False
        for pairing in pairings:
            old, new = [baseline[index] for index in pairing.before], [candidate[index] for index in pairing.after]
            undrawn = sum(map(len, self._undrawn.values()))
            matches, changed = self._matched(old, new)
            if undrawn != sum(map(len, self._undrawn.values())):  # the ends of its lines follow
                self._found.pushed.update(pairing.after)
            changed = changed or pairing.moved
            lines = list(_by_line(matches))
            changed = self._look(matches) or changed or any(map(_is_broken, lines))
            if pushed and any(each.shift != (0, 0) for each in matches):
                self._found.pushed.update(pairing.after)
            for line in lines:
                still_pushed = self._line(line, pushed, changed)
                pushed = still_pushed or (pushed and any(block.is_note for block in new))
            if changed:
                pushed = True
                self._found.causes.update(pairing.after)
        self._found.differences.extend(self._differences())
        return self._found

    def _matched(self, old: Sequence[TextBlock], new: Sequence[TextBlock]) -> tuple[list[_Match], bool]:
        """The glyphs that blocks have in common, and whether their texts are different."""
        before = [each for block in old for each in block.glyphs]
        after = [each for block in new for each in block.glyphs]
        changed = [block.text for block in old] != [block.text for block in new]
        if not changed and [glyph.text for _, glyph in before] == [glyph.text for _, glyph in after]:
            return [self._match(*pair) for pair in zip(before, after, strict=True)], False
        words = [_words(glyphs) for glyphs in (before, after)]
        spelt = [["".join(glyph.text for _, glyph in word) for word in side] for side in words]
        matches: list[_Match] = []
        for _, i1, i2, j1, j2 in opcodes(*spelt):
            if "".join(spelt[0][i1:i2]) == "".join(spelt[1][j1:j2]):  # one word may be on two lines
                sides = [[each for word in side for each in word] for side in (words[0][i1:i2], words[1][j1:j2])]
                matches += [self._match(*pair) for pair in zip(*sides, strict=True)]
                continue
            if self._reads and not changed and self._read_otherwise(words[0][i1:i2], words[1][j1:j2]):
                continue
            gone = [(self._numbers.get(page, 0), glyph) for word in words[0][i1:i2] for page, glyph in word]
            come = [each for word in words[1][j1:j2] for each in word]
            if self._reads and not changed:
                self._undrawn[False] += gone
                self._undrawn[True] += come
            for page, glyph in (*gone, *come):
                self._explain(page, glyph)
                self._found.rewritten[page].append(glyph.box)
        return matches, changed

    def _read_otherwise(self, old: Sequence[list[Placed]], new: Sequence[list[Placed]]) -> bool:
        """Whether the same glyphs at the same places are read as other letters."""
        before, after = [each for word in old for each in word], [each for word in new for each in word]
        if len(before) != len(after):
            return False
        same = all(
            abs(a.x - b.x) + abs(a.y - b.y) < 1 and a.look == b.look
            for (_, a), (_, b) in zip(before, after, strict=True)
        )
        if same:
            was, now = ("".join(glyph.text for _, glyph in side) for side in (before, after))
            self._reread[was, now] += after
        return same

    def _match(self, old: Placed, new: Placed) -> _Match:
        (before, a), (page, b) = old, new
        home = self._numbers.get(before, 0)
        if home != page:
            return _Match(a, b, page, home, None)
        x, y = b.x - a.x, b.y - a.y
        return _Match(a, b, page, home, (0, 0) if abs(x) <= NOISE and abs(y) <= NOISE else (x, y))

    def _look(self, matches: Iterable[_Match]) -> bool:
        """Note what looks otherwise, and return whether that changes how wide or high text is."""
        reshaped = False
        for each in matches:
            old, new = each.old.look, each.new.look
            if old is not new and old != new:
                for name in GlyphLook._fields:
                    was, now = getattr(old, name), getattr(new, name)
                    if name == "outline" and old.mode != new.mode:
                        continue
                    if was != now and not (isinstance(was, float) and abs(was - now) <= NOISE):
                        self._looks[name, was, now].append((each.page, each.new))
                        if name not in ("colour", "outline") or not self._alike(was, now):
                            self._explain(each.page, each.new)
                            self._explain(each.page, each.old)
                        reshaped = reshaped or name in ("font", "size", "width")
        return reshaped

    def _line(self, line: list[_Match], pushed: bool, changed: bool) -> bool:
        """Note how a line has moved, and return whether what follows is pushed along."""
        shifts = [each.shift for each in line]
        if all(shift == (0, 0) for shift in shifts):
            return False
        first = shifts[0]
        rigid = first is not None and all(_near(first, shift) for shift in shifts)
        if changed or pushed:
            furthest = max(math.hypot(*shift) if shift else math.inf for shift in shifts)
            self._followers.append((line[0].page, furthest))
            if not rigid or furthest > self._tolerance.shift * MILLIMETRE:
                self._found.shifted |= {page for each in line for page in (each.page, each.home) if page}
            return True
        if rigid and first is not None and first != (0, 0):
            key = round(first[0], 1), round(first[1], 1)
            self._moves[key] += [(each.page, each.new) for each in line]
            self._furthest[key] = max(self._furthest.get(key, first), first, key=lambda shift: math.hypot(*shift))
            if math.hypot(*first) > self._tolerance.shift * MILLIMETRE:
                for each in line:
                    self._explain(each.page, each.new)
                    self._explain(each.page, each.old)
            return False
        for each in line:
            if each.shift and each.shift != (0, 0):
                self._spread.append(((each.page, each.new), math.hypot(*each.shift)))
                if math.hypot(*each.shift) > self._tolerance.shift * MILLIMETRE:
                    self._explain(each.page, each.new)
                    self._explain(each.page, each.old)
        return False

    def _explain(self, page: int, glyph: DrawnGlyph) -> None:
        self._found.explained[page].append(glyph.box)

    def _differences(self) -> Iterator[Difference]:
        for (name, was, now), glyphs in self._looks.items():
            tolerated = name in ("colour", "outline") and self._alike(was, now)
            yield _of_glyphs(_look_message(name, was, now, len(glyphs)), glyphs, tolerated=tolerated)
        for drawn, glyphs in self._undrawn.items():
            if glyphs:
                state = "drawn now, and the text is the same" if drawn else "not drawn any more, but still in the text"
                yield _of_glyphs(f"words that are {state}", glyphs)
        for (was, now), glyphs in self._reread.items():
            message = f"“{was}” reads as “{now}” when copied or searched"
            yield _of_glyphs(message, glyphs, layer=Layer.TEXT)
        for key, glyphs in self._moves.items():
            x, y = self._furthest[key]
            ways = [("to the right" if x > 0 else "to the left", x), ("down" if y > 0 else "up", y)]
            way = " and ".join(f"{abs(by) / MILLIMETRE:.2f} mm {name}" for name, by in ways if abs(by) > NOISE)
            message = f"{_characters(len(glyphs))} moved {way}"
            yield _of_glyphs(message, glyphs, tolerated=math.hypot(x, y) / MILLIMETRE <= self._tolerance.shift)
        if self._spread:
            furthest = max(distance for _, distance in self._spread) / MILLIMETRE
            glyphs = [glyph for glyph, _ in self._spread]
            message = f"{_characters(len(glyphs))} moved within their lines by up to {furthest:.2f} mm"
            yield _of_glyphs(message, glyphs, tolerated=furthest <= self._tolerance.shift)
        if self._followers:
            pages = sorted({page for page, _ in self._followers})
            distances = [distance for _, distance in self._followers]
            furthest = max((each for each in distances if each < math.inf), default=0) / MILLIMETRE
            beyond = " or to another page" if math.inf in distances else ""
            count = len(self._followers)
            message = f"shifted: {count} line{'s' if count > 1 else ''} by up to {furthest:.1f} mm{beyond}"
            yield Difference(Layer.PICTURE, message, pages[0], follows=True, pages=tuple(pages))

    def _alike(self, was: object, now: object) -> bool:
        return alike(was, now, self._tolerance)  # type: ignore[arg-type]


def alike(was: Colour | None, now: Colour | None, tolerance: Tolerance) -> bool:
    """Return whether no reader sees two colours as different."""
    if was is None or now is None:
        return False
    return max(abs(a - b) for a, b in zip(was, now, strict=True)) <= tolerance.colour


def _is_broken(line: list[_Match]) -> bool:
    """Whether a line has glyphs that were on several lines, or were on another page: the layer of breaks says so."""
    if any(each.shift is None for each in line):
        return True
    return any(abs(a.old.y - b.old.y) > 0.6 * max(a.old.size, b.old.size) for a, b in pairwise(line))


def _near(first: tuple[float, float], other: tuple[float, float] | None) -> bool:
    return other is not None and math.hypot(first[0] - other[0], first[1] - other[1]) <= 0.1


def _words(glyphs: Iterable[Placed]) -> list[list[Placed]]:
    return [list(word) for _, word in groupby(glyphs, lambda each: (each[0], each[1].word))]


def _by_line(matches: Iterable[_Match]) -> Iterator[list[_Match]]:
    line: list[_Match] = []
    for each in matches:
        if line and (each.page != line[0].page or abs(each.new.y - line[0].new.y) > 0.6 * each.new.size):
            yield line
            line = []
        line.append(each)
    if line:
        yield line


def _look_message(name: str, was: object, now: object, count: int) -> str:
    of = f"of {_characters(count)}"
    if name == "font":
        old, new = str(was), str(now)
        styles = _style(old), _style(new)
        if _family(old) == _family(new) and styles[0] != styles[1]:
            return f"the style {of} was {styles[0]} and is now {styles[1]}"
        return f"the font {of} was {old} and is now {new}"
    if name == "size":
        return f"the size {of} was {was:g} pt and is now {now:g} pt"
    if name == "width":
        return f"the width {of} was {was} % and is now {now} %"
    if name == "slant":
        return f"the slant {of} was {was:g} and is now {now:g}"
    if name == "turn":
        return f"{_characters(count)} {'are' if count > 1 else 'is'} now turned by {now}°, not {was}°"
    if name == "mode":
        return (
            f"{_characters(count)} {'were' if count > 1 else 'was'} {was} and {'are' if count > 1 else 'is'} now {now}"
        )
    return f"the {name} {of} was {colour_name(was)} and is now {colour_name(now)}"  # type: ignore[arg-type]


def _style(font: str) -> str:
    found = [name for name, pattern in (("bold", _BOLD), ("italic", _ITALIC)) if pattern.search(font)]
    return " ".join(found) or "regular"


def _family(font: str) -> str:
    return _STYLE.sub("", re.sub(r"[-,]", "-", font)).rstrip("-").casefold()


def _of_glyphs(
    message: str, glyphs: Sequence[Placed], *, layer: Layer = Layer.PICTURE, tolerated: bool = False
) -> Difference:
    """A difference of these glyphs: its region is that on the first of their pages."""
    pages = sorted({page for page, _ in glyphs})
    here = [glyph for page, glyph in glyphs if page == pages[0]]
    left, right = min(glyph.x for glyph in here), max(glyph.x + glyph.size / 2 for glyph in here)
    box = left, min(glyph.y - glyph.size for glyph in here), right, max(glyph.y for glyph in here)
    words = [" ".join("".join(glyph.text for _, glyph in word) for word in _words(glyphs)[:_MOST_WORDS])]
    shown = words[0] if len(_words(glyphs)) <= _MOST_WORDS else ""
    every = tuple(pages) if len(pages) > 1 else ()
    return Difference(layer, message, pages[0], box, words=shown, tolerated=tolerated, pages=every)


def _characters(count: int) -> str:
    return f"{count} character{'s' if count > 1 else ''}"


def colour_name(colour: Colour | None) -> str:
    """Return a colour as in style sheets."""
    if colour is None:
        return "no colour"
    return "#" + "".join(f"{level:02x}" for level in (colour if colour[3] < 255 else colour[:3]))
