"""Batches: thousands of documents, nothing lost, nothing done twice.

`gather` finds the sources, `prepare` what must be made of them and why, `run` makes it by the workers of an executor
(`pool.Pool` on this machine, `cluster.Cluster` on many) and gives an `Outcome` for each, as it comes.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
