"""The operators that draw a line, word by word: those of a word are the same in every line of a document.

They are what `repairs.textlayer` writes for the groups of the line, byte for byte. There each code is moved by whole
thousandths of the font size to where its glyph belongs; the sum of the rounded widths of codes may be so far from it
that a move is needed within a word, and this depends on where the word begins. Only then are its groups drawn one by
one.
"""

from __future__ import annotations

from typing import Any

from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS
from masthead.typesetting.paragraphs.breaking import Line
from masthead.typesetting.paragraphs.faces import ScriptFace
from masthead.typesetting.paragraphs.glyph_words import GlyphWord
from masthead.typesetting.repairs import textlayer
from masthead.typesetting.repairs.glyphgroups import GlyphGroup

_HALF = 0.5 - 1e-6  # of a thousandth of the font size: what is not rounded to a move


Drawn = tuple[str, int, int, float, float, int, bool]
"""A word as it is drawn: its codes as one string, where the first begins (Pango units), the sum of their widths, the
bounds of how far the pen is from where the others belong, its advance (Pango units), and whether it is a space. Widths
and distances are in thousandths of the size."""


def show(stream: Any, textbox: Any, line: Line, *, widening: int = 0) -> None:
    """Write the text operators of a line, each of its spaces widened by `widening` (Pango units)."""
    if line.runs is not None:
        textlayer.show(stream, textbox, line.runs, widening=widening)
        return
    face = line.face
    assert isinstance(face, ScriptFace)
    font, size = stream.add_font(face.font)
    codes = textlayer.codes_of(font, stream)
    stream.set_font_size(font.hash, size)
    scale = 1000 * FROM_UNITS / size  # Pango units to thousandths of the font size
    if face.is_substitute is not False:  # note the words in a family that was not requested
        groups = tuple(group for word in line.words for group in word.groups)
        face.is_substitute = textlayer.check_family(font.family, groups, textbox)
    sized = textlayer.SizedFont(font, codes, scale)
    known, single = codes.words.setdefault(scale, {}), sized.drawn
    pen, at, array = 0.0, 0, list[str]()
    for word in line.words:
        drawn = known.get(word)
        if drawn is None:
            for number in word.numbers - codes.widths.keys():
                codes.widths[number] = round(_advance(face, number, stream) * 1000 * FROM_UNITS / size)
            for group in word.groups:
                if group not in single:
                    textlayer.draw_group(group, sized)
            drawn = known[word] = _drawn(word, single, scale)
        string, x, width, least, most, advance, is_space = drawn
        if string:
            error = pen - (at + x) * scale
            shift = round(error)
            error -= shift
            if error + least > -_HALF and error + most < _HALF:
                if shift:
                    array.append(f">{shift}<" if array else f"{shift}<")
                    pen -= shift
                elif not array:
                    array.append("<")
                array.append(string)
                pen += width
            else:
                placed = zip(word.starts, word.groups, strict=True)
                pen, _ = textlayer.add_groups(array, placed, textlayer.Pen(pen, at), sized)
        at += advance
        if is_space:
            at += widening
    if array:
        stream.show_text("".join(array) + ">")


def _advance(face: ScriptFace, number: int, stream: Any) -> int:
    if number not in face.advances:
        face.advances[number] = textlayer.advance(face.font, number, stream)
    return face.advances[number]


def _drawn(word: GlyphWord, codes: dict[GlyphGroup, list[tuple[str, int, int]]], scale: float) -> Drawn:
    string, first, pen, least, most = "", None, 0, 0.0, 0.0
    for start, group in zip(word.starts, word.groups, strict=True):
        for code, x, width in codes[group]:
            if first is None:
                first = start + x
            else:
                error = pen - (start + x - first) * scale
                if error < least:
                    least = error
                elif error > most:
                    most = error
            string += code
            pen += width
    return string, first or 0, pen, least, most, word.advance, word.is_space
