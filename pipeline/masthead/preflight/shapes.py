"""What the codes of a PDF's fonts draw, by the font files that they were taken from: width and meaning."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple
from weakref import proxy

import pikepdf

from masthead.fonts import Face
from masthead.preflight import closure, outlines
from masthead.preflight.content import Font
from masthead.preflight.letters import SPACE, UNSURE, Meaning, Sign
from masthead.preflight.objects import dictionary
from masthead.preflight.outlines import Outlines

WORDS_APART = 0.2  # of the size: certainly apart without a space glyph; `script` draws the line at 0.12


class Look(NamedTuple):
    """What a code, or a piece of text, is taken for at a glance: letters and spaces from left to right, and its marks.

    `first` is where its first glyph begins, `rest` how far behind the place of its last its end is, `over` how far that
    glyph reaches beyond, at a size of 1.
    """

    signs: Sequence[Sign]
    marks: Sequence[Meaning]
    first: float
    rest: float
    over: float


class Shapes:
    """The shapes of fonts that are of a project's face, and in the file."""

    def __init__(self, file: pikepdf.Pdf, faces: Sequence[Face]) -> None:
        self._file = file
        self._faces = {
            _plain_name(f"{face.face} {'' if face.style == 'regular' else face.style}"): face for face in faces
        }
        self._known: dict[Font | None, Shape | None] = {None: None}

    def of(self, font: Font | None) -> Shape | None:
        if font not in self._known:
            face = self._faces.get(_plain_name(font.name.partition("+")[2])) if font else None
            if font and face and "/FontFile2" in dictionary(font.descendant.get("/FontDescriptor")):
                self._known[font] = Shape(self._file, font, face)
            else:
                self._known[font] = None
        return self._known[font]


def _plain_name(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


class Shape:
    """What the codes of a font draw. What it holds of them knows it weakly, so that all is freed with the document."""

    def __init__(self, file: pikepdf.Pdf, font: Font, face: Face) -> None:
        self._file = file  # of which the font is read as it is asked for
        self.font, self._face = font, face
        self._closure = closure.of_face(face)
        self._parts: dict[tuple[float, float, float], _Parts] = {}

    def parts(self, size: float, spacing: float, stretch: float) -> _Parts:
        """The parts of each code at a size, with what is added after it, stretched so on the page."""
        key = size, spacing, stretch
        if key not in self._parts:
            self._parts[key] = _Parts(self, *key)
        return self._parts[key]

    @cached_property
    def drawn(self) -> _Drawn:
        """Code → its glyphs: where in it each begins, how wide it is, in thousandths of the size, and its meaning."""
        return _Drawn(self)

    @cached_property
    def looks(self) -> _Looks:
        """Codes → their look."""
        return _Looks(self)

    def glyphs(self, code: int) -> list[tuple[int, float]]:
        """The glyphs of a code, each with where in it they begin.

        A code that is a glyph's own number is that glyph. Another may be one too, or lead to a composite glyph that the
        original font has not, whose components are its own.
        """
        glyph = self.font.glyph(code)
        if glyph != code:
            made = self._embedded.components(glyph)
            if made is not None and made != outlines.of_file(self._face.path).components(glyph):
                return made
        return [(glyph, 0.0)]

    def read(self, glyph: int) -> tuple[float, Meaning]:
        """How wide a glyph is by the font, and what it can stand for."""
        return self._closure.advance(glyph), self._closure.meaning(glyph)

    @cached_property
    def _embedded(self) -> Outlines:
        return Outlines(self.font.descendant["/FontDescriptor"]["/FontFile2"].read_bytes())


class _Drawn(dict[int, list[tuple[float, float, Meaning]]]):
    def __init__(self, shape: Shape) -> None:
        self._shape = proxy(shape)

    def __missing__(self, code: int) -> list[tuple[float, float, Meaning]]:
        self[code] = [(x, *self._shape.read(glyph)) for glyph, x in self._shape.glyphs(code)]
        return self[code]


class _Looks(dict[tuple[int, ...], Look]):
    """Pieces of text are words as a rule, which come again."""

    def __init__(self, shape: Shape) -> None:
        self._shape = proxy(shape)
        self._codes: dict[int, Look] = {}
        self._odd: set[int] = set()  # codes that draw marks or nothing to be seen, or begin a glyph beside their width

    def __missing__(self, codes: tuple[int, ...]) -> Look:
        looks = [self._codes.get(code) or self._look(code) for code in codes]
        signs = [sign for look in looks for sign in look.signs]
        marks: list[Meaning] = []
        if not self._odd.isdisjoint(codes):
            marks = [mark for look in looks for mark in look.marks]
            looks = [look for look in looks if look.signs]
            if any(left.rest + right.first <= 0 for left, right in pairwise(looks)):
                signs = [UNSURE]  # a glyph may stand behind the next one
        if looks:
            self[codes] = Look(signs, marks, looks[0].first, looks[-1].rest, looks[-1].over)
        else:
            self[codes] = Look((), marks, 0.0, 0.0, 0.0)
        return self[codes]

    def _look(self, code: int) -> Look:
        width, drawn = self._shape.font.widths[code], self._shape.drawn[code]
        seen = sorted([part for part in drawn if part[1]], key=itemgetter(0, 1))
        marks = [meaning for _, advance, meaning in drawn if not advance and meaning.is_mark]
        signs = [sign for *_, meaning in seen for sign in meaning.signs]
        first, last = (seen[0][0], seen[-1][0]) if seen else (0.0, 0.0)
        if any(advance <= 5 for _, advance, _ in seen):
            signs = [UNSURE]
        elif not drawn and width >= 1000 * WORDS_APART:
            signs = [SPACE]
        if not signs or marks or first < 0 or last >= width:
            self._odd.add(code)
        over = seen[-1][1] + last - width if seen else 0.0
        self._codes[code] = Look(signs, marks, first / 1000, (width - last) / 1000, max(over, 0.0) / 1000)
        return self._codes[code]


class _Parts(dict[int, tuple[float, list[tuple[float, float, float, Meaning]]]]):
    """Code → its width in text space, and its parts: where on the page each begins from the code's own place, how wide
    it is, where the code ends, what the part can stand for. Resolved when first asked."""

    def __init__(self, shape: Shape, size: float, spacing: float, stretch: float) -> None:
        self._shape, self._unit, self._spacing, self._stretch = proxy(shape), size / 1000, spacing, stretch

    def __missing__(self, code: int) -> tuple[float, list[tuple[float, float, float, Meaning]]]:
        unit, stretch, scale = self._unit, self._stretch * self._unit, abs(self._stretch) * self._unit
        width = self._shape.font.widths[code]
        parts = [
            (stretch * x, scale * advance, stretch * x + scale * (width - x), meaning)
            for x, advance, meaning in self._shape.drawn[code]
        ]
        self[code] = width * unit + self._spacing, parts
        return self[code]
