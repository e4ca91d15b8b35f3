"""Reads a PDF; judges nothing. Each job has one reader: `catalogue` pypdf, `content` pikepdf, `drawn` PDFium.

`glyphs` finds in the bundled fonts what the glyphs of a page can stand for; `facts` recognizes on the pages what a
United Nations document says of itself. `Evidence` holds all that is read of one file.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
