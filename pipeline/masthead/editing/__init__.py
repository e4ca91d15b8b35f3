"""Editing: what an editor asks about sources. Lint, the list of references, and the concordance of language versions.

In: sources. Out: findings and lists, with positions in the sources.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
