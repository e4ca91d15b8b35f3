"""The line: the way from one source to one edition of it, through all stages.

In: a source (its path, its bytes, or a `Document`) and `Options`. Out: an `Edition`, which is the document with its
HTML, its PDF and the report of preflight. It imports no foreign library: each stage is a function of a lower room.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
