"""Hand files over to a printer, in order and each once, and follow them to their end.

A job is first created without its document: that prints nothing, so it can be repeated. Then the journal records that
the document is being sent, and only then is it sent. If the response is lost, the printer is asked what it has; if it
does not know either, the user decides.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import PurePath
from typing import Any, Self, TypeVar

from masthead.document import PrintError, files
from masthead.press.imposition.schemes import Edge
from masthead.press.printing.ipp import Attribute, IppOperation, NotIpp, Rejected, Unanswered, Unreachable, Untrusted
from masthead.press.printing.job_template import Capabilities, attributes, unsupported
from masthead.press.printing.journal import Journal, JournalEntry, Stage, minute
from masthead.press.printing.paper_fit import on_paper, other_paper, page_count, paper_sizes
from masthead.press.printing.printers import FORMAT, LOCAL_QUEUE, Busy, Job, Printer
from masthead.press.printing.ticket import Ticket, missing_pages

_END_STAGES = {"completed": Stage.COMPLETED, "canceled": Stage.CANCELED, "aborted": Stage.ABORTED}
_SENDING = {IppOperation.VALIDATE_JOB, IppOperation.CREATE_JOB, IppOperation.SEND_DOCUMENT}
_REQUIRED = _SENDING | {IppOperation.GET_JOB_ATTRIBUTES}
_ATTEMPTS = 3  # a connection may break by accident once or twice; after that, a person must look at the printer
_LOGIN = "the printer requires a login: give --user, and the password in MASTHEAD_PRINT_PASSWORD or the keyring"
NOTHING_PRINTED = "nothing was printed"
LOOK = "look at the printer for what came out; print it again with --again, the rest with --again --copies N"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What to print, and how: the bytes of the PDF named `file`, bound at `binding`.

    The `pin` releases the job at the printer; the journal does not have it.
    """

    file: str
    data: bytes
    ticket: Ticket
    binding: Edge
    pin: str = field(default="", repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes."""
        return files.sha256(self.data)

    @property
    def pages(self) -> int:
        """The number of pages of the file."""
        return page_count(self.data)

    @property
    def name(self) -> str:
        """The name of the job."""
        return self.ticket.name or PurePath(self.file).stem

    def entry(self, queue: str, printer: str = "") -> JournalEntry:
        """Return the journal entry of the order before anything is sent, known by the `printer` that the queue is."""
        said = {name: value for name, value in asdict(self.ticket).items() if value not in (None, ())}
        ticket = json.dumps(said | {"binding": self.ticket.binding or self.binding}, ensure_ascii=False)
        key = files.sha256("\n".join((self.digest, printer or queue, ticket)).encode())
        return JournalEntry(key, self.file, self.digest, len(self.data), queue, ticket)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a printer that is busy or does not respond, and between two questions about a job.

    `pause` waits for some seconds. `say` is told once why a printer must be waited for.
    """

    limit: float = 60.0
    interval: float = 1.0
    pause: Callable[[float], object] = time.sleep
    say: Callable[[str], object] = lambda reason: None


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of an order: its last entry, if any printer had it, or why it was not printed."""

    order: PrintOrder
    entry: JournalEntry | None = None
    error: PrintError | None = None


Report = Callable[[JournalEntry], None]
Template = tuple[Attribute, ...]
PATIENCE = Patience()


def check(orders: Sequence[PrintOrder], printer: Printer, *, patience: Patience = PATIENCE) -> tuple[Template, ...]:
    """Check, before anything is sent, that the printer supports all orders. Returns the attributes of each.

    Raises PrintError, with what is wrong with each order.
    """
    return templates_of(orders, printer, patience, retry_until_answered(printer.describe, printer, patience))


def templates_of(
    orders: Sequence[PrintOrder], printer: Printer, patience: Patience, known: Capabilities
) -> tuple[Template, ...]:
    missing = _REQUIRED - set(known.get("operations-supported", ()))
    if missing:
        names = sorted(IppOperation(number).name.lower().replace("_", "-") for number in missing)
        raise PrintError(f"the printer does not support {', '.join(names)}", where=printer.uri)
    if FORMAT not in known.get("document-format-supported", ()):
        raise PrintError("the printer does not accept PDF", where=printer.uri, hint="use a CUPS queue, which converts")
    asked, errors = [], []
    for order in orders:
        try:
            asked.append((order, _template(order, printer, known)))
        except PrintError as error:
            errors.append(error)
    PrintError.raise_all(errors)
    for order, template in asked:
        retry_until_answered(partial(printer.validate, order.name, template), printer, patience)
    return tuple(template for _, template in asked)


def _template(order: PrintOrder, printer: Printer, known: Capabilities) -> Template:
    """Return the attributes of an order. Raises PrintError if the printer does not support them."""
    pages = paper_sizes(order.data)
    chosen = on_paper(order.ticket, pages, known)
    template = attributes(chosen, order.binding, known, order.pin)
    hint = "change the ticket, or use another printer"
    if complaints := unsupported(template, known):
        raise PrintError("; ".join(complaints), where=order.file, hint=hint)
    if complaint := missing_pages(chosen, order.pages):
        raise PrintError(complaint, where=order.file, hint="change pages in the ticket")
    if chosen.release:
        _check_pin(order, template, printer, known)
    if complaint := other_paper(chosen, pages, known):
        hint = 'set media, or scaling = "fit" or "none", in the ticket'
        raise PrintError(complaint, where=order.file, hint=hint)
    return template


def _check_pin(order: PrintOrder, template: Template, printer: Printer, known: Capabilities) -> None:
    """Raise PrintError for a PIN that cannot release the job, or that others could read."""
    longest = next(iter(known.get("job-password-supported", ())), 0)
    said = {each.name: each.values[0] for each in template}
    repertoire = str(next(iter(known.get("job-password-repertoire-configured", ())), ""))
    # A keypad has digits. Printers with a keyboard say what they take (PWG 5100.11, 5.3).
    allowed = str.isprintable if "any" in repertoire or "letters" in repertoire else str.isdecimal
    if not order.pin:
        raise PrintError("the ticket asks for a PIN", where=order.file, hint="set MASTHEAD_PRINT_PIN")
    if len(order.pin) > int(str(longest)):
        raise PrintError(f"the printer takes a PIN of at most {longest} characters", where=order.file)
    if not allowed(order.pin) or ("utf-8" not in repertoire and not order.pin.isascii()):
        raise PrintError("the PIN has characters that the printer has no keys for", where=order.file, hint="use 0 to 9")
    if said["job-password-encryption"] == "none" and not printer.is_private:
        raise PrintError("the PIN would be sent unencrypted", where=printer.uri, hint="use ipps://")


def claimed(order: PrintOrder) -> PrintError:
    """Return the error for an order that another process is printing."""
    hint = "it is printed once; see masthead queue, and run this command again when that process has ended"
    return PrintError("another process is printing this file", where=order.file, hint=hint)


def steer(printer: Printer, operation: Callable[[int], object], number: int) -> None:
    """Hold, release or cancel a job by its number. Raises PrintError."""
    retry_until_answered(lambda: operation(number), printer, PATIENCE)


def waiting_jobs(printer: Printer) -> tuple[Job, ...]:
    """Return the unfinished jobs of a printer, in the order of its queue. Raises PrintError."""
    return retry_until_answered(lambda: tuple(printer.jobs()), printer, PATIENCE)


@dataclass(frozen=True, slots=True)
class PrintQueue:
    """A printer with what it is `known` to be, and the journal of what was sent to it."""

    printer: Printer
    known: Capabilities
    journal: Journal
    patience: Patience
    report: Report

    @classmethod
    def opened(cls, printer: Printer, journal: Journal, patience: Patience, report: Report) -> Self:
        """Ask a printer what it can do. Raises PrintError."""
        known = retry_until_answered(printer.describe, printer, patience)
        offered = [str(uri) for uri in known.get("printer-uri-supported", ()) if str(uri).startswith("ipps:")]
        if offered and not printer.is_private:
            patience.say(f"{printer.uri}: nothing is encrypted, and the printer offers {offered[0]}")
        return cls(printer, known, journal, patience, report)

    @property
    def uuid(self) -> str:
        """Its UUID, which may be empty: one printer may have several addresses."""
        return str(next(iter(self.known.get("printer-uuid", ())), "") or "")

    def templates(self, orders: Sequence[PrintOrder]) -> tuple[Template, ...]:
        """Return the attributes of each order. Raises PrintError if the printer does not support one."""
        return templates_of(orders, self.printer, self.patience, self.known)

    def entry(self, order: PrintOrder) -> JournalEntry:
        """Return the entry of an order before it is sent here."""
        return order.entry(self.printer.uri, self.uuid)

    def update(self, entry: JournalEntry, **changes: Any) -> JournalEntry:
        """Record and report changes of an entry."""
        entry = self.journal.update(replace(entry, **changes))
        self.report(entry)
        return entry

    def refresh(self, entry: JournalEntry) -> JournalEntry:
        """Ask the printer about the entry's job, and record what has changed."""
        find, consequence = partial(_find, entry, self.printer), "the state of its job is unknown"
        job = retry_until_answered(find, self.printer, self.patience, consequence=consequence)
        seen = _seen(entry, job)
        return entry if seen == entry else self.update(seen)

    def follow(self, entry: JournalEntry) -> JournalEntry:
        """Refresh the entry until its job has ended. There is no time limit: a job may wait for paper."""
        while not entry.stage.ended:
            entry = self.refresh(entry)
            if not entry.stage.ended:
                self.patience.pause(self.patience.interval)
        return entry

    def cancel(self, entry: JournalEntry) -> None:
        number = entry.job
        if number is not None and not entry.stage.ended and _ask_ignoring_errors(lambda: self.printer.cancel(number)):
            waited = _ask_ignoring_errors(lambda: not getattr(self.printer.job(number), "begun", True))
            reasons = f"interrupted; {NOTHING_PRINTED}" if waited else "interrupted"
            self.update(entry, stage=Stage.CANCELED, state="canceled", reasons=reasons)


class Handover:
    """The hand-over of one order. `entry` is what the journal knows at each moment.

    `working` says whether the printer is at a job of the same run, which is waited for without a limit.
    """

    def __init__(
        self, order: PrintOrder, template: Template, queue: PrintQueue, working: Callable[[], bool] = lambda: False
    ) -> None:
        self._order, self._template, self._queue, self._working = order, template, queue, working
        self._printer, self._patience = queue.printer, queue.patience
        self.entry = queue.entry(order)

    def run(self, again: bool) -> None:
        before = self._queue.journal.latest(self.entry.key)
        if before is not None and not again:
            self.entry = before
            self._resolve_interrupted()
            if self._is_handed_over():
                return
            self._check_nothing_printed()
        for _ in range(_ATTEMPTS):
            if self.entry.stage is not Stage.CREATED:
                self._create()
            self._send()
            if self._is_handed_over():
                return
        message = f"the document did not reach the printer: {self.entry.reasons}"
        hint = "run the same command again when the printer is ready; nothing was printed"
        raise PrintError(message, where=self._printer.uri, hint=hint)

    def _is_handed_over(self) -> bool:
        """Return whether the printer has the document. Raises PrintError if that cannot be known."""
        entry = self.entry
        if entry.stage is Stage.UNKNOWN:
            seen = f"job {entry.job} of {minute(entry.opened)}, last seen {entry.state or entry.stage}"
            message = f"the printer no longer knows {seen}: it may have been printed"
            hint = "look for the printed copy; if it was not printed, use --again"
            raise PrintError(message, where=f"{self._order.file} to {self._printer.uri}", hint=hint)
        return entry.stage in (Stage.HANDED_OVER, Stage.COMPLETED)

    def _check_nothing_printed(self) -> None:
        """Raise PrintError if the printer had the document and may have printed some of it."""
        entry = self.entry
        if entry.stage in (Stage.CANCELED, Stage.ABORTED) and may_be_printed(entry):
            reason = entry.reasons or "the printer gave no reason"
            message = f"job {entry.job} of {minute(entry.opened)} was {entry.stage} ({reason})"
            raise PrintError(message, where=f"{self._order.file} to {self._printer.uri}", hint=LOOK)

    def _create(self) -> None:
        if self.entry.id is None or self.entry.stage is not Stage.OPENED:
            self.entry = self._queue.journal.add(self._queue.entry(self._order))
        create = partial(self._printer.create, self._order.name, self._template)
        job = retry_until_answered(create, self._printer, self._patience, working=self._working)
        self._update(stage=Stage.CREATED, job=job.number, uuid=job.uuid, state=job.state)

    def _send(self) -> None:
        number = self.entry.job
        assert number is not None
        self._update(stage=Stage.SENDING, sent=None)
        whole = len(self._order.data)
        try:
            retry_until_answered(
                lambda: self._printer.send(number, self._order.data), self._printer, self._patience, once=True
            )
        except (Unanswered, Rejected, NotIpp) as error:
            self._update(sent=error.sent if isinstance(error, Unanswered) else whole, reasons=str(error))
            self._resolve_interrupted()
        except PrintError as error:
            self._update(sent=whole, reasons=error.message)
            self._resolve_interrupted()
            if self.entry.stage in (Stage.CREATED, Stage.ABORTED):
                _ask_ignoring_errors(lambda: self._printer.cancel(number))
                self._update(stage=Stage.ABORTED)
                raise
        else:
            self._update(stage=Stage.HANDED_OVER, sent=whole, reasons="")

    def _resolve_interrupted(self) -> None:
        """Find out what became of a hand-over that was interrupted, perhaps in an earlier process."""
        if not self.entry.stage.ended and self.entry.stage is not Stage.OPENED:
            self.entry = self._queue.refresh(self.entry)

    def _update(self, **changes: Any) -> None:
        self.entry = self._queue.update(self.entry, **changes)


def may_be_printed(entry: JournalEntry) -> bool:
    """Return whether the printer had the document, so that some of it may have been printed."""
    if entry.stage in (Stage.CANCELED, Stage.ABORTED):
        return NOTHING_PRINTED not in entry.reasons
    return entry.stage not in (Stage.OPENED, Stage.CREATED)


def concerns_one_job(entry: JournalEntry) -> bool:
    """Return whether it is the job that a person must look at, and not the printer."""
    return entry.stage.ended and may_be_printed(entry)


def _seen(entry: JournalEntry, job: Job | None) -> JournalEntry:
    """Return the entry updated with what the printer reports of its job, None if it knows no such job."""
    if job is None:
        incomplete = entry.stage is Stage.SENDING and entry.sent is not None and entry.sent < entry.size
        if incomplete or entry.stage is Stage.CREATED:
            reasons = f"the printer dropped the job before its document was complete: {NOTHING_PRINTED}"
            return replace(entry, stage=Stage.ABORTED, reasons=reasons)
        return replace(entry, stage=Stage.UNKNOWN)
    reasons = ", ".join(filter(None, (*job.reasons, job.message)))
    entry = replace(entry, state=job.state, reasons=reasons)
    if job.ended:
        never = entry.stage is Stage.CREATED  # an empty job that timed out, or was cancelled
        printed = NOTHING_PRINTED if never or not job.begun else job.printed
        if job.state != "completed" or never:
            entry = replace(entry, reasons="; ".join(filter(None, (reasons, printed))))
        return replace(entry, stage=Stage.ABORTED if never else _END_STAGES[job.state])
    if entry.stage is Stage.SENDING:
        return replace(entry, stage=Stage.HANDED_OVER if job.whole else Stage.CREATED)
    return entry


def _find(entry: JournalEntry, printer: Printer) -> Job | None:
    """Return the entry's own job. The UUID must match: a restarted printer counts its jobs from 1 again."""
    assert entry.job is not None
    job = printer.job(entry.job)
    return job if job is None or job.uuid == entry.uuid else None


def _ask_ignoring_errors(ask: Callable[[], bool]) -> bool:
    """Ask the printer while giving up: another error now would hide the first one."""
    try:
        return ask()
    except (Unreachable, Unanswered, Rejected, NotIpp, Busy, PrintError):
        return False


def retry_until_answered(
    ask: Callable[[], _T],
    printer: Printer,
    patience: Patience,
    *,
    once: bool = False,
    consequence: str = "",
    working: Callable[[], bool] = lambda: False,
) -> _T:
    """Ask the printer again and again until patience ends. With `once`, only while the request was not sent.

    A printer that is busy with what is `working` is not waited for in vain: patience begins again.
    """
    end, said = time.monotonic() + patience.limit, False
    while True:
        try:
            return ask()
        except (Unanswered, Rejected, NotIpp) as error:
            if once:
                raise
            trouble, hint = _trouble(error, printer)
        except Untrusted as error:
            hint = "give its certificate or that of its authority with --ca, or its --fingerprint"
            raise PrintError(str(error), where=printer.uri, hint=hint) from error
        except Unreachable as error:
            trouble = f"the printer cannot be reached: {error}"
            hint = "check that it is switched on and that the address is correct"
            if printer.uri.startswith(LOCAL_QUEUE):
                hint = "a name without a host is a queue of CUPS on this machine; other printers need their address"
        except Busy as error:
            if working():
                end = time.monotonic() + patience.limit
                patience.pause(patience.interval)
                continue
            reason = str(error).rstrip(".")
            trouble, hint = f"the printer accepts no jobs: {reason}", "wait until it is free, or raise --patience"
        if time.monotonic() >= end:
            raise PrintError(f"{trouble}; {consequence}" if consequence else trouble, where=printer.uri, hint=hint)
        if not said:
            said = True
            patience.say(f"{printer.uri}: {trouble}; waiting at most {patience.limit:g} s")
        patience.pause(min(patience.interval, max(end - time.monotonic(), 0)))


def _trouble(error: Unanswered | Rejected | NotIpp, printer: Printer) -> tuple[str, str]:
    """Return the message and hint for a failure that may pass. Raises PrintError for one that will not."""
    if isinstance(error, Unanswered):
        return f"the printer does not respond: {error}", "check that it is switched on and works"
    if isinstance(error, NotIpp):
        raise PrintError("the server at this address is not a printer", where=printer.uri) from error
    hints = {
        401: _LOGIN,
        404: "check the path of the address",
        426: "use ipps://",
    }
    message = f"no print service at this address: {error}"
    raise PrintError(message, where=printer.uri, hint=hints.get(error.status, "")) from error
