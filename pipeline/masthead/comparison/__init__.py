"""What differs between two PDFs, as a reader would notice it, and which PDFs are accepted as baselines.

In: a baseline and a candidate, one pair or many, and a tolerance. Out: a `Comparison` of each. It alone knows Pillow's
arithmetic on pictures; it reads PDFs by the room `pdf`, and by pypdf, PDFium and qpdf itself what only it compares.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
