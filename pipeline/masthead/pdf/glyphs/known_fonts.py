"""What the codes of a PDF's fonts draw, by the bundled font files that the fonts are subsets of."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple
from weakref import proxy

import pikepdf

from masthead.pdf.content import resources
from masthead.pdf.content.fonts import Font, read_to_unicode
from masthead.pdf.glyphs import closure, outlines
from masthead.pdf.glyphs.closure import Closure
from masthead.pdf.glyphs.meanings import SPACE, UNSURE, WORDS_APART, Meaning, Sign
from masthead.typesetting import Face


class Summary(NamedTuple):
    """What a code, or a piece of text, shows at a glance: letters and spaces from left to right, and its marks.

    In units of the size: `first` is where its first glyph begins, `rest` the distance from the place of its last glyph
    to its end, `over` how far that glyph reaches beyond its end.
    """

    signs: Sequence[Sign]
    marks: Sequence[Meaning]
    first: float
    rest: float
    over: float


_SIGNS = attrgetter("signs")


class KnownFonts:
    """The fonts of a file that are embedded subsets of `faces`."""

    def __init__(self, file: pikepdf.Pdf, faces: Sequence[Face]) -> None:
        self._file = file
        self._faces = _named(tuple(faces))
        self._known: dict[Font | None, KnownFont | None] = {None: None}

    def of(self, font: Font | None) -> KnownFont | None:
        """Return what is known of a font; None for any other font."""
        if font not in self._known:
            face = self._faces.get(_plain_name(font.name.partition("+")[2])) if font else None
            embedded = font and face and "/FontFile2" in resources.dictionary(font.descendant.get("/FontDescriptor"))
            self._known[font] = KnownFont(self._file, font, face) if font and face and embedded else None
        return self._known[font]

    def are_bundled(self, names: Iterable[str]) -> bool:
        """Whether fonts are subsets of the faces, by their names in a PDF (`ABCDEF+Amiri-Bold`)."""
        return {_plain_name(name.partition("+")[2]) for name in names} <= self._faces.keys()


@lru_cache(maxsize=8)
def _named(faces: tuple[Face, ...]) -> Mapping[str, Face]:
    return {_plain_name(face.face + face.style.replace("regular", "")): face for face in faces}


@lru_cache(maxsize=256)
def _plain_name(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


class KnownFont:
    """What the codes of a font draw."""

    def __init__(self, file: pikepdf.Pdf, font: Font, face: Face) -> None:
        self._file = file  # keeps the file open, from which the font is read when it is needed
        self.font, self._face = font, face
        self.closure = closure.of_face(face)
        self._parts: dict[tuple[float, float, float], CodeParts] = {}

    def parts(self, size: float, spacing: float, stretch: float) -> CodeParts:
        """Return the parts of each code at a size, with the letter-spacing and the horizontal stretch of a run."""
        key = size, spacing, stretch
        if key not in self._parts:
            self._parts[key] = CodeParts(self, *key)
        return self._parts[key]

    @cached_property
    def summaries(self) -> Summaries:
        """Code → its summary."""
        return Summaries(self)

    def glyphs(self, code: int) -> list[tuple[int, float]]:
        """Return the glyphs of a code, each with where in the code it begins, in thousandths of the size.

        A code that is a glyph's own number is that glyph. Another one may lead to a glyph too, or to a composite glyph
        that the original font lacks, whose components are glyphs of the original font.
        """
        glyph = self.font.glyph(code)
        if glyph == code:
            return [(glyph, 0.0)]
        # A glyph that was added may by chance have the number of one that looks like its only component: a Latin A that
        # of the Cyrillic А. Components that are no letters, as those of Arabic letters, are never meant.
        drawn = self._program.only_component(glyph)
        if drawn is not None and self.closure.meaning(drawn[0]).forms:
            return [drawn]
        return self._program.glyphs(glyph)

    def summary(self, code: int) -> Summary:
        """Return the summary of a code."""
        glyph, width = self.font.glyph(code), self.font.widths[code]
        key = glyph, glyph != code, width
        known = self._program.summaries
        if key not in known:
            known[key] = _summary(self.closure, tuple(self.glyphs(code)), width)
        return known[key]

    def is_redrawn(self, code: int) -> bool:
        """Whether a glyph of a code has another shape than in the bundled font."""
        if self.font.glyph(code) == code:
            return self._program.is_redrawn(code)
        return any(self._program.is_redrawn(glyph) for glyph, _ in self.glyphs(code))

    @property
    def has_own_widths(self) -> bool:
        """Whether each code that is the number of its glyph is as wide as that, but for rounding.

        Other codes are for glyphs that were put together, or moved, when the page was typeset.
        """
        advance, font = self.closure.advance, self.font
        return all(abs(advance(code) - font.widths[code]) <= 1 for code in font.codes if font.glyph(code) == code)

    @property
    def is_intact(self) -> bool:
        """Whether its font file is not damaged."""
        return self._program.is_intact

    def box(self, code: int) -> tuple[int, int, int, int]:
        """Return the left, lower, right and upper edge of a code's glyph in thousandths of the size, as PDFium does."""
        return self._program.box(self.font.glyph(code))

    @cached_property
    def letters(self) -> Mapping[int, str]:
        """Code → the text that ToUnicode has for it."""
        return read_to_unicode(resources.data(self.font.to_unicode))

    @cached_property
    def _program(self) -> _FontProgram:
        return _program(resources.data(self.font.descendant["/FontDescriptor"]["/FontFile2"]), self._face.path)


