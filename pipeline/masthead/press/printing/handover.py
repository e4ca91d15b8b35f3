"""Files handed over to a printer, in order, each once, and followed to their end.

A job is opened first, without its document: that prints nothing, so it may be repeated. Then the journal notes that the
document is being sent, and only then is it sent. If the answer is lost, the printer is asked what it has; and where it
cannot tell, people decide.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import TypeVar

from masthead.document import PrintError
from masthead.press.imposition.schemes import Edge
from masthead.press.printing.ipp import Attribute, Garbled, Operation, Rejected, Unanswered, Unreachable
from masthead.press.printing.journal import Entry, Journal, Stage
from masthead.press.printing.printers import FORMAT, Busy, Job, Printer
from masthead.press.printing.ticket import Ticket, attributes, unsupported

_ENDS = {"completed": Stage.COMPLETED, "canceled": Stage.CANCELED, "aborted": Stage.ABORTED}
_NEEDED = {Operation.VALIDATE_JOB, Operation.CREATE_JOB, Operation.SEND_DOCUMENT, Operation.GET_JOB_ATTRIBUTES}
_ATTEMPTS = 3
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Order:
    """What to print, and how: the bytes of a PDF named `file`, bound at `binding`."""

    file: str
    data: bytes
    ticket: Ticket
    binding: Edge

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def name(self) -> str:
        """The name that the job bears."""
        return self.ticket.name or PurePath(self.file).stem

    def entry(self, queue: str) -> Entry:
        """The journal's entry for it, before anything is done."""
        said = {name: value for name, value in asdict(self.ticket).items() if value not in (None, ())}
        ticket = json.dumps(said | {"binding": self.ticket.binding or self.binding}, ensure_ascii=False)
        key = hashlib.sha256("\n".join((self.digest, queue, ticket)).encode()).hexdigest()
        return Entry(key, self.file, self.digest, len(self.data), queue, ticket)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a printer that is busy, silent or away, and between questions about a job."""

    limit: float = 60.0
    interval: float = 1.0


Tell = Callable[[Entry], None]
Template = tuple[Attribute, ...]
PATIENCE = Patience()


def check(orders: Sequence[Order], printer: Printer, *, patience: Patience = PATIENCE) -> tuple[Template, ...]:
    """See that the printer can do all that the orders ask, before anything is sent: the attributes of each.

    Raises PrintError.
    """
    known = _insist(printer.describe, printer, patience)
    missing = _NEEDED - set(known.get("operations-supported", ()))
    if missing:
        names = sorted(Operation(number).name.lower().replace("_", "-") for number in missing)
        raise PrintError(f"the printer cannot {', '.join(names)}", where=printer.uri)
    if FORMAT not in known.get("document-format-supported", ()):
        raise PrintError("the printer takes no PDF", where=printer.uri, hint="a CUPS queue before it would convert")
    templates = tuple(attributes(order.ticket, order.binding, known) for order in orders)
    for order, template in zip(orders, templates, strict=True):
        if complaints := unsupported(template, known):
            hint = "change the ticket, or choose another printer"
            raise PrintError("; ".join(complaints), where=order.file, hint=hint)
    for order, template in zip(orders, templates, strict=True):
        _insist(partial(printer.validate, order.name, template), printer, patience)
    return templates


def submit(
    orders: Sequence[Order],
    printer: Printer,
    journal: Journal,
    *,
    again: bool = False,
    patience: Patience = PATIENCE,
    tell: Tell = lambda entry: None,
) -> tuple[Entry, ...]:
    """Check the orders, hand them over one after the other, and follow each to its end: the last entry of each.

    What the journal says was handed over before is followed and not sent anew, unless `again`. `tell` is called with
    each change. An interrupt cancels what is not finished. Raises PrintError.
    """
    templates = check(orders, printer, patience=patience)
    entries: list[Entry] = []
    try:
        for order, template in zip(orders, templates, strict=True):
            handing = _Handing(order, template, printer, journal, patience, tell)
            with journal.claim(handing.entry.key):
                try:
                    handing.run(again)
                finally:
                    entries.append(handing.entry)
        for index, entry in enumerate(entries):
            entries[index] = follow(entry, printer, journal, patience=patience, tell=tell)
    except KeyboardInterrupt:
        for entry in entries:
            _cancel(entry, printer, journal, tell)
        raise
    return tuple(entries)


def follow(
    entry: Entry,
    printer: Printer,
    journal: Journal,
    *,
    patience: Patience = PATIENCE,
    tell: Tell = lambda entry: None,
) -> Entry:
    """Ask after a job until it has ended. Raises PrintError where the printer is away longer than patience lasts."""
    while not entry.stage.ended:
        entry = _ask_after(entry, printer, journal, patience, tell)
        if not entry.stage.ended:
            time.sleep(patience.interval)
    return entry


def waiting(printer: Printer, *, patience: Patience = PATIENCE) -> tuple[Job, ...]:
    """The jobs that a printer has not finished, in the order of its queue. Raises PrintError."""
    return _insist(lambda: tuple(printer.jobs()), printer, patience)


class _Handing:
    """One order on its way; `entry` is what the journal knows at each moment."""

    def __init__(
        self, order: Order, template: Template, printer: Printer, journal: Journal, patience: Patience, tell: Tell
    ) -> None:
        self._order, self._template, self._printer = order, template, printer
        self._journal, self._patience, self._tell = journal, patience, tell
        self.entry = order.entry(printer.uri)

    def run(self, again: bool) -> None:
        before = self._journal.latest(self.entry.key)
        if before is not None and not again:
            self.entry = before
            self._settle()
            if self.entry.stage is Stage.LOST:
                raise self._lost()
            if self.entry.stage in (Stage.HANDED_OVER, Stage.COMPLETED):
                return
        for _ in range(_ATTEMPTS):
            if self.entry.stage is not Stage.CREATED:
                self._create()
            self._send()
            if self.entry.stage is Stage.LOST:
                raise self._lost()
            if self.entry.stage in (Stage.HANDED_OVER, Stage.COMPLETED):
                return
        raise PrintError(
            f"the document does not reach the printer: {self.entry.reasons}", where=self._printer.uri,
            hint="run the same command again when the printer is well; nothing was printed",
        )  # fmt: skip

    def _note(self, **changes: object) -> None:
        self.entry = self._journal.update(replace(self.entry, **changes))  # type: ignore[arg-type]
        self._tell(self.entry)

    def _create(self) -> None:
        if self.entry.id is None or self.entry.stage is not Stage.OPENED:
            fresh = self._order.entry(self._printer.uri)
            self.entry = self._journal.add(fresh)
        order = self._order
        job = _insist(lambda: self._printer.create(order.name, self._template), self._printer, self._patience)
        self._note(stage=Stage.CREATED, job=job.number, uuid=job.uuid, state=job.state)

    def _send(self) -> None:
        number = self.entry.job
        assert number is not None
        self._note(stage=Stage.SENDING, sent=None)
        whole = len(self._order.data)
        try:
            _insist(lambda: self._printer.send(number, self._order.data), self._printer, self._patience, once=True)
        except (Unanswered, Rejected, Garbled) as error:
            self._note(sent=error.sent if isinstance(error, Unanswered) else whole, reasons=str(error))
            self._settle()
        except PrintError as error:
            self._note(sent=whole, reasons=error.message)
            self._settle()
            if self.entry.stage in (Stage.CREATED, Stage.ABORTED):
                _quietly(lambda: self._printer.cancel(number))
                self._note(stage=Stage.ABORTED)
                raise
        else:
            self._note(stage=Stage.HANDED_OVER, sent=whole, reasons="")

    def _settle(self) -> None:
        """Find out what became of a hand-over that was broken off, or that ended with an earlier process."""
        if not self.entry.stage.ended and self.entry.stage is not Stage.OPENED:
            self.entry = _ask_after(self.entry, self._printer, self._journal, self._patience, self._tell)

    def _lost(self) -> PrintError:
        entry = self.entry
        return PrintError(
            f"the printer no longer knows job {entry.job} of {entry.opened}, last seen {entry.state or entry.stage}: "
            "it may have been printed",
            where=f"{self._order.file} to {self._printer.uri}",
            hint="look at the paper; if it is not there, print it with --again",
        )


def _ask_after(entry: Entry, printer: Printer, journal: Journal, patience: Patience, tell: Tell) -> Entry:
    """What the printer says of the entry's job, written down and told where it is news."""
    job = _insist(lambda: _find(entry, printer), printer, patience, trailer="what became of its job is not known")
    seen = _seen(entry, job)
    if seen != entry:
        seen = journal.update(seen)
        tell(seen)
    return seen


