"""A printer of a few lines: it answers IPP requests over HTTP as it is told, and keeps what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from masthead.press.printing.ipp import Attribute, Group, IppOperation, IppTag, decode, encode

KNOWN = (
    Attribute("operations-supported", IppTag.ENUM, (4, 5, 6, 9)),
    Attribute("document-format-supported", IppTag.MIME_TYPE, ("application/pdf",)),
    Attribute("copies-supported", IppTag.INTEGER, tuple(range(1, 10))),
    Attribute("sides-supported", IppTag.KEYWORD, ("one-sided", "two-sided-long-edge")),
    Attribute("printer-uuid", IppTag.URI, ("urn:uuid:0",)),
)
Answer = tuple[int, Sequence[tuple[IppTag, Sequence[Attribute]]]]


def job(number: int = 7, state: int = 9, **said: Any) -> tuple[IppTag, Sequence[Attribute]]:
    """The group of a job in a state of RFC 8011, 5.3.7, by default completed."""
    made = [Attribute("job-id", IppTag.INTEGER, (number,)), Attribute("job-uuid", IppTag.URI, (f"u{number}",))]
    made.append(Attribute("job-state", IppTag.ENUM, (state,)))
    for name, value in said.items():
        tag = IppTag.INTEGER if isinstance(value, int) else IppTag.KEYWORD
        made.append(Attribute(name.replace("_", "-"), tag, value if isinstance(value, tuple) else (value,)))
    return IppTag.JOB, made


class IppServer:
    """A context manager. `answers` are those to operations; others are answered as a printer that prints at once.

    `asked` has each request: its operation, its groups, and the document that came with it.
    """

    def __init__(self, known: Sequence[Attribute] = KNOWN) -> None:
        self.known = known
        self.answers: dict[IppOperation, Answer | Callable[[], Answer]] = {}
        self.asked: list[tuple[IppOperation, Mapping[int, Group], bytes]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = server._answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.uri = f"ipp://127.0.0.1:{self._http.server_port}/ipp/print"

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def operations(self) -> list[str]:
        """The names of what was asked, in order."""
        return [operation.name for operation, _, _ in self.asked]

    def _answer(self, message: bytes) -> bytes:
        request, document = _split(message)
        operation = IppOperation(request.status)
        self.asked.append((operation, dict(request.groups), document))
        answer = self.answers.get(operation) or self._usual(operation)
        status, groups = answer() if callable(answer) else answer
        return encode(status, groups)  # type: ignore[arg-type]  # a status is where a request has its operation

    def _usual(self, operation: IppOperation) -> Answer:
        if operation is IppOperation.GET_PRINTER_ATTRIBUTES:
            return 0, [(IppTag.PRINTER, self.known)]
        if operation in (IppOperation.CREATE_JOB, IppOperation.GET_JOB_ATTRIBUTES):
            return 0, [job()]
        return 0, []


def _split(message: bytes) -> tuple[Any, bytes]:
    """The message before its end tag, and the document after it: of all ends, the first that decodes whole."""
    for end, byte in enumerate(message):
        if byte == IppTag.END:
            try:
                return decode(message[: end + 1]), message[end + 1 :]
            except Exception:
                continue
    raise AssertionError("no message")
