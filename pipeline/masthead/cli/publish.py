"""`masthead publish`: from a folder of sources to a folder of PDFs, each checked."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from masthead.cli.console import complain, people
from masthead.document import OrderError, Pagination, Variant

if TYPE_CHECKING:
    from masthead.batch import Cluster, Limits, Options, Order, Outcome, Plan, Pool


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run is told: for programs, with reasons, up to the first failure."""

    as_json: bool
    explain: bool
    fail_fast: bool


def _configure(context: typer.Context, path: Path | None) -> Path | None:
    """Take from the settings file what neither the command line nor the environment says."""
    from masthead.document import settings

    found = path or settings.find(Path.cwd())
    if found:
        said = settings.read(found)
        values = {key: value for key in said.__slots__ if (value := getattr(said, key)) is not None}
        if "variants" in values:
            values["variant"] = values.pop("variants")
        context.default_map = {**(context.default_map or {}), **values}
    return found


Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="SOURCE…", help="Documents (.txt, .md), folders, globs, or manifests (.jsonl)."),
]
Settings = Annotated[
    Path | None,
    typer.Option(
        "--settings", callback=_configure, is_eager=True, help="masthead.toml; without it the nearest one upwards."
    ),
]


def _variable(name: str) -> dict[str, Any]:
    return {"envvar": f"MASTHEAD_{name}", "show_envvar": False}


def publish(
    sources: Sources = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the PDFs.", **_variable("OUTPUT"))] = Path(
        "output"
    ),
    pattern: Annotated[
        str,
        typer.Option(help="Paths of the PDFs: {symbol}, {lang}, {type}, {variant}, {stem}.", **_variable("PATTERN")),
    ] = "{symbol}.{lang}.pdf",
    pagination: Annotated[
        Pagination | None, typer.Option(help="End pages where the printed original did, or where the text fills them.")
    ] = None,
    variant: Annotated[
        list[Variant],
        typer.Option(
            "--for",
            "--variant",
            metavar="NAME",
            help="archive: PDF/A-3a that is PDF/UA-1; archive-4: PDF/A-4 that is PDF/UA-2; plain: PDF that claims"
            " nothing; press: PDF/X-4; press-x1a: PDF/X-1a. Repeatable.",
        ),
    ] = [Variant.ARCHIVE],  # noqa: B006 (Typer copies it)
    profile: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Rules to check by, else the variant's: default, archive, plain, press, foreign."
        ),
    ] = "",
    emblem: Annotated[Path | None, typer.Option(help="The organization's own emblem, SVG or PNG.")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes; one a core.", **_variable("JOBS"))
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds that one document may take.", **_variable("TIMEOUT"))
    ] = 120,
    memory: Annotated[
        int, typer.Option(min=64, help="MiB of memory that one document may take.", **_variable("MEMORY"))
    ] = 2048,
    retries: Annotated[
        int, typer.Option(min=0, help="How often to try again when a worker is lost.", **_variable("RETRIES"))
    ] = 1,
    cluster: Annotated[
        str | None, typer.Option(help="The scheduler of a Dask cluster: tcp://host:port.", **_variable("CLUSTER"))
    ] = None,
    store: Annotated[
        str,
        typer.Option(
            help="A place that the cluster shares, a folder or s3://…: files pass through it.", **_variable("STORE")
        ),
    ] = "",
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first document that fails.")] = False,
    only_failed: Annotated[bool, typer.Option("--only-failed", help="Make only what failed in the last run.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Say what would be made; write nothing.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each document is made.")] = False,
    report: Annotated[
        list[Path] | None, typer.Option("--report", help="Write a report of the run: .html, .json or .xml (JUnit).")
    ] = None,
    settings: Settings = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs, a line a document.")] = False,
) -> None:
    """Publish documents as PDF, each checked; what is up to date is left alone.

    A file is written whole or not at all; a document that fails harms no other. `masthead.toml` may say all of this.
    """
    from masthead import batch
    from masthead.batch import reports, work

    limits = batch.Limits(timeout, memory)
    for path in report or ():
        reports.check_form(path)
    order = batch.Order(
        batch.gather(sources or _none()), output, pattern, tuple(variant), _options(pagination, profile, emblem)
    )
    with (
        batch.opened(output) as record,
        _workers(cluster, store, jobs or min(batch.cores(), len(order.sources)), limits) as executor,
    ):
        if only_failed:
            order = batch.failed_only(order, record)
        plan = batch.prepare(order, record, work.here(), executor, retries=retries)
        if dry_run:
            raise typer.Exit(_foretell(plan, as_json))
        outcomes = batch.run(plan, order, record, executor, retries=retries)
        told = _tell(outcomes, plan, Manner(as_json, explain, fail_fast))
    for path in report or ():
        reports.write(path, told)
    raise typer.Exit(_exit_code(order, told))


