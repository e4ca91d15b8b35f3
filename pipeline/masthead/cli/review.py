"""The commands on changes: `compare`, `approve`, `collect`, `review` and `watch`."""

from __future__ import annotations

import getpass
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from masthead.cli.console import SETTINGS, JsonLines, argument, option, people, print_json, renamed, require_serve_extra
from masthead.document import OrderError, SourceError, files

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from masthead.comparison import Baselines, Comparison, Pair
    from masthead.service import DocumentWatch

# As in `masthead.cli.app`, each command imports what it needs.

commands = typer.Typer()
_NAMES = renamed(store="baselines")

Store = Annotated[Path | None, option("Folder of the baselines; by default baselines/.", "--baselines")]
AspectName = Literal["all", "text", "layout", "pixels"]
_PLACES = "Two PDFs, or two folders of PDFs. A single PDF or folder is compared with the baselines."
_OBJECTS = "Where the baseline PDFs are stored, if not in that folder: s3://bucket/path."
Objects = Annotated[str, option(_OBJECTS, "--objects")]
Settings = Annotated[Path | None, option(SETTINGS, "--settings")]
Message = Annotated[str, option("Reason for the decision; it is recorded.", "--message", "-m")]
By = Annotated[str, option("Who decides; by default the user name of git, or else of the system.")]
Jobs = Annotated[int, option("Number of processes.", "--jobs", "-j", variable="JOBS", min=1)]
Port = Annotated[int, option("Port of the local server; 0 means any free port.", min=0, max=65535)]
_GRACE = 1  # seconds after Ctrl-C in which streams of events, which never end, are cut off
_OPEN = "Open the pages in the browser; by default on a terminal."
_EDITOR = "Command that shows a line in your editor, run at a click on a page: 'code --goto {file}:{line}'."
_FOLLOW = "Read line numbers from standard input, and show on the pages what each line has become."


@commands.command(context_settings=_NAMES)
def compare(
    places: Annotated[list[Path], argument(_PLACES, "[BASELINE] CANDIDATE")],
    store: Store = None,
    objects: Objects = "",
    settings: Settings = None,
    html: Annotated[Path | None, option("Write a report as one HTML file.")] = None,
    junit: Annotated[Path | None, option("Write a report as JUnit XML.")] = None,
    sarif: Annotated[Path | None, option("Write a report as SARIF.")] = None,
    judged: Annotated[AspectName, option("What to compare; all other differences are tolerated.", "--as")] = "all",
    jobs: Jobs = 1,
    no_cache: Annotated[bool, option("Do not use the results of earlier comparisons.", "--no-cache")] = False,
    as_json: JsonLines = False,
) -> None:
    """Print what has changed between two files, two folders, or the baselines and a folder.

    The exit code is 1 if anything has changed.
    """
    from masthead.comparison import groups, reports
    from masthead.service import view

    if len(places) > 2:
        raise OrderError("more than two paths to compare", hint="name two, or one to compare it with the baselines")
    baselines = None if len(places) == 2 else _baselines(store, objects, settings)
    comparisons, names, documents = [], [], []
    for pair, comparison in _compared(_pairs(places, baselines), baselines, settings, jobs, judged, kept=not no_cache):
        comparisons.append(comparison)
        names.append((pair.candidate or pair.baseline).name)  # type: ignore[union-attr]  # one of them is there
        if as_json:
            print_json(reports.to_dict(comparison))
        elif not comparison.same:
            print(reports.to_text(comparison))
        if html:
            documents.append(view.show_embedded(comparison, pair))
    if not as_json:
        for group in groups.group(comparisons):
            print(groups.line(group))
        print(reports.summary(comparisons))
    if sarif:
        files.save(sarif, reports.to_sarif(comparisons, names).encode())
    if junit:
        files.save(junit, reports.to_junit(comparisons))
    if html:
        files.save(html, view.page(documents, groups=view.show_groups(comparisons)).encode())
    raise typer.Exit(int(not all(each.same for each in comparisons)))


