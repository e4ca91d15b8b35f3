"""Batches: what is made again and why, what a failure affects, and that an interrupted run leaves no wrong file."""

from __future__ import annotations

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page
from rich.console import Console

from browsing import accessible
from masthead import batch, formats
from masthead.batch import Batch, Outcome, OutcomeState, inputs, outputs, plan, record, reports, sources, work
from masthead.batch.inputs import Inputs
from masthead.batch.progress import report_progress
from masthead.batch.tasks import SourcePath
from masthead.document.errors import MastheadError, OrderError, ResourceError, SourceError
from masthead.document.terms import Variant
from masthead.publication import DEFAULTS, LineStage, Options
from paths import EXAMPLES

TEXT = """---
type: resolution
language: {language}
organ: general-assembly
number: 104/{number}
job: 49-104{number} ({letter})
distribution: General
date: 19 November 2049
session: {session}
agenda-item: {item}
title: {title}
adoption: {adoption}
---

{formula}

1. {paragraph}
"""
ENGLISH = {
    "language": "en", "letter": "E", "title": "Gardens", "session": "Hundred and fourth session",
    "item": "Agenda item 21", "formula": "The General Assembly,",
    "adoption": "Resolution adopted by the General Assembly on 5 November 2049",
    "paragraph": "*Invites* all cities to plant a garden.",
}  # fmt: skip
ARABIC = {
    "language": "ar", "letter": "A", "title": "حدائق", "session": "الدورة الرابعة بعد المائة",
    "item": "البند ٢١ من جدول الأعمال", "formula": "إن الجمعية العامة،",
    "adoption": "قرار اتخذته الجمعية العامة في ٥ تشرين الثاني/نوفمبر ٢٠٤٩",
    "paragraph": "**تدعو** جميع المدن إلى أن تغرس حديقة واحدة.",
}  # fmt: skip


class Here:
    """An executor that works in this process and lists what it was asked to do."""

    width = 1
    drafts = None

    def __init__(self) -> None:
        self.done: list[str] = []

    @property
    def readers(self) -> Here:
        return self

    def submit(self, function: Callable[[Any], Any], given: Any, size: int = 0) -> Future[Any]:
        self.done.append(function.__name__)
        future: Future[Any] = Future()
        try:
            future.set_result(function(given))
        except Exception as error:
            future.set_exception(error)
        return future

    def loss(self, error: BaseException, size: int = 0) -> MastheadError | None:
        return None


def write(folder: Path, number: int, words: dict[str, str] = ENGLISH) -> Path:
    path = folder / f"{number}.{words['language']}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(number=number, **words), "utf-8")
    return path


def publish(order: Batch, known: Inputs | None = None, workers: Here | None = None) -> list[Outcome]:
    with batch.opened(order.output) as kept:
        return list(batch.Run(order, kept, workers or Here(), known or inputs.survey()).outcomes())


def planned(order: Batch, known: Inputs) -> list[plan.Target | Outcome]:
    with batch.opened(order.output) as kept:
        return list(batch.Run(order, kept, Here(), known).plan())


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Batch, list[Outcome]]:
    """An English and an Arabic document, published once."""
    folder = tmp_path_factory.mktemp("once")
    order = Batch((write(folder / "in", 10), write(folder / "in", 11, ARABIC)), folder / "out")
    return order, publish(order)


@pytest.fixture
def published(once: tuple[Batch, list[Outcome]], tmp_path: Path) -> Batch:
    """A copy of that, for a test to change."""
    import shutil

    order, _ = once
    shutil.copytree(order.output.parent, tmp_path, dirs_exist_ok=True)
    return replace(order, sources=tuple(tmp_path / "in" / each.name for each in order.sources), output=tmp_path / "out")


def states(outcomes: list[Outcome]) -> dict[str, OutcomeState]:
    return {outcome.source.name: outcome.state for outcome in outcomes}


def test_files_have_their_names_and_the_record_is_next_to_the_folder(once: tuple[Batch, list[Outcome]]) -> None:
    order, outcomes = once
    assert [outcome.error for outcome in outcomes] == [None, None]
    assert sorted(path.name for path in order.output.iterdir()) == ["A_RES_104_10.en.pdf", "A_RES_104_11.ar.pdf"]
    assert record.place(order.output).is_file()


