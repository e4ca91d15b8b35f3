"""A printer or a queue by its address, and what can be asked of it in IPP."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlsplit

from masthead.document import PrintError
from masthead.press.printing.ipp import Attribute, Endpoint, Group, Operation, Response, Tag, encode, request

FORMAT = "application/pdf"
_JOB = (
    "job-id", "job-uuid", "job-name", "job-state", "job-state-reasons", "job-printer-state-message",
    "job-printer-state-reasons", "number-of-documents", "job-impressions-completed", "job-originating-user-name",
)  # fmt: skip
_STATES = {
    3: "pending",
    4: "held",
    5: "processing",
    6: "stopped",
    7: "canceled",
    8: "aborted",
    9: "completed",
}
_NOT_FOUND = {0x0406, 0x0407}
_BUSY = {0x0502, 0x0505, 0x0506, 0x0507}


class Busy(Exception):
    """The printer takes no job just now, and may later."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the printer tells of it. `whole` says that its document has come in."""

    number: int
    uuid: str
    state: str
    reasons: tuple[str, ...] = ()
    message: str = ""
    name: str = ""
    user: str = ""
    whole: bool = True

    @property
    def ended(self) -> bool:
        return self.state in ("canceled", "aborted", "completed")


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer at `uri`, asked on behalf of `user`."""

    uri: str
    endpoint: Endpoint
    user: str

    @classmethod
    def at(cls, address: str, user: str, timeout: float = 30.0) -> Self:
        """Read `ipp://host[:port]/path`, `ipps://…`, or the name of a CUPS queue on this machine. Raises PrintError."""
        if re.fullmatch(r"[^\s/#:?]+", address):
            address = f"ipp://localhost/printers/{address}"
        hint = "write ipp://host/ipp/print, ipps://host/ipp/print, or the name of a CUPS queue"
        try:
            parts = urlsplit(address)
            port = parts.port or 631
        except ValueError as error:
            raise PrintError(f"no address of a printer: {error}", where=address, hint=hint) from error
        if parts.scheme not in ("ipp", "ipps") or not parts.hostname:
            raise PrintError("no address of a printer", where=address, hint=hint)
        secure = parts.scheme == "ipps"
        endpoint = Endpoint(parts.hostname, port, parts.path or "/", secure, timeout)
        return cls(address, endpoint, user)

    def describe(self) -> Group:
        """All its attributes."""
        wanted = Attribute("requested-attributes", Tag.KEYWORD, ("all", "media-col-database"))
        response = self._ask(Operation.GET_PRINTER_ATTRIBUTES, [wanted])
        return next(iter(response.of(Tag.PRINTER)), {})

    def validate(self, name: str, template: tuple[Attribute, ...]) -> None:
        """Ask whether a job would be taken exactly as described. Raises PrintError where it would not, Busy."""
        self._exactly(self._ask(Operation.VALIDATE_JOB, self._order(name, True), template))

    def create(self, name: str, template: tuple[Attribute, ...]) -> Job:
        """Open a job without its document. Raises PrintError, Busy."""
        response = self._ask(Operation.CREATE_JOB, self._order(name, False), template)
        job = _job(next(iter(response.of(Tag.JOB)), {}))
        try:
            self._exactly(response)
        except PrintError:
            self.cancel(job.number)
            raise
        # The answer need not tell the identifier that outlives a restart of the printer; the job's attributes do.
        return self.job(job.number) or job

    def send(self, number: int, document: bytes) -> None:
        """Send the document of a job. Raises PrintError where it is refused, Busy."""
        about = [
            Attribute("job-id", Tag.INTEGER, (number,)),
            self._asker(),
            Attribute("document-format", Tag.MIME_TYPE, (FORMAT,)),
            Attribute("last-document", Tag.BOOLEAN, (True,)),
        ]
        self._ask(Operation.SEND_DOCUMENT, about, document=document)

    def job(self, number: int) -> Job | None:
        """The job of that number, None where there is none. While it goes on, its reasons are the printer's too."""
        response = self._ask(
            Operation.GET_JOB_ATTRIBUTES,
            [
                Attribute("job-id", Tag.INTEGER, (number,)),
                self._asker(),
                Attribute("requested-attributes", Tag.KEYWORD, _JOB),
            ],
            missing=True,
        )
        group = next(iter(response.of(Tag.JOB)), None)
        job = _job(group) if group else None
        if job is None or job.ended:
            return job
        return replace(job, reasons=tuple(dict.fromkeys((*job.reasons, *self._troubles()))))

    def _troubles(self) -> tuple[str, ...]:
        """Why the printer stands still, or soon will: `media-empty` (RFC 8011, 5.4.12)."""
        wanted = Attribute("requested-attributes", Tag.KEYWORD, ("printer-state-reasons",))
        response = self._ask(Operation.GET_PRINTER_ATTRIBUTES, [wanted])
        return _words(next(iter(response.of(Tag.PRINTER)), {}), "printer-state-reasons")

    def cancel(self, number: int) -> bool:
        """Cancel a job; whether there was anything left to cancel."""
        about = [Attribute("job-id", Tag.INTEGER, (number,)), self._asker()]
        response = self._ask(Operation.CANCEL_JOB, about, missing=True)
        return response.status < 0x0400

    def jobs(self) -> Iterator[Job]:
        """Those that are not finished, in the order of the queue."""
        response = self._ask(
            Operation.GET_JOBS,
            [
                self._asker(),
                Attribute("requested-attributes", Tag.KEYWORD, _JOB),
                Attribute("which-jobs", Tag.KEYWORD, ("not-completed",)),
            ],
        )
        return map(_job, response.of(Tag.JOB))

    def _ask(
        self,
        operation: Operation,
        about: Iterable[Attribute],
        template: tuple[Attribute, ...] = (),
        *,
        document: bytes = b"",
        missing: bool = False,
    ) -> Response:
        """One request. A refusal is a PrintError or Busy; with `missing`, that there is no such job is none."""
        head = [
            Attribute("attributes-charset", Tag.CHARSET, ("utf-8",)),
            Attribute("attributes-natural-language", Tag.LANGUAGE, ("en",)),
            Attribute("printer-uri", Tag.URI, (self.uri,)),
        ]
        groups = [(Tag.OPERATION, [*head, *about])]
        if template:
            groups.append((Tag.JOB, list(template)))
        response = request(self.endpoint, encode(operation, groups), document)
        if response.status in _BUSY:
            raise Busy(response.message)
        gone = response.status in _NOT_FOUND or (operation is Operation.CANCEL_JOB and response.status == 0x0404)
        if response.status >= 0x0400 and not (missing and gone):
            strange = [name for group in response.of(Tag.UNSUPPORTED) for name in group]
            about_it = f" ({', '.join(strange)})" if strange else ""
            raise PrintError(f"the printer refuses: {response.message}{about_it}", where=self.uri)
        return response

    def _exactly(self, response: Response) -> None:
        """Refuse an answer that says: yes, but without some of what you ask."""
        ignored = [name for group in response.of(Tag.UNSUPPORTED) for name in group]
        if ignored:
            raise PrintError(f"the printer would ignore {', '.join(ignored)}", where=self.uri, hint="change the ticket")

    def _order(self, name: str, with_format: bool) -> list[Attribute]:
        fidelity = Attribute("ipp-attribute-fidelity", Tag.BOOLEAN, (True,))
        form = [Attribute("document-format", Tag.MIME_TYPE, (FORMAT,))] if with_format else []
        return [self._asker(), Attribute("job-name", Tag.NAME, (name,)), fidelity, *form]

    def _asker(self) -> Attribute:
        return Attribute("requesting-user-name", Tag.NAME, (self.user,))


def _job(group: Group) -> Job:
    def one(name: str) -> object:
        return next(iter(group.get(name, ())), None)

    reasons = _words(group, "job-state-reasons") + _words(group, "job-printer-state-reasons")
    incoming = {"job-incoming", "job-data-insufficient"} & set(reasons) or one("number-of-documents") == 0
    return Job(
        number=int(str(one("job-id") or 0)),
        uuid=str(one("job-uuid") or ""),
        state=_STATES.get(int(str(one("job-state") or 0)), "unknown"),
        reasons=tuple(dict.fromkeys(reasons)),
        message=str(one("job-printer-state-message") or ""),
        name=str(one("job-name") or ""),
        user=str(one("job-originating-user-name") or ""),
        whole=not incoming,
    )


def _words(group: Group, name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in group.get(name, ()) if value not in (None, "none"))
