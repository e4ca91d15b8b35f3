"""What the guard of the local servers refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from masthead.service.guard import MAX_BODY, Guard


async def _size(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


def posted(parts: Sequence[bytes], length: str | None = None) -> tuple[int, bytes]:
    """Status and body of the answer to a post that comes in `parts`, with a content-length if one is given."""
    app = Starlette(routes=[Route("/", _size, methods=["POST"])], middleware=Guard().middleware())
    headers = [(b"host", b"localhost"), *([(b"content-length", length.encode())] if length is not None else [])]
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}
    sent: list[Any] = []
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    waiting.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent)


def test_a_post_of_the_largest_size_is_read() -> None:
    assert posted([b"x" * MAX_BODY], str(MAX_BODY)) == (200, str(MAX_BODY).encode())


@pytest.mark.parametrize("length", [None, str(MAX_BODY + 1), "-1", "many"])
def test_a_larger_post_or_a_wrong_length_is_refused(length: str | None) -> None:
    refusal = (413, b"a post has at most 65,536 bytes" + b"\n" * (length is not None))
    assert posted([b"x" * 1000] * (MAX_BODY // 1000 + 1), length) == refusal
    assert posted([b"x"], length) == (refusal if length else (200, b"1"))  # what is said is refused unread
