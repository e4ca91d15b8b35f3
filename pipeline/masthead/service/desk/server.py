"""The server of a desk: its application, and how it is run."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from socket import socket
from typing import TextIO

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from masthead.batch import Executor
from masthead.press.printing import Printer
from masthead.service.closing import ClosingServer
from masthead.service.desk import page
from masthead.service.desk.api import REFUSED, refused, routes
from masthead.service.desk.gate import Gate, RateLimit, RequestLog, RequestMetrics
from masthead.service.desk.making import Making
from masthead.service.desk.prints import DeskPrints
from masthead.service.desk.record import DeskFolder, opened
from masthead.service.desk.state import Desk
from masthead.service.desk.tokens import TokenFile
from masthead.service.guard import HOSTS

_CONNECTIONS = 1000
_COLLECTED = (1000, 10, 10)
_GRACE = 2  # seconds that streams have at the end
_KEPT = 10  # seconds that a connection without a request is kept


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """How a desk is served: the names of its host, requests a second and at once of each user, its log and printer."""

    hosts: Sequence[str]
    rate: float
    burst: int
    log: TextIO | None = None
    printer: Printer | None = None


def application(
    folder: DeskFolder, tokens: TokenFile, makers: Executor, viewers: Executor, settings: DeskSettings
) -> Starlette:
    """Return the application. While it runs, it makes what waits; it opens the record when it starts."""
    metrics = RequestMetrics()
    gate = Gate(tokens, RateLimit(settings.rate, settings.burst))

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        folder.clean()
        with opened(folder) as record:
            making = Making(folder, record, makers, viewers, metrics.made.observe)
            prints = DeskPrints(folder, record, settings.printer) if settings.printer else None
            desk = Desk(folder, record, making, gate, metrics, prints)
            app.router.routes.extend(routes(desk))
            with prints.running() if prints else nullcontext():
                async with making.running():
                    yield

    return Starlette(
        routes=[Route("/", page.index)],
        middleware=[
            Middleware(RequestLog, metrics=metrics, file=settings.log),
            Middleware(TrustedHostMiddleware, allowed_hosts=[*HOSTS, "[::1]", *settings.hosts]),
        ],
        exception_handlers=dict.fromkeys(REFUSED, refused),
        lifespan=running,
    )


def serve(app: Starlette, listening: socket, proxies: Sequence[str] = ()) -> None:
    """Serve the application until SIGINT or SIGTERM. Streams are cut off two seconds later.

    `proxies` are the addresses whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    """
    # A command that ends soon collects rarely; what the requests of a server leave in reference cycles would pile up.
    gc.set_threshold(*_COLLECTED)
    configuration = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_KEPT,
        timeout_graceful_shutdown=_GRACE,
    )
    with suppress(KeyboardInterrupt):
        ClosingServer(configuration).run([listening])
