"""Workers on this machine: processes that may crash, hang or run out of memory, and lose only their own document.

Pebble manages them: the pool of the standard library loses all waiting tasks when one of its processes is killed, and
has no time limit. Processes are forked from one that has imported every stage, so a new one costs little: from a
fork server, or, which is quicker for a single worker, from this process, if it is Masthead's own.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from masthead.document import MastheadError, ResourceError, garbage

_WORKER = "masthead.batch.worker"
_RECYCLED = 500  # documents; bounds what libraries cache for each
_STARVED = 75  # the exit code of a process that ran out of memory (EX_TEMPFAIL of sysexits.h)
_MEMORY_HINT = "memory may be short: see --memory"

Given = TypeVar("Given")
Made = TypeVar("Made")


class Executor(Protocol):
    """Workers somewhere."""

    @property
    def width(self) -> int:
        """How many tasks are worth submitting at once."""

    def submit(self, function: Callable[[Given], Made], given: Given) -> Future[Made]:
        """Start the work; if the work itself fails, the future's exception is a MastheadError."""

    def loss(self, error: BaseException) -> MastheadError | None:
        """Return why the worker was lost, if that is what `error`, the exception of a future, means; else None."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: `seconds` of time, `mebibytes` of memory of its process."""

    seconds: float = 120
    mebibytes: int = 2048


class Pool:
    """`jobs` processes, each within `limits`. A context manager, which ends them.

    `own` says that this process runs no threads but Masthead's, so that processes may be forked from it.
    """

    def __init__(self, jobs: int, limits: Limits, *, own: bool = False) -> None:
        self.width = 2 * jobs  # so that a worker finds the next task waiting
        self._limits = limits
        # Elsewhere the system's own libraries may not survive a fork.
        self._forks = own and jobs == 1 and sys.platform == "linux"
        context = multiprocessing.get_context("fork" if self._forks else "forkserver")
        context.set_forkserver_preload([_WORKER])
        self._new = partial(ProcessPool, jobs, _RECYCLED, _begin, (limits.mebibytes,), context)
        self._pool = self._new()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def submit(self, function: Callable[[Given], Made], given: Given) -> Future[Made]:
        if self._forks:
            import_module(_WORKER)
        try:
            return self._scheduled(function, given)
        except RuntimeError:  # Pebble gives up its pool when an idle process dies
            self.__exit__()
            self._pool = self._new()
            return self._scheduled(function, given)

    def _scheduled(self, function: Callable[[Given], Made], given: Given) -> Future[Made]:
        future: Future[Made] = self._pool.schedule(_work, (function, given), timeout=self._limits.seconds)
        return future

    def loss(self, error: BaseException) -> MastheadError | None:
        if isinstance(error, TimeoutError):
            return ResourceError(f"took more than {self._limits.seconds:g} seconds", hint="allow more with --timeout")
        if isinstance(error, BrokenProcessPool):
            return ResourceError("the worker processes ended", hint=_MEMORY_HINT)
        if not isinstance(error, ProcessExpired):
            return None
        if error.exitcode == _STARVED:
            message = f"took more than {self._limits.mebibytes} MiB of memory"
            return ResourceError(message, hint="allow more with --memory")
        return ResourceError(f"the worker process ended ({_ending(error.exitcode)})", hint=_MEMORY_HINT)


def cores() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(mebibytes: int) -> None:
    """Prepare a new process: limit its memory, collect garbage rarely, and never in what is imported already."""
    with contextlib.suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * 2**20,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    garbage.raise_gc_threshold()
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # its warnings are about fonts verified by hash
    gc.freeze()


def _work(function: Callable[[Given], Made], given: Given) -> Made:
    """Do the work, or end this process if memory runs out.

    Caches of earlier documents may have taken the memory, and libraries may be left half-way, so the document is tried
    again in a new process.
    """
    try:
        return function(given)
    except MemoryError:
        os._exit(_STARVED)


def _ending(code: Any) -> str:
    """The name of the signal that ended a process, or its exit code."""
    try:
        return signal.Signals(-code).name if code < 0 else f"code {code}"
    except (TypeError, ValueError):
        return f"code {code}"
