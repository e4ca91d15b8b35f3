"""The pages of two editions are divided into pieces and joined: names stay unique, styles stay in their column."""

from __future__ import annotations

import re

import pytest

from masthead import formats, page
from masthead.document import TemplateError
from masthead.page import TextColumn
from masthead.page.parallel import _begins, _elements, _inside, _pieces
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


@pytest.mark.parametrize(
    ("classes", "before", "kind"),
    [
        ("", "", ""), ("note", "", ""), ("operative", "", "operative"), ("preambular continued", "", ""),
        ("numbered fit", "", "numbered"), ("item degree-1", "operative", "item"), ("tail", "item", "tail"),
        ("part", "", "part"), ("figure", "", "figure"), ("box", "", "box"), ("vote", "", "vote"),
        ("closing", "", "closing"), ("heading-1", "", "heading"), ("heading-3 label", "", "heading"),
        ("subheading", "", ""), ("caption", "", "table"), ("table", "caption", ""), ("short", "figure caption", ""),
        ("table", "", "table"), ("short", "", "table"), ("fixed", "", "table"), ("spaced", "", "table"),
        ("small-head", "", "table"), ("variance", "", "table"), ("top", "", "table"), ("inset", "", "table"),
        ("dense", "", "table"), ("denser", "", "table"), ("whole crammed", "", "table"), ("table-notes", "table", ""),
    ],
)  # fmt: skip
def test_the_classes_of_an_element_say_which_piece_it_begins(classes: str, before: str, kind: str) -> None:
    assert _begins(classes, before) == kind


def test_outermost_elements_have_their_classes_or_their_names() -> None:
    text = 'x<p class="a b">1<b>2</b><br></p>\n<hr><div>3<p class="c">4</p></div> y <img class="d" src="5">'
    assert [*_elements(text)] == [
        ("a b", '<p class="a b">1<b>2</b><br></p>'), ("hr", "<hr>"), ("div", '<div>3<p class="c">4</p></div>'),
        ("d", '<img class="d" src="5">'),
    ]  # fmt: skip
    assert _inside("<main><p>1</p></main><main>2</main>", "main") == "<p>1</p></main><main>2"
    with pytest.raises(TemplateError, match="a parallel edition needs the element <header> of each page"):
        _inside("<main></main></header>", "header")


def test_an_annex_is_divided_and_each_part_is_in_an_element_of_its_kind() -> None:
    parts = ('<p class="annex-mark">I</p>', '<p class="annex-title">T</p>', '<p class="operative">1</p>')
    annex = f'<div class="annex x" id="a1">{"".join(parts)}</div>'
    text = f'<h2 class="heading-1">H</h2><p class="end">E</p><div class="closing"></div>{annex}'
    again = '</div><div class="annex x">'
    assert [(piece.kind, str(piece.html)) for piece in _pieces(text)] == [
        ("front", ""), ("heading", '<h2 class="heading-1">H</h2><div class="closing"></div>'),
        ("annex", f'<div class="annex x" id="a1">{parts[0]}{again}{parts[1]}</div>'),
        ("operative", f'<div class="annex x">{parts[2]}</div>'),
    ]  # fmt: skip


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
