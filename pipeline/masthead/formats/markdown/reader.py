"""The authoring format, Markdown with YAML front matter, into a Document. `docs/format.md` describes it."""

from __future__ import annotations

from datetime import date

from masthead.document import (
    Digits,
    Document,
    DocumentType,
    Inline,
    JobNumber,
    Language,
    Locale,
    Masthead,
    Organ,
    Pagination,
    Preface,
    ResolutionNumber,
    SourceError,
    Symbol,
    locales,
    patterns,
)
from masthead.document.references import Doubt, context_of, resolution_symbol
from masthead.formats.markdown.blocks import Blocks
from masthead.formats.markdown.commonmark import parse_spans
from masthead.formats.markdown.frontmatter import FrontMatter, split, suggestion
from masthead.formats.markdown.keys import CATEGORIES, Truth, needed
from masthead.formats.record import Record
from masthead.formats.source import decode

_DAY = date(2041, 8, 29)  # an example


def read(data: bytes, name: str) -> Document:
    """Read a document in Markdown. Raises SourceError, with file and line, where it is none."""
    source = decode(data, name)
    front, start = split(source, name)
    kind, language, organ = (
        front.choose("type", DocumentType),
        front.choose("language", Language),
        front.choose("organ", Organ),
    )
    front.require(needed(kind, organ), f"the type {kind} of the {organ}")
    number = front.parse("number", ResolutionNumber.parse, "64/293") if "number" in front else None
    if number is None or kind is not DocumentType.RESOLUTION:
        front.require(("symbol",), "a document that is no numbered resolution")
        symbol = front.parse("symbol", Symbol.parse, "E/2017/30")
    else:
        symbol = front.parse("symbol", Symbol.parse, "E/RES/2017/18", resolution_symbol(organ, number))
    record = Record(name, source.split("\n"))
    if str(symbol).endswith("*"):  # the mark of a reissue, told of in a note
        record.call("*", front.line("symbol"))
    locale = locales.load(language)
    _tell_of_masthead(front, locale, record)
    context = context_of(locale, front.text("adoption"), front.text("date"), organ)
    blocks = Blocks(kind, context, record)
    preface = _preface(front, blocks)
    blocks.read(source[start:], source.count("\n", 0, start) + 1)
    return Document(
        type=kind,
        language=language,
        organ=organ,
        symbol=symbol,
        number=number,
        job=_job(front, language),
        masthead=_masthead(front),
        preface=preface,
        body=tuple(blocks.body),
        notes=tuple(blocks.notes),
        closing=front.texts("closing"),
        digits=front.choose("digits", Digits, language.digits),
        pagination=front.choose("pagination", Pagination, Pagination.FLOW),
        findings=record.settle(),
        annexes=tuple(blocks.annexes),
    )


def _masthead(front: FrontMatter) -> Masthead:
    translation = front.choose("translation", Truth, Truth.FALSE) is Truth.TRUE
    return Masthead(front.text("distribution"), front.text("date"), front.text("original"), translation)


def _tell_of_masthead(front: FrontMatter, locale: Locale, record: Record) -> None:
    """A date or a distribution that neither the language prints nor that of the Distr. block is a finding."""
    block = locales.distribution_locale(locale)
    issued, category = front.text("date"), front.text("distribution")
    if not any(_is_date(issued, each) for each in (locale, block)):
        hint = f"write it like this: {block.written(_DAY, Digits.WESTERN)}"
        record.tell(front.line("date"), Doubt("masthead-date", f"“{issued}” is no date of a masthead", hint))
    if category not in (known := CATEGORIES[block.language]):
        message = f"unknown distribution “{category}”"
        record.tell(front.line("distribution"), Doubt("masthead-distribution", message, suggestion(category, known)))


def _is_date(text: str, locale: Locale) -> bool:
    day = patterns.find_date(text, locale)
    return day is not None and patterns.fold(text) in [patterns.fold(locale.written(day, digits)) for digits in Digits]


def _preface(front: FrontMatter, blocks: Blocks) -> Preface:
    def inline(key: str) -> tuple[Inline, ...]:
        return blocks.inline(parse_spans(front.text(key)), front.line(key)) if key in front else ()

    return Preface(
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
    )


def _job(front: FrontMatter, language: Language) -> JobNumber:
    job = front.parse("job", JobNumber.parse, f"17-12889 ({language.letter})")
    if job.language is not language:
        raise SourceError(
            f"the job number's letter {job.language.letter} is not that of the language {language}",
            where=front.where("job"),
            hint=f"write {job.number} ({language.letter})",
        )
    return job
