"""`masthead publish --live`: an ASGI application that shows a batch in the browser while it runs."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from masthead.batch import Outcome, reports
from masthead.service.guard import Guard, listen

_PAUSE = 0.25  # seconds between two looks for new outcomes
_MOST = 200  # documents in one event, so that a page which comes late is not given all in one piece


@dataclass(slots=True)
class RunView:
    """What has become of the `total` editions of a run so far. The run adds to it in another thread."""

    total: int
    documents: list[dict[str, Any]] = field(default_factory=list)
    ended: bool = False
    guard: Guard = field(default_factory=Guard)

    def add(self, outcome: Outcome) -> None:
        """Show another outcome."""
        self.documents.append(outcome.to_dict())

    def app(self) -> Starlette:
        routes = [Route("/", self._index), Route("/events", self._events)]
        return Starlette(routes=routes, middleware=self.guard.middleware())

    async def _index(self, request: Request) -> Response:
        return HTMLResponse(reports.page([], total=self.total, live=True, nonce=self.guard.nonce))

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        sent = 0
        while True:
            ended, new = self.ended, self.documents[sent : sent + _MOST]
            if new:
                sent += len(new)
                event = {"documents": new, "left": self.total - sent}
                yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
            elif ended:
                yield "event: end\ndata: {}\n\n"
                return
            else:
                await asyncio.sleep(_PAUSE)


@contextmanager
def shown(total: int, port: int = 0) -> Iterator[tuple[RunView, str]]:
    """Serve the view of a run from a thread; yield it and its address.

    At the end, pages that are open are given the rest. Raises OSError if the port is not available.
    """
    view, listening = RunView(total), listen(port)
    configuration = uvicorn.Config(view.app(), log_level="critical", ws="none", timeout_graceful_shutdown=5)
    server = uvicorn.Server(configuration)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield view, f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        view.ended = True
        server.should_exit = True  # which waits for the streams, and they end by themselves
        thread.join()
