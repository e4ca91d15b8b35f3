"""What a run would make, and why: names, reasons, twins and findings, without making a page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from masthead import batch
from masthead.batch import Batch, OutcomeState, outputs, plan, work
from masthead.batch.execution import _grouped, _remove_drafts
from masthead.batch.inputs import Inputs
from masthead.batch.limits import TimeLimitError
from masthead.batch.plan import Target, described, reasons
from masthead.batch.record import EditionRecord
from masthead.batch.tasks import Answer, Identity, Product, SourcePath, Task
from masthead.document import LineBreaking, MastheadError, OrderError, Pagination, ResourceError, SourceError, Variant
from masthead.page import Emblem
from masthead.publication import DEFAULTS, Options, SourceFile

KNOWN = Inputs({"a.css": "1"}, {"weasyprint": "70.0", "fonts": "f" * 64})


class Workers:
    """An executor whose workers make no pages: a product is made of the bytes of its source.

    `tasks` are what it was asked to make, `own` the readers on this machine, if its workers are elsewhere.
    """

    width = 1
    drafts = None

    def __init__(self, own: Workers | None = None) -> None:
        self.tasks: list[Task] = []
        self.done: list[str] = []
        self.readers = own or self

    def submit(self, function: Callable[[Any], Any], given: Any, size: int = 0) -> Future[Any]:
        future: Future[Any] = Future()
        self.done.append(function.__name__)
        try:
            future.set_result(self._do(function, given))
        except Exception as error:
            future.set_exception(error)
        return future

    def _do(self, function: Callable[[Any], Any], given: Any) -> Any:
        if function is work.each:
            inner, values = given
            return work.each((lambda one: self._do(inner, one), values))
        return self._make(given) if function is work.make else function(given)

    def _make(self, task: Task) -> Product:
        self.tasks.append(task)
        if isinstance(task.source, SourcePath):
            name, data = task.source.path.name, task.source.path.read_bytes()
        else:
            name, data = Path(task.source.name).name, task.source.data
        if b"fail" in data:
            raise SourceError("it fails", where=name)
        pdf = b"" if task.pdf and task.pages == "same" else b"%PDF " + data + str(task.options.variant).encode()
        digest = hashlib.sha256(pdf or task.pdf).hexdigest()
        symbol = name.partition(".")[0]
        inputs = KNOWN.of(["a.css"])
        report = {"failed": b"wrong" in data, "findings": []}
        pages = "same" if b"same" in data else ""
        return Product(Identity(symbol, "en", "resolution"), pdf, digest, pages, inputs, report, 0.5, {"read": 0.25})

    def loss(self, error: BaseException, size: int = 0) -> MastheadError | None:
        return None


class Counting(Workers):
    """Workers that count the sources of each job, by what is done with them."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: dict[str, list[int]] = {}

    def submit(self, function: Callable[[Any], Any], given: Any, size: int = 0) -> Future[Any]:
        inner, values = given if function is work.each else (function, (given,))
        self.sizes.setdefault(inner.__name__, []).append(len(values))
        return super().submit(function, given, size)


