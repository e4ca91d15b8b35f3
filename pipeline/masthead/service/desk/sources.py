"""Sources on the desk: submitted, listed, removed, and read as files, other forms and pictures of pages."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse, Response

from masthead import formats
from masthead.document import ResourceError, files
from masthead.service import view
from masthead.service.desk import intake, views
from masthead.service.desk.gate import body_in_file
from masthead.service.desk.making import plain, read
from masthead.service.desk.operations import SANDBOX, Call
from masthead.service.desk.record import SourceState, SubmittedSource
from masthead.service.desk.state import Desk, decision_shown, now

_MOST = 500  # sources in one answer
_WAITING = 5000  # sources that may wait to be made
_DPI = (40, 200)
_PAGE = re.compile(r"[0-9]{1,5}")
_SUFFIX = re.compile("|".join(re.escape(each) for each in formats.WRITABLE))
_MEDIA = {
    ".html": "text/html",
    ".md": "text/markdown",
    ".akn": "application/akn+xml",
    ".xml": "application/akn+xml",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


async def submit(desk: Desk, call: Call) -> Response:
    """Take a source or a bundle. The answer is sent when all of it is on the disk and in the record."""
    name = call.request.query_params.get("name", "")
    most = intake.limit(name)
    if (await run_in_threadpool(desk.record.counts))[SourceState.WAITING] >= _WAITING:
        raise HTTPException(503, "too many sources are waiting", {"retry-after": "60"})
    with desk.gate.upload():
        sent = await body_in_file(call.request, most, desk.folder.incoming)
        try:
            async with desk.turns:
                taken, refused = await run_in_threadpool(_take, desk, sent, name, call.by.name)
        finally:
            sent.unlink(missing_ok=True)
    desk.making.wake()
    status = 202 if any(is_new for _, is_new in taken) else 200 if taken else 422
    shown = await run_in_threadpool(desk.shown, [source for source, _ in taken])
    return JSONResponse({"sources": shown, "refused": refused}, status)


def _take(desk: Desk, sent: Any, name: str, by: str) -> tuple[list[tuple[SubmittedSource, bool]], list[dict[str, Any]]]:
    taken, refused = [], []
    for each in intake.sources(sent, name):
        if isinstance(each, intake.RefusedSource):
            refused.append({"name": each.name, **plain(each.error)})
            continue
        id = intake.digest(each)
        path = desk.folder.source(id, PurePosixPath(each.name).suffix.lower())
        if not path.exists():
            files.save(path, each.data)
        taken.append(desk.record.submit(id, each.name, len(each.data), by, now()))
    return taken, refused


async def listed(desk: Desk, call: Call) -> Response:
    """The current sources from one number on; `next` is that to go on from, if there are others."""
    query = call.request.query_params
    revision = desk.record.revision
    if symbol := query.get("symbol"):
        found = await run_in_threadpool(desk.record.languages, symbol)
        return JSONResponse({"sources": await run_in_threadpool(desk.shown, found), "revision": revision})
    most = call.number("limit", _MOST, 1, _MOST)
    found = await run_in_threadpool(desk.record.current, call.number("after", 0), most)
    more = {"next": found[-1].number} if len(found) == most else {}
    return JSONResponse({"sources": await run_in_threadpool(desk.shown, found), "revision": revision, **more})


async def source(desk: Desk, call: Call) -> Response:
    """All that is known of a source: its report, the decisions on its document, and the other versions."""
    source = desk.found(call.path("id"))
    return JSONResponse(await run_in_threadpool(_in_full, desk, source))


def _in_full(desk: Desk, source: SubmittedSource) -> dict[str, Any]:
    (shown,) = desk.shown([source])
    versions = desk.record.versions(source.key) if source.symbol else []
    history = [decision_shown(each) for each in desk.baselines.decisions() if each.document == str(source.key)]
    shown |= {"report": desk.record.report(source.id), "decisions": history if source.symbol else []}
    shown["versions"] = [{"id": each.id, "name": each.name, "sent": each.sent, "pdf": each.pdf} for each in versions]
    return shown


async def remove(desk: Desk, call: Call) -> Response:
    if not await run_in_threadpool(desk.record.remove, desk.found(call.path("id")).id):
        raise HTTPException(409, "only sources that failed can be removed")
    return JSONResponse({})


async def original(desk: Desk, call: Call) -> Response:
    source = desk.found(call.path("id"))
    return _file(desk.folder.source(source.id, source.suffix), source.name, "application/octet-stream")


async def form(desk: Desk, call: Call) -> Response:
    """A source in another form."""
    source, suffix = desk.found(call.path("id")), call.path("suffix", _SUFFIX)
    data = await desk.making.ask(views.convert, lambda: (desk.making.load(source), suffix), source.size)
    headers = (
        {"content-security-policy": SANDBOX}
        if suffix == ".html"
        else {"content-disposition": f"attachment; filename*=utf-8''{quote(source.stem + suffix)}"}
    )
    return Response(data, media_type=_MEDIA.get(suffix, "text/plain"), headers=headers)


async def edition(desk: Desk, call: Call) -> Response:
    source = desk.made(call.path("id"))
    return _file(desk.folder.edition(source.pdf or ""), f"{source.stem}.pdf", "application/pdf")


async def page(desk: Desk, call: Call) -> Response:
    """The picture of a page. It never changes, as its address has the digest of the file."""
    sha256, page = call.path("sha256"), int(call.path("page", _PAGE))
    path, dpi = desk.folder.edition(sha256), call.number("dpi", view.DPI, *_DPI)
    if not path.is_file():
        raise HTTPException(404, "there is no such edition")
    picture = await desk.making.ask(views.draw, lambda: (read(path), page, dpi))
    return Response(picture, media_type="image/png", headers={"cache-control": "private, max-age=86400, immutable"})


def _file(path: Path, name: str, media: str) -> Response:
    if not path.is_file():
        raise ResourceError("a file of the desk is lost", where=path.name, hint="restore it from a backup")
    return FileResponse(
        path,
        media_type=media,
        filename=name,
        content_disposition_type="inline" if media == "application/pdf" else "attachment",
    )
