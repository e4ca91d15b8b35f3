"""A Document as Markdown with YAML front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import yaml

from masthead.document import (
    Document,
    DocumentType,
    LineBreaking,
    Metadatum,
    NotePlace,
    Pagination,
    locales,
    organizations,
)
from masthead.document.references import Context, context_of, resolution_symbol
from masthead.formats.markdown.block_writer import MarkdownBlockWriter
from masthead.formats.markdown.cross_references import with_signs
from masthead.formats.markdown.keys import ENTRIES, TEXT
from masthead.formats.markdown.span_writer import write_spans
from masthead.formats.markdown.syntax import FENCE
from masthead.formats.source import check_characters

_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the one of libyaml, which is much faster
_WIDTH = 2**31 - 1  # of a line: the greatest that libyaml takes


def write(document: Document) -> str:
    """Return `document` as the text of a Markdown file.

    Raises SourceError if it has a character that sources may not contain.
    """
    locale = locales.load(document.language)
    context = context_of(locale, document.preface.adoption, document.masthead.date, document.organ)
    document = with_signs(document, locale)
    front = _front_matter(document, context)
    blocks = "\n\n".join(_blocks(document, context))
    for text in (*front.values(), blocks):
        check_characters(text if isinstance(text, str) else "".join(text), document)
    yaml_text = _yaml(front)
    if document.metadata:
        yaml_text += _yaml({"metadata": [_element(each, document) for each in document.metadata]}, flow=None)
    return f"{FENCE}\n{yaml_text}{FENCE}\n\n{blocks}\n"


def _line(text: str) -> str:
    """Return a line without markup. What would call a note in it has a backslash."""
    return re.sub(r"(\\*)\[\^", r"\1\1\[^", text)


def _yaml(value: Any, *, flow: bool | None = False) -> str:
    """Return a value as YAML; with `flow` None a mapping of texts is on one line."""

    def dumped(dumper: Any) -> str:
        return yaml.dump(
            value, Dumper=dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=flow
        )

    text = dumped(_DUMPER)
    # It escapes letters above U+FFFF, which the other writes as they are. All else is the same.
    return dumped(yaml.SafeDumper) if "\\" in text else text


def _element(element: Metadatum, document: Document) -> dict[str, Any]:
    """Return an element of the metadata as the mapping of its name to its attributes, text and entries."""
    inner: dict[str, Any] = {key: check_characters(value, document) for key, value in element.attributes}
    if element.text:
        inner[TEXT] = check_characters(element.text, document)
    if element.entries:
        inner[ENTRIES] = [_element(each, document) for each in element.entries]
    return {element.name: inner}


def _front_matter(document: Document, context: Context) -> dict[str, str | list[str]]:
    """Return the keys of the front matter without those that are empty or follow from others."""
    preface, masthead = document.preface, document.masthead
    number, is_resolution = document.number, document.type.like is DocumentType.RESOLUTION
    usual = None
    if number is not None:
        with suppress(ValueError):  # symbols of an organization need not follow from the number
            usual = resolution_symbol(document.organ, number, document.type.entry.symbol)
    job = " ".join((str(document.job), *document.job.dates))
    if not document.job.is_known and "job" not in organizations.current().mandatory:
        job = ""
    front: dict[str, str | list[str]] = {
        "type": str(document.type),
        "language": str(document.language),
        "organ": str(document.organ),
        "organ-name": masthead.organ,
        "number": "" if number is None else str(number),
        "symbol": "" if is_resolution and document.symbol == usual else str(document.symbol),
        "job": job,
        "distribution": masthead.distribution,
        "date": masthead.date,
        "original": masthead.original,
        "translation": "true" if masthead.translation else "",
        "restriction": masthead.restriction,
        "bodies": list(preface.bodies),
        "session": _line(preface.session),
        "place": _line(preface.place),
        "agenda-item": _line(preface.agenda_item),
        "agenda-title": write_spans(preface.agenda_title, context),
        "adoption": _line(preface.adoption),
        "basis": write_spans(preface.basis or (), context),
        "sponsors": write_spans(preface.sponsors, context),
        "title": write_spans(preface.title, context),
        "subtitle": write_spans(preface.subtitle, context),
        "divisions": [f"{each.label} | {write_spans(each.title, context)}".strip() for each in preface.divisions],
        "closing": list(document.closing),
        "digits": "" if document.digits is document.language.digits else str(document.digits),
        "pagination": "" if document.pagination is Pagination.FLOW else str(document.pagination),
        "lines": "" if document.lines is LineBreaking.FIRST_FIT else str(document.lines),
        "notes": "" if document.note_place is NotePlace.PAGE else str(document.note_place),
    }
    return {key: value for key, value in front.items() if value}


def _blocks(document: Document, context: Context) -> Iterator[str]:
    writer = MarkdownBlockWriter(document, context)
    yield from writer.blocks(document.body)
    for note in document.notes:
        yield from writer.note(note)
    for annex in document.annexes:
        yield from writer.annex(annex)
