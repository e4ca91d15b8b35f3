"""Notes stand on the page of their call, continue on the next, and are never lost."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

import unrepaired
from drawn import lines, shapes
from masthead.document.errors import TypesettingError
from masthead.typesetting.typesetter import Variant, typeset
from paths import ROOT
from small import html, note

TEXT = "تشجيع التصديق العالمي على اتفاقية الأمم المتحدة لمكافحة الجريمة المنظمة عبر الوطنية "
LONG = TEXT * 20
BODY = f"<p>{TEXT}{note(1, LONG)}</p><p>{TEXT * 12}</p>"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    file = ROOT / "benchmarks" / "notes.py"
    spec = importlib.util.spec_from_file_location("notes_benchmark", file)
    assert spec and spec.loader
    module = sys.modules["notes_benchmark"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def set_pages(body: str, style: str = "") -> bytes:
    return typeset(html(body, style=style), variant=Variant.PLAIN).data


def set_unrepaired(body: str, style: str = "") -> bytes:
    return unrepaired.typeset(html(body, style=style), variant=Variant.PLAIN).data


def test_stock_runs_a_long_note_off_the_page() -> None:
    with pytest.raises(TypesettingError, match=r"text overlaps|text runs|text is outside"):
        set_unrepaired(BODY)


def test_a_long_note_continues_under_the_same_rule() -> None:
    pdf = set_pages(BODY)
    pages = {line.page for line in lines(pdf) if line.sizes & {8.0}}
    assert len(pages) > 1
    assert {shape.page for shape in shapes(pdf) if shape.right - shape.left > 100} == pages


def test_a_page_that_begins_with_the_rest_of_a_note_keeps_room_for_text() -> None:
    body = [line for line in lines(set_pages(BODY)) if line.page == 2 and line.sizes & {10.0}]
    assert len(body) >= 4


def test_a_call_moves_with_its_line_when_its_note_has_no_room() -> None:
    """Whatever stands before it on the page: the mark in the text and the mark of the note are on one page."""
    for before in range(1, 9):
        pdf = typeset(html(f"<p>{TEXT * before}{note(1, TEXT * 3)}</p>"))  # raises where they are not
        assert pdf.findings == (), f"{before} texts before the call"


def test_no_note_moves_away_to_make_room_for_a_line() -> None:
    notes = "".join(f"<p>{TEXT}{note(number, TEXT)} {TEXT}</p>" for number in range(1, 9))
    with pytest.raises(TypesettingError, match="note"):
        set_unrepaired(notes, ".note { footnote-policy: auto }")
    assert typeset(html(notes, style=".note { footnote-policy: auto }")).findings == ()


def test_padding_does_not_send_every_note_to_the_next_page() -> None:
    """The exact comparison of two sums fails for some of these paddings."""
    body = f"<p>نص القرار{note(1, 'المرجع نفسه، المجلد ٢٢٣٧')} وتتمة النص.</p>"
    late = 0
    for padding in (2, 3, 4, 5, 6, 8):
        style = f"@page {{ size: A5; margin: 2cm; @footnote {{ border: none; padding-top: {padding}pt }} }}"
        assert {line.page for line in lines(set_pages(body, style))} == {1}
        try:
            set_unrepaired(body, style)
        except TypesettingError:
            late += 1
    assert late


def test_notes_are_not_forgotten_when_pages_are_made_again() -> None:
    counted = "@page { @bottom-right { content: counter(pages) } }"
    assert len(lines(set_pages(BODY, counted))) >= len(lines(set_pages(BODY)))


def test_a_note_kept_off_its_page_by_a_longer_one_is_a_finding() -> None:
    body = f"<p>{TEXT}{note(1, LONG)}{note(2, TEXT)}</p>"
    findings = typeset(html(body)).findings
    assert [finding.rule for finding in findings] == ["note-after-call"]
    assert findings[0].where == "note (2)"


def test_random_documents_lose_nothing_and_stock_does(benchmark: ModuleType) -> None:
    for seed in (3, 5, 8):
        made = benchmark.sample(seed, lengths=(1, 8, 60, 400))
        found = benchmark.faults(made, typeset)
        assert found["P as in the source"] == 12
        assert found["Note as in the source"] == len(made.notes)
        assert not found["P lost or changed"] + found["Note lost or changed"]
    assert any(
        key.startswith("refused")
        for seed in (3, 5, 8)
        for key in benchmark.faults(benchmark.sample(seed), unrepaired.typeset)
    )


def test_what_a_note_places_absolutely_is_drawn_once() -> None:
    style = "aside { position: absolute; left: 0; top: 0 } .note { position: relative }"
    pdf = set_pages(f"<p>one{note(1, 'two <aside>three</aside>')}</p>", style)
    assert "".join(line.text for line in lines(pdf)).count("three") == 1
