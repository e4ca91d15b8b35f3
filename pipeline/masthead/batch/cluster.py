"""Workers on other machines: a Dask cluster, by its `concurrent.futures` interface (the `cluster` extra).

Tasks carry sources and bring back files; no disk is shared. With a store, sources and files pass through it under the
hash of their bytes, and the scheduler sees only addresses. Each task runs in a child process of Dask's worker, where a
crash or a hang costs only that document: workers must be allowed to have children (docs/scale.md).
"""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from masthead.batch import work
from masthead.batch.limits import Given, Limits, Made, cores
from masthead.batch.pool import Pool
from masthead.document import MastheadError, OrderError, Organization, ResourceError, files, organizations, stores

_PATIENCE = 10  # seconds to find the scheduler


@dataclass(frozen=True, slots=True)
class StoredValue:
    """A value in a store, at an address that ends in the hash of its bytes."""

    address: str

    @classmethod
    def put(cls, value: Any, store: str) -> StoredValue:
        """Put `value` into the store. Raises ResourceError."""
        data = pickle.dumps(value)
        stored = cls(f"{store.rstrip('/')}/{files.sha256(data)}")
        try:
            stores.put(stored.address, data)
        except OSError as error:
            raise ResourceError(f"the store cannot be written: {error}", where=store) from None
        return stored

    def get(self) -> Any:
        """Return the value. Raises ResourceError if it is lost or damaged."""
        try:
            data = stores.get(self.address)
        except OSError as error:
            raise ResourceError(f"a value in the store is lost: {error}", where=self.address) from None
        if not self.address.endswith(files.sha256(data)):
            raise ResourceError("a value in the store is damaged", where=self.address)
        return pickle.loads(data)

    def delete(self) -> None:
        with contextlib.suppress(OSError):  # somebody else may have cleared the store
            stores.delete(self.address)


class Cluster:
    """The workers of the scheduler at `address`, where each document may take what `limits` say.

    `store` is a folder or an fsspec address that every machine reaches; without one, everything passes through the
    scheduler. Raises OrderError if no scheduler answers, if a worker has other templates, fonts or engines than this
    machine, or if the connection leaves this machine without encryption and is not allowed to be `unencrypted`.
    Workers on this machine open sources, in `folders`.
    """

    def __init__(
        self,
        address: str,
        limits: Limits,
        store: str = "",
        folders: Iterable[Path] = (),
        *,
        unencrypted: bool = False,
    ) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise OrderError("a cluster needs Dask", hint="pip install 'masthead[cluster]'") from None
        if not (unencrypted or _is_safe(address)):
            # Dask's messages are pickles: who can send them runs code on the workers, and here.
            hint = "use a tls:// address (docs/scale.md), or --unencrypted if only your machines can reach it"
            raise OrderError("the connection to the scheduler is not encrypted", where=address, hint=hint)
        self.drafts = None
        self._limits, self._store, self._organization = limits, store, organizations.current()
        try:
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise OrderError("no scheduler answers", where=address, hint=str(error).lower()) from None
        except TypeError:  # Dask found no certificates for TLS
            hint = "set DASK_DISTRIBUTED__COMM__TLS__CA_FILE and the client's key and certificate (docs/scale.md)"
            raise OrderError("TLS has no certificates", where=address, hint=hint) from None
        self._executor = self._client.get_executor(pure=False, retries=2)  # type: ignore[no-untyped-call]
        self._check_workers()
        self.readers = Pool(cores(), limits, folders)  # sources are opened here, where they are

    @property
    def width(self) -> int:
        """As many tasks as there are threads, so that each starts at once."""
        return max(1, sum(self._client.nthreads().values()))  # type: ignore[no-untyped-call]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.readers.__exit__()
        self._client.close()  # type: ignore[no-untyped-call]

    def submit(self, function: Callable[[Given], Made], given: Given, size: int = 0) -> Future[Made]:
        future: Future[Made]
        try:
            if not self._store:
                future = self._executor.submit(run_apart, self._limits, function, given, size, self._organization)
                return future
            sent = StoredValue.put(given, self._store)
            return _fetched(
                sent,
                self._executor.submit(run_stored, self._store, self._limits, function, sent, size, self._organization),
            )
        except Exception as error:  # the scheduler or the store was lost: this document fails, as those under way do
            future = Future()
            future.set_exception(error)
            return future

    def loss(self, error: BaseException, size: int = 0) -> MastheadError | None:
        from distributed import CancelledError, KilledWorker

        if isinstance(error, KilledWorker):
            return ResourceError(
                "the workers that processed this document ended", hint="they may have run out of memory"
            )
        if isinstance(error, CancelledError | OSError):
            return ResourceError("the scheduler was lost", hint="start it again, and run again for the rest")
        return None

    def _check_workers(self) -> None:
        here = _digest(self._organization)
        for worker, there in self._client.run(_digest, self._organization).items():
            if there != here:
                message = "a worker has different templates, fonts or versions from this machine"
                hint = "install the same masthead with the same constraints.txt on every machine"
                raise OrderError(message, where=worker, hint=hint)


def _is_safe(address: str) -> bool:
    """Whether nobody else can read or join the connection to `address`: it is encrypted, or stays on this machine."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme in ("tls", "wss") or parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def run_apart(
    limits: Limits,
    function: Callable[[Given], Made],
    given: Given,
    size: int,
    organization: Organization | None = None,
) -> Made:
    """Do the work in a child process, which may crash or hang without harm to Dask's worker."""
    pool = _pool(limits, organization or organizations.bundled())
    try:
        return pool.submit(function, given, size).result()
    except Exception as error:
        raise pool.loss(error, size) or error from None


def run_stored(
    store: str,
    limits: Limits,
    function: Callable[[Any], Any],
    sent: StoredValue,
    size: int,
    organization: Organization,
) -> StoredValue:
    """Do the same with a value from the store, and put the result there."""
    return StoredValue.put(run_apart(limits, function, sent.get(), size, organization), store)


def _fetched(sent: StoredValue, result: Future[StoredValue]) -> Future[Any]:
    """Return a future of the stored result's value; both stored values are deleted when it is there."""
    future: Future[Any] = Future()

    def fetch(done: Future[StoredValue]) -> None:
        try:
            stored = done.result()
            future.set_result(stored.get())
        except BaseException as error:  # of any kind: it belongs to whoever asks for the result
            future.set_exception(error)
        else:
            stored.delete()
            sent.delete()

    result.add_done_callback(fetch)
    return future


@cache  # one pool for the life of Dask's worker
def _pool(limits: Limits, organization: Organization) -> Pool:
    with organization.used():
        return Pool(1, limits)


def _digest(organization: Organization) -> str:
    with organization.used():
        return work.here().digest
