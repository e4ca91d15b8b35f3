"""Comparisons and documents in the browser: the report as one file, review with decisions, and watch while writing."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
