"""The workers of a desk: they make what waits, oldest first, and find out whether language versions agree.

What waits is in the record alone, so a server that is killed goes on where it was.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool

from masthead.batch import Executor, TimeLimitError
from masthead.document import MastheadError, ResourceError, files
from masthead.publication import SourceFile
from masthead.service.desk import views
from masthead.service.desk.record import DeskFolder, DeskRecord, SubmittedSource

Given = TypeVar("Given")
Made = TypeVar("Made")

_TRIES = 2  # of a source whose worker is lost
_VIEWS = 4  # that viewing workers are given at once
_REST = 1  # seconds after an unforeseen error: what is wrong with the disk, say, may pass
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Making:
    """Makes editions by `makers`, and all that somebody waits for at the page by `viewers`: those must not queue.

    `observe` is called with the seconds that an edition took; `lost` counts the workers that were lost.
    """

    folder: DeskFolder
    record: DeskRecord
    makers: Executor
    viewers: Executor
    observe: Callable[[float], object] = lambda seconds: None
    lost: int = 0
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _under_way: set[str] = field(default_factory=set)
    _symbols: deque[str] = field(default_factory=deque)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_VIEWS))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Make what waits, while the block runs."""
        self._symbols.extend(self.record.symbols())
        tasks = [asyncio.create_task(self._consume()) for _ in range(self.makers.width)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self) -> None:
        """Say that there is something to make. To be called in the thread of the event loop."""
        self._wake.set()

    async def ask(self, function: Callable[[Given], Made], given: Callable[[], Given], size: int = 0) -> Made:
        """Return what a viewing worker answers. Raises MastheadError.

        What it is `given` is loaded when it is its turn, so that those who wait take no memory.
        """
        async with self._turns:
            return await self._done(self.viewers, function, await run_in_threadpool(given), size)

    async def _consume(self) -> None:
        while True:
            self._wake.clear()
            waiting = self.record.waiting(len(self._under_way) + 1)
            found = next((each for each in waiting if each.id not in self._under_way), None)
            if found:
                await self._guarded(found.id, self._make(found))
            elif self._symbols:
                symbol = self._symbols.popleft()
                await self._guarded(symbol, self._agree(symbol))
            else:
                await self._wake.wait()

    async def _guarded(self, name: str, work: Any) -> None:
        """Do the work; a bug in it must not end the making of all others."""
        self._under_way.add(name)
        try:
            await work
        except Exception:
            _log.exception("%s was not finished", name)
            await asyncio.sleep(_REST)
        finally:
            self._under_way.discard(name)

    async def _make(self, source: SubmittedSource) -> None:
        try:
            given = await run_in_threadpool(self.load, source)
            made = await self._done(self.makers, views.make, given, source.size)
            sha256 = files.sha256(made.pdf)
            await run_in_threadpool(files.save, self.folder.edition(sha256), made.pdf)
        except MastheadError as error:
            await run_in_threadpool(self.record.failed, source.id, plain(error))
            return
        product = made.product
        values = {"type": product.identity.type, "pdf": sha256, "pages": made.pages, "seconds": product.seconds}
        await run_in_threadpool(self.record.made, source.id, made.key, product.report, **values)
        self.observe(product.seconds)
        self._symbols.append(made.key.symbol)
        self.wake()

    async def _agree(self, symbol: str) -> None:
        """Find out on how much the language versions of a document disagree, unless that is known."""
        sources = await run_in_threadpool(self.record.languages, symbol)
        versions, known = versions_of(sources), await run_in_threadpool(self.record.agreement, symbol)
        if len(sources) < 2 or (known and known[0] == versions):
            return
        try:
            given = await run_in_threadpool(self._load_all, sources)
            found, _ = await self._done(self.makers, views.concord, given, _size(sources))
            disagreements = len(found["disagreements"])
        except MastheadError:  # the page of the concordance says why
            disagreements = -1
        await run_in_threadpool(self.record.agree, symbol, versions, disagreements)

    async def concord(self, sources: Sequence[SubmittedSource]) -> tuple[dict[str, Any], str]:
        """Return the concordance of sources, as values and as a page. Raises MastheadError."""
        return await self.ask(views.concord, lambda: self._load_all(sources), _size(sources))

    def load(self, source: SubmittedSource) -> SourceFile:
        """Return the bytes of a source, with its name. Raises ResourceError."""
        return SourceFile(source.name, read(self.folder.source(source.id, source.suffix)))

    def _load_all(self, sources: Sequence[SubmittedSource]) -> list[SourceFile]:
        return [self.load(each) for each in sources]

    async def _done(self, executor: Executor, function: Callable[[Given], Made], given: Given, size: int) -> Made:
        for left in reversed(range(_TRIES)):
            try:
                return await asyncio.wrap_future(executor.submit(function, given, size))
            except MastheadError:
                raise
            except Exception as error:
                loss = executor.loss(error, size)
                self.lost += loss is not None
                if loss is None or not left or isinstance(loss, TimeLimitError):
                    raise loss or MastheadError.unexpected(error) from None
        raise AssertionError  # the last try returns or raises


def read(path: Path) -> bytes:
    """Return a file of the desk. Raises ResourceError."""
    try:
        return path.read_bytes()
    except OSError as error:
        hint = "restore it from a backup"
        raise ResourceError(f"a file of the desk is lost: {files.reason(error)}", where=path.name, hint=hint) from None


def _size(sources: Sequence[SubmittedSource]) -> int:
    return sum(each.size for each in sources)


def versions_of(sources: Sequence[SubmittedSource]) -> str:
    """Return a digest that says which sources were compared."""
    return files.sha256("\n".join(each.id for each in sources).encode())


def plain(error: MastheadError) -> dict[str, Any]:
    """Return an error as the record and the API have it."""
    first, *others = ({"message": e.message, "where": e.where, "hint": e.hint} for e in error.each)
    return {**first, "others": others}
