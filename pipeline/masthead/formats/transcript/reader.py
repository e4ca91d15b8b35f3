"""Transcripts, the text of a printed document as it is on its pages, into Documents.

The language is that of the job number; the words by which lines are known are those of its locale. The symbol, which
transcripts lack, follows from organ, type and number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from masthead.document import (
    ARABIC_INDIC,
    Digits,
    Direction,
    Document,
    DocumentType,
    JobNumber,
    Locale,
    Organ,
    Pagination,
    ResolutionNumber,
    SourceError,
    locales,
    patterns,
    terms,
)
from masthead.document.references import (
    NumberOrder,
    can_be_adopted_on,
    context_of,
    council_had_session,
    resolution_symbol,
    survey_number_order,
)
from masthead.formats.extract.pages import is_extract
from masthead.formats.opening_lines import (
    Fact,
    PrintedHead,
    job_number,
    match_number,
    missing_job_number,
    missing_symbol,
    number_in_title,
    parse_symbol,
)
from masthead.formats.record import Record
from masthead.formats.source import SourceLine, decode, lines
from masthead.formats.styled.composition import DIGITS, PAGINATION, TYPE, StyledSource, compose
from masthead.formats.styled.parts import Para
from masthead.formats.styled.spans import TAB, Span
from masthead.formats.transcript.body import Body
from masthead.formats.transcript.front import TranscriptFront, read_front
from masthead.formats.transcript.inline_marks import read_marks


def read(data: bytes, name: str) -> Document:
    """Read a transcript, or what pdftotext took from a PDF. Raises SourceError, with the line, where it is neither."""
    text = decode(data, name, page_ends=True)
    if is_extract(text):
        from masthead.formats.extract import reader as extract  # slow to import, and transcripts do not need it

        return extract.read(text, name)
    all_lines = lines(text)
    job = _job(all_lines, name)
    locale = locales.load(job.language)
    organization, first = str(locale.word("masthead", "organization")), all_lines[0].text
    if first.startswith(f"{organization} ") and parse_symbol(first.removeprefix(organization)):
        message = "the text of a PDF without the places of its words"
        raise SourceError(message, where=f"{name}:1", hint="extract it with pdftotext -layout")
    record = Record(name)
    front = read_front(all_lines, record, locale)
    habit = _habit(text, front, locale, record)
    number, symbol = _number(front, locale, habit, record), terms.NO_SYMBOL
    try:
        symbol = resolution_symbol(front.organ, number) if number else symbol
    except ValueError:  # of an organization with other symbols
        record.refuse(missing_symbol(f"{name}:{all_lines[0].number}"))
    body = Body(front.formula, locale, record, closes=front.organ is not Organ.SECURITY_COUNCIL)
    body.read(all_lines[front.length :])
    opening = list(_opening(front, locale, record))
    paras = [draft.para(record) for draft in body.drafts]
    properties = {
        TYPE: DocumentType.RESOLUTION,
        DIGITS: _digits(front, locale),
        PAGINATION: Pagination.SOURCE if body.page_ends else Pagination.FLOW,
    }
    head = PrintedHead(symbol, front.organ, front.masthead)
    return compose(StyledSource(job, head, [*opening, *paras], body.notes, properties, habit), locale, record)


def _job(parts: Sequence[SourceLine], name: str) -> JobNumber:
    for line in parts:
        if job := job_number(line.text):
            return job
    raise missing_job_number(f"{name}:{parts[-1].number}")


def _habit(text: str, front: TranscriptFront, locale: Locale, record: Record) -> NumberOrder | None:
    """The order in which the transcript writes numbers: only pages that run to the left are transcribed as pictures."""
    if locale.language.direction is Direction.LTR:
        return None
    context = context_of(locale, front.facts[Fact.ADOPTION].text, front.masthead.date, front.organ)
    habit, doubts = survey_number_order(text, context)
    for doubt in doubts:
        record.report(text.count("\n", 0, doubt.offset) + 1, doubt)
    return habit


def _number(
    front: TranscriptFront, locale: Locale, habit: NumberOrder | None, record: Record
) -> ResolutionNumber | None:
    """The resolution's own number: of its two orders the one that fits the date of adoption.

    If neither does, it is refused. None if the front has no number.
    """
    title = front.facts[Fact.TITLE]
    if not title.text:
        return None
    if number := number_in_title(title.text, locale):
        return number
    printed = _printed_number(front, locale)
    written, turned = patterns.both_orders(printed)
    orders = {None: (written,), NumberOrder.VISUAL: (turned, written), NumberOrder.LOGICAL: (written, turned)}
    for number in orders[habit]:
        if _fits(number, front):
            return number
    hint = "session n of the General Assembly opens in September of 1945 + n; other councils number by year"
    message = f"resolution number {printed} does not fit the date of adoption"
    record.refuse(record.error_in(title.line(), message, hint))
    return orders[habit][0]


def _fits(number: ResolutionNumber, front: TranscriptFront) -> bool:
    if front.adopted is None:
        return True
    if front.organ is Organ.HUMAN_RIGHTS_COUNCIL:
        return council_had_session(number, front.adopted)
    return can_be_adopted_on(number, front.adopted) and (number.session > 999) is (
        front.organ is Organ.ECONOMIC_AND_SOCIAL_COUNCIL
    )


def _printed_number(front: TranscriptFront, locale: Locale) -> str:
    """The number before the title, or the title that is one."""
    title = front.facts[Fact.TITLE].text
    found = match_number(title, locale)
    return found["number"] if found else title


def _digits(front: TranscriptFront, locale: Locale) -> Digits:
    printed = _printed_number(front, locale)
    return Digits.ARABIC_INDIC if printed.translate(ARABIC_INDIC) == printed else Digits.WESTERN


def _opening(front: TranscriptFront, locale: Locale, record: Record) -> Iterator[Para]:
    """The lines from the session to the title; marks have a meaning in the bracket line and the title alone."""
    for fact, passage in front.facts.items():
        spans = [Span(passage.text)]
        if fact is Fact.BASIS:
            spans = read_marks(passage, record)
        elif fact is Fact.TITLE and (found := match_number(passage.text, locale)):
            spans = [Span(f"{found[0].rstrip()}{TAB}"), *read_marks(passage.cut(found.end()), record)]
        yield Para(passage.line(), fact, spans)
