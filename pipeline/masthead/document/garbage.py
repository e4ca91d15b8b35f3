"""Fewer runs of Python's garbage collector.

The collector runs whenever the number of live objects has grown by a certain part, and each time it looks through them.
While a document is typeset, its boxes and style values are some hundred thousand objects, and the caches of earlier
documents are as many. Most objects of a document are freed without the collector when the file is written. Reference
cycles are found by one run over the objects that the document made. The modules that a command imports are never
garbage, and are some hundred thousand objects too.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLD = 200_000  # new objects; the collector runs only in long documents

_lock = threading.RLock()  # the collector may run code that defers again
_deferrals = 0
_saved: tuple[int, int, int] | None = None
"""The thresholds to restore when the last deferral ends."""


def raise_gc_threshold() -> None:
    """Let the collector run only after `_THRESHOLD` new objects, for the life of the process."""
    gc.set_threshold(_THRESHOLD, *gc.get_threshold()[1:])


def forgo_last_collection() -> None:
    """Look for no garbage when the process ends, which would take as long as a tenth of a short command."""
    atexit.register(gc.freeze)


@contextmanager
def gc_deferred() -> Iterator[None]:
    """Let the collector run only after `_THRESHOLD` new objects in the `with` block, and once at its end.

    Blocks may be nested and may overlap in several threads: the last one to end restores the thresholds.
    """
    global _deferrals, _saved
    if not gc.isenabled():
        yield
        return
    with _lock:
        _deferrals += 1
        if _deferrals == 1:
            _saved = gc.get_threshold()
            raise_gc_threshold()
    try:
        yield
    finally:
        with _lock:
            if _deferrals == 1:
                # While the threshold is still high: otherwise it is exceeded, and Python runs the collector itself.
                gc.collect(0)
                # The program that uses Masthead may have set thresholds of its own in the meantime.
                if _saved is not None and gc.get_threshold()[0] == _THRESHOLD:
                    gc.set_threshold(*_saved)
            _deferrals -= 1


def return_memory() -> None:
    """Return to the system what a long document took and no longer needs: the next stage would take as much again."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of the GNU C library
    if trim is not None:
        trim(0)
