"""What keeps the servers on this desk to this desk: the loopback, its own name, posts of its own pages."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass, field

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
HOSTS = (LOOPBACK, "localhost")


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one server: the `token` that its own page sends with a post, the `nonce` of its own script."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    def admits(self, request: Request) -> bool:
        """Whether a post comes from this server's own page: it has the token, and the browser names no other origin."""
        origin = request.headers.get("origin", "")
        own = origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
        return own and secrets.compare_digest(request.headers.get("x-masthead-token", ""), self.token)

    def middleware(self) -> list[Middleware]:
        """Refuse other hosts' names (a page elsewhere may bind one to this address), and send a strict policy."""
        return [Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS)), Middleware(_Policy, nonce=self.nonce)]


class _Policy:
    """Adds the headers that let a page run its own script and nothing else, in no frame, with nothing kept."""

    def __init__(self, app: ASGIApp, nonce: str) -> None:
        self.app = app
        policy = f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; "
        policy += "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        headers = {
            "content-security-policy": policy,
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cross-origin-resource-policy": "same-origin",
            "cache-control": "no-store",
        }
        self.headers = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *self.headers]
            await send(message)

        await self.app(scope, receive, with_headers)


def bound(port: int) -> socket.socket:
    """A socket that listens on the loopback alone; port 0 takes any that is free. Raises OSError."""
    listening = socket.create_server((LOOPBACK, port))
    listening.set_inheritable(True)
    return listening
