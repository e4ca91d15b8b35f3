"""What changed between two texts: a redline, and one document that shows it.

In: two documents. Out: the changes as values, in words, and as a document with revisions, which the writers and pages
print like any other.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
