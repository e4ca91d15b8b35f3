"""The commands of acceptance: did anything move, and who says it may."""

from __future__ import annotations

import getpass
import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.document import OrderError, SourceError, files

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from masthead.comparison import Baselines, Comparison, Pair, Tolerance

# As in `masthead.cli.app`, each command imports what it needs.

commands = typer.Typer()

Store = Annotated[Path | None, typer.Option("--store", help="Folder of the project's baselines [default: baselines]")]
Objects = Annotated[
    str, typer.Option("--objects", help="Where their files lie, if not in that folder: s3://bucket/path or the like.")
]
Settings = Annotated[Path | None, typer.Option("--settings", help="masthead.toml; without it the nearest one upwards.")]
Message = Annotated[str, typer.Option("--message", "-m", help="Why: it is kept with the decision.")]


@commands.command()
def compare(
    places: Annotated[
        list[Path],
        typer.Argument(metavar="[BASELINE] CANDIDATE", help="Files or folders; baselines if only one is given."),
    ],
    store: Store = None,
    objects: Objects = "",
    settings: Settings = None,
    html: Annotated[Path | None, typer.Option(help="Write the report as one HTML file.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs, a line for each document.")] = False,
) -> None:
    """Say what has moved between two files, two folders, or the baselines and a folder. Exit 1 where anything has."""
    from masthead.comparison import record
    from masthead.comparison import tolerance as comparison_tolerance
    from masthead.service import view

    if len(places) > 2:
        raise OrderError("name one place to compare with the baselines, or two to compare with each other")
    baselines = None if len(places) == 2 else _baselines(store, objects, settings)
    comparisons = []
    shown = []
    for pair, each in _compared(_pairs(places, baselines), baselines, comparison_tolerance.load(settings)):
        comparisons.append(each)
        if as_json:
            print(json.dumps(record.to_dict(each), ensure_ascii=False))
        elif not each.same:
            _tell(each)
        if html:
            shown.append(view.enclosed(each, pair))
    if not as_json:
        print(record.summary(comparisons))
    if junit:
        files.save(junit, record.junit(comparisons))
    if html:
        files.save(html, view.page(shown).encode())
    raise typer.Exit(int(not all(each.same for each in comparisons)))


@commands.command()
def approve(
    candidates: Annotated[list[Path], typer.Argument(metavar="CANDIDATE…", help="PDFs, or folders for all in them.")],
    message: Message,
    page: Annotated[list[int] | None, typer.Option(help="Only this page; may be given several times.")] = None,
    deleted: Annotated[
        bool, typer.Option("--deleted", help="Let baselines go that have no candidate any more.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last decision on these documents.")] = False,
    by: Annotated[str, typer.Option(help="Who decides; git's user, or the one logged in.")] = "",
    store: Store = None,
    objects: Objects = "",
    settings: Settings = None,
) -> None:
    """Let candidates become the baselines, or some of their pages. It can be undone; in CI it is refused."""
    from masthead.comparison import baselines as stored
    from masthead.comparison import pairing
    from masthead.comparison import tolerance as comparison_tolerance

    stored.refuse_in_ci()
    kept = _baselines(store, objects, settings)
    who, when = by or person(), now()
    if undo:
        for copy in (copy for place in candidates for copy in pairing.copies(place)):
            key = pairing.identify(copy.read(), copy.name)
            stored.undo(kept, key, by=who, when=when, why=message)
            print(f"{key}: the last decision is undone")
        return
    decisions = []
    for place in candidates:
        for pair, found in _compared(_pairs([place], kept), kept, comparison_tolerance.load(settings)):
            if not found.same and (pair.candidate or deleted):
                decision = stored.approval(found, pair, pages=page or ())
                data = pair.candidate.read() if pair.candidate else b""
                decisions.append((replace(decision, by=who, when=when, why=message), data))
    kept.record(decisions)
    for decision, _ in decisions:
        pages = f", page {', '.join(map(str, decision.pages))}" if decision.pages else ""
        print(f"{decision.document}{pages}: {decision.act}")


