"""A run over printers as it is seen: what is printed, what is at a printer, what waits, what a person must look at."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

from masthead.document import OrderError, PrintError, files
from masthead.page import render
from masthead.press.printing.handover import LOOK, Printed, PrintOrder, may_be_printed
from masthead.press.printing.journal import JournalEntry, Stage, now

_FORMS = (".html", ".json")
_SECONDS = 2.0  # between two reports while the run goes on


class OrderState(StrEnum):
    """What became of an order, those first that a person must act on."""

    DOUBTFUL = "to be looked at"  # some of it may have been printed
    WAITING = "not printed"
    PRINTING = "printing"
    PRINTED = "printed"
    EARLIER = "printed before"


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a report. `copies` are those wanted; `problem` is why it is not printed, and what to do."""

    file: str
    digest: str
    copies: int
    state: OrderState
    printer: str = ""
    job: int | None = None
    reasons: str = ""
    problem: str = ""
    opened: str = ""
    changed: str = ""


@dataclass(slots=True)
class PrintRun:
    """Collects what is known of each order while a run goes on. Printers report from several threads.

    With a `path`, the report is written there every two seconds, and at the end. Raises OrderError for another form.
    """

    orders: Sequence[PrintOrder]
    path: Path | None = None
    begun: str = field(default_factory=now)
    ended: str = ""
    _entries: dict[tuple[str, str], JournalEntry] = field(default_factory=dict)
    _problems: dict[tuple[str, str], PrintError] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _written: float = 0.0

    def __post_init__(self) -> None:
        if self.path and self.path.suffix not in _FORMS:
            message = f"unknown form of report: {self.path.suffix or 'files without a suffix'}"
            raise OrderError(message, where=str(self.path), hint=f"use {', '.join(_FORMS)}")

    def note(self, entry: JournalEntry) -> None:
        """Take what the journal knows of an order now."""
        with self._lock:
            self._entries[entry.file, entry.digest] = entry
            if time.monotonic() - self._written > _SECONDS:
                self._write()

    def end(self, found: Iterable[Printed] = (), failed: PrintError | None = None) -> None:
        """Take what became of the orders, and write the last report. `failed` ended the whole run."""
        with self._lock:
            self.ended = now()
            for each in found:
                key = each.order.file, each.order.digest
                if each.entry:
                    self._entries[key] = each.entry
                if each.error:
                    self._problems[key] = each.error
            if failed:
                self._problems |= {
                    (row.file, row.digest): failed for row in self.rows if row.state is OrderState.WAITING
                }
            self._write()

    @property
    def rows(self) -> list[OrderRow]:
        """The orders, those that a person must act on first."""
        return sorted(map(self._row, self.orders), key=lambda row: list(OrderState).index(row.state))

    def _row(self, order: PrintOrder) -> OrderRow:
        key = order.file, order.digest
        entry, problem = self._entries.get(key), self._problems.get(key)
        said = "; ".join(filter(None, (str(problem), problem.hint))) if problem else ""
        row = OrderRow(order.file, order.digest, order.ticket.copies, OrderState.WAITING, problem=said)
        if entry is None:
            return row
        if entry.stage is Stage.COMPLETED:
            state = OrderState.EARLIER if entry.changed < self.begun else OrderState.PRINTED
        elif may_be_printed(entry):
            state = OrderState.DOUBTFUL if entry.stage.ended or self.ended else OrderState.PRINTING
            if state is OrderState.DOUBTFUL and not said:
                said = "; ".join((f"the job was {entry.stage}", *filter(None, (entry.reasons,)), LOOK))
        else:
            state = OrderState.WAITING
        return OrderRow(
            *(order.file, order.digest, order.ticket.copies, state, entry.queue, entry.job),
            *(entry.reasons, said, entry.opened, entry.changed),
        )

    def _write(self) -> None:
        self._written = time.monotonic()
        if self.path:
            text = (
                to_html(self)
                if self.path.suffix == ".html"
                else json.dumps(to_dict(self), ensure_ascii=False, indent=2)
            )
            files.save(self.path, text.encode("utf-8", "backslashreplace"))


def to_dict(run: PrintRun) -> dict[str, Any]:
    """Return the report as JSON has it."""
    rows = run.rows
    counts = Counter(row.state for row in rows)
    return {
        "begun": run.begun,
        "ended": run.ended,
        "counts": {str(state): counts[state] for state in OrderState},
        "copies": sum(row.copies for row in rows if row.state is OrderState.PRINTED),
        "printers": _printers(rows),
        "files": [{name: getattr(row, name) for name in OrderRow.__slots__} for row in rows],
    }


def to_html(run: PrintRun) -> str:
    """Return the report as a page, which loads itself again while the run goes on."""
    values: Mapping[str, Any] = to_dict(run)
    return render("night.html.j2", Path(__file__).parent, **values, live=not run.ended, seconds=int(_SECONDS))


def _printers(rows: Sequence[OrderRow]) -> list[dict[str, Any]]:
    """Return for each printer what it printed in this run, and the seconds from its first job to its last."""
    found: list[dict[str, Any]] = []
    for printer in sorted({row.printer for row in rows if row.printer}):
        done = [row for row in rows if row.printer == printer and row.state is OrderState.PRINTED]
        doubtful = sum(row.printer == printer and row.state is OrderState.DOUBTFUL for row in rows)
        times = [datetime.fromisoformat(time) for row in done for time in (row.opened, row.changed)]
        seconds = (max(times) - min(times)).total_seconds() if times else 0.0
        found.append(
            {
                "printer": printer,
                "files": len(done),
                "copies": sum(row.copies for row in done),
                "seconds": round(seconds, 1),
                "to be looked at": doubtful,
                "now": next(
                    (row.file for row in rows if row.printer == printer and row.state is OrderState.PRINTING), ""
                ),
            }
        )
    return found
