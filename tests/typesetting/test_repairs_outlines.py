"""Cubic outlines become quadratic ones, and the tables of the font state what it has."""

from __future__ import annotations

import io

import pytest
from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from masthead.typesetting import fonts
from masthead.typesetting.repairs import outlines

TEXT = "安全理事会，第2534号决议 "


def song() -> bytes:
    return next(face.path for face in fonts.load().faces if face.family == "Noto Serif SC").read_bytes()


def subset_of(file: bytes, text: str) -> tuple[bytes, list[int]]:
    """The font with the glyphs of a text under their own numbers, as WeasyPrint makes it, and these numbers."""
    font = TTFont(io.BytesIO(file))
    numbers = [font.getGlyphID(font.getBestCmap()[ord(char)]) for char in text]
    maker = subset.Subsetter(subset.Options(retain_gids=True, desubroutinize=True, notdef_outline=False))
    maker.populate(gids=numbers)
    maker.subset(font)
    output = io.BytesIO()
    font.save(output)
    return output.getvalue(), numbers


@pytest.fixture(scope="module")
def pair() -> tuple[TTFont, TTFont]:
    """The subset with cubic outlines, and with quadratic ones."""
    file, numbers = subset_of(song(), TEXT)
    made = outlines.to_quadratic(file, outlines.face(song(), 0).outlines(numbers))
    return TTFont(io.BytesIO(file)), TTFont(io.BytesIO(made))


def test_outlines_and_advances_are_those_of_the_font(pair: tuple[TTFont, TTFont]) -> None:
    cubic, quadratic = (font.getGlyphSet() for font in pair)
    for char in TEXT:
        name = pair[0].getBestCmap()[ord(char)]
        place = pair[1].getGlyphOrder()[pair[0].getGlyphID(name)]
        pens = BoundsPen(cubic), BoundsPen(quadratic)
        cubic[name].draw(pens[0])
        quadratic[place].draw(pens[1])
        assert pens[1].bounds == (pens[0].bounds and pytest.approx(pens[0].bounds, abs=1))
        assert quadratic[place].width == cubic[name].width


@pytest.mark.parametrize("table", ["head", "hhea", "maxp"])
def test_the_tables_state_what_fonttools_computes(pair: tuple[TTFont, TTFont], table: str) -> None:
    output = io.BytesIO()
    font = TTFont(io.BytesIO(pair[1].reader.file.getvalue()), recalcTimestamp=False)
    font["glyf"].glyphs  # noqa: B018 (what is decompiled is computed again)
    font["hmtx"].metrics  # noqa: B018
    font.save(output)
    stated, computed = (vars(each[table]) for each in (pair[1], TTFont(output)))
    form = {"checkSumAdjustment", "indexToLocFormat", "numberOfHMetrics"}
    assert {k: v for k, v in stated.items() if k not in form} == {k: v for k, v in computed.items() if k not in form}


def test_a_font_without_a_visible_glyph_is_valid() -> None:
    file, numbers = subset_of(song(), " ")
    font = TTFont(io.BytesIO(outlines.to_quadratic(file, outlines.face(song(), 0).outlines(numbers))))
    assert font["maxp"].maxPoints == 0
    assert not any(font["glyf"][name].numberOfContours for name in font.getGlyphOrder())
