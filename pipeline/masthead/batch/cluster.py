"""Workers on other machines: a Dask cluster, by its interface of `concurrent.futures` (the `cluster` extra).

Tasks carry sources and bring back files; no disk is shared. Where a store is named, sources and files pass through it
by the hash of their bytes, and the scheduler sees names alone. Each task runs in a process of its own below Dask's
worker, so that a crash or a hang costs that document alone: workers must be allowed children (docs/scale.md).
"""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from typing import Any, Self, TypeVar

from masthead.batch import work
from masthead.batch.inputs import digest
from masthead.batch.pool import Limits, Pool
from masthead.document import MastheadError, OrderError, ResourceError, stores

Given = TypeVar("Given")
Made = TypeVar("Made")
_PATIENCE = 10  # seconds to find the scheduler


@dataclass(frozen=True, slots=True)
class Parcel:
    """A value that lies in a store, `address` being where; the end of it is the hash of its bytes."""

    address: str

    @classmethod
    def of(cls, value: Any, store: str) -> Parcel:
        """Put `value` into the store. Raises ResourceError."""
        data = pickle.dumps(value)
        parcel = cls(f"{store.rstrip('/')}/{digest(data)}")
        try:
            stores.put(parcel.address, data)
        except OSError as error:
            raise ResourceError(f"the store takes nothing: {error}", where=store) from None
        return parcel

    def open(self) -> Any:
        """Return the value. Raises ResourceError where it is lost, or is another."""
        try:
            data = stores.get(self.address)
        except OSError as error:
            raise ResourceError(f"what lay in the store is lost: {error}", where=self.address) from None
        if not self.address.endswith(digest(data)):
            raise ResourceError("the store gave other bytes than were put there", where=self.address)
        return pickle.loads(data)

    def drop(self) -> None:
        with contextlib.suppress(OSError):  # somebody swept the store
            stores.drop(self.address)


class Cluster:
    """The workers of the scheduler at `address`, where a document may take what `limits` say.

    `store` is a folder or an address of fsspec's that all reach; without one, all passes through the scheduler. Raises
    OrderError where there is no scheduler, or a worker has other templates, fonts or engines than this machine.
    """

    def __init__(self, address: str, limits: Limits, store: str = "") -> None:
        try:
            from distributed import Client
        except ImportError:
            raise OrderError("a cluster needs Dask", hint="pip install 'masthead[cluster]'") from None
        self._limits, self._store = limits, store
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
        if not self._store:
            future: Future[Made] = self._executor.submit(within, self._limits, function, given)
            return future
        sent = Parcel.of(given, self._store)
        return _opened(sent, self._executor.submit(within_store, self._store, self._limits, function, sent))

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


def within_store(store: str, limits: Limits, function: Callable[[Any], Any], sent: Parcel) -> Parcel:
    """Do the same with what lies in the store, and put there what comes of it."""
    return Parcel.of(within(limits, function, sent.open()), store)


def _opened(sent: Parcel, parcel: Future[Parcel]) -> Future[Any]:
    """A future of the value in the parcel; both parcels are taken from the store when it is there."""
    future: Future[Any] = Future()

    def fetch(done: Future[Parcel]) -> None:
        try:
            made = done.result()
            value = made.open()
        except BaseException as error:  # whatever it is, it goes to who asks for the result
            future.set_exception(error)
            return
        future.set_result(value)
        made.drop()
        sent.drop()

    parcel.add_done_callback(fetch)
    return future


@cache
def _pool(limits: Limits) -> Pool:
    return Pool(1, limits)


def _digest() -> str:
    return work.here().digest
