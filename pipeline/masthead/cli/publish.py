"""`masthead publish`: from sources to a folder of PDFs, each checked by preflight."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from masthead.cli import streams
from masthead.cli.console import complain, people, print_json, print_path, require_serve_extra, takes, verbosity
from masthead.cli.house import organization_above
from masthead.cli.publish_options import PublishOptions, RecordPlace
from masthead.document import OrderError, files

if TYPE_CHECKING:
    from masthead.batch import Outcome, OutcomeState, Run, RunLog, Target
    from masthead.publication import Options
    from masthead.service import RunView


@takes(PublishOptions)
def publish(asked: PublishOptions) -> None:
    """Publish documents as PDF and check them. Documents that are up to date are not published again.

    A document that fails does not affect the others, and no file is ever incomplete.

    Some options can also be set in masthead.toml (docs/batch.md).
    """
    from masthead import batch
    from masthead.batch import work

    for path in asked.report or ():
        batch.reports.check_form(path)
    if not asked.sources:
        raise OrderError("no sources given", hint='name documents or folders, or set sources = ["…"] in masthead.toml')
    options = asked.editions.of_each_variant()
    if streams.STREAM in asked.sources or asked.to_stream:
        raise typer.Exit(_stream(asked.sources, asked, options))
    whole = asked.batch(options)
    inputs = work.here()  # before a worker is forked, which then has them too
    reported: list[Outcome] = []
    times = batch.Timings()
    watchers: list[Callable[[Outcome], object]] = [times.add] if asked.timings else []
    if asked.report:  # else they are not kept: with their findings, a million of them take 23 GB
        watchers.append(reported.append)
    with ExitStack() as stack:
        place, is_inside = asked.file or asked.output, asked.record is RecordPlace.INSIDE
        is_writable = not (asked.dry_run or asked.file)
        kept = stack.enter_context(batch.opened(place, inside=is_inside, writable=is_writable))
        drafts = None if asked.dry_run else stack.enter_context(kept.drafts())
        # With `live` a thread of this process serves the view, so that it cannot be forked.
        workers = stack.enter_context(asked.workers.start(whole, drafts, can_fork=not asked.live))
        log = stack.enter_context(closing(batch.RunLog(asked.log))) if asked.log else None
        due = whole.failed_only(kept) if asked.only_failed else whole
        run = batch.Run(due, kept, workers, inputs, asked.workers.retries, tuple(asked.workers.pictures or ()))
        if asked.dry_run:
            raise typer.Exit(_dry_run(run.plan(), asked.as_json))
        ending = _make(run, asked, whole.sources, log, watchers)
        for path in batch.prune(kept, whole.output) if asked.prune and not ending.is_stopped else ():
            people.print(f"removed {escape(files.printable(str(path)))}", soft_wrap=True)
    for path in asked.report or ():
        batch.reports.write(path, reported)
    if asked.timings:
        people.print(times.table(time.process_time()))
    raise typer.Exit(ending.exit_code)


def _stream(sources: Sequence[str], asked: PublishOptions, options: Sequence[Options]) -> int:
    """Publish one document from standard input or to standard output, in this process. Return the exit code."""
    from masthead import publication
    from masthead.batch import Outcome, OutcomeState, report_progress
    from masthead.preflight import report

    if len(sources) > 1 or len(options) > 1:
        raise OrderError("only one edition can be read from or written to a stream", hint="name a folder: -o FOLDER")
    source = streams.source_file(sources[0], asked.form)
    edition = publication.publish(source, options[0])
    names = {"symbol": edition.document.symbol.file_name, "lang": edition.document.language}
    names |= {"type": edition.document.type, "variant": options[0].variant, "stem": Path(source.name).stem}
    is_named = asked.to_stream or asked.file
    place = asked.output if is_named else asked.output / asked.pattern.format(**names)
    if asked.to_stream:
        streams.write(edition.pdf.data)
    else:
        files.save(place, edition.pdf.data)
    found = report.to_dict(edition.report)
    outcome = Outcome(Path(source.name), str(options[0].variant), OutcomeState.MADE, place, report=found)
    if not asked.to_stream:
        _print(outcome, asked.as_json)
    with report_progress(people, 1) as progress:
        progress.add(outcome)
    return outcome.exit_code


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a run ended: how many outcomes in each state, its exit code, and whether a signal stopped it."""

    counts: Counter[OutcomeState]
    exit_code: int
    is_stopped: bool