def _seen(entry: Entry, job: Job | None) -> Entry:
    """The entry after what the printer says of its job; None where it knows of none."""
    if job is None:
        if entry.stage is Stage.CREATED or (
            entry.stage is Stage.SENDING and entry.sent is not None and entry.sent < entry.size
        ):
            return replace(entry, stage=Stage.ABORTED, reasons="the printer gave up a job that it had not whole")
        return replace(entry, stage=Stage.LOST)
    reasons = ", ".join(filter(None, (*job.reasons, job.message)))
    entry = replace(entry, state=job.state, reasons=reasons)
    if job.ended:
        never = entry.stage is Stage.CREATED and job.state == "completed"  # an empty job, timed out
        return replace(entry, stage=Stage.ABORTED if never else _ENDS[job.state])
    if entry.stage is Stage.SENDING:
        return replace(entry, stage=Stage.HANDED_OVER if job.whole else Stage.CREATED)
    return entry


def _find(entry: Entry, printer: Printer) -> Job | None:
    """The entry's own job: a printer that was started anew counts from 1 again."""
    assert entry.job is not None
    job = printer.job(entry.job)
    return job if job is None or job.uuid == entry.uuid else None


def _cancel(entry: Entry, printer: Printer, journal: Journal, tell: Tell) -> None:
    number = entry.job
    if number is None or entry.stage.ended:
        return
    if _quietly(lambda: printer.cancel(number)):
        tell(journal.update(replace(entry, stage=Stage.CANCELED, state="canceled", reasons="interrupted")))


