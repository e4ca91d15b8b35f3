"""Reads a PDF; judges nothing.

In: a PDF. Out: `Evidence`, which holds all that is read of one file. Each part uses one library: `catalogue` uses
pypdf, `content` pikepdf, `drawn` PDFium. `glyphs` finds in the bundled fonts which text each glyph can represent.
`facts` recognizes the facts that the pages state: symbol, organ, date.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
