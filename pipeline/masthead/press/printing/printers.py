"""A printer or print queue by its address, and the IPP operations on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlsplit

from masthead.document import PrintError, files
from masthead.press.printing.ipp import (
    Attribute,
    Endpoint,
    Group,
    IppOperation,
    IppTag,
    Login,
    NotIpp,
    Rejected,
    Response,
    Unanswered,
    Unreachable,
    Untrusted,
    encode,
    request,
)  # fmt: skip

FORMAT = "application/pdf"
_DOCUMENT_FORMAT = Attribute("document-format", IppTag.MIME_TYPE, (FORMAT,))
_JOB_ATTRIBUTES = (
    "job-id", "job-uuid", "job-name", "job-state", "job-state-reasons", "job-printer-state-message",
    "job-printer-state-reasons", "number-of-documents", "job-impressions-completed", "job-media-sheets-completed",
    "sheet-completed-copy-number", "time-at-processing", "job-originating-user-name",
)  # fmt: skip
# What has come out (RFC 8011, 5.3.18; RFC 3381, 3.1). A printer that does not count reports 0.
_PRINTED = {
    "sheet-completed-copy-number": "copies begun",
    "job-impressions-completed": "sides",
    "job-media-sheets-completed": "sheets",
}
_WANTED = Attribute("requested-attributes", IppTag.KEYWORD, _JOB_ATTRIBUTES)
# RFC 8011, 5.3.7.
_STATES = dict(enumerate(("pending", "held", "processing", "stopped", "canceled", "aborted", "completed"), 3))
NO_LOGIN = Login()
SECRET = "job-password"
LOCAL_QUEUE = "ipp://localhost/printers/"
_HERE = ("localhost", "127.0.0.1", "::1")
_ERROR = 0x0400  # the lowest status code of an error (RFC 8011, B.1)
_NOT_POSSIBLE = 0x0404
_NOT_FOUND = {0x0406, 0x0407}
_ABOUT_JOBS = {IppOperation.SEND_DOCUMENT, IppOperation.HOLD_JOB, IppOperation.RELEASE_JOB, IppOperation.CANCEL_JOB}
_PATH = "check the path of the address: that of most printers is /ipp/print, that of a CUPS queue /printers/NAME"
_BUSY = {0x0502, 0x0505, 0x0506, 0x0507}


class Busy(Exception):
    """The printer accepts no job at present, but may do so later."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as the printer reports it. `whole` says that its document has arrived, `begun` that printing has begun.

    `printed` is what the printer says of the paper that came out.
    """

    number: int
    uuid: str
    state: str
    reasons: tuple[str, ...] = ()
    message: str = ""
    name: str = ""
    user: str = ""
    whole: bool = True
    begun: bool = True
    printed: str = ""

    @property
    def ended(self) -> bool:
        return self.state in ("canceled", "aborted", "completed")


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer at `uri`, used on behalf of `user`."""

    uri: str
    endpoint: Endpoint
    user: str

    @classmethod
    def at(cls, address: str, user: str, timeout: float = 30.0, login: Login = NO_LOGIN) -> Self:
        """Parse `ipp://host[:port]/path`, `ipps://…`, or the name of a local CUPS queue.

        A host and path without a scheme is asked whether it is encrypted (`ipps`). If nobody answers so, it is `ipp`.
        Raises PrintError, also for a password that would leave this machine unencrypted, and for a certificate that
        cannot be used.
        """
        if re.fullmatch(r"[^\s/#:?]+", address):
            address = LOCAL_QUEUE + address
        elif re.match(r"(\[[0-9a-fA-F:]+\]|[\w.-]+)(:\d+)?/", address):
            return cls._asked(address, user, timeout, login)
        hint = "give ipp://host/ipp/print, ipps://host/ipp/print, or the name of a CUPS queue"
        address = re.sub("^ipps?://[^/?#]*", lambda found: found[0].lower(), address, flags=re.IGNORECASE)
        try:
            parts = urlsplit(address)
            port = parts.port or 631
        except ValueError as error:
            raise PrintError(f"not a printer address: {error}", where=address, hint=hint) from error
        if parts.scheme not in ("ipp", "ipps") or not parts.hostname:
            raise PrintError("not a printer address", where=address, hint=hint)
        if parts.username or parts.password:
            advice = "give --user, and the password in MASTHEAD_PRINT_PASSWORD or the keyring"
            raise PrintError("an address has no login: the journal keeps addresses", where=parts.hostname, hint=advice)
        secure = parts.scheme == "ipps"
        if login.password and not secure and parts.hostname not in _HERE:
            raise PrintError("the password would be sent unencrypted", where=address, hint="use ipps://")
        try:
            login.context()
        except OSError as error:
            file = login.certificate or login.authority
            raise PrintError(f"a certificate cannot be used: {files.reason(error)}", where=str(file)) from error
        endpoint = Endpoint(parts.hostname, port, parts.path or "/", secure, timeout, login)
        return cls(address, endpoint, user)

    @classmethod
    def _asked(cls, address: str, user: str, timeout: float, login: Login) -> Self:
        """Return the printer at an address without a scheme. Encryption to this machine is not asked for."""
        encrypted = cls.at(f"ipps://{address}", user, timeout, login)
        if encrypted.endpoint.host in _HERE:
            return cls.at(f"ipp://{address}", user, timeout, login)
        with suppress(Untrusted, Unanswered, Rejected, NotIpp, PrintError, Busy):  # it encrypts, whatever else is wrong
            try:
                encrypted.describe()
            except Unreachable as error:
                if not isinstance(error, Untrusted):
                    return cls.at(f"ipp://{address}", user, timeout, login)
        return encrypted

    @property
    def is_private(self) -> bool:
        """Whether nobody can read what is sent: it is encrypted, or stays on this machine."""
        return self.uri.startswith("ipps:") or urlsplit(self.uri).hostname in _HERE

    def describe(self) -> Group:
        """Return all attributes of the printer."""
        return self._attributes("all", "media-col-database", "media-col-ready")

    def validate(self, name: str, template: tuple[Attribute, ...]) -> None:
        """Ask whether the printer would accept a job exactly as described. Raises PrintError if not, or Busy."""
        about = [*self._job_description(name), _DOCUMENT_FORMAT]
        self._check_ignored(self._ask(IppOperation.VALIDATE_JOB, about, template))

    def create(self, name: str, template: tuple[Attribute, ...]) -> Job:
        """Create a job without its document. Raises PrintError or Busy."""
        response = self._ask(IppOperation.CREATE_JOB, self._job_description(name), template)
        job = _job(response.first(IppTag.JOB))
        try:
            self._check_ignored(response)
        except PrintError:
            self.cancel(job.number)
            raise
        # The response may lack the UUID, which outlives a restart of the printer; the attributes of the job have it.
        return self.job(job.number) or job

    def send(self, number: int, document: bytes) -> None:
        """Send the document of a job. Raises PrintError if the printer refuses it, or Busy."""
        last = Attribute("last-document", IppTag.BOOLEAN, (True,))
        self._ask(IppOperation.SEND_DOCUMENT, [*self._job_id(number), _DOCUMENT_FORMAT, last], document=document)

    def job(self, number: int) -> Job | None:
        """Return the job with this number, or None. The reasons of an unfinished job include those of the printer."""
        response = self._ask(IppOperation.GET_JOB_ATTRIBUTES, [*self._job_id(number), _WANTED], missing=True)
        group = response.first(IppTag.JOB)
        job = _job(group) if group else None
        if job is None or job.ended:
            return job
        # Why the printer has stopped, or soon will: `media-empty` (RFC 8011, 5.4.12).
        troubles = _words(self._attributes("printer-state-reasons"), "printer-state-reasons")
        return replace(job, reasons=tuple(dict.fromkeys((*job.reasons, *troubles))))

    def cancel(self, number: int) -> bool:
        """Cancel a job. Returns False if there was nothing left to cancel."""
        return self._ask(IppOperation.CANCEL_JOB, self._job_id(number), missing=True).status < _ERROR

    def hold(self, number: int) -> None:
        """Hold a job that has not begun. Raises PrintError."""
        self._ask(IppOperation.HOLD_JOB, self._job_id(number))

    def release(self, number: int) -> None:
        """Let a held job be printed. Raises PrintError."""
        self._ask(IppOperation.RELEASE_JOB, self._job_id(number))

    def jobs(self) -> Iterator[Job]:
        """Yield the unfinished jobs, in the order of the queue."""
        which = Attribute("which-jobs", IppTag.KEYWORD, ("not-completed",))
        response = self._ask(IppOperation.GET_JOBS, [self._user(), _WANTED, which])
        return map(_job, response.all(IppTag.JOB))

    def _attributes(self, *names: str) -> Group:
        wanted = Attribute("requested-attributes", IppTag.KEYWORD, names)
        return self._ask(IppOperation.GET_PRINTER_ATTRIBUTES, [wanted]).first(IppTag.PRINTER)

    def _ask(
        self,
        operation: IppOperation,
        about: Iterable[Attribute],
        template: tuple[Attribute, ...] = (),
        *,
        document: bytes = b"",
        missing: bool = False,
    ) -> Response:
        """Send one request. Raises PrintError or Busy if it is refused; `missing` allows a missing job."""
        head = [
            Attribute("attributes-charset", IppTag.CHARSET, ("utf-8",)),
            Attribute("attributes-natural-language", IppTag.LANGUAGE, ("en",)),
            Attribute("printer-uri", IppTag.URI, (self.uri,)),
        ]
        # The PIN of a job is said with the operation, not with the job (PWG 5100.11, 5.4).
        secret = [each for each in template if each.name.startswith(SECRET)]
        groups = [(IppTag.OPERATION, [*head, *about, *secret])]
        if wanted := [each for each in template if each not in secret]:
            groups.append((IppTag.JOB, wanted))
        response = request(self.endpoint, encode(operation, groups), document)
        if response.status in _BUSY:
            raise Busy(response.message)
        finished = operation is IppOperation.CANCEL_JOB and response.status == _NOT_POSSIBLE
        gone = finished or response.status in _NOT_FOUND
        if response.status >= _ERROR and not (missing and gone):
            ignored = _unsupported(response)
            about_it = f" ({', '.join(ignored)})" if ignored else ""
            hint = _PATH if response.status in _NOT_FOUND and operation not in _ABOUT_JOBS else ""
            message = f"the printer refuses the request: {response.message.rstrip('.')}{about_it}"
            raise PrintError(message, where=self.uri, hint=hint)
        return response

    def _check_ignored(self, response: Response) -> None:
        """Raise PrintError if the printer accepts a job but would ignore some of its attributes."""
        if ignored := _unsupported(response):
            raise PrintError(f"the printer would ignore {', '.join(ignored)}", where=self.uri, hint="change the ticket")

    def _job_description(self, name: str) -> list[Attribute]:
        fidelity = Attribute("ipp-attribute-fidelity", IppTag.BOOLEAN, (True,))
        return [self._user(), Attribute("job-name", IppTag.NAME, (name,)), fidelity]

    def _job_id(self, number: int) -> list[Attribute]:
        return [Attribute("job-id", IppTag.INTEGER, (number,)), self._user()]

    def _user(self) -> Attribute:
        return Attribute("requesting-user-name", IppTag.NAME, (self.user,))


def _unsupported(response: Response) -> list[str]:
    return [name for group in response.all(IppTag.UNSUPPORTED) for name in group]


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
        begun="time-at-processing" not in group or one("time-at-processing") is not None,
        printed=", ".join(
            f"{number} {what}" for name, what in _PRINTED.items() if isinstance(number := one(name), int) and number > 0
        ),
    )


def _words(group: Group, name: str) -> tuple[str, ...]:
    return tuple(str(value) for value in group.get(name, ()) if value not in (None, "none"))
