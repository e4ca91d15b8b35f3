"""The language server: answers to a text editor over standard input and output."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import sys
import threading
from asyncio.subprocess import DEVNULL, PIPE, Process
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls import uris
from pygls.lsp.server import LanguageServer

from masthead.document import Finding, MastheadError, Position, Severity, organizations
from masthead.editing import lint
from masthead.editing.assistance import completing, explaining, labels, library
from masthead.editing.assistance.checking import Checked, check_now, check_whole
from masthead.editing.assistance.draft import LineSpan, SourceDraft
from masthead.editing.assistance.layout import laid_out
from masthead.editing.assistance.outlining import OutlineEntry, outline_of

PAUSE = 0.3  # seconds without a change after which the whole source is checked
PREVIEW, SHOW = "masthead.preview", "masthead.show"
"""The commands that open the pages of a source in the browser, and that show there what a line of it has become."""
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_COMPLETED = {
    "key": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.EnumMember,
    "note": lsp.CompletionItemKind.Reference,
    "mark": lsp.CompletionItemKind.Keyword,
    "symbol": lsp.CompletionItemKind.File,
}
_OUTLINED = {
    "heading": lsp.SymbolKind.String,
    "paragraph": lsp.SymbolKind.Field,
    "table": lsp.SymbolKind.Array,
    "figure": lsp.SymbolKind.Object,
}
_WORD = re.compile(r"\w+|\S")


@dataclass(slots=True)
class OpenSource:
    """A source that is open in the editor: what it was when it was last checked as a whole, and who checks it now."""

    draft: SourceDraft
    checked: Checked | None = None
    checking: asyncio.Task[None] | None = None
    preview: Process | None = None
    address: str = ""
    following: asyncio.Task[None] | None = None
    version: int | None = None
    again: bool = False


class MastheadServer(LanguageServer):
    """The server with the sources that are open in the editor."""

    def __init__(self) -> None:
        super().__init__("masthead", metadata.version("masthead"))
        self.open: dict[str, OpenSource] = {}
        self.configuration = lint.Configuration()
        self._worker: ProcessPoolExecutor | None = None

    def configure(self) -> None:
        """Read the settings of lint in the folder that the editor has opened, if there are any; begin the worker."""
        path = Path(self.workspace.root_path or ".") / lint.FILE
        with suppress(MastheadError):
            if path.is_file():
                self.configuration = lint.configure(path)
        self._begin()

    def _begin(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        self._worker = ProcessPoolExecutor(1, context, _begin_worker, organizations.current().key)
        self._worker.submit(check_whole, "", "X.md", self.configuration)  # which imports what it needs
        return self._worker

    def source(self, uri: str) -> OpenSource:
        """Return an open source as it is in the editor now."""
        document = self.workspace.get_text_document(uri)
        held = self.open.get(uri)
        if held is None or held.version != document.version or document.version is None:
            path = uris.to_fs_path(uri) if uri.startswith("file:") else None
            draft = SourceDraft(path or "untitled.md", document.source)  # which is not saved yet
            held = held or self.open.setdefault(uri, OpenSource(draft))
            held.draft, held.version = draft, document.version
        return held

    def end(self) -> None:
        """End what the server has begun."""
        if self._worker:
            self._worker.shutdown(wait=False, cancel_futures=True)
        for each in self.open.values():
            if each.preview and each.preview.returncode is None:
                each.preview.terminate()

    # --- findings -----------------------------------------------------------------------------------------------------

    def changed(self, uri: str) -> None:
        """Send the findings that are known at once, and check the whole source after a pause."""
        held = self.source(uri)
        if held.checked:
            self._send(uri, held)
        held.again = True
        if held.checking is None or held.checking.done():
            held.checking = asyncio.create_task(self._check(uri, held))

    async def _check(self, uri: str, held: OpenSource) -> None:
        while held.again:
            held.again = False
            if held.checked:
                await asyncio.sleep(PAUSE)
                if held.again:
                    continue
            draft = held.draft
            worker = self._worker or self._begin()
            arguments = draft.text, draft.name, self.configuration
            try:
                checked = await asyncio.get_running_loop().run_in_executor(worker, check_whole, *arguments)
            except BrokenProcessPool:  # killed from outside: the next change begins another
                self._worker = None
                continue
            if uri not in self.open:
                return
            if held.checked and not checked.references:  # what cannot be read now keeps its references
                checked = replace(checked, references=held.checked.references, labels=held.checked.labels)
            is_first, held.checked = held.checked is None, checked
            self._send(uri, held)
            if is_first:  # the first key would wait for what is loaded when it is first used
                check_now(checked, SourceDraft(draft.name, f"{draft.text}\n"), self.configuration)

    def _send(self, uri: str, held: OpenSource) -> None:
        found = check_now(held.checked or Checked(""), held.draft, self.configuration)
        diagnostics = [self._diagnostic(held.draft, each) for each in found]
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, diagnostics, held.version))

    def _diagnostic(self, draft: SourceDraft, finding: Finding) -> lsp.Diagnostic:
        position = finding.position or Position(1, 1)
        line, start = draft.line(position.line), position.column - 1
        word = _WORD.match(line, start)
        has_old = bool(finding.old) and line.startswith(finding.old, start)
        end = start + len(finding.old) if has_old else word.end() if word else min(start + 1, len(line))
        message = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
        return lsp.Diagnostic(
            self.range(draft, LineSpan(position.line, position.column, end + 1)),
            message,
            _SEVERITIES[finding.severity],
            finding.rule,
            source="masthead",
            data={"fix": finding.fix} if finding.fix is not None and has_old else None,
        )

    # --- places -------------------------------------------------------------------------------------------------------

    def range(self, draft: SourceDraft, span: LineSpan) -> lsp.Range:
        """Return a span in the units of the editor."""
        units, line = self.workspace.position_codec.client_num_units, draft.line(span.line)
        start, end = (units(line[: column - 1]) for column in (span.start, span.end))
        return lsp.Range(lsp.Position(span.line - 1, start), lsp.Position(span.line - 1, end))

    def place(self, draft: SourceDraft, position: lsp.Position) -> Position:
        """Return a place that the editor gives."""
        if position.line >= len(draft.lines):
            return Position(len(draft.lines) + 1, 1)
        counted = self.workspace.position_codec.position_from_client_units(draft.lines, position)
        return Position(counted.line + 1, counted.character + 1)

    def lines(self, draft: SourceDraft, first: int, last: int) -> lsp.Range:
        """Return whole lines in the units of the editor."""
        end = self.range(draft, LineSpan(last, 1, len(draft.line(last)) + 1)).end
        return lsp.Range(lsp.Position(first - 1, 0), end)

    # --- pages --------------------------------------------------------------------------------------------------------

    async def preview(self, uri: str) -> str:
        """Show the pages of a source in the browser, and return their address.

        A click on a page shows its line in the editor.
        """
        held = self.source(uri)
        if held.preview and held.preview.returncode is None:
            return held.address
        organization = organizations.current()
        house = () if organization.is_bundled else ("--organization", str(organization.folder))
        command = (sys.executable, "-m", "masthead", "watch", held.draft.name, "--open", "--follow", *house)
        held.preview = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        first = await held.preview.stdout.readline() if held.preview.stdout else b""
        held.address = first.decode().partition(" ")[0].strip()
        held.following = asyncio.create_task(self._follow(uri, held.preview))
        return held.address

    async def _follow(self, uri: str, preview: Process) -> None:
        """Show in the editor each line that the preview prints: `file:line:column`."""
        while preview.stdout and (printed := await preview.stdout.readline()):
            found = re.search(r":(\d+):\d+$", printed.decode().rstrip())
            if found and (held := self.open.get(uri)):
                line = int(found[1])
                selection = self.range(held.draft, LineSpan(line, 1, 1))
                self.window_show_document(lsp.ShowDocumentParams(uri, take_focus=True, selection=selection))

    async def show(self, uri: str, line: int) -> None:
        """Show in the preview what a line, counted from 0, has become."""
        held = self.open.get(uri)
        if held and held.preview and held.preview.stdin and held.preview.returncode is None:
            held.preview.stdin.write(f"{line + 1}\n".encode())
            await held.preview.stdin.drain()


def _begin_worker(folders: tuple[Path, ...], digest: str) -> None:
    """Work for this organization, and end when the server is gone, however that has ended."""
    organizations.begin(folders, digest)
    parent = multiprocessing.parent_process()

    def wait() -> None:
        if parent:
            parent.join()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def serve() -> None:
    """Answer a text editor until it ends the server."""
    server = create()
    try:
        server.start_io()
    finally:
        server.end()


def create() -> MastheadServer:
    """Return the server with all that it answers to."""
    server = MastheadServer()

    @server.feature(lsp.INITIALIZED)
    def initialized(params: lsp.InitializedParams) -> None:
        server.configure()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        server.changed(params.text_document.uri)  # pictures may have changed too

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        held = server.open.pop(params.text_document.uri, None)
        if held and held.preview and held.preview.returncode is None:
            held.preview.terminate()
        server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(params.text_document.uri, []))

    _answer_about_places(server)
    _answer_about_labels(server)
    _answer_about_sources(server)
    return server


def _answer_about_places(server: MastheadServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=["^", "/", " ", "#"]))
    def complete(params: lsp.CompletionParams) -> list[lsp.CompletionItem]:
        held = server.source(params.text_document.uri)
        draft, place = held.draft, server.place(held.draft, params.position)
        cited = (each.text for each in held.checked.references) if held.checked else ()
        documents = (text for text in cited if "/" in text and text[:1].isupper())
        symbols = completing.symbols_known(draft, documents, library.beside(Path(draft.name)))
        return [
            lsp.CompletionItem(
                each.text.removesuffix(" -->").removesuffix("]").removesuffix(": "),
                kind=_COMPLETED.get(each.kind),
                detail=each.detail or None,
                sort_text=f"{at:04}",
                filter_text=each.text,
                text_edit=lsp.TextEdit(server.range(draft, LineSpan(place.line, each.start, place.column)), each.text),
            )
            for at, each in enumerate(
                sorted(completing.completions(draft, place, symbols), key=lambda each: each.order)
            )
        ]

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hover(params: lsp.HoverParams) -> lsp.Hover | None:
        held = server.source(params.text_document.uri)
        place, beside = server.place(held.draft, params.position), library.beside(Path(held.draft.name))
        found = explaining.explanation(held.draft, held.checked or Checked(""), place, beside)
        if found is None:
            return None
        text, span = found
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, text), server.range(held.draft, span))

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def define(params: lsp.DefinitionParams) -> lsp.Location | None:
        held = server.source(params.text_document.uri)
        place, beside = server.place(held.draft, params.position), library.beside(Path(held.draft.name))
        found = explaining.defined_at(held.draft, held.checked or Checked(""), place, beside)
        if found is None:
            return None
        path, position = found
        if path == Path(held.draft.name):
            span = LineSpan(position.line, position.column, position.column)
            return lsp.Location(params.text_document.uri, server.range(held.draft, span))
        start = lsp.Position(position.line - 1, 0)
        return lsp.Location(path.absolute().as_uri(), lsp.Range(start, start))


def _answer_about_labels(server: MastheadServer) -> None:
    def label_at(params: Any) -> tuple[SourceDraft, labels.Occurrence | None]:
        draft = server.source(params.text_document.uri).draft
        return draft, labels.at(draft, server.place(draft, params.position))

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def refer(params: lsp.ReferenceParams) -> list[lsp.Location]:
        draft, label = label_at(params)
        found = labels.same(draft, label) if label else []
        is_wanted = params.context.include_declaration
        return [
            lsp.Location(params.text_document.uri, server.range(draft, each.span))
            for each in found
            if is_wanted or not each.is_definition
        ]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
    def highlight(params: lsp.DocumentHighlightParams) -> list[lsp.DocumentHighlight]:
        draft, label = label_at(params)
        found = labels.same(draft, label) if label else []
        return [lsp.DocumentHighlight(server.range(draft, each.span)) for each in found]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: lsp.PrepareRenameParams) -> lsp.Range | None:
        draft, label = label_at(params)
        return server.range(draft, label.span) if label else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        draft, label = label_at(params)
        if label is None:
            return None
        problem = labels.refusal(draft, label, params.new_name)
        if problem:
            server.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, problem))
            return None
        edits = [lsp.TextEdit(server.range(draft, each.span), params.new_name) for each in labels.same(draft, label)]
        return lsp.WorkspaceEdit({params.text_document.uri: edits})


def _answer_about_sources(server: MastheadServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        draft = server.source(params.text_document.uri).draft

        def symbol(entry: OutlineEntry) -> lsp.DocumentSymbol:
            return lsp.DocumentSymbol(
                entry.name,
                _OUTLINED.get(entry.kind, lsp.SymbolKind.Module),
                server.lines(draft, entry.line, entry.last),
                server.lines(draft, entry.line, entry.line),
                children=[symbol(each) for each in entry.entries],
            )

        return [symbol(each) for each in outline_of(draft)]

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def lay_out(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        draft = server.source(params.text_document.uri).draft
        text = laid_out(draft)
        return [lsp.TextEdit(server.lines(draft, 1, len(draft.lines)), text)] if text != draft.text else []

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])
    )
    def correct(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        return [
            lsp.CodeAction(
                f"replace with “{each.data['fix']}”" if each.data["fix"] else "remove",
                lsp.CodeActionKind.QuickFix,
                [each],
                is_preferred=True,
                edit=lsp.WorkspaceEdit({params.text_document.uri: [lsp.TextEdit(each.range, each.data["fix"])]}),
            )
            for each in params.context.diagnostics
            if isinstance(each.data, dict) and "fix" in each.data
        ]

    @server.feature(lsp.TEXT_DOCUMENT_CODE_LENS)
    def lens(params: lsp.CodeLensParams) -> list[lsp.CodeLens]:
        start = lsp.Position(0, 0)
        command = lsp.Command("Show the pages", PREVIEW, arguments=[params.text_document.uri])
        return [lsp.CodeLens(lsp.Range(start, start), command)]

    @server.command(PREVIEW)
    async def preview(uri: str) -> str:
        return await server.preview(uri)

    @server.command(SHOW)
    async def show(uri: str, line: int) -> None:
        await server.show(uri, line)
