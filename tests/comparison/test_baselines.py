"""Baselines: approvals are kept, whatever happens to the process, the index or the files."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from pypdf import PdfWriter
from typer.testing import CliRunner

from masthead.cli.review import AspectName, commands
from masthead.comparison import Comparison, DocumentKey, State, baselines, compare_all, tolerance
from masthead.comparison.baselines import Act, Baselines, Decision, approval, refuse_in_ci
from masthead.comparison.pairing import Pair, pair, pdf_files
from masthead.document import files
from masthead.document.errors import BaselineError, OrderError
from masthead.document.files import sha256

Cli = Callable[..., tuple[int, str]]


def pdf(*widths: float) -> bytes:
    """Return a PDF with a page of each width. Changing a width changes one page."""
    writer = PdfWriter()
    for width in widths:
        writer.add_blank_page(width, 100)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def decision(number: int, data: bytes) -> Decision:
    return Decision(
        Act.APPROVE, f"E/{number} ar", sha256(data), "Layla", "2031-01-01T00:00:00+00:00", "made", f"E_{number}.ar.pdf"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of candidates."""
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "E_1.ar.pdf").write_bytes(pdf(100, 100, 100))
    return tmp_path / "new"


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*words: str | Path) -> tuple[int, str]:
        result = CliRunner().invoke(commands, [str(word) for word in words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.output

    return run


def states(kept: Baselines, folder: Path) -> dict[str, State]:
    return {str(each.key): each.state for each in compared(kept, folder)}


def compared(kept: Baselines, folder: Path) -> list[Comparison]:
    standings = kept.standings()
    return [
        standings[str(each.key)].applied(each) if str(each.key) in standings else each
        for each in compare_all(pair(kept.pdf_files(), pdf_files(folder)))
    ]


def test_a_document_without_baseline_is_new_and_fails(cli: Cli, folder: Path) -> None:
    code, output = cli("compare", folder)
    assert (code, output.splitlines()) == (1, ["E/1 ar: new", "1 new"])


def test_an_approved_document_passes_and_the_index_says_who_and_why(cli: Cli, folder: Path) -> None:
    assert cli("approve", folder, "-m", "first printing", "--by", "Layla")[0] == 0
    assert cli("compare", folder) == (0, "1 passed\n")
    (line,) = Path("baselines/index.jsonl").read_text().splitlines()
    entry = json.loads(line)
    assert (entry["by"], entry["why"], entry["act"]) == ("Layla", "first printing", "approve")
    assert entry["sha256"] == sha256((folder / "E_1.ar.pdf").read_bytes())
    assert entry["versions"]["producer"] == "pypdf"


def test_ci_gets_json_junit_and_the_report_of_changes(cli: Cli, folder: Path) -> None:
    cli("approve", folder, "-m", "first")
    (folder / "E_1.ar.pdf").write_bytes(pdf(100, 100, 120))
    code, output = cli("compare", folder, "--json", "--junit", "out.xml", "--html", "out.html")
    told = json.loads(output)
    assert (code, told["document"], told["state"]) == (1, "E/1 ar", "changed")
    assert [each["page"] for each in told["differences"] if each["open"]] == [3]
    assert 'failures="1"' in Path("out.xml").read_text()
    assert Path("out.html").read_text().count("data:image/png") == 2, "only the changed page is in it, from both sides"


def test_undoing_an_approval_restores_the_baseline_before(cli: Cli, folder: Path) -> None:
    cli("approve", folder, "-m", "first")
    (folder / "E_1.ar.pdf").write_bytes(pdf(100, 100, 120))
    assert cli("compare", folder)[0] == 1
    cli("approve", folder, "-m", "wider")
    assert cli("compare", folder)[0] == 0
    cli("approve", folder, "-m", "a mistake", "--undo")
    code, output = cli("compare", folder)
    assert code == 1 and "MediaBox" in output
    assert len(Path("baselines/index.jsonl").read_text().splitlines()) == 3


def test_a_page_is_approved_by_itself_and_the_last_one_makes_the_baseline(cli: Cli, folder: Path) -> None:
    cli("approve", folder, "-m", "first")
    (folder / "E_1.ar.pdf").write_bytes(pdf(120, 100, 120))
    cli("approve", folder, "-m", "page one", "--page", "1")
    code, output = cli("compare", folder)
    assert code == 1 and "page 3" in output and "page 1" not in output
    cli("approve", folder, "-m", "page three", "--page", "3")
    assert cli("compare", folder) == (0, "1 passed\n")
    assert Baselines(Path("baselines")).standings()["E/1 ar"].baseline is not None


@pytest.mark.parametrize("page", [4, 77])
def test_a_page_that_the_candidate_does_not_have_is_refused(cli: Cli, folder: Path, page: int) -> None:
    with pytest.raises(OrderError, match=f"^E_1.ar.pdf: E/1 ar has no page {page}$") as raised:
        cli("approve", folder, "-m", "a page", "--page", "1", "--page", str(page))
    assert raised.value.hint == "it has pages 1 to 3"
    assert cli("approve", folder, "-m", "a page", "--page", "0")[0] == 2
    assert not Path("baselines").exists()


def test_approve_says_what_is_done(cli: Cli, folder: Path) -> None:
    assert cli("approve", folder, "-m", "page one", "--page", "1") == (0, "E/1 ar, page 1: approved\n")
    said = "E/1 ar, page 2, 3: approved\n"
    assert cli("approve", folder, "-m", "two pages", "--page", "3", "--page", "2") == (0, said)
    assert cli("approve", folder, "-m", "first") == (0, "E/1 ar: approved\n")
    assert cli("approve", folder, "-m", "again") == (0, "")  # there is nothing to decide on
    assert [each.why for each in Baselines(Path("baselines")).decisions()] == ["page one", "two pages", "first"]
    undone = "E/1 ar: the last decision is undone\n"
    assert cli("approve", folder, "-m", "a mistake", "--undo", "--by", "Omar") == (0, undone)
    last = Baselines(Path("baselines")).decisions()[-1]
    assert (last.act, last.by, last.why) == (Act.UNDO, "Omar", "a mistake")


def test_what_has_no_candidate_is_withdrawn_only_if_that_is_asked_for(cli: Cli, folder: Path) -> None:
    (folder / "E_2.ar.pdf").write_bytes(pdf(70))
    cli("approve", folder, "-m", "first")
    (folder / "E_1.ar.pdf").unlink()
    (folder / "E_2.ar.pdf").write_bytes(pdf(80))
    assert cli("approve", folder, "-m", "second") == (0, "E/2 ar: approved\n")
    assert cli("compare", folder / "E_2.ar.pdf") == (0, "1 passed\n")  # one file has only its own baseline
    assert cli("approve", folder, "-m", "third") == (0, "")
    assert cli("approve", folder, "-m", "gone", "--deleted") == (0, "E/1 ar: withdrawn\n")
    with pytest.raises(OrderError, match="more than two paths to compare"):
        cli("compare", folder, folder, folder)


def test_the_old_name_of_the_folder_of_baselines_still_works(cli: Cli, folder: Path) -> None:
    assert cli("approve", folder, "-m", "first", "--store", "old")[0] == 0
    assert cli("compare", folder, "--baselines", "old") == cli("compare", folder, "--store=old") == (0, "1 passed\n")


@pytest.mark.parametrize("command", [("watch", "x.md"), ("review", "new")])
def test_a_port_that_cannot_exist_is_refused(cli: Cli, folder: Path, command: tuple[str, str]) -> None:
    assert cli(*command, "--port", "99999")[0] == 2


def test_the_option_names_each_aspect_that_can_be_judged() -> None:
    assert list(get_args(AspectName)) == list(tolerance.Aspect)


def test_a_page_approved_for_one_candidate_is_open_for_the_next(cli: Cli, folder: Path) -> None:
    cli("approve", folder, "-m", "first")
    (folder / "E_1.ar.pdf").write_bytes(pdf(120, 100, 120))
    cli("approve", folder, "-m", "page one", "--page", "1")
    (folder / "E_1.ar.pdf").write_bytes(pdf(130, 100, 120))
    assert "page 1" in cli("compare", folder)[1]


def test_a_deleted_document_fails_until_its_baseline_is_withdrawn(cli: Cli, folder: Path) -> None:
    cli("approve", folder, "-m", "first")
    (folder / "E_1.ar.pdf").unlink()
    assert cli("compare", folder) == (1, "E/1 ar: deleted\n1 deleted\n")
    assert cli("approve", folder, "-m", "withdrawn", "--deleted") == (0, "E/1 ar: withdrawn\n")
    assert cli("compare", folder) == (0, "nothing\n")


def test_a_rejected_candidate_fails_with_the_reason_until_it_changes(folder: Path, tmp_path: Path) -> None:
    kept, path = Baselines(tmp_path / "kept"), folder / "E_1.ar.pdf"
    first = path.read_bytes()
    kept.record([(decision(1, first), first)])
    path.write_bytes(pdf(100, 100, 120))
    refused = replace(decision(1, path.read_bytes()), act=Act.REJECT, why="too wide")
    kept.record([(refused, path.read_bytes())])
    (comparison,) = compared(kept, folder)
    assert (comparison.state, comparison.rejected) == (State.CHANGED, "too wide")
    kept.undo(DocumentKey("E/1", "ar"), by="Layla", when="", why="")
    assert compared(kept, folder)[0].rejected == ""


def test_nothing_is_approved_in_continuous_integration(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(BaselineError, match="refused in continuous integration"):
        refuse_in_ci()
    for command in (["approve", str(folder), "-m", "x"], ["approve", str(folder), "-m", "x", "--undo"], ["collect"]):
        assert isinstance(CliRunner().invoke(commands, command).exception, BaselineError)
    assert not (folder.parent / "baselines").exists()


def test_nothing_to_undo_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="no decision on E/1 ar"):
        Baselines(tmp_path).undo(DocumentKey("E/1", "ar"), by="", when="", why="")


# --- nothing lost ---------------------------------------------------------------------------------------------------


def _approve_many(folder: Path, numbers: range) -> None:
    for number in numbers:
        data = pdf(100 + number)
        Baselines(folder).record([(decision(number, data), data)])


def test_concurrent_approvals_are_all_kept(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    parts = [range(start, start + 8) for start in (0, 8, 16)]
    processes = [context.Process(target=_approve_many, args=(tmp_path, part)) for part in parts]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    kept = Baselines(tmp_path)
    assert len(kept.pdf_files()) == len(kept.decisions()) == 24
    assert all(sha256(copy.read()) == copy.sha256 for copy in kept.pdf_files())


def _killed(folder: Path, moment: str) -> None:
    """Kill this process when the file whose name contains `moment` is about to be put in its place."""
    whole = files.save

    def save(path: Path, data: bytes) -> None:
        if moment in path.name:
            path.parent.mkdir(parents=True, exist_ok=True)
            (path.parent / f".{path.name}.draft").write_bytes(data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        whole(path, data)

    files.save = save
    _approve_many(folder, range(50, 51))


@pytest.mark.parametrize("moment", [".pdf", "index"])
def test_a_kill_in_the_middle_of_approving_loses_nothing(tmp_path: Path, moment: str) -> None:
    _approve_many(tmp_path, range(3))
    process = multiprocessing.get_context("spawn").Process(target=_killed, args=(tmp_path, moment))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    kept = Baselines(tmp_path)
    assert [each.document for each in kept.decisions()] == ["E/0 ar", "E/1 ar", "E/2 ar"]
    _approve_many(tmp_path, range(50, 51))
    assert len(kept.pdf_files()) == 4, "the lock is free again, and the approval can be repeated"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda text: text[:-20], "the last line is cut off"),
        (lambda text: text.replace('"act"', '"deed"', 1), "not a decision"),
        (lambda text: "<<<<<<< ours\n" + text, "not a decision"),
        (lambda text: text.replace("approve", "praise", 1), "not a decision"),
    ],
)
def test_a_damaged_index_is_reported_by_line_and_left_alone(
    tmp_path: Path, damage: Callable[[str], str], words: str
) -> None:
    _approve_many(tmp_path, range(2))
    index = tmp_path / baselines.INDEX
    index.write_text(damage(index.read_text()))
    before = index.read_bytes()
    with pytest.raises(BaselineError, match=words) as caught:
        _approve_many(tmp_path, range(5, 6))
    assert f"{baselines.INDEX}:" in caught.value.where and "nothing was changed" in caught.value.hint
    assert index.read_bytes() == before


def test_bytes_that_were_not_approved_are_refused_and_can_be_replaced(tmp_path: Path) -> None:
    _approve_many(tmp_path, range(1))
    (copy,) = Baselines(tmp_path).pdf_files()
    path = tmp_path / "objects" / copy.sha256[:2] / f"{copy.sha256}.pdf"
    path.write_bytes(pdf(77))
    with pytest.raises(BaselineError, match="not those that were approved"):
        copy.read()
    _approve_many(tmp_path, range(1))
    assert sha256(copy.read()) == copy.sha256


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    _approve_many(tmp_path, range(1))
    (copy,) = Baselines(tmp_path).pdf_files()
    (tmp_path / "objects" / copy.sha256[:2] / f"{copy.sha256}.pdf").unlink()
    with pytest.raises(BaselineError, match="the baseline's file is missing"):
        copy.read()


def test_the_files_may_be_in_any_fsspec_store(tmp_path: Path, folder: Path) -> None:
    kept = Baselines(tmp_path / "kept", "memory://baselines")
    data = (folder / "E_1.ar.pdf").read_bytes()
    kept.record([(decision(1, data), data)])
    assert states(kept, folder) == {"E/1 ar": State.PASSED}
    assert not (tmp_path / "kept" / "objects").exists()
    assert kept.pdf_files()[0].read() == data


def test_an_approval_records_what_it_approves(folder: Path) -> None:
    (new,) = pdf_files(folder)
    comparison = Comparison(DocumentKey("E/1", "ar"), None, None)
    assert approval(comparison, Pair(comparison.key, None, new)).sha256 == new.sha256


def test_collecting_deletes_rejected_files_and_keeps_what_an_undo_brings_back(cli: Cli, folder: Path) -> None:
    cli("approve", folder, "-m", "first")
    (folder / "E_1.ar.pdf").write_bytes(pdf(100, 100, 120))
    cli("approve", folder, "-m", "wider")
    kept = Baselines(Path("baselines"))
    rejected, stray = pdf(50), Path("baselines/objects/ab") / f"{'ab' * 32}.pdf"
    kept.record([(replace(decision(1, rejected), act=Act.REJECT), rejected)])
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"of a run that was broken off")
    Path("baselines/objects/notes.txt").write_text("not the store's")
    assert cli("collect") == (0, "2 files deleted\n")
    assert not stray.exists() and Path("baselines/objects/notes.txt").exists()
    assert cli("collect") == (0, "0 files deleted\n")
    stray.write_bytes(b"of another run")
    assert cli("collect") == (0, "1 file deleted\n")
    cli("approve", folder, "-m", "a mistake", "--undo")
    cli("approve", folder, "-m", "a mistake", "--undo")
    assert Baselines(Path("baselines")).pdf_files()[0].read()


def test_a_store_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    kept = Baselines(tmp_path, "unknown://bucket")
    with pytest.raises(BaselineError, match="the store of baselines cannot be"):
        kept.record([(decision(1, pdf(50)), pdf(50))])
    assert kept.decisions() == ()


def test_an_undo_names_the_decision_that_it_cancels(tmp_path: Path) -> None:
    kept, key = Baselines(tmp_path), DocumentKey("E/1", "ar")
    with pytest.raises(BaselineError, match="no decision on E/1 ar to undo"):
        kept.undo(key, by="Sami", when="now", why="none")
    versions = [pdf(width) for width in (100, 101, 102)]
    for number, data in enumerate(versions):
        kept.record([(replace(decision(1, data), name=f"{number}.pdf"), data)])
    for number in (2, 1):
        kept.undo(key, by="Sami", when="now", why="no")
        last = kept.decisions()[-1]
        assert (last.act, last.by, last.why, last.name) == (Act.UNDO, "Sami", "no", f"{number}.pdf")
        assert last.sha256 == sha256(versions[number])
    (standing,) = kept.standings().values()
    assert standing.baseline and standing.baseline.sha256 == sha256(versions[0])
