"""Garbage collected once for each document.

Python looks through everything alive whenever a quarter more is: while a document is set, some hundred thousand boxes
and style values are, and what is remembered of the documents before. Most of a document is freed without any search
when it is written; what refers to itself in a circle is found by one search among what the document made. What a
command imports is no garbage either, and is some hundred thousand objects too.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MADE = 200_000  # objects, after which a long document is searched all the same


def seldom() -> None:
    """Search no more often than after `_MADE` new objects, as long as the process lives."""
    gc.set_threshold(_MADE, *gc.get_threshold()[1:])


@contextmanager
def put_off() -> Iterator[None]:
    """Search no more often than after `_MADE` new objects meanwhile, and once in the end."""
    if not gc.isenabled():
        yield
        return
    kept = gc.get_threshold()
    seldom()
    try:
        yield
    finally:
        gc.collect(0)  # before the threshold is as it was: else it is passed, and Python searches by itself
        gc.set_threshold(*kept)
