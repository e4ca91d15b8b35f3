"""Lint: rules about the text of a source, for editors.

In: a source in any form, and a configuration. Out: findings with their lines, and edits for what is certain.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
