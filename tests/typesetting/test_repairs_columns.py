"""What follows balanced columns begins right below what is in them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdfium2
import pytest

import unrepaired
from masthead.page.markup import Html
from masthead.typesetting.typesetter import Pdf, typeset
from small import html

STYLE = (
    ".c { columns: 2; column-gap: 10pt } table { width: 100%; border-collapse: collapse } p { margin: 0 }"
    "tr { break-inside: avoid } td { padding: 0 0 4pt }"
)
ROWS = "".join(f"<tr><td>{'word ' * count}</td></tr>" for count in (9, 4, 14, 3, 9, 3))


def distance(typeset: Callable[[Html], Pdf] = typeset) -> float:
    """The distance of the lowest line in two columns to the text after them, in points."""
    page = html(f'<div class="c"><table>{ROWS}</table></div><p>after</p>', style=STYLE)
    with pypdfium2.PdfDocument(io.BytesIO(typeset(page).data)) as document:
        text = document[0].get_textpage()
        bottoms = [text.get_charbox(at)[1] for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    return min(bottoms[:-5]) - min(bottoms[-5:])


def test_text_begins_right_below_the_longest_column() -> None:
    assert distance() == pytest.approx(19, abs=1)


def test_stock_leaves_room_for_a_row_that_is_in_no_column() -> None:
    assert distance(unrepaired.typeset) > 30
