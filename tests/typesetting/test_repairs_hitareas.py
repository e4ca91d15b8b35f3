"""A link is as high as its letters at least, however close its lines are set."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest

import unrepaired
from masthead.page.markup import Html
from masthead.pdf.drawn.character_reader import read_characters
from masthead.typesetting.typesetter import Pdf, typeset
from small import html


def link(line_height: str, typeset: Callable[[Html], Pdf] = typeset) -> tuple[float, float, bytes]:
    """The bottom and the top of a link in points, and its file."""
    page = html(f'<p>نص <a href="https://example.org/" style="line-height: {line_height}">كلمة</a> نص</p>')
    data = typeset(page).data
    file = pikepdf.open(io.BytesIO(data))
    low, high = sorted(float(file.pages[0].Annots[0].Rect[side]) for side in (1, 3))
    return low, high, data


@pytest.mark.parametrize("line_height", ["0", "2pt"])
def test_a_link_holds_the_middle_of_its_letters(line_height: str) -> None:
    low, high, data = link(line_height)
    page = pypdfium2.PdfDocument(data)[0]
    height = page.get_height()
    shown = [cell for cell in read_characters(page) if cell.text in "كلمة"]
    assert len(shown) >= 4
    assert all(low < height - (cell.top + cell.bottom) / 2 < high for cell in shown)
    assert high - low == pytest.approx(10, abs=0.1)


def test_a_link_on_wide_lines_is_as_high_as_they_are() -> None:
    low, high, _ = link("30pt")
    assert high - low == pytest.approx(30, abs=0.1)


def test_stock_makes_it_a_stroke() -> None:
    low, high, _ = link("0", unrepaired.typeset)
    assert high == low
