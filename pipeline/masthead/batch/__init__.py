"""Batches: thousands of documents published into a folder, each once, none lost.

In: the names of sources, a folder, and options. Out: an `Outcome` for each edition, as it comes, its file and its entry
in the folder's record already written. It alone knows pebble and Dask, which run the workers, and SQLite's record.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
