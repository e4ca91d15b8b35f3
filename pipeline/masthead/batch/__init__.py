"""Publishes many documents into one folder. No failure is lost: each one is reported.

In: the names of sources, a folder, and options. Out: an `Outcome` for each edition, when it is ready. Its file and its
record entry are written first. The record of runs is an SQLite file. Only this room imports pebble and Dask, which run
the workers.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
