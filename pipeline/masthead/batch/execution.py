"""A run: workers make each edition that is due. Failures are reported; what is up to date is not made again."""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from masthead.batch import outputs, work
from masthead.batch.inputs import Inputs
from masthead.batch.outcome import Outcome, OutcomeState
from masthead.batch.plan import FIELDS, PATTERN, Batch, RunPlan, Target, described, reasons
from masthead.batch.pool import Executor, Limits, Pool, cores
from masthead.batch.record import EditionRecord, RunRecord, opened
from masthead.batch.scheduling import work_through
from masthead.batch.sources import gather, self_contained
from masthead.batch.tasks import Identity, Product, Task
from masthead.document import MastheadError, SourceError, files
from masthead.publication import DEFAULTS, Options, SourceFile

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
    for each core. Raises OrderError if the pattern is invalid or two outputs are the same, ResourceError if another run
    is using the folder. A document that fails is an outcome with an error.
    """
    names = [sources] if isinstance(sources, str | os.PathLike) else sources
    batch = Batch(gather(map(str, names)), Path(output), pattern, tuple(options))
    with ExitStack() as stack:
        record = stack.enter_context(opened(batch.output))
        workers = executor or stack.enter_context(Pool(min(cores(), len(batch.sources)), Limits()))
        this_run = Run(batch, record, workers, work.here())
        yield from this_run.outcomes(this_run.plan())


@dataclass(frozen=True, slots=True)
class Run:
    """A batch, the record of earlier runs into its folder, the workers, and what they make pages with.

    A document whose worker is lost is tried again `retries` times.
    """

    batch: Batch
    record: RunRecord
    executor: Executor
    inputs: Inputs
    retries: int = 1

    def plan(self) -> RunPlan:
        """Find out what must be made, and why. Nothing is written.

        Sources that changed are read by workers. Raises OrderError if the pattern is invalid, or two outputs are the
        same.
        """
        outputs.check_pattern(self.batch.pattern, FIELDS, (".pdf",))
        known: dict[Path, tuple[str, Identity]] = {}
        failed: dict[Path, MastheadError] = {}
        for (source, text), found in work_through(self.executor, work.identify, self._unknown(known), self.retries):
            if isinstance(found, MastheadError):
                failed[source] = found
            else:
                known[source] = text, found
        editions = [(source, options) for source in self.batch.sources for options in self.batch.options]
        readable = ((source, options) for source, options in editions if source in known)
        targets = [Target.of(self.batch, source, options, *known[source]) for source, options in readable]
        named = [(f"{each.source} ({each.variant})", each.source, each.output) for each in targets]
        outputs.check_outputs(named, FIELDS)
        hopeless = ((source, str(options.variant), failed[source]) for source, options in editions if source in failed)
        failures = (Outcome(source, variant, OutcomeState.FAILED, error=error) for source, variant, error in hopeless)
        reasoned = (replace(each, reasons=reasons(each, self.record, self.inputs)) for each in targets)
        return RunPlan(tuple(reasoned), tuple(failures))

    def outcomes(self, plan: RunPlan) -> Generator[Outcome]:
        """Carry out the plan; yield each outcome as it comes, after its file and its record are written."""
        _remove_drafts(plan.targets)
        for failure in plan.failures:
            yield self._failed(failure)
        for target in plan.targets:
            if not target.reasons:
                entry = self.record.entry(target.source, target.variant)
                yield target.outcome(OutcomeState.UNCHANGED, entry.report if entry else None)
        tasks = ((target, self._task(target)) for target in plan.targets if target.reasons)
        for target, product in work_through(self.executor, work.make, tasks, self.retries):
            try:
                yield self._made(target, product)
            except MastheadError as error:
                yield self._failed(replace(target.outcome(OutcomeState.FAILED), error=error))

    def _unknown(
        self, known: dict[Path, tuple[str, Identity]]
    ) -> Iterator[tuple[tuple[Path, str], SourceFile | MastheadError]]:
        """The sources that must be read to be identified; those that are recorded as they are go into `known`."""
        for source in self.batch.sources:
            try:
                file = self_contained(source)
            except MastheadError as error:
                yield (source, ""), error
                continue
            text = files.sha256(file.data)
            entries = (self.record.entry(source, options.variant) for options in self.batch.options)
            identity = next((entry.identity for entry in entries if entry and entry.source == text), None)
            if identity:
                known[source] = text, identity
            else:
                yield (source, text), file

    def _task(self, target: Target) -> Task | MastheadError:
        """The task for a worker, with the file that is there if its pages may be kept."""
        try:
            source = self_contained(target.source)
        except MastheadError as error:
            return error
        if files.sha256(source.data) != target.digest:
            return SourceError("the source changed during the run", where=str(target.source), hint="run again")
        entry = self.record.entry(target.source, target.variant)
        if entry and entry.pages and entry.output == target.name and target.output.is_file():
            pdf = target.output.read_bytes()
            if files.sha256(pdf) == entry.pdf:
                return Task(source, target.options, entry.pages, pdf)
        return Task(source, target.options)

    def _made(self, target: Target, product: Product | MastheadError) -> Outcome:
        """Put the file in its place and record it. Raises `product` if it is an error."""
        if isinstance(product, MastheadError):
            raise product
        if product.pdf:
            files.save(target.output, product.pdf)
        pdf = files.sha256(product.pdf or target.output.read_bytes())
        digests = target.name, pdf, target.digest, product.pages
        options = described(target.options)
        entry = EditionRecord(*digests, product.identity, product.inputs, options, product.report)
        self.record.made(target.source, target.variant, entry)
        state = OutcomeState.MADE if product.pdf else OutcomeState.CHECKED
        return target.outcome(state, product.report, product.seconds)

    def _failed(self, failure: Outcome) -> Outcome:
        self.record.failed(failure.source, failure.variant, str(failure.error))
        return failure


def _remove_drafts(targets: Iterable[Target]) -> None:
    """Remove the half-written files that a killed run left beside these outputs."""
    files_made = {target.output for target in targets}
    for folder in {path.parent for path in files_made if path.parent.is_dir()}:
        for path in folder.glob(".*"):
            if (draft := _DRAFT.fullmatch(path.name)) and folder / draft[1] in files_made:
                path.unlink(missing_ok=True)
