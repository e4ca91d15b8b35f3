"""`masthead review`: comparisons in the browser, with decisions. An ASGI application; nothing is named by a path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from masthead.comparison import Act, Baselines, Comparison, Copy, Decision, Pair, Standing
from masthead.comparison import baselines as stored
from masthead.document import MastheadError
from masthead.pdf import raster
from masthead.service import view
from masthead.service.guard import Guard

SIDES = ("baseline", "candidate")


@dataclass(frozen=True, slots=True)
class Case:
    """One document under review, as it was when the review began."""

    pair: Pair
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Review:
    """What is reviewed, where decisions are kept, who decides, and the clock that dates them (`now`, ISO 8601)."""

    cases: tuple[Case, ...]
    kept: Baselines
    by: str
    now: Callable[[], str]
    guard: Guard = field(default_factory=Guard)

    def app(self) -> Starlette:
        """The application."""
        routes = [
            Route("/", self._index),
            Route("/sheets/{case:int}/{side:str}/{page:int}.png", self._sheet),
            Route("/decisions", self._decide, methods=["POST"]),
        ]
        return Starlette(routes=routes, middleware=self.guard.middleware())

    async def _index(self, request: Request) -> Response:
        try:
            shown = await run_in_threadpool(self._all)
        except MastheadError as error:
            return PlainTextResponse(f"{error}\n{error.hint}\n", status_code=409)
        return HTMLResponse(view.page(shown, token=self.guard.token, nonce=self.guard.nonce))

    async def _sheet(self, request: Request) -> Response:
        number, side, page = (request.path_params[key] for key in ("case", "side", "page"))
        if number >= len(self.cases) or side not in SIDES:
            return Response(status_code=404)
        copy = self._copy(number, side)
        if copy is None:
            return Response(status_code=404)
        try:
            picture = await run_in_threadpool(lambda: raster.png(copy.read(), page, view.DPI))
        except MastheadError as error:
            return JSONResponse({"message": str(error)}, status_code=404)
        return Response(picture, media_type="image/png")

    async def _decide(self, request: Request) -> Response:
        if not self.guard.admits(request):
            return JSONResponse({"message": "this is not the page of the review"}, status_code=403)
        try:
            asked = await request.json()
            number, act, page, why = int(asked["document"]), str(asked["act"]), int(asked["page"]), str(asked["why"])
            case = self.cases[number] if number >= 0 else None
        except (ValueError, KeyError, TypeError, IndexError):
            case = None
        if case is None or act not in ("approve", "page", "reject", "undo") or not why.strip():
            return JSONResponse({"message": "not a decision, or no reason given"}, status_code=400)
        try:
            shown = await run_in_threadpool(self._recorded, number, act, page, why.strip())
        except MastheadError as error:
            return JSONResponse({"message": str(error)}, status_code=409)
        return JSONResponse(shown)

    def _recorded(self, number: int, act: str, page: int, why: str) -> dict[str, Any]:
        """Record a decision, and return how the document stands now. Raises BaselineError."""
        stored.refuse_in_ci()
        case = self.cases[number]
        pair = case.pair
        if act == "undo":
            stored.undo(self.kept, pair.key, by=self.by, when=self.now(), why=why)
            return self._shown(number, self._record())
        data = pair.candidate.read() if pair.candidate else b""
        if act == "reject":
            candidate = pair.candidate or pair.baseline
            assert candidate is not None
            decision = Decision(
                Act.REJECT, str(pair.key), candidate.sha256, by="", when="", why="", name=candidate.name
            )
        else:
            standing = self.kept.standings().get(str(pair.key), Standing())
            comparison = standing.applied(case.comparison)
            decision = stored.approval(comparison, pair, pages=(page,) if act == "page" else ())
        self.kept.record([(replace(decision, by=self.by, when=self.now(), why=why), data)])
        return self._shown(number, self._record())

    def _record(self) -> tuple[dict[str, Standing], frozenset[str]]:
        """Where each document stands by now, and on which there is a decision to undo."""
        return self.kept.standings(), self.kept.undoable()

    def _all(self) -> list[dict[str, Any]]:
        record = self._record()
        return [self._shown(number, record) for number in range(len(self.cases))]

    def _shown(self, number: int, record: tuple[dict[str, Standing], frozenset[str]]) -> dict[str, Any]:
        """A case as the page takes it."""
        standings, undoable = record
        case = self.cases[number]
        standing = standings.get(str(case.pair.key), Standing())
        comparison = standing.applied(case.comparison)
        counts = {side: raster.count(copy.read()) for side in SIDES if (copy := self._copy(number, side))}

        def sheet(side: str, page: int) -> str:
            return f"sheets/{number}/{side}/{page}.png" if page <= counts.get(side, 0) else ""

        shown = view.show(comparison, sheet, max(counts.values(), default=0))
        candidate = case.pair.candidate.sha256 if case.pair.candidate else ""
        if not case.comparison.same and (standing.baseline.sha256 if standing.baseline else "") == candidate:
            shown["state"] = "approved"
        elif comparison.rejected:
            shown["state"] = "rejected"
        shown["decided"] = str(case.pair.key) in undoable
        return shown

    def _copy(self, number: int, side: str) -> Copy | None:
        pair = self.cases[number].pair
        return pair.baseline if side == "baseline" else pair.candidate
