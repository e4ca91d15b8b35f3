"""The run: what must be made is made, one by one, by workers; what fails is named; what stands is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from masthead.batch import plan, sources, work
from masthead.batch.inputs import Inputs, digest
from masthead.batch.outcome import Outcome, State
from masthead.batch.plan import Order, Target
from masthead.batch.pool import Executor
from masthead.batch.record import Entry, Record
from masthead.batch.tasks import Identity, Product, Task, Text
from masthead.document import MastheadError, SourceError, files

Item = TypeVar("Item")
Given = TypeVar("Given")
Made = TypeVar("Made")
_DRAFT = re.compile(r"\.(.+)\.[a-z0-9_]{8}")  # as `files.save` names what it has not put in place yet


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: targets, each with the reasons to make it, and what failed before it could be one."""

    targets: tuple[Target, ...]
    failures: tuple[Outcome, ...]


def prepare(order: Order, record: Record, inputs: Inputs, executor: Executor, *, retries: int = 1) -> Plan:
    """Find out what must be made, and why. Nothing is written.

    Sources that changed are read by workers. Raises OrderError where the pattern is none, or two outputs collide.
    """
    plan.check_pattern(order.pattern)
    known: dict[Path, tuple[str, Identity]] = {}
    failed: dict[Path, MastheadError] = {}
    for source, found in _through(executor, work.identify, _unknown(order, record, known, failed), retries):
        if isinstance(found, MastheadError):
            failed[source] = found
        else:
            known[source] = known[source][0], found
    options = plan.described(order.options)
    targets = [
        plan.target(order, source, variant, known[source])
        for source in order.sources
        if source not in failed
        for variant in order.variants
    ]
    plan.check_outputs(targets)
    reasoned = (replace(each, reasons=plan.reasons(each, record, inputs, options)) for each in targets)
    failures = (
        Outcome(source, str(variant), State.FAILED, error=failed[source])
        for source in order.sources
        if source in failed
        for variant in order.variants
    )
    return Plan(tuple(reasoned), tuple(failures))


def failed_only(order: Order, record: Record) -> Order:
    """Return the order with those sources alone that failed when they were tried last."""
    failed = (source for source in order.sources if any(record.failed(source, each) for each in order.variants))
    return replace(order, sources=tuple(failed))


def run(made: Plan, order: Order, record: Record, executor: Executor, *, retries: int = 1) -> Generator[Outcome]:
    """Carry out the plan, and give each outcome as it comes, after its file and its record are written."""
    _sweep(made.targets)
    for failure in made.failures:
        yield _missed(record, failure)
    for target in made.targets:
        if not target.reasons:
            entry = record.entry(target.source, target.variant)
            report = entry.report if entry else None
            yield Outcome(target.source, target.variant, State.UNCHANGED, target.output, report=report)
    tasks = ((target, _task(target, order, record)) for target in made.targets if target.reasons)
    for target, product in _through(executor, work.make, tasks, retries):
        try:
            yield _place(target, product, order, record)
        except MastheadError as error:
            outcome = Outcome(target.source, target.variant, State.FAILED, target.output, target.reasons, error=error)
            yield _missed(record, outcome)


def _unknown(
    order: Order, record: Record, known: dict[Path, tuple[str, Identity]], failed: dict[Path, MastheadError]
) -> Iterator[tuple[Path, Text]]:
    """The sources that the record does not know as they are; those that it knows go into `known`."""
    for source in order.sources:
        try:
            data = sources.self_contained(source)
        except MastheadError as error:
            failed[source] = error
            continue
        text = digest(data)
        entries = (record.entry(source, variant) for variant in order.variants)
        identities = [entry.identity for entry in entries if entry and entry.text == text]
        known[source] = text, identities[0] if identities else Identity("", "", "")
        if not identities:
            yield source, Text(str(source), data)


def _task(target: Target, order: Order, record: Record) -> Task | MastheadError:
    try:
        data = sources.self_contained(target.source)
    except MastheadError as error:
        return error
    if digest(data) != target.text:
        return SourceError("the source changed while the run was going", where=str(target.source), hint="run again")
    task = Task(Text(str(target.source), data), target.variant, order.options)
    entry = record.entry(target.source, target.variant)
    if entry and entry.pages and entry.output == target.name and target.output.is_file():
        pdf = target.output.read_bytes()
        if digest(pdf) == entry.content:
            return replace(task, pages=entry.pages, pdf=pdf)
    return task


def _place(target: Target, product: Product | MastheadError, order: Order, record: Record) -> Outcome:
    """Put the file in its place and keep a record of it. Raises what `product` is, where it is an error."""
    if isinstance(product, MastheadError):
        raise product
    if product.pdf:
        files.save(target.output, product.pdf)
        content, state = digest(product.pdf), State.MADE
    else:
        content, state = digest(target.output.read_bytes()), State.CHECKED
    entry = Entry(
        target.name,
        content,
        target.text,
        product.pages,
        product.identity,
        product.inputs,
        plan.described(order.options),
        product.report,
    )
    record.made(target.source, target.variant, entry)
    return Outcome(
        target.source,
        target.variant,
        state,
        target.output,
        target.reasons,
        product.report,
        seconds=product.seconds,
    )


def _missed(record: Record, outcome: Outcome) -> Outcome:
    record.missed(outcome.source, outcome.variant, str(outcome.error))
    return outcome


def _sweep(targets: Iterable[Target]) -> None:
    """Take away what a killed run left half-written beside these outputs."""
    outputs = {target.output for target in targets}
    for folder in {output.parent for output in outputs if output.parent.is_dir()}:
        for path in folder.glob(".*"):
            if (draft := _DRAFT.fullmatch(path.name)) and folder / draft[1] in outputs:
                path.unlink(missing_ok=True)


def _through(
    executor: Executor,
    function: Callable[[Given], Made],
    items: Iterable[tuple[Item, Given | MastheadError]],
    retries: int,
) -> Iterator[tuple[Item, Made | MastheadError]]:
    """Do the work on each item, as many at once as the workers like; give each with its result as it comes.

    An item whose worker is lost is tried again `retries` times.
    """
    under_way: dict[Future[Made], tuple[Item, Given, int]] = {}
    for item, given in items:
        if isinstance(given, MastheadError):
            yield item, given
            continue
        under_way[executor.submit(function, given)] = item, given, retries
        while len(under_way) >= executor.width:
            yield from _ended(executor, function, under_way)
    while under_way:
        yield from _ended(executor, function, under_way)


def _ended(
    executor: Executor, function: Callable[[Given], Made], under_way: dict[Future[Made], tuple[Item, Given, int]]
) -> Iterator[tuple[Item, Made | MastheadError]]:
    for future in wait(under_way, return_when=FIRST_COMPLETED).done:
        item, given, tries = under_way.pop(future)
        error = future.exception()
        loss = executor.loss(error) if error else None
        if loss and tries:
            under_way[executor.submit(function, given)] = item, given, tries - 1
        elif error is None:
            yield item, future.result()
        elif isinstance(error, MastheadError):
            yield item, error
        else:
            yield item, loss or _fault(error)


def _fault(error: BaseException) -> MastheadError:
    return MastheadError(
        f"this is a fault of Masthead: {type(error).__name__}: {error}",
        hint="report it with its source; MASTHEAD_TRACE=1 shows where it happened",
    )
