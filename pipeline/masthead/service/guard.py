"""What keeps the local servers private: the loopback address, their own host name, and posts from their own pages."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass, field

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
HOSTS = (LOOPBACK, "localhost")


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one server: the `token` that its own page sends with a post, and the `nonce` of its own script."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    def admits(self, request: Request) -> bool:
        """Return whether a post comes from this server's own page: it has the token, and the right origin."""
        origin = request.headers.get("origin", "")
        own = origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
        # The comparison takes constant time, so it does not reveal the token.
        return own and secrets.compare_digest(request.headers.get("x-masthead-token", ""), self.token)

    def middleware(self) -> list[Middleware]:
        """Return what refuses other host names (DNS rebinding), and sends a strict policy with every response."""
        return [Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS)), Middleware(_Policy, nonce=self.nonce)]


class _Policy:
    """Adds headers that let a page run its own script and nothing else, in no frame, without being cached."""

    def __init__(self, app: ASGIApp, nonce: str) -> None:
        self.app = app
        self.headers = {
            "content-security-policy": f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}';"
            " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cross-origin-resource-policy": "same-origin",
            "cache-control": "no-store",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, with_headers)


def listen(port: int) -> socket.socket:
    """Return a socket that listens on the loopback address; port 0 takes any free one. Raises OSError."""
    listening = socket.create_server((LOOPBACK, port))
    listening.set_inheritable(True)
    return listening
