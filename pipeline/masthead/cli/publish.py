"""`masthead publish`: from sources to a folder of PDFs, each checked by preflight."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from masthead.cli.console import PROFILES, SETTINGS, JsonLines, argument, complain, option, people, print_json
from masthead.document import OrderError, Pagination, Variant
from masthead.publication import DEFAULTS, Options

if TYPE_CHECKING:
    from masthead.batch import Cluster, Limits, Outcome, Pool, RunPlan


def _configure(context: typer.Context, path: Path | None) -> Path | None:
    """Make the settings file the default for what neither the command line nor the environment sets."""
    from masthead.document import settings

    found = path or settings.find(Path.cwd())
    if found:
        values: dict[str, Any] = {**settings.read(found)}
        if "variants" in values:
            values["variant"] = values.pop("variants")
        context.default_map = {**(context.default_map or {}), **values}
    return found


_READING = "archive: PDF/A-3a and PDF/UA-1; archive-4: PDF/A-4 and PDF/UA-2; plain: PDF without a standard"
_VARIANTS = f"{_READING}; press: PDF/X-4; press-x1a: PDF/X-1a. Repeatable."
_SOURCES = "Documents (.txt, .md, …), folders, globs, or manifests (.jsonl)."
_PAGINATION = "End pages where the printed original did (source), or where they are full (flow)."
_PATTERN = "File names in the folder: {symbol}, {lang}, {type}, {variant}, {stem}."
_PROFILE = f"{PROFILES}. Default: the profile of the variant."
_STORE = "Folder or s3://… address that the whole cluster reaches; files pass through it."


def publish(
    sources: Annotated[list[str] | None, argument(_SOURCES, "SOURCE…")] = None,
    output: Annotated[Path, option("Folder for the PDFs.", "--output", "-o", variable="OUTPUT")] = Path("output"),
    pattern: Annotated[str, option(_PATTERN, variable="PATTERN")] = "{symbol}.{lang}.pdf",
    pagination: Annotated[Pagination | None, option(_PAGINATION)] = DEFAULTS.pagination,
    variant: Annotated[list[Variant], option(_VARIANTS, "--for", "--variant", metavar="NAME")] = [DEFAULTS.variant],  # noqa: B006 (Typer copies it)
    profile: Annotated[str, option(_PROFILE, metavar="NAME")] = DEFAULTS.profile,
    emblem: Annotated[Path | None, option("Your emblem: an SVG or PNG file.", exists=True, dir_okay=False)] = None,
    jobs: Annotated[
        int | None,
        option("Number of processes.", "--jobs", "-j", variable="JOBS", min=1, show_default="number of cores"),
    ] = None,
    timeout: Annotated[float, option("Time limit of a document, in seconds.", variable="TIMEOUT", min=0.1)] = 120,
    memory: Annotated[int, option("Memory limit of a document, in MiB.", variable="MEMORY", min=64)] = 2048,
    retries: Annotated[
        int, option("How often to try again when a worker process ends unexpectedly.", variable="RETRIES", min=0)
    ] = 1,
    cluster: Annotated[str | None, option("Scheduler of a Dask cluster: tcp://host:port.", variable="CLUSTER")] = None,
    store: Annotated[str, option(_STORE, variable="STORE")] = "",
    fail_fast: Annotated[bool, option("Stop at the first document that fails.", "--fail-fast")] = False,
    only_failed: Annotated[bool, option("Publish only what failed in the last run.", "--only-failed")] = False,
    dry_run: Annotated[bool, option("Print what would be made, and write nothing.", "--dry-run", "-n")] = False,
    explain: Annotated[bool, option("Print why each document is made.", "--explain")] = False,
    report: Annotated[list[Path] | None, option("Report: .html, .json or .xml (JUnit). Repeatable.")] = None,
    settings: Annotated[Path | None, option(SETTINGS, callback=_configure, is_eager=True)] = None,
    as_json: JsonLines = False,
) -> None:
    """Publish documents as PDF and check them. Documents that are up to date are not published again.

    A file is written whole or not at all, and a document that fails does not affect the others.

    Most options can be set in masthead.toml (docs/batch.md).
    """
    from masthead import batch
    from masthead.batch import reports, work

    limits = batch.Limits(timeout, memory)
    for path in report or ():
        reports.check_form(path)
    if not sources:
        raise OrderError("no sources given", hint='name documents or folders, or set sources = ["…"] in masthead.toml')
    options = _options(variant, pagination, profile, emblem)
    asked = batch.Batch(batch.gather(sources), output, pattern, options)
    with (
        batch.opened(output) as record,
        _workers(cluster, store, jobs or min(batch.cores(), len(asked.sources)), limits) as executor,
    ):
        run = batch.Run(asked.failed_only(record) if only_failed else asked, record, executor, work.here(), retries)
        plan = run.plan()
        if dry_run:
            raise typer.Exit(_dry_run(plan, as_json))
        outcomes = _report(run.outcomes(plan), plan, as_json=as_json, explain=explain, fail_fast=fail_fast)
    for path in report or ():
        reports.write(path, outcomes)
    raise typer.Exit(_exit_code(asked.sources, outcomes))


def _workers(cluster: str | None, store: str, jobs: int, limits: Limits) -> Pool | Cluster:
    from masthead import batch

    if cluster is None:
        return batch.Pool(jobs, limits, own=True)
    return batch.Cluster(cluster, limits, store)


def _options(
    variants: list[Variant], pagination: Pagination | None, profile: str, emblem: Path | None
) -> tuple[Options, ...]:
    own = None
    if emblem:
        from masthead.page import Emblem

        own = Emblem.load(emblem)
    return tuple(Options(variant, pagination, own, profile) for variant in variants)


def _dry_run(plan: RunPlan, as_json: bool) -> int:
    """Print what a run would do; return the exit code."""
    for failure in plan.failures:
        _print(failure, as_json)
        if failure.error:
            complain(failure.error)
    due = [target for target in plan.targets if target.reasons]
    for target in due:
        if as_json:
            values = {"source": str(target.source), "variant": target.variant, "pdf": str(target.output)}
            print_json({**values, "state": "due", "reasons": target.reasons})
        else:
            print(target.output)
            people.print(escape(f"{target.output}: {', '.join(target.reasons)}"), soft_wrap=True)
    people.print(f"{len(due):,} of {len(plan.targets):,} would be made")
    return plan.failures[0].exit_code if plan.failures else 0


def _report(
    outcomes: Generator[Outcome], plan: RunPlan, *, as_json: bool, explain: bool, fail_fast: bool
) -> list[Outcome]:
    """Print each outcome as it comes, with `fail_fast` up to the first failure. Return them."""
    from masthead.batch import report_progress

    reported: list[Outcome] = []
    total = len(plan.targets) + len(plan.failures)
    # Closing the generator cancels the work that is under way.
    with closing(outcomes), report_progress(people, total, explain=explain) as progress:
        try:
            for outcome in outcomes:
                reported.append(outcome)
                _print(outcome, as_json)
                progress.add(outcome)
                if outcome.error and fail_fast:
                    break
        except KeyboardInterrupt:
            people.print("interrupted: finished files are complete; run again for the rest", style="yellow")
            raise typer.Exit(130) from None
    if total > 1:
        left = total - len(reported)
        people.print(progress.summary() + (f", {left:,} not reached" if left else ""))
    return reported


def _print(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        print_json(outcome.to_dict())
    elif outcome.error is None:
        print(outcome.output, flush=True)


def _exit_code(sources: tuple[Path, ...], outcomes: list[Outcome]) -> int:
    """The exit code of the first source that failed, in the order given; 1 if preflight found errors; else 0."""
    place = {source: number for number, source in enumerate(sources)}  # outcomes come in the order of completion
    failed = [outcome for outcome in outcomes if outcome.error]
    if failed:
        return min(failed, key=lambda outcome: place[outcome.source]).exit_code
    return max((outcome.exit_code for outcome in outcomes), default=0)
