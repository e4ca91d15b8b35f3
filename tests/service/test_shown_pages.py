"""What the page of a report shows of a comparison: which pages, beside which, and with which pictures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from masthead.comparison import Comparison, Difference, DocumentKey, Layer, PdfFile, Side
from masthead.comparison.pairing import Pair, pdf_files
from masthead.document.files import sha256
from masthead.service import view
from masthead.service.desk import views
from tiny import tiny
from tiny_changes import PAIRS

KEY = DocumentKey("E/1", "ar")
OLD, NEW = Side("a" * 64), Side("b" * 64)


def difference(page: int | None, **more: object) -> Difference:
    return Difference(Layer.PICTURE, "a rule was added", page, **more)  # type: ignore[arg-type]


def pictures(comparison: Comparison, pages: int = 4) -> list[tuple[bool, str, str]]:
    """Of each page whether it has changed, and the pictures of both sides."""
    shown = view.show(comparison, lambda side, page: f"{side} {page}", pages)["pages"]
    return [(each["changed"], each["baseline"], each["candidate"]) for each in shown]


def test_a_page_is_beside_the_one_that_it_was() -> None:
    moved = Comparison(KEY, OLD, NEW, (difference(4),), homes=((1, 0), (2, 1), (3, 2), (4, 3)))
    assert pictures(moved) == [
        (False, "", "candidate 1"),
        (False, "baseline 1", "candidate 2"),
        (False, "baseline 2", "candidate 3"),
        (True, "baseline 3", "candidate 4"),
    ]
    assert pictures(Comparison(KEY, OLD, NEW, (difference(1),)), 2) == [
        (True, "baseline 1", "candidate 1"),
        (False, "baseline 2", "candidate 2"),
    ]


@pytest.mark.parametrize(
    ("found", "changed"),
    [
        (difference(2), [False, True, False]),
        (difference(1, pages=(1, 3)), [True, False, True]),
        (difference(None), [False, False, False]),
        (difference(2, tolerated=True), [False, False, False]),
        (difference(2, follows=True), [False, True, False]),  # it is seen there, though there is nothing to decide on
    ],
)
def test_pages_on_which_something_is_seen_have_changed(found: Difference, changed: list[bool]) -> None:
    assert [each[0] for each in pictures(Comparison(KEY, OLD, NEW, (found,)), 3)] == changed
    assert [each[0] for each in pictures(Comparison(KEY, None, NEW), 2)] == [True, True]


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("en", "ltr"), ("zh", "ltr"), ("xx", "ltr"), ("", "ltr")]
)
def test_pages_are_arranged_in_the_direction_of_the_document(language: str, direction: str) -> None:
    comparison = Comparison(DocumentKey("E/1", language), OLD, NEW, (difference(1),))
    assert view.show(comparison, lambda side, page: "", 1)["direction"] == direction


def file(folder: Path, name: str, pages: int) -> PdfFile:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(20, 20)
    written = BytesIO()
    writer.write(written)
    (folder / name).mkdir()
    (folder / name / "E_1.ar.pdf").write_bytes(written.getvalue())
    (found,) = pdf_files(folder / name)
    return found


@pytest.mark.parametrize(
    ("sides", "comparison", "embedded"),
    [
        # both sides of the pages with something to decide on
        ((3, 3), Comparison(KEY, OLD, NEW, (difference(2), difference(3, follows=True))), ["--", "bc", "--"]),
        ((3, 3), Comparison(KEY, OLD, NEW, (difference(2, pages=(2, 3)),)), ["--", "bc", "bc"]),
        ((3, 3), Comparison(KEY, OLD, NEW, (difference(2), difference(3)), accepted=frozenset((2,))),
         ["--", "--", "bc"]),
        # beside a page of another number, and beside none
        ((2, 3), Comparison(KEY, OLD, NEW, (difference(1), difference(3)), homes=((1, 0), (2, 1), (3, 2))),
         ["-c", "--", "bc"]),
        ((1, 2), Comparison(KEY, OLD, NEW, (difference(2),)), ["--", "-c"]),
        ((2, 1), Comparison(KEY, OLD, NEW, (difference(2),)), ["--", "b-"]),
        # of a new or deleted document, page one
        ((0, 2), Comparison(KEY, None, NEW), ["-c", "--"]),
        ((2, 0), Comparison(KEY, OLD, None), ["b-", "--"]),
        # of one that has passed, nothing
        ((2, 2), Comparison(KEY, OLD, NEW), []),
    ],
)  # fmt: skip
def test_a_report_has_the_pictures_of_the_pages_with_something_to_decide_on(
    sides: tuple[int, int], comparison: Comparison, embedded: list[str], tmp_path: Path
) -> None:
    old, new = (
        file(tmp_path, name, count) if count else None for name, count in zip(("old", "new"), sides, strict=True)
    )
    shown = view.show_embedded(comparison, Pair(KEY, old, new))["pages"]
    assert [("b" if each["baseline"] else "-") + ("c" if each["candidate"] else "-") for each in shown] == embedded
    assert {each[side][:22] for each in shown for side in view.SIDES} <= {"", "data:image/png;base64,"}


@pytest.mark.parametrize(
    ("cut", "numbers"), [((), [(1, 1), (2, 2)]), ((0,), [(1, 1), (0, 2)]), ((1,), [(1, 1), (2, 0)])]
)
def test_a_comparison_at_the_desk_shows_the_pages_of_both_editions(
    cut: tuple[int, ...], numbers: list[tuple[int, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    whole = [(), PAIRS["a word"][1]]
    data = [tiny(*((lambda file: file.pages.__delitem__(1),) if side in cut else whole[side])) for side in (0, 1)]
    editions = [(sha256(each), each) for each in data]
    shown, page = views.compare(views.ComparisonOrder(*editions, "n0nce", "ar"))
    old, new = (f"/api/editions/{digest}/pages" for digest, _ in editions)
    assert [(each["baseline"], each["candidate"]) for each in shown["pages"]] == [
        (f"{old}/{before}.png" if before else "", f"{new}/{after}.png" if after else "") for before, after in numbers
    ]
    assert shown["state"] == "changed" and 'nonce="n0nce"' in page and '<html lang="ar" dir="rtl">' in page
