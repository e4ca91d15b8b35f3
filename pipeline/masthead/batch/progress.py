"""The progress of a run on the terminal: a progress bar, or else a line for each document."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from masthead.batch.outcome import Outcome, OutcomeState
from masthead.document import files

if TYPE_CHECKING:  # slow to import, and of no use to most runs
    from rich.progress import Progress
    from rich.table import Table

_FIGURES = "CPU seconds", "share", "median", "slowest"
_STYLES = dict(zip(OutcomeState, ("green", "cyan", "dim", "dim", "red"), strict=True))


@dataclass(slots=True)
class ProgressReport:
    """Prints outcomes above the bar, or instead of it, and counts them. With `explain` it prints why each was made."""

    console: Console
    bar: Progress | None
    explain: bool
    counts: Counter[OutcomeState] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count the outcome; print what people need to know of it."""
        self.counts[outcome.state] += 1
        console, bar = self.console, self.bar
        if bar is not None:
            task = bar.tasks[0]
            bar.update(task.id, advance=1, failed=self.counts[OutcomeState.FAILED], rate=task.speed or 0)
        notable = bar is None and (outcome.state is not OutcomeState.UNCHANGED or outcome.findings)
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
    if not console.is_terminal or total < 2:
        yield ProgressReport(console, None, explain)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate, failed = TextColumn("{task.fields[rate]:.1f} per second"), TextColumn("[red]{task.fields[failed]} failed[/]")
    done = TextColumn("publishing"), BarColumn(), MofNCompleteColumn()
    columns = *done, rate, TimeRemainingColumn(compact=True), failed
    with Progress(*columns, console=console, transient=True) as bar:
        bar.add_task("", total=total, failed=0, rate=0)
        yield ProgressReport(console, bar, explain)


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
        from statistics import median

        from rich.table import Column, Table

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
