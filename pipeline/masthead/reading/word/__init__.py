"""Word documents into Documents: the UN template's styles and Word's own. `docs/word.md` describes what is carried.

What the pages show is read from what they show: masthead and job number from the first page's header and footer, the
rest from paragraphs by style, place and words. What a page does not show stands in the file's custom properties.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum
from typing import TypeVar

from masthead.errors import SourceError
from masthead.findings import Severity
from masthead.locales import Locale, load
from masthead.model import Document, DocumentType, Inline, Masthead, Note, Pagination, Preface
from masthead.reading.opening import Fact, Head, kind_of, numbered, read_head, untitled
from masthead.reading.patterns import organ_of
from masthead.reading.record import Record
from masthead.reading.references import Doubt, context_of, resolution_symbol
from masthead.reading.word.blocks import Blocks
from masthead.reading.word.flow import Flow, Grid, Para, Part
from masthead.reading.word.notes import behind_mark
from masthead.reading.word.opening import job_of, read_opening
from masthead.reading.word.package import open_package
from masthead.reading.word.spans import (
    BREAK,
    SPACE,
    Inliner,
    Span,
    cut_behind,
    head_of,
    line_of,
    lines_of,
    text_of,
    tidied,
)
from masthead.terms import Digits, JobNumber, Organ, ResolutionNumber, Symbol

TYPE, DIGITS, PAGINATION, TRANSLATION = "MastheadType", "MastheadDigits", "MastheadPagination", "MastheadTranslation"
"""Custom properties: what no page shows. That there is a type tells a document that Masthead wrote."""

_FIRST = 5  # words by which a finding names a paragraph

_STYLES = "use the styles of the UN template, or Heading 1 and its like"
_UNCALLED = Doubt("word-note", "a note is called nowhere; it is left out", "call it, or take it out")
_LONG_NOTE = Doubt("word-note", "the paragraphs of a note are joined", "make it one paragraph", Severity.NOTE)

E = TypeVar("E", bound=Enum)


def read(data: bytes, name: str) -> Document:
    """Read a Word document. Raises SourceError, with file and paragraph, where it is none that can be read."""
    package = open_package(data, name)
    held = package.properties
    flow = Flow(package, ours=TYPE in held)
    headers, footers = (
        [para for each in margin for para in _paras(flow.parts(each))] for margin in (package.headers, package.footers)
    )
    flow.count = 0
    parts = flow.parts(package.body)
    record = _Record(name, parts)
    job = job_of(footers) or job_of(headers) or job_of(_paras(parts[-3:]))
    if job is None:
        raise SourceError(
            "no job number, so the language is not known",
            where=name,
            hint="the first page's footer holds it in a line of its own: 17-12889 (A)",
        )
    locale = load(job.language)
    return _Reading(flow, parts, held, record, job, locale).document(headers)


class _Record(Record):
    """A record whose places are paragraphs, named by number and first words."""

    def __init__(self, name: str, parts: list[Part]) -> None:
        super().__init__(name)
        self.texts = {para.number: para.text for para in _paras(parts)}

    def where(self, line: int, text: str = "") -> str:
        """Return the place of a paragraph; what it says tells more than `text` in it."""
        words = self.texts.get(line, "").split()
        shown = f" “{' '.join(words[:_FIRST])}{'…' * (len(words) > _FIRST)}”" if words else ""
        return f"{self.name}: paragraph {line}{shown}"


class _Reading:
    """One document while its parts become a Document."""

    def __init__(
        self, flow: Flow, parts: list[Part], held: Mapping[str, str], record: _Record, job: JobNumber, locale: Locale
    ) -> None:
        self.flow, self.parts, self.held, self.record, self.job, self.locale = flow, parts, held, record, job, locale
        self.ours = TYPE in held
        self.opening = read_opening(parts, locale, ours=self.ours)

    def document(self, headers: list[Para]) -> Document:
        lines = [(line, para.style.kind) for para in headers for line in lines_of(para.spans)]
        head = read_head([(line, kind if isinstance(kind, Fact) else None) for line, kind in lines], self.locale)
        masthead = self._masthead(head)
        organ, number = self._organ(head), self._number()
        symbol = self._symbol(head, organ, number)
        kind = self._kind(symbol)
        context = context_of(self.locale, self._line(Fact.ADOPTION), masthead.date, organ)
        inliner = Inliner(context, self.record)
        blocks = Blocks(kind, inliner, ours=self.ours)
        self._tell()
        if str(symbol).endswith("*"):  # the mark of a reissue, told of in a note
            self.record.call("*", 1)
        preface = self._preface(inliner)
        if not self.ours and number is None and (kind is DocumentType.RESOLUTION or not preface.title):
            raise SourceError(
                "no title" if kind is not DocumentType.RESOLUTION else "no number before the title",
                where=self.record.where(self.parts[0].number if self.parts else 1),
                hint="put the title into the style Title_H_CH, or Title; a resolution's begins with its number: 73/8.",
            )
        blocks.read(self.parts[self.opening.length :])
        blocks.finish()
        if not blocks.body:
            raise SourceError("the document has no text", where=self.record.name, hint="it stands behind the title")
        return Document(
            type=kind,
            language=self.job.language,
            organ=organ,
            symbol=symbol,
            number=number,
            job=self.job,
            masthead=masthead,
            preface=preface,
            body=tuple(blocks.body),
            notes=tuple(self._notes(inliner)),
            closing=tuple(blocks.closing),
            digits=_choose(Digits, self.held.get(DIGITS), self.job.language.digits),
            pagination=_choose(Pagination, self.held.get(PAGINATION), Pagination.FLOW),
            findings=self.record.settle(),
            annexes=tuple(blocks.annexes),
        )

    def _line(self, fact: Fact) -> str:
        return line_of(self.opening.spans(fact))

    def _masthead(self, head: Head) -> Masthead:
        if head.masthead is None or not head.masthead.date:
            raise SourceError(
                "the masthead lacks the distribution or the date of issue",
                where=self.record.name,
                hint="they stand in the header of page one: Distr.: General, and the date below",
            )
        translated = head.masthead.translation or self.held.get(TRANSLATION) == "true"
        return Masthead(head.masthead.distribution, head.masthead.date, head.masthead.original, translated)

    def _organ(self, head: Head) -> Organ:
        organ = organ_of(self._line(Fact.ORGAN), self.locale) or head.organ
        if organ is None:
            raise SourceError(
                "the masthead names no organ",
                where=self.record.name,
                hint=f"known are {', '.join(self.locale.organ(each) for each in Organ)}",
            )
        return organ

    def _number(self) -> ResolutionNumber | None:
        found, _ = self._numbered()
        text = text_of(self.opening.spans(Fact.TITLE)).strip()
        return ResolutionNumber.parse(found["number"]) if found else untitled(text, self.locale)

    def _numbered(self) -> tuple[re.Match[str] | None, int]:
        """The number before the title, and its length with the room behind it."""
        text = text_of(self.opening.spans(Fact.TITLE)).lstrip(SPACE)
        head = head_of(text) if self.ours else ""
        found = numbered(f"{head}." if self.ours else text, self.locale)
        return found, (len(head) if self.ours else found.end()) if found else 0

    def _symbol(self, head: Head, organ: Organ, number: ResolutionNumber | None) -> Symbol:
        if head.symbol is not None:
            return head.symbol
        if number is None:
            raise SourceError("the masthead has no symbol", where=self.record.name, hint="it looks like this: A/80/604")
        return resolution_symbol(organ, number)

    def _kind(self, symbol: Symbol) -> DocumentType:
        headlines = [self._line(Fact.TITLE), self._line(Fact.SUBTITLE)]
        told = kind_of(symbol, self._line(Fact.MODIFICATION), headlines, self.locale)
        return _choose(DocumentType, self.held.get(TYPE), told)

    def _preface(self, inliner: Inliner) -> Preface:
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

    def _notes(self, inliner: Inliner) -> Iterator[Note]:
        """The notes in the order in which the file keeps them, each without the mark before it."""
        for key, body in self.flow.notes.bodies.items():
            call = self.flow.notes.calls.get(key)
            paras = [part for part in self.flow.parts(body) if isinstance(part, Para)]
            number = paras[0].number if paras else self.flow.count
            if call is None:
                self.record.tell(number, _UNCALLED)
                continue
            if len(paras) > 1:
                self.record.tell(number, _LONG_NOTE)
            self.record.texts.update((para.number, para.text) for para in paras)
            spans = [span for para in paras for span in (*para.spans, Span(BREAK))]
            content = inliner.content(behind_mark(spans, call, ours=self.ours), number)
            self.record.note("*" * call.number if call.asterisk else str(call.number), number)
            yield Note(call.number, content, call.asterisk)

    def _tell(self) -> None:
        """Tell what is not carried, in the order of the document."""
        for para in _paras(self.parts):
            for doubt in para.runs.losses.doubts.values():
                self.record.tell(para.number, doubt)
        for number, element in self.flow.unknown:
            self.record.tell(
                number, Doubt("word-unknown", f"what Word calls {element} is not carried", "write it as text")
            )
        styles = {para.style.name: para for para in reversed(list(_paras(self.parts))) if not para.style.known}
        for name, para in styles.items():
            message = f"the style “{name}” has no meaning here; its paragraphs are read by their words"
            self.record.tell(para.number, Doubt("word-style", message, _STYLES, Severity.NOTE))


def _paras(parts: Iterable[Part]) -> Iterator[Para]:
    """Every paragraph of `parts`, those of tables included."""
    for part in parts:
        yield from part.paragraphs() if isinstance(part, Grid) else (part,)


def _choose(kind: type[E], text: str | None, default: E) -> E:
    try:
        return kind(text)
    except ValueError:
        return default
