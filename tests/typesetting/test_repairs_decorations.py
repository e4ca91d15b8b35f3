"""A footnote that is called in underlined text is not underlined itself; its call is."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTCurve

import unrepaired
from masthead.page.markup import Html
from masthead.typesetting.typesetter import Pdf, typeset
from small import html, note


def underlined(tag: str, typeset: Callable[[Html], Pdf] = typeset) -> list[bool]:
    """Return the lines of a page with a note: whether each is at the foot of the page."""
    style = "@page { @footnote { border: 0 } } ins { text-decoration: underline }"
    page = html(f"<p>نص <{tag}>{note(1, 'حاشية')}</{tag}></p>", style=style)
    (laid_out,) = extract_pages(io.BytesIO(typeset(page).data))
    return sorted(each.y0 < 100 for each in laid_out if isinstance(each, LTCurve))


def test_only_the_call_is_underlined() -> None:
    assert underlined("ins") == [False]
    assert underlined("span") == []


@pytest.mark.slow
def test_stock_underlines_the_note() -> None:
    assert any(underlined("ins", unrepaired.typeset))