def _workers(cluster: str | None, store: str, jobs: int, limits: Limits) -> Pool | Cluster:
    from masthead import batch

    if cluster is None:
        return batch.Pool(jobs, limits, own=True)
    from masthead.batch import Cluster

    return Cluster(cluster, limits, store)


def _none() -> list[str]:
    raise OrderError("no source is named", hint="name documents or folders, or write sources = [...] in masthead.toml")


def _options(pagination: Pagination | None, profile: str, emblem: Path | None) -> Options:
    from masthead import batch

    if emblem is None:
        return batch.Options(pagination, profile)
    try:
        return batch.Options(pagination, profile, batch.Picture(emblem.read_bytes(), emblem.suffix))
    except OSError as error:
        raise OrderError("the emblem cannot be read", where=str(emblem), hint=(error.strerror or "").lower()) from None


def _foretell(plan: Plan, as_json: bool) -> int:
    """Print what a run would do; return the exit code."""
    for failure in plan.failures:
        _print(failure, as_json)
        if failure.error:
            complain(failure.error)
    waiting = [target for target in plan.targets if target.reasons]
    for target in waiting:
        if as_json:
            values = {"source": str(target.source), "variant": target.variant, "pdf": str(target.output)}
            print(json.dumps({**values, "state": "due", "reasons": target.reasons}, ensure_ascii=False))
        else:
            print(target.output)
            people.print(escape(f"{target.output}: {', '.join(target.reasons)}"), soft_wrap=True)
    people.print(f"{len(waiting):,} of {len(plan.targets):,} would be made")
    return plan.failures[0].exit_code if plan.failures else 0


def _tell(outcomes: Generator[Outcome], plan: Plan, manner: Manner) -> list[Outcome]:
    """Print each outcome as it comes; stop at a failure where that is asked for. Return all that came."""
    from masthead.batch import watching

    told: list[Outcome] = []
    total = len(plan.targets) + len(plan.failures)
    with closing(outcomes), watching(people, total, explain=manner.explain) as watch:
        try:
            for outcome in outcomes:
                told.append(outcome)
                _print(outcome, manner.as_json)
                watch.tell(outcome)
                if outcome.error and manner.fail_fast:
                    break
        except KeyboardInterrupt:
            people.print("interrupted: what is made is made; run again for the rest", style="yellow")
            raise typer.Exit(130) from None
    if total > 1:
        left = total - len(told)
        people.print(watch.summary() + (f", {left:,} not reached" if left else ""))
    return told


def _print(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome.to_dict(), ensure_ascii=False), flush=True)
    elif outcome.error is None:
        print(outcome.output, flush=True)


def _exit_code(order: Order, told: list[Outcome]) -> int:
    """That of the first source that failed, in the order named; 1 where preflight found errors; else 0."""
    place = {source: number for number, source in enumerate(order.sources)}
    failed = sorted((each for each in told if each.error), key=lambda each: place[each.source])
    return failed[0].exit_code if failed else max((each.exit_code for each in told), default=0)
