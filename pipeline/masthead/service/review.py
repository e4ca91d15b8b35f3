"""`masthead review`: an ASGI application that shows comparisons in the browser and records decisions.

No address names a path: documents are numbered, so the server reads no file but those under review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from masthead.comparison import Baselines, Comparison, Decision, Pair, PdfFile, Standing, baselines
from masthead.document import MastheadError
from masthead.pdf import raster
from masthead.service import view
from masthead.service.feed import Feed
from masthead.service.guard import Guard

ACTS = ("approve", "page", "reject", "undo")


@dataclass(frozen=True, slots=True)
class Case:
    """One document under review, as it was when the review began."""

    pair: Pair
    comparison: Comparison

    def file(self, side: str) -> PdfFile | None:
        """Return the file on one side."""
        return self.pair.baseline if side == "baseline" else self.pair.candidate


@dataclass(slots=True)
class Review:
    """The documents to review, where decisions are recorded, who decides, and the clock (`now`, ISO 8601).

    Of `total` documents, those that have changed are added in another thread, while the page shows those before.
    """

    total: int
    baselines: Baselines
    by: str
    now: Callable[[], str]
    guard: Guard = field(default_factory=Guard)
    feed: Feed[Case] = field(default_factory=Feed)
    compared: int = 0
    error: str = ""

    @property
    def cases(self) -> list[Case]:
        """The documents that have changed, as far as they are compared."""
        return self.feed.items

    def fill(self, cases: Iterable[Case]) -> None:
        """Add the documents that have changed, until there are no others or one cannot be compared."""
        try:
            for case in cases:
                self.compared += 1
                if not case.comparison.same:
                    self.cases.append(case)
        except MastheadError as error:
            self.error = str(error)
        self.feed.ended = True

    def app(self) -> Starlette:
        """Return the application."""
        routes = [
            Route("/", self._index),
            Route("/events", self._events),
            Route("/sheets/{case:int}/{side:str}/{page:int}.png", self._sheet),
            Route("/decisions", self._decide, methods=["POST"]),
        ]
        return Starlette(routes=routes, middleware=self.guard.middleware())

    async def _index(self, request: Request) -> Response:
        try:
            await run_in_threadpool(self.baselines.standings)
        except MastheadError as error:
            return PlainTextResponse(f"{error}\n{error.hint}\n", status_code=409)
        return HTMLResponse(view.page((), token=self.guard.token, nonce=self.guard.nonce))

    async def _events(self, request: Request) -> Response:
        return self.feed.response(self._added, self._ended)

    def _added(self, before: int, cases: Sequence[Case]) -> dict[str, Any]:
        """The documents of the cases from number `before` on, and how many are still to be compared."""
        documents = self._documents(range(before, before + len(cases)))
        return {"documents": documents, "left": self.total - self.compared}

    def _ended(self) -> dict[str, Any]:
        """The groups, which are known when all documents are compared, and why that ended early."""
        return {"groups": view.show_groups(case.comparison for case in self.cases), "error": self.error}

    async def _sheet(self, request: Request) -> Response:
        number, side, page = (request.path_params[key] for key in ("case", "side", "page"))
        known = number < len(self.cases) and side in view.SIDES
        file = self.cases[number].file(side) if known else None
        if file is None:
            return Response(status_code=404)
        try:  # in a thread: drawing a page takes long enough to hold up other requests
            picture = await run_in_threadpool(lambda: raster.png(file.read(), page, view.DPI))
        except MastheadError as error:
            return JSONResponse({"message": str(error)}, status_code=404)
        return Response(picture, media_type="image/png")

    async def _decide(self, request: Request) -> Response:
        if not self.guard.admits(request):
            return JSONResponse({"message": "this request is not from the page of the review"}, status_code=403)
        invalid = JSONResponse({"message": "invalid decision, or the reason is missing"}, status_code=400)
        try:
            asked = await request.json()
            numbers = [int(each) for each in asked.get("documents", ())] or [int(asked["document"])]
            act, page, why = str(asked["act"]), int(asked["page"]), str(asked["why"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return invalid
        known = all(0 <= number < len(self.cases) for number in numbers)
        if not known or act not in ACTS or not why.strip() or (act == "page" and len(numbers) > 1):
            return invalid
        try:
            documents = await run_in_threadpool(self._recorded, numbers, act, page, why.strip())
        except MastheadError as error:
            return JSONResponse({"message": str(error)}, status_code=409)
        return JSONResponse({"documents": dict(zip(numbers, documents, strict=True))})

    def _recorded(self, numbers: Sequence[int], act: str, page: int, why: str) -> list[dict[str, Any]]:
        """Record a decision on documents, all or none, and return them as they are now. Raises BaselineError."""
        baselines.refuse_in_ci()
        standings = self.baselines.standings()
        if act == "undo":
            for number in numbers:
                self.baselines.undo(self.cases[number].pair.key, by=self.by, when=self.now(), why=why)
        else:
            made = [self._decision(number, act, page, standings) for number in numbers]
            self.baselines.record((replace(each, by=self.by, when=self.now(), why=why), data) for each, data in made)
        return self._documents(numbers)

    def _decision(self, number: int, act: str, page: int, standings: Mapping[str, Standing]) -> tuple[Decision, bytes]:
        """The decision on a document, and the bytes decided on."""
        case = self.cases[number]
        data = case.pair.candidate.read() if case.pair.candidate else b""
        if act == "reject":
            return baselines.rejection(case.pair), data
        standing = standings.get(str(case.pair.key), Standing())
        pages = (page,) if act == "page" else ()
        return baselines.approval(standing.applied(case.comparison), case.pair, pages=pages), data

    def _documents(self, numbers: Iterable[int]) -> list[dict[str, Any]]:
        standings = self.baselines.standings()
        history = defaultdict(list)
        for decision in self.baselines.decisions():
            shown = {"act": decision.act, "by": decision.by, "when": decision.when, "why": decision.why}
            history[decision.document].append({**shown, "pages": decision.pages})
        documents = [self._document(number, standings) for number in numbers]
        return [{**each, "history": history[each["document"]]} for each in documents]

    def _document(self, number: int, standings: Mapping[str, Standing]) -> dict[str, Any]:
        """A document as the script of the page takes it."""
        case = self.cases[number]
        standing = standings.get(str(case.pair.key), Standing())
        comparison = standing.applied(case.comparison)
        sides = {"baseline": case.comparison.baseline, "candidate": case.comparison.candidate}
        counts = {
            name: (side.pages if side and side.pages else raster.count(file.read()))
            for name, side in sides.items()
            if (file := case.file(name))
        }

        def address(side: str, page: int) -> str:
            return f"sheets/{number}/{side}/{page}.png" if page <= counts.get(side, 0) else ""

        document = view.show(comparison, address, max(counts.values(), default=0))
        candidate = case.pair.candidate.sha256 if case.pair.candidate else ""
        if not case.comparison.same and (standing.baseline.sha256 if standing.baseline else "") == candidate:
            document["state"] = "approved"
        elif comparison.rejected:
            document["state"] = "rejected"
        document["decided"] = standing.undoable
        return document
