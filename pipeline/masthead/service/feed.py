"""What a thread finds one by one, sent as it comes to the pages that show it (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

_PAUSE = 0.25  # seconds between two looks for new items
_MOST = 200  # items in one event, so that a page which comes late is not given all in one piece

T = TypeVar("T")


@dataclass(slots=True)
class Feed(Generic[T]):
    """The items found so far. `ended` says that there will be no others."""

    items: list[T] = field(default_factory=list)
    ended: bool = False

    def response(
        self, event: Callable[[int, list[T]], dict[str, Any]], last: Callable[[], dict[str, Any]] = dict
    ) -> StreamingResponse:
        """Return the answer to a page: an `event` for new items, given the number of those before, and the `last`."""
        return StreamingResponse(self._stream(event, last), media_type="text/event-stream")

    async def _stream(
        self, event: Callable[[int, list[T]], dict[str, Any]], last: Callable[[], dict[str, Any]]
    ) -> AsyncIterator[str]:
        sent = 0
        while True:
            ended, new = self.ended, self.items[sent : sent + _MOST]
            if new:
                yield f"data: {json.dumps(await run_in_threadpool(event, sent, new), ensure_ascii=False)}\n\n"
                sent += len(new)
            elif ended:
                yield f"event: end\ndata: {json.dumps(await run_in_threadpool(last), ensure_ascii=False)}\n\n"
                return
            else:
                await asyncio.sleep(_PAUSE)
