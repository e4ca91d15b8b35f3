"""The same change in many documents is one group, and many pairs are compared in several processes and only once."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest

import changes
import seeds
from masthead.comparison import (
    Comparison,
    Difference,
    DocumentKey,
    Layer,
    Side,
    State,
    compare,
    compare_all,
    groups,
    many,
    reports,
)
from masthead.comparison.pairing import Pair, pair, pdf_files
from masthead.document import SourceError
from masthead.service import view

NOTE = "the words of a note"
TITLE = "the title"


@cache
def base() -> bytes:
    """The small document without its symbol, so that documents are named by their files."""
    pdf, file = pikepdf.open(io.BytesIO(changes.rich(seeds.made(seeds.SEEDS[0])))), io.BytesIO()
    del pdf.Root.Metadata
    pdf.save(file)
    return file.getvalue()


def made(*names: str) -> bytes:
    """The document with these kinds of change in it."""
    data = base()
    for name in names:
        (kind,) = (kind for kind in changes.KINDS if kind.name == name)
        data = kind.made(data) or b""
    return data


@pytest.fixture
def pairs(tmp_path: Path) -> tuple[Pair, ...]:
    """Six documents: four whose notes have changed, one of them with another title too, two whose title has."""
    kinds = [(NOTE,), (NOTE,), (NOTE,), (NOTE, TITLE), (TITLE,), (TITLE,)]
    for side in ("old", "new"):
        (tmp_path / side).mkdir()
        for number, names in enumerate(kinds):
            data = made(*names) if side == "new" else base()
            (tmp_path / side / f"E_{number}.ar.pdf").write_bytes(data + b"\n%%%d\n" % number)
    return tuple(pair(pdf_files(tmp_path / "old"), pdf_files(tmp_path / "new")))


@pytest.fixture
def uncached(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(many, "_findings", lambda file, profile, kept: ())


@pytest.mark.usefixtures("uncached")
def test_the_same_change_in_many_documents_is_one_group(pairs: tuple[Pair, ...]) -> None:
    notes, titles = groups.group(compare_all(pairs))
    assert (len(notes.documents), len(titles.documents)) == (4, 3)
    assert "contents of sticky note: “approve” is now “reject”" in notes.change
    assert [str(key) for key in notes.odd] == ["E/3 ar"]
    assert str(titles.largest) == "E/3 ar"
    assert groups.line(notes).startswith("4 documents: structure: contents of sticky note")


@pytest.mark.parametrize(
    ("count", "others"),
    [(3, "E/1 ar, E/2 ar, E/3 ar"), (4, "E/1 ar, E/2 ar, E/3 ar and 1 more"), (5, "E/1 ar, E/2 ar, E/3 ar and 2 more")],
)
def test_a_group_names_three_documents_with_other_changes_and_counts_the_rest(count: int, others: str) -> None:
    keys = tuple(DocumentKey(f"E/{number}", "ar") for number in range(1, count + 1))
    found = groups.Group("the title", keys, keys[0], keys)
    assert groups.line(found) == f"{count} documents: the title (the most in E/1 ar; with other changes too: {others})"


def comparison(number: int, *messages: str) -> Comparison:
    found = tuple(Difference(Layer.STRUCTURE, message) for message in messages)
    return Comparison(DocumentKey(f"E/{number}", "ar"), Side("a" * 64), Side("b" * 64), found)


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ((("A",), ("B",)), []),  # a change of one document is no group
        ((("A",), ("A",)), ["2 documents: structure: A (the most in E/1 ar)"]),
        ((("A",), ("A", "B")), ["2 documents: structure: A (the most in E/2 ar; with other changes too: E/2 ar)"]),
        ((("A", "B"), ("A", "B")), ["2 documents: structure: A, and 1 more that go with it (the most in E/1 ar)"]),
        ((("A", "B", "C"), ("A", "B", "C")),
         ["2 documents: structure: A, and 2 more that go with it (the most in E/1 ar)"]),
        ((("A",), ("A", "B"), ("A", "B")),
         ["3 documents: structure: A (the most in E/2 ar; with other changes too: E/2 ar, E/3 ar)",
          "2 documents: structure: B (the most in E/2 ar; with other changes too: E/2 ar, E/3 ar)"]),
    ],
)  # fmt: skip
def test_changes_of_the_same_documents_are_one_group(changes: tuple[tuple[str, ...], ...], lines: list[str]) -> None:
    comparisons = [comparison(number, *messages) for number, messages in enumerate(changes, 1)]
    assert [groups.line(found) for found in groups.group(comparisons)] == lines


def test_a_margin_is_one_group_however_lines_break() -> None:
    narrow = seeds.styled("main { margin-inline-start: 4mm }")
    seed = seeds.Seed("a margin", narrow, ())
    comparisons = [
        compare(seeds.made(seeds.SEEDS[0]), seeds.made(seed), key=DocumentKey(f"E/{number}", "ar")) for number in (1, 2)
    ]
    (found,) = groups.group(comparisons)
    assert len(found.documents) == 2


@pytest.mark.usefixtures("uncached")
def test_what_was_compared_is_not_compared_again(pairs: tuple[Pair, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(compare_all(pairs, kept=True))
    monkeypatch.setattr(many, "compare", None)
    assert list(compare_all(pairs, kept=True)) == first
    with pytest.raises(TypeError):
        list(compare_all(pairs))


@pytest.mark.slow
def test_several_processes_find_the_same_in_the_same_order(pairs: tuple[Pair, ...]) -> None:
    assert list(compare_all(pairs[:2], jobs=2)) == list(compare_all(pairs[:2]))


@pytest.mark.slow
def test_a_broken_file_is_named_from_another_process(pairs: tuple[Pair, ...], tmp_path: Path) -> None:
    (tmp_path / "new" / "E_1.ar.pdf").write_bytes(base()[:2000])
    broken = pair(pdf_files(tmp_path / "old"), pdf_files(tmp_path / "new"))
    with pytest.raises(SourceError, match="E/1 ar, candidate: the PDF cannot be read"):
        list(compare_all(broken, jobs=2))


def test_sarif_knows_the_same_change_in_many_files() -> None:
    comparison = compare(base(), made(NOTE))
    sarif = json.loads(reports.to_sarif([comparison, comparison], ["a.pdf", "b c.pdf"]))
    first, second = sarif["runs"][0]["results"]
    assert first["partialFingerprints"] == second["partialFingerprints"]
    assert second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "b%20c.pdf"
    assert first["ruleId"] == "comparison.structure"


def test_the_view_of_a_file_that_has_not_changed_has_no_pages(pairs: tuple[Pair, ...]) -> None:
    same = replace(pairs[0], candidate=pairs[0].baseline)
    (comparison,) = compare_all([same])
    assert view.show_embedded(comparison, same)["pages"] == []


@pytest.mark.slow
def test_several_processes_wait_for_few_pairs_and_know_those_that_need_no_comparison(pairs: tuple[Pair, ...]) -> None:
    many_pairs = [
        *[replace(each, candidate=each.baseline) for each in pairs],
        *[replace(each, baseline=None) for each in pairs],
    ]
    several = list(compare_all([*many_pairs * 9, *pairs[:1]], jobs=2))
    assert several == list(compare_all([*many_pairs * 9, *pairs[:1]]))
    assert {each.state for each in several} == {State.PASSED, State.NEW, State.CHANGED}
