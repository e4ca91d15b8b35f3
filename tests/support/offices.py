"""A desk in this process, whose workers make nothing, for tests of its API."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from desks import Answer
from masthead.batch import Product
from masthead.batch.tasks import Identity
from masthead.comparison import DocumentKey
from masthead.document import MastheadError, ResourceError, SourceError
from masthead.publication import SourceFile
from masthead.service.desk import DeskFolder, DeskRole, DeskSettings, DeskUser, TokenFile, application, views

Given = TypeVar("Given")
TOKENS = {str(role): DeskUser(f"the {role}", frozenset([role])) for role in DeskRole}
TOKENS["all"] = DeskUser("Layla", frozenset(DeskRole))


async def within_half_a_minute(scenario: Awaitable[Given]) -> Given:
    """Await it, and return its result. What takes longer waits for something that does not come: that is a failure."""
    try:
        return await asyncio.wait_for(scenario, 30)
    except TimeoutError:
        raise AssertionError("it did not end in half a minute") from None


class LostError(Exception):
    """What the executor of these tests raises for a worker that is lost."""


class Workers:
    """An executor in this process. A source is its symbol, its language and a text: `A/1 en words`.

    `faults` are raised, one for each task, before anything is done.
    """

    width = 1
    drafts = None

    def __init__(self, *faults: Exception) -> None:
        self.faults, self.done = list(faults), list[tuple[str, Any, int]]()

    @property
    def readers(self) -> Workers:
        return self

    def submit(self, function: Callable[[Any], Any], given: Any, size: int = 0) -> Future[Any]:
        self.done.append((function.__name__, given, size))
        future: Future[Any] = Future()
        try:
            if self.faults:
                raise self.faults.pop(0)
            future.set_result(getattr(self, f"_{function.__name__}")(given))
        except Exception as error:
            future.set_exception(error)
        return future

    def loss(self, error: BaseException, size: int = 0) -> MastheadError | None:
        return ResourceError("the worker was lost") if isinstance(error, LostError) else None

    def _make(self, source: SourceFile) -> views.MadeEdition:
        symbol, language, *words = source.data.decode().split()
        if symbol == "bad":
            raise SourceError("no symbol", where=source.name, hint="add one", others=[SourceError("no title")])
        levels = [word for word in words if word in ("error", "warning")]
        findings = [{"severity": level, "message": level} for level in levels]
        report = {"failed": "error" in words, "findings": findings}
        pdf = b"%PDF " + source.data
        product = Product(Identity("x", language, "note"), pdf, "", "", {}, report, 1.5, {})
        return views.MadeEdition(product, pdf, DocumentKey(symbol, language), len(words))

    def _draw(self, asked: tuple[bytes, int, int]) -> bytes:
        return b"PNG %d at %d of %b" % (asked[1], asked[2], asked[0])

    def _convert(self, asked: tuple[SourceFile, str]) -> bytes:
        return f"{asked[0].name} as {asked[1]}".encode()

    def _compare(self, asked: views.ComparisonOrder) -> tuple[dict[str, Any], str]:
        return {"from": asked.before[0], "to": asked.after[0]}, f"<!DOCTYPE html>{asked.nonce}"

    def _concord(self, sources: list[SourceFile]) -> tuple[dict[str, Any], str]:
        return {"disagreements": [1] * len(sources)}, "<!DOCTYPE html>"


@dataclass(slots=True)
class Office:
    """A desk below a folder, and what is asked of it while it runs."""

    folder: DeskFolder
    makers: Workers = field(default_factory=Workers)
    viewers: Workers = field(default_factory=Workers)
    log: io.StringIO = field(default_factory=io.StringIO)
    rate: tuple[float, int] = (1000, 1000)
    app: Any = None

    def run(self, scenario: Callable[[], Awaitable[object]]) -> None:
        users = TokenFile(None, TOKENS.items())
        settings = DeskSettings(("desk.example",), *self.rate, self.log)
        self.app = application(self.folder, users, self.makers, self.viewers, settings)

        async def whole() -> None:
            async with self.app.router.lifespan_context(self.app):
                await within_half_a_minute(scenario())

        asyncio.run(whole())

    async def ask(self, method: str, path: str, body: bytes | dict[str, Any] = b"", *, token: str = "all",
        gone: bool = False, **headers: str) -> Answer:  # fmt: skip
        """Return the answer to a request; a client that is `gone` leaves before it has sent all of the body."""
        path, _, query = path.partition("?")
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        said = {"host": "localhost", **({"authorization": f"Bearer {token}"} if token else {})}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
            "scheme": "http", "client": ("192.0.2.1", 1), "root_path": "", "http_version": "1.1",
            "headers": [(name.encode(), value.encode()) for name, value in said.items()],
        }  # fmt: skip
        waiting: list[dict[str, Any]] = [{"type": "http.request", "body": data, "more_body": gone}]
        waiting += [{"type": "http.disconnect"}] * gone
        sent: list[Any] = []

        async def receive() -> Any:
            return waiting.pop(0) if waiting else await asyncio.sleep(60)

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        heads = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], heads, b"".join(each.get("body", b"") for each in sent))

    async def submit(self, text: str, name: str = "a.md", token: str = "all") -> Answer:
        return await self.ask("POST", f"/api/sources?name={name}", text.encode(), token=token)

    async def settled(self, text: str, name: str = "a.md") -> dict[str, Any]:
        """Submit a source, and return what has become of it."""
        (source,) = (await self.submit(text, name)).values["sources"]
        return await self.until(f"/api/sources/{source['id']}", lambda found: found["state"] != "waiting")

    async def until(self, path: str, done: Callable[[Any], bool]) -> Any:
        """Ask until the values of the answer, or its text if it has none, are as wanted; return them."""
        for _ in range(2000):
            answer = await self.ask("GET", path)
            found = answer.values if answer.headers["content-type"] == "application/json" else answer.body.decode()
            if done(found):
                return found
            await asyncio.sleep(0.005)
        raise AssertionError(f"it did not happen: {found}")

    async def decide(self, source: dict[str, Any], act: str, why: str = "agreed") -> Answer:
        return await self.ask("POST", f"/api/sources/{source['id']}/decisions", {"act": act, "why": why})