def _quietly(ask: Callable[[], bool]) -> bool:
    """Ask while giving up: what goes wrong now is not said."""
    try:
        return ask()
    except (Unreachable, Unanswered, Rejected, Garbled, Busy, PrintError):
        return False


def _insist(
    ask: Callable[[], _T], printer: Printer, patience: Patience, *, once: bool = False, trailer: str = ""
) -> _T:
    """Ask until patience ends, as long as asking again does no harm; with `once`, only while nothing went out."""
    end = time.monotonic() + patience.limit
    while True:
        try:
            return ask()
        except (Unanswered, Rejected, Garbled) as error:
            if once:
                raise
            trouble, hint = _trouble(error, printer)
        except Unreachable as error:
            trouble, hint = f"nobody answers there: {error}", "see that it is on, and that the address is right"
        except Busy as error:
            trouble, hint = f"the printer takes no job: {error}", "wait until it is free, or give more --patience"
        if time.monotonic() >= end:
            raise PrintError(f"{trouble}; {trailer}" if trailer else trouble, where=printer.uri, hint=hint)
        time.sleep(min(patience.interval, max(end - time.monotonic(), 0)))


def _trouble(error: Unanswered | Rejected | Garbled, printer: Printer) -> tuple[str, str]:
    """What may pass by itself, as message and hint; what does not is raised as PrintError."""
    if isinstance(error, Unanswered):
        return f"the printer does not answer: {error}", "see that it is on and well"
    if isinstance(error, Garbled):
        raise PrintError("what answers there is no printer", where=printer.uri) from error
    hints = {401: "it wants a name and password", 404: "see the path of the address", 426: "write ipps://"}
    raise PrintError(f"no print service: {error}", where=printer.uri, hint=hints.get(error.status, "")) from error
