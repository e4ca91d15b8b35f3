"""Reports of preflight: as a table on the terminal, JSON, JUnit XML, SARIF, and an HTML page.

In: a `Report`, or the error that says why there is none. Out: text.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
