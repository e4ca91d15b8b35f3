"""The link of an entry in a table of contents lies on its entry, whichever way the page is read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

import unrepaired
from masthead.page.markup import Html
from masthead.typesetting.typesetter import Pdf, typeset
from small import html

LEADER = "p a::after { content: leader(dotted) target-counter(attr(href), page) }"
COLUMN = (20.0, 180.0)


def widest(way: str, typeset: Callable[[Html], Pdf] = typeset) -> tuple[float, float]:
    """The left and the right edge of the widest link, in points."""
    page = html(
        '<p><a href="#x"><span>نص</span></a></p><h1 id="x">نص</h1>', style=LEADER, root=f'lang="ar" dir="{way}"'
    )
    file = pikepdf.open(io.BytesIO(typeset(page).data))
    sides = [(float(each.Rect[0]), float(each.Rect[2])) for each in file.pages[0].Annots]
    return max(sides, key=lambda side: side[1] - side[0])


@pytest.mark.parametrize("way", ["rtl", "ltr"])
def test_the_link_of_an_entry_takes_the_column(way: str) -> None:
    assert widest(way) == pytest.approx(COLUMN, abs=0.1)


def test_stock_lays_it_over_the_margin() -> None:
    left, right = widest("rtl", unrepaired.typeset)
    assert left > COLUMN[0] + 50
    assert right > COLUMN[1] + 50
