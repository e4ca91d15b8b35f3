"""What every request passes: its log line and its figures, how often it may come, and how it may send a body."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import secrets
import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TextIO
from urllib.parse import urlsplit

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from masthead.service.desk.tokens import DeskRole, DeskUser, TokenFile
from masthead.service.guard import HEADERS, MAX_BODY

COOKIE = "masthead"
_KNOWN = 1000  # clients whose rate is remembered
_IDLE, _WHOLE = 15, 300  # seconds: between two parts of a body, and for all of it
_UPLOADS = 64  # at once
_log = logging.getLogger(__name__)


class RequestMetrics:
    """The figures of a server, in a registry of Prometheus."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        labels = ("method", "route")
        self.requests = Counter("masthead_requests", "Requests.", (*labels, "status"), registry=self.registry)
        self.seconds = Histogram("masthead_request_seconds", "Time to answer.", labels, registry=self.registry)
        self.made = Histogram("masthead_edition_seconds", "Time to make an edition.", registry=self.registry)
        self.sources = Gauge("masthead_sources", "Sources by state.", ("state",), registry=self.registry)
        self.streams = Gauge("masthead_streams", "Streams of events that are open.", registry=self.registry)
        self.lost = Gauge("masthead_workers_lost", "Workers that were lost.", registry=self.registry)


class RequestLog:
    """ASGI middleware: counts each request, writes a line of JSON about it, and sets headers that all answers have.

    An exception that nobody foresaw is an answer of 500, and the log has where it happened.
    """

    def __init__(self, app: ASGIApp, metrics: RequestMetrics, file: TextIO | None) -> None:
        self.app, self.metrics, self.file = app, metrics, file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin, sizes, status, id = time.monotonic(), {"in": 0, "out": 0}, 0, secrets.token_hex(6)

        async def counted() -> Message:
            message = await receive()
            sizes["in"] += len(message.get("body", b""))
            return message

        async def with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status, headers = message["status"], MutableHeaders(scope=message)
                for name, value in {**HEADERS, "content-security-policy": "default-src 'none'"}.items():
                    headers.setdefault(name, value)
                headers["x-request-id"] = id
            sizes["out"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, counted, with_headers)
        except Exception:
            _log.exception("request %s failed", id)
            if not status:
                await JSONResponse({"message": "this is a bug in Masthead", "request": id}, 500)(
                    scope, receive, with_headers
                )
        finally:
            self._note(scope, status, time.monotonic() - begin, sizes, id)

    def _note(self, scope: Scope, status: int, seconds: float, sizes: dict[str, int], id: str) -> None:
        route = scope.get("masthead.route", "other")
        method = scope["method"] if scope["method"] in ("GET", "POST", "DELETE", "HEAD") else "other"
        self.metrics.requests.labels(method, route, status).inc()
        self.metrics.seconds.labels(method, route).observe(seconds)
        if self.file:
            now = datetime.now(UTC).isoformat(timespec="milliseconds")
            client, user = (scope.get("client") or ("",))[0], scope.get("masthead.user", "")
            values = {"time": now, "request": id, "client": client, "user": user, "method": scope["method"]}
            values |= {"path": scope["path"], "status": status, "ms": round(1000 * seconds), **sizes}
            self.file.write(json.dumps(values) + "\n")
            self.file.flush()


@dataclass(slots=True)
class RateLimit:
    """How often somebody may come: `rate` times a second, and `burst` times at once. Few are remembered."""

    rate: float
    burst: int
    _seen: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, who: str) -> float:
        """Count a request; return the seconds to wait for the next one if it comes too early, else 0."""
        now = time.monotonic()
        left, before = self._seen.pop(who, (float(self.burst), now))
        left = min(self.burst, left + (now - before) * self.rate)
        self._seen[who] = (left - 1 if left >= 1 else left, now)
        if len(self._seen) > _KNOWN:
            self._seen.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) / self.rate


@dataclass(slots=True)
class Gate:
    """Admits requests by the tokens of their users."""

    tokens: TokenFile
    rate: RateLimit
    failures: RateLimit = field(default_factory=lambda: RateLimit(1, 20))  # of each client without a valid token
    uploads: int = 0

    def admit(self, request: Request, role: DeskRole | None) -> DeskUser | None:
        """Return who sends a request. Raises HTTPException: 401, 403, 429."""
        if role is None:
            return None
        user, by_cookie = self._user(request)
        if user is None:
            self.fail(request)
        request.scope["masthead.user"] = user.name
        self._count(self.rate, user.name)
        if by_cookie and request.method not in ("GET", "HEAD") and not _is_own(request):
            raise HTTPException(403, "this request is not from the page of the desk")
        if not user.may(role):
            raise HTTPException(403, f"this needs the role {role}")
        return user

    def fail(self, request: Request) -> NoReturn:
        """Count a try without a valid token, and refuse it. Raises HTTPException: 401, 429."""
        self._count(self.failures, request.client.host if request.client else "")
        raise HTTPException(401, "a valid token is missing", {"www-authenticate": "Bearer"})

    def _user(self, request: Request) -> tuple[DeskUser | None, bool]:
        """Who sends a request, and whether the browser said so by itself. Headers are bytes: they may be any."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme:
            return (self.tokens.user(token.strip().encode()) if scheme.lower() == "bearer" else None), False
        return self.tokens.user(request.cookies.get(COOKIE, "").encode()), True

    def _count(self, limit: RateLimit, who: str) -> None:
        if seconds := limit.wait(who):
            raise HTTPException(429, "too many requests", {"retry-after": str(int(seconds) + 1)})

    @contextmanager
    def upload(self) -> Iterator[None]:
        """Count an upload. Raises HTTPException (503) if there are too many at once."""
        if self.uploads >= _UPLOADS:
            raise HTTPException(503, "too many uploads at once", {"retry-after": "10"})
        self.uploads += 1
        try:
            yield
        finally:
            self.uploads -= 1


def _is_own(request: Request) -> bool:
    """Whether a request comes from a page of this server: browsers say so, and nobody can make them say it falsely."""
    try:
        origin = urlsplit(request.headers.get("origin", ""))
    except ValueError:
        return False
    return origin.scheme in ("http", "https") and origin.netloc == request.headers.get("host")


async def small_body(request: Request) -> bytes:
    """Return the body of a request, which is small. Raises HTTPException: 408, 413."""
    parts: list[bytes] = []
    await _receive(request, MAX_BODY, parts.append)
    return b"".join(parts)


async def body_in_file(request: Request, most: int, folder: Path) -> Path:
    """Write the body of a request to a new file in `folder`, and return its path. Raises HTTPException: 408, 413."""
    folder.mkdir(exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            await _receive(request, most, file.write)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


async def _receive(request: Request, most: int, take: Callable[[bytes], Any]) -> None:
    """Take a body in parts. What says that it is too large is not read; what comes too slowly is given up."""
    too_large = HTTPException(413, f"the body is larger than {most:,} bytes")
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or len(said) > 15 or int(said) > most:
        raise too_large
    parts, left = request.stream(), most
    try:
        async with asyncio.timeout(_WHOLE):
            while True:
                async with asyncio.timeout(_IDLE):
                    part = await anext(parts, None)
                if part is None:
                    return
                left -= len(part)
                if left < 0:
                    raise too_large
                take(part)
    except TimeoutError:
        raise HTTPException(408, "the body comes too slowly") from None
    except ClientDisconnect:
        raise HTTPException(400, "the client went away") from None  # nobody reads this, but the log has it
