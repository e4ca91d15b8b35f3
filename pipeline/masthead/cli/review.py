"""The commands on changes: `compare`, `approve`, `collect`, `review` and `watch`."""

# Without `annotations` of `__future__`: `takes` and Typer need the types themselves.

import getpass
import os
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from masthead.cli.console import (
    SETTINGS,
    JsonLines,
    argument,
    option,
    people,
    print_json,
    renamed,
    require_serve_extra,
    takes,
)
from masthead.document import OrderError, SourceError, files

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from masthead.comparison import Baselines, Comparison, Pair, Tolerance
    from masthead.service import DocumentWatch

# As in `masthead.cli.app`, each command imports what it needs.

commands = typer.Typer()
_NAMES = renamed(store="baselines")

AspectName = Literal["all", "text", "layout", "pixels"]
_STORE = "Folder of the baselines; by default baselines/."
_PLACES = "Two PDFs, or two folders of PDFs. A single PDF or folder is compared with the baselines."
_OBJECTS = "Where the baseline PDFs are stored, if not in that folder: s3://bucket/path."
_JUDGED = "What to compare; all other differences are tolerated."
Message = Annotated[str, option("Reason for the decision; it is recorded.", "--message", "-m")]
By = Annotated[str, option("Who decides; by default the user name of git, or else of the system.")]
Jobs = Annotated[int, option("Number of processes.", "--jobs", "-j", variable="JOBS", min=1)]
Port = Annotated[int, option("Port of the local server; 0 means any free port.", min=0, max=65535)]
Candidates = Annotated[list[Path], argument("PDFs, or folders of PDFs.", "CANDIDATE…")]
_GRACE = 1  # seconds after Ctrl-C in which streams of events, which never end, are cut off
_OPEN = "Open the pages in the browser; by default on a terminal."
_EDITOR = "Command that shows a line in your editor, run at a click on a page: 'code --goto {file}:{line}'."
_FOLLOW = "Read line numbers from standard input, and show on the pages what each line has become."


class BaselineOptions(NamedTuple):
    """Which baselines there are, and how far a page may differ from them."""

    store: Annotated[Path | None, option(_STORE, "--baselines")] = None
    objects: Annotated[str, option(_OBJECTS, "--objects")] = ""
    settings: Annotated[Path | None, option(SETTINGS, "--settings")] = None

    def open(self) -> "Baselines":
        """Return the baselines named on the command line, or else in the settings."""
        from masthead.comparison import Baselines, tolerance

        folder, address = tolerance.place(self.settings)
        return Baselines(self.store, self.objects) if self.store else Baselines(folder, self.objects or address)

    def tolerance(self, judged: AspectName = "all") -> "Tolerance":
        """Return the tolerance of the settings, for what is judged alone."""
        from masthead.comparison import tolerance

        return replace(tolerance.load(self.settings), judged=tolerance.Aspect(judged))


class DecisionOptions(NamedTuple):
    """Why and by whom something is decided."""

    message: Annotated[str, option("Reason for the decision; it is recorded.", "--message", "-m")]
    by: By = ""


class ReportOptions(NamedTuple):
    """The reports that are written into files."""

    html: Annotated[Path | None, option("Write a report as one HTML file.")] = None
    junit: Annotated[Path | None, option("Write a report as JUnit XML.")] = None
    sarif: Annotated[Path | None, option("Write a report as SARIF.")] = None

    def write(self, found: Sequence[tuple["Pair", "Comparison"]], documents: Sequence[dict[str, Any]]) -> None:
        """Write the reports on what was found; `documents` are its views."""
        from masthead.comparison import reports
        from masthead.service import view

        comparisons = [comparison for _, comparison in found]
        if self.sarif:
            names = [(pair.candidate or pair.baseline).name for pair, _ in found]  # type: ignore[union-attr]  # one is there
            files.save(self.sarif, reports.to_sarif(comparisons, names).encode())
        if self.junit:
            files.save(self.junit, reports.to_junit(comparisons))
        if self.html:
            files.save(self.html, view.page(documents, groups=view.show_groups(comparisons)).encode())


class CompareOptions(NamedTuple):
    """All that the command line says to `masthead compare`."""

    places: Annotated[list[Path], argument(_PLACES, "[BASELINE] CANDIDATE")]
    against: BaselineOptions = BaselineOptions()
    reports: ReportOptions = ReportOptions()
    judged: Annotated[AspectName, option(_JUDGED, "--as")] = "all"
    jobs: Jobs = 1
    no_cache: Annotated[bool, option("Do not use the results of earlier comparisons.", "--no-cache")] = False
    as_json: JsonLines = False


@commands.command(context_settings=_NAMES)
@takes(CompareOptions)
def compare(asked: CompareOptions) -> None:
    """Print what has changed between two files, two folders, or the baselines and a folder.

    The exit code is 1 if anything has changed.
    """
    from masthead.comparison import groups, reports
    from masthead.service import view

    if len(asked.places) > 2:
        raise OrderError("more than two paths to compare", hint="name two, or one to compare it with the baselines")
    baselines = None if len(asked.places) == 2 else asked.against.open()
    found, documents = [], []
    limits, kept = asked.against.tolerance(asked.judged), not asked.no_cache
    for pair, comparison in _compared(_pairs(asked.places, baselines), baselines, limits, asked.jobs, kept=kept):
        found.append((pair, comparison))
        if asked.as_json:
            print_json(reports.to_dict(comparison))
        elif not comparison.same:
            print(reports.to_text(comparison))
        if asked.reports.html:
            documents.append(view.show_embedded(comparison, pair))
    comparisons = [comparison for _, comparison in found]
    if not asked.as_json:
        for group in groups.group(comparisons):
            print(groups.line(group))
        print(reports.summary(comparisons))
    asked.reports.write(found, documents)
    raise typer.Exit(int(not all(each.same for each in comparisons)))


