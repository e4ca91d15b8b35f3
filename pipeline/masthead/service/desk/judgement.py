"""What approvers do with an edition: compare it, decide about it, and have it printed."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from masthead.comparison import Comparison, Pair, PdfFile, Side, baselines
from masthead.service.desk import views
from masthead.service.desk.making import read
from masthead.service.desk.operations import SANDBOX, Call, DecisionOrder
from masthead.service.desk.page import language_of
from masthead.service.desk.record import SubmittedSource
from masthead.service.desk.state import Desk, now
from masthead.service.desk.tokens import DeskRole
from masthead.service.guard import policy

_PRINTING = 5  # seconds that somebody waits for the printer


async def comparison(desk: Desk, call: Call) -> Response:
    """What has changed since the baseline, or if there is none, since the version before."""
    source, nonce = desk.made(call.path("id")), secrets.token_urlsafe()
    before = await run_in_threadpool(_before, desk, source)
    if before is None:
        raise HTTPException(404, "there is no other version to compare with")

    def sides() -> views.ComparisonOrder:
        old, new = ((each, read(desk.folder.edition(each))) for each in (before, source.pdf or ""))
        return views.ComparisonOrder(old, new, nonce, language_of(call.request))

    values, page = await desk.making.ask(views.compare, sides)
    if _asks_for_html(call):
        return HTMLResponse(page, headers={"content-security-policy": policy(nonce)})
    return JSONResponse(values)


def _before(desk: Desk, source: SubmittedSource) -> str | None:
    standing = desk.standings().get(str(source.key))
    if standing and standing.baseline and standing.baseline.sha256 != source.pdf:
        return standing.baseline.sha256
    older = (each.pdf for each in desk.record.versions(source.key) if each.number < source.number)
    return next((pdf for pdf in older if pdf != source.pdf), None)


async def concordance(desk: Desk, call: Call) -> Response:
    """Where the current language versions of a document disagree."""
    found = await run_in_threadpool(desk.record.languages, call.request.query_params.get("symbol", ""))
    if len(found) < 2:
        raise HTTPException(404, "there are no two language versions of this document")
    values, page = await desk.making.concord(found)
    if _asks_for_html(call):
        return HTMLResponse(page, headers={"content-security-policy": f"{SANDBOX}; script-src 'unsafe-inline'"})
    return JSONResponse(values)


async def decide(desk: Desk, call: Call) -> Response:
    """Record a decision on the edition of a source, with its reason, who makes it, and in which role."""
    source = desk.made(call.path("id"))
    return JSONResponse(
        await run_in_threadpool(_decided, desk, source, call.body, f"{call.by.name} ({DeskRole.APPROVER})")
    )


def _decided(desk: Desk, source: SubmittedSource, order: DecisionOrder, by: str) -> dict[str, Any]:
    (shown,) = desk.shown([source])
    if not shown["current"]:
        raise HTTPException(409, "there is a newer version of this document")
    kept, when = desk.baselines, now()
    if order.act == "undo":
        kept.undo(source.key, by=by, when=when, why=order.why)
    elif order.act == "approve" and shown["approved"]:
        return shown
    else:
        data = read(desk.folder.edition(source.pdf or ""))
        name = f"{source.stem}.pdf"
        pair = Pair(source.key, None, PdfFile(name, source.pdf or "", lambda: data))
        comparison = Comparison(source.key, None, Side(source.pdf or ""))
        made = baselines.approval(comparison, pair) if order.act == "approve" else baselines.rejection(pair)
        kept.record([(replace(made, by=by, when=when, why=order.why), data)])
    desk.record.touch(source.id)
    return desk.shown([source])[0]


async def print_(desk: Desk, call: Call) -> Response:
    """Print the approved edition, once. The answer comes when that is done, or after some seconds."""
    source = desk.made(call.path("id"))
    (shown,) = await run_in_threadpool(desk.shown, [source])
    if desk.prints is None:
        raise HTTPException(409, "this desk has no printer")
    if not shown["approved"] or not shown["current"]:
        raise HTTPException(409, "only what is approved, and current, is printed")
    job = asyncio.wrap_future(desk.prints.begin(source))
    await asyncio.wait([job], timeout=_PRINTING)
    if job.done():
        job.result()
    return JSONResponse((await run_in_threadpool(desk.shown, [source]))[0], 200 if job.done() else 202)


def _asks_for_html(call: Call) -> bool:
    return "text/html" in call.request.headers.get("accept", "")
