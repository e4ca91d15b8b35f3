"""Pages of a PDF put on sheets, to be printed, folded and bound: `impose`.

A scheme (`imposition.schemes`) says which page goes where, a forme (`imposition.formes`) how the
sheet is furnished. Pages stay what they are: vector, with their fonts, moved and cut and never drawn anew. What speaks
of reading (tags, outline, links, labels) stays behind with the reading copy.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
