"""Concordance: language versions of one document side by side, and where they do not agree.

In: two to six sources or PDFs. Out: aligned rows of units, and disagreements with their positions.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
