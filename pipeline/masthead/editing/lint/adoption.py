"""Rules about the number, session and dates of a resolution, which must be consistent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from masthead.document import (
    Finding,
    Language,
    Organ,
    ResolutionNumber,
    Rules,
    Severity,
    locales,
    organizations,
    patterns,
)
from masthead.document.references import Kind, can_be_adopted_on
from masthead.editing.lint.manuscript import Manuscript

_BY_YEAR = (Organ.ECONOMIC_AND_SOCIAL_COUNCIL, Organ.SECURITY_COUNCIL)
_COUNTED = (*_BY_YEAR, Organ.GENERAL_ASSEMBLY)  # the organs of whose sessions the dates are known
RULES = Rules[Manuscript]()
_FIRST_YEAR = 1000  # a session number from this on is a year
_BEFORE_FIRST_SESSION = 1945  # the first session of the General Assembly opened in 1946
_HINT = "correct one of them"


def session_opening(number: ResolutionNumber) -> str:
    """When resolutions of this number can be adopted, in words: `session 102 opened in September 2047`."""
    if number.session >= _FIRST_YEAR:
        return f"its year is {number.session}"
    return f"session {number.session} opened in September {_BEFORE_FIRST_SESSION + number.session}"


def adoption_date(manuscript: Manuscript) -> date | None:
    """The day on which the document was adopted, if it says so."""
    return patterns.find_date(manuscript.document.preface.adoption, manuscript.locale)


@RULES.rule(
    "number-session",
    Severity.ERROR,
    wrong="104/12 at the hundred and fifth session",
    right="104/12 at the hundred and fourth session",
)
def number_session(manuscript: Manuscript) -> Iterator[Finding]:
    """The number of a resolution begins with the session, or year, in which it was adopted."""
    number, unit = manuscript.document.number, manuscript.unit("session")
    if number and unit:
        # Another organization may number by years and count its sessions.
        counts_both = number.session >= _FIRST_YEAR and not organizations.current().is_bundled
        for found in manuscript.found(unit):
            session = int(found.citation.value) if found.citation.kind is Kind.SESSION else number.session
            if session != number.session and not (counts_both and session < _FIRST_YEAR):
                message = f"the session is {found.citation.value}, but the number is {number}"
                yield manuscript.span(unit, found.start, found.end).finding(message, _HINT)


@RULES.rule(
    "number-date", Severity.ERROR, wrong="64/293, adopted on 30 July 2015", right="64/293, adopted on 30 July 2010"
)
def number_date(manuscript: Manuscript) -> Iterator[Finding]:
    """A resolution was adopted in the session, or year, with which its number begins."""
    document, adopted, unit = manuscript.document, adoption_date(manuscript), manuscript.unit("adoption")
    if not document.number or not adopted or not unit or document.organ not in _COUNTED:
        return
    by_year = document.organ in _BY_YEAR
    fits = adopted.year == document.number.session if by_year else can_be_adopted_on(document.number, adopted)
    if not fits:
        opening = session_opening(document.number)
        message = f"resolution {document.number} cannot have been adopted on {adopted}: {opening}"
        yield manuscript.span(unit).finding(message, "correct the number or the date")


@RULES.rule(
    "closing-date", Severity.ERROR, wrong="adopted on 5 November … 6 November at the end", right="both 5 November"
)
def closing_date(manuscript: Manuscript) -> Iterator[Finding]:
    """The date at the end of a resolution is the date of its adoption."""
    adopted = adoption_date(manuscript)
    for unit in manuscript.units if adopted else ():
        closing = patterns.find_date(unit.text, manuscript.locale) if unit.kind == "closing" else None
        if closing and closing != adopted:
            message = f"the date at the end is {closing}, but the date of adoption is {adopted}"
            yield manuscript.span(unit, 0, len(unit.text)).finding(message, _HINT)


@RULES.rule(
    "issue-date", Severity.ERROR, wrong="issued on 1 November, adopted on 5 November", right="issued on 19 November"
)
def issue_date(manuscript: Manuscript) -> Iterator[Finding]:
    """A resolution is issued after its adoption."""
    adopted = adoption_date(manuscript)
    # The Distr. block may be in another language than the text.
    days = (patterns.find_date(manuscript.date_line.text, locales.load(language)) for language in Language)
    issued = next(filter(None, days), None)
    if adopted and issued and issued < adopted:
        message = f"the date of issue, {issued}, is before the date of adoption, {adopted}"
        yield manuscript.span(manuscript.date_line).finding(message, _HINT)


@RULES.rule(
    "issue-date-language", Severity.WARNING, wrong="5 تشرين الثاني/نوفمبر 2049 (in Arabic)", right="5 November 2049"
)
def issue_date_language(manuscript: Manuscript) -> Iterator[Finding]:
    """The date of issue is in the language of the distribution lines: for Arabic, Chinese and Russian, in English."""
    line = manuscript.date_line
    abroad = locales.distribution_locale(manuscript.locale)
    is_own = patterns.find_date(line.text, manuscript.locale) is not None
    if is_own and patterns.find_date(line.text, abroad) is None:
        name = abroad.language.name.title()
        yield manuscript.span(line).finding(f"the date of issue is not a date in {name}", f"write it in {name}")
