"""Alternative texts of figures, the declared direction and language, page labels, and notes that are tagged."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from handmade import findings, handmade
from tiny import find, tiny

Change = Callable[[pikepdf.Pdf], None]
ARABIC = "126 50 14 ~الأمم المتحدة; 126 300 10 ~قرار"


def found(rule: str, written: str, change: Change = lambda file: None) -> list[str]:
    with pikepdf.open(io.BytesIO(handmade(written))) as file:
        change(file)
        data = io.BytesIO()
        file.save(data)
    return [each.message for each in findings(data.getvalue(), rule)]


def described(alternative: str | None) -> list[str]:
    def change(file: pikepdf.Pdf) -> None:
        figure = find(file, "Figure")
        del figure.Alt
        if alternative is not None:
            figure.Alt = String(alternative)

    return [each.message for each in findings(tiny(change), "accessibility.alternatives")]


def test_a_figure_has_an_alternative_text_or_text_of_its_own() -> None:
    assert described("A square") == []
    for empty in (None, "", "  "):
        assert described(empty) == ["a figure has no alternative text"]
    assert found("accessibility.alternatives", "126 300 10 <Figure>Some words") == []


@pytest.mark.parametrize(
    ("written", "declared", "message"),
    [
        (ARABIC, Name.R2L, ""),
        (ARABIC, Name.L2R, "the file declares the direction L2R, but its pages read rtl"),
        (ARABIC, None, "the file declares the direction L2R, but its pages read rtl"),
        ("126 300 10 Some words", None, ""),
        ("126 300 10 Some words", Name.R2L, "the file declares the direction R2L, but its pages read ltr"),
    ],
)
def test_the_declared_direction_is_that_of_the_pages(written: str, declared: Name | None, message: str) -> None:
    def change(file: pikepdf.Pdf) -> None:
        file.Root.ViewerPreferences = Dictionary() if declared is None else Dictionary(Direction=declared)

    assert found("accessibility.direction", written, change) == ([message] if message else [])


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("en", ""),
        ("EN-GB", ""),
        ("fr", "the file declares its language as fr, but its pages are in en"),
        ("", "the file does not declare its language"),
    ],
)
def test_the_declared_language_is_that_of_the_pages(declared: str, message: str) -> None:
    def change(file: pikepdf.Pdf) -> None:
        file.Root.Lang = String(declared)

    written = "126 50 14 United Nations; 126 300 10 Some words"
    assert found("accessibility.language", written, change) == ([message] if message else [])
    assert found("accessibility.language", "126 300 10 Some words", change) == ([message] if not declared else [])


@pytest.mark.parametrize(
    ("labels", "folio", "messages"),
    [
        (Dictionary(S=Name.D), "2", []),
        (Dictionary(S=Name.D, P=String("p. ")), "2", []),
        (Dictionary(S=Name.D, St=2), "2", ["the page label is 3, but the folio is 2"]),
        (Dictionary(S=Name.r), "2", ["the page label is ii, but the folio is 2"]),
        (Dictionary(S=Name.D), "2/2", ["the page label is 2, but the folio is 2/2"]),
        (None, "2", ["the file has no page labels"]),
    ],
)
def test_the_label_of_a_page_is_its_folio(labels: Dictionary | None, folio: str, messages: list[str]) -> None:
    def change(file: pikepdf.Pdf) -> None:
        if labels is not None:
            file.Root.PageLabels = Dictionary(Nums=Array([0, labels]))

    written = f"126 300 10 One ‖ 126 300 10 Two; 72 760 8 {folio}"
    assert found("accessibility.page-labels", written, change) == messages


@pytest.mark.parametrize(
    ("tag", "messages"),
    [("Note", []), ("P", ["1 notes are printed, but 0 are tagged as notes"]), ("", [])],
)
def test_printed_notes_are_tagged_as_notes(tag: str, messages: list[str]) -> None:
    mark, text = (f"<{tag}>" if tag else "", "<+>" if tag else "")
    written = (
        f"123 300 10 {'<P>' if tag else ''}Some words; 172 296.5 6 {text}1; "
        f"112 597 5.5 {mark}1; 123 600 8.5 {text}See all of it"
    )
    assert found("accessibility.notes", written) == messages
