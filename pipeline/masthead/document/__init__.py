"""The document room: the document model, and what all rooms above share.

Holds the values that all rooms use (documents, terms such as languages and symbols, the words of locales, findings,
errors), and the functions for files, settings and stores. The sub-package `references` finds and writes citations. Only
this room imports fsspec (`stores`).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
