"""`masthead watch`: an ASGI application that publishes a document at each save and shows it in the browser.

A save that cannot be published leaves the last good pages in place, with the error over them.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import watchfiles
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from masthead.document import TEMPLATES, MastheadError
from masthead.page import render, script_data
from masthead.pdf import raster
from masthead.publication import publish
from masthead.service.guard import Guard
from masthead.service.view import DPI, FILES


@dataclass(frozen=True, slots=True)
class WatchState:
    """What the browser shows: the last good PDF, its version number, and the error of the last save, if it failed."""

    version: int = 0
    pdf: bytes = b""
    name: str = ""
    direction: str = "ltr"
    pages: int = 0
    findings: tuple[dict[str, Any], ...] = ()
    error: dict[str, str] | None = None

    def event(self) -> str:
        """Return the state without the PDF, as a server-sent event."""
        values = {key: value for key, value in asdict(self).items() if key != "pdf"}
        return f"data: {json.dumps(values, ensure_ascii=False)}\n\n"


@dataclass(slots=True)
class DocumentWatch:
    """One source under watch. Its `state` changes with the file."""

    source: Path
    state: WatchState = WatchState()
    guard: Guard = field(default_factory=Guard)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def app(self) -> Starlette:
        """Return the application, which watches while it runs."""
        routes = [
            Route("/", self._index),
            Route("/events", self._events),
            Route("/sheets/{version:int}/{page:int}.png", self._sheet),
        ]
        return Starlette(routes=routes, middleware=self.guard.middleware(), lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(self._follow())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _follow(self) -> None:
        """Publish, and again whenever the source or a template changes."""
        await self._publish()
        folder, name = self.source.resolve().parent, self.source.name

        def concerns(change: watchfiles.Change, path: str) -> bool:
            return Path(path).name == name or Path(path).is_relative_to(TEMPLATES)

        # Folders are watched one by one: recursion would watch everything below the source's folder too.
        folders = (folder, TEMPLATES, *(path for path in TEMPLATES.rglob("*") if path.is_dir()))
        # Editors save in several steps; 400 ms join them into one change.
        changes = watchfiles.awatch(*folders, watch_filter=concerns, recursive=False, debounce=400)
        async for _ in changes:
            await self._publish()

    async def _publish(self) -> None:
        state = await run_in_threadpool(next_state, self.source, self.state)
        async with self.changed:
            self.state = state
            self.changed.notify_all()

    async def _index(self, request: Request) -> Response:
        script = Markup((FILES / "watch.js").read_text("utf-8"))
        values = {"script": script, "nonce": self.guard.nonce, "data": script_data({"dpi": DPI})}
        return HTMLResponse(render("watch.html.j2", FILES, **values))

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        sent: WatchState | None = None
        while True:
            async with self.changed:
                while self.state is sent:
                    await self.changed.wait()
                sent = self.state
            yield sent.event()

    async def _sheet(self, request: Request) -> Response:
        state = self.state
        if request.path_params["version"] != state.version or not state.pdf:
            return Response(status_code=404)
        try:
            picture = await run_in_threadpool(raster.png, state.pdf, request.path_params["page"], DPI)
        except MastheadError:
            return Response(status_code=404)
        return Response(picture, media_type="image/png")


def next_state(source: Path, before: WatchState) -> WatchState:
    """Publish the source. Return the new state, or the state before with the error."""
    try:
        edition = publish(source)
    except Exception as error:  # a bug must not end the watch: the next save may pass
        known = error if isinstance(error, MastheadError) else MastheadError.unexpected(error)
        return replace(before, error={"message": known.message, "where": known.where, "hint": known.hint})
    pdf, document = edition.pdf.data, edition.document
    findings = tuple(asdict(finding) for finding in edition.report.findings)
    direction, pages = document.language.direction, raster.count(pdf)
    return WatchState(before.version + 1, pdf, str(document.symbol), direction, pages, findings)
