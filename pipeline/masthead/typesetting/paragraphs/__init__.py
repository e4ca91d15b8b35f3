"""The text of paragraphs: shaped once by HarfBuzz, broken into lines, and drawn from its glyphs.

In: a text, its style, and the room for a line, or where it ends. Out: a `Line`, which `show` draws. Pango shapes text
with ideographs, once too. What Pango alone can decide (letters of two scripts or that a font lacks, a kern on which a
line depends) is told by None; then Pango is asked for each line, and `measure` says how wide its pieces are.
"""

from masthead.typesetting.paragraphs.breaking import Line, next_line, one_line
from masthead.typesetting.paragraphs.drawing import show
from masthead.typesetting.paragraphs.faces import MixedFace, ScriptFace, face
from masthead.typesetting.paragraphs.scripts import script_of
from masthead.typesetting.paragraphs.shaping import ShapedText, measure, shape, shape_mixed

__all__ = [
    "Line",
    "MixedFace",
    "ScriptFace",
    "ShapedText",
    "face",
    "measure",
    "next_line",
    "one_line",
    "script_of",
    "shape",
    "shape_mixed",
    "show",
]
