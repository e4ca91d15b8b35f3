"""Comparisons and documents in the browser: the report of a comparison, `masthead review` and `masthead watch`.

In: comparisons, or the path of a document. Out: HTML, and ASGI applications that listen on this machine only. Only
this room imports watchfiles, and builds applications with Starlette (the `serve` extra).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
