"""Sources from their names, the record of a run, and what a run says of itself while it goes on."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console

from masthead import batch, formats
from masthead.batch import confinement, conversion, inputs, record, sources, work
from masthead.batch.cluster import StoredValue, _fetched, _is_safe
from masthead.batch.limits import Limits, TimeLimitError
from masthead.batch.log import RunLog
from masthead.batch.outcome import Outcome, OutcomeState
from masthead.batch.pool import Pool
from masthead.batch.progress import Timings, report_progress
from masthead.batch.record import EditionRecord
from masthead.batch.tasks import Identity, SourcePath, Task
from masthead.document import Finding, OrderError, ResourceError, SourceError
from masthead.publication import DEFAULTS, SourceFile
from paths import EXAMPLES

SPECIMEN = EXAMPLES / "specimens" / "A_RES_104_12.en.md"

# --- sources ----------------------------------------------------------------------------------------------------------


def test_a_folder_has_the_files_that_can_be_read_sorted_by_path(tmp_path):
    names = ("b.md", "a.TXT", "c/z.docx", "c/a.akn", "x.akn.xml", "Y.AKN.XML", "d.xml", "e.html", ".hidden.md")
    for name in (*names, ".git/a.md", "c/.d/a.md", "n.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "folder.md").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in sources.gather([str(tmp_path)])]
    readable = {".md", ".txt", ".docx", ".akn"} & set(formats.READABLE)
    assert readable == {".md", ".txt", ".docx", ".akn"}
    expected = ["Y.AKN.XML", "a.TXT", "b.md", "c/a.akn", "c/z.docx", "x.akn.xml"]
    assert [name for name in found if name != "e.html"] == expected


@pytest.mark.parametrize(
    ("data", "is_document"),
    [
        (b"<akomaNtoso>", True), (b"<a:akomaNtoso xmlns:a='x'>", True), (b"<akomaNtoso\nx='y'>", True),
        ("<akomaNtoso>".encode("utf-16"), True), (b"<testsuites>", False), (b"<akomaNtosos>", False),
        (b"akomaNtoso ", False),
        (b" " * 4080 + b"<akomaNtoso>", True), (b" " * 4090 + b"<akomaNtoso>", False), (b"", False),
    ],
)  # fmt: skip
def test_an_xml_file_is_a_document_by_its_root(data, is_document, tmp_path):
    (tmp_path / "x.xml").write_bytes(data)
    (tmp_path / "y.md").touch()
    assert ((tmp_path / "x.xml") in sources.gather([str(tmp_path)])) is is_document


def test_names_that_are_no_pattern_are_returned_even_if_nothing_is_there(tmp_path):
    odd = tmp_path / "a[1].md"
    assert sources.gather([str(tmp_path / "none.md")]) == (tmp_path / "none.md",)
    odd.touch()
    assert sources.gather([str(odd)]) == (odd,)
    (tmp_path / "sub.md").mkdir()
    (tmp_path / "b.md").touch()
    assert sources.gather([str(tmp_path / "*.md")]) == (odd, tmp_path / "b.md")
    for name in (str(tmp_path / "*.akn"), str(tmp_path / "sub.md")):
        with pytest.raises(OrderError) as caught:
            sources.gather([name])
        assert (caught.value.message, caught.value.where) == ("no sources found", name)
        assert caught.value.hint.startswith("sources end in .") and ".md" in caught.value.hint


def test_paths_in_a_manifest_are_relative_to_it_and_all_wrong_lines_are_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    manifest = tmp_path / "m" / "all.jsonl"
    manifest.parent.mkdir()
    manifest.write_text('{"source": "a.md"}\n \n{"source": "/abs/b.md"}\n{"source": "../c.md"}\n')
    assert sources.gather(["m/all.jsonl"]) == (Path("m/a.md"), Path("/abs/b.md"), Path("m/../c.md"))
    manifest.write_text('{"source": "a.md"}\n{\n[]\n{"path": 1}\n')
    with pytest.raises(SourceError) as caught:
        sources.gather([str(manifest)])
    assert [(each.message, each.where) for each in caught.value.each] == [
        ("invalid line in a manifest", f"{manifest}:{line}") for line in (2, 3, 4)
    ]
    assert caught.value.hint == 'a line is a JSON object with a path: {"source": "A_RES_1.ar.md"}'
    manifest.write_bytes(b"\xff")
    for name in (manifest, tmp_path / "none.jsonl"):
        with pytest.raises(SourceError, match="the manifest cannot be read") as caught:
            sources.gather([str(name)])
        assert caught.value.where == str(name) and caught.value.hint


PICTURE = b"data:image/svg+xml;name=x.svg;base64,PHN2Zy8+"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", b"![](x.svg)", b"![](" + PICTURE + b")"),
        ("a.MD", b"![t](x.svg) [t](x.svg)", b"![t](" + PICTURE + b") [t](x.svg)"),
        ("a.md", b"![t](http://x.svg) ![t](y.svg) ![t](x.py) ![t](../x.svg)", None),
        ("a.md", b"a <!-- include: b.md -->", None),
        ("a.xml", b"<img src='x.svg'/>", b"<img src='" + PICTURE + b"'/>"),
        ("a.akn", b'<img\nalt="" src="x.svg">', b'<img\nalt="" src="' + PICTURE + b'">'),
        ("a.akn", b'<image src="x.svg"/><img src="x.svg', None),
        ("a.txt", b"![](x.svg)", None),
    ],
)  # fmt: skip
def test_pictures_are_embedded_where_a_source_names_them(name, text, expected, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for place in (folder / "x.svg", folder / "x.py", tmp_path / "x.svg"):
        place.write_bytes(b"<svg/>")
    (folder / name).write_bytes(text)
    found = sources.self_contained(SourcePath(folder / name))
    assert found == SourceFile(str(folder / name), text if expected is None else expected)


def test_included_texts_bring_their_own_pictures(tmp_path):
    (tmp_path / "x.svg").write_bytes(b"<svg/>")
    (tmp_path / "b.md").write_bytes(b"![](x.svg)")
    (tmp_path / "a.md").write_bytes(b"one\n<!-- include: b.md -->\n")
    found = sources.self_contained(SourcePath(tmp_path / "a.md")).data
    assert found == b"one\n<!-- include: " + formats.embedded("b.md", b"![](" + PICTURE + b")").encode() + b" -->\n"


def test_a_source_and_its_pictures_have_a_limit_together(tmp_path, monkeypatch):
    (tmp_path / "x.svg").write_bytes(b"<svg/>")
    (tmp_path / "a.md").write_bytes(b"![](x.svg)![](x.svg)")
    monkeypatch.setattr(formats, "MAX_BYTES", 32)
    assert sources.self_contained(SourcePath(tmp_path / "a.md"))
    monkeypatch.setattr(formats, "MAX_BYTES", 31)
    with pytest.raises(ResourceError, match="the source and its pictures are larger than 0 MiB") as caught:
        sources.self_contained(SourcePath(tmp_path / "a.md"))
    assert (caught.value.where, caught.value.hint) == (str(tmp_path / "a.md"), "make the pictures smaller")


# --- the record -------------------------------------------------------------------------------------------------------


def entry(output: str) -> EditionRecord:
    return EditionRecord(
        output, "p", "s", "g", Identity("A", "ar", "letter"), {"a": "1"}, {"ink": ""}, {"findings": [1]}
    )


def test_a_record_keeps_editions_and_failures_by_source_and_variant(tmp_path):
    path = tmp_path / "in" / os.fsdecode(b"\xff\xd9\x82.md")
    with record.opened(tmp_path / "out") as kept:
        assert kept.known(path, "archive") == (None, "")
        kept.made(path, "archive", entry("a.pdf"))
        kept.failed(path, "plain", "no \udcff")
        assert kept.known(path, "archive") == (entry("a.pdf"), "")
        assert kept.known(path, "plain") == (None, r"no \udcff")
        kept.failed(path, "archive", "no")
        assert kept.known(path, "archive") == (entry("a.pdf"), "no")
        assert (kept.entry(path, "archive"), kept.failure(path, "archive")) == (entry("a.pdf"), "no")
        kept.made(path, "archive", entry("b.pdf"))
        assert kept.known(path, "archive") == (entry("b.pdf"), "")
    moved = tmp_path / "moved"
    (tmp_path / ".out.record").rename((moved.mkdir(), moved)[1] / ".out.record")
    with record.opened(moved / "out") as kept:  # sources and record may move together
        assert kept.entry(moved / "in" / path.name, "archive") == entry("b.pdf")


def test_orphans_are_editions_whose_source_is_gone_and_whose_file_nobody_has(tmp_path):
    here = tmp_path / "here.md"
    here.touch()
    with record.opened(tmp_path / "out") as kept:
        for name, output in (("here.md", "a.pdf"), ("gone.md", "a.pdf"), ("gone2.md", "b.pdf")):
            kept.made(tmp_path / name, "archive", entry(output))
        kept.failed(tmp_path / "gone3.md", "archive", "no")
        assert kept.take_orphans() == [entry("b.pdf")]
        assert kept.take_orphans() == []
        assert kept.known(tmp_path / "gone3.md", "archive") == (None, "")
        assert kept.entry(here, "archive") == entry("a.pdf")


def test_a_record_in_another_form_is_discarded(tmp_path):
    with record.opened(tmp_path / "out") as kept:
        kept.made(tmp_path / "a.md", "archive", entry("a.pdf"))
    with closing(sqlite3.connect(tmp_path / ".out.record")) as database:
        database.execute("PRAGMA user_version = 1")
    with record.opened(tmp_path / "out") as kept:
        assert kept.entry(tmp_path / "a.md", "archive") is None


def test_a_record_is_beside_its_folder_or_inside_it(tmp_path):
    assert record.place(tmp_path / "out") == tmp_path / ".out.record"
    assert record.place(tmp_path / "x" / ".." / "out") == tmp_path / ".out.record"
    assert record.place(tmp_path / "out", inside=True) == tmp_path / "out" / ".masthead.record"
    assert record.place(Path("/")) == Path("/.masthead.record")
    (tmp_path / "file").touch()
    unusable = pytest.raises(ResourceError, match="the record cannot be used")
    with unusable as caught, record.opened(tmp_path / "file/out"):
        pass
    assert caught.value.hint == "check that its folder can be written; without the record everything is made again"
    with record.opened(tmp_path / "out"), pytest.raises(ResourceError) as held, record.opened(tmp_path / "out"):
        pass
    assert (held.value.message, held.value.hint) == (
        "another run is using this folder", "wait for it, or name another output",
    )  # fmt: skip


def test_drafts_are_removed_before_and_after(tmp_path):
    left = tmp_path / ".out.drafts" / "left"
    left.parent.mkdir()
    left.touch()
    with record.opened(tmp_path / "out") as kept, kept.drafts() as folder:
        assert folder == tmp_path / ".out.drafts" and list(folder.iterdir()) == []
        (folder / "new").touch()
    assert not folder.exists()


def test_pruning_leaves_what_somebody_changed(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.pdf").write_bytes(b"edited")
    with record.opened(tmp_path / "out") as kept:
        for name in ("a", "missing"):
            kept.made(tmp_path / f"{name}.md", "archive", entry(f"{name}.pdf"))
        assert list(batch.prune(kept, tmp_path / "out")) == []
    assert (tmp_path / "out/a.pdf").exists()


# --- what is said -----------------------------------------------------------------------------------------------------


def said(outcome: Outcome, *, explain: bool = False, quiet: bool = False) -> list[str]:
    written = io.StringIO()
    with report_progress(Console(file=written, quiet=quiet), 1, explain=explain) as progress:
        progress.add(outcome)
    return written.getvalue().splitlines()


FOUND = {"failed": True, "findings": [
    {"severity": "error", "rule": "a.b", "message": "wrong\x1b", "page": 3, "where": "x"},
    {"severity": "warning", "rule": "c.d", "message": "odd", "page": None, "where": ""},
]}  # fmt: skip
FINE = {"failed": False, "findings": []}
WHERE = Path("a.md"), "archive"


@pytest.mark.parametrize(
    ("outcome", "options", "expected"),
    [
        (Outcome(*WHERE, OutcomeState.MADE, Path("a.pdf"), ("never made",), FINE), {}, ["made a.pdf"]),
        (Outcome(*WHERE, OutcomeState.MADE, Path("a.pdf"), ("x", "y"), FINE), {"explain": True}, ["made a.pdf: x, y"]),
        (Outcome(*WHERE, OutcomeState.UNCHANGED, Path("a.pdf"), (), FINE), {}, []),
        (Outcome(*WHERE, OutcomeState.UNCHANGED, Path("a.pdf"), (), FINE), {"explain": True}, ["unchanged a.pdf"]),
        (Outcome(*WHERE, OutcomeState.MADE, Path("a.pdf"), (), FINE), {"quiet": True}, []),
        (
            Outcome(*WHERE, OutcomeState.UNCHANGED, Path("a.pdf"), (), FOUND), {},
            ["unchanged a.pdf", "  page 3, x: error: wrong\\x1b [a.b]", "  warning: odd [c.d]"],
        ),
        (
            Outcome(*WHERE, OutcomeState.DUPLICATE, Path("a.pdf"), notes=("twin",)), {},
            ["duplicate a.pdf", "  note: twin"],
        ),
        (
            Outcome(*WHERE, OutcomeState.FAILED, error=SourceError("no", where="a.md:1", hint="mend")), {},
            ["a.md:1: no", "hint: mend"],
        ),
        (Outcome(*WHERE, OutcomeState.FAILED, error=ResourceError("no")), {"quiet": True}, ["a.md: no"]),
        (
            Outcome(*WHERE, OutcomeState.FAILED, error=SourceError("1", others=[SourceError("2", hint="h")])), {},
            ["a.md: 1", "a.md: 2", "hint: h"],
        ),
    ],
)  # fmt: skip
def test_what_became_of_an_edition_is_said_in_lines(outcome, options, expected):
    assert said(outcome, **options) == expected


def test_above_a_bar_only_what_people_must_know_is_said():
    written = io.StringIO()
    console = Console(file=written, force_terminal=True, color_system=None, width=200)
    with report_progress(console, 9) as progress:
        for each in (
            Outcome(*WHERE, OutcomeState.MADE, Path("fine.pdf"), report=FINE),
            Outcome(*WHERE, OutcomeState.MADE, Path("wrong.pdf"), report=FOUND),
            Outcome(*WHERE, OutcomeState.DUPLICATE, Path("twin.pdf"), notes=("twin",)),
            Outcome(*WHERE, OutcomeState.UNCHANGED, Path("same.pdf"), report=FINE),
        ):
            progress.add(each)
    text = written.getvalue()
    assert [name in text for name in ("fine.pdf", "wrong.pdf", "twin.pdf", "same.pdf")] == [False, True, True, False]


def test_a_summary_counts_each_state():
    with report_progress(Console(file=io.StringIO()), 5) as progress:
        assert progress.summary() == "nothing to do (0 typeset)"
        for state, count in ((OutcomeState.UNCHANGED, 1000), (OutcomeState.MADE, 2), (OutcomeState.FAILED, 1)):
            for _ in range(count):
                progress.add(Outcome(*WHERE, state, Path("a.pdf"), report=FINE))
        assert progress.summary() == "2 made, 1,000 unchanged, 1 failed (2 typeset)"


def test_the_table_of_times_has_sums_shares_and_the_slowest_document():
    timings = Timings()
    for name, seconds in (("a", 1.0), ("b\n", 4.0), ("c", 1.0)):
        timings.add(Outcome(Path(name), "archive", OutcomeState.MADE, stages={"read": seconds, "check": 0.5}))
    written = io.StringIO()
    Console(file=written, width=120).print(timings.table(2.5))
    rows = [line.split() for line in written.getvalue().splitlines()]
    assert rows == [
        ["stage", "CPU", "seconds", "share", "median", "slowest", "slowest", "document"],
        ["read", "6.00", "60%", "1.000", "4.000", "b\\n"], ["check", "1.50", "15%", "0.500", "0.500", "c"],
        ["this", "process", "2.50", "25%"],
    ]  # fmt: skip
    assert [column._cells[-1] for column in Timings().table(0.0).columns] == ["this process", "0.00", "", "", "", ""]


def test_a_log_is_a_line_for_each_event(tmp_path):
    log = RunLog(tmp_path / "l.jsonl")
    log.begin(["a", "ب"], Path("out"), 2)
    log.add(Outcome(*WHERE, OutcomeState.MADE, Path("a.pdf"), report=FINE))
    log.end({OutcomeState.MADE: 1}, 1)
    log.close()
    text = (tmp_path / "l.jsonl").read_text("utf-8")
    events = [json.loads(line) for line in text.splitlines()]
    assert "ب" in text and all(re.fullmatch(r"[\dT:.-]{23}\+00:00", each.pop("time")) for each in events)
    assert events[0].pop("masthead")
    assert events[0] == {"event": "begin", "sources": ["a", "ب"], "output": "out", "total": 2}
    assert (events[1]["event"], events[1]["pdf"], events[1]["failed"]) == ("edition", "a.pdf", False)
    assert events[2] == {"event": "end", "counts": {"made": 1}, "exit_code": 1}
    RunLog(tmp_path / "l.jsonl").close()  # a second run appends
    assert (tmp_path / "l.jsonl").read_text("utf-8") == text
    with pytest.raises(ResourceError, match="the log cannot be opened: is a directory"):
        RunLog(tmp_path)
    full = RunLog(Path("/dev/full"))
    with pytest.raises(ResourceError, match="the log cannot be written: no space left on device"):
        full.end({}, 0)
    full.close()


def test_an_outcome_as_plain_values():
    error = SourceError("no", where="a:1", hint="h", others=[ResourceError("full")])
    failed = Outcome(*WHERE, OutcomeState.FAILED, Path("a.pdf"), error=error, seconds=1.23456, stages={"read": 0.00049})
    assert failed.to_dict() == {
        "source": "a.md", "variant": "archive", "state": "failed", "pdf": None, "reasons": [], "notes": [],
        "seconds": 1.235, "stages": {"read": 0.0},
        "error": {
            "kind": "SourceError", "message": "no", "where": "a:1", "hint": "h", "exit_code": 3,
            "others": [{"kind": "ResourceError", "message": "full", "where": "", "hint": "", "exit_code": 6}],
        },
    }  # fmt: skip
    placed = Outcome(*WHERE, OutcomeState.MADE, report=FOUND, placement=(Finding("here", rule="r"),))
    assert [each["message"] for each in placed.to_dict()["findings"]] == ["here", "wrong\x1b", "odd"]
    assert [Outcome(*WHERE, OutcomeState.MADE, report=each).exit_code for each in (None, FINE, FOUND)] == [0, 0, 1]


# --- workers ----------------------------------------------------------------------------------------------------------


def test_work_for_several_says_nothing_of_one_that_fails():
    def half(number: int) -> int:
        if number % 2:
            raise SourceError("odd")
        return number // 2

    assert work.each((half, [0, 1, 4])) == [0, None, 2]
    with pytest.raises(ZeroDivisionError):
        work.each((lambda number: 1 // number, [0]))


def test_a_source_that_changed_after_it_was_named_is_not_published(tmp_path):
    (tmp_path / "a.md").write_text("x")
    with pytest.raises(SourceError) as caught:
        work.make(Task(SourcePath(tmp_path / "a.md"), "0" * 64, DEFAULTS))
    assert (caught.value.message, caught.value.hint) == ("the source was changed during the run", "run again")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (0, ""),
        (1, "other files"),
        (3, "other files"),
        (4, "other files and the network"),
        (9, "other files and the network"),
    ],
)
def test_what_workers_are_kept_from_is_said(found, words, monkeypatch):
    monkeypatch.setattr(confinement, "version", lambda: found)
    assert confinement.covers() == words


def test_limits_grow_by_the_mebibyte():
    assert Limits() == Limits(120, 2048)
    assert Limits(10, 100).of(0) == Limits(10, 100)
    assert Limits(10, 100).of(2**20) == Limits(20, 200) and Limits(10, 100).of(2**19) == Limits(15, 150)


def test_why_a_worker_was_lost_is_said_with_its_limits():
    from concurrent.futures.process import BrokenProcessPool

    from pebble import ProcessExpired

    def expired(code: int) -> ProcessExpired:
        return ProcessExpired("x", code=code)

    pool = object.__new__(Pool)
    pool._limits = Limits(10, 100)
    for error, kind, message, hint in (
        (TimeoutError(), TimeLimitError, "not ready after 200 seconds, most of them spent waiting",
            "check whether the machine is overloaded, or raise --timeout"),
        (expired(-27), TimeLimitError, "took more than 20 seconds of CPU time", "raise --timeout, which is now 10"),
        (expired(75), ResourceError, "took more than 200 MiB of memory", "raise --memory, which is now 100"),
        (expired(-9), ResourceError, "the worker process ended (SIGKILL)", "memory may be low; see --memory"),
        (expired(3), ResourceError, "the worker process ended (code 3)", "memory may be low; see --memory"),
        (BrokenProcessPool(), ResourceError, "the worker processes ended", "memory may be low; see --memory"),
    ):  # fmt: skip
        loss = pool.loss(error, 2**20)
        assert (type(loss), loss.message, loss.hint) == (kind, message, hint)
    assert pool.loss(SourceError("no")) is None


# --- a cluster --------------------------------------------------------------------------------------------------------


def test_a_value_in_a_store_is_known_by_its_bytes(tmp_path):
    stored = StoredValue.put({"a": 1}, f"{tmp_path}/")
    assert stored == StoredValue.put({"a": 1}, str(tmp_path)) and stored.get() == {"a": 1}
    assert Path(stored.address).parent == tmp_path and re.fullmatch("[0-9a-f]{64}", Path(stored.address).name)
    Path(stored.address).write_bytes(b"other")
    with pytest.raises(ResourceError, match="a value in the store is damaged") as caught:
        stored.get()
    assert caught.value.where == stored.address
    stored.delete()
    stored.delete()  # somebody else may have cleared the store
    with pytest.raises(ResourceError, match="a value in the store is lost"):
        stored.get()
    (tmp_path / "file").touch()
    with pytest.raises(ResourceError, match="cannot be written: file exists") as caught:
        StoredValue.put(1, str(tmp_path / "file"))
    assert caught.value.where.startswith(str(tmp_path / "file"))
    with pytest.raises(ResourceError, match="the store cannot be written") as caught:
        StoredValue.put(1, "file:///proc/nowhere")
    assert caught.value.where == "file:///proc/nowhere"


def test_values_are_deleted_when_their_result_has_arrived(tmp_path):
    from concurrent.futures import Future

    for failing in (False, True):
        sent, made, result = StoredValue.put("in", str(tmp_path)), StoredValue.put("out", str(tmp_path)), Future()
        future = _fetched(sent, result)
        result.set_exception(SourceError("no")) if failing else result.set_result(made)
        if failing:
            assert isinstance(future.exception(), SourceError) and sent.get() == "in"
        else:
            assert future.result() == "out" and list(tmp_path.iterdir()) == []
    made.delete()
    result, future = Future(), None
    future = _fetched(sent, result)
    result.set_result(made)
    assert isinstance(future.exception(), ResourceError)


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("tls://far:1", True), ("wss://far:1", True), ("tcp://far:1", False), ("ws://far:1", False), ("far:1", False),
        ("tcp://localhost:1", True), ("tcp://127.9.9.9:1", True), ("[::1]:1", True), ("tcp://10.0.0.1:1", False),
        ("", False),
    ],
)  # fmt: skip
def test_an_address_is_safe_if_it_is_encrypted_or_stays_here(address, safe):
    assert _is_safe(address) is safe


# --- inputs and conversions -------------------------------------------------------------------------------------------


def test_a_page_depends_on_what_its_style_sheets_import_and_draw():
    found = inputs.styles('<link rel="stylesheet" href="css/page.css"><link rel="stylesheet" href="../x.css">')
    assert found == ("art/rule.svg", "css/page.css")
    assert inputs.styles('<link rel="stylesheet" href="css/absent.css">') == ("css/absent.css",)
    assert inputs.styles("<p>no style</p>") == ()
    names = inputs.templates_of("resolution.html.j2")
    assert "resolution.html.j2" in names and "base.html.j2" in names and "letter.html.j2" not in names


def converted(tmp_path: Path, *names: str) -> list[conversion.Conversion]:
    made, failed = conversion.prepare([SPECIMEN], conversion.below(tmp_path, names[0]))
    assert failed == []
    return made


def test_a_conversion_is_named_by_its_document(tmp_path):
    (one,) = converted(tmp_path, "{type}/{lang}/{stem}-{symbol}.akn")
    assert one.output == tmp_path / "resolution/en/A_RES_104_12.en-A_RES_104_12.akn"
    assert formats.parse(one.data, "x.akn") == one.document and one.source == SPECIMEN
    for pattern in ("{variant}.md", "{stem}.pdf", "../{stem}.md"):
        with pytest.raises(OrderError):
            conversion.below(tmp_path, pattern)


def test_a_file_that_is_the_same_is_left_and_another_needs_force(tmp_path):
    made = converted(tmp_path, "{stem}.md")
    (output,) = (each.output for each in made)
    conversion.write(made, force=False)
    os.utime(output, (1, 1))
    conversion.write(made, force=False)
    conversion.write(made, force=True)
    assert output.stat().st_mtime == 1
    output.write_text("mine")
    with pytest.raises(OrderError) as caught:
        conversion.write(made, force=False)
    assert (caught.value.message, caught.value.where, caught.value.hint) == (
        "file already exists", str(output), "--force replaces it",
    )  # fmt: skip
    assert output.read_text() == "mine"
    conversion.write(made, force=True)
    assert output.read_bytes() == made[0].data


def test_errors_of_a_conversion_have_the_name_of_their_source(tmp_path):
    (tmp_path / "bad.md").write_text("---\ntype: nothing\n---\n")
    _, failed = conversion.prepare(
        [tmp_path / "bad.md", tmp_path / "none.md"], conversion.below(tmp_path, "{stem}.akn")
    )
    assert [
        each.where.startswith(str(tmp_path / name)) for each, name in zip(failed, ("bad.md", "none.md"), strict=True)
    ]
    place = conversion.below(tmp_path, "{stem}.akn")

    def refuse(source, document):
        raise OrderError("no place", where="here", hint="h", others=[OrderError("x")])

    _, (error,) = conversion.prepare([SPECIMEN], refuse)
    assert (str(error), error.hint, len(error.each)) == (f"{SPECIMEN}: here: no place", "h", 2)
    with pytest.raises(OrderError, match="have the same output"):
        conversion.prepare([SPECIMEN, SPECIMEN], place)