@commands.command(context_settings=_NAMES)
def approve(
    candidates: Annotated[list[Path], argument("PDFs, or folders of PDFs.", "CANDIDATE…")],
    message: Message,
    page: Annotated[list[int] | None, option("Approve only this page of each candidate. Repeatable.", min=1)] = None,
    deleted: Annotated[bool, option("Withdraw baselines that have no candidate.", "--deleted")] = False,
    undo: Annotated[bool, option("Undo the last decision on these documents.", "--undo")] = False,
    by: By = "",
    store: Store = None,
    objects: Objects = "",
    settings: Settings = None,
) -> None:
    """Make candidates, or some of their pages, the new baselines. This can be undone, and is refused in CI."""
    from masthead.comparison import baselines as decisions_on
    from masthead.comparison import pairing

    decisions_on.refuse_in_ci()
    baselines = _baselines(store, objects, settings)
    who, when = by or person(), now()
    if undo:
        for file in (file for place in candidates for file in pairing.pdf_files(place)):
            key = pairing.identify(file.read(), file.name)
            baselines.undo(key, by=who, when=when, why=message)
            print(f"{key}: the last decision is undone")
        return
    decisions = []
    for place in candidates:
        for pair, comparison in _compared(_pairs([place], baselines), baselines, settings):
            if not comparison.same and (pair.candidate or deleted):
                decision = decisions_on.approval(comparison, pair, pages=page or ())
                data = pair.candidate.read() if pair.candidate else b""
                decisions.append((replace(decision, by=who, when=when, why=message), data))
    baselines.record(decisions)
    for decision, _ in decisions:
        pages = f", page {', '.join(map(str, decision.pages))}" if decision.pages else ""
        done = "withdrawn" if decision.act is decisions_on.Act.WITHDRAW else "approved"
        print(f"{decision.document}{pages}: {done}")


@commands.command(context_settings=_NAMES)
def collect(store: Store = None, objects: Objects = "", settings: Settings = None) -> None:
    """Delete baseline files that no decision refers to: rejected candidates, and leftovers of interrupted runs."""
    from masthead.comparison import baselines as decisions_on

    decisions_on.refuse_in_ci()
    deleted = _baselines(store, objects, settings).collect()
    print(f"{len(deleted)} file{'s' * (len(deleted) != 1)} deleted")


@commands.command(context_settings=_NAMES)
def review(
    candidates: Annotated[Path, argument("A folder of PDFs, or one PDF.", "CANDIDATES")],
    port: Port = 0,
    jobs: Jobs = 1,
    by: By = "",
    store: Store = None,
    objects: Objects = "",
    settings: Settings = None,
) -> None:
    """Show in the browser what has changed since the baselines; changes can be approved or rejected there."""
    from masthead.comparison import baselines as decisions_on
    from masthead.comparison import compare_all, tolerance

    decisions_on.refuse_in_ci()
    require_serve_extra()
    from masthead.service import Case, Review

    baselines = _baselines(store, objects, settings)
    pairs = tuple(_pairs([candidates], baselines))
    found = compare_all(pairs, tolerance=tolerance.load(settings), jobs=jobs, kept=True)
    # Earlier decisions are applied by the review itself, whose page shows them.
    cases = map(Case, pairs, found)
    place, first = next(((place, case) for place, case in enumerate(cases) if not case.comparison.same), (0, None))
    if first is None:
        print("nothing has changed")
        return
    review = Review(len(pairs) - place, baselines, by or person(), now)
    threading.Thread(target=review.fill, args=(chain((first,), cases),), daemon=True).start()
    _serve(review.app(), port)


