"""What the API does: a method for each operation, and the table of all of them."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import secrets
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from masthead import formats
from masthead.comparison import Baselines, Comparison, Decision, Pair, PdfFile, Side, Standing, baselines
from masthead.document import Direction, Language, MastheadError, ResourceError, files
from masthead.service import view
from masthead.service.desk import intake, views
from masthead.service.desk.gate import COOKIE, Gate, RequestMetrics, body_in_file, small_body
from masthead.service.desk.making import Making, plain, read, versions_of
from masthead.service.desk.operations import NUMBER, Call, DecisionOrder, DeskOperation, SignIn, schema
from masthead.service.desk.page import language_of
from masthead.service.desk.prints import DeskPrints
from masthead.service.desk.record import DeskFolder, DeskRecord, SourceState, Stamp, SubmittedSource, stamp
from masthead.service.desk.tokens import DeskRole
from masthead.service.guard import policy

_SANDBOX = (
    "sandbox allow-scripts allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
)
_PAUSE, _ALIVE = 0.25, 60  # seconds between two looks for changes; looks after which a silent stream says something
_STREAMS, _STREAMS_EACH = 200, 20  # at once, and those of one user
_TAKING = 4  # bundles that are unpacked at once
_PRINTING = 5  # seconds that somebody waits for the printer
_MOST, _CHANGES = 500, 100  # sources in one answer, in one part of a stream
_WAITING = 5000  # sources that may wait to be made
_DPI = (40, 200)
_PAGE = re.compile(r"[0-9]{1,5}")
_SUFFIX = re.compile("|".join(re.escape(each) for each in formats.WRITABLE))

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Desk:
    """The desk: its folder and record, its workers, who may come in, its figures, and its printer, if any."""

    folder: DeskFolder
    record: DeskRecord
    making: Making
    gate: Gate
    metrics: RequestMetrics
    prints: DeskPrints | None = None
    streams: Counter[str] = field(default_factory=Counter)

    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_TAKING))
    _standings: tuple[Stamp, Mapping[str, Standing]] = (None, {})

    @property
    def baselines(self) -> Baselines:
        return Baselines(self.folder.baselines)

    def standings(self) -> Mapping[str, Standing]:
        """Return the standing of each document. The index is read again when it has changed."""
        now = stamp(self.folder.baselines / baselines.INDEX)
        if now != self._standings[0]:
            self._standings = now, self.baselines.standings()
        return self._standings[1]

    # --- what is there ------------------------------------------------------------------------------------------------

    async def health(self, call: Call) -> Response:
        return JSONResponse({"ready": True})

    async def figures(self, call: Call) -> Response:
        for state, count in (await run_in_threadpool(self.record.counts)).items():
            self.metrics.sources.labels(state).set(count)
        self.metrics.streams.set(self.streams.total())
        self.metrics.lost.set(self.making.lost)
        return Response(generate_latest(self.metrics.registry), media_type=CONTENT_TYPE_LATEST)

    async def openapi(self, call: Call) -> Response:
        return JSONResponse(schema(self.operations()))

    async def me(self, call: Call) -> Response:
        return JSONResponse({"name": call.by.name, "roles": sorted(call.by.roles), "printer": self.prints is not None})

    async def sign_in(self, call: Call) -> Response:
        """Keep the token in a cookie that scripts cannot read, for pictures and streams, which browsers ask for."""
        if self.gate.tokens.user(call.body.token.encode()) is None:
            self.gate.fail(call.request)
        answer = JSONResponse({})
        secure = call.request.url.scheme == "https"
        answer.set_cookie(COOKIE, call.body.token, max_age=30 * 86400, httponly=True, samesite="strict", secure=secure)
        return answer

    async def sign_out(self, call: Call) -> Response:
        answer = JSONResponse({})
        answer.delete_cookie(COOKIE)
        return answer

    # --- sources ------------------------------------------------------------------------------------------------------

    async def submit(self, call: Call) -> Response:
        """Take a source or a bundle. The answer is sent when all of it is on the disk and in the record."""
        name = call.request.query_params.get("name", "")
        most = intake.limit(name)
        if (await run_in_threadpool(self.record.counts))[SourceState.WAITING] >= _WAITING:
            raise HTTPException(503, "too many sources are waiting", {"retry-after": "60"})
        with self.gate.upload():
            sent = await body_in_file(call.request, most, self.folder.incoming)
            try:
                async with self._turns:
                    taken, refused = await run_in_threadpool(self._take, sent, name, call.by.name)
            finally:
                sent.unlink(missing_ok=True)
        self.making.wake()
        status = 202 if any(is_new for _, is_new in taken) else 200 if taken else 422
        shown = await run_in_threadpool(self.shown, [source for source, _ in taken])
        return JSONResponse({"sources": shown, "refused": refused}, status)

    def _take(self, sent: Any, name: str, by: str) -> tuple[list[tuple[SubmittedSource, bool]], list[dict[str, Any]]]:
        taken, refused = [], []
        for each in intake.sources(sent, name):
            if isinstance(each, intake.RefusedSource):
                refused.append({"name": each.name, **plain(each.error)})
                continue
            id = intake.digest(each)
            path = self.folder.source(id, PurePosixPath(each.name).suffix.lower())
            if not path.exists():
                files.save(path, each.data)
            taken.append(self.record.submit(id, each.name, len(each.data), by, now()))
        return taken, refused

    async def sources(self, call: Call) -> Response:
        """The current sources from one number on; `next` is that to go on from, if there are others."""
        query = call.request.query_params
        revision = self.record.revision
        if symbol := query.get("symbol"):
            found = await run_in_threadpool(self.record.languages, symbol)
            return JSONResponse({"sources": await run_in_threadpool(self.shown, found), "revision": revision})
        most = call.number("limit", _MOST, 1, _MOST)
        found = await run_in_threadpool(self.record.current, call.number("after", 0), most)
        more = {"next": found[-1].number} if len(found) == most else {}
        return JSONResponse({"sources": await run_in_threadpool(self.shown, found), "revision": revision, **more})

    async def source(self, call: Call) -> Response:
        """All that is known of a source: its report, the decisions on its document, and the other versions."""
        source = self._found(call)
        return JSONResponse(await run_in_threadpool(self._in_full, source))

    def _in_full(self, source: SubmittedSource) -> dict[str, Any]:
        (shown,) = self.shown([source])
        versions = self.record.versions(source.key) if source.symbol else []
        history = [_plain(each) for each in self.baselines.decisions() if each.document == str(source.key)]
        shown |= {"report": self.record.report(source.id), "decisions": history if source.symbol else []}
        shown["versions"] = [
            {"id": each.id, "name": each.name, "sent": each.sent, "pdf": each.pdf} for each in versions
        ]
        return shown

    async def remove(self, call: Call) -> Response:
        if not await run_in_threadpool(self.record.remove, self._found(call).id):
            raise HTTPException(409, "only sources that failed can be removed")
        return JSONResponse({})

    async def original(self, call: Call) -> Response:
        source = self._found(call)
        return self._file(self.folder.source(source.id, source.suffix), source.name, "application/octet-stream")

    async def form(self, call: Call) -> Response:
        """A source in another form."""
        source, suffix = self._found(call), call.path("suffix", _SUFFIX)
        data = await self.making.ask(views.convert, lambda: (self.making.load(source), suffix), source.size)
        headers = (
            {"content-security-policy": _SANDBOX}
            if suffix == ".html"
            else {"content-disposition": f"attachment; filename*=utf-8''{quote(source.stem + suffix)}"}
        )
        return Response(data, media_type=_MEDIA.get(suffix, "text/plain"), headers=headers)

    async def edition(self, call: Call) -> Response:
        source = self._made(call)
        return self._file(self.folder.edition(source.pdf or ""), f"{source.stem}.pdf", "application/pdf")

    async def page(self, call: Call) -> Response:
        """The picture of a page. It never changes, as its address has the digest of the file."""
        sha256, page = call.path("sha256"), int(call.path("page", _PAGE))
        path, dpi = self.folder.edition(sha256), call.number("dpi", view.DPI, *_DPI)
        if not path.is_file():
            raise HTTPException(404, "there is no such edition")
        picture = await self.making.ask(views.draw, lambda: (read(path), page, dpi))
        return Response(picture, media_type="image/png", headers={"cache-control": "private, max-age=86400, immutable"})

    # --- judgement ----------------------------------------------------------------------------------------------------

    async def comparison(self, call: Call) -> Response:
        """What has changed since the baseline, or if there is none, since the version before."""
        source, nonce = self._made(call), secrets.token_urlsafe()
        before = await run_in_threadpool(self._before, source)
        if before is None:
            raise HTTPException(404, "there is no other version to compare with")

        def sides() -> views.ComparisonOrder:
            old, new = ((each, read(self.folder.edition(each))) for each in (before, source.pdf or ""))
            return views.ComparisonOrder(old, new, nonce, language_of(call.request))

        values, page = await self.making.ask(views.compare, sides)
        if _asks_for_html(call):
            return HTMLResponse(page, headers={"content-security-policy": policy(nonce)})
        return JSONResponse(values)

    def _before(self, source: SubmittedSource) -> str | None:
        standing = self.standings().get(str(source.key))
        if standing and standing.baseline and standing.baseline.sha256 != source.pdf:
            return standing.baseline.sha256
        older = (each.pdf for each in self.record.versions(source.key) if each.number < source.number)
        return next((pdf for pdf in older if pdf != source.pdf), None)

    async def concordance(self, call: Call) -> Response:
        """Where the current language versions of a document disagree."""
        found = await run_in_threadpool(self.record.languages, call.request.query_params.get("symbol", ""))
        if len(found) < 2:
            raise HTTPException(404, "there are no two language versions of this document")
        values, page = await self.making.concord(found)
        if _asks_for_html(call):
            return HTMLResponse(page, headers={"content-security-policy": f"{_SANDBOX}; script-src 'unsafe-inline'"})
        return JSONResponse(values)

    async def decide(self, call: Call) -> Response:
        """Record a decision on the edition of a source, with its reason, who makes it, and in which role."""
        source = self._made(call)
        return JSONResponse(
            await run_in_threadpool(self._decided, source, call.body, f"{call.by.name} ({DeskRole.APPROVER})")
        )

    def _decided(self, source: SubmittedSource, order: DecisionOrder, by: str) -> dict[str, Any]:
        (shown,) = self.shown([source])
        if not shown["current"]:
            raise HTTPException(409, "there is a newer version of this document")
        kept, when = self.baselines, now()
        if order.act == "undo":
            kept.undo(source.key, by=by, when=when, why=order.why)
        elif order.act == "approve" and shown["approved"]:
            return shown
        else:
            data = read(self.folder.edition(source.pdf or ""))
            name = f"{source.stem}.pdf"
            pair = Pair(source.key, None, PdfFile(name, source.pdf or "", lambda: data))
            comparison = Comparison(source.key, None, Side(source.pdf or ""))
            made = baselines.approval(comparison, pair) if order.act == "approve" else baselines.rejection(pair)
            kept.record([(replace(made, by=by, when=when, why=order.why), data)])
        self.record.touch(source.id)
        return self.shown([source])[0]

    async def print(self, call: Call) -> Response:
        """Print the approved edition, once. The answer comes when that is done, or after some seconds."""
        source = self._made(call)
        (shown,) = await run_in_threadpool(self.shown, [source])
        if self.prints is None:
            raise HTTPException(409, "this desk has no printer")
        if not shown["approved"] or not shown["current"]:
            raise HTTPException(409, "only what is approved, and current, is printed")
        job = asyncio.wrap_future(self.prints.begin(source))
        await asyncio.wait([job], timeout=_PRINTING)
        if job.done():
            job.result()
        return JSONResponse((await run_in_threadpool(self.shown, [source]))[0], 200 if job.done() else 202)

    # --- what the page follows ----------------------------------------------------------------------------------------

    async def events(self, call: Call) -> Response:
        """Send each source that changes, as it is then. `Last-Event-ID`, or `after`, says from which revision on."""
        last = call.request.headers.get("last-event-id", "")
        after = int(last) if NUMBER.fullmatch(last) else call.number("after", self.record.revision)
        if call.request.method == "HEAD":
            return Response(media_type="text/event-stream")
        if self.streams.total() >= _STREAMS or self.streams[call.by.name] >= _STREAMS_EACH:
            raise HTTPException(503, "too many streams", {"retry-after": "30"})
        headers = {"x-accel-buffering": "no"}  # nginx would wait for more
        return StreamingResponse(self._stream(after, call), media_type="text/event-stream", headers=headers)

    async def _stream(self, after: int, call: Call) -> AsyncIterator[str]:
        self.streams[call.by.name] += 1
        try:
            yield "retry: 2000\n\n"
            silent = 0
            while True:
                if self.record.revision > after:
                    changed = await run_in_threadpool(self.record.since, after, _CHANGES)
                    yield "".join(map(_event, await run_in_threadpool(self.shown, changed)))
                    after, silent = max((each.revision for each in changed), default=after), 0
                elif (silent := silent + 1) % _ALIVE == 0:
                    self.gate.admit(call.request, DeskRole.READER)  # the token may have been withdrawn
                    yield ": nothing new\n\n"
                await asyncio.sleep(_PAUSE)
        except HTTPException:
            return
        finally:
            self.streams[call.by.name] -= 1

    def shown(self, sources: Iterable[SubmittedSource]) -> list[dict[str, Any]]:
        """Return sources as the API shows them in lists and events."""
        standings = self.standings()
        prints = self.prints.stages() if self.prints else {}
        return [self._shown(each, standings.get(str(each.key), Standing()), prints) for each in sources]

    def _shown(self, source: SubmittedSource, standing: Standing, prints: Mapping[str, str]) -> dict[str, Any]:
        names = ("id", "name", "size", "sender", "sent", "number", "revision", "state", "symbol", "language", "type")
        values = {name: getattr(source, name) for name in (*names, "pdf", "pages", "seconds", "error")}
        if source.symbol is None:  # it has no edition
            return values
        approved, agreement = standing.baseline, self.record.agreement(source.symbol)
        languages = self.record.languages(source.symbol)
        is_known = agreement is not None and agreement[0] == versions_of(languages)
        is_right_to_left = source.language in set(Language) and Language(source.language).direction is Direction.RTL
        return values | {
            "direction": "rtl" if is_right_to_left else "ltr",
            "current": any(each.id == source.id for each in languages),
            "findings": source.findings,
            "approved": _plain(approved) if approved and approved.sha256 == source.pdf else None,
            "has_baseline": approved is not None,
            "undoable": standing.undoable,
            "rejected": standing.rejected.get(source.pdf or "", ""),
            "disagreements": agreement[1] if agreement and is_known else None,
            "languages": len(languages),
            "printed": prints.get(source.pdf or ""),
            "print_error": self.prints.failures.get(source.pdf or "", "") if self.prints else "",
        }

    def _found(self, call: Call) -> SubmittedSource:
        found = self.record.find(call.path("id"))
        if found is None:
            raise HTTPException(404, "there is no such source")
        return found

    def _made(self, call: Call) -> SubmittedSource:
        found = self._found(call)
        if found.state is not SourceState.MADE:
            raise HTTPException(404, "this source has no edition")
        return found

    def _file(self, path: Any, name: str, media: str) -> Response:
        if not path.is_file():
            raise ResourceError("a file of the desk is lost", where=path.name, hint="restore it from a backup")
        return FileResponse(
            path,
            media_type=media,
            filename=name,
            content_disposition_type="inline" if media == "application/pdf" else "attachment",
        )

    # --- all of it ----------------------------------------------------------------------------------------------------

    def operations(self) -> tuple[DeskOperation, ...]:
        """Return all operations of the API."""
        reader, one = DeskRole.READER, "/api/sources/{id}"
        form = "One `{suffix}` of " + ", ".join(formats.WRITABLE)
        return (
            DeskOperation("GET", "/health", None, "Whether the server answers.", self.health),
            DeskOperation("GET", "/metrics", reader, "Figures for Prometheus.", self.figures, media="text/plain"),
            DeskOperation("GET", "/api/openapi.json", None, "This description.", self.openapi),
            DeskOperation("GET", "/api/me", reader, "Who you are, and your roles.", self.me),
            DeskOperation("POST", "/api/session", None, "Sign in: keep a token in a cookie.", self.sign_in, SignIn),
            DeskOperation("DELETE", "/api/session", reader, "Sign out.", self.sign_out),
            DeskOperation(
                "GET",
                "/api/events",
                reader,
                "Sources that change, as server-sent events.",
                self.events,
                media="text/event-stream",
                query=("after",),
            ),
            DeskOperation(
                "POST",
                "/api/sources",
                DeskRole.EDITOR,
                "Submit a source, or a ZIP file of sources: its bytes, and its name. What is known is not made again.",
                self.submit,
                media="application/json",
                query=("name",),
            ),
            DeskOperation(
                "GET",
                "/api/sources",
                reader,
                "Current sources, or those of one document.",
                self.sources,
                query=("after", "limit", "symbol"),
            ),
            DeskOperation("GET", one, reader, "A source with its report, decisions and versions.", self.source),
            DeskOperation("DELETE", one, DeskRole.EDITOR, "Take a source that failed off the page.", self.remove),
            DeskOperation(
                "GET",
                f"{one}/original",
                reader,
                "The source as it was sent.",
                self.original,
                media="application/octet-stream",
            ),
            DeskOperation("GET", f"{one}/edition.pdf", reader, "The edition.", self.edition, media="application/pdf"),
            DeskOperation(
                "GET",
                f"{one}/edition{{suffix}}",
                reader,
                f"The document in another form. {form}.",
                self.form,
                media="application/octet-stream",
            ),
            DeskOperation(
                "GET",
                f"{one}/comparison",
                reader,
                "What changed since the approved version, or the one before; as a page too.",
                self.comparison,
            ),
            DeskOperation(
                "POST",
                f"{one}/decisions",
                DeskRole.APPROVER,
                "Approve, reject, or undo the last decision.",
                self.decide,
                DecisionOrder,
            ),
            DeskOperation("POST", f"{one}/prints", DeskRole.PRINTER, "Print the approved edition, once.", self.print),
            DeskOperation(
                "GET",
                "/api/concordance",
                reader,
                "Where language versions disagree; as a page too.",
                self.concordance,
                query=("symbol",),
            ),
            DeskOperation(
                "GET",
                "/api/editions/{sha256}/pages/{page}.png",
                reader,
                "The picture of a page.",
                self.page,
                media="image/png",
                query=("dpi",),
            ),
        )

    def routes(self) -> list[Route]:
        """Return the routes of all operations."""
        return [Route(each.path, self._endpoint(each), methods=[each.method]) for each in self.operations()]

    def _endpoint(self, operation: DeskOperation) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            request.scope["masthead.route"] = operation.path
            user = self.gate.admit(request, operation.role)
            body = None
            if operation.body:
                try:
                    body = operation.body.model_validate_json(await small_body(request))
                except ValidationError as error:
                    said = error.errors(include_url=False, include_input=False, include_context=False)
                    return JSONResponse({"message": "invalid body", "errors": said}, 422)
            return await operation.handle(Call(request, user, body))

        return endpoint


async def refused(request: Request, error: Exception) -> Response:
    """Return the answer for a request that is refused, or that cannot be done."""
    if isinstance(error, HTTPException):
        return JSONResponse({"message": error.detail}, error.status_code, headers=error.headers)
    if isinstance(error, MastheadError):
        if type(error) is MastheadError:
            _log.error("%s: %s", request.scope["path"], error)  # a bug, met by this document
        return JSONResponse({**plain(error), "exit_code": error.exit_code}, _STATUS.get(type(error).__name__, 422))
    _log.error("%s: %s", request.scope["path"], error)
    return JSONResponse({"message": "the server cannot write to its disk"}, 503, {"retry-after": "60"})


REFUSED = (HTTPException, MastheadError, OSError, sqlite3.Error)
"""The exceptions that `refused` answers."""
_STATUS = {"OrderError": 400, "BaselineError": 409, "PrintError": 502}
_MEDIA = {
    ".html": "text/html",
    ".md": "text/markdown",
    ".akn": "application/akn+xml",
    ".xml": "application/akn+xml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def now() -> str:
    """Return the time, in UTC to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _plain(decision: Decision) -> dict[str, Any]:
    return {name: getattr(decision, name) for name in ("act", "by", "when", "why", "sha256")}


def _event(source: dict[str, Any]) -> str:
    return f"id: {source['revision']}\ndata: {json.dumps(source, ensure_ascii=False)}\n\n"


def _asks_for_html(call: Call) -> bool:
    return "text/html" in call.request.headers.get("accept", "")
