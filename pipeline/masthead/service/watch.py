"""`masthead watch`: a document published at each save and shown in the browser, the last good pages kept in errors."""

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
from masthead.page import render
from masthead.pdf import raster
from masthead.publication import publish
from masthead.service.guard import Guard
from masthead.service.view import DPI, FILES, script_data


@dataclass(frozen=True, slots=True)
class Shown:
    """What the browser shows: the last good PDF, its number, and the error that stands over it now."""

    version: int = 0
    pdf: bytes = b""
    name: str = ""
    direction: str = "ltr"
    pages: int = 0
    findings: tuple[dict[str, Any], ...] = ()
    error: dict[str, str] | None = None

    def event(self) -> str:
        """A server-sent event that tells it, without the PDF."""
        told = {key: value for key, value in asdict(self).items() if key != "pdf"}
        return f"data: {json.dumps(told, ensure_ascii=False)}\n\n"


@dataclass(slots=True)
class Watch:
    """One source under watch. It changes with the file: the only thing here that does."""

    source: Path
    shown: Shown = Shown()
    guard: Guard = field(default_factory=Guard)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def app(self) -> Starlette:
        """The application; it watches as long as it runs."""
        routes = [
            Route("/", self._index),
            Route("/events", self._events),
            Route("/sheets/{version:int}/{page:int}.png", self._sheet),
        ]
        return Starlette(routes=routes, middleware=self.guard.middleware(), lifespan=self._life)

    @asynccontextmanager
    async def _life(self, app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(self._follow())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _follow(self) -> None:
        """Publish, and again at each change of the source or of a template."""
        await self._publish()
        folder, name = self.source.resolve().parent, self.source.name

        def concerns(change: watchfiles.Change, path: str) -> bool:
            return Path(path).name == name or Path(path).is_relative_to(TEMPLATES)

        below = (path for path in TEMPLATES.rglob("*") if path.is_dir())
        places = (folder, TEMPLATES, *below)  # one by one: the source's folder may hold anything
        changes = watchfiles.awatch(*places, watch_filter=concerns, recursive=False, step=50, debounce=400)
        async for _ in changes:
            await self._publish()

    async def _publish(self) -> None:
        shown = await run_in_threadpool(published, self.source, self.shown)
        async with self.changed:
            self.shown = shown
            self.changed.notify_all()

    async def _index(self, request: Request) -> Response:
        script = Markup((FILES / "watch.js").read_text("utf-8"))
        values = {"script": script, "nonce": self.guard.nonce, "data": script_data({"dpi": DPI})}
        return HTMLResponse(render("watch.html.j2", FILES, **values))

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._tell(), media_type="text/event-stream")

    async def _tell(self) -> AsyncIterator[str]:
        told: Shown | None = None
        while True:
            async with self.changed:
                while self.shown is told:
                    await self.changed.wait()
                told = self.shown
            yield told.event()

    async def _sheet(self, request: Request) -> Response:
        shown = self.shown
        if request.path_params["version"] != shown.version or not shown.pdf:
            return Response(status_code=404)
        try:
            picture = await run_in_threadpool(raster.png, shown.pdf, request.path_params["page"], DPI)
        except MastheadError:
            return Response(status_code=404)
        return Response(picture, media_type="image/png")


def published(source: Path, before: Shown) -> Shown:
    """What to show after a save: the new edition, or what was shown before with the error over it."""
    try:
        with raster.PDFIUM:  # preflight looks at the pages while the browser may ask for the last ones
            edition = publish(source)
    except MastheadError as error:
        told = {"message": error.message, "where": error.where, "hint": error.hint}
        return replace(before, error=told)
    except Exception as error:  # a fault of ours must not end the watch: the next save may pass
        told = {"message": f"a fault of Masthead: {error!r}", "where": str(source), "hint": "please report it"}
        return replace(before, error=told)
    return Shown(
        version=before.version + 1,
        pdf=edition.pdf.data,
        name=str(edition.document.symbol),
        direction=edition.document.language.direction,
        pages=raster.count(edition.pdf.data),
        findings=tuple(asdict(finding) for finding in edition.report.findings),
    )
