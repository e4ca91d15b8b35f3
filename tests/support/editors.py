"""A text editor that talks to `masthead lsp` over standard input and output: pygls' own client."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

PATIENCE = 60.0  # seconds: the machine may be busy

T = TypeVar("T")


class Editor(LanguageClient):
    """An editor with what the server has sent to it."""

    def __init__(self) -> None:
        super().__init__("tests", "1")
        self.sent: dict[str, list[lsp.PublishDiagnosticsParams]] = {}
        self.shown: list[lsp.ShowDocumentParams] = []
        self.messages: list[str] = []
        self.arrived = asyncio.Event()

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def take(params: lsp.PublishDiagnosticsParams) -> None:
            self.sent.setdefault(params.uri, []).append(params)
            self.arrived.set()

        @self.feature(lsp.WINDOW_SHOW_MESSAGE)
        def read(params: lsp.ShowMessageParams) -> None:
            self.messages.append(params.message)
            self.arrived.set()

        @self.feature(lsp.WINDOW_SHOW_DOCUMENT)
        def show(params: lsp.ShowDocumentParams) -> lsp.ShowDocumentResult:
            self.shown.append(params)
            self.arrived.set()
            return lsp.ShowDocumentResult(True)

    async def until(self, holds: Callable[[], Any]) -> None:
        """Wait for messages of the server until something holds."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                self.arrived.clear()
                await self.arrived.wait()

    def open(self, path: Path, text: str | None = None) -> str:
        """Open a file, with a text that need not be saved; return its URI."""
        uri = path.as_uri()
        text = path.read_text("utf-8") if text is None else text
        item = lsp.TextDocumentItem(uri, "markdown", 1, text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return uri

    def type(self, uri: str, version: int, line: int, column: int, text: str, *, over: int = 0) -> None:
        """Type a text at a place, counted from 0, over so many characters of the line."""
        place = lsp.Range(lsp.Position(line, column), lsp.Position(line, column + over))
        change = lsp.TextDocumentContentChangePartial(place, text)
        document = lsp.VersionedTextDocumentIdentifier(version, uri)
        self.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    async def findings(self, uri: str, version: int) -> list[lsp.Diagnostic]:
        """Return what is found in a version, once the server has sent it."""
        await self.until(lambda: any(each.version == version for each in self.sent.get(uri, ())))
        return next(list(each.diagnostics) for each in self.sent[uri] if each.version == version)


@asynccontextmanager
async def editing(folder: Path) -> AsyncIterator[Editor]:
    """Begin a server in a folder, and yield the editor that talks to it."""
    editor = Editor()
    await editor.start_io(sys.executable, "-m", "masthead", "lsp", cwd=str(folder))
    capabilities = lsp.ClientCapabilities()
    await editor.initialize_async(lsp.InitializeParams(capabilities, root_uri=folder.as_uri()))
    editor.initialized(lsp.InitializedParams())
    try:
        yield editor
    finally:
        if not editor.stopped:
            await editor.shutdown_async(None)
            editor.exit(None)
        await editor.stop()


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """Yield an editor for tests that are not coroutines: its loop runs in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def wait(asked: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(asked, loop).result(PATIENCE)

    session = editing(folder)
    try:
        yield Desk(wait(session.__aenter__()), folder, wait)
    finally:
        wait(session.__aexit__(None, None, None))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Desk:
    """An editor and the folder that it has opened."""

    def __init__(self, editor: Editor, folder: Path, wait: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        self.editor, self.folder, self.wait = editor, folder, wait
        self.versions: dict[str, int] = {}

    def open(self, name: str, text: str) -> str:
        """Save a source, open it, wait until it has been checked, and return its URI."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        self.versions[path.as_uri()] = 1

        async def opened() -> str:
            uri = self.editor.open(path)
            await self.editor.findings(uri, 1)
            return uri

        return self.wait(opened())

    def type(self, uri: str, line: int, column: int, text: str, *, over: int = 0) -> list[lsp.Diagnostic]:
        """Type a text, and return what is found at once."""
        self.versions[uri] += 1

        async def typed() -> list[lsp.Diagnostic]:
            self.editor.type(uri, self.versions[uri], line, column, text, over=over)
            return await self.editor.findings(uri, self.versions[uri])

        return self.wait(typed())

    def later(self, uri: str) -> list[lsp.Diagnostic]:
        """Return what the check of the whole source finds after a pause."""

        async def checked() -> list[lsp.Diagnostic]:
            sent = self.editor.sent[uri]
            count = sum(each.version == self.versions[uri] for each in sent)
            if count < 2:
                await self.editor.until(lambda: sum(each.version == self.versions[uri] for each in sent) > 1)
            return list(sent[-1].diagnostics)

        return self.wait(checked())

    def ask(self, feature: str, uri: str, line: int, column: int, **others: Any) -> Any:
        """Ask about a place, counted from 0: `completion`, `hover`."""
        asked = getattr(self.editor, f"text_document_{feature}_async")
        kinds = {"references": "Reference"}
        name = kinds.get(feature, "".join(map(str.capitalize, feature.split("_"))))
        params = getattr(lsp, f"{name}Params")
        place = lsp.Position(line, column)
        return self.wait(asked(params(text_document=lsp.TextDocumentIdentifier(uri), position=place, **others)))
