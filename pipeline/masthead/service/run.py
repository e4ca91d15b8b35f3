"""`masthead publish --live`: an ASGI application that shows a batch in the browser while it runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from masthead.batch import Outcome, reports
from masthead.service.closing import ClosingServer
from masthead.service.feed import Feed
from masthead.service.guard import Guard, listen

_GRACE = 5  # seconds that pages have at the end to take the rest


@dataclass(slots=True)
class RunView:
    """What has become of the `total` editions of a run so far. The run adds to it in another thread."""

    total: int
    feed: Feed[dict[str, Any]] = field(default_factory=Feed)
    guard: Guard = field(default_factory=Guard)
    files: list[Path] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Show another outcome."""
        values = outcome.to_dict()
        if values["pdf"]:
            self.files.append(Path(values["pdf"]))
            values["link"] = f"files/{len(self.files)}"
        self.feed.items.append(values)

    def app(self) -> Starlette:
        routes = [Route("/", self._index), Route("/events", self._events), Route("/files/{number:int}", self._file)]
        return Starlette(routes=routes, middleware=self.guard.middleware())

    async def _index(self, request: Request) -> Response:
        return HTMLResponse(reports.page([], total=self.total, live=True, nonce=self.guard.nonce))

    async def _file(self, request: Request) -> Response:
        number = request.path_params["number"]
        if not 1 <= number <= len(self.files) or not self.files[number - 1].is_file():
            return Response("there is no such file\n", 404)
        return FileResponse(self.files[number - 1], media_type="application/pdf")

    async def _events(self, request: Request) -> Response:
        return self.feed.response(lambda sent, new: {"documents": new, "left": self.total - sent - len(new)})


@contextmanager
def shown(total: int, port: int = 0) -> Iterator[tuple[RunView, str]]:
    """Serve the view of a run from a thread; yield it and its address.

    At the end, pages that are open are given the rest. Raises OSError if the port is not available.
    """
    view, listening = RunView(total), listen(port)
    configuration = uvicorn.Config(view.app(), log_level="critical", ws="none", timeout_graceful_shutdown=_GRACE)
    server = ClosingServer(configuration)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield view, f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        view.feed.ended = True
        server.should_exit = True  # which waits for the streams to end
        thread.join()
