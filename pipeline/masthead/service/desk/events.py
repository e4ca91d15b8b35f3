"""The stream that the page follows: each source that changes, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from masthead.service.desk.operations import NUMBER, Call
from masthead.service.desk.state import Desk
from masthead.service.desk.tokens import DeskRole

_PAUSE, _ALIVE = 0.25, 60  # seconds between two looks for changes; looks after which a silent stream says something
_STREAMS, _STREAMS_EACH = 200, 20  # at once, and those of one user
_CHANGES = 100  # sources in one part of a stream


async def follow(desk: Desk, call: Call) -> Response:
    """Send each source that changes, as it is then. `Last-Event-ID`, or `after`, says from which revision on."""
    last = call.request.headers.get("last-event-id", "")
    after = int(last) if NUMBER.fullmatch(last) else call.number("after", desk.record.revision)
    if call.request.method == "HEAD":
        return Response(media_type="text/event-stream")
    if desk.streams.total() >= _STREAMS or desk.streams[call.by.name] >= _STREAMS_EACH:
        raise HTTPException(503, "too many streams", {"retry-after": "30"})
    headers = {"x-accel-buffering": "no"}  # nginx would wait for more
    return StreamingResponse(_stream(desk, after, call), media_type="text/event-stream", headers=headers)


async def _stream(desk: Desk, after: int, call: Call) -> AsyncIterator[str]:
    desk.streams[call.by.name] += 1
    try:
        yield "retry: 2000\n\n"
        silent = 0
        while True:
            if desk.record.revision > after:
                changed = await run_in_threadpool(desk.record.since, after, _CHANGES)
                yield "".join(map(_event, await run_in_threadpool(desk.shown, changed)))
                after, silent = max((each.revision for each in changed), default=after), 0
            elif (silent := silent + 1) % _ALIVE == 0:
                desk.gate.admit(call.request, DeskRole.READER)  # the token may have been withdrawn
                yield ": nothing new\n\n"
            await asyncio.sleep(_PAUSE)
    except HTTPException:
        return
    finally:
        desk.streams[call.by.name] -= 1


def _event(source: dict[str, Any]) -> str:
    return f"id: {source['revision']}\ndata: {json.dumps(source, ensure_ascii=False)}\n\n"
