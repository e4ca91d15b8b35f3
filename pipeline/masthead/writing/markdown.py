"""A Document as Markdown with YAML front matter, the authoring format that `docs/format.md` describes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from textwrap import indent

import yaml

from masthead.errors import SourceError
from masthead.model import Document, Inline, Item, PageEnd, Pagination, Paragraph
from masthead.reading.frontmatter import FENCE
from masthead.reading.markdown import Roles
from masthead.reading.references import Context, context_of, resolution_symbol
from masthead.reading.source import FORBIDDEN
from masthead.reading.spans import PAGE_END
from masthead.wording import load
from masthead.writing.spans import call_mark, write_spans

_BLOCK_SIGN = re.compile(r"[-+>=~]|[0-9]{1,9}[.)]")


def write(document: Document) -> str:
    """Return `document` as Markdown. Raises SourceError for characters that no source may hold."""
    context = context_of(load(document.language), document.preface.adoption, document.masthead.date)
    front = _front(document, context)
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


def _front(document: Document, context: Context) -> dict[str, str | list[str]]:
    """The keys of the front matter; those that are empty or follow from others are left out."""
    preface, masthead = document.preface, document.masthead
    derived = document.number is not None and document.symbol == resolution_symbol(document.organ, document.number)
    front: dict[str, str | list[str]] = {
        "type": str(document.type),
        "language": str(document.language),
        "organ": str(document.organ),
        "number": "" if document.number is None else str(document.number),
        "symbol": "" if derived else str(document.symbol),
        "job": " ".join((str(document.job), *document.job.dates)),
        "distribution": masthead.distribution,
        "date": masthead.date,
        "original": masthead.original,
        "translation": "true" if masthead.translation else "",
        "bodies": list(preface.bodies),
        "session": preface.session,
        "place": preface.place,
        "agenda-item": preface.agenda_item,
        "agenda-title": write_spans(preface.agenda_title, context),
        "adoption": preface.adoption,
        "basis": write_spans(preface.basis or (), context),
        "sponsors": write_spans(preface.sponsors, context),
        "title": write_spans(preface.title, context),
        "subtitle": write_spans(preface.subtitle, context),
        "closing": list(document.closing),
        "digits": "" if document.digits is document.language.digits else str(document.digits),
        "pagination": "" if document.pagination is Pagination.FLOW else str(document.pagination),
    }
    return {key: value for key, value in front.items() if value}


def _blocks(document: Document, context: Context) -> Iterator[str]:
    roles = Roles(document.type)
    for paragraph in document.body:
        if not isinstance(paragraph, Paragraph):
            kind = type(paragraph).__name__.lower()
            raise SourceError(f"a {kind} cannot be written to Markdown yet", where=str(document.symbol))
        if paragraph.role is not roles.next(paragraph.number):
            roles.marked = paragraph.role
            yield f"<!-- {paragraph.role} -->"
        text = _text(paragraph.content, context)
        items = _items(paragraph.items, context, 1)
        if paragraph.number is None:
            yield text
            yield from items
        else:
            yield _list_item(f"{paragraph.number}. ", "\n\n".join((text, *items)))
    for note in document.notes:
        yield f"{call_mark(note.number, note.asterisk)}: {_text(note.content, context)}"
    if document.annexes:
        raise SourceError("an annex cannot be written to Markdown yet", where=str(document.symbol))


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
    ends = PAGE_END * (len(content) - end)
    return f"{text}\n{ends}" if ends else text
