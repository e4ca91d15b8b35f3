"""Document → Html, by Jinja.

All computing is done here and ends in a `page` of plain values; a template loops and chooses. A document's text enters
a template as text (autoescaped) or, where it has inline markup, as HTML that `masthead.bidi` made and escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from masthead import art, wording
from masthead.assets import TEMPLATES
from masthead.errors import TemplateError
from masthead.inline import Inliner
from masthead.model import Document, Item, PageEnd, Pagination, contents, inlines, plain
from masthead.terms import Direction, Language, day
from masthead.wording import Locale

# A running title takes at most two lines of the head; a longer one is left out, as on A/RES/73/6 (measured).
RUNNING_TITLE_LENGTH = 130


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF. `relationship` is PDF/A-3's (ISO 19005-3, 6.8): Source, Data, …"""

    name: str
    data: bytes
    media_type: str
    description: str
    relationship: str = "Source"


@dataclass(frozen=True, slots=True)
class Html:
    """A page to set: the HTML text, the folder its relative addresses start from, and what travels with it.

    `pages` is the number of pages the text must fill, None where it may fill any.
    """

    text: str
    base: Path
    attachments: tuple[Attachment, ...] = ()
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as a template sees it: its class, its mark, and its HTML in as many parts as pages divide it into.

    `key` tells the parts of one paragraph from those of another; `ends_page` says that a page ends after it.
    """

    kind: str
    key: str
    mark: str
    parts: tuple[Markup, ...]
    ends_page: bool


def mark_up(
    document: Document,
    *,
    attachments: tuple[Attachment, ...] = (),
    emblem: Path | None = None,
    templates: Path = TEMPLATES,
) -> Html:
    """Return the HTML of `document`. Raises TemplateError when a template fails or a locale lacks a word.

    `emblem` is the organization's own emblem file, `templates` a folder laid out as the bundled one.
    """
    locale = wording.load(document.language, templates)
    name = f"{document.type}.html.j2"
    try:
        text = _environment(templates).get_template(name).render(
            page=_page(document, locale, templates),
            art={
                "emblem": art.emblem(emblem, templates),
                "barcode": art.barcode(document.job),
                "recycling_mark": art.recycling_mark(templates),
                "qr_code": art.qr_code(document.symbol),
            },
        )
    except jinja2.TemplateError as error:
        where = f"{getattr(error, 'name', None) or name}:{getattr(error, 'lineno', None) or ''}".rstrip(":")
        raise TemplateError(f"the template fails: {error}", where=where) from error
    ends = sum(isinstance(inline, PageEnd) for content in contents(document) for inline in inlines(content))
    pages = ends + 1 if document.pagination is Pagination.SOURCE and ends else None
    return Html(text, templates, attachments, pages)


@cache
def _environment(templates: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
    )


def _page(document: Document, locale: Locale, templates: Path) -> dict[str, Any]:
    """What the templates print, as plain values."""
    inliner = Inliner(document, locale)
    preface, language = document.preface, document.language
    title = plain(preface.title)
    script = "arabic" if language.direction is Direction.RTL else "latin"
    abroad = wording.load(Language(locale.word("masthead", "distribution_language")), templates)
    issued = day(document.masthead.date, abroad.word("dates", "text"), abroad.word("dates", "months"))
    return {
        "language": str(language),
        "direction": str(language.direction),
        "sheets": ("page", str(document.type), f"digits-{document.digits}", script),
        "title": title,
        "running_title": title if len(title) <= RUNNING_TITLE_LENGTH else "",
        "symbol": str(document.symbol),
        "series": document.symbol.series,
        "symbol_rest": document.symbol.rest,
        "issued": issued.isoformat() if issued else "",
        "organization": locale.word("masthead", "organization"),
        "organ": locale.organ(document.organ),
        "distribution": wording.distribution_lines(document, locale),
        "distribution_language": str(abroad.language),
        "job_number": document.job.number,
        "job": str(document.job),
        "job_dates": document.job.dates,
        "recycle": locale.word("imprint", "recycle"),
        "folio_separator": locale.word("folio", "separator"),
        "alternatives": {
            key: form.format(number=document.job.barcode, address=document.symbol.address)
            for key, form in locale.words["alternatives"].items()
        },
        "session": inliner.text(preface.session),
        "agenda_item": inliner.text(preface.agenda_item),
        "adoption": inliner.text(preface.adoption),
        "basis": inliner.framed(preface.basis, str(locale.word("resolution", "basis"))) if preface.basis else "",
        "number": inliner.number(document.digits.shape(str(document.number)), locale.word("resolution", "number")),
        "title_html": inliner.whole(preface.title),
        "body": tuple(_lines(document, locale, inliner)),
        "closing": tuple(inliner.text(line) for line in document.closing),
    }


def _lines(document: Document, locale: Locale, inliner: Inliner) -> Iterator[Line]:
    """The body's paragraphs and sub-paragraphs in order."""
    digits = document.digits
    for place, block in enumerate(document.body, 1):
        mark = "" if block.number is None else locale.paragraph_mark(block.number, digits)
        yield _line(str(block.role), f"p{place}", mark, inliner.parts(block.content))
        for degree, key, item in _items(block.items, f"p{place}", 1):
            yield _line(
                f"item degree-{degree}",
                key,
                locale.item_mark(item.ordinal, degree, digits),
                inliner.parts(item.content),
            )


def _items(items: Iterable[Item], key: str, degree: int) -> Iterator[tuple[int, str, Item]]:
    for place, item in enumerate(items, 1):
        yield degree, f"{key}-{place}", item
        yield from _items(item.items, f"{key}-{place}", degree + 1)


def _line(kind: str, key: str, mark: str, parts: tuple[Markup, ...]) -> Line:
    """A page end behind the last word leaves an empty last part."""
    ends_page = len(parts) > 1 and not parts[-1]
    return Line(kind, key, mark, parts[:-1] if ends_page else parts, ends_page)
