"""What keeps the local servers private: the loopback address, their own host name, and posts from their own pages."""

from __future__ import annotations

import secrets
import socket
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
HOSTS = (LOOPBACK, "localhost")
MAX_BODY = 64 * 2**10
"""Bytes of the largest post. A decision of a review has some hundred."""


HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """The secrets of one server: the `token` that its own page sends with a post, and the `nonce` of its own script."""

    token: str = field(default_factory=secrets.token_urlsafe)
    nonce: str = field(default_factory=secrets.token_urlsafe)

    def admits(self, request: Request) -> bool:
        """Return whether a post comes from this server's own page: it has the token, and the right origin."""
        origin = request.headers.get("origin", "")
        own = origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
        # The comparison takes constant time, so it does not reveal the token. Only bytes may be other than ASCII.
        sent = request.headers.get("x-masthead-token", "").encode()
        return own and secrets.compare_digest(sent, self.token.encode())

    def middleware(self) -> list[Middleware]:
        """Return what refuses other host names (DNS rebinding) and large posts, and sends a strict policy."""
        return [
            Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS)),
            Middleware(_Policy, nonce=self.nonce),
            Middleware(_BodyLimit),
        ]


class _BodyLimit:
    """Refuses a post of more than MAX_BODY bytes, before or while it is read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        left = MAX_BODY

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413, f"a post has at most {MAX_BODY:,} bytes")
            return message

        said = Headers(scope=scope).get("content-length", "0") if scope["type"] == "http" else "0"
        if said.isdecimal() and int(said) <= MAX_BODY:
            await self.app(scope, counted, send)
        else:
            await PlainTextResponse(f"a post has at most {MAX_BODY:,} bytes\n", 413)(scope, receive, send)


class _Policy:
    """Adds headers that let a page run its own script and nothing else, in no frame, without being cached."""

    def __init__(self, app: ASGIApp, nonce: str) -> None:
        self.app = app
        self.headers = {"content-security-policy": policy(nonce), **HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, with_headers)


def policy(nonce: str) -> str:
    """Return the content security policy of a page that runs its own script and style, those with the `nonce`."""
    return (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self';"
        " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def listen(port: int, address: str = LOOPBACK) -> socket.socket:
    """Return a socket that listens on an address; port 0 takes any free one. Raises OSError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listening = socket.create_server((address, port), family=family)
    listening.set_inheritable(True)
    return listening
