"""The pages of two editions are divided into pieces and joined: names stay unique, styles stay in their column."""

from __future__ import annotations

import re

from masthead import formats, page
from masthead.page import TextColumn
from paths import SPECIMENS


def columns() -> tuple[TextColumn, TextColumn]:
    first, second = (page.text_column(formats.read(SPECIMENS / f"A_104_96.{language}.md")) for language in ("en", "ar"))
    return first, second


def test_a_page_is_divided_into_pieces_by_its_units() -> None:
    first, second = columns()
    kinds = [piece.kind for piece in first.pieces]
    assert kinds == [piece.kind for piece in second.pieces]
    assert kinds[0] == "front"
    assert {"heading", "numbered", "item", "table", "figure", "box", "annex"} <= set(kinds)
    tables = [piece.html for piece in first.pieces if piece.kind == "table"]
    assert all("caption" in html and "<table" in html and "table-notes" in html for html in tables)


def test_names_are_unique_and_styles_apply_in_their_column() -> None:
    first, second = columns()
    html = page.join_columns(first, second, [(at, at) for at in range(len(first.pieces))])
    names = re.findall(r'\bid="([^"]+)"', html.text)
    assert len(names) == len(set(names)) > 20
    assert set(re.findall(r'href="#([^"]+)"', html.text)) <= {*names}
    assert 'href="css/arabic.css"' not in html.text
    styles = html.text.partition("<style>")[2].partition("</style>")[0]
    assert ":where(.of-ar) .note, :where(.of-ar) .endnotes {" in styles
    assert ":where(.of-ar) {" in styles  # what Arabic says of the whole page
    assert not re.search(r"^(?!@|\s|:where|\}|$|/\*|\w+:)", styles, re.MULTILINE)


def test_the_direction_of_the_page_is_that_of_the_first_column() -> None:
    first, second = columns()
    assert '<html lang="ar" dir="rtl">' in page.join_columns(second, first, [(0, 0)]).text
    assert '<html lang="en" dir="ltr">' in page.join_columns(first, second, [(0, 0)]).text