@contextmanager
def _shown(total: int) -> Iterator[RunView]:
    """Serve the view of the run, and print its address."""
    require_serve_extra()
    from masthead.service import shown

    with shown(total) as (view, address):
        people.print(f"the run is shown at {address}")
        yield view


def _watched(outcomes: Generator[Outcome], watchers: Sequence[Callable[[Outcome], object]]) -> Generator[Outcome]:
    with closing(outcomes):
        for outcome in outcomes:
            for add in watchers:
                add(outcome)
            yield outcome


def _make(
    run: Run,
    asked: PublishOptions,
    sources: Sequence[Path],
    log: RunLog | None,
    watchers: Sequence[Callable[[Outcome], object]],
) -> _Ending:
    """Make what is due. Each outcome is shown, logged, given to the watchers, and printed."""
    total = len(run.batch.sources) * len(run.batch.options)
    with _shown(total) if asked.live else nullcontext() as view:
        if log:
            log.begin(asked.sources or (), run.batch.output, total)
        found = _watched(run.outcomes(), [*(each.add for each in (view, log) if each), *watchers])
        ending = _report(found, total, sources, asked)
        if log:
            log.end(ending.counts, ending.exit_code)
    return ending


def _dry_run(plan: Iterator[Target | Outcome], as_json: bool) -> int:
    """Print what a run would do; return the exit code."""
    from masthead.batch import Outcome

    due = total = exit_code = 0
    for each in plan:
        total += 1
        if isinstance(each, Outcome):
            _print(each, as_json)
            if each.error:
                complain(each.error)
                exit_code = exit_code or each.exit_code
        elif each.reasons:
            due += 1
            if as_json:
                values = {"source": str(each.source), "variant": each.variant, "pdf": str(each.output)}
                print_json({**values, "state": "due", "reasons": each.reasons})
            else:
                print_path(each.output)
                people.print(escape(f"{each.output}: {', '.join(each.reasons)}"), soft_wrap=True)
    people.print(f"{due:,} of {total:,} would be made")
    return exit_code


def _report(outcomes: Generator[Outcome], total: int, sources: Sequence[Path], asked: PublishOptions) -> _Ending:
    """Print each outcome as it comes, with `--fail-fast` up to the first failure.

    The exit code is that of the first of the `sources` that failed, or 1 if preflight found errors, or that of the
    signal which stopped the run.
    """
    from masthead.batch import report_progress

    failed: dict[Path, int] = {}
    hints = set[str]()
    exit_code, is_stopped = 0, False
    explain = asked.explain or verbosity.is_verbose
    # Closing the generator cancels the work that is under way.
    with closing(outcomes), report_progress(people, total, explain=explain) as progress:
        try:
            for outcome in outcomes:
                _print(outcome, asked.as_json)
                progress.add(outcome)
                if outcome.error:
                    failed.setdefault(outcome.source, outcome.exit_code)
                    hints.add(organization_above(outcome.source))
                    if asked.fail_fast:
                        break
                exit_code = max(exit_code, outcome.exit_code)
        except KeyboardInterrupt as stop:
            exit_code, is_stopped = 128 + (stop.args[0] if stop.args else signal.SIGINT), True
            people.print("interrupted: finished files are complete; run again for the rest", style="yellow")
    for hint in sorted(filter(None, hints)):
        people.print(f"hint: {escape(hint)}", soft_wrap=True)
    if total > 1 or is_stopped:
        left = total - progress.counts.total()
        people.print(progress.summary() + (f", {left:,} not reached" if left else ""))
    if failed and not is_stopped:
        exit_code = next(failed[source] for source in sources if source in failed)
    return _Ending(progress.counts, exit_code, is_stopped)


def _print(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        print_json(outcome.to_dict())
    elif outcome.error is None and outcome.output:
        print_path(outcome.output)
