"""Reads extracts: running heads, folios and job lines are left out, and notes are called where they must be.

The text of a PDF does not say everything. Whatever was ambiguous is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from masthead.document import Digits, Direction, Document, DocumentType, PageEnd, Severity, locales, patterns
from masthead.document.references import Doubt, NumberOrder, context_of, survey_number_order
from masthead.formats.extract import drafts
from masthead.formats.extract.calls import CALL, spans_of
from masthead.formats.extract.drafts import Draft, Drafted
from masthead.formats.extract.feet import parted
from masthead.formats.extract.first_matter import arranged, is_subtitle, new_page
from masthead.formats.extract.first_page import Said, head_of_page, read_opening_lines
from masthead.formats.extract.measure import Placing
from masthead.formats.extract.openers import Openers
from masthead.formats.extract.page_notes import PageNotes
from masthead.formats.extract.pages import (
    Furniture,
    PageLine,
    is_placed,
    job_of,
    pages_of,
    running_divisions,
    symbol_on,
)
from masthead.formats.extract.paragraphs import Paragraphs
from masthead.formats.extract.running_text import joined, parted_words
from masthead.formats.extract.visual import is_visual
from masthead.formats.opening_lines import (
    Fact,
    PrintedHead,
    document_type,
    missing_job_number,
    missing_symbol,
    read_head,
)
from masthead.formats.record import Record
from masthead.formats.styled.composition import DIGITS, NOTE_PLACE, PAGINATION, StyledSource, compose
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import Para, ParaKind, StyledPart
from masthead.formats.styled.spans import TAB, Span, text_of

_PLAIN = Doubt(
    "extract-plain",
    "the text keeps neither the position of lines nor hyphens at their ends; punctuation separates paragraphs",
    "extract it with pdftotext -layout",
)
_LOOK = Doubt(
    "extract-look", "the text does not show what is bold, italic or in a box", "mark it in Markdown", Severity.NOTE
)
_LINES = (Fact.ORGAN, Fact.BODY, Fact.SESSION, Fact.PLACE, Fact.AGENDA_ITEM, Fact.MODIFICATION, Fact.ADOPTION)


def read(text: str, name: str) -> Document:
    """Read the text of an extract called `name`. Raises SourceError, with file and line, where something is missing."""
    return _Extract(text, name).document()


class _Extract:
    """One extract while it is read."""

    def __init__(self, text: str, name: str) -> None:
        self.name, self.record = name, Record(name)
        self.pages = pages_of(text)
        job, symbol = job_of(self.pages), symbol_on(self.pages[0]) if self.pages else None
        if job is None:
            raise missing_job_number(self.record.where(text.count("\n") + 1))
        if symbol is None:
            raise missing_symbol(self.record.start)
        self.job, self.symbol, self.locale = job, symbol, locales.load(job.language)
        if "\f" not in text:
            self.pages = parted(self.pages[0], job, symbol, self._furniture(""), self.record)
            self.job = job_of(self.pages) or job  # with the dates of its own page
        self.places = Placing.NONE if not is_placed(text) else Placing.RIGHT if is_visual(text) else Placing.LEFT
        starts, reissued = [page[0].number for page in self.pages if page], str(symbol).endswith("*")
        self.notes = PageNotes(self.locale, self.record.report, starts, job, reissued=reissued)

    def document(self) -> Document:
        page = self._furniture("").without(self.pages[0], 0)
        pieces, count = head_of_page(page, self.locale, self.record.report)
        head = read_head([(piece, None) for piece in pieces], self.locale)
        first = self.notes.text(page[count:], 0)
        kind = document_type(self.symbol, "", (), self.locale)
        said, opened = read_opening_lines(
            first,
            self.locale,
            self._opens(kind),
            self.record.report,
            draft=kind.like is DocumentType.DRAFT,
            placed=self.places is Placing.LEFT,
        )
        title, subtitle, modification, adoption = (
            CALL.sub("", joined(line for each, lines in said if each is fact for line in lines))
            for fact in (Fact.TITLE, Fact.SUBTITLE, Fact.MODIFICATION, Fact.ADOPTION)
        )
        kind = document_type(self.symbol, modification, (title, subtitle), self.locale)
        furniture = self._furniture(title)
        rest = [furniture.without(page, place) for place, page in enumerate(self.pages[1:], 1)]
        rest = self.notes.without_endnotes(rest)
        pages = [first[opened:], *(self.notes.text(page, place) for place, page in enumerate(rest, 1))]
        paragraphs = Paragraphs(kind, self._opens(kind), self.locale, self.record, self.places)
        feet = [None, *(len(whole) - len(page) for whole, page in zip(rest, pages[1:], strict=True))]
        feet[-1] = None
        for page, foot in zip(self.notes.with_endnotes(pages), feet, strict=True):
            paragraphs.read(page, foot)
        written = paragraphs.finished()
        begun: list[Para] = []
        if not paragraphs.resolves and len(self.pages) > 1 and written:
            is_alone = not any(fact is Fact.SUBTITLE for fact, _ in said)
            draft = written[0]
            if is_alone and isinstance(draft, Draft) and is_subtitle(draft, self._opens(kind), paragraphs.stops):
                del written[0]
                said = [*said, (Fact.SUBTITLE, draft.pages[0])]
                begun = [new_page(draft.last.number)]
            elif not first[opened:]:
                begun = [new_page(page[-1].number)]
        text = [_part(draft, self._depth(draft, written)) for draft in written]
        if not paragraphs.resolves:
            titles = {patterns.fold(word) for word in self.locale.words["reading"].get("summary", ())}
            text = arranged(written, text, self._opens(kind), titles)
        parts = [*self._opening(said), *begun, *text]
        self._move_calls(parts)
        self._report(parts)
        properties = {DIGITS: str(self._digits()), PAGINATION: str(paragraphs.pagination)}
        properties[NOTE_PLACE] = str(self.notes.place)
        habit = self._habit(head, adoption)
        styled = StyledSource(self.job, head, parts, self.notes.notes(), properties, habit, classified=True)
        return compose(styled, self.locale, self.record)

    def _opening(self, said: Sequence[Said]) -> list[Para]:
        """Return the opening. Calls in lines that cannot have one in a Document are moved to the title."""
        paras = [Para(lines[0].number, fact, _spans([lines])) for fact, lines in said]
        for title in [para for para in paras if para.kind is Fact.TITLE][:1]:
            for para in paras:
                calls = [span for span in para.spans if span.inline]
                if calls and para.kind in _LINES:
                    para.spans = [span for span in para.spans if not span.inline]
                    title.spans += calls
                    self.record.report(para.number, drafts.CALL_MOVED)
        return paras

    def _depth(self, contents: Drafted, drafts: Sequence[Drafted]) -> int | None:
        """Return the depth of a table of contents, None for anything else: its levels, unless they are too many."""
        if not isinstance(contents, Draft) or contents.kind is not ParaKind.CONTENTS:
            return None
        opens = self._opens(DocumentType.REPORT)
        entries = sum(opens.is_entry(line.text) for page in contents.pages for line in page)
        levels = [each.level for each in drafts if isinstance(each, Draft) and each.kind is ParaKind.HEADING]
        depths = range(1, contents.columns + 1)
        return max((depth for depth in depths if sum(level <= depth for level in levels) <= _FULL * entries), default=1)

    def _move_calls(self, parts: Sequence[StyledPart]) -> None:
        """Move the calls in a table of contents, which is generated, to the headings of their entries, or the title."""
        paras = [part for part in parts if isinstance(part, Para)]
        headings = [para for para in paras if para.kind in (ParaKind.HEADING, ParaKind.ANNEX_TITLE)]
        titles = [para for para in paras if para.kind is Fact.TITLE][:1]
        for contents in [para for para in paras if para.kind is ParaKind.CONTENTS]:
            for at, span in enumerate(contents.spans):
                if not span.inline or isinstance(span.inline, PageEnd):
                    continue
                entry = _letters(text_of(contents.spans[:at]))[-_ENTRY:]
                listed = [para for para in headings if entry and _letters(para.text).endswith(entry)][:1]
                for para in listed or titles:
                    para.spans.append(span)
                if not listed:
                    self.record.report(contents.number, drafts.CONTENTS_CALL)

    def _furniture(self, title: str) -> Furniture:
        divisions = running_divisions(self.pages)
        return Furniture(self.job, str(self.symbol), title, self.locale, self.record.report, divisions)

    def _opens(self, kind: DocumentType) -> Openers:
        return Openers(MarkReader(kind, self.locale, ours=False), self.locale)

    def _digits(self) -> Digits:
        """Return the digits of the text: those of the language if it uses any of them, even among others."""
        ours = self.locale.language.digits
        used = any(_ARABIC & set(line.text) for page in self.pages for line in page)
        return ours if used else Digits.WESTERN

    def _habit(self, head: PrintedHead, adoption: str) -> NumberOrder | None:
        """Return the order in which the text writes resolution numbers; only right-to-left pages can have either."""
        if self.locale.language.direction is Direction.LTR:
            return None
        issued = head.masthead.date if head.masthead else ""
        lines = [line for page in self.pages for line in page]
        text = "\n".join(line.text for line in lines)
        habit, doubts = survey_number_order(text, context_of(self.locale, adoption, issued, head.organ))
        for doubt in doubts:
            self.record.report(lines[text.count("\n", 0, doubt.offset)].number, doubt)
        return habit

    def _report(self, parts: Sequence[StyledPart]) -> None:
        self.record.report(1, _LOOK)
        if self.places is Placing.NONE:
            self.record.report(1, _PLAIN)
        texts = [(part.number, part.text) for part in parts if isinstance(part, Para)]
        for number, doubt in parted_words(texts):
            self.record.report(number, doubt)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _part(draft: Drafted, contents: int | None) -> StyledPart:
    if not isinstance(draft, Draft):
        return draft
    spans = _spans(draft.pages)
    if draft.kind is ParaKind.TEXT and _SECTIONED.match(draft.first.text):
        mark, _, text = spans[0].text.partition(" ")
        spans[0] = replace(spans[0], text=f"{mark}{TAB}{text}")
    if draft.ends_page:
        spans.append(Span(inline=PageEnd()))
    return Para(draft.first.number, draft.kind, spans, draft.level, contents=contents)


def _spans(pages: Sequence[Sequence[PageLine]]) -> list[Span]:
    """Return the text of lines with its calls, and with the ends of pages between them."""
    spans: list[Span] = []
    for place, lines in enumerate(pages):
        if place:
            spans += [Span(" "), Span(inline=PageEnd())]
        spans += spans_of(joined(lines))
    return spans


_SECTIONED = re.compile(r"\w{1,8}[.\-]\d{1,3}\.?  (?=\S)")  # the number of a paragraph after that of its section
_ENTRY = 16  # letters at the end of an entry by which its heading is known
_FULL = 2.5  # headings in place of one entry
_ARABIC = frozenset("٠١٢٣٤٥٦٧٨٩")
