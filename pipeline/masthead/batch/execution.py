"""A run: workers make each edition that is due. Failures are reported; what is up to date is not made again."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from masthead import formats
from masthead.batch import work
from masthead.batch.inputs import Inputs
from masthead.batch.outcome import Outcome, OutcomeState
from masthead.batch.plan import PATTERN, Batch, Planner, Target, described
from masthead.batch.pool import Executor, Limits, Pool, cores
from masthead.batch.record import EditionRecord, RunRecord, opened
from masthead.batch.scheduling import QueuedJob, WorkQueue
from masthead.batch.sources import gather, self_contained
from masthead.batch.tasks import Answer, Product, Question, SourcePath, Task
from masthead.document import MastheadError, ResourceError, files
from masthead.publication import DEFAULTS, Options, SourceFile

_GROUP = 2**16  # bytes of sources that one job identifies; a larger source has a job of its own
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
        workers = executor or stack.enter_context(
            Pool(min(cores(), len(batch.sources)), Limits(), folders=batch.folders())
        )
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
            for number, answer in self._answers(queue, job, result):
                yield from planner.add(number, answer)

    def outcomes(self) -> Generator[Outcome]:
        """Publish the editions that are due; yield each outcome after its file and its record are written.

        The first documents are made while others are still being identified. Raises OrderError if the pattern is
        invalid.
        """
        planner, queue = Planner(self.batch, self.record, self.inputs), WorkQueue(self._questions())
        made: set[Path] = set()
        for job, result in queue:
            if isinstance(job.item, Target):
                if isinstance(result, SourceFile):
                    queue.add(self._make(job.item, result))
                else:
                    yield self._made(job.item, result)
                continue
            answers = self._answers(queue, job, result)
            for planned in (each for number, answer in answers for each in planner.add(number, answer)):
                if isinstance(planned, Outcome):
                    yield self._failed(planned) if planned.error else planned
                    continue
                made.add(planned.output)
                if not planned.reasons:
                    entry = self.record.entry(planned.source, planned.variant)
                    yield planned.outcome(OutcomeState.UNCHANGED, entry.report if entry else None)
                elif self.executor.readers is self.executor:
                    queue.add(self._make(planned, self._path(planned.source)))
                else:
                    given = self._path(planned.source)
                    queue.add(self._job(planned, self.executor.readers, self_contained, given, planned.source))
        _remove_drafts(made)

    def _questions(self) -> Iterator[QueuedJob]:
        """Ask workers which document each source is: about several small ones at once, since a job costs time too."""
        group: dict[int, Question] = {}
        weight = 0
        for number, source in enumerate(self.batch.sources):
            entries = (self.record.entry(source, str(options.variant)) for options in self.batch.options)
            question = Question(self._path(source), frozenset(entry.source for entry in entries if entry))
            own = max(_size(source), _GROUP // 8) // (8 if question.known else 1)  # what is known is not read
            if group and weight + own > _GROUP:
                yield self._asked(group)
                group, weight = {}, 0
            group[number] = question
            weight += own
        if group:
            yield self._asked(group)

    def _asked(self, group: Mapping[int, Question]) -> QueuedJob:
        """The job to answer a question, or several; if the worker is lost with several, each is asked alone."""
        numbers, questions = tuple(group), tuple(group.values())
        if len(group) == 1:
            return self._job(numbers, self.executor.readers, work.identify, questions[0], questions[0].source.path)
        size = sum(_size(question.source.path) for question in questions)
        return QueuedJob(numbers, self.executor.readers, work.identify_each, questions, size)

    def _answers(self, queue: WorkQueue, job: QueuedJob, result: Any) -> Iterator[tuple[int, Answer | MastheadError]]:
        """Yield the answers by the number of the source; what of a group was not answered is asked again alone."""
        if len(job.item) == 1:
            yield job.item[0], result
            return
        found = [None] * len(job.item) if isinstance(result, MastheadError) else result
        for number, question, answer in zip(job.item, job.given, found, strict=True):
            if answer:
                yield number, answer
            else:
                queue.add(self._asked({number: question}))

    def _make(self, target: Target, source: SourcePath | SourceFile) -> QueuedJob:
        """The job to make an edition, with the file that is there if its pages may be kept."""
        task = Task(source, target.digest, target.options)
        entry = self.record.entry(target.source, target.variant)
        if entry and entry.pages and entry.output == target.name and target.output.is_file():
            pdf = target.output.read_bytes()
            if files.sha256(pdf) == entry.pdf:
                task = replace(task, pages=entry.pages, pdf=pdf)
        return self._job(target, self.executor, work.make, task, target.source)

    def _job(
        self, item: Any, executor: Executor, function: Callable[[Any], Any], given: Any, source: Path
    ) -> QueuedJob:
        return QueuedJob(item, executor, function, given, _size(source), self.retries)

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
        if product.pdf:
            files.save(target.output, product.pdf)
        pdf = files.sha256(product.pdf or target.output.read_bytes())
        digests = target.name, pdf, target.digest, product.pages
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
