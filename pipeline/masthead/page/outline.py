"""The headings, tables, lists and figures of a document's pages as tags, without the text in them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from lxml import etree
from markupsafe import Markup

from masthead.document import Document, locales, model
from masthead.document.references import Citation, Linker, Scope
from masthead.page.inline import Inliner
from masthead.page.markup import page_values, template_folders
from masthead.page.templating import render
from masthead.page.wording import template_name

TAGS = {f"h{level}": f"H{level}" for level in range(1, 7)} | {
    "table": "Table", "thead": "THead", "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption",
    "li": "LI", "figure": "Figure", "img": "Figure", "svg": "Figure",
}  # fmt: skip
"""The elements of HTML that an outline has, with their types in a PDF (ISO 32000-1, 14.8.4)."""
_ART = dict.fromkeys(("emblem", "barcode", "recycling_mark", "qr_code"), "")


def outline(
    document: Document, templates: Path | None = None, *, is_second: bool = False
) -> tuple[tuple[str, int, int], ...]:
    """Return each tag of the document's pages in order, with the columns and the rows that it spans.

    The templates decide what is a heading, and of which level; the text is left out, since setting it takes most of the
    time of `mark_up`. The second column of a parallel edition has no pictures in its masthead.

    Raises TemplateError if a template fails or a locale lacks a word.
    """
    locale = locales.load(document.language, templates)
    values = page_values(document, locale, _WithoutText(document, locale), templates)
    html = render(template_name(document), *template_folders(templates), page=values, art=_ART)
    root = etree.fromstring(html, etree.HTMLParser())
    left_out = set(root.xpath("//header//img")) if is_second else set()
    return tuple(
        (TAGS[element.tag], int(element.get("colspan", 1)), int(element.get("rowspan", 1)))
        for element in root.iter(*TAGS)
        if element not in left_out
    )


class _WithoutText(Inliner):
    """Puts one letter in place of any content."""

    @cached_property
    def links(self) -> Linker:
        return _NoAnchors(self._document)

    def parts(self, content: Iterable[model.Inline]) -> tuple[Markup, ...]:
        return (Markup("x" if model.plain(tuple(content)).strip() else ""),)

    def entry(self, text: str) -> Markup:
        return Markup("x")

    def number(self, number: str, text: str) -> Markup:
        return Markup("x")


class _NoAnchors(Linker):
    """Does not look through the document for what links lead to: anchors are no tags."""

    def __init__(self, document: Document) -> None:
        pass

    def anchor(self, scope: Scope, name: Citation) -> str:
        return ""
