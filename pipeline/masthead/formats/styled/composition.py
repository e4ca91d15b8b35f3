"""Styled paragraphs into a Document: the facts of its head and its opening, then its text and its notes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from masthead.document import (
    Digits,
    Document,
    DocumentType,
    JobNumber,
    LineBreaking,
    Locale,
    NotePlace,
    Organ,
    Pagination,
    ResolutionNumber,
    SourceError,
    Symbol,
    model,
    organizations,
    patterns,
    terms,
    with_own_notes,
)
from masthead.document.references import Doubt, Kind, NumberOrder, context_of, resolution_symbol
from masthead.formats.labels import note_label
from masthead.formats.opening_lines import (
    Fact,
    PrintedHead,
    document_type,
    match_number,
    missing_symbol,
    number_in_title,
)
from masthead.formats.record import Record
from masthead.formats.styled.blocks import BlockReader
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.opening_paragraphs import read_opening
from masthead.formats.styled.parts import StyledPart
from masthead.formats.styled.spans import BREAK, Span, SpanReader, cut_mark, line_of, tidied

ORGAN, ORGAN_NAME, METADATA = "MastheadOrgan", "MastheadOrganName", "MastheadMetadata"
LANGUAGE = "MastheadLanguage"  # of a document without a job number
LABELS = "MastheadLabels"
TYPE, DIGITS, PAGINATION, TRANSLATION = "MastheadType", "MastheadDigits", "MastheadPagination", "MastheadTranslation"
LINES = "MastheadLines"
NOTE_PLACE = "MastheadNotes"
ANNEXES_WITH_NOTES = "MastheadAnnexesWithNotes"
"""Properties of a source that its pages do not show. Only documents that Masthead wrote have a type."""

_NO_ORGAN = Doubt(
    "masthead-organ", "the masthead names no organ; it is read from the series of the symbol", "name it there"
)
T = TypeVar("T")
E = TypeVar("E", Digits, LineBreaking, NotePlace, Pagination, DocumentType)


@dataclass(frozen=True, slots=True)
class StyledNote:
    """A note without its mark: its place in the source, its call, its text, and the number that it prints."""

    number: int
    call: model.NoteCall
    spans: Sequence[Span]
    printed: int = 0


@dataclass(frozen=True, slots=True)
class StyledSource:
    """A source read into paragraphs.

    `properties` come from the file itself. `habit` is the order in which the source mostly writes the two numbers of a
    resolution. `classified` says that every paragraph of the opening states a Fact.
    """

    job: JobNumber
    head: PrintedHead
    parts: Sequence[StyledPart]
    notes: Sequence[StyledNote]
    properties: Mapping[str, str] = field(default_factory=dict)
    habit: NumberOrder | None = None
    classified: bool = False


def compose(source: StyledSource, locale: Locale, record: Record) -> Document:
    """Return the document. Raises SourceError, with a place from `record`, if something required is missing."""
    return _Composition(source, locale, record).document()


class _Composition:
    """One document while it is composed."""

    def __init__(self, source: StyledSource, locale: Locale, record: Record) -> None:
        self.source, self.locale, self.record = source, locale, record
        self.ours = TYPE in source.properties
        self.opening = read_opening(source.parts, locale, ours=self.ours or source.classified)
        self.title = self.opening.para(Fact.TITLE)
        marks = MarkReader(DocumentType.RESOLUTION, locale, ours=self.ours)
        match = partial(match_number, locale=locale)
        self.number_before, self.number_length = marks.matched(self.title.text, match, literal=self.title.is_literal)

    def document(self) -> Document:
        source, held = self.source, self.source.properties
        number = self._number()
        # Where a fact is missing, the rest is read as what the document probably is.
        masthead = self._kept(self._masthead) or model.Masthead("", "")
        named = self._kept(self._organ)
        symbol = self._kept(lambda: self._symbol(named, number)) or terms.NO_SYMBOL
        organ = named or Organ.first()
        kind = self._type(symbol)
        context = context_of(self.locale, self.opening.line(Fact.ADOPTION), masthead.date, organ)
        spans = SpanReader(replace(context, habit=source.habit), self.record)
        blocks = BlockReader(kind, spans, ours=self.ours)
        for fact in (Fact.SESSION, Fact.AGENDA_ITEM, Fact.ADOPTION, Fact.PLACE):
            stars = model.stars(self.opening.line(fact))
            if any(note.call == model.NoteCall(len(stars), asterisk=True) for note in source.notes):
                self.record.call(stars, self.opening.para(fact).number)
        if str(symbol).endswith("*"):  # the mark of a reissue, which a note explains
            self.record.call("*", 1)
        preface = self._preface(spans)
        if not self.ours and number is None and (kind.like is DocumentType.RESOLUTION or not preface.title):
            error = SourceError(
                "no title" if kind.like is not DocumentType.RESOLUTION else "no number before the title",
                where=self.record.where(source.parts[0].number if source.parts else 1),
                hint="write it above the text, in Word in the style Title_H_CH or Title; a resolution's begins: 73/8.",
            )
            self.record.refuse(error)
        blocks.read(source.parts[self.opening.length :])
        blocks.finish()
        if not blocks.body:
            hint = "it comes after the title"
            self.record.refuse(SourceError("the document has no text", where=self.record.start, hint=hint))
        document = Document(
            type=kind,
            language=source.job.language,
            organ=organ,
            symbol=symbol,
            number=number,
            job=source.job,
            masthead=masthead,
            preface=preface,
            body=tuple(blocks.body),
            notes=tuple(self._note(note, spans) for note in source.notes),
            closing=tuple(blocks.closing),
            digits=_member(Digits, held.get(DIGITS), source.job.language.digits),
            pagination=_member(Pagination, held.get(PAGINATION), Pagination.FLOW),
            lines=_member(LineBreaking, held.get(LINES), LineBreaking.FIRST_FIT),
            note_place=_member(NotePlace, held.get(NOTE_PLACE), NotePlace.PAGE),
            findings=self.record.settle(),
            annexes=tuple(self._annexes(blocks.annexes)),
            metadata=self._metadata(),
            labels=self._labels(),
        )
        printed = {note.call.number: note.printed for note in source.notes if not note.call.asterisk}
        document = document if self.ours else with_own_notes(document, printed)
        self.record.check(document)
        return document

    def _annexes(self, annexes: Sequence[model.Annex]) -> Iterator[model.Annex]:
        """Yield the annexes, those with notes of their own as Masthead wrote it."""
        own = self.source.properties.get(ANNEXES_WITH_NOTES, "").split() if self.ours else []
        for at, annex in enumerate(annexes, 1):
            yield replace(annex, own_notes=str(at) in own)

    def _kept(self, read: Callable[[], T]) -> T | None:
        """Return a fact; refuse it if it is missing, and go on."""
        with self.record.going_on():
            return read()
        return None

    def _labels(self) -> tuple[model.Label, ...]:
        """Return the labels that Masthead wrote; what is not in their form is left out."""
        text = self.source.properties.get(LABELS, "") if self.ours else ""
        try:
            return tuple(
                model.Label(str(name), str(Kind(kind)), str(value), (int(scope[0]), int(scope[1]), int(scope[2])))
                for name, kind, value, scope in (json.loads(text) if text else ())
            )
        except (ValueError, TypeError, LookupError, RecursionError):
            return ()

    def _metadata(self) -> tuple[model.Metadatum, ...]:
        """Return the metadata that Masthead wrote; what is not in that form is reported and left out."""
        text = self.source.properties.get(METADATA, "") if self.ours else ""
        try:
            return tuple(map(_metadatum, json.loads(text))) if text else ()
        except (ValueError, TypeError, KeyError, RecursionError):
            message, hint = "the metadata in the file's properties are damaged", "convert the document again"
            self.record.report(1, Doubt("word-metadata", message, hint))
            return ()

    def _note(self, note: StyledNote, spans: SpanReader) -> model.Note:
        self.record.note(note_label(note.call), note.number)
        return model.Note(note.call.number, spans.content(note.spans, note.number), note.call.asterisk)

    def _masthead(self) -> model.Masthead:
        masthead = self.source.head.masthead
        if masthead is None or (not masthead.date and "date" in organizations.current().mandatory):
            raise SourceError(
                "the masthead lacks the distribution or the date of issue",
                where=self.record.start,
                hint="write them at the top of page one: Distr.: General, and the date below",
            )
        held = self.source.properties
        organ = held.get(ORGAN_NAME, "") if self.ours else masthead.organ
        return replace(masthead, translation=masthead.translation or held.get(TRANSLATION) == "true", organ=organ)

    def _organ(self) -> Organ:
        organ = patterns.find_organ(self.opening.line(Fact.ORGAN), self.locale) or self.source.head.organ
        if self.ours and (named := self.source.properties.get(ORGAN)) in tuple(Organ):
            organ = Organ(named)
        if organ is None and self.source.head.symbol is not None and (organ := self.source.head.symbol.organ):
            self.record.report(1, _NO_ORGAN)
        if organ is None:
            raise SourceError(
                "the masthead names no organ",
                where=self.record.start,
                hint=f"known are {', '.join(self.locale.organ(each) for each in Organ)}",
            )
        return organ

    def _number(self) -> ResolutionNumber | None:
        """Return the number of a resolution, read in the order that its symbol has."""
        if self.number_before is None:
            return number_in_title(self.title.text.strip(), self.locale)
        written, turned = patterns.both_orders(self.number_before["number"])
        symbol = str(self.source.head.symbol or "").rstrip("*")
        is_turned = symbol.endswith(f"/{turned}") and not symbol.endswith(f"/{written}")
        return turned if is_turned else written

    def _symbol(self, organ: Organ | None, number: ResolutionNumber | None) -> Symbol:
        if self.source.head.symbol is not None:
            return self.source.head.symbol
        with suppress(ValueError):
            if organ is not None and number is not None:
                return resolution_symbol(organ, number)
        raise missing_symbol(self.record.start)

    def _type(self, symbol: Symbol) -> DocumentType:
        headlines = [self.opening.line(Fact.TITLE), self.opening.line(Fact.SUBTITLE)]
        by_words = document_type(symbol, self.opening.line(Fact.MODIFICATION), headlines, self.locale)
        return _member(DocumentType, self.source.properties.get(TYPE), by_words)

    def _preface(self, spans: SpanReader) -> model.Preface:
        opening = self.opening

        def content(fact: Fact) -> tuple[model.Inline, ...]:
            para = opening.para(fact)
            return spans.content(para.spans, para.number, plain=True)

        basis = opening.para(Fact.BASIS)
        title = cut_mark(self.title.spans, self.number_length)
        if self.number_before is None and self._number():  # which is all of the title
            title = []
        return model.Preface(
            session=opening.line(Fact.SESSION),
            agenda_item=opening.line(Fact.AGENDA_ITEM),
            adoption=opening.line(Fact.ADOPTION),
            basis=spans.content(self._without_brackets(basis.spans), basis.number, plain=True) if basis.spans else None,
            title=spans.content(title, self.title.number, plain=True),
            agenda_title=content(Fact.AGENDA_TITLE),
            subtitle=content(Fact.SUBTITLE),
            sponsors=content(Fact.SPONSORS),
            bodies=tuple(line_of(para.spans) for para in opening.facts.get(Fact.BODY, ())),
            place=opening.line(Fact.PLACE),
            divisions=tuple(self._divisions(spans)),
        )

    def _divisions(self, spans: SpanReader) -> Iterator[model.Division]:
        """Yield the divisions of the work: each is a paragraph with its label, and one with its title."""
        labels = self.opening.facts.get(Fact.DIVISION, ())
        titles = self.opening.facts.get(Fact.DIVISION_TITLE, ())
        for label in labels:
            following = next((other.number for other in labels if other.number > label.number), None)
            own = [each for each in titles if each.number > label.number and (not following or each.number < following)]
            content = [span for title in own for span in (*title.spans, Span(" "))]
            yield model.Division(line_of(label.spans), spans.content(content, label.number, plain=True))

    def _without_brackets(self, spans: Sequence[Span]) -> list[Span]:
        """Return the bracketed line without its brackets."""
        before, after = str(self.locale.word("resolution", "basis")).split("{text}")
        result = tidied(spans, keep=BREAK)
        if result and result[0].text.startswith(before) and result[-1].text.endswith(after):
            result[-1] = replace(result[-1], text=result[-1].text[: -len(after) or None])
            result[0] = replace(result[0], text=result[0].text[len(before) :])
        return result


def _metadatum(value: Mapping[str, Any]) -> model.Metadatum:
    """Return an element of the metadata from the mapping of its fields."""
    attributes = tuple((str(name), str(text)) for name, text in value["attributes"])
    return model.Metadatum(str(value["name"]), attributes, str(value["text"]), tuple(map(_metadatum, value["entries"])))


def _member(kind: type[E], value: str | None, default: E) -> E:
    try:
        return kind(value or "")
    except ValueError:
        return default
