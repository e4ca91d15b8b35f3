"""Rules about a resolution's number, session and dates: they must fit one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from masthead.document import Language, Organ, Severity, Text, locales, patterns
from masthead.document.references import Kind, Unit, can_be_adopted_on
from masthead.editing.lint.evidence import Evidence, Fault, Rules, seating

RULES = Rules()


def _adopted(evidence: Evidence) -> date | None:
    return patterns.find_date(evidence.document.preface.adoption, evidence.locale)


@RULES.rule(
    "number-session",
    Severity.ERROR,
    wrong="104/12 at the hundred and fifth session",
    right="104/12 at the hundred and fourth session",
)
def number_session(evidence: Evidence) -> Iterator[Fault]:
    """A resolution’s number begins with the session, or year, that the page names."""
    number, unit = evidence.document.number, evidence.unit("session")
    if number and unit:
        for found in evidence.found(unit):
            if found.citation.kind is Kind.SESSION and int(found.citation.value) != number.session:
                message = f"session {found.citation.value} is not that of the number, {number}"
                yield Fault(message, unit, found.start, found.end, "one of them is wrong")


@RULES.rule(
    "number-date", Severity.ERROR, wrong="64/293, adopted on 30 July 2015", right="64/293, adopted on 30 July 2010"
)
def number_date(evidence: Evidence) -> Iterator[Fault]:
    """A resolution was adopted in the session, or year, of its number."""
    document, adopted = evidence.document, _adopted(evidence)
    by_year = document.organ in (Organ.ECONOMIC_AND_SOCIAL_COUNCIL, Organ.SECURITY_COUNCIL)
    if not document.number or not adopted or document.organ is Organ.HUMAN_RIGHTS_COUNCIL:
        return
    fits = adopted.year == document.number.session if by_year else can_be_adopted_on(document.number, adopted)
    if not fits:
        message = f"resolution {document.number} cannot have been adopted on {adopted}: {seating(document.number)}"
        yield Fault(message, evidence.unit("adoption"), 0, 0, "number or date is wrong")


@RULES.rule(
    "closing-date", Severity.ERROR, wrong="adopted on 5 November … 6 November at the end", right="both 5 November"
)
def closing_date(evidence: Evidence) -> Iterator[Fault]:
    """The date beneath a resolution is that of its adoption."""
    adopted = _adopted(evidence)
    for unit in evidence.units if adopted else ():
        closing = patterns.find_date(unit.text, evidence.locale) if unit.kind == "closing" else None
        if closing and closing != adopted:
            message = f"the date beneath, {closing}, is not that of the adoption, {adopted}"
            yield Fault(message, unit, 0, len(unit.text), "one of them is wrong")


@RULES.rule(
    "issue-date", Severity.ERROR, wrong="issued on 1 November, adopted on 5 November", right="issued on 19 November"
)
def issue_date(evidence: Evidence) -> Iterator[Fault]:
    """A resolution is issued after it was adopted."""
    adopted = _adopted(evidence)
    issued = next(
        filter(
            None, (patterns.find_date(evidence.document.masthead.date, locales.load(language)) for language in Language)
        ),
        None,
    )
    if adopted and issued and issued < adopted:
        message = f"it was issued on {issued}, before its adoption on {adopted}"
        line = Unit("masthead", "date", (Text(evidence.document.masthead.date),))
        yield Fault(message, line, hint="one of them is wrong")
