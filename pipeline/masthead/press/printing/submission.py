"""Files to one printer: handed over one after the other, and followed to their end.

The printer has its jobs in their order as early as it takes them, so that it need not wait for us between two.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from masthead.document import PrintError
from masthead.press.printing.handover import (
    PATIENCE,
    Handover,
    Patience,
    Printed,
    PrintOrder,
    PrintQueue,
    Report,
    Template,
    claimed,
    concerns_one_job,
)
from masthead.press.printing.journal import Journal, Stage
from masthead.press.printing.printers import Printer

_AT_ONCE = 8  # jobs that are asked for in one round: a printer works on few at a time


def submit(
    orders: Sequence[PrintOrder],
    printer: Printer,
    journal: Journal,
    *,
    again: bool = False,
    patience: Patience = PATIENCE,
    report: Report = lambda entry: None,
) -> tuple[Printed, ...]:
    """Check the orders, hand them over one after the other, and follow each to its end. Returns what became of each.

    An order that the journal knows as handed over is followed and not sent again, unless `again`. What is wrong with
    one order does not stop the others; if the printer itself fails, nothing more is sent to it. `report` is called with
    each change. An interrupt cancels all unfinished jobs. Raises PrintError if not all orders can be printed there.
    """
    queue = PrintQueue.opened(printer, journal, patience, report)
    submission = _Submission(queue, [Printed(order) for order in orders])
    try:
        submission.hand_over(queue.templates(orders), again)
        submission.follow()
    except KeyboardInterrupt:
        for each in submission.all:
            if each.entry:
                queue.cancel(each.entry)
        raise
    return tuple(submission.all)


@dataclass(eq=False, slots=True)
class _Submission:
    """Orders for one printer, and what has become of them."""

    queue: PrintQueue
    all: list[Printed]

    def hand_over(self, templates: Sequence[Template], again: bool) -> None:
        """Hand over the orders, until the printer itself fails."""
        asked = time.monotonic()
        for index, template in enumerate(templates):
            order = self.all[index].order
            handover = Handover(order, template, self.queue, working=self.refresh)
            try:
                if time.monotonic() - asked > self.queue.patience.interval:
                    self.refresh()  # what has been printed is said while others are sent
                    asked = time.monotonic()
                with self.queue.journal.claim(handover.entry.key) as taken:
                    if taken:
                        self.all[index] = Printed(order, error=claimed(order))
                        continue
                    try:
                        handover.run(again)
                    finally:
                        self.all[index] = Printed(order, handover.entry)
            except PrintError as error:
                self.all[index] = Printed(order, handover.entry, error)
                if not concerns_one_job(handover.entry):
                    self.all[index:] = [replace(each, error=error) for each in self.all[index:]]
                    return

    def follow(self) -> None:
        """Refresh the entries until all jobs have ended. There is no time limit: a job may wait for paper."""
        try:
            while self.refresh(waiting=True):
                self.queue.patience.pause(self.queue.patience.interval)
        except PrintError as error:
            for index in self._unfinished():
                self.all[index] = replace(self.all[index], error=error)

    def refresh(self, *, waiting: bool = False) -> bool:
        """Ask for the first unfinished jobs; return whether one is not held, or `waiting`, whether there is one."""
        seen = 0
        for index in self._unfinished():
            entry = self.all[index].entry
            assert entry
            entry = self.queue.refresh(entry)
            self.all[index] = replace(self.all[index], entry=entry)
            seen += not entry.stage.ended and (waiting or entry.state != "held")
            if seen == _AT_ONCE:
                break
        return seen > 0

    def _unfinished(self) -> list[int]:
        return [
            index
            for index, each in enumerate(self.all)
            if each.entry and each.entry.stage is Stage.HANDED_OVER and not each.error
        ]
