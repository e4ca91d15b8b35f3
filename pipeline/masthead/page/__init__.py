"""The page room: a Document in, the HTML of its pages out, and the text that those pages must contain.

Words and marks come from the locale, directions from UAX #9. Only this room knows Jinja, python-bidi's levels,
segno (QR codes) and python-barcode.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