def test_a_run_without_a_change_has_nothing_to_do(published: Batch) -> None:
    workers = Here()
    assert set(states(publish(published, workers=workers)).values()) == {OutcomeState.UNCHANGED}
    assert set(workers.done) == {"each"}


def test_only_the_document_whose_source_changed_is_made(published: Batch) -> None:
    write(published.sources[0].parent, 10, ENGLISH | {"title": "Meadows"})
    outcomes = publish(published)
    assert states(outcomes) == {"10.en.md": OutcomeState.MADE, "11.ar.md": OutcomeState.UNCHANGED}
    assert next(each for each in outcomes if each.state is OutcomeState.MADE).reasons == ("the source changed",)


@pytest.mark.parametrize("spoil", [b"", b"%PDF-1.7 half", None], ids=["emptied", "half-written", "removed"])
def test_a_changed_or_missing_file_is_made_again(published: Batch, spoil: bytes | None) -> None:
    path = published.output / "A_RES_104_10.en.pdf"
    good = path.read_bytes()
    if spoil is None:
        path.unlink()
    else:
        path.write_bytes(spoil)
    assert states(publish(published))["10.en.md"] is OutcomeState.MADE
    assert path.read_bytes() == good


def test_a_changed_locale_affects_only_its_language(published: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    known = inputs.survey()
    changed = replace(known, files={**known.files, "locales/ar.toml": "another"})
    monkeypatch.setattr(work, "here", lambda: changed)
    outcomes = publish(published, changed)
    assert states(outcomes)["10.en.md"] is OutcomeState.UNCHANGED
    (again,) = (outcome for outcome in outcomes if outcome.state is not OutcomeState.UNCHANGED)
    assert again.reasons == ("locales/ar.toml changed",)
    assert again.state is OutcomeState.CHECKED  # the page to set is the same: nothing is typeset


def test_a_changed_template_of_another_type_affects_nothing(published: Batch) -> None:
    known = inputs.survey()
    changed = replace(known, files={**known.files, "letter.html.j2": "another", "css/letter.css": "another"})
    assert set(states(publish(published, changed)).values()) == {OutcomeState.UNCHANGED}


@pytest.mark.parametrize(
    ("engine", "reason"), [("weasyprint", "weasyprint 70.0 is now 71.0"), ("fonts", "fonts changed")]
)
def test_a_changed_engine_affects_all_documents(published: Batch, engine: str, reason: str) -> None:
    known = inputs.survey()
    new = "71.0" if engine == "weasyprint" else 64 * "f"
    targets = planned(published, replace(known, engines={**known.engines, engine: new}))
    assert [target.reasons for target in targets] == [(reason,), (reason,)]


def test_a_changed_option_is_a_reason(published: Batch) -> None:
    targets = planned(replace(published, options=(Options(profile="archive"),)), inputs.survey())
    assert {target.reasons for target in targets} == {("profile is now archive",)}


def test_of_two_sources_with_one_name_the_second_is_named_by_its_file(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a", 10), write(tmp_path / "b", 10, ENGLISH | {"title": "Meadows"})
    second = second.rename(second.with_name("other.md"))
    order = Batch((first, second), tmp_path / "out")
    outcomes = {each.source: each for each in publish(order)}
    assert [outcomes[each].state for each in order.sources] == [OutcomeState.MADE, OutcomeState.MADE]
    assert outcomes[first].output == order.output / "A_RES_104_10.en.pdf"
    assert outcomes[second].output == order.output / "other.en.pdf"
    assert outcomes[second].notes == (f"named after its source, because {first} has the name A_RES_104_10.en.pdf",)
    assert {each.state for each in publish(order)} == {OutcomeState.UNCHANGED}


def test_equal_sources_are_made_once(tmp_path: Path) -> None:
    order = Batch((write(tmp_path / "a", 10), write(tmp_path / "b", 10)), tmp_path / "out")
    for state in (OutcomeState.MADE, OutcomeState.UNCHANGED):
        first, second = sorted(publish(order), key=lambda each: each.source)
        assert (first.state, second.state) == (state, OutcomeState.DUPLICATE)
        assert first.output == second.output
        assert second.notes == (f"identical to {first.source}; published once",)
    assert len(list(order.output.iterdir())) == 1


def test_a_third_source_with_the_same_name_fails_alone(tmp_path: Path) -> None:
    folders = [tmp_path / each for each in "abc"]
    order = Batch(tuple(write(folder, 10, ENGLISH | {"title": folder.name}) for folder in folders), tmp_path / "out")
    states = [each.state for each in sorted(publish(order), key=lambda each: each.source)]
    assert states == [OutcomeState.MADE, OutcomeState.MADE, OutcomeState.FAILED]


def test_what_another_installation_made_is_refused(tmp_path: Path) -> None:
    known = inputs.survey()
    order = Batch((write(tmp_path, 10),), tmp_path / "out")
    (outcome,) = publish(order, replace(known, engines={**known.engines, "weasyprint": "71.0"}))
    assert isinstance(outcome.error, ResourceError)
    assert "different templates, fonts or versions" in str(outcome.error)
    assert not order.output.exists()


def test_a_document_in_the_folder_of_another_language_is_a_finding(tmp_path: Path) -> None:
    own, stray = write(tmp_path / "2022/English", 10), write(tmp_path / "2022/French", 10)
    order = Batch((own, stray, write(tmp_path / "fr/other", 12)), tmp_path / "out")
    for _ in range(2):
        outcomes = {outcome.source: outcome for outcome in publish(order)}
        assert [[finding["rule"] for finding in outcomes[path].findings] for path in order.sources] == [
            [],
            ["language-folder"],
            ["language-folder"],
        ]
        assert outcomes[stray].state is OutcomeState.DUPLICATE
        assert "in English, but its folder is for French" in outcomes[stray].to_dict()["findings"][0]["message"]
        assert not any(outcome.exit_code for outcome in outcomes.values())


def test_two_variants_need_a_pattern_that_distinguishes_them(tmp_path: Path) -> None:
    order = Batch((write(tmp_path, 10),), tmp_path / "out", options=(DEFAULTS, Options(Variant.PLAIN)))
    with pytest.raises(OrderError, match="have the same output"):
        publish(order)
    assert not order.output.exists()
    outcomes = publish(replace(order, pattern="{lang}/{variant}/{symbol}.pdf"))
    assert sorted(path.relative_to(order.output).as_posix() for path in order.output.rglob("*.pdf")) == [
        "en/archive/A_RES_104_10.pdf",
        "en/plain/A_RES_104_10.pdf",
    ]
    assert not any(outcome.error for outcome in outcomes)


@pytest.mark.parametrize("pattern", ["{symbol}", "../{symbol}.pdf", "/{symbol}.pdf", "{author}.pdf", "{symbol.pdf"])
def test_a_pattern_outside_the_output_folder_is_refused(pattern: str) -> None:
    with pytest.raises(OrderError):
        outputs.check_pattern(pattern, plan.FIELDS, (".pdf",))


def test_names_that_differ_only_in_case_collide() -> None:
    with pytest.raises(OrderError, match="have the same output"):
        outputs.check_outputs([("a", Path("a"), Path("out/A.pdf")), ("b", Path("b"), Path("out/a.PDF"))], plan.FIELDS)


def test_a_source_that_cannot_be_read_fails_and_only_failed_selects_it(tmp_path: Path) -> None:
    bad = tmp_path / "bad.md"
    bad.write_text("nothing")
    order = Batch((bad, write(tmp_path, 10)), tmp_path / "out")
    assert states(publish(order)) == {"bad.md": OutcomeState.FAILED, "10.en.md": OutcomeState.MADE}
    with batch.opened(order.output) as kept:
        assert order.failed_only(kept).sources == (bad,)
    write(tmp_path, 12).rename(bad)
    assert states(publish(order)) == {"bad.md": OutcomeState.MADE, "10.en.md": OutcomeState.UNCHANGED}
    with batch.opened(order.output) as kept:
        assert order.failed_only(kept).sources == ()


def test_a_second_run_into_the_same_folder_is_refused_during_the_first(tmp_path: Path) -> None:
    with (
        batch.opened(tmp_path / "out"),
        pytest.raises(ResourceError, match="another run"),
        batch.opened(tmp_path / "out"),
    ):
        pass


def test_half_written_files_of_a_killed_run_are_removed(published: Batch) -> None:
    draft = published.output / ".A_RES_104_10.en.pdf.abcd1234"
    other = published.output / ".something.else"
    draft.touch()
    other.touch()
    publish(published)
    assert not draft.exists()
    assert other.exists()


def test_folders_globs_and_manifests_name_sources_once(tmp_path: Path) -> None:
    paths = [write(tmp_path / "in" / "deep", 10), write(tmp_path / "in", 11)]
    write(tmp_path / "in" / ".hidden", 12)
    manifest = tmp_path / "all.jsonl"
    manifest.write_text('{"source": "in/11.en.md"}\n\n{"source": "in/deep/10.en.md", "state": "made"}\n')
    assert set(sources.gather([str(tmp_path / "in")])) == set(paths)
    assert set(sources.gather([str(tmp_path / "in" / "**" / "*.md")])) == set(paths)
    assert len(sources.gather([str(tmp_path / "in"), str(manifest), str(paths[0])])) == 2
    manifest.write_text('{"path": "x"}')
    with pytest.raises(SourceError, match="invalid line in a manifest"):
        sources.gather([str(manifest)])
    with pytest.raises(OrderError, match="no sources found"):
        sources.gather([str(tmp_path / "*.docx")])


def test_a_source_travels_with_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text("<svg/>")
    source = tmp_path / "a.md"
    source.write_text("![a garden](x.svg) and ![none](y.svg)")
    assert (
        sources.self_contained(SourcePath(source)).data
        == b"![a garden](data:image/svg+xml;name=x.svg;base64,PHN2Zy8+) and ![none](y.svg)"
    )
    source = tmp_path / "a.akn.xml"
    source.write_text('<p><img alt="a" src="x.svg"/><img src="y.svg"/></p><ref src="x.svg"/>')
    embedded = (
        b'<p><img alt="a" src="data:image/svg+xml;name=x.svg;base64,PHN2Zy8+"/><img src="y.svg"/></p><ref src="x.svg"/>'
    )
    assert sources.self_contained(SourcePath(source)).data == embedded


def test_a_csv_file_travels_in_its_source_and_keeps_its_name(tmp_path: Path) -> None:
    front = (EXAMPLES / "specimens" / "A_RES_104_12.en.md").read_text("utf-8").partition("\n---\n")[0]
    (tmp_path / "our_boats.csv").write_text("A,B\nC,1\n", "utf-8")
    body = "Text.\n\n<!-- figure, pie --> A\n\n![B](our_boats.csv)\n"
    (tmp_path / "x.md").write_text(f"{front}\n---\n\n{body}", "utf-8")
    whole = sources.self_contained(SourcePath(tmp_path / "x.md"))
    assert formats.parse(whole.data, "elsewhere.md") == formats.read(tmp_path / "x.md")
    (tmp_path / "our_boats.csv").write_text("A,B\nC,x\n", "utf-8")
    with pytest.raises(SourceError) as caught:
        formats.parse(sources.self_contained(SourcePath(tmp_path / "x.md")).data, str(tmp_path / "x.md"))
    assert caught.value.message == "our_boats.csv:2: “x” is not a number"


def test_only_akoma_ntoso_is_a_source_among_xml_in_a_folder(tmp_path: Path) -> None:
    for name in ("a.akn.xml", "b.akn", "report.xml"):
        (tmp_path / name).touch()
    (tmp_path / "c.xml").write_text('<?xml version="1.0"?><!-- --><a:akomaNtoso xmlns:a="…"/>', "utf-8")
    assert [path.name for path in sources.gather([str(tmp_path)])] == ["a.akn.xml", "b.akn", "c.xml"]
    assert sources.gather([str(tmp_path / "report.xml")]) == (tmp_path / "report.xml",)


def test_pruning_removes_only_what_was_made_from_a_source_that_is_gone(tmp_path: Path) -> None:
    gone, kept, moved = (write(tmp_path / "in", number) for number in (10, 11, 12))
    order = Batch((gone, kept, moved), tmp_path / "out")
    publish(order)
    (other := order.output / "other.pdf").touch()
    gone.unlink()
    publish(replace(order, sources=(kept, moved := moved.rename(tmp_path / "in" / "13.md"))))
    with batch.opened(order.output) as opened:
        assert list(batch.prune(opened, order.output)) == [order.output / "A_RES_104_10.en.pdf"]
        assert list(batch.prune(opened, order.output)) == []
    names = ["A_RES_104_11.en.pdf", "A_RES_104_12.en.pdf", "other.pdf"]
    assert sorted(path.name for path in order.output.iterdir()) == names
    kept.unlink()
    (order.output / names[0]).write_bytes(b"edited")
    with batch.opened(order.output) as opened:
        assert list(batch.prune(opened, order.output)) == []
    assert (order.output / names[0]).read_bytes() == b"edited"
    assert other.exists()


def test_the_record_can_be_inside_the_folder(tmp_path: Path) -> None:
    run = subprocess.run(
        command(write(tmp_path, 10), "-o", tmp_path / "out", "--record", "inside"), capture_output=True, timeout=300
    )
    assert run.returncode == 0, run.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [".masthead.record", "A_RES_104_10.en.pdf"]
    assert not record.place(tmp_path / "out").exists()


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "masthead", "publish", *map(str, arguments)]


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Six sources, and what an undisturbed run makes of them."""
    folder = tmp_path_factory.mktemp("six")
    for number in range(20, 26):
        write(folder / "in", number, ARABIC if number % 2 else ENGLISH)
    subprocess.run(command(folder / "in", "-o", folder / "out"), check=True, capture_output=True, timeout=300)
    return folder / "in", {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


@pytest.mark.parametrize("files", [0, 2, 4])
def test_a_run_killed_with_all_its_processes_is_finished_by_the_next(
    six: tuple[Path, dict[str, bytes]], tmp_path: Path, files: int
) -> None:
    folder, expected = six
    out = tmp_path / "out"
    run = subprocess.Popen(
        command(folder, "-o", out), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while run.poll() is None and sum(1 for _ in out.glob("*.pdf")) < files:
        time.sleep(0.02)
    if run.poll() is None:
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    assert all(expected[path.name] == path.read_bytes() for path in out.glob("*.pdf"))
    subprocess.run(command(folder, "-o", out), check=True, capture_output=True, timeout=300)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == expected


def test_the_command_prints_json_and_writes_reports(six: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder, _ = six
    (tmp_path / "bad.md").write_text("nothing")
    one = next(folder.glob("20.*"))
    arguments = (tmp_path / "bad.md", one, "-o", tmp_path / "out", "--json")
    names = [tmp_path / f"run{suffix}" for suffix in (".json", ".xml", ".html")]
    asked = [part for name in names for part in ("--report", name)]
    run = subprocess.run(command(*arguments, *asked), capture_output=True, text=True, timeout=300)
    assert run.returncode == 3, run.stderr
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert {(Path(line["source"]).name, line["state"]) for line in lines} == {("bad.md", "failed"), (one.name, "made")}
    assert next(line for line in lines if line["state"] == "failed")["error"]["exit_code"] == 3
    assert json.loads(names[0].read_text())["counts"] == {
        "made": 1,
        "checked": 0,
        "unchanged": 0,
        "duplicate": 0,
        "failed": 1,
    }
    suite = ElementTree.parse(names[1]).getroot()[0]
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == ("2", "1", "0")
    assert "bad.md" in names[2].read_text()
    dry = subprocess.run(command(*arguments, "--dry-run"), capture_output=True, text=True, timeout=300)
    assert "failed before" not in dry.stdout  # what is made is not due; what cannot be read fails again
    assert dry.returncode == 3
    unknown = subprocess.run(command(one, "--report", "x.odt"), capture_output=True, text=True, timeout=300)
    assert unknown.returncode == 2


def test_the_log_has_every_event_and_the_timings_every_stage(
    six: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    one, log = next(six[0].glob("20.*")), tmp_path / "runs.jsonl"
    arguments = one, tmp_path / "none.md", "-o", tmp_path / "out", "--log", log, "--timings"
    runs = [subprocess.run(command(*arguments), capture_output=True, text=True, timeout=120) for _ in range(2)]
    assert [run.returncode for run in runs] == [3, 3]
    first, second = (run.stderr for run in runs)
    for stage in LineStage:
        assert f"\n {stage} " in first
        assert f"\n {stage} " not in second  # nothing was made
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [event["event"] for event in events] == ["begin", "edition", "edition", "end"] * 2
    made = next(event for event in events if event.get("state") == "made")
    assert list(made["stages"]) == list(LineStage)
    assert made["stages"][LineStage.TYPESET] > 0
    assert events[-1]["counts"] == {"unchanged": 1, "failed": 1}
    assert events[-1]["exit_code"] == 3
    unwritable = subprocess.run(command(one, "--log", tmp_path), capture_output=True, text=True, timeout=60)
    assert unwritable.returncode == ResourceError.exit_code
    assert "the log cannot be opened: is a directory" in unwritable.stderr


def test_a_dry_run_makes_no_file(tmp_path: Path) -> None:
    source, output = write(tmp_path, 10), tmp_path / "new" / "out"
    subprocess.run(command(source, "-o", output, "--dry-run"), check=True, capture_output=True, timeout=120)
    assert sorted(tmp_path.rglob("*")) == [source]


def test_a_dry_run_changes_no_record(tmp_path: Path) -> None:
    record = tmp_path / ".out.record"
    with sqlite3.connect(record) as old:
        old.execute("CREATE TABLE editions (of_an_older_form TEXT)")
    before = record.read_bytes()
    with batch.opened(tmp_path / "out", writable=False) as kept:
        assert kept.entry(tmp_path / "a.md", "archive") is None
    assert record.read_bytes() == before


def outcomes() -> Iterator[Outcome]:
    found = {"rule": "a", "severity": "error", "message": "<b>قرار</b>", "page": 1}
    report = {"failed": True, "findings": [found]}
    yield Outcome(Path("a.md"), "archive", OutcomeState.MADE, Path("out/a.pdf"), ("never made",), report, seconds=1.5)
    yield Outcome(Path("b.md"), "archive", OutcomeState.FAILED, error=SourceError("no", where="b.md:1", hint="mend it"))
    yield Outcome(
        Path("c.md"), "archive", OutcomeState.UNCHANGED, Path("out/c.pdf"), report={"failed": False, "findings": []}
    )


def test_junit_separates_errors_of_the_run_from_failures_of_files() -> None:
    suite = ElementTree.fromstring(reports.to_junit(list(outcomes())))[0]
    assert (suite.get("errors"), suite.get("failures")) == ("1", "1")


def test_findings_in_an_unchanged_file_are_reported_again(tmp_path: Path) -> None:
    # A page for reading is nothing for a printer.
    order = Batch((write(tmp_path, 10),), tmp_path / "out", options=(Options(profile="press"),))
    told: dict[OutcomeState, list[str]] = {}
    for _ in range(2):
        (outcome,) = publish(order)
        assert outcome.exit_code == 1
        said = io.StringIO()
        with report_progress(Console(file=said), 1) as progress:
            progress.add(outcome)
        told[outcome.state] = said.getvalue().splitlines()[1:]
    assert told[OutcomeState.UNCHANGED] == told[OutcomeState.MADE]
    assert told[OutcomeState.UNCHANGED][0].startswith("  page 1: error: ")
    assert told[OutcomeState.UNCHANGED][0].endswith(" [press.black]")


def test_the_report_of_a_run_works_in_a_browser(page: Page, tmp_path: Path) -> None:
    reports.write(tmp_path / "run.html", list(outcomes()))
    page.goto((tmp_path / "run.html").as_uri())
    rows = page.locator("tbody tr")
    assert rows.count() == 3
    assert accessible(page) == ""
    assert "<b>قرار</b>" in page.inner_text("tbody")
    page.get_by_label("failed").check()
    assert [row.is_visible() for row in rows.all()] == [True, False, False]  # failures are first
    page.keyboard.press("ArrowRight")
    assert [row.is_visible() for row in rows.all()] == [False, True, False]  # with findings