@commands.command()
def watch(
    source: Annotated[Path, argument("The document that you are writing.", "SOURCE")],
    port: Port = 0,
    open_page: Annotated[bool | None, option(_OPEN, "--open/--no-open")] = None,
    editor: Annotated[str, option(_EDITOR, "--editor", metavar="COMMAND")] = "",
    follow: Annotated[bool, option(_FOLLOW, "--follow")] = False,
) -> None:
    """Publish a document each time you save it, and show its pages and findings in the browser.

    A click on a page prints the place in the source, as file:line:column.
    """
    if not source.is_file():
        raise SourceError("no such file", where=str(source))
    require_serve_extra()
    from masthead.service import DocumentWatch

    command = shlex.split(editor)
    if command and not any("{line}" in part for part in command):
        raise OrderError("the command does not say {line}", where=editor, hint="such as: code --goto {file}:{line}")

    def chosen(line: int) -> None:
        print(f"{source}:{line}:1", flush=True)
        if command:
            parts = [part.replace("{file}", str(source.resolve())).replace("{line}", str(line)) for part in command]
            try:
                subprocess.Popen(parts, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            except OSError as error:
                people.print(f"the editor cannot be started: {files.reason(error)}")

    watched = DocumentWatch(source, chosen)
    if follow:
        threading.Thread(target=_show_lines, args=(watched,), daemon=True).start()
    _serve(watched.app(), port, open_page=people.is_terminal if open_page is None else open_page)


def _show_lines(watched: DocumentWatch) -> None:
    """Show each line whose number comes from standard input; at its end, end the watch."""
    for line in sys.stdin:
        if line.strip().isdecimal():
            watched.show(int(line))
    os.kill(os.getpid(), signal.SIGINT)


def person() -> str:
    """Return the name of the user, as git or else the system knows it."""
    try:
        name = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True).stdout.strip()
    except OSError:
        name = ""
    try:
        return name or getpass.getuser()
    except (KeyError, OSError):  # in a container, the system may have no name for it
        return f"user {os.getuid()}"


def now() -> str:
    """Return the time of a decision, in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _baselines(store: Path | None, objects: str, settings: Path | None) -> Baselines:
    """The baselines named on the command line, or else in the settings."""
    from masthead.comparison import Baselines, tolerance

    folder, address = tolerance.place(settings)
    return Baselines(store, objects) if store else Baselines(folder, objects or address)


def _pairs(places: list[Path], baselines: Baselines | None) -> Iterable[Pair]:
    """Pairs of two files, of two folders, or of the baselines and one place; one file has only its own baseline."""
    from masthead.comparison import pairing

    if baselines is None:
        old, new = places
        if old.is_file() and new.is_file():
            return (pairing.single(old, new),)
        return pairing.pair(pairing.pdf_files(old), pairing.pdf_files(new))
    pairs = pairing.pair(baselines.pdf_files(), pairing.pdf_files(places[0]))
    return (each for each in pairs if each.candidate) if places[0].is_file() else pairs


def _compared(
    pairs: Iterable[Pair],
    baselines: Baselines | None,
    settings: Path | None,
    jobs: int = 1,
    judged: AspectName = "all",
    *,
    kept: bool = True,
) -> Iterator[tuple[Pair, Comparison]]:
    """Each pair with its comparison, to which earlier decisions are applied. A terminal shows how far it is."""
    from rich.progress import track

    from masthead.comparison import Standing, compare_all, tolerance

    pairs = tuple(pairs)
    standings = baselines.standings() if baselines else {}
    limits = replace(tolerance.load(settings), judged=tolerance.Aspect(judged))
    found = compare_all(pairs, tolerance=limits, jobs=jobs, kept=kept)
    quiet = not people.is_terminal or len(pairs) < 2
    shown = track(found, "comparing", len(pairs), console=people, transient=True, disable=quiet)
    for pair, comparison in zip(pairs, shown, strict=True):
        yield pair, standings.get(str(pair.key), Standing()).applied(comparison)


def _serve(app: Starlette, port: int, *, open_page: bool = False) -> None:
    """Print the address, open it in the browser if asked to, and serve on it until Ctrl-C."""
    import uvicorn

    from masthead.service import listen

    try:
        listening = listen(port)
    except OSError as error:
        raise OrderError(f"port {port} is not available: {files.reason(error)}", hint="leave --port out") from error
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    print(f"{address}  (stop with Ctrl-C)", flush=True)
    if open_page:  # the socket listens already, so the browser waits for the first answer
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    configuration = uvicorn.Config(app, log_level="critical", ws="none", timeout_graceful_shutdown=_GRACE)
    uvicorn.Server(configuration).run([listening])
