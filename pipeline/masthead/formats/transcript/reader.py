"""Transcripts: the text of a printed document, as it stands on its pages, into a Document.

The language is that of the job number, the words by which lines are known are its locale's. What no transcript says,
the symbol, follows from organ, type and number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from masthead.document import (
    ARABIC_INDIC,
    Block,
    Digits,
    Direction,
    Document,
    DocumentType,
    Heading,
    Item,
    JobNumber,
    Locale,
    Note,
    Organ,
    Pagination,
    Paragraph,
    Part,
    Preface,
    ResolutionNumber,
    SourceError,
    locales,
    patterns,
)
from masthead.document.references import (
    Context,
    NumberOrder,
    can_be_adopted_on,
    context_of,
    council_had_session,
    resolution_symbol,
    survey_number_order,
)
from masthead.formats import extract
from masthead.formats.opening import job_number
from masthead.formats.record import Record
from masthead.formats.source import Line, Passage, decode, lines
from masthead.formats.transcript.body import Body, Draft, Head
from masthead.formats.transcript.front import Front, read_front
from masthead.formats.transcript.marks import read_marks


def read(data: bytes, name: str) -> Document:
    """Read a transcript, or what pdftotext took from a PDF. Raises SourceError, with the line, where it is neither."""
    text = decode(data, name, page_ends=True)
    if extract.is_extract(text):
        return extract.read(text, name)
    all_lines = lines(text)
    job = _job(all_lines, name)
    locale = locales.load(job.language)
    front = read_front(all_lines, name, locale)
    record = Record(name)
    context = _context(text, front, locale, record)
    number = _number(front, context, record)
    basis = None if front.basis is None else read_marks(front.basis, context, record)
    title = () if front.title is None else read_marks(front.title, context, record)
    body = Body(front.formula, locale, record, closes=front.organ is not Organ.SECURITY_COUNCIL)
    body.read(all_lines[front.length :])
    blocks = tuple(_block(draft, context, record) for draft in body.blocks)
    notes = tuple(Note(draft.number or 0, read_marks(draft.passage, context, record)) for draft in body.notes)
    return Document(
        type=DocumentType.RESOLUTION,
        language=job.language,
        organ=front.organ,
        symbol=resolution_symbol(front.organ, number),
        number=number,
        job=job,
        masthead=front.masthead,
        preface=Preface(front.session, front.agenda_item, front.adoption, basis, title, place=front.place),
        body=blocks,
        notes=notes,
        closing=tuple(body.closing),
        digits=_digits(front.number),
        pagination=Pagination.SOURCE if body.page_ends else Pagination.FLOW,
        findings=record.settle(),
    )


def _job(parts: Sequence[Line], name: str) -> JobNumber:
    for line in parts:
        if job := job_number(line.text):
            return job
    raise SourceError(
        "no job number, so the language is not known",
        where=f"{name}:{parts[-1].number}",
        hint="a line of its own at the foot of page one holds it: 17-12889 (A); the source may be cut off",
    )


def _context(text: str, front: Front, locale: Locale, record: Record) -> Context:
    """The context of the document's references. Only right-to-left pages are transcribed as pictures."""
    context = context_of(locale, front.adoption, front.masthead.date, front.organ)
    if locale.language.direction is Direction.LTR:
        return context
    habit, doubts = survey_number_order(text, context)
    passage = Passage.of((f"{line}\n", number) for number, line in enumerate(text.split("\n"), start=1))
    for doubt in doubts:
        record.tell(passage.line(doubt.offset), doubt)
    return replace(context, habit=habit)


def _number(front: Front, context: Context, record: Record) -> ResolutionNumber:
    """The resolution's own number: of its two orders the one that fits the date of adoption."""
    if front.title is None:
        return ResolutionNumber.parse(front.number)
    written, turned = patterns.both_orders(front.number)
    both = (
        (written,)
        if context.habit is None
        else (turned, written)
        if context.habit is NumberOrder.VISUAL
        else (written, turned)
    )
    for number in both:
        if _fits(number, front):
            return number
    raise SourceError(
        f"resolution number {front.number} does not fit the date of adoption",
        where=record.where(front.title.line()),
        hint="session n of the General Assembly opens in September of 1945 + n; other councils number by year",
    )


def _fits(number: ResolutionNumber, front: Front) -> bool:
    if front.organ is Organ.HUMAN_RIGHTS_COUNCIL:
        return council_had_session(number, front.adopted)
    return can_be_adopted_on(number, front.adopted) and (number.session > 999) is (
        front.organ is Organ.ECONOMIC_AND_SOCIAL_COUNCIL
    )


def _digits(printed: str) -> Digits:
    return Digits.ARABIC_INDIC if printed.translate(ARABIC_INDIC) == printed else Digits.WESTERN


def _block(draft: Draft | Head, context: Context, record: Record) -> Block:
    if isinstance(draft, Head):
        title = read_marks(draft.title, context, record)
        return Part(draft.ordinal, title) if draft.kind == "part" else Heading(1, title, draft.ordinal)
    content = read_marks(draft.passage, context, record)
    return Paragraph(draft.role, content, draft.number, _items(draft.items, context, record))


def _items(drafts: Sequence[Draft], context: Context, record: Record) -> tuple[Item, ...]:
    return tuple(
        Item(draft.number or 0, read_marks(draft.passage, context, record), _items(draft.items, context, record))
        for draft in drafts
    )
