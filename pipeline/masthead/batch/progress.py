"""What a run says to people while it goes on: a live bar where somebody watches, else a line for each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from masthead.batch.outcome import Outcome, State

_STYLES = {State.MADE: "green", State.CHECKED: "cyan", State.UNCHANGED: "dim", State.FAILED: "red"}


class Watch:
    """Tells of outcomes on `console`. With `explain` it says why each was made."""

    def __init__(self, console: Console, bar: tuple[Progress, TaskID] | None, explain: bool) -> None:
        self._console, self._bar, self._explain = console, bar, explain
        self._counts: Counter[State] = Counter()

    def tell(self, outcome: Outcome) -> None:
        """Count the outcome; say what of it concerns people."""
        self._counts[outcome.state] += 1
        if self._bar:
            progress, task = self._bar
            progress.update(task, advance=1, failed=self._counts[State.FAILED], rate=progress.tasks[0].speed or 0)
        plain = self._bar is None and (outcome.state is not State.UNCHANGED or outcome.findings)
        if plain or self._explain or outcome.exit_code:
            for line in _lines(outcome, self._explain):
                self._console.print(line, soft_wrap=True)

    def summary(self) -> str:
        """All in one line: `3 made, 997 unchanged`."""
        counted = [f"{self._counts[state]:,} {state}" for state in State if self._counts[state]]
        return f"{', '.join(counted) or 'nothing to do'} ({self._counts[State.MADE]:,} typeset)"


@contextmanager
def watching(console: Console, total: int, *, explain: bool = False) -> Iterator[Watch]:
    """Watch a run of `total` editions."""
    if not console.is_terminal or total < 2:
        yield Watch(console, None, explain)
        return
    columns = (
        TextColumn("publishing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:.1f} a second"),
        TimeRemainingColumn(compact=True),
        TextColumn("[red]{task.fields[failed]} failed[/]"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        yield Watch(console, (progress, progress.add_task("", total=total, failed=0, rate=0)), explain)


def _lines(outcome: Outcome, explain: bool) -> Iterable[str]:
    style = _STYLES[outcome.state]
    if outcome.error is not None:
        yield f"[{style}]{escape(_placed(outcome))}[/]"
        if outcome.error.hint:
            yield f"hint: {escape(outcome.error.hint)}"
        return
    reasons = f": {', '.join(outcome.reasons)}" if explain and outcome.reasons else ""
    yield f"[{style}]{outcome.state}[/] {escape(str(outcome.output))}{escape(reasons)}"
    for finding in outcome.findings:  # those that the record remembers too: what is wrong stays wrong
        places = (f"page {finding['page']}" if finding["page"] else "", finding["where"], finding["rule"])
        yield escape(f"  {finding['severity']}: {', '.join(filter(None, places))}: {finding['message']}")


def _placed(outcome: Outcome) -> str:
    """The error in a line that names the source, whether or not its place does."""
    error = str(outcome.error)
    return error if str(outcome.source) in error else f"{outcome.source}: {error}"
