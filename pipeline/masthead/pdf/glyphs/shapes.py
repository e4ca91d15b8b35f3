"""What the codes of a PDF's fonts draw, by the font files that they were taken from: width and meaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple
from weakref import proxy

import pikepdf

from masthead.pdf.content.resources import dictionary
from masthead.pdf.content.runs import Font
from masthead.pdf.glyphs import closure, outlines
from masthead.pdf.glyphs.closure import Closure
from masthead.pdf.glyphs.meanings import SPACE, UNSURE, WORDS_APART, Meaning, Sign
from masthead.pdf.glyphs.outlines import Outlines
from masthead.typesetting import Face


class Summary(NamedTuple):
    """What a code, or a piece of text, is taken for at a glance: letters and spaces from left to right, and its marks.

    `first` is where its first glyph begins, `rest` how far behind the place of its last its end is, `over` how far that
    glyph reaches beyond, at a size of 1.
    """

    signs: Sequence[Sign]
    marks: Sequence[Meaning]
    first: float
    rest: float
    over: float


CodeGlyph = tuple[float, float, Meaning]
"""One of a code: where in it it begins, how wide it is, in thousandths of the size, and its meaning."""


_SIGNS = attrgetter("signs")
_NOTHING = Summary((), (), 0.0, 0.0, 0.0)


class KnownFonts:
    """The shapes of fonts that are of a project's face, and in the file."""

    def __init__(self, file: pikepdf.Pdf, faces: Sequence[Face]) -> None:
        self._file = file
        self._faces = {
            _plain_name(f"{face.face} {'' if face.style == 'regular' else face.style}"): face for face in faces
        }
        self._known: dict[Font | None, KnownFont | None] = {None: None}

    def of(self, font: Font | None) -> KnownFont | None:
        if font not in self._known:
            face = self._faces.get(_plain_name(font.name.partition("+")[2])) if font else None
            if font and face and "/FontFile2" in dictionary(font.descendant.get("/FontDescriptor")):
                self._known[font] = KnownFont(self._file, font, face)
            else:
                self._known[font] = None
        return self._known[font]


def _plain_name(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


class KnownFont:
    """What the codes of a font draw. What it holds of them knows it weakly, so that all is freed with the document."""

    def __init__(self, file: pikepdf.Pdf, font: Font, face: Face) -> None:
        self._file = file  # of which the font is read as it is asked for
        self.font, self._face = font, face
        self.closure = closure.of_face(face)
        self._parts: dict[tuple[float, float, float], _Parts] = {}

    def parts(self, size: float, spacing: float, stretch: float) -> _Parts:
        """The parts of each code at a size, with what is added after it, stretched so on the page."""
        key = size, spacing, stretch
        if key not in self._parts:
            self._parts[key] = _Parts(self, *key)
        return self._parts[key]

    @cached_property
    def drawn(self) -> _Drawn:
        """Code → its glyphs."""
        return _Drawn(self)

    @cached_property
    def summaries(self) -> Summaries:
        """Code → its summary."""
        return Summaries(self)

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

    @cached_property
    def _embedded(self) -> Outlines:
        return Outlines(self.font.descendant["/FontDescriptor"]["/FontFile2"].read_bytes())


class _Drawn(dict[int, list[CodeGlyph]]):
    def __init__(self, shape: KnownFont) -> None:
        self._shape = proxy(shape)

    def __missing__(self, code: int) -> list[CodeGlyph]:
        self[code] = _drawn(self._shape.closure, self._shape.glyphs(code))
        return self[code]


def _drawn(closure: Closure, glyphs: Iterable[tuple[int, float]]) -> list[CodeGlyph]:
    return [(x, closure.advance(glyph), closure.meaning(glyph)) for glyph, x in glyphs]


class Summaries(dict[int, Summary]):
    """Code → its summary."""

    def __init__(self, shape: KnownFont) -> None:
        self._shape = proxy(shape)
        self._odd: set[int] = set()  # codes that draw marks or nothing to be seen, or begin a glyph beside their width

    def __missing__(self, code: int) -> Summary:
        shape = self._shape
        self[code] = summary = _summary(shape.closure, tuple(shape.glyphs(code)), shape.font.widths[code])
        if not summary.signs or summary.marks or summary.first < 0 or summary.rest <= 0:
            self._odd.add(code)
        return summary

    def of(self, codes: Sequence[int]) -> Summary:
        """The summary of codes that stand side by side."""
        summaries = list(map(self.__getitem__, codes))
        signs = list(chain.from_iterable(map(_SIGNS, summaries)))
        marks: list[Meaning] = []
        if not self._odd.isdisjoint(codes):
            marks = [mark for summary in summaries for mark in summary.marks]
            summaries = [summary for summary in summaries if summary.signs]
            if any(left.rest + right.first <= 0 for left, right in pairwise(summaries)):
                signs = [UNSURE]  # a glyph may stand behind the next one
        return (
            Summary(signs, marks, summaries[0].first, summaries[-1].rest, summaries[-1].over) if summaries else _NOTHING
        )


@lru_cache(maxsize=16384)  # codes of a width: documents in the same fonts have most in common
def _summary(closure: Closure, glyphs: tuple[tuple[int, float], ...], width: float) -> Summary:
    drawn = _drawn(closure, glyphs)
    seen = sorted([part for part in drawn if part[1]], key=itemgetter(0, 1))
    marks = [meaning for _, advance, meaning in drawn if not advance and meaning.is_mark]
    signs = [sign for *_, meaning in seen for sign in meaning.signs]
    first, last = (seen[0][0], seen[-1][0]) if seen else (0.0, 0.0)
    if any(advance <= 5 for _, advance, _ in seen):
        signs = [UNSURE]
    elif not drawn and width >= 1000 * WORDS_APART:
        signs = [SPACE]
    over = seen[-1][1] + last - width if seen else 0.0
    return Summary(signs, marks, first / 1000, (width - last) / 1000, max(over, 0.0) / 1000)


class _Parts(dict[int, tuple[float, list[tuple[float, float, float, Meaning]]]]):
    """Code → its width in text space, and its parts: where on the page each begins from the code's own place, how wide
    it is, where the code ends, what the part can stand for. Resolved when first asked."""

    def __init__(self, shape: KnownFont, size: float, spacing: float, stretch: float) -> None:
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
