"""Markdown with YAML front matter into a Document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from masthead.document import (
    Document,
    DocumentType,
    LineBreaking,
    Locale,
    NotePlace,
    Pagination,
    locales,
    model,
    organizations,
    symbols,
    terms,
)
from masthead.document.references import BODY, Doubt, context_of, resolution_symbol
from masthead.formats.job_numbers import parse_job
from masthead.formats.markdown.block_reader import MarkdownBlockReader
from masthead.formats.markdown.cross_references import with_references
from masthead.formats.markdown.front_matter import FrontMatter, split
from masthead.formats.markdown.includes import expanded, filled, read_variables, unknown_variables, without_comments
from masthead.formats.markdown.keys import KEYS, Truth, needed, required
from masthead.formats.numbering import NumberPlace
from masthead.formats.opening_lines import likely_language, masthead_doubts
from masthead.formats.record import Record
from masthead.formats.source import decode

_CALLING = ("session", "agenda-item", "adoption", "place")
_STARS = re.compile(r"(\\*)\[\^(\*{1,9})\]$")
_CALL = re.compile(r"(\\*)(\[\^)")
_QUOTED = ("“”", "‘’", "”“", "’‘", "„“", "''", "＂＂")


class _DocumentIdentity(NamedTuple):
    """Which document a source is."""

    kind: DocumentType
    language: terms.Language
    organ: terms.Organ
    number: terms.ResolutionNumber | None
    symbol: terms.Symbol


def read(data: bytes, name: str) -> Document:
    """Return the document in a Markdown file. Raises SourceError for all errors, each with file, line and column."""
    return read_with_numbers(data, name)[0]


def read_with_numbers(data: bytes, name: str) -> tuple[Document, list[NumberPlace]]:
    """Return the document in a Markdown file and the places of its numbers. Raises SourceError as `read` does."""
    source = decode(data, name)
    record = Record(name, source.split("\n"))
    front, start = split(source, record)
    variables = read_variables(front.texts("variables"), front.line("variables"), record)
    front.fill(lambda text: filled(text, variables))
    kind, language, organ, number, symbol = _identity(front, source)
    if str(symbol).endswith("*"):  # the asterisk of a reissue calls the note about it
        record.call("*", front.line("symbol"))
    locale = locales.load(language)
    _doubt_quotes(front, record)
    masthead = _masthead(front, locale, record)
    lines = {key: _plain_line(front, key, record) for key in _CALLING}
    context = context_of(locale, lines["adoption"], front.text("date"), organ)
    digits = front.choose("digits", terms.Digits, language.digits)
    blocks = MarkdownBlockReader(kind, context, record, digits)
    preface = _preface(front, blocks, lines)
    blocks.read(_body(source, start, variables, record), source.count("\n", 0, start) + 1)
    for key, line in lines.items():
        if (stars := model.stars(line)) in record.notes:
            record.call(stars, front.line(key))
    job = _job(front, language, record)
    document = Document(
        type=kind,
        language=language,
        organ=organ,
        symbol=symbol,
        number=number,
        job=job,
        masthead=masthead,
        preface=blocks.with_note_order(preface),
        body=tuple(blocks.body),
        notes=tuple(blocks.notes),
        closing=front.texts("closing"),
        digits=digits,
        pagination=front.choose("pagination", Pagination, Pagination.FLOW),
        findings=record.settle(),
        annexes=tuple(blocks.annexes),
        metadata=front.metadata,
        labels=tuple(sorted(record.labels.values(), key=lambda label: label.name)),
        lines=front.choose("lines", LineBreaking, LineBreaking.FIRST_FIT),
        note_place=front.choose("notes", NotePlace, NotePlace.PAGE),
    )
    if record.label_uses:
        document = with_references(document, locale)
    record.check(document)
    return document, _number_places(record)


def _identity(front: FrontMatter, source: str) -> _DocumentIdentity:
    """Return what says which document it is. Where a required key is wrong or absent, it is what is probable."""
    kind = front.choose("type", DocumentType, DocumentType.of_archetype(DocumentType.REPORT))
    language = front.choose("language", terms.Language, _likely_language(front, source))
    organ = front.choose("organ", terms.Organ, terms.Organ.first())
    if not front.metadata and not front.is_unknown("type"):
        front.require(needed(kind, organ), f"type {kind} with organ {organ}")
    number = front.parse("number", terms.ResolutionNumber.parse, "64/293", None)
    if number is None or kind.like is not DocumentType.RESOLUTION:
        if (number or "number" not in front) and not front.is_unknown("type"):
            front.require(("symbol",), "a document that is not a numbered resolution")
        symbol = front.parse("symbol", _own_symbol, _example("E/2017/30"), terms.NO_SYMBOL)
    else:
        usual = terms.NO_SYMBOL
        with suppress(ValueError):  # symbols of an organization need not follow from the number
            usual = resolution_symbol(organ, number, kind.entry.symbol)
        if usual is terms.NO_SYMBOL:
            front.require(("symbol",), f"type {kind}")
        symbol = front.parse("symbol", _own_symbol, _example("E/RES/2017/18"), usual)
    return _DocumentIdentity(kind, language, organ, number, symbol)


def _own_symbol(text: str) -> terms.Symbol:
    """Parse a symbol of the organization. Raises ValueError."""
    symbol = terms.Symbol.parse(text)
    if not symbols.is_own(str(symbol)):
        raise ValueError(f"{text} is not a symbol of {organizations.current().name}")
    return symbol


def _example(usual: str) -> str:
    organization = organizations.current()
    return usual if organization.is_bundled else organization.symbol_example


def _body(source: str, start: int, variables: Mapping[str, str], record: Record) -> str:
    """Return the body of a source, which begins at `start`, with what it includes, without comments."""
    first_line = source.count("\n", 0, start) + 1
    text = without_comments(expanded(source[start:], first_line, record), first_line, record)
    for name, line in unknown_variables(text, variables):
        hint = f"set it in the front matter, variables: - {name} = text; to print it, write \\{{{{{name}}}}}"
        doubt = Doubt("mark-unread", f"{{{{{name}}}}} is no variable, and is printed as it is", hint)
        record.report(first_line + line, doubt, f"{{{{{name}}}}}")
    return filled(text, variables)


def _likely_language(front: FrontMatter, source: str) -> terms.Language:
    """Return the language by the letter of the job number, or else by the letters of the text."""
    with suppress(ValueError):
        return terms.JobNumber.parse(front.text("job")).language
    return likely_language(source)


def _plain_line(front: FrontMatter, key: str, record: Record) -> str:
    """Return a line of the preface that has no markup. At its end it may call a note with an asterisk: `[^*]`."""
    text = front.text(key)
    if (found := _STARS.search(text)) and len(found[1]) % 2 == 0:
        text = text[: found.start()].rstrip() + found[1] + found[2]
        record.call(found[2], front.line(key))
    for found in _CALL.finditer(text):
        if len(found[1]) % 2 == 0:
            hint = f"this line can call only [^*], at its end; to print {found[0]}, write \\{found[0]}"
            message = f"{found[0]} … calls no note in {key}"
            record.report(front.line(key), Doubt("mark-unread", message, hint), found[0])
    return _CALL.sub(lambda found: found[1][: len(found[1]) // 2] + found[2], text)


def _doubt_quotes(front: FrontMatter, record: Record) -> None:
    """Report quotation marks around a value, which YAML keeps."""
    for key in KEYS:
        if (text := front.text(key))[:1] + text[-1:] in _QUOTED and len(text) > 2:
            hint = "remove them, unless the page should have them; YAML needs none, or \" and '"
            doubt = Doubt("mark-unread", f"the quotation marks around {key} are printed", hint)
            record.report(front.line(key), doubt, text)


def _masthead(front: FrontMatter, locale: Locale, record: Record) -> model.Masthead:
    translation = front.choose("translation", Truth, Truth.FALSE) is Truth.TRUE
    masthead = model.Masthead(
        front.text("distribution"),
        front.text("date"),
        front.text("original"),
        translation,
        front.text("organ-name"),
        front.text("restriction"),
    )
    for key, doubt in masthead_doubts(masthead, locale) if "date" in front or "distribution" in front else ():
        if key in front:
            record.report(front.line(key), doubt)
    return masthead


def _job(front: FrontMatter, language: terms.Language, record: Record) -> terms.JobNumber:
    job = terms.JobNumber("" if "job" in required() else terms.NO_JOB, language)
    with record.going_on():
        if "job" in front:
            job = parse_job(front.text("job"), language, front.where("job"))
    return job


def _preface(front: FrontMatter, blocks: MarkdownBlockReader, lines: Mapping[str, str]) -> model.Preface:
    def inline(key: str) -> model.Content:
        return blocks.text(front.text(key), front.line(key)) if key in front else ()

    def division(line: str) -> model.Division:
        label, _, title = line.partition("|")
        return model.Division(label.strip(), blocks.text(title.strip(), front.line("divisions")))

    return model.Preface(
        session=lines["session"],
        agenda_item=lines["agenda-item"],
        adoption=lines["adoption"],
        basis=inline("basis") if "basis" in front else None,
        title=inline("title"),
        agenda_title=inline("agenda-title"),
        subtitle=inline("subtitle"),
        sponsors=inline("sponsors"),
        bodies=front.texts("bodies"),
        place=lines["place"],
        divisions=tuple(map(division, front.texts("divisions"))),
    )


def _number_places(record: Record) -> list[NumberPlace]:
    """Return the places of the numbers of the file itself, and of its notes in the order of their calls."""
    places = record.places
    if record.origins:  # a number in an included file is not one of this file
        own = {at for at, (file, _) in enumerate(record.origins, 1) if file == record.name}
        places = [replace(each, line=record.origins[each.line - 1][1]) for each in record.places if each.line in own]
    calls = [] if record.note_order else [label for label in record.calls if label.isdecimal()]
    notes = (NumberPlace("note", BODY, 0, old, str(new), old, str(new)) for new, old in enumerate(calls, 1))
    return [*places, *notes]
