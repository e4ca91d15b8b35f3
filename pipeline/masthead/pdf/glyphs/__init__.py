"""What the glyphs of a page can stand for, by the tables of the bundled fonts."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, ["meanings"])
