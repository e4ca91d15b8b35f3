"""Checks of sources for the people who edit documents: lint, references, concordance.

In: sources. Out: findings and lists, with positions in the sources.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
