"""Many workers on this machine, managed by Pebble.

The pool of the standard library loses all waiting tasks when one of its processes is killed, and has no time limit.
Processes are forked from a server that has imported every stage, so a new one costs little.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from masthead.batch.limits import (
    MEMORY_HINT,
    RECYCLED,
    WAITING,
    Given,
    Limits,
    LocalWorkers,
    Made,
    WorkerLost,
    begin,
    work,
)
from masthead.document import MastheadError, ResourceError

_SERVER = "masthead.batch.fork_server"


class Pool(LocalWorkers):
    """`jobs` processes. See `LocalWorkers`."""

    def __init__(self, jobs: int, limits: Limits, folders: Iterable[Path] = (), drafts: Path | None = None) -> None:
        super().__init__(limits, folders, drafts)
        self.width = 2 * jobs  # so that a worker finds the next task waiting
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([_SERVER])
        self._new = partial(ProcessPool, jobs, RECYCLED, begin, self._given, context)
        self._pool = self._new()

    def _stop(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def submit(self, function: Callable[[Given], Made], given: Given, size: int = 0) -> Future[Made]:
        limits = self._limits.of(size)
        try:
            return self._scheduled(function, given, limits)
        except RuntimeError:  # Pebble gives up its pool when an idle process dies
            self._stop()
            self._pool = self._new()
            return self._scheduled(function, given, limits)

    def _scheduled(self, function: Callable[[Given], Made], given: Given, limits: Limits) -> Future[Made]:
        arguments = (function, given, limits, self._organization.key)
        future: Future[Made] = self._pool.schedule(work, arguments, timeout=WAITING * limits.seconds)
        return future

    def loss(self, error: BaseException, size: int = 0) -> MastheadError | None:
        if isinstance(error, BrokenProcessPool):
            return ResourceError("the worker processes ended", hint=MEMORY_HINT)
        return super().loss(WorkerLost(error.exitcode) if isinstance(error, ProcessExpired) else error, size)
