"""Many pairs compared: unchanged ones are not opened, findings are the new ones, and what is kept is not made again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from masthead.comparison import Comparison, DocumentKey, State, compare_all, many
from masthead.comparison.pairing import Pair, PdfFile
from masthead.comparison.tolerance import Region, Tolerance
from masthead.document import SourceError, files
from tiny import content, metadata, tiny

KEY = DocumentKey("A/93/7", "en")
OLD, NEW = tiny(), tiny(content(0, "(17)", "(18)"))


def file(data: bytes, read: Callable[[], bytes] | None = None) -> PdfFile:
    return PdfFile("x.pdf", files.sha256(data), read or (lambda: data))


def never() -> bytes:
    raise AssertionError("the file is read")


def one(*pair: PdfFile | None, **options: Any) -> Comparison:
    (comparison,) = compare_all([Pair(KEY, *pair)], **options)
    return comparison


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [(None, OLD, State.NEW), (OLD, None, State.DELETED), (OLD, OLD, State.PASSED)],
)
def test_pairs_without_a_change_are_not_opened(old: bytes | None, new: bytes | None, state: State) -> None:
    sides = [file(data, never) if data else None for data in (old, new)]
    comparison = one(*sides, tolerance=Tolerance(regions=(Region("margin", (0, 0, 9, 9)),)))
    assert (comparison.key, comparison.state, comparison.differences) == (KEY, state, ())
    assert [side.sha256 if side else None for side in (comparison.baseline, comparison.candidate)] == [
        side.sha256 if side else None for side in sides
    ]
    assert comparison.ignored == ("margin",)


def test_pairs_are_compared_in_their_order_as_they_are_asked_for() -> None:
    asked: list[int] = []

    def pairs() -> Any:
        for number, data in enumerate((NEW, OLD, NEW)):
            asked.append(number)
            yield Pair(DocumentKey(f"A/93/{number}"), file(OLD), file(data))

    found = compare_all(pairs())
    assert str(next(found).key) == "A/93/0" and asked == [0]
    assert [each.state for each in found] == [State.PASSED, State.CHANGED]


def test_a_change_has_the_findings_that_the_baseline_lacks() -> None:
    comparison = one(file(OLD), file(tiny(content(0, "(17)", "(18)"), metadata("Title of it", "More"))))
    assert comparison.state is State.CHANGED
    assert [each.rule for each in comparison.findings if each.rule.startswith("metadata")] == ["metadata.title"]
    assert not [each for each in one(file(OLD), file(NEW)).findings if each.rule.startswith(("accessibility", "arch"))]


def test_the_same_finding_on_another_page_is_another_one() -> None:
    small = (content(0, "/F1 6 Tf 20 40", "/F1 3 Tf 20 40"), content(1, "/F1 8 Tf 20 160", "/F1 3 Tf 20 160"))
    found = one(file(tiny(small[0])), file(tiny(*small))).findings
    assert [each.page for each in found if each.message.startswith("text of 3.0 pt")] == [2]


@pytest.mark.parametrize(
    ("old", "new", "is_ours"),
    [("", "", True), ("WeasyPrint 70.0", "WeasyPrint 71", True), ("Word", "WeasyPrint 70.0", False),
     ("WeasyPrint 70.0", "Word", False), ("", "Word", False)],
)  # fmt: skip
def test_files_of_another_program_are_not_judged_as_ours(old: str, new: str, is_ours: bool) -> None:
    def made_by(program: str) -> Callable[[pikepdf.Pdf], None]:
        return lambda pdf: pdf.docinfo.__setitem__("/Producer", program) if program else None

    changed = metadata("<pdfaid:part>3</pdfaid:part>", "")  # no claim to PDF/A: a fault of our files alone
    pair = tiny(made_by(old)), tiny(made_by(new), changed, content(0, "(17)", "(18)"))
    rules = [each.rule for each in one(*map(file, pair)).findings]
    assert ("archive.identification" in rules) is is_ours


def test_a_file_that_cannot_be_read_is_named_with_its_document() -> None:
    with pytest.raises(SourceError) as error:
        one(file(OLD), file(b"%PDF-1.7 nothing"))
    assert (error.value.where or "").startswith("A/93/7 en, ")


def test_what_is_kept_is_not_compared_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = one(file(OLD), file(NEW), kept=True)
    assert first.state is State.CHANGED
    monkeypatch.setattr(many, "compare", lambda *_, **__: pytest.fail("it is compared again"))
    (again,) = compare_all([Pair(DocumentKey("B/1"), file(OLD), file(NEW))], kept=True)
    assert again.key == DocumentKey("B/1")
    assert (again.differences, again.findings) == (first.differences, first.findings)
    with pytest.raises(pytest.fail.Exception):
        one(file(OLD), file(NEW), kept=True, tolerance=Tolerance(regions=(Region("margin", (0, 0, 9, 9)),)))
    with pytest.raises(pytest.fail.Exception):
        one(file(OLD), file(NEW))


@pytest.mark.slow
def test_several_processes_give_the_same_in_order() -> None:
    pairs = [Pair(DocumentKey(f"A/93/{number}"), file(OLD), file(OLD)) for number in range(20)]
    found = list(compare_all(pairs, jobs=2))
    assert [str(each.key) for each in found] == [f"A/93/{number}" for number in range(20)]
    assert {each.state for each in found} == {State.PASSED}
