"""`masthead publish`: from sources to a folder of PDFs, each checked by preflight."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from masthead.cli import streams
from masthead.cli.console import (
    PROFILE_NAMES,
    PROFILES,
    READ_FORMS,
    SETTINGS,
    JsonLines,
    argument,
    complain,
    completed,
    option,
    people,
    print_json,
    print_path,
    require_serve_extra,
    verbosity,
)
from masthead.cli.house import organization_above, use
from masthead.document import LineBreaking, OrderError, Pagination, Variant, files
from masthead.publication import DEFAULTS, Options

if TYPE_CHECKING:
    from masthead.batch import Outcome, OutcomeState, Target
    from masthead.service import RunView


class RecordPlace(StrEnum):
    """Where the record of the runs into a folder is."""

    BESIDE = "beside"
    INSIDE = "inside"


def _configure(context: typer.Context, path: Path | None) -> Path | None:
    """Make the settings file the default for what neither the command line nor the environment sets."""
    from masthead.document import settings

    found = path or settings.find(Path.cwd())
    if found:
        values: dict[str, Any] = {**settings.read(found)}
        if path and "organization" in values:
            use(context, Path(values["organization"]))
        values.pop("organization", None)
        if "variants" in values:
            values["variant"] = values.pop("variants")
        context.default_map = {**(context.default_map or {}), **values}
    return found


_READING = "archive: PDF/A-3a and PDF/UA-1; archive-4: PDF/A-4 and PDF/UA-2; plain: PDF without a standard"
_VARIANTS = f"{_READING}; press: PDF/X-4; press-x1a: PDF/X-1a; press-x6: PDF/X-6. Repeatable."
_SOURCES = "Documents (.txt, .md, …), folders, globs, manifests (.jsonl), or - for standard input."
_OUTPUT = "Folder for the PDFs, the PDF file of a single document, or - for standard output."
_PAGINATION = "Where pages end: where those of the printed original did (source), or where they are full (flow)."
_LINES = "How lines are broken: as in print (first-fit), with even spaces (best-fit), or so with hyphens (hyphenated)."
_PATTERN = "Names of the PDFs, with the fields {symbol}, {lang}, {type}, {variant} and {stem}."
_DEFAULT_PATTERN = "{symbol}.{lang}.pdf"
_PROFILE = f"{PROFILES}. Default: the profile of the variant."
_RECORD = "Where the record of earlier runs is kept: beside the output folder or inside it."
_TIMEOUT = "CPU time limit for a small document, in seconds. It increases with the size of the source."
_MEMORY = "Memory limit for a small document, in MiB. It increases with the size of the source."
_UNENCRYPTED = "Allow a tcp:// scheduler on another machine: for networks that only your machines can reach."
_INK = "For press: the only ink besides black. black, or its name and percentages: 'PANTONE 300 U=100,44,0,0'."
_STORE = "Folder or s3://… address through which a cluster exchanges files."


def publish(
    sources: Annotated[list[str] | None, argument(_SOURCES, "SOURCE…")] = None,
    output: Annotated[Path, option(_OUTPUT, "--output", "-o", variable="OUTPUT")] = Path("output"),
    pattern: Annotated[str, option(_PATTERN, variable="PATTERN")] = _DEFAULT_PATTERN,
    pagination: Annotated[Pagination | None, option(_PAGINATION)] = DEFAULTS.pagination,
    lines: Annotated[LineBreaking | None, option(_LINES)] = DEFAULTS.lines,
    variant: Annotated[list[Variant], option(_VARIANTS, "--for", "--variant", metavar="NAME")] = [DEFAULTS.variant],  # noqa: B006 (Typer copies it)
    profile: Annotated[
        str, option(_PROFILE, metavar="NAME", autocompletion=completed(PROFILE_NAMES))
    ] = DEFAULTS.profile,
    emblem: Annotated[Path | None, option("Emblem to print: an SVG or PNG file.", exists=True, dir_okay=False)] = None,
    ink: Annotated[str, option(_INK)] = DEFAULTS.ink,
    record: Annotated[RecordPlace, option(_RECORD)] = RecordPlace.BESIDE,
    prune: Annotated[bool, option("Delete PDFs from the folder if their source no longer exists.", "--prune")] = False,
    jobs: Annotated[
        int | None,
        option("Number of processes.", "--jobs", "-j", variable="JOBS", min=1, show_default="number of cores"),
    ] = None,
    timeout: Annotated[float, option(_TIMEOUT, variable="TIMEOUT", min=0.1)] = 120,
    memory: Annotated[int, option(_MEMORY, variable="MEMORY", min=64)] = 2048,
    pictures: Annotated[
        list[Path] | None,
        option("Another folder from which pictures may be read. Repeatable.", exists=True, file_okay=False),
    ] = None,
    retries: Annotated[
        int,
        option(
            "How many times a document is tried again if its worker process ends unexpectedly.",
            variable="RETRIES",
            min=0,
        ),
    ] = 1,
    cluster: Annotated[str | None, option("Scheduler of a Dask cluster: tcp://host:port.", variable="CLUSTER")] = None,
    unencrypted: Annotated[bool, option(_UNENCRYPTED, "--unencrypted", variable="UNENCRYPTED")] = False,
    store: Annotated[str, option(_STORE, variable="STORE")] = "",
    fail_fast: Annotated[bool, option("Stop at the first document that fails.", "--fail-fast")] = False,
    only_failed: Annotated[bool, option("Publish only the documents that failed last time.", "--only-failed")] = False,
    dry_run: Annotated[bool, option("Print what would be made, and write nothing.", "--dry-run", "-n")] = False,
    explain: Annotated[bool, option("Print the reason why each document is made.", "--explain")] = False,
    report: Annotated[
        list[Path] | None, option("Write a report of the run: .html, .json or .xml (JUnit). Repeatable.")
    ] = None,
    form: Annotated[str, option(streams.FROM, "--from", metavar="FORM", autocompletion=completed(READ_FORMS))] = "md",
    settings: Annotated[Path | None, option(SETTINGS, callback=_configure, is_eager=True)] = None,
    timings: Annotated[bool, option("Print the CPU time of each stage at the end.", "--timings")] = False,
    log: Annotated[Path | None, option("Log file; a line of JSON is added for each event.", variable="LOG")] = None,
    live: Annotated[bool, option("Show the progress of the run in the browser.", "--live")] = False,
    as_json: JsonLines = False,
) -> None:
    """Publish documents as PDF and check them. Documents that are up to date are not published again.

    A document that fails does not affect the others, and no file is ever incomplete.

    Some options can also be set in masthead.toml (docs/batch.md).
    """
    from masthead import batch, formats
    from masthead.batch import work

    limits = batch.Limits(timeout, memory)
    for path in report or ():
        batch.reports.check_form(path)
    if not sources:
        raise OrderError("no sources given", hint='name documents or folders, or set sources = ["…"] in masthead.toml')
    options = _options(variant, pagination, lines, profile, emblem, ink)
    if streams.STREAM in sources or str(output) == streams.STREAM:
        raise typer.Exit(_stream(sources, output, pattern, options, form, as_json=as_json))
    file = output if output.suffix.lower() == ".pdf" and not output.is_dir() else None
    if not file and output.suffix.lower() in formats.WRITABLE and not output.is_dir():
        hint = f"write -o {output.with_suffix('.pdf')}; masthead convert writes {output.suffix}"
        raise OrderError("publish writes PDFs", where=str(output), hint=hint)
    if file:
        output, pattern = _in_one_file(file, sources, pattern, options, prune=prune)
    asked = batch.Batch(batch.gather(sources), output, pattern, options)
    folders = asked.folders(pictures or ())
    width = jobs or min(batch.cores(), len(asked.sources))
    inputs = work.here()  # before a worker is forked, which then has them too
    # With `live` a thread of this process serves the view, so that it cannot be forked.
    is_single = width == 1 and not (cluster or live) and batch.can_fork()
    with (
        batch.opened(file or output, inside=record is RecordPlace.INSIDE, writable=not (dry_run or file)) as kept,
        nullcontext() if dry_run else kept.drafts() as drafts,
        (
            batch.Cluster(cluster, limits, store, folders, unencrypted=unencrypted)
            if cluster
            else batch.SingleWorker(limits, folders, drafts)
            if is_single
            else batch.Pool(width, limits, folders, drafts)
        ) as executor,
        closing(batch.RunLog(log)) if log else nullcontext() as events,
    ):
        wanted = asked.failed_only(kept) if only_failed else asked
        run = batch.Run(wanted, kept, executor, inputs, retries, tuple(pictures or ()))
        if dry_run:
            raise typer.Exit(_dry_run(run.plan(), as_json))
        total = len(wanted.sources) * len(options)
        reported: list[Outcome] = []
        times = batch.Timings()
        with _shown(total) if live else nullcontext() as view:
            watchers: list[Callable[[Outcome], object]] = [
                each.add for each in (view, events, times if timings else None) if each
            ]
            if report:  # else they are not kept: with their findings, a million of them take 23 GB
                watchers.append(reported.append)
            if events:
                events.begin(sources, output, total)
            found = _watched(run.outcomes(), watchers)
            explain = explain or verbosity.is_verbose
            ending = _report(found, total, asked.sources, as_json=as_json, explain=explain, fail_fast=fail_fast)
            if events:
                events.end(ending.counts, ending.exit_code)
        for path in batch.prune(kept, output) if prune and not ending.is_stopped else ():
            people.print(f"removed {escape(files.printable(str(path)))}", soft_wrap=True)
    for path in report or ():
        batch.reports.write(path, reported)
    if timings:
        people.print(times.table(time.process_time()))
    raise typer.Exit(ending.exit_code)


def _in_one_file(
    file: Path, sources: Sequence[str], pattern: str, options: Sequence[Options], *, prune: bool
) -> tuple[Path, str]:
    """Return the folder and the name of the only PDF. Raises OrderError if there would be several."""
    from masthead import batch

    several = "the output is one file, but "
    if pattern != _DEFAULT_PATTERN or prune:
        given = "--prune" if prune else "--pattern"
        raise OrderError(f"{given} needs a folder", where=str(file), hint=f"name a folder: -o {file.parent}")
    if len(found := batch.gather(sources)) > 1:
        message = f"{several}there are {len(found):,} documents"
        raise OrderError(message, where=str(file), hint="name a folder; --pattern gives names to the files in it")
    if len(options) > 1:
        message = f"{several}there are {len(options)} variants"
        raise OrderError(message, where=str(file), hint="name a folder, and --pattern '{symbol}.{lang}.{variant}.pdf'")
    return file.parent, file.name.replace("{", "{{").replace("}", "}}")


def _stream(
    sources: Sequence[str], output: Path, pattern: str, options: Sequence[Options], form: str, *, as_json: bool
) -> int:
    """Publish one document from standard input or to standard output, in this process. Return the exit code."""
    from masthead import publication
    from masthead.batch import Outcome, OutcomeState, report_progress
    from masthead.preflight import report

    if len(sources) > 1 or len(options) > 1:
        raise OrderError("only one edition can be read from or written to a stream", hint="name a folder: -o FOLDER")
    source = streams.source_file(sources[0], form)
    edition = publication.publish(source, options[0])
    to_stream = str(output) == streams.STREAM
    names = {"symbol": edition.document.symbol.file_name, "lang": edition.document.language}
    names |= {"type": edition.document.type, "variant": options[0].variant, "stem": Path(source.name).stem}
    is_file = output.suffix.lower() == ".pdf" and not output.is_dir()
    place = output if to_stream or is_file else output / pattern.format(**names)
    if to_stream:
        streams.write(edition.pdf.data)
    else:
        files.save(place, edition.pdf.data)
    found = report.to_dict(edition.report)
    outcome = Outcome(Path(source.name), str(options[0].variant), OutcomeState.MADE, place, report=found)
    if not to_stream:
        _print(outcome, as_json)
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


def _options(
    variants: list[Variant],
    pagination: Pagination | None,
    lines: LineBreaking | None,
    profile: str,
    emblem: Path | None,
    ink: str,
) -> tuple[Options, ...]:
    own = None
    if ink:
        from masthead.press import SpotInk

        SpotInk.parse(ink)  # what is wrong is said before anything is made
        if not any(each.for_press for each in variants):
            raise OrderError("only press copies have inks", hint="use --for press, or leave out --ink")
    if emblem:
        from masthead.page import Emblem

        own = Emblem.load(emblem)
    return tuple(Options(variant, pagination, own, profile, lines, ink) for variant in variants)


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


def _report(
    outcomes: Generator[Outcome], total: int, sources: Sequence[Path], *, as_json: bool, explain: bool, fail_fast: bool
) -> _Ending:
    """Print each outcome as it comes, with `fail_fast` up to the first failure.

    The exit code is that of the first of the `sources` that failed, or 1 if preflight found errors, or that of the
    signal which stopped the run.
    """
    from masthead.batch import report_progress

    failed: dict[Path, int] = {}
    hints = set[str]()
    exit_code, is_stopped = 0, False
    # Closing the generator cancels the work that is under way.
    with closing(outcomes), report_progress(people, total, explain=explain) as progress:
        try:
            for outcome in outcomes:
                _print(outcome, as_json)
                progress.add(outcome)
                if outcome.error:
                    failed.setdefault(outcome.source, outcome.exit_code)
                    hints.add(organization_above(outcome.source))
                    if fail_fast:
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
