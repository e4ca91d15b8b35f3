"""Who comes in, and what the desk says of itself: health, figures, sessions."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from masthead.service.desk.gate import COOKIE
from masthead.service.desk.operations import Call
from masthead.service.desk.state import Desk


async def health(desk: Desk, call: Call) -> Response:
    return JSONResponse({"ready": True})


async def figures(desk: Desk, call: Call) -> Response:
    for state, count in (await run_in_threadpool(desk.record.counts)).items():
        desk.metrics.sources.labels(state).set(count)
    desk.metrics.streams.set(desk.streams.total())
    desk.metrics.lost.set(desk.making.lost)
    return Response(generate_latest(desk.metrics.registry), media_type=CONTENT_TYPE_LATEST)


async def me(desk: Desk, call: Call) -> Response:
    return JSONResponse({"name": call.by.name, "roles": sorted(call.by.roles), "printer": desk.prints is not None})


async def sign_in(desk: Desk, call: Call) -> Response:
    """Keep the token in a cookie that scripts cannot read, for pictures and streams, which browsers ask for."""
    if desk.gate.tokens.user(call.body.token.encode()) is None:
        desk.gate.fail(call.request)
    answer = JSONResponse({})
    secure = call.request.url.scheme == "https"
    answer.set_cookie(COOKIE, call.body.token, max_age=30 * 86400, httponly=True, samesite="strict", secure=secure)
    return answer


async def sign_out(desk: Desk, call: Call) -> Response:
    answer = JSONResponse({})
    answer.delete_cookie(COOKIE)
    return answer
