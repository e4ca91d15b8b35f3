"""Markdown with YAML front matter into a Document."""

from __future__ import annotations

from datetime import date

from masthead.document import Document, DocumentType, Locale, Pagination, locales, model, patterns, terms
from masthead.document.references import Doubt, context_of, resolution_symbol
from masthead.formats.job_numbers import parse_job
from masthead.formats.markdown.block_reader import MarkdownBlockReader
from masthead.formats.markdown.commonmark import parse_spans
from masthead.formats.markdown.front_matter import FrontMatter, split, suggestion
from masthead.formats.markdown.keys import CATEGORIES, Truth, needed
from masthead.formats.record import Record
from masthead.formats.source import decode

_CALLING = ("session", "agenda-item", "adoption", "place")
_EXAMPLE_DATE = date(2041, 8, 29)


def read(data: bytes, name: str) -> Document:
    """Return the document in a Markdown file. Raises SourceError, with file, line and column."""
    source = decode(data, name)
    front, start = split(source, name)
    kind, language = front.choose("type", DocumentType), front.choose("language", terms.Language)
    organ = front.choose("organ", terms.Organ)
    if not front.metadata:
        front.require(needed(kind, organ), f"type {kind} with organ {organ}")
    number = front.parse("number", terms.ResolutionNumber.parse, "64/293") if "number" in front else None
    if number is None or kind is not DocumentType.RESOLUTION:
        front.require(("symbol",), "a document that is not a numbered resolution")
        symbol = front.parse("symbol", terms.Symbol.parse, "E/2017/30")
    else:
        symbol = front.parse("symbol", terms.Symbol.parse, "E/RES/2017/18", resolution_symbol(organ, number))
    record = Record(name, source.split("\n"))
    if str(symbol).endswith("*"):  # the asterisk of a reissue calls the note about it
        record.call("*", front.line("symbol"))
    locale = locales.load(language)
    _check_masthead(front, locale, record)
    context = context_of(locale, front.text("adoption"), front.text("date"), organ)
    blocks = MarkdownBlockReader(kind, context, record)
    preface = _preface(front, blocks)
    blocks.read(source[start:], source.count("\n", 0, start) + 1)
    for key in _CALLING:
        if (stars := model.stars(front.text(key))) in record.notes:
            record.call(stars, front.line(key))
    return Document(
        type=kind,
        language=language,
        organ=organ,
        symbol=symbol,
        number=number,
        job=parse_job(front.text("job"), language, front.where("job")),
        masthead=_masthead(front),
        preface=preface,
        body=tuple(blocks.body),
        notes=tuple(blocks.notes),
        closing=front.texts("closing"),
        digits=front.choose("digits", terms.Digits, language.digits),
        pagination=front.choose("pagination", Pagination, Pagination.FLOW),
        findings=record.finish(),
        annexes=tuple(blocks.annexes),
        metadata=front.metadata,
    )


def _masthead(front: FrontMatter) -> model.Masthead:
    translation = front.choose("translation", Truth, Truth.FALSE) is Truth.TRUE
    return model.Masthead(
        front.text("distribution"), front.text("date"), front.text("original"), translation, front.text("organ-name")
    )


def _check_masthead(front: FrontMatter, locale: Locale, record: Record) -> None:
    """Record a date or a distribution that is not written as in the document's language or that of its Distr. block."""
    block = locales.distribution_locale(locale)
    issued, category, known = front.text("date"), front.text("distribution"), CATEGORIES[block.language]
    if not any(_is_date(issued, each) for each in (locale, block)):
        hint = f"write it like this: {block.written(_EXAMPLE_DATE, terms.Digits.WESTERN)}"
        record.report(front.line("date"), Doubt("masthead-date", f"“{issued}” is not a masthead date", hint))
    if patterns.fold(category) not in known:
        message, hint = f"unknown distribution “{category}”", suggestion(category, known)
        record.report(front.line("distribution"), Doubt("masthead-distribution", message, hint))


def _is_date(text: str, locale: Locale) -> bool:
    day = patterns.find_date(text, locale)
    return day is not None and patterns.fold(text) in [
        patterns.fold(locale.written(day, digits)) for digits in terms.Digits
    ]


def _preface(front: FrontMatter, blocks: MarkdownBlockReader) -> model.Preface:
    def inline(key: str) -> model.Content:
        return blocks.inline(parse_spans(front.text(key)), front.line(key)) if key in front else ()

    def division(line: str) -> model.Division:
        label, _, title = line.partition("|")
        return model.Division(label.strip(), blocks.inline(parse_spans(title.strip()), front.line("divisions")))

    return model.Preface(
        session=front.text("session"),
        agenda_item=front.text("agenda-item"),
        adoption=front.text("adoption"),
        basis=inline("basis") if "basis" in front else None,
        title=inline("title"),
        agenda_title=inline("agenda-title"),
        subtitle=inline("subtitle"),
        sponsors=inline("sponsors"),
        bodies=front.texts("bodies"),
        place=front.text("place"),
        divisions=tuple(map(division, front.texts("divisions"))),
    )
