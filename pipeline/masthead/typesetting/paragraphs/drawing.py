"""The operators that draw a line, word by word: those of a word are the same in every line of a document.

They are what `repairs.textlayer` writes for the groups of the line, byte for byte. There each code is moved by whole
thousandths of the font size to where its glyph belongs; the sum of the rounded widths of codes may be so far from it
that a move is needed within a word, and this depends on where the word begins. Only then are its groups drawn one by
one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from masthead.typesetting.engine.weasyprint.text.ffi import FROM_UNITS
from masthead.typesetting.paragraphs.breaking import Line
from masthead.typesetting.paragraphs.shaping import Word
from masthead.typesetting.repairs import textlayer
from masthead.typesetting.repairs.glyphgroups import GlyphRun

_HALF = 0.5 - 1e-6  # of a thousandth of the font size: what is not rounded to a move


class DrawnWord(NamedTuple):
    """Codes of a word as one string, where the first begins (Pango units), and the sum of their widths.

    `least` and `most` bound how far the pen is from where the codes after the first belong. Widths and distances are in
    thousandths of the font size. `codes` are the single codes, each with its x and width.
    """

    string: str
    x: int
    width: int
    least: float
    most: float
    codes: tuple[tuple[str, int, int], ...]


def show(stream: Any, textbox: Any, line: Line, *, widening: int = 0) -> None:
    """Write the text operators of a line, each of its spaces widened by `widening` (Pango units)."""
    font, size = stream.add_font(line.face.font)
    codes = textlayer.codes_of(font, stream)
    stream.set_font_size(font.hash, size)
    scale = 1000 * FROM_UNITS / size  # Pango units to thousandths of the font size
    if line.face.is_substitute is not False:
        _check_family(font.family, line, textbox)
    known = codes.words.setdefault(scale, {})
    pen, at, array, in_string = 0.0, 0, list[str](), False
    for word in line.words:
        drawn = known.get(word)
        if drawn is None:
            drawn = known[word] = _drawn(stream, word, line.face.font, font, size)
        if drawn.string:
            error = pen - (at + drawn.x) * scale
            shift = round(error)
            error -= shift
            if error + drawn.least > -_HALF and error + drawn.most < _HALF:
                if shift:
                    array.append(f">{shift}<" if in_string else f"{shift}<")
                    pen -= shift
                elif not in_string:
                    array.append("<")
                in_string = True
                array.append(drawn.string)
                pen += drawn.width
            else:
                for code, x, width in drawn.codes:
                    if shift := round(pen - (at + x) * scale):
                        array.append(f">{shift}<" if in_string else f"{shift}<")
                        pen -= shift
                    elif not in_string:
                        array.append("<")
                    in_string = True
                    array.append(code)
                    pen += width
        at += word.advance
        if word.is_space:
            at += widening
    if array:
        stream.show_text("".join(array) + ">")


def _check_family(family: str, line: Line, textbox: Any) -> None:
    """Note the words of a line in a family that was not requested. Raises TypesettingError for an unknown family."""
    groups = tuple(group for word in line.words for group in word.groups)
    line.face.is_substitute = textlayer.check_family(family, groups, textbox)


def _drawn(stream: Any, word: Word, pango_font: Any, font: Any, size: float) -> DrawnWord:
    run = GlyphRun(pango_font, word.starts, word.groups, word.numbers)
    drawn = tuple(
        (code, start + x, width)
        for start, codes in zip(word.starts, textlayer.codes_of_run(run, font, size, stream), strict=True)
        for code, x, width in codes
    )
    if not drawn:
        return DrawnWord("", 0, 0, 0, 0, ())
    scale = 1000 * FROM_UNITS / size
    first, pen, errors = drawn[0][1], 0, list[float]()
    for _, x, width in drawn:
        errors.append(pen - (x - first) * scale)
        pen += width
    string = "".join(code for code, _, _ in drawn)
    return DrawnWord(string, first, pen, min(errors), max(errors), drawn)
