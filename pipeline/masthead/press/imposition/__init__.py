"""Imposition: pages of PDFs in, sheets for printing, folding and binding out, as a PDF.

`schemes` decides which page goes where, `layout` where it lies on the paper. Pages stay vector, with their fonts: they
are moved and clipped, never redrawn. Tags, outline, links and page labels are left out; they belong to the reading
copy. PDFs are read and written with pikepdf.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
