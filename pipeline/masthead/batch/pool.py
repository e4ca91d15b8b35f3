"""Workers on this machine: processes that may crash, hang or eat memory, each losing its own document alone.

Pebble keeps them, since the standard library's pool loses all that waits when one of its processes is killed, and knows
no limit of time. Processes are forked from one that has everything imported, so a new one costs little: from a server
made for that, or from this one, which is quicker for a single worker, where this process is Masthead's own.
"""

from __future__ import annotations

import contextlib
import gc
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
_RECYCLED = 500  # documents; what libraries keep for each stays bounded
_STARVED = 75  # the code with which a process ends that had no memory left (EX_TEMPFAIL of sysexits.h)

Given = TypeVar("Given")
Made = TypeVar("Made")


class Executor(Protocol):
    """Workers somewhere."""

    @property
    def width(self) -> int:
        """How many tasks are worth having under way at once."""

    def submit(self, function: Callable[[Given], Made], given: Given) -> Future[Made]:
        """Begin the work; the future's exception is a MastheadError where the work itself says no."""

    def loss(self, error: BaseException) -> MastheadError | None:
        """What it means when a future ends with `error`: the worker was lost; None where it was not."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: `seconds` of time, `mebibytes` of memory of its process."""

    seconds: float = 120
    mebibytes: int = 2048


class Pool:
    """`jobs` processes, each within `limits`. A context manager: they are gone when it ends.

    `own` says that this process runs no threads but ours, so that processes may be forked from it.
    """

    def __init__(self, jobs: int, limits: Limits, *, own: bool = False) -> None:
        self.width = 2 * jobs  # one is ready when another ends
        self._limits = limits
        self._forks = own and jobs == 1 and sys.platform == "linux"  # elsewhere the system's libraries do not bear it
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
        except RuntimeError:  # Pebble gives up its pool when a process dies that is at no work
            self.__exit__()
            self._pool = self._new()
            return self._scheduled(function, given)

    def _scheduled(self, function: Callable[[Given], Made], given: Given) -> Future[Made]:
        future: Future[Made] = self._pool.schedule(_work, (function, given), timeout=self._limits.seconds)
        return future

    def loss(self, error: BaseException) -> MastheadError | None:
        if isinstance(error, TimeoutError):
            return ResourceError(f"it takes more than {self._limits.seconds:g} seconds", hint="allow more by --timeout")
        if isinstance(error, ProcessExpired) and error.exitcode == _STARVED:
            return ResourceError(
                f"it takes more than {self._limits.mebibytes} MiB of memory", hint="allow more by --memory"
            )
        if isinstance(error, BrokenProcessPool):
            return ResourceError("the processes ended", hint="memory may be short: see --memory")
        if isinstance(error, ProcessExpired):
            return ResourceError(
                f"the process at work on it ended ({_ending(error.exitcode)})", hint="memory may be short: see --memory"
            )
        return None


def cores() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(mebibytes: int) -> None:
    """Make the process ready: its memory limited, garbage searched for seldom, and never in what is imported."""
    with contextlib.suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (mebibytes * 2**20,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    garbage.seldom()
    gc.freeze()


def _work(function: Callable[[Given], Made], given: Given) -> Made:
    """Do the work, or end this process where memory does not suffice.

    What was kept of earlier documents may have taken it, and libraries may be left half-way: the next try begins anew.
    """
    try:
        return function(given)
    except MemoryError:
        os._exit(_STARVED)


def _ending(code: Any) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"code {code}"
    except (TypeError, ValueError):
        return f"code {code}"