@commands.command()
def review(
    candidates: Annotated[Path, typer.Argument(metavar="CANDIDATES", help="The folder to review, or one PDF.")],
    port: Annotated[int, typer.Option(help="On the loopback; 0 takes one that is free.")] = 0,
    by: Annotated[str, typer.Option(help="Who decides; git's user, or the one logged in.")] = "",
    store: Store = None,
    objects: Objects = "",
    settings: Settings = None,
) -> None:
    """Show in the browser what has moved since the baselines, to approve or reject it."""
    from masthead.comparison import baselines as stored
    from masthead.comparison import compare_all
    from masthead.comparison import tolerance as comparison_tolerance

    stored.refuse_in_ci()
    _need_serving()
    from masthead.service import Case, Review

    kept = _baselines(store, objects, settings)
    pairs = tuple(_pairs([candidates], kept))
    cases = map(Case, pairs, compare_all(pairs, tolerance=comparison_tolerance.load(settings)))
    changed = tuple(case for case in cases if not case.comparison.same)
    if not changed:
        print("nothing has moved")
        return
    _serve(Review(changed, kept, by or person(), now).app(), port)


@commands.command()
def watch(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="The document that is being written.")],
    port: Annotated[int, typer.Option(help="On the loopback; 0 takes one that is free.")] = 0,
) -> None:
    """Publish a document at each save and show its pages with their findings in the browser."""
    if not source.is_file():
        raise SourceError("there is no such file", where=str(source))
    _need_serving()
    from masthead.service import Watch

    _serve(Watch(source).app(), port)


def person() -> str:
    """Who is working here: as git knows them, or as the machine does."""
    try:
        name = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, check=False
        ).stdout.strip()
    except OSError:
        name = ""
    return name or getpass.getuser()


def now() -> str:
    """The time of a decision, in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _baselines(store: Path | None, objects: str, settings: Path | None) -> Baselines:
    """Those that the command names, else those of the settings."""
    from masthead.comparison import Baselines
    from masthead.comparison import tolerance as comparison_tolerance

    folder, address = comparison_tolerance.place(settings)
    return Baselines(store, objects) if store else Baselines(folder, objects or address)


def _pairs(places: list[Path], baselines: Baselines | None) -> Iterable[Pair]:
    """Two files, two folders, or the baselines and what is at one place: a file is compared with its baseline alone."""
    from masthead.comparison import pairing

    if baselines is None:
        old, new = places
        if old.is_file() and new.is_file():
            return (pairing.single(old, new),)
        return pairing.pair(pairing.copies(old), pairing.copies(new))
    pairs = pairing.pair(baselines.copies(), pairing.copies(places[0]))
    return (each for each in pairs if each.candidate) if places[0].is_file() else pairs


def _compared(
    pairs: Iterable[Pair], baselines: Baselines | None, tolerance: Tolerance
) -> Iterator[tuple[Pair, Comparison]]:
    """Each pair with its comparison, in which what is decided already counts."""
    from masthead.comparison import compare_all

    pairs = tuple(pairs)
    standings = baselines.standings() if baselines else {}
    for pair, found in zip(pairs, compare_all(pairs, tolerance=tolerance), strict=True):
        standing = standings.get(str(pair.key))
        yield pair, standing.applied(found) if standing else found


def _tell(comparison: Comparison) -> None:
    from masthead.comparison import record

    print(f"{comparison.key}: {comparison.state} {record.extent(comparison)}".rstrip())
    if comparison.rejected:
        print(f"  rejected: {comparison.rejected}")
    for difference in comparison.open:
        print(f"  {record.line(difference)}")
    for finding in comparison.findings:
        print(f"  new finding: {finding.message}")
    if comparison.ignored:
        print(f"  ignored: {', '.join(comparison.ignored)}")


def _need_serving() -> None:
    """Raise OrderError where the extra `serve` is not installed."""
    if not all(find_spec(name) for name in ("starlette", "uvicorn", "watchfiles")):
        raise OrderError("views in the browser need more packages", hint="pip install 'masthead[serve]'")


def _serve(app: Starlette, port: int) -> None:
    """Serve on the loopback until Ctrl-C; print where."""
    import uvicorn

    from masthead.service import bound

    try:
        listening = bound(port)
    except OSError as error:
        raise OrderError(f"port {port} cannot be had: {error.strerror}", hint="leave --port out") from error
    print(f"http://127.0.0.1:{listening.getsockname()[1]}/  (Ctrl-C ends it)", flush=True)
    configuration = uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=1)
    uvicorn.Server(configuration).run([listening])
