"""A queue of work for executors, to which work may be added while results are taken."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from typing import Any

from masthead.batch.limits import Executor, TimeLimitError
from masthead.document import MastheadError


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A function for a worker and what it is given. `item` says what the result belongs to.

    `size`, in bytes, is that of the source, by which the limits grow. `tries` is how often the job is submitted again
    if its worker is lost, unless it took too long.
    """

    item: Any
    executor: Executor
    function: Callable[[Any], Any]
    given: Any
    size: int = 0
    tries: int = 0


class WorkQueue:
    """Iterating it yields each job with its result, or with the MastheadError that prevented it, as results come.

    `jobs` are drawn one by one, when workers have nothing else to do; a job that is added goes before them.
    """

    def __init__(self, jobs: Iterable[QueuedJob] = ()) -> None:
        self._jobs = iter(jobs)
        self._added: deque[QueuedJob] = deque()
        self._drawn: QueuedJob | None = None
        self._running: dict[Future[Any], QueuedJob] = {}
        self._load: Counter[Executor] = Counter()

    def add(self, job: QueuedJob) -> None:
        self._added.append(job)

    def __iter__(self) -> Iterator[tuple[QueuedJob, Any]]:
        while self._fill():
            for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                job = self._running.pop(future)
                self._load[job.executor] -= 1
                error = future.exception()
                loss = job.executor.loss(error, job.size) if error else None
                if loss and job.tries and not isinstance(loss, TimeLimitError):
                    self.add(replace(job, tries=job.tries - 1))
                elif error is None:
                    yield job, future.result()
                else:
                    yield job, error if isinstance(error, MastheadError) else loss or MastheadError.unexpected(error)

    def _fill(self) -> bool:
        """Keep the workers busy; return whether anything is running."""
        while job := self._next():
            self._running[job.executor.submit(job.function, job.given, job.size)] = job
            self._load[job.executor] += 1
        return bool(self._running)

    def _next(self) -> QueuedJob | None:
        """Take a job that its executor has room for."""
        for job in self._added:
            if self._has_room(job.executor):
                self._added.remove(job)
                return job
        if self._drawn is None and not self._added:
            self._drawn = next(self._jobs, None)
        if self._drawn and self._has_room(self._drawn.executor):
            job, self._drawn = self._drawn, None
            return job
        return None

    def _has_room(self, executor: Executor) -> bool:
        return self._load[executor] < executor.width
