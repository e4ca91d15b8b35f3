"""Workers on other machines: a Dask cluster, by its interface of `concurrent.futures` (the `cluster` extra).

Tasks carry sources and bring back files; no disk is shared. Each runs in a process of its own below Dask's worker, so
that a crash or a hang costs that document alone: workers must be allowed children (docs/scale.md).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import cache
from typing import Self, TypeVar

from masthead.batch import work
from masthead.batch.pool import Limits, Pool
from masthead.errors import MastheadError, OrderError, ResourceError

Given = TypeVar("Given")
Made = TypeVar("Made")
_PATIENCE = 10  # seconds to find the scheduler


class Cluster:
    """The workers of the scheduler at `address`, where a document may take what `limits` say.

    Raises OrderError where there is none, or a worker has other templates, fonts or engines than this machine.
    """

    def __init__(self, address: str, limits: Limits) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise OrderError("a cluster needs Dask", hint="pip install 'masthead[cluster]'") from None
        self._limits = limits
        try:
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise OrderError("no scheduler answers", where=address, hint=str(error).lower()) from None
        self._executor = self._client.get_executor(pure=False, retries=2)  # type: ignore[no-untyped-call]
        self._check()

    @property
    def width(self) -> int:
        """As many tasks as there are threads, so that each begins at once."""
        return max(1, sum(self._client.nthreads().values()))  # type: ignore[no-untyped-call]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()  # type: ignore[no-untyped-call]

    def submit(self, function: Callable[[Given], Made], given: Given) -> Future[Made]:
        future: Future[Made] = self._executor.submit(within, self._limits, function, given)
        return future

    def loss(self, error: BaseException) -> MastheadError | None:
        from distributed import CancelledError, KilledWorker

        if isinstance(error, KilledWorker):
            return ResourceError("the workers that were at it ended", hint="memory may be short on them")
        if isinstance(error, CancelledError | OSError):
            return ResourceError("the scheduler was lost", hint="start it again, and run again for the rest")
        return None

    def _check(self) -> None:
        here = work.here().digest
        for worker, there in self._client.run(_digest).items():
            if there != here:
                raise OrderError(
                    "a worker has other templates, fonts or versions than this machine",
                    where=worker,
                    hint="install the same masthead by the same constraints.txt on every machine",
                )


def within(limits: Limits, function: Callable[[Given], Made], given: Given) -> Made:
    """Do the work in a process of its own that the worker keeps: it may crash or hang without harm to the worker."""
    pool = _pool(limits)
    try:
        return pool.submit(function, given).result()
    except MastheadError:
        raise
    except Exception as error:
        loss = pool.loss(error)
        if loss is None:
            raise
        raise loss from None


@cache
def _pool(limits: Limits) -> Pool:
    return Pool(1, limits)


def _digest() -> str:
    return work.here().digest
