"""What the content streams of pages and the structure tree hold. By pikepdf."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["colours"])
