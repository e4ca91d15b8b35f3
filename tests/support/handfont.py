"""A font drawn by hand, and runs of its letters: every letter is half as wide as it is high.

A code is the number of a glyph. READINGS lists what each glyph can mean, by the sign that tests write for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from masthead.pdf.content.runs import TextRun
from masthead.pdf.glyphs import known_fonts
from masthead.pdf.glyphs.blocks import ShownRun
from masthead.pdf.glyphs.meanings import PIECE, Meaning, Reading

FATHA, KASRA = "\u064e", "\u0650"


def letter(char: str, form: str = "") -> frozenset[Reading]:
    return frozenset({((char, form),)})


READINGS: dict[str, frozenset[Reading]] = {
    **{char: letter(char) for char in "abcdefghijklmnopqrstuvwxyz -–()1" + FATHA + KASRA},
    "B": letter("ب", "init"),
    "N": letter("ب", "medi"),
    "L": letter("ل", "fina"),
    "A": frozenset({(("ل", "init"), ("ا", "fina"))}),
    "F": frozenset({(("f", ""), ("i", ""))}),
    "D": frozenset({(("–", ""),), (("-", ""), ("-", ""))}),  # a dash, or two hyphens
    "M": frozenset({((FATHA, ""),), ((KASRA, ""),)}),  # one of two marks
    "P": frozenset({PIECE}),
    "E": frozenset({(("a", ""),), (("b", ""),)}),
    "U": frozenset(),  # the font does not say
}
MEANINGS = {ord(sign): Meaning(readings) for sign, readings in READINGS.items()}
NARROW = {FATHA: 0.0, KASRA: 0.0, "M": 0.0}


class HandmadeFont:
    """A font whose glyphs are in READINGS; `made` has codes of several glyphs, with their places and the width."""

    def __init__(self, made: dict[str, tuple[list[tuple[str, float]], float]] | None = None) -> None:
        self._made = {ord(sign): each for sign, each in (made or {}).items()}
        self.font: Any = SimpleNamespace(widths={code: self._width(code) for code in {*MEANINGS, *self._made}})
        self.closure: Any = self

    def _width(self, code: int) -> float:
        return self._made[code][1] if code in self._made else self.advance(code)

    def advance(self, glyph: int) -> float:
        return NARROW.get(chr(glyph), 500.0)

    def meaning(self, glyph: int) -> Meaning:
        return MEANINGS[glyph]

    def glyphs(self, code: int) -> list[tuple[int, float]]:
        return [(ord(sign), x) for sign, x in self._made[code][0]] if code in self._made else [(code, 0.0)]

    def summary(self, code: int) -> known_fonts.Summary:
        return known_fonts._summary(self.closure, tuple(self.glyphs(code)), self.font.widths[code])

    @cached_property
    def summaries(self) -> known_fonts.Summaries:
        return known_fonts.Summaries(self)  # type: ignore[arg-type]

    def parts(self, size: float, spacing: float, stretch: float) -> known_fonts.CodeParts:
        return known_fonts.CodeParts(self, size, spacing, stretch)  # type: ignore[arg-type]


FONT = HandmadeFont()


def run(
    signs: str, x: float = 0, y: float = 100, *, size: float = 10, kerning: Sequence[tuple[int, float]] = (),
    page: int = 1, spacing: float = 0, matrix: tuple[float, float, float, float] = (1, 0, 0, 1), rise: float = 0,
    font: HandmadeFont = FONT,
) -> ShownRun:  # fmt: skip
    """What one operator shows on a page that is 200 points high: letters from left to right, beginning at a place."""
    codes = tuple(map(ord, signs))
    width = sum(font.font.widths[code] / 1000 * size + spacing for code in codes)
    width -= sum(back for _, back in kerning) / 1000 * size
    drawn = TextRun(None, size, rise, spacing, 0, (*matrix, x, y), codes, kerning, width, 100)
    return ShownRun(drawn, font, page, 200)  # type: ignore[arg-type]