class ApproveOptions(NamedTuple):
    """All that the command line says to `masthead approve`."""

    candidates: Candidates
    decision: DecisionOptions
    page: Annotated[list[int] | None, option("Approve only this page of each candidate. Repeatable.", min=1)] = None
    deleted: Annotated[bool, option("Withdraw baselines that have no candidate.", "--deleted")] = False
    undo: Annotated[bool, option("Undo the last decision on these documents.", "--undo")] = False
    against: BaselineOptions = BaselineOptions()


@commands.command(context_settings=_NAMES)
@takes(ApproveOptions)
def approve(asked: ApproveOptions) -> None:
    """Make candidates, or some of their pages, the new baselines. This can be undone, and is refused in CI."""
    from masthead.comparison import baselines as decisions_on
    from masthead.comparison import pairing

    decisions_on.refuse_in_ci()
    baselines = asked.against.open()
    who, when, why = asked.decision.by or person(), now(), asked.decision.message
    if asked.undo:
        for file in (file for place in asked.candidates for file in pairing.pdf_files(place)):
            key = pairing.identify(file.read(), file.name)
            baselines.undo(key, by=who, when=when, why=why)
            print(f"{key}: the last decision is undone")
        return
    decisions = []
    limits = asked.against.tolerance()
    for place in asked.candidates:
        for pair, comparison in _compared(_pairs([place], baselines), baselines, limits):
            if not comparison.same and (pair.candidate or asked.deleted):
                decision = decisions_on.approval(comparison, pair, pages=asked.page or ())
                data = pair.candidate.read() if pair.candidate else b""
                decisions.append((replace(decision, by=who, when=when, why=why), data))
    baselines.record(decisions)
    for decision, _ in decisions:
        pages = f", page {', '.join(map(str, decision.pages))}" if decision.pages else ""
        done = "withdrawn" if decision.act is decisions_on.Act.WITHDRAW else "approved"
        print(f"{decision.document}{pages}: {done}")


@commands.command(context_settings=_NAMES)
@takes(BaselineOptions)
def collect(asked: BaselineOptions) -> None:
    """Delete baseline files that no decision refers to: rejected candidates, and leftovers of interrupted runs."""
    from masthead.comparison import baselines as decisions_on

    decisions_on.refuse_in_ci()
    deleted = asked.open().collect()
    print(f"{len(deleted)} file{'s' * (len(deleted) != 1)} deleted")


class ReviewOptions(NamedTuple):
    """All that the command line says to `masthead review`."""

    candidates: Annotated[Path, argument("A folder of PDFs, or one PDF.", "CANDIDATES")]
    port: Port = 0
    jobs: Jobs = 1
    by: By = ""
    against: BaselineOptions = BaselineOptions()


@commands.command(context_settings=_NAMES)
@takes(ReviewOptions)
def review(asked: ReviewOptions) -> None:
    """Show in the browser what has changed since the baselines; changes can be approved or rejected there."""
    from masthead.comparison import baselines as decisions_on
    from masthead.comparison import compare_all

    decisions_on.refuse_in_ci()
    require_serve_extra()
    from masthead.service import Case, Review

    baselines = asked.against.open()
    pairs = tuple(_pairs([asked.candidates], baselines))
    found = compare_all(pairs, tolerance=asked.against.tolerance(), jobs=asked.jobs, kept=True)
    # Earlier decisions are applied by the review itself, whose page shows them.
    cases = map(Case, pairs, found)
    place, first = next(((place, case) for place, case in enumerate(cases) if not case.comparison.same), (0, None))
    if first is None:
        print("nothing has changed")
        return
    review = Review(len(pairs) - place, baselines, asked.by or person(), now)
    threading.Thread(target=review.fill, args=(chain((first,), cases),), daemon=True).start()
    _serve(review.app(), asked.port)


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


def _show_lines(watched: "DocumentWatch") -> None:
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


def _pairs(places: Sequence[Path], baselines: "Baselines | None") -> Iterable["Pair"]:
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
    pairs: Iterable["Pair"],
    baselines: "Baselines | None",
    limits: "Tolerance",
    jobs: int = 1,
    *,
    kept: bool = True,
) -> Iterator[tuple["Pair", "Comparison"]]:
    """Each pair with its comparison, to which earlier decisions are applied. A terminal shows how far it is."""
    from rich.progress import track

    from masthead.comparison import Standing, compare_all

    pairs = tuple(pairs)
    standings = baselines.standings() if baselines else {}
    found = compare_all(pairs, tolerance=limits, jobs=jobs, kept=kept)
    quiet = not people.is_terminal or len(pairs) < 2
    shown = track(found, "comparing", len(pairs), console=people, transient=True, disable=quiet)
    for pair, comparison in zip(pairs, shown, strict=True):
        yield pair, standings.get(str(pair.key), Standing()).applied(comparison)


def _serve(app: "Starlette", port: int, *, open_page: bool = False) -> None:
    """Print the address, open it in the browser if asked to, and serve on it until Ctrl-C."""
    import uvicorn

    from masthead.service import ClosingServer, listen

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
    ClosingServer(configuration).run([listening])
