"""Files over several printers: each goes to one that is free and can print it, and none to two.

A printer that fails gives back what it has not begun, and the others take it. What it may have printed in part is for a
person to decide. What an earlier run handed to one of the printers stays with that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from threading import Condition, Event

from masthead.document import PrintError
from masthead.press.printing.handover import (
    PATIENCE,
    Handover,
    Patience,
    Printed,
    PrintOrder,
    PrintQueue,
    Report,
    claimed,
    concerns_one_job,
    may_be_printed,
)
from masthead.press.printing.journal import Journal, JournalEntry, Stage
from masthead.press.printing.printers import Printer


def distribute(
    orders: Sequence[PrintOrder],
    printers: Sequence[Printer],
    journal: Journal,
    *,
    again: bool = False,
    patience: Patience = PATIENCE,
    report: Report = lambda entry: None,
) -> tuple[Printed, ...]:
    """Print the orders on whichever of the printers is free; return what became of each.

    An interrupt cancels all unfinished jobs. Raises PrintError if no printer can be reached.
    """
    stop = Event()

    def pause(seconds: float) -> None:
        if stop.wait(seconds):
            raise KeyboardInterrupt

    patience = replace(patience, pause=pause)
    queues, failures = [], []
    for printer in printers:
        try:
            queues.append(PrintQueue.opened(printer, journal, patience, report))
        except PrintError as error:
            failures.append(error)
    if not queues:
        raise failures[0]
    known = {queue.printer.uri for queue in queues}
    lost = {printer.uri for printer in printers} - known
    before = journal.entries() if lost and not again else ()
    keys = [{queue.entry(order).key for queue in queues} for order in orders]
    with journal.claim(*sorted(set().union(*keys))) as taken, ThreadPoolExecutor(len(queues)) as threads:
        waiting = [
            _Waiting(order, error=claimed(order))
            if own & taken
            else _Waiting(order)
            if again
            else _placed(order, queues, lost, before)
            for order, own in zip(orders, keys, strict=True)
        ]
        pile = _Pile(waiting, queues)
        working = [threads.submit(_serve, queue, pile, again) for queue in queues]
        try:
            wait(working)
        except KeyboardInterrupt:
            stop.set()
            pile.close()
            raise
        for each in working:
            each.result()
    return tuple(each.printed or Printed(each.order, error=each.error) for each in pile.all)


@dataclass(eq=False, slots=True)
class _Waiting:
    """An order in the pile: the printer that it must go to, those that refused it, and what became of it."""

    order: PrintOrder
    only: PrintQueue | None = None
    error: PrintError | None = None
    refused: list[PrintQueue] = field(default_factory=list)
    printed: Printed | None = None


def _placed(
    order: PrintOrder, queues: Sequence[PrintQueue], lost: set[str], before: Sequence[JournalEntry]
) -> _Waiting:
    """The order, with the printer that has it since an earlier run; those that are `lost` cannot be reached now."""
    for queue in queues:
        entry = queue.journal.latest(queue.entry(order).key)
        if entry and may_be_printed(entry):
            return _Waiting(order, queue)
    for uri in lost:
        for entry in before:
            same = (entry.digest, entry.ticket, entry.queue) == (order.digest, order.entry(uri).ticket, uri)
            if same and entry.stage is Stage.COMPLETED:
                return _Waiting(order, printed=Printed(order, entry))
            if same and may_be_printed(entry):
                message = f"it was handed to {uri}, which cannot be reached"
                hint = "see masthead queue, or use --again"
                return _Waiting(order, error=PrintError(message, where=order.file, hint=hint))
    return _Waiting(order)


class _Pile:
    """Orders that printers take from, and give back to."""

    def __init__(self, all: list[_Waiting], queues: Sequence[PrintQueue]) -> None:
        self.all = all
        self._waiting = [each for each in all if each.error is None and each.printed is None]
        self._open = list(queues)
        self._busy = 0
        self._changed = Condition()

    def taken(self, queue: PrintQueue) -> Iterator[_Waiting]:
        """Yield orders for a printer one by one, until no more can come."""
        while True:
            with self._changed:
                while (found := self._next(queue)) is None:
                    if not self._busy or queue not in self._open:
                        return
                    self._changed.wait()  # another printer may give back what it has
                self._waiting.remove(found)
                self._busy += 1
            try:
                yield found
            finally:
                with self._changed:
                    self._busy -= 1
                    self._changed.notify_all()

    def give_back(self, each: _Waiting, queue: PrintQueue, error: PrintError) -> None:
        """Let another printer have an order; it fails with the last error if there is none that may."""
        with self._changed:
            each.refused.append(queue)
            others = [other for other in self._open if other not in each.refused and each.only in (None, other)]
            if others:
                self._waiting.append(each)
            else:
                each.error = error

    def retire(self, queue: PrintQueue, error: PrintError) -> None:
        """Give a printer no more orders; what only it could print fails."""
        with self._changed:
            self._open.remove(queue)
            for each in list(self._waiting):
                if each.only is queue or not [other for other in self._open if other not in each.refused]:
                    self._waiting.remove(each)
                    each.error = error
            self._changed.notify_all()

    def close(self) -> None:
        """Let nobody take anything any more."""
        with self._changed:
            self._waiting.clear()
            self._open.clear()
            self._changed.notify_all()

    def _next(self, queue: PrintQueue) -> _Waiting | None:
        if queue not in self._open:
            return None
        fitting = (each for each in self._waiting if each.only in (None, queue) and queue not in each.refused)
        return next(fitting, None)


def _serve(queue: PrintQueue, pile: _Pile, again: bool) -> None:
    """Print what the pile has for one printer."""
    for each in pile.taken(queue):
        try:
            (template,) = queue.templates([each.order])
        except PrintError as error:
            pile.give_back(each, queue, error)
            continue
        handover = Handover(each.order, template, queue)
        try:
            handover.run(again)
            each.printed = Printed(each.order, queue.follow(handover.entry))
        except KeyboardInterrupt:
            queue.cancel(handover.entry)
            return
        except PrintError as error:
            entry = handover.entry
            if may_be_printed(entry):
                each.printed = Printed(each.order, entry, error)
                if concerns_one_job(entry):
                    continue
            else:
                pile.give_back(each, queue, error)
            pile.retire(queue, error)
            return