class _FontProgram:
    """The glyphs of an embedded font beside those of the bundled font that it is a subset of, each looked at once."""

    def __init__(self, data: bytes, path: Path) -> None:
        self._data, self._original = data, outlines.of_file(path)
        self._glyphs: dict[int, list[tuple[int, float]]] = {}
        self._redrawn: dict[int, bool] = {}
        self._boxes: dict[int, tuple[int, int, int, int]] = {}
        self.summaries: dict[tuple[int, bool, float], Summary] = {}

    @cached_property
    def _embedded(self) -> outlines.Outlines:
        return outlines.Outlines(self._data)

    @property
    def is_intact(self) -> bool:
        """Whether the font is not damaged."""
        try:
            return self._embedded.is_intact
        except struct.error:
            return False

    def glyphs(self, glyph: int) -> list[tuple[int, float]]:
        """Return the glyphs of the original font that a composite glyph of this one draws; else the glyph itself."""
        if glyph not in self._glyphs:
            made = None
            with contextlib.suppress(struct.error):  # the font file is damaged, which the rule on shapes reports
                made = self._embedded.components(glyph)
                if made is not None and self._embedded.draws(glyph, self._original, glyph):
                    made = None
            self._glyphs[glyph] = [(glyph, 0.0)] if made is None else made
        return self._glyphs[glyph]

    def only_component(self, glyph: int) -> tuple[int, float] | None:
        """Return the glyph that a composite glyph of this font consists of; None if it has several components."""
        try:
            made = self._embedded.components(glyph)
        except struct.error:
            return None
        return made[0] if made is not None and len(made) == 1 else None

    def box(self, glyph: int) -> tuple[int, int, int, int]:
        """Return the box of a glyph in thousandths of the size."""
        if glyph not in self._boxes:
            # The original font is the same for all files, so that the boxes of its glyphs are known already.
            shape = self._original.shape(glyph)
            is_original = shape is not None and not self.is_redrawn(glyph)
            if is_original and isinstance(shape, list):
                is_original = self._embedded.components(glyph) is not None
            self._boxes[glyph] = (self._original if is_original else self._embedded).box(glyph)
        return self._boxes[glyph]

    def is_redrawn(self, glyph: int) -> bool:
        """Whether a glyph has another shape than in the original font, where that has one without cubic outlines."""
        if glyph not in self._redrawn:
            try:
                is_known = self._original.shape(glyph) is not None
                self._redrawn[glyph] = is_known and not self._embedded.draws(glyph, self._original, glyph)
            except struct.error:
                self._redrawn[glyph] = True
        return self._redrawn[glyph]


