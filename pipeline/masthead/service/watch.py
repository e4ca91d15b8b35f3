"""`masthead watch`: an ASGI application that publishes a document at each save and shows it in the browser.

If a saved version cannot be published, the last good pages stay, with all errors over them. The page and the text
editor follow each other: a click on a page says which line of the source it was made from, and a line shows its page.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import watchfiles
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from masthead import formats
from masthead.document import MastheadError, Organization, Rectangle, organizations
from masthead.editing import source_lines, text_of
from masthead.page import render, script_data
from masthead.pdf import Page, measures, pages, raster
from masthead.publication import SourceFile, publish
from masthead.service.guard import Guard
from masthead.service.view import DPI, FILES

_SETTLED = 400  # milliseconds: editors save in several steps, which are one change
LOOSE = 2.0  # a line is loose if its spaces are so many times as wide as a space


@dataclass(frozen=True, slots=True)
class WatchState:
    """What the browser shows: the last good PDF, its version number, and the errors of the last save, if it failed.

    `places` are lines of text on the pages: the line of the source, the page, and the box in points. `loose` are those
    with wide spaces: how many times as wide as a space, the page, and the box.
    """

    version: int = 0
    pdf: bytes = b""
    name: str = ""
    direction: str = "ltr"
    pages: int = 0
    findings: tuple[dict[str, Any], ...] = ()
    errors: tuple[dict[str, str], ...] = ()
    places: tuple[tuple[int, int, Rectangle], ...] = ()
    loose: tuple[tuple[float, int, Rectangle], ...] = ()

    def event(self) -> str:
        """Return the state without the PDF, as a server-sent event."""
        values = {key: value for key, value in asdict(self).items() if key != "pdf"}
        return f"data: {json.dumps(values, ensure_ascii=False)}\n\n"


@dataclass(slots=True)
class DocumentWatch:
    """One source under watch. Its `state` changes with the file.

    `chosen` is called with the line of the source on whose text somebody clicks. The browser shows the line `cursor`,
    each time that it is set by `show`.
    """

    source: Path
    chosen: Callable[[int], object] = lambda line: None
    state: WatchState = WatchState()
    guard: Guard = field(default_factory=Guard)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    cursor: tuple[int, int] = (0, 0)  # the line, and how often a line was shown
    loop: asyncio.AbstractEventLoop | None = None

    def app(self) -> Starlette:
        """Return the application, which watches while it runs."""
        routes = [
            Route("/", self._index),
            Route("/events", self._events),
            Route("/sheets/{version:int}/{page:int}.png", self._sheet),
            Route("/places", self._choose, methods=["POST"]),
        ]
        return Starlette(routes=routes, middleware=self.guard.middleware(), lifespan=self._lifespan)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        self.loop = asyncio.get_running_loop()
        task = asyncio.create_task(self._follow())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _follow(self) -> None:
        """Publish, and again whenever the source or a template changes."""
        folder, name = self.source.resolve().parent, self.source.name
        own = organizations.current().folders

        def concerns(change: watchfiles.Change, path: str) -> bool:
            is_named = Path(path).suffix.lower() in formats.EMBEDDED  # a picture, or the values of a chart
            return Path(path).name == name or is_named or any(map(Path(path).is_relative_to, own))

        # Folders are watched one by one: recursion would watch everything below the source's folder too.
        folders = (folder, *own, *(path for each in own for path in each.rglob("*") if path.is_dir()))
        changes = watchfiles.awatch(*folders, watch_filter=concerns, recursive=False, debounce=_SETTLED)
        change = asyncio.ensure_future(anext(changes))
        try:
            # The watcher exists after its first step: what is saved during the first publication is published too.
            await asyncio.sleep(0)
            while True:
                await self._publish()
                await change
                change = asyncio.ensure_future(anext(changes))
        finally:
            change.cancel()

    async def _publish(self) -> None:
        state = await run_in_threadpool(next_state, self.source, self.state)
        async with self.changed:
            self.state = state
            self.changed.notify_all()

    def show(self, line: int) -> None:
        """Show in the browser what a line of the source has become. Can be called from any thread."""
        if self.loop:
            asyncio.run_coroutine_threadsafe(self._show(line), self.loop)

    async def _show(self, line: int) -> None:
        async with self.changed:
            self.cursor = line, self.cursor[1] + 1
            self.changed.notify_all()

    async def _choose(self, request: Request) -> Response:
        if not self.guard.admits(request):
            return JSONResponse({"message": "this request is not from the page of the watch"}, status_code=403)
        try:
            line = int((await request.json())["line"])
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"message": "invalid line"}, status_code=400)
        await run_in_threadpool(self.chosen, line)
        return JSONResponse({})

    async def _index(self, request: Request) -> Response:
        script = Markup((FILES / "watch.js").read_text("utf-8"))
        values = {
            "script": script,
            "nonce": self.guard.nonce,
            "data": script_data({"dpi": DPI, "token": self.guard.token}),
        }
        return HTMLResponse(render("watch.html.j2", FILES, **values))

    async def _events(self, request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        sent: WatchState | None = None
        shown = (0, 0)
        while True:
            async with self.changed:
                while self.state is sent and self.cursor == shown:
                    await self.changed.wait()
                is_new, sent = self.state is not sent, self.state
                is_moved, shown = self.cursor != shown, self.cursor
            if is_new:
                yield sent.event()
            if is_moved:
                yield f"event: cursor\ndata: {shown[0]}\n\n"

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
    """Publish the source. Return the new state, or the state before with the errors."""
    try:
        file = SourceFile.load(source)
        organization = organizations.current()
        if not organization.is_bundled:  # whose files may have changed
            organization = Organization.load(organization.folder)
        with organization.used():
            edition = publish(file)
    except Exception as error:  # a bug must not end the watch: the next save may pass
        known = error if isinstance(error, MastheadError) else MastheadError.unexpected(error)
        errors = (
            {"message": each.message, "where": each.where or str(source), "hint": each.hint} for each in known.each
        )
        return replace(before, errors=tuple(errors))
    pdf, document = edition.pdf.data, edition.document
    findings = tuple(asdict(finding) for finding in edition.report.findings)
    with raster.opened(pdf) as opened:
        drawn = list(pages.read_pages(opened, len(opened)))
    places = tuple(_places(drawn, text_of(file.data, file.name)))
    loose = (
        (round(times, 1), page.number, line.box) for page in drawn for line, times in measures.loose_lines(page, LOOSE)
    )
    name, direction = str(document.symbol), document.language.direction
    return WatchState(before.version + 1, pdf, name, direction, len(drawn), findings, (), places, tuple(loose))


def _places(drawn: Sequence[Page], text: str) -> Iterator[tuple[int, int, Rectangle]]:
    """Yield the lines of the pages that are found in the text of the source."""
    lines = [(page.number, line) for page in drawn for line in page.lines]
    found = source_lines(text, (line.text for _, line in lines)) if text else ()
    for (page, line), at in zip(lines, found, strict=False):
        if at:
            yield at, page, line.box
