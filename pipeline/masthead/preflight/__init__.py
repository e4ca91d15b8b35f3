"""Preflight: rules that check every page of a PDF, made by Masthead, or any other UN PDF; and reports of the result.

In: a PDF, and the document that it should show. Out: a `Report` with facts and findings.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
