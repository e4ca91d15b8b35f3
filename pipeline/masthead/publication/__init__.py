"""The line: from one source to one edition of it.

In: a source (its path, its bytes, or a `Document`) and `Options`. Out: an `Edition`, which is the document with its
HTML, its PDF and the report of preflight. It uses no foreign library: each stage is a function of the room below.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
