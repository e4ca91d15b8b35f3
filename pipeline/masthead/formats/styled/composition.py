"""StyledSource paragraphs into a Document: what the head says, the opening, the text, the notes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import TypeVar

from masthead.document import (
    Digits,
    Document,
    DocumentType,
    Inline,
    JobNumber,
    Locale,
    Masthead,
    Note,
    NoteCall,
    Organ,
    Pagination,
    Preface,
    ResolutionNumber,
    SourceError,
    Symbol,
    patterns,
)
from masthead.document.references import NumberOrder, context_of, resolution_symbol
from masthead.formats.opening_lines import Fact, PrintedHead, kind_of, numbered, untitled
from masthead.formats.record import Record
from masthead.formats.styled.blocks import BlockReader
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.opening_paragraphs import read_opening
from masthead.formats.styled.parts import StyledPart
from masthead.formats.styled.spans import SPACE, Span, SpanReader, cut_behind, first_of, line_of, text_of, tidied

TYPE, DIGITS, PAGINATION, TRANSLATION = "MastheadType", "MastheadDigits", "MastheadPagination", "MastheadTranslation"
"""Properties of a file: what no page shows. That there is a type tells a document that Masthead wrote."""

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class StyledNote:
    """A note without the mark before it: the place where it begins, how it is called, and its text."""

    number: int
    call: NoteCall
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class StyledSource:
    """A source read into paragraphs: what its head says, its parts and its notes.

    `properties` are the file's own, `habit` the order in which it mostly writes the numbers of resolutions. `told` says
    that every paragraph of the opening says what it is.
    """

    job: JobNumber
    head: PrintedHead
    parts: Sequence[StyledPart]
    notes: Sequence[StyledNote]
    properties: Mapping[str, str] = field(default_factory=dict)
    habit: NumberOrder | None = None
    told: bool = False


def compose(styled: StyledSource, locale: Locale, record: Record) -> Document:
    """Return the document. Raises SourceError, by the places of `record`, where a page does not show what it must."""
    return _Composition(styled, locale, record).document()


class _Composition:
    """One document while its parts become a Document."""

    def __init__(self, styled: StyledSource, locale: Locale, record: Record) -> None:
        self.styled, self.locale, self.record = styled, locale, record
        self.ours = TYPE in styled.properties
        self.opening = read_opening(styled.parts, locale, ours=self.ours or styled.told)

    def document(self) -> Document:
        styled, held = self.styled, self.styled.properties
        head = styled.head
        masthead = self._masthead(head)
        organ = self._organ(head)
        number = self._number(head, organ)
        symbol = self._symbol(head, organ, number)
        kind = self._kind(symbol)
        context = context_of(self.locale, self._line(Fact.ADOPTION), masthead.date, organ)
        inliner = SpanReader(replace(context, habit=styled.habit), self.record)
        blocks = BlockReader(kind, inliner, ours=self.ours)
        if str(symbol).endswith("*"):  # the mark of a reissue, told of in a note
            self.record.call("*", 1)
        preface = self._preface(inliner)
        if not self.ours and number is None and (kind is DocumentType.RESOLUTION or not preface.title):
            raise SourceError(
                "no title" if kind is not DocumentType.RESOLUTION else "no number before the title",
                where=self.record.where(styled.parts[0].number if styled.parts else 1),
                hint="it stands over the text, in Word in the style Title_H_CH or Title; a resolution's begins: 73/8.",
            )
        blocks.read(styled.parts[self.opening.length :])
        blocks.finish()
        if not blocks.body:
            raise SourceError("the document has no text", where=self.record.start, hint="it stands behind the title")
        return Document(
            type=kind,
            language=styled.job.language,
            organ=organ,
            symbol=symbol,
            number=number,
            job=styled.job,
            masthead=masthead,
            preface=preface,
            body=tuple(blocks.body),
            notes=tuple(self._note(note, inliner) for note in styled.notes),
            closing=tuple(blocks.closing),
            digits=_choose(Digits, held.get(DIGITS), styled.job.language.digits),
            pagination=_choose(Pagination, held.get(PAGINATION), Pagination.FLOW),
            findings=self.record.finish(),
            annexes=tuple(blocks.annexes),
        )

    def _note(self, note: StyledNote, inliner: SpanReader) -> Note:
        call = note.call
        self.record.note("*" * call.number if call.asterisk else str(call.number), note.number)
        return Note(call.number, inliner.content(note.spans, note.number), call.asterisk)

    def _line(self, fact: Fact) -> str:
        return line_of(self.opening.spans(fact))

    def _masthead(self, head: PrintedHead) -> Masthead:
        if head.masthead is None or not head.masthead.date:
            raise SourceError(
                "the masthead lacks the distribution or the date of issue",
                where=self.record.start,
                hint="they stand at the head of page one: Distr.: General, and the date below",
            )
        translated = head.masthead.translation or self.styled.properties.get(TRANSLATION) == "true"
        return Masthead(head.masthead.distribution, head.masthead.date, head.masthead.original, translated)

    def _organ(self, head: PrintedHead) -> Organ:
        organ = patterns.find_organ(self._line(Fact.ORGAN), self.locale) or head.organ
        if organ is None:
            raise SourceError(
                "the masthead names no organ",
                where=self.record.start,
                hint=f"known are {', '.join(self.locale.organ(each) for each in Organ)}",
            )
        return organ

    def _number(self, head: PrintedHead, organ: Organ) -> ResolutionNumber | None:
        """The number before the title; of its two orders the one that the symbol has."""
        found, _ = self._numbered()
        if found is None:
            return untitled(text_of(self.opening.spans(Fact.TITLE)).strip(), self.locale)
        written, turned = patterns.both_orders(found["number"])
        symbol = str(head.symbol or "").rstrip("*")
        is_turned = symbol.endswith(f"/{turned}") and not symbol.endswith(f"/{written}")
        return turned if is_turned else written

    def _numbered(self) -> tuple[re.Match[str] | None, int]:
        """The number before the title, and its length with the room behind it."""
        title = self.opening.spans(Fact.TITLE)
        counts = MarkReader(DocumentType.RESOLUTION, self.locale, ours=self.ours)
        match = partial(numbered, locale=self.locale)
        return counts.matched(text_of(title).lstrip(SPACE), match, literal=first_of(title).literal)

    def _symbol(self, head: PrintedHead, organ: Organ, number: ResolutionNumber | None) -> Symbol:
        if head.symbol is not None:
            return head.symbol
        if number is None:
            raise SourceError(
                "the masthead has no symbol", where=self.record.start, hint="it looks like this: A/80/604"
            )
        return resolution_symbol(organ, number)

    def _kind(self, symbol: Symbol) -> DocumentType:
        headlines = [self._line(Fact.TITLE), self._line(Fact.SUBTITLE)]
        told = kind_of(symbol, self._line(Fact.MODIFICATION), headlines, self.locale)
        return _choose(DocumentType, self.styled.properties.get(TYPE), told)

    def _preface(self, inliner: SpanReader) -> Preface:
        opening, facts = self.opening, self.opening.facts

        def content(fact: Fact) -> tuple[Inline, ...]:
            return inliner.content(opening.spans(fact), opening.number(fact), plain=True)

        title = opening.spans(Fact.TITLE)
        found, length = self._numbered()
        is_number = found is None and untitled(text_of(title).strip(), self.locale) is not None
        return Preface(
            session=self._line(Fact.SESSION),
            agenda_item=self._line(Fact.AGENDA_ITEM),
            adoption=self._line(Fact.ADOPTION),
            basis=inliner.content(self._unframed(opening.spans(Fact.BASIS)), opening.number(Fact.BASIS), plain=True)
            if Fact.BASIS in facts
            else None,
            title=()
            if is_number
            else inliner.content(cut_behind(title, length), opening.number(Fact.TITLE), plain=True),
            agenda_title=content(Fact.AGENDA_TITLE),
            subtitle=content(Fact.SUBTITLE),
            sponsors=content(Fact.SPONSORS),
            bodies=tuple(line_of(para.spans) for para in facts.get(Fact.BODY, ())),
            place=self._line(Fact.PLACE),
        )

    def _unframed(self, spans: list[Span]) -> list[Span]:
        """The bracket line without its brackets."""
        before, behind = str(self.locale.word("resolution", "basis")).split("{text}")
        result = tidied(spans)
        if result and result[0].text.startswith(before) and result[-1].text.endswith(behind):
            result[-1] = replace(result[-1], text=result[-1].text[: -len(behind) or None])
            result[0] = replace(result[0], text=result[0].text[len(before) :])
        return result


def _choose(kind: type[E], text: str | None, default: E) -> E:
    try:
        return kind(text)
    except ValueError:
        return default
