"""The page room: a Document in, the HTML of its pages out, and the text that those pages must contain.

Words and marks come from the locale; directions are computed by UAX #9. It renders templates with Jinja, and gets
embedding levels from python-bidi.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
