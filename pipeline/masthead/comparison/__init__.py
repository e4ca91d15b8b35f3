"""What differs between two PDFs, as a reader would notice it, and which PDFs are accepted as baselines.

In: a baseline and a candidate, one pair or many, and a tolerance. Out: a `Comparison` of each. It reads PDFs
with the room `pdf`. Some properties are read only here, with pypdf, pikepdf and PDFium.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
