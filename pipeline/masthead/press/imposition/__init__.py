"""Pages of a PDF put on sheets, to be printed, folded and bound: `impose`.

A scheme (`imposition.schemes`) says which page goes where, a forme (`imposition.formes`) how the
sheet is furnished. Pages stay what they are: vector, with their fonts, moved and cut and never drawn anew. What speaks
of reading (tags, outline, links, labels) stays behind with the reading copy.
"""

from masthead.press.imposition.formes import Forme, Paper, Turning
from masthead.press.imposition.impositions import Imposition, arrange, impose
from masthead.press.imposition.pictures import picture
from masthead.press.imposition.schemes import SCHEMES, Booklet, CutStack, Edge, NUp, Perfect, Saddle, Scheme, Sheet

__all__ = [
    "SCHEMES",
    "Booklet",
    "CutStack",
    "Edge",
    "Forme",
    "Imposition",
    "NUp",
    "Paper",
    "Perfect",
    "Saddle",
    "Scheme",
    "Sheet",
    "Turning",
    "arrange",
    "impose",
    "picture",
]
