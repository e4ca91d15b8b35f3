"""Small pages for the tests of typesetting: one rule on one page a few centimetres wide."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer

from masthead.page.markup import Html

STYLE = """
@page { size: 200pt 260pt; margin: 20pt; @footnote { border-top: .5pt solid; padding-top: 4pt } }
html { font: 10pt/15pt Amiri, "Liberation Serif" } body { margin: 0 } p { margin: 0; text-align: justify }
.note { float: footnote; footnote-policy: line; font-size: 8pt; line-height: 12pt }
::footnote-call { content: attr(data-mark); font-size: 65%; vertical-align: super; line-height: 0 }
::footnote-marker { content: attr(data-mark) "\\a0" }
"""


def html(body: str, *, style: str = "", root: str = 'lang="ar" dir="rtl"') -> Html:
    head = f'<meta charset="utf-8"><title>قرار</title><style>{STYLE}{style}</style>'
    return Html(f"<!DOCTYPE html><html {root}><head>{head}</head><body>{body}</body></html>", Path(__file__).parent)


def note(number: int, text: str) -> str:
    return f'<span class="note" id="note-{number}" data-note="{number}" data-mark="({number})">{text}</span>'


def extents(pdf: bytes, *, leading: float = 15, top: float = 20) -> list[list[tuple[float, float]]]:
    """By page and line: the left and right end of its glyphs' advances, in points. Marks have none."""
    pages = []
    for page in extract_pages(BytesIO(pdf)):
        rows: dict[int, list[float]] = {}
        for char in chars(page):
            if char.get_text().strip() and char.adv:
                row = rows.setdefault(int((page.height - top - char.matrix[5]) // leading), [])
                row += [char.matrix[4], char.matrix[4] + char.adv * char.matrix[0]]
        pages.append([(min(row), max(row)) for _, row in sorted(rows.items())])
    return pages


def chars(item: Any) -> Iterator[LTChar]:
    """Yield the characters in a page of pdfminer."""
    if isinstance(item, LTChar):
        yield item
    elif isinstance(item, LTContainer):
        for part in item:
            yield from chars(part)