@lru_cache(maxsize=32)  # the fonts of one edition are the same in its variants
def _program(data: bytes, path: Path) -> _FontProgram:
    return _FontProgram(data, path)


def _with_meanings(closure: Closure, glyphs: Iterable[tuple[int, float]]) -> list[tuple[float, float, Meaning]]:
    """Return where each glyph begins, how wide it is, in thousandths of the size, and what it can stand for."""
    return [(x, closure.advance(glyph), closure.meaning(glyph)) for glyph, x in glyphs]


class Summaries(dict[int, Summary]):
    """Code → its summary. It refers to its font weakly: so a font is freed with its document, without the collector.

    `spaces` are those of the codes met so far that are a space and nothing else.
    """

    def __init__(self, known: KnownFont) -> None:
        self._known = proxy(known)
        self._odd: set[int] = set()  # codes that draw marks or nothing visible
        self._beside: set[int] = set()  # codes that begin a visible glyph beside their width
        self.spaces: set[int] = set()

    def __missing__(self, code: int) -> Summary:
        summary: Summary = self._known.summary(code)
        self[code] = summary
        if not summary.signs or summary.marks:
            self._odd.add(code)
        if summary.signs and (summary.first < 0 or summary.rest <= 0):
            self._beside.add(code)
        if summary.signs == [SPACE] and not summary.marks and summary.rest > 0:
            self.spaces.add(code)
        return summary

    def of(self, codes: Sequence[int]) -> Summary:
        """Return the summary of codes side by side."""
        summaries = list(map(self.__getitem__, codes))
        signs = list(chain.from_iterable(map(_SIGNS, summaries)))
        marks: list[Meaning] = []
        if not self._odd.isdisjoint(codes):
            marks = [mark for summary in summaries for mark in summary.marks]
            summaries = [summary for summary in summaries if summary.signs]
        if not self._beside.isdisjoint(codes) and any(
            left.rest + right.first <= 0 for left, right in pairwise(summaries)
        ):
            signs = [UNSURE]  # a glyph may be to the right of the next one
        if not summaries:
            return Summary(signs, marks, 0.0, 0.0, 0.0)
        return Summary(signs, marks, summaries[0].first, summaries[-1].rest, summaries[-1].over)


@lru_cache(maxsize=16384)  # codes of a width: documents in the same fonts have most in common
def _summary(closure: Closure, glyphs: tuple[tuple[int, float], ...], width: float) -> Summary:
    drawn = _with_meanings(closure, glyphs)
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


class CodeParts(dict[int, tuple[float, list[tuple[float, float, float, Meaning]]]]):
    """Code → its width in text space, and its glyphs: where on the page each begins from the code's own place, how wide
    it is, where the code ends, what the glyph can stand for. Refers to its font weakly, as `Summaries` do."""

    def __init__(self, known: KnownFont, size: float, spacing: float, stretch: float) -> None:
        self._known, self._unit, self._spacing, self._stretch = proxy(known), size / 1000, spacing, stretch

    def __missing__(self, code: int) -> tuple[float, list[tuple[float, float, float, Meaning]]]:
        unit, stretch, scale = self._unit, self._stretch * self._unit, abs(self._stretch) * self._unit
        width = self._known.font.widths[code]
        parts = [
            (stretch * x, scale * advance, stretch * x + scale * (width - x), meaning)
            for x, advance, meaning in _with_meanings(self._known.closure, self._known.glyphs(code))
        ]
        self[code] = width * unit + self._spacing, parts
        return self[code]
