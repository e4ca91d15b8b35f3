"""A Document as Markdown with YAML front matter, the authoring format that `docs/format.md` describes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from textwrap import indent

import yaml

from masthead.errors import SourceError
from masthead.model import Document, Inline, Item, PageEnd, Pagination, Role
from masthead.reading.frontmatter import FENCE
from masthead.reading.markdown import role_by_place
from masthead.reading.references import Context, context_of, resolution_symbol
from masthead.reading.source import FORBIDDEN
from masthead.reading.spans import PAGE_END
from masthead.wording import load
from masthead.writing.spans import write_spans

_BLOCK_SIGN = re.compile(r"[-+>=~]|[0-9]{1,9}[.)]")


def write(document: Document) -> str:
    """Return `document` as Markdown. Raises SourceError for characters that no source may hold."""
    context = context_of(load(document.language), document.preface.adoption, document.masthead.date)
    front = dict(_front(document, context))
    blocks = "\n\n".join(_blocks(document, context))
    for text in (*front.values(), blocks):
        if found := FORBIDDEN.search("".join(text)):
            raise SourceError(
                f"character U+{ord(found[0]):04X} cannot be written",
                where=str(document.symbol),
                hint="take it out of the text",
            )
    return (
        f"{FENCE}\n{yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=sys.maxsize)}{FENCE}\n\n{blocks}\n"
    )


def _front(document: Document, context: Context) -> Iterator[tuple[str, str | list[str]]]:
    """The keys of the front matter; those that follow from others are left out."""
    preface = document.preface
    yield "type", str(document.type)
    yield "language", str(document.language)
    yield "organ", str(document.organ)
    yield "number", str(document.number)
    if document.symbol != resolution_symbol(document.organ, document.number):
        yield "symbol", str(document.symbol)
    yield "job", " ".join((str(document.job), *document.job.dates))
    yield "distribution", document.masthead.distribution
    yield "date", document.masthead.date
    yield "session", preface.session
    yield "agenda-item", preface.agenda_item
    yield "adoption", preface.adoption
    if preface.basis is not None:
        yield "basis", write_spans(preface.basis, context)
    if document.closing:
        yield "closing", list(document.closing)
    if document.digits is not document.language.digits:
        yield "digits", str(document.digits)
    if document.pagination is not Pagination.FLOW:
        yield "pagination", str(document.pagination)


def _blocks(document: Document, context: Context) -> Iterator[str]:
    yield f"# {write_spans(document.preface.title, context)}"
    marked: Role | None = None
    numbered = False
    for at, paragraph in enumerate(document.body):
        text = _text(paragraph.content, context)
        items = _items(paragraph.items, context, 1)
        if paragraph.number is not None:
            yield _list_item(f"{paragraph.number}. ", "\n\n".join((text, *items)))
            marked, numbered = None, True
            continue
        if paragraph.role is not (marked or role_by_place(first=at == 0, numbered=numbered)):
            marked = paragraph.role
            yield f"<!-- {marked} -->"
        yield text
        yield from items
    for note in document.notes:
        yield f"[^{note.number}]: {_text(note.content, context)}"


def _items(items: tuple[Item, ...], context: Context, degree: int) -> Iterator[str]:
    locale = context.locale
    for item in items:
        mark = locale.item_mark(item.ordinal, degree, locale.language.digits)
        inner = _items(item.items, context, degree + 1)
        yield _list_item("- ", "\n\n".join((f"{mark} {_text(item.content, context)}", *inner)))


def _list_item(marker: str, text: str) -> str:
    """Put `marker` before a text of some blocks, and indent its other lines to stand below the first."""
    return marker + indent(text, " " * len(marker))[len(marker) :]


def _text(content: tuple[Inline, ...], context: Context) -> str:
    """A paragraph on one line, but for the page ends that end it, and with no sign of a block at its start."""
    end = len(content)
    while end > 1 and isinstance(content[end - 1], PageEnd):
        end -= 1
    text = write_spans(content[:end], context)
    if found := _BLOCK_SIGN.match(text):
        text = f"{text[: found.end() - 1]}\\{text[found.end() - 1 :]}"
    return text + f"\n{PAGE_END}" * (len(content) - end)
