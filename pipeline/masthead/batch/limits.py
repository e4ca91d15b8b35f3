"""What a document may take on this machine, and what every process that makes documents has in common.

A process may crash, hang or run out of memory, and loses only its own document. It is confined before it opens a
source.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import mmap
import os
import signal
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, Self, TypeVar

from masthead.batch import confinement
from masthead.document import MastheadError, ResourceError, garbage, organizations
from masthead.typesetting import fonts

WORKER = "masthead.batch.worker"
"""The module that imports every stage."""
RECYCLED = 500  # documents that a process makes; bounds what libraries cache for each
WAITING = 10  # times the limit of CPU time: a worker that takes longer waits for something that does not come
_STARVED = 75  # the exit code of a process that ran out of memory (EX_TEMPFAIL of sysexits.h)
_OVERTIME = -getattr(signal, "SIGPROF", 27)  # the exit code of a process that used up its CPU time
MEMORY_HINT = "memory may be low; see --memory"
_PER_LIMIT = 2**20  # bytes of source for each of which both limits are increased: 250 pages of text
_inherited = 0  # bytes of data

Given = TypeVar("Given")
Made = TypeVar("Made")


class TimeLimitError(ResourceError):
    """A limit of time is exceeded: the work would exceed it again."""


class Executor(Protocol):
    """Workers somewhere."""

    @property
    def width(self) -> int:
        """How many tasks are worth submitting at once."""

    @property
    def readers(self) -> Executor:
        """The executor whose workers can open the files of this machine; perhaps this one."""

    @property
    def drafts(self) -> Path | None:
        """The folder of this machine in which workers leave finished files; None if they return them."""

    def submit(self, function: Callable[[Given], Made], given: Given, size: int = 0) -> Future[Made]:
        """Start the work on a source of `size` bytes; if the work fails, the future's exception is a MastheadError."""

    def loss(self, error: BaseException, size: int = 0) -> MastheadError | None:
        """Return why the worker was lost, if that is what `error`, the exception of a future, means; else None."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one small document may take: `seconds` of CPU time, `mebibytes` of memory of its process."""

    seconds: float = 120
    mebibytes: int = 2048

    def of(self, size: int) -> Limits:
        """Return the limits for a source of `size` bytes."""
        factor = 1 + size / _PER_LIMIT
        return Limits(self.seconds * factor, round(self.mebibytes * factor))


class WorkerLost(Exception):
    """A process ended during its work, with this exit code: the negative number of a signal, None if unknown."""

    def __init__(self, exitcode: int | None) -> None:
        super().__init__(f"exit code {exitcode}")
        self.exitcode = exitcode


class LocalWorkers(ABC):
    """Processes on this machine, each within `limits`. A context manager, which ends them.

    Where the kernel allows it, they can open files in `folders` only, beside those of Masthead and the system, write
    nowhere but in a temporary folder, which is made in `drafts` if that is given, and reach no network.
    """

    def __init__(self, limits: Limits, folders: Iterable[Path] = (), drafts: Path | None = None) -> None:
        self.drafts = drafts
        self._limits = limits
        self._temporary = TemporaryDirectory(prefix="masthead-", dir=drafts, ignore_cleanup_errors=True)
        self._organization = organizations.current()
        own_folders = () if self._organization.is_bundled else (self._organization.folder,)
        self._given = (*folders, *own_folders), Path(self._temporary.name)

    @property
    def readers(self) -> Self:
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()
        self._temporary.cleanup()

    @abstractmethod
    def _stop(self) -> None:
        """End the processes."""

    def loss(self, error: BaseException, size: int = 0) -> MastheadError | None:
        limits = self._limits.of(size)
        if isinstance(error, TimeoutError):
            message = f"not ready after {round(WAITING * limits.seconds, 1):,g} seconds, most of them spent waiting"
            return TimeLimitError(message, hint="check whether the machine is overloaded, or raise --timeout")
        if not isinstance(error, WorkerLost):
            return None
        if error.exitcode == _OVERTIME:
            message = f"took more than {round(limits.seconds, 1):,g} seconds of CPU time"
            return TimeLimitError(message, hint=f"raise --timeout, which is now {self._limits.seconds:g}")
        if error.exitcode == _STARVED:
            message = f"took more than {limits.mebibytes:,} MiB of memory"
            return ResourceError(message, hint=f"raise --memory, which is now {self._limits.mebibytes}")
        return ResourceError(f"the worker process ended ({_ending(error.exitcode)})", hint=MEMORY_HINT)


def cores() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begin(folders: tuple[Path, ...], temporary: Path) -> None:
    """Prepare a new process: confine it; collect garbage rarely, and never in what is imported; end when asked to."""
    tempfile.tempdir = os.environ["TMPDIR"] = str(temporary)
    with contextlib.suppress(MastheadError):  # missing fonts are an error of the documents
        # Pango has fontconfig look for the fonts of the system, which no page uses: it would open each of them, as it
        # cannot reach what it has cached of them.
        os.environ["FONTCONFIG_FILE"] = str(fonts.load().fontconfig)
    confinement.confine(folders, [temporary])
    with contextlib.suppress(ImportError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    garbage.raise_gc_threshold()
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # its warnings are about fonts verified by hash
    gc.freeze()


def count_inherited() -> None:
    """Take no memory into account that this process has from the one that it was forked from: a host may be large."""
    global _inherited
    with contextlib.suppress(OSError):  # no system but Linux has the file, and none forks workers
        _inherited = int(Path("/proc/self/statm").read_text("ascii").split()[5]) * mmap.PAGESIZE


def work(
    function: Callable[[Given], Made], given: Given, limits: Limits, organization: tuple[tuple[Path, ...], str]
) -> Made:
    """Do the work for an organization, or end this process if memory or CPU time runs out.

    Caches of earlier documents may have taken the memory, and libraries may be left half-way, so the document is tried
    again in a new process.
    """
    _limit(limits)
    try:
        with organizations.same(*organization).used():
            return function(given)
    except MemoryError:
        os._exit(_STARVED)
    finally:
        _limit(None)


def _limit(limits: Limits | None) -> None:
    """Limit the memory of this process, and its CPU time from now on; end the limit of time if there are none.

    The system ends the process by SIGPROF: no code needs to run for that, and an overloaded machine changes nothing.
    """
    with contextlib.suppress(ImportError, AttributeError):  # Windows has no such limits
        import resource

        signal.setitimer(signal.ITIMER_PROF, limits.seconds if limits else 0)
        if limits:
            _, most = resource.getrlimit(resource.RLIMIT_DATA)
            asked = limits.mebibytes * 2**20 + _inherited
            resource.setrlimit(
                resource.RLIMIT_DATA, (asked if most == resource.RLIM_INFINITY else min(asked, most), most)
            )


def _ending(code: Any) -> str:
    """The name of the signal that ended a process, or its exit code."""
    try:
        return signal.Signals(-code).name
    except (TypeError, ValueError):
        return f"code {code}"
