"""The API: the table of its operations, their routes, and what is answered if one is refused."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from masthead import formats
from masthead.document import MastheadError
from masthead.service.desk import access, events, judgement, sources
from masthead.service.desk.gate import small_body
from masthead.service.desk.making import plain
from masthead.service.desk.operations import Call, DecisionOrder, DeskOperation, SignIn, schema
from masthead.service.desk.state import Desk
from masthead.service.desk.tokens import DeskRole

_READER, _EDITOR, _APPROVER, _PRINTER = DeskRole.READER, DeskRole.EDITOR, DeskRole.APPROVER, DeskRole.PRINTER
_ONE, _BYTES = "/api/sources/{id}", "application/octet-stream"
_FORMS = ", ".join(formats.WRITABLE)

_log = logging.getLogger(__name__)


async def _openapi(desk: Desk, call: Call) -> Response:
    return JSONResponse(schema(OPERATIONS))


OPERATIONS = (
    DeskOperation("GET", "/health", None, "Whether the server answers.", access.health),
    DeskOperation("GET", "/metrics", _READER, "Figures for Prometheus.", access.figures, media="text/plain"),
    DeskOperation("GET", "/api/openapi.json", None, "This description.", _openapi),
    DeskOperation("GET", "/api/me", _READER, "Who you are, and your roles.", access.me),
    DeskOperation("POST", "/api/session", None, "Sign in: keep a token in a cookie.", access.sign_in, SignIn),
    DeskOperation("DELETE", "/api/session", _READER, "Sign out.", access.sign_out),
    DeskOperation("GET", "/api/events", _READER, "Sources that change, as server-sent events.", events.follow,
        media="text/event-stream", query=("after",)),
    DeskOperation("POST", "/api/sources", _EDITOR,
        "Submit a source, or a ZIP file of sources: its bytes, and its name. What is known is not made again.",
        sources.submit, query=("name",)),
    DeskOperation("GET", "/api/sources", _READER, "Current sources, or those of one document.", sources.listed,
        query=("after", "limit", "symbol")),
    DeskOperation("GET", _ONE, _READER, "A source with its report, decisions and versions.", sources.source),
    DeskOperation("DELETE", _ONE, _EDITOR, "Take a source that failed off the page.", sources.remove),
    DeskOperation("GET", f"{_ONE}/original", _READER, "The source as it was sent.", sources.original, media=_BYTES),
    DeskOperation("GET", f"{_ONE}/edition.pdf", _READER, "The edition.", sources.edition, media="application/pdf"),
    DeskOperation("GET", f"{_ONE}/edition{{suffix}}", _READER,
        f"The document in another form. One `{{suffix}}` of {_FORMS}.", sources.form, media=_BYTES),
    DeskOperation("GET", f"{_ONE}/comparison", _READER,
        "What changed since the approved version, or the one before; as a page too.", judgement.comparison),
    DeskOperation("POST", f"{_ONE}/decisions", _APPROVER, "Approve, reject, or undo the last decision.",
        judgement.decide, DecisionOrder),
    DeskOperation("POST", f"{_ONE}/prints", _PRINTER, "Print the approved edition, once.", judgement.print_),
    DeskOperation("GET", "/api/concordance", _READER, "Where language versions disagree; as a page too.",
        judgement.concordance, query=("symbol",)),
    DeskOperation("GET", "/api/editions/{sha256}/pages/{page}.png", _READER, "The picture of a page.", sources.page,
        media="image/png", query=("dpi",)),
)  # fmt: skip
"""All operations. The first whose path is that of a request answers it."""


def routes(desk: Desk) -> list[Route]:
    """Return the routes of all operations."""
    return [Route(each.path, _endpoint(desk, each), methods=[each.method]) for each in OPERATIONS]


def _endpoint(desk: Desk, operation: DeskOperation) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request.scope["masthead.route"] = operation.path
        user = desk.gate.admit(request, operation.role)
        body = None
        if operation.body:
            try:
                body = operation.body.model_validate_json(await small_body(request))
            except ValidationError as error:
                said = error.errors(include_url=False, include_input=False, include_context=False)
                return JSONResponse({"message": "invalid body", "errors": said}, 422)
        return await operation.handle(desk, Call(request, user, body))

    return endpoint


async def refused(request: Request, error: Exception) -> Response:
    """Return the answer for a request that is refused, or that cannot be done."""
    if isinstance(error, HTTPException):
        return JSONResponse({"message": error.detail}, error.status_code, headers=error.headers)
    if isinstance(error, MastheadError):
        if type(error) is MastheadError:
            _log.error("%s: %s", request.scope["path"], error)  # a bug, met by this document
        return JSONResponse({**plain(error), "exit_code": error.exit_code}, _STATUS.get(type(error).__name__, 422))
    _log.error("%s: %s", request.scope["path"], error)
    return JSONResponse({"message": "the server cannot write to its disk"}, 503, {"retry-after": "60"})


REFUSED = (HTTPException, MastheadError, OSError, sqlite3.Error)
"""The exceptions that `refused` answers."""
_STATUS = {"OrderError": 400, "BaselineError": 409, "PrintError": 502}