@pytest.fixture(autouse=True)
def _names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A source is named by its file, in English: `A_1.en.md`."""

    def read(source: SourceFile) -> SourceFile:
        if b"unreadable" in source.data:
            raise SourceError("no document", where=source.name)
        return source

    def identity(source: SourceFile) -> Identity:
        return Identity(Path(source.name).name.partition(".")[0], "en", "resolution")

    monkeypatch.setattr(work, "_read", read)
    monkeypatch.setattr(work, "_identity", identity)


def source(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def run(order: Batch, workers: Workers | None = None, inputs: Inputs = KNOWN) -> list[batch.Outcome]:
    with batch.opened(order.output) as kept:
        return list(batch.Run(order, kept, workers or Workers(), inputs).outcomes())


def states(outcomes: list[batch.Outcome]) -> list[tuple[str, str]]:
    return sorted((each.source.name, str(each.state)) for each in outcomes)


# --- reasons ----------------------------------------------------------------------------------------------------------

EMBLEM = Emblem("data:image/svg+xml,<svg/>")
RECORDED = EditionRecord(
    "a.pdf", hashlib.sha256(b"made").hexdigest(), "digest", "", Identity("a", "en", "letter"), KNOWN.of(["a.css"]),
    described(DEFAULTS), {},
)  # fmt: skip


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (DEFAULTS, ()),
        (Options(pagination=Pagination.FLOW), ("pagination is now flow",)),
        (Options(lines=LineBreaking.BEST_FIT), ("lines is now best-fit",)),
        (Options(profile="archive"), ("profile is now archive",)),
        (Options(emblem=EMBLEM), ("another emblem",)),
        (Options(ink="black"), ("ink is now black",)),
        (Options(Variant.PLAIN), ()),  # the record has an entry of its own for each variant
    ],
)  # fmt: skip
def test_each_option_that_changes_the_pages_is_a_reason(options, reason, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"made")
    target = Target(tmp_path / "a.md", options, "digest", RECORDED.identity, "a.pdf", tmp_path / "a.pdf")
    assert reasons(target, RECORDED, "", KNOWN) == reason
    # And an edition that was made so is up to date.
    made = replace(RECORDED, options=described(options))
    assert reasons(target, made, "", KNOWN) == ()
    back = {"pagination is now flow": "pagination is now its own", "lines is now best-fit": "lines is now its own"}
    if reason and reason[0] in back:
        assert reasons(replace(target, options=DEFAULTS), made, "", KNOWN) == (back[reason[0]],)


@pytest.mark.parametrize(
    ("files", "engines", "expected"),
    [
        ({"a.css": "1", "b.css": "2"}, {}, ()),  # which was not used
        ({"a.css": "2"}, {}, ("a.css changed",)),
        ({}, {}, ("a.css was removed",)),
        ({"a.css": "1"}, {"weasyprint": "71.0"}, ("weasyprint 70.0 is now 71.0",)),
        ({"a.css": "1"}, {"weasyprint": ""}, ("weasyprint 70.0 is now none",)),
        ({"a.css": "1"}, {"pango": "1.5"}, ("pango none is now 1.5",)),
        ({"a.css": "1"}, {"fonts": "e" * 64}, ("fonts changed",)),
        ({"a.css": "1"}, {"fonts": "e" * 63}, (f"fonts {'f' * 64} is now {'e' * 63}",)),
        ({"a.css": "2"}, {"weasyprint": "71.0"}, ("a.css changed", "weasyprint 70.0 is now 71.0")),
    ],
)  # fmt: skip
def test_what_an_edition_was_made_with_is_compared_with_what_is_here(files, engines, expected, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"made")
    target = Target(tmp_path / "a.md", DEFAULTS, "digest", RECORDED.identity, "a.pdf", tmp_path / "a.pdf")
    assert reasons(target, RECORDED, "", Inputs(files, {**KNOWN.engines, **engines})) == expected


def test_a_file_that_is_not_what_was_made_is_a_reason(tmp_path):
    target = Target(tmp_path / "a.md", DEFAULTS, "digest", RECORDED.identity, "a.pdf", tmp_path / "a.pdf")
    assert reasons(target, None, "", KNOWN) == ("never made",)
    assert reasons(target, None, "no title", KNOWN) == ("failed before: no title",)
    assert reasons(target, RECORDED, "no title", KNOWN) == ("the output file is missing",)
    (tmp_path / "a.pdf").write_bytes(b"edited")
    assert reasons(target, RECORDED, "", KNOWN) == ("the output file was changed",)
    assert reasons(replace(target, name="b.pdf"), RECORDED, "", KNOWN) == ("the output file name has changed",)
    changed = reasons(replace(target, digest="other"), RECORDED, "", Inputs({}, KNOWN.engines))
    assert changed == ("the source changed", "a.css was removed", "the output file was changed")


def test_all_inputs_have_one_digest_and_what_is_missing_an_empty_one():
    assert KNOWN.of(["a.css", "b.css"]) == {"a.css": "1", "b.css": "", "weasyprint": "70.0", "fonts": "f" * 64}
    others = (Inputs({"a.css": "2"}, KNOWN.engines), Inputs(KNOWN.files, {"weasyprint": "71.0"}))
    assert len({KNOWN.digest, *(each.digest for each in others)}) == 3


# --- runs -------------------------------------------------------------------------------------------------------------


def test_a_run_makes_what_is_due_and_records_it(tmp_path):
    first, second = source(tmp_path / "A_1.en.md", "one"), source(tmp_path / "A_2.en.md", "two wrong")
    order = Batch((first, second), tmp_path / "out")
    outcomes = sorted(run(order), key=lambda each: each.source)
    assert [each.to_dict() for each in outcomes] == [
        {
            "source": str(path), "variant": "archive", "state": "made", "pdf": str(tmp_path / f"out/A_{number}.en.pdf"),
            "reasons": ["never made"], "notes": [], "seconds": 0.5, "stages": {"read": 0.25}, "failed": number == 2,
            "findings": [],
        }
        for number, path in ((1, first), (2, second))
    ]  # fmt: skip
    assert [each.exit_code for each in outcomes] == [0, 1]
    assert (tmp_path / "out/A_1.en.pdf").read_bytes() == b"%PDF onearchive"
    again = sorted(run(order), key=lambda each: each.source)
    assert [(each.state, each.reasons, each.exit_code) for each in again] == [
        (OutcomeState.UNCHANGED, (), 0), (OutcomeState.UNCHANGED, (), 1),
    ]  # fmt: skip


def test_a_failure_does_not_forget_what_was_made_before(tmp_path):
    path = source(tmp_path / "A_1.en.md", "good")
    order = Batch((path,), tmp_path / "out")
    run(order)
    source(path, "it will fail")
    (failed,) = run(order)
    assert (failed.state, str(failed.error), failed.reasons) == (
        OutcomeState.FAILED, "A_1.en.md: it fails", ("the source changed",),
    )  # fmt: skip
    with batch.opened(order.output) as kept:
        entry, failure = kept.known(path, "archive")
        assert entry and entry.output == "A_1.en.pdf" and failure == "A_1.en.md: it fails"
        assert order.failed_only(kept).sources == (path,)
    source(path, "good")
    assert states(run(order)) == [("A_1.en.md", "unchanged")]  # the file is still that of this source
    source(path, "it will fail")
    run(order)
    path.unlink()
    with batch.opened(order.output) as kept:
        assert list(batch.prune(kept, order.output)) == [tmp_path / "out/A_1.en.pdf"]
        assert kept.known(path, "archive") == (None, "")


def test_a_source_that_cannot_be_read_fails_for_each_variant(tmp_path):
    order = Batch(
        (source(tmp_path / "A_1.en.md", "unreadable"),), tmp_path / "out", "{variant}/{symbol}.pdf",
        (DEFAULTS, Options(Variant.PLAIN)),
    )  # fmt: skip
    outcomes = run(order)
    assert [(each.variant, each.state, each.output) for each in outcomes] == [
        ("archive", OutcomeState.FAILED, None), ("plain", OutcomeState.FAILED, None),
    ]  # fmt: skip
    with batch.opened(order.output) as kept:
        planned = list(batch.Run(order, kept, Workers(), KNOWN).plan())
        assert [str(each.error) for each in planned] == [f"{order.sources[0]}: no document"] * 2
        only = replace(order, options=(Options(Variant.PRESS),))
        assert only.failed_only(kept).sources == ()
        assert replace(order, options=(Options(Variant.PRESS), DEFAULTS)).failed_only(kept).sources == order.sources


def test_the_file_that_is_there_is_kept_if_its_pages_are_the_same_and_nobody_changed_it(tmp_path):
    path = source(tmp_path / "A_1.en.md", "same")
    order = Batch((path,), tmp_path / "out")
    run(order)
    pdf = tmp_path / "out/A_1.en.pdf"
    made, other = pdf.read_bytes(), Inputs(KNOWN.files, {**KNOWN.engines, "fonts": "e" * 64})
    source(path, "same, with a comment")
    workers = Workers()
    (outcome,) = run(order, workers)
    assert (outcome.state, outcome.output, workers.tasks[0].pdf, workers.tasks[0].pages) == (
        OutcomeState.CHECKED, pdf, made, "same",
    )  # fmt: skip
    assert pdf.read_bytes() == made
    pdf.write_bytes(b"edited")
    workers = Workers()
    (outcome,) = run(order, workers)
    assert (outcome.state, workers.tasks[0].pdf, workers.tasks[0].pages) == (OutcomeState.MADE, b"", "")
    workers = Workers()
    (renamed,) = run(replace(order, pattern="{symbol}.pdf"), workers)
    assert (renamed.reasons, workers.tasks[0].pdf) == (("the output file name has changed",), b"")
    (outcome,) = run(replace(order, pattern="{symbol}.pdf"), inputs=other)
    assert str(outcome.error) == (
        f"{path}: a worker made it with different templates, fonts or versions from those of this machine"
    )


def test_workers_elsewhere_are_given_the_source_itself(tmp_path):
    path = source(tmp_path / "A_1.en.md", "text ![a](x.svg)")
    source(tmp_path / "x.svg", "<svg/>")
    readers = Workers()
    workers = Workers(readers)
    order = Batch((path,), tmp_path / "out")
    assert states(run(order, workers)) == [("A_1.en.md", "made")]
    assert (readers.done, workers.done) == (["identify", "self_contained"], ["make"])
    (task,) = workers.tasks
    assert isinstance(task.source, SourceFile) and b"data:image/svg+xml" in task.source.data
    here = Workers()
    run(replace(order, output=tmp_path / "here"), here)
    assert here.tasks[0].source == SourcePath(path) and here.done == ["identify", "make"]


@pytest.mark.parametrize(
    ("folders", "wrong"),
    [
        ("en", ""), ("English", ""), ("x/y", ""), ("fr", "French"), ("FRENCH", "French"), ("fr/deep/er", "French"),
        ("fr/en", ""), ("en/ar", "Arabic"), ("english/x/Chinese/y", "Chinese"),
    ],
)  # fmt: skip
def test_the_nearest_folder_of_a_language_says_which_documents_it_has(folders, wrong, tmp_path):
    path = source(tmp_path / folders / "A_1.en.md", "text")
    (outcome,) = run(Batch((path,), tmp_path / "out"))
    if not wrong:
        assert outcome.findings == [] and outcome.placement == ()
        return
    (found,) = outcome.findings
    assert (found["rule"], found["severity"], found["where"]) == ("language-folder", "warning", str(path))
    assert found["message"] == f"the document is in English, but its folder is for {wrong}"
    assert found["hint"] == f"move it, or check whether the {wrong} version is missing"
    assert outcome.to_dict()["findings"] == [found]


# --- names ------------------------------------------------------------------------------------------------------------


def planned(order: Batch, answers: list[Answer | MastheadError]) -> list[Any]:
    with batch.opened(order.output) as kept:
        planner = plan.Planner(order, kept, KNOWN)
        return [each for number, answer in enumerate(answers) for each in planner.add(number, answer)]


def test_a_source_waits_for_those_before_it(tmp_path):
    order = Batch((tmp_path / "a.md", tmp_path / "b.md"), tmp_path / "out")
    same = Identity("A_1", "en", "letter")
    with batch.opened(order.output) as kept:
        planner = plan.Planner(order, kept, KNOWN)
        assert list(planner.add(1, Answer("2", same))) == []
        first, second = planner.add(0, Answer("1", same))
    assert (first.name, second.name) == ("A_1.en.pdf", "b.en.pdf")
    assert second.notes == (f"named after its source, because {tmp_path / 'a.md'} has the name A_1.en.pdf",)
    assert first.notes == () and first.reasons == second.reasons == ("never made",)


def test_two_names_that_differ_in_case_are_one_file(tmp_path):
    order = Batch(tuple(tmp_path / name for name in ("a.md", "b.md", "c.md")), tmp_path / "out")
    names = [Identity("A_1", "en", "x"), Identity("a_1", "en", "x"), Identity("A_1", "en", "x")]
    first, second, twin = planned(order, [Answer(digest, each) for digest, each in zip("121", names, strict=True)])
    assert (first.output.name, second.output.name) == ("A_1.en.pdf", "b.en.pdf")
    assert (twin.state, twin.output, twin.notes) == (
        OutcomeState.DUPLICATE, first.output, (f"identical to {tmp_path / 'a.md'}; published once",),
    )  # fmt: skip


def test_a_third_name_is_an_error_that_names_the_other_source(tmp_path):
    order = Batch(tuple(tmp_path / name for name in ("a/x.md", "b/x.md", "c/x.md")), tmp_path / "out")
    *_, third = planned(order, [Answer(digest, Identity("A_1", "en", "letter")) for digest in "123"])
    assert (third.state, third.error.message) == (OutcomeState.FAILED, f"{tmp_path / 'b/x.md'} has the same output")
    assert third.error.where == str(tmp_path / "out/x.en.pdf")
    assert third.error.hint == "distinguish them in the pattern by {symbol}, {lang}, {type}, {variant}, {stem}"


def test_no_source_is_replaced_by_an_output(tmp_path):
    order = Batch((tmp_path / "a.md", tmp_path / "A_1.en.pdf"), tmp_path)
    first, _ = planned(order, [Answer("1", Identity("A_1", "en", "x")), SourceError("no")])
    assert (first.error.message, first.error.hint) == ("the output would replace a source", "name another -o")


def test_all_fields_of_a_pattern_are_filled_in(tmp_path):
    order = Batch((tmp_path / "in.md",), tmp_path, "{type}/{variant}/{stem}-{symbol}-{lang}.pdf")
    (target,) = planned(order, [Answer("1", Identity("A_1", "ar", "letter"))])
    assert target.name == "letter/archive/in-A_1-ar.pdf" and target.output == tmp_path / target.name


@pytest.mark.parametrize(
    ("pattern", "message", "hint"),
    [
        ("{author}.pdf", "the pattern has no field {author}", "available fields: {symbol}, {stem}"),
        ("{x}{a}.pdf", "the pattern has no field {a}", "available fields: {symbol}, {stem}"),
        ("{}.pdf", "the pattern has no field {}", "available fields: {symbol}, {stem}"),
        ("{symbol.pdf", "invalid pattern: expected '}' before end of string", ""),
        ("{symbol}", "a pattern must be a path inside the output folder that ends in .md or .pdf", ""),
        ("{symbol}.PDF", "a pattern must be a path inside the output folder that ends in .md or .pdf", ""),
        ("/{symbol}.pdf", "a pattern must be a path inside the output folder that ends in .md or .pdf", ""),
        ("a/../../{symbol}.pdf", "a pattern must be a path inside the output folder that ends in .md or .pdf", ""),
        ("{symbol}.pdf", "", ""), ("a/..b/{stem}.md", "", ""), ("{{x}}.md", "", ""),
    ],
)  # fmt: skip
def test_a_pattern_is_checked(pattern, message, hint):
    if not message:
        outputs.check_pattern(pattern, ("symbol", "stem"), (".pdf", ".md"))
        return
    with pytest.raises(OrderError) as caught:
        outputs.check_pattern(pattern, ("symbol", "stem"), (".pdf", ".md"))
    assert (caught.value.message, caught.value.where, caught.value.hint) == (message, pattern, hint)


def test_outputs_are_compared_as_file_systems_do(tmp_path):
    composed, decomposed = Path("out/\u00e9.md"), Path("out/e\u0301.MD")
    with pytest.raises(OrderError) as caught:
        outputs.check_outputs([("A", Path("a"), composed), ("B", Path("b"), decomposed)], ("stem", "lang"))
    assert caught.value.message == "A and B have the same output" and caught.value.where == str(decomposed)
    assert caught.value.hint == "distinguish them in the pattern by {stem}, {lang}"
    with pytest.raises(OrderError) as caught:
        outputs.check_outputs([("A", Path("a"), Path("b")), ("B", Path("B"), Path("c"))], ())
    assert (caught.value.message, caught.value.hint) == ("the output would replace a source", "name another output")
    outputs.check_outputs([("A", Path("a"), Path("x/a")), ("B", Path("b"), Path("x/b"))], ())


def test_a_variant_must_be_in_the_pattern_only_if_there_are_two(tmp_path):
    both = (DEFAULTS, Options(Variant.PLAIN))
    with batch.opened(tmp_path / "out") as kept:
        for pattern, options, allowed in (
            ("{symbol}.pdf", both, False), ("{symbol}.{variant}.pdf", both, True), ("{symbol}.pdf", both[:1], True),
        ):  # fmt: skip
            order = Batch((), tmp_path / "out", pattern, options)
            if allowed:
                assert plan.Planner(order, kept, KNOWN)
            else:
                with pytest.raises(OrderError, match="editions of one source have the same output"):
                    plan.Planner(order, kept, KNOWN)


def test_workers_open_the_folders_of_sources_and_of_what_links_lead_to(tmp_path):
    real, linked = tmp_path / "real", tmp_path / "linked"
    target = source(real / "a.md", "x")
    linked.mkdir()
    (linked / "b.md").symlink_to(target)
    (tmp_path / "way").symlink_to(linked)
    found = Batch((tmp_path / "way/b.md",), tmp_path / "out").folders([tmp_path / "roots" / ".." / "pictures"])
    assert found == (tmp_path / "way", linked, real, tmp_path / "pictures")
    assert Batch((target, real / "c.md"), tmp_path).folders() == (real,)


@pytest.mark.parametrize(
    ("weights", "most", "groups"),
    [
        ([], 3, []), ([1], 3, [[1]]), ([1, 1, 1], 3, [[1, 1, 1]]), ([1, 1, 1, 1], 3, [[1, 1, 1], [1]]),
        ([2, 2], 3, [[2], [2]]), ([9, 1, 2, 9], 3, [[9], [1, 2], [9]]),
    ],
)  # fmt: skip
def test_small_work_is_grouped_up_to_a_weight(weights, most, groups):
    assert list(_grouped(weights, lambda each: each, most)) == groups


@pytest.mark.parametrize(
    ("count", "size", "width", "asked", "made"),
    [
        (17, 10, 1, [8, 8, 1], [2, 2, 2, 2, 2, 2, 2, 2, 1]),  # a job for every eighth of what one worker has
        (16, 10, 2, [8, 8], [1] * 16),
        (64, 10, 1, [8] * 8, [8] * 8),
        (80, 10, 1, [8] * 10, [8] * 10),  # at most eight documents in a job
        (8, 2**13, 1, [8], [1] * 8),
        (8, 2**13 + 1, 1, [7, 1], [1] * 8),
        (2, 2**16 + 1, 1, [1, 1], [1, 1]),
    ],
)
def test_small_sources_are_asked_about_and_made_several_at_a_time(
    count: int, size: int, width: int, asked: list[int], made: list[int], tmp_path: Path
) -> None:
    workers = Counting()
    workers.width = width
    sources = tuple(source(tmp_path / f"A_{at}.en.md", f"{at}".ljust(size)) for at in range(count))
    order = Batch(sources, tmp_path / "out")
    assert {state for _, state in states(run(order, workers))} == {"made"}
    assert (workers.sizes["identify"], workers.sizes["make"]) == (asked, made)
    again = Counting()
    assert {state for _, state in states(run(order, again))} == {"unchanged"}
    assert "make" not in again.sizes  # what is known weighs an eighth, since it is not read
    assert sum(again.sizes["identify"]) == count and len(again.sizes["identify"]) == len(asked[::8])


def test_half_written_files_beside_the_outputs_are_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    kept = [".a.pdf", ".a.pdf.abcd123", ".a.pdf.abcd12345", ".a.pdf.ABCD1234", ".b.pdf.abcd1234", "a.pdf.abcd1234"]
    for name in (*kept, ".a.pdf.abcd_123", ".a.pdf.00000000", "a.pdf"):
        source(out / name, "x")
    _remove_drafts([out / "a.pdf", tmp_path / "none" / "b.pdf"])
    assert sorted(path.name for path in out.iterdir()) == sorted([*kept, "a.pdf"])


# --- workers that are lost --------------------------------------------------------------------------------------------


class Unsteady(Workers):
    """Workers of whom the first are lost, each with one of these errors."""

    def __init__(self, *losses: MastheadError) -> None:
        super().__init__()
        self.losses = list(losses)

    def _make(self, task: Task) -> Product:
        if self.losses:
            raise LostError(self.losses.pop(0))
        return super()._make(task)

    def loss(self, error: BaseException, size: int = 0) -> MastheadError | None:
        return error.args[0] if isinstance(error, LostError) else None


class LostError(Exception):
    """A worker is lost."""


@pytest.mark.parametrize(
    ("losses", "state", "message"),
    [
        ([], "made", ""), ([ResourceError("gone")], "made", ""), ([ResourceError("gone")] * 2, "failed", "gone"),
        ([TimeLimitError("slow")], "failed", "slow"),
    ],
)  # fmt: skip
def test_a_document_whose_worker_is_lost_is_tried_once_more_unless_it_took_too_long(losses, state, message, tmp_path):
    order = Batch((source(tmp_path / "A_1.en.md", "x"),), tmp_path / "out")
    (outcome,) = run(order, Unsteady(*losses))
    assert (str(outcome.state), outcome.error.message if outcome.error else "") == (state, message)
