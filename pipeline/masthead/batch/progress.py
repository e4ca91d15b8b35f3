"""The progress of a run on the terminal: a progress bar, or else a line for each document."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from masthead.batch.outcome import Outcome, OutcomeState
from masthead.document import files

_FIGURES = "CPU seconds", "share", "median", "slowest"
_STYLES = dict(zip(OutcomeState, ("green", "cyan", "dim", "dim", "red"), strict=True))


@dataclass(slots=True)
class ProgressReport:
    """Prints outcomes above the bar, or instead of it, and counts them. With `explain` it prints why each was made."""

    bar: Progress
    task: TaskID
    explain: bool
    counts: Counter[OutcomeState] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count the outcome; print what people need to know of it."""
        self.counts[outcome.state] += 1
        if not self.bar.disable:
            failed, rate = self.counts[OutcomeState.FAILED], self.bar.tasks[0].speed or 0
            self.bar.update(self.task, advance=1, failed=failed, rate=rate)
        notable = self.bar.disable and (outcome.state is not OutcomeState.UNCHANGED or outcome.findings)
        console = self.bar.console
        if outcome.error or (not console.quiet and (notable or self.explain or outcome.exit_code or outcome.notes)):
            for line in _lines(outcome, self.explain):
                _print(console, line)

    def summary(self) -> str:
        """Return the counts in one line: `3 made, 997 unchanged (3 typeset)`."""
        counted = [f"{self.counts[state]:,} {state}" for state in OutcomeState if self.counts[state]]
        return f"{', '.join(counted) or 'nothing to do'} ({self.counts[OutcomeState.MADE]:,} typeset)"


@contextmanager
def report_progress(console: Console, total: int, *, explain: bool = False) -> Iterator[ProgressReport]:
    """Report on a run of `total` editions."""
    rate, failed = TextColumn("{task.fields[rate]:.1f} per second"), TextColumn("[red]{task.fields[failed]} failed[/]")
    done = TextColumn("publishing"), BarColumn(), MofNCompleteColumn()
    columns = *done, rate, TimeRemainingColumn(compact=True), failed
    hidden = not console.is_terminal or total < 2
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        yield ProgressReport(bar, bar.add_task("", total=total, failed=0, rate=0), explain)


class Timings:
    """The CPU time of each stage of a run, in seconds."""

    def __init__(self) -> None:
        self._taken: dict[str, array[float]] = {}
        self._slowest: dict[str, tuple[float, str]] = {}

    def add(self, outcome: Outcome) -> None:
        """Count the stages of this outcome."""
        for stage, seconds in outcome.stages.items():
            self._taken.setdefault(stage, array("d")).append(seconds)
            self._slowest[stage] = max(self._slowest.get(stage, (0.0, "")), (seconds, str(outcome.source)))

    def table(self, own: float) -> Table:
        """Return a row for each stage: its time in all, its share, and that of the median and the slowest document.

        `own` is the CPU time of this process, in seconds: of handing out work and of writing files.
        """
        whole = sum(map(sum, self._taken.values())) + own
        table = Table("stage", *(Column(name, justify="right") for name in _FIGURES), "slowest document", box=None)
        for stage, each in self._taken.items():
            slowest, source = self._slowest[stage]
            figures = f"{sum(each):.2f}", f"{sum(each) / whole:.0%}", f"{median(each):.3f}", f"{slowest:.3f}"
            table.add_row(stage, *figures, Text(files.printable(source)))
        table.add_row("this process", f"{own:.2f}", f"{own / whole:.0%}" if whole else "", "", "", "")
        return table


def _print(console: Console, line: Text) -> None:
    """Print a line; where it has no colour, without Rich, which takes longer than all other bookkeeping."""
    if console.color_system is None or console.quiet:  # errors are printed in any case
        print(line.plain, file=console.file)
    else:
        console.print(line, soft_wrap=True)


def _lines(outcome: Outcome, explain: bool) -> Iterator[Text]:
    style = _STYLES[outcome.state]
    if outcome.error is not None:
        for each in outcome.error.each:
            error = str(each)
            named = error if str(outcome.source) in error else f"{outcome.source}: {error}"
            yield Text(files.printable(named), style)
            if each.hint:
                yield Text(files.printable(f"hint: {each.hint}"))
        return
    reasons = f": {', '.join(outcome.reasons)}" if explain and outcome.reasons else ""
    yield Text.assemble((outcome.state, style), files.printable(f" {outcome.output}{reasons}"))
    yield from (Text.assemble("  ", (files.printable(f"note: {note}"), "yellow")) for note in outcome.notes)
    for finding in outcome.findings:  # an unchanged file has the findings that it had when it was made
        place = ", ".join(filter(None, (f"page {finding['page']}" if finding["page"] else "", finding["where"])))
        said = f"{finding['severity']}: {finding['message']} [{finding['rule']}]"
        yield Text(files.printable(f"  {place}: {said}" if place else f"  {said}"))
