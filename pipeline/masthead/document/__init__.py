"""The document room: the document model, and what all rooms above share.

Values without behaviour come in and go out: documents, terms such as languages and symbols, the words of locales,
findings and errors. The sub-package `references` finds and writes citations. Only this room knows fsspec (`stores`).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
