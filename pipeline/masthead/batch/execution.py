"""A run: workers make each edition that is due. Failures are reported; what is up to date is not made again."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from masthead import formats
from masthead.batch import work
from masthead.batch.inputs import Inputs
from masthead.batch.limits import Executor, Limits, cores
from masthead.batch.outcome import Outcome, OutcomeState
from masthead.batch.plan import PATTERN, Batch, Planner, Target, described
from masthead.batch.record import EditionRecord, RunRecord, opened
from masthead.batch.scheduling import QueuedJob, WorkQueue
from masthead.batch.sources import gather, self_contained
from masthead.batch.tasks import Product, Question, SourcePath, Task
from masthead.document import MastheadError, ResourceError, files
from masthead.publication import DEFAULTS, Options, SourceFile

Item = TypeVar("Item")
_SMALL = 2**13  # bytes of a source; a smaller one takes as long
_GROUP = 8 * _SMALL  # of sources that one job identifies; a larger source has a job of its own
_EACH = 8  # small documents that one job makes
_SHARE = 8  # such jobs that each worker must at least have
_DRAFT = re.compile(r"\.(.+)\.[a-z0-9_]{8}")  # the name that `files.save` gives to a file that is not yet in place


def run(
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    options: Sequence[Options] = (DEFAULTS,),
    pattern: str = PATTERN,
    executor: Executor | None = None,
) -> Generator[Outcome]:
    """Publish documents, folders, globs and manifests into the folder `output`; yield each outcome when it is ready.

    What is up to date is not made again. `pattern` names the files; `executor` has the workers, by default a process
    for each core. Raises OrderError if the pattern is invalid, ResourceError if another run is using the folder. A
    document that fails is an outcome with an error.
    """
    names = [sources] if isinstance(sources, str | os.PathLike) else sources
    batch = Batch(gather(map(str, names)), Path(output), pattern, tuple(options))
    with ExitStack() as stack:
        record = stack.enter_context(opened(batch.output))
        from masthead.batch.pool import Pool

        jobs, drafts = min(cores(), len(batch.sources)), stack.enter_context(record.drafts())
        workers = executor or stack.enter_context(Pool(jobs, Limits(), folders=batch.folders(), drafts=drafts))
        yield from Run(batch, record, workers, work.here()).outcomes()


@dataclass(frozen=True, slots=True)
class Run:
    """A batch, the record of earlier runs into its folder, the workers, and what they make pages with.

    A document whose worker is lost is tried again `retries` times. Pictures may come from the folders `roots` too.
    """

    batch: Batch
    record: RunRecord
    executor: Executor
    inputs: Inputs
    retries: int = 1
    roots: tuple[Path, ...] = ()

    def plan(self) -> Iterator[Target | Outcome]:
        """Find out what must be made, and why: the targets with reasons. Nothing is written.

        An outcome is what is final without any work. Raises OrderError if the pattern is invalid.
        """
        planner = Planner(self.batch, self.record, self.inputs)
        queue = WorkQueue(self._questions())
        for job, result in queue:
            for number, answer in self._each(queue, job, result):
                yield from planner.add(number, answer)

    def outcomes(self) -> Generator[Outcome]:
        """Publish the editions that are due; yield each outcome after its file and its record are written.

        The first documents are made while others are still being identified. Raises OrderError if the pattern is
        invalid.
        """
        planner, queue = Planner(self.batch, self.record, self.inputs), WorkQueue(self._questions())
        made: set[Path] = set()
        for job, result in queue:
            due: list[tuple[Target, SourcePath | SourceFile]] = []
            for item, each in self._each(queue, job, result):
                if isinstance(each, SourceFile):
                    due.append((item, each))
                    continue
                if isinstance(item, Target):
                    yield self._made(item, each)
                    continue
                for planned in planner.add(item, each):
                    if isinstance(planned, Outcome):
                        yield self._failed(planned) if planned.error else planned
                        continue
                    made.add(planned.output)
                    if planned.reasons:
                        due.append((planned, self._path(planned.source)))
                        continue
                    report = planned.recorded.report if planned.recorded else None
                    yield planned.outcome(OutcomeState.UNCHANGED, report)
            for next_job in self._next(due):
                queue.add(next_job)
        _remove_drafts(made)

    def _questions(self) -> Iterator[QueuedJob]:
        """Ask workers which document each source is: about several small ones at once, since a job costs time too."""

        def weight(asked: tuple[int, Question]) -> int:
            return _weight(asked[1].source.path) // (8 if asked[1].known else 1)  # what is known is not read

        for group in _grouped(map(self._question, itertools.count(), self.batch.sources), weight, _GROUP):
            yield self._job(self.executor.readers, work.identify, group)

    def _question(self, number: int, source: Path) -> tuple[int, Question]:
        entries = (self.record.entry(source, str(options.variant)) for options in self.batch.options)
        return number, Question(self._path(source), frozenset(entry.source for entry in entries if entry))

    def _next(self, due: Iterable[tuple[Target, SourcePath | SourceFile]]) -> Iterator[QueuedJob]:
        """Make editions, several small ones in one job if all workers have enough to do; first load their sources.

        Workers on another machine are given sources with all that belongs to them.
        """
        many = len(self.batch.sources) // (_SHARE * self.executor.width)
        most = min(max(1, many), _EACH) * _SMALL
        for group in _grouped(due, lambda each: _weight(each[0].source), most):
            if self.executor.readers is not self.executor and isinstance(group[0][1], SourcePath):
                yield self._job(self.executor.readers, self_contained, group)
            else:
                yield self._job(
                    self.executor, work.make, [(target, self._task(target, given)) for target, given in group]
                )

    def _job(self, executor: Executor, function: Callable[[Any], Any], given: Sequence[tuple[Any, Any]]) -> QueuedJob:
        """A job for a document, or for several; if the worker is lost with several, each is given to one alone."""
        items, values = zip(*given, strict=True)
        size = sum(_size(item.source if isinstance(item, Target) else self.batch.sources[item]) for item in items)
        if len(items) == 1:
            return QueuedJob(items, executor, function, values[0], size, self.retries)
        return QueuedJob(items, executor, work.each, (function, values), size)

    def _each(self, queue: WorkQueue, job: QueuedJob, result: Any) -> Iterator[tuple[Any, Any]]:
        """Yield the result for each item of a job; for what of several was not done there is another job alone."""
        if len(job.item) == 1:
            yield job.item[0], result
            return
        function, values = job.given
        results = [None] * len(values) if isinstance(result, MastheadError) else result
        for item, value, each in zip(job.item, values, results, strict=True):
            if each is None:
                queue.add(self._job(job.executor, function, [(item, value)]))
            else:
                yield item, each

    def _task(self, target: Target, source: SourcePath | SourceFile) -> Task:
        """What a worker is given, with the file that is there if its pages may be kept."""
        task = Task(source, target.digest, target.options, as_draft=self.executor.drafts is not None)
        entry = target.recorded
        if entry and entry.pages and entry.output == target.name and target.output.is_file():
            pdf = target.output.read_bytes()
            if files.sha256(pdf) == entry.pdf:
                task = replace(task, pages=entry.pages, pdf=pdf)
        return task

    def _path(self, source: Path) -> SourcePath:
        return SourcePath(source, self.roots)

    def _made(self, target: Target, product: Product | MastheadError) -> Outcome:
        """Put the file in its place and record it."""
        try:
            return self._saved(target, product)
        except MastheadError as error:
            return self._failed(replace(target.outcome(OutcomeState.FAILED), error=error))

    def _saved(self, target: Target, product: Product | MastheadError) -> Outcome:
        if isinstance(product, MastheadError):
            raise product
        if product.inputs != self.inputs.of(product.inputs):
            message = "a worker made it with different templates, fonts or versions from those of this machine"
            hint = "install the same masthead with the same constraints.txt on every machine, and run again"
            raise ResourceError(message, where=str(target.source), hint=hint)
        if isinstance(product.pdf, str):
            files.put(product.pdf, target.output)
        elif product.pdf:
            files.save(target.output, product.pdf)
        digests = target.name, product.digest, target.digest, product.pages
        options = described(target.options)
        entry = EditionRecord(*digests, product.identity, product.inputs, options, product.report)
        self.record.made(target.source, target.variant, entry)
        state = OutcomeState.MADE if product.pdf else OutcomeState.CHECKED
        outcome = target.outcome(state, product.report, product.seconds)
        return replace(outcome, stages=product.stages)

    def _failed(self, failure: Outcome) -> Outcome:
        self.record.failed(failure.source, failure.variant, str(failure.error))
        return failure


def prune(record: RunRecord, output: Path) -> Iterator[Path]:
    """Remove the files in the folder `output` whose source is gone, and yield their paths.

    A file that is no longer what was made stays, and so does one that another source has now.
    """
    for entry in record.take_orphans():
        path = output / entry.output
        with contextlib.suppress(OSError):
            if files.sha256(path.read_bytes()) == entry.pdf:
                path.unlink()
                yield path


def _grouped(items: Iterable[Item], weight: Callable[[Item], int], most: int) -> Iterator[list[Item]]:
    """Yield groups of the weight `most`; an item that weighs more is alone."""
    group: list[Item] = []
    weights = 0
    for item in items:
        own = weight(item)
        if group and weights + own > most:
            yield group
            group, weights = [], 0
        group.append(item)
        weights += own
    if group:
        yield group


def _weight(source: Path) -> int:
    return max(_size(source), _SMALL)


def _size(source: Path) -> int:
    """The bytes of a source, at most as many as one may have; none if it cannot be asked, which the worker reports."""
    try:
        return min(source.stat().st_size, formats.MAX_BYTES)
    except OSError:
        return 0


def _remove_drafts(files_made: Collection[Path]) -> None:
    """Remove the half-written files that a killed run left beside these outputs."""
    for folder in {path.parent for path in files_made if path.parent.is_dir()}:
        for path in folder.glob(".*"):
            if (draft := _DRAFT.fullmatch(path.name)) and folder / draft[1] in files_made:
                path.unlink(missing_ok=True)
