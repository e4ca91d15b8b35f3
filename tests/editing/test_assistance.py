"""The language server, asked by a real client over standard input and output, and by Neovim."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from editors import Desk, desk
from masthead import formats
from masthead.editing.assistance import checking
from masthead.editing.assistance.draft import SourceDraft
from masthead.editing.assistance.layout import laid_out
from masthead.editing.lint import Configuration
from masthead.formats.markdown import syntax
from paths import ROOT
from programs import program

pytestmark = pytest.mark.slow
SPECIMENS = ROOT / "examples" / "specimens"
RESOLUTION = (SPECIMENS / "A_RES_104_12.en.md").read_text("utf-8")
ARABIC = (SPECIMENS / "A_RES_104_12.ar.md").read_text("utf-8")


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


def place(text: str, words: str, into: int = 0) -> tuple[int, int]:
    """The line and column, counted from 0, of words in a text, and a column further in."""
    start = text.index(words)
    return text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1 + into


def codes(diagnostics: list[lsp.Diagnostic]) -> list[object]:
    return [each.code for each in diagnostics]


# --- findings ---------------------------------------------------------------------------------------------------------


def test_a_slip_is_found_at_once_and_a_whole_check_agrees(editor: Desk) -> None:
    uri = editor.open("slip.en.md", RESOLUTION)
    line, column = place(RESOLUTION, "rainwater")
    found = editor.type(uri, line, column, "the  the ")
    assert {"doubled-space"} <= set(codes(found))
    assert all(each.range.start.line == line for each in found if each.code == "doubled-space")
    assert sorted(map(str, codes(editor.later(uri)))) == sorted(map(str, codes(found)))


def test_an_error_of_the_reader_is_a_finding_at_its_place(editor: Desk) -> None:
    uri = editor.open("error.en.md", RESOLUTION)
    line = place(RESOLUTION, "language: en")[0]
    found = editor.type(uri, line, 0, "langage", over=len("language"))
    (unknown,) = [each for each in found if "langage" in each.message]
    assert (unknown.severity, unknown.range.start.line) == (lsp.DiagnosticSeverity.Error, line)
    assert "did you mean language?" in unknown.message
    assert codes(editor.type(uri, line, 0, "language", over=len("langage"))) == []


def test_a_source_that_is_not_saved_yet_is_checked(editor: Desk) -> None:
    uri = "untitled:Untitled-1"
    item = lsp.TextDocumentItem(uri, "markdown", 1, RESOLUTION.replace("rainwater", "the  rain", 1))

    async def opened() -> list[lsp.Diagnostic]:
        editor.editor.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return await editor.editor.findings(uri, 1)

    assert codes(editor.wait(opened())) == ["doubled-space"]


def test_columns_are_counted_in_the_units_of_the_editor(editor: Desk) -> None:
    text = RESOLUTION.replace("rainwater", "𝒳 the  rain", 1)
    uri = editor.open("units.en.md", text)
    (found,) = [each for each in editor.editor.sent[uri][-1].diagnostics if each.code == "doubled-space"]
    line, column = place(text, "the  rain", 3)
    assert (found.range.start.line, found.range.start.character) == (line, column + 1)  # one letter has two units


@pytest.mark.parametrize("name", ["A_RES_104_12.en.md", "A_104_96.ar.md", "A_HRC_98_8.ru.md", "A_RES_104_13.ar.md"])
def test_what_is_found_in_one_block_at_once_is_what_the_whole_check_finds_there(name: str) -> None:
    """With a slip in every block, so that there is something to find."""
    rules = Configuration(exemptions=())
    lines = (SPECIMENS / name).read_text("utf-8").split("\n")
    start = SourceDraft(name, "\n".join(lines)).body
    slips = [
        re.sub(r"(?<=\w) (?=\w)", "  ", line, count=1) if at > start and line[:1] not in "|!<#" else line
        for at, line in enumerate(lines)
    ]
    draft = SourceDraft(str(SPECIMENS / name), "\n".join(slips))
    whole, seen, at = checking.check_whole(draft.text, draft.name, rules).findings, 0, draft.body
    while at <= len(draft.lines):
        first, last = draft.window(at, at)
        own = {each for each in checking._window(draft, first, last, rules) if checking._is_in(each, first, last)}
        other = {replace(each, where="") for each in whole if checking._is_in(each, first, last)}
        assert own <= other, "nothing is invented"
        assert {each for each in other - own if each.rule not in checking.ELSEWHERE} == set()
        at, seen = last + 1, seen + len(own)
    assert seen > 5


def test_labels_of_other_blocks_are_known_at_once(editor: Desk) -> None:
    text = RESOLUTION.replace("\n[^1]:", "\nSee [](#water).\n\n[^1]:", 1)
    text = re.sub(r"\n1\. ", "\n1. {#water} ", text, count=1)
    uri = editor.open("known.en.md", text)
    assert "source" not in codes(editor.editor.sent[uri][-1].diagnostics)
    line, column = place(text, "See [](#water)")
    assert "source" not in codes(editor.type(uri, line, column, "Also "))
    found = editor.type(uri, line, column + len("Also See [](#"), "s")
    assert [each.range.start.line for each in found if each.code == "source"] == [line]


def test_findings_of_the_rest_move_with_their_lines(editor: Desk) -> None:
    text = RESOLUTION.replace("rainwater", "the  rain", 1)
    uri = editor.open("moved.en.md", text)
    line = place(text, "the  rain")[0]
    start = SourceDraft("", text).body
    found = editor.type(uri, start, 0, "\n\n")
    assert [each.range.start.line for each in found if each.code == "doubled-space"] == [line + 2]


def test_a_correction_that_is_certain_is_offered(editor: Desk) -> None:
    text = RESOLUTION.replace("rainwater", "the  rain", 1)
    uri = editor.open("fix.en.md", text)
    (found,) = [each for each in editor.editor.sent[uri][-1].diagnostics if each.code == "doubled-space"]
    params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), found.range, lsp.CodeActionContext([found]))
    (action,) = editor.wait(editor.editor.text_document_code_action_async(params))
    (edit,) = action.edit.changes[uri]
    assert (edit.new_text, edit.range.end.character - edit.range.start.character) == (" ", 2)


# --- answers ----------------------------------------------------------------------------------------------------------


def labels_of(items: list[lsp.CompletionItem]) -> list[str]:
    return [each.label for each in items]


def test_keys_and_values_of_the_front_matter_are_completed(editor: Desk) -> None:
    uri = editor.open("keys.en.md", "---\ntype: \n\n---\n\nText.\n")
    assert labels_of(editor.ask("completion", uri, 1, 6))[:3] == ["resolution", "decision", "draft"]
    keys = editor.ask("completion", uri, 2, 0)
    assert labels_of(keys)[:3] == ["language", "organ", "job"], "what is required comes first"
    assert "type" not in labels_of(keys)
    assert keys[0].text_edit.new_text == "language: "
    other = editor.open("values.en.md", "---\ntype: letter\ndistribution: \n---\n\nText.\n")
    assert labels_of(editor.ask("completion", other, 2, 14))[:2] == ["General", "Limited"]


def test_notes_marks_and_symbols_are_completed(editor: Desk) -> None:
    (editor.folder / "beside.en.md").write_text(RESOLUTION.replace("number: 104/12", "number: 99/77"), "utf-8")
    text = RESOLUTION.replace("\n[^1]:", "\nSee [^ and <!-- ta and A/RES/\n\n[^1]:", 1)
    uri = editor.open("body.en.md", text)
    notes = editor.ask("completion", uri, *place(text, "See [^", 6))
    assert labels_of(notes)[1:3] == ["1", "2"]
    assert "A/" in (notes[1].detail or "")
    assert "table" in labels_of(editor.ask("completion", uri, *place(text, "<!-- ta", 7)))
    assert "A/RES/99/77" in labels_of(editor.ask("completion", uri, *place(text, "and A/RES/", 10)))


def test_the_completed_marks_are_those_of_the_format() -> None:
    kinds = set(syntax._KINDS.split("|"))
    assert kinds <= formats.MARKS.keys()
    for mark in kinds - {"section"}:
        assert syntax.read_block_mark(f"<!-- {mark} -->"), mark


def test_what_a_reference_is_and_where_a_note_is_defined_is_shown(editor: Desk) -> None:
    uri = editor.open("hover.en.md", RESOLUTION)
    symbol = re.search(r"resolution (\d+/\d+)", RESOLUTION)
    assert symbol
    shown = editor.ask("hover", uri, *place(RESOLUTION, symbol[0], 12)).contents.value
    assert f"A/RES/{symbol[1]}" in shown and "https://undocs.org/" in shown
    assert "required" in editor.ask("hover", uri, *place(RESOLUTION, "organ:", 1)).contents.value
    call = place(RESOLUTION, "[^1]", 2)
    assert editor.ask("hover", uri, *call).contents.value.startswith("[^1]:")
    defined = editor.ask("definition", uri, *call)
    assert (defined.uri, defined.range.start.line) == (uri, place(RESOLUTION, "\n[^1]:")[0] + 1)


def test_a_cited_document_is_opened_if_its_source_is_beside(editor: Desk) -> None:
    cited = re.search(r"resolution (\d+/\d+)", RESOLUTION)
    assert cited
    other = RESOLUTION.replace("number: 104/12", f"number: {cited[1]}")
    (editor.folder / "cited.en.md").write_text(other, "utf-8")
    uri = editor.open("citing.en.md", RESOLUTION)
    found = editor.ask("definition", uri, *place(RESOLUTION, cited[0], 12))
    assert found.uri == (editor.folder / "cited.en.md").as_uri()


def test_an_internal_reference_leads_to_its_paragraph(editor: Desk) -> None:
    text = RESOLUTION.replace("\n[^1]:", "\n   As said in paragraph 2 above.\n\n[^1]:", 1)
    text = re.sub(r"\n1\. ", "\n1. As paragraph 2 above says, ", RESOLUTION, count=1)
    uri = editor.open("internal.en.md", text)
    found = editor.ask("definition", uri, *place(text, "paragraph 2 above", 3))
    assert found.range.start.line == place(text, "\n2. ")[0] + 1


def test_a_note_is_renamed_at_all_its_places(editor: Desk) -> None:
    uri = editor.open("rename.en.md", RESOLUTION)
    call = place(RESOLUTION, "[^1]", 2)
    edits = editor.ask("rename", uri, *call, new_name="9").changes[uri]
    assert {edit.new_text for edit in edits} == {"9"} and len(edits) == RESOLUTION.count("[^1]")
    places = editor.ask("references", uri, *call, context=lsp.ReferenceContext(include_declaration=True))
    assert len(places) == len(edits)
    assert editor.ask("rename", uri, *call, new_name="2") is None, "which is used"
    editor.wait(editor.editor.until(lambda: editor.editor.messages))
    assert editor.editor.messages[-1] == "label 2 is already used"


def test_notes_of_two_tables_with_one_letter_are_apart(editor: Desk) -> None:
    table = "| Harbour[^a] | 1 |\n|---|--:|\n| A | 2 |\n\n[^a]: Open.\n"
    text = RESOLUTION.replace("\n[^1]:", f"\n{table}\n{table}\n[^1]:", 1)
    uri = editor.open("tables.en.md", text)
    edits = editor.ask("rename", uri, *place(text, "Harbour[^a]", 9), new_name="b").changes[uri]
    assert [edit.range.start.line for edit in edits] == [place(text, table)[0], place(text, table)[0] + 4]


def test_labels_are_completed_shown_found_and_renamed(editor: Desk) -> None:
    text = RESOLUTION.replace("\n[^1]:", "\nSee [](#water) and [para. #](#water).\n\n[^1]:", 1)
    text = re.sub(r"\n1\. ", "\n1. {#water} ", text, count=1)
    uri = editor.open("labels.en.md", text)
    use = place(text, "[](#water)", 6)
    assert labels_of(editor.ask("completion", uri, use[0], use[1] - 2)) == ["water"]
    assert editor.ask("hover", uri, *use).contents.value.startswith("**paragraph 1**\n\n1. {#water}")
    assert editor.ask("definition", uri, *use).range.start.line == place(text, "\n1. {#water}")[0] + 1
    edits = editor.ask("rename", uri, *use, new_name="rain-water").changes[uri]
    assert [edit.range.start.line for edit in edits] == [place(text, "\n1. {#water}")[0] + 1, use[0], use[0]]
    assert editor.ask("rename", uri, *use, new_name="Water!") is None


def test_the_outline_has_headings_paragraphs_tables_and_annexes(editor: Desk) -> None:
    text = (SPECIMENS / "A_104_96.en.md").read_text("utf-8")
    shutil.copy(SPECIMENS / "gardens.svg", editor.folder)
    uri = editor.open("outline.en.md", text)
    params = lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(uri))
    found = editor.wait(editor.editor.text_document_document_symbol_async(params))
    first, second = found[:2]
    assert (first.name, second.name) == ("I. Introduction", "II. Gardens and their cost")
    assert [each.name for each in second.children] == ["A. Number of gardens", "B. Cost"]
    assert first.children[0].name.startswith("1. By its resolution 102/31")
    assert any(each.name.startswith("figure 1 Gardens planted") for each in second.children[0].children)


def test_tables_are_laid_out_and_the_document_stays_the_same(editor: Desk) -> None:
    text = RESOLUTION.replace("\n[^1]:", "\n| A | Long head |\n|---|--:|\n| *x* |1|   \n\n\n\n[^1]:", 1)
    uri = editor.open("layout.en.md", text)
    options = lsp.FormattingOptions(tab_size=4, insert_spaces=True)
    params = lsp.DocumentFormattingParams(lsp.TextDocumentIdentifier(uri), options)
    (edit,) = editor.wait(editor.editor.text_document_formatting_async(params))
    assert "\n| A   | Long head |\n|-----|----------:|\n| *x* | 1         |\n\n[^1]:" in edit.new_text
    assert formats.parse(edit.new_text.encode(), "x.md") == formats.parse(text.encode(), "x.md")


@pytest.mark.parametrize("path", sorted(SPECIMENS.glob("*.md")), ids=lambda path: path.name)
def test_layout_changes_no_document_and_is_final(path: Path) -> None:
    draft = SourceDraft(str(path), path.read_text("utf-8"))
    text = laid_out(draft)
    assert formats.parse(text.encode(), str(path)) == formats.read(path)
    assert laid_out(SourceDraft(str(path), text)) == text


def test_a_text_that_cannot_be_read_keeps_its_layout() -> None:
    draft = SourceDraft("x.md", "---\ntype: letter\n---\n\n\n\nText.")
    assert laid_out(draft) == draft.text


# --- the process ------------------------------------------------------------------------------------------------------


def test_the_worker_ends_with_a_server_that_is_killed(tmp_path: Path) -> None:
    with desk(tmp_path) as opened:
        opened.open("x.en.md", RESOLUTION)
        server = opened.editor._server.pid
        listed = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        assert listed
        os.kill(server, signal.SIGKILL)
        for child in listed:
            subprocess.run(["timeout", "20", "tail", f"--pid={child}", "-f", "/dev/null"], check=True)


def test_the_lines_for_neovim_in_the_docs_start_the_server(tmp_path: Path) -> None:
    nvim = program("nvim", "neovim")
    (lines,) = re.findall(r"```lua\n(.*?)```", (ROOT / "docs" / "editors.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "init.lua").write_text(f'vim.g.mapleader = " "\n{lines}', "utf-8")
    (tmp_path / "x.md").write_text(RESOLUTION.replace("organ:", "organn:"), "utf-8")
    (tmp_path / "script.lua").write_text(
        "assert(vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50), 'timed out')\n"
        "print(vim.diagnostic.get(0)[1].message)\n"
        "print(vim.lsp.get_clients({ name = 'masthead', bufnr = 0 })[1].config.root_dir)\n"
        "print(vim.fn.maparg(' mp', 'n', false, true).callback ~= nil)\n"
        "vim.cmd('quitall!')",
        "utf-8",
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [nvim, "-u", "init.lua", "--headless", "x.md", "-S", "script.lua"]
    run = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=120, env={**os.environ, "PATH": path}
    )
    assert "did you mean organ?" in run.stderr and "true" in run.stderr, run.stderr
    assert str(tmp_path) in run.stderr


NEOVIM = """
vim.lsp.start({{ name = "masthead", cmd = {{ {python!r}, "-m", "masthead", "lsp" }}, root_dir = {folder!r} }})
local function wait(holds) assert(vim.wait(60000, holds, 50), "timed out") end
wait(function() return #vim.lsp.get_clients() > 0 and vim.lsp.get_clients()[1].initialized end)
local typed = {typed!r}
vim.api.nvim_buf_set_text(0, {line}, {column}, {line}, {column}, {{ typed }})
wait(function() return #vim.diagnostic.get(0) > 0 end)
for _, each in ipairs(vim.diagnostic.get(0)) do print(each.code, each.lnum, each.col) end
local place = {{ textDocument = {{ uri = vim.uri_from_bufnr(0) }}, position = {{ line = 1, character = 6 }} }}
local found = vim.lsp.buf_request_sync(0, "textDocument/completion", place, 60000)
for _, each in pairs(found) do print("completion", each.result[1].label) end
vim.lsp.buf.format({{ timeout_ms = 60000 }})
vim.cmd("write! laid-out.md")
vim.cmd("quitall!")
"""


def test_neovim_shows_findings_in_arabic_completes_and_lays_out(tmp_path: Path) -> None:
    nvim = program("nvim", "neovim")
    text = ARABIC.replace("\n[^1]:", "\n\n\n[^1]:", 1)
    (tmp_path / "x.ar.md").write_text(text, "utf-8")
    number, line = next((at, line) for at, line in enumerate(text.split("\n")) if at > 20 and line.count(" ") > 5)
    column = len(line[: line.index(" ")].encode())  # Neovim counts bytes
    script = NEOVIM.format(python=sys.executable, folder=str(tmp_path), typed=" ", line=number, column=column)
    (tmp_path / "script.lua").write_text(script, "utf-8")
    command = [nvim, "--clean", "--headless", "x.ar.md", "-S", "script.lua"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert f"doubled-space {number} {column}" in run.stderr, run.stderr
    assert "completion resolution" in run.stderr
    assert "\n\n\n" not in (tmp_path / "laid-out.md").read_text("utf-8")


def test_the_server_works_for_the_organization(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = ROOT / "examples" / "organizations" / "river-commission"
    monkeypatch.setenv("MASTHEAD_ORGANIZATION", str(house))
    text = (house / "documents" / "decision.sw.md").read_text("utf-8")
    with desk(tmp_path) as opened:
        uri = opened.open("decision.sw.md", text)
        assert codes(opened.editor.sent[uri][-1].diagnostics) == []
        line = place(text, "type: decision")[0]
        (found,) = opened.type(uri, line, 6, "decison", over=len("decision"))
        assert "unknown type of the Commission of the River Tamu" in found.message
        assert "convocation" in labels_of(opened.ask("completion", uri, line, 6))
