"""Rules about the symbol, the organ, the session and the type of a document, which must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from masthead import formats
from masthead.document import DocumentType, Finding, Organ, Rule, Rules, Severity, patterns, symbols, terms
from masthead.document.references import Kind, Unit
from masthead.editing.lint.manuscript import Manuscript

RULES = Rules[Manuscript]()
_HINT = "correct one of them"
_SESSIONS = {
    Organ.GENERAL_ASSEMBLY: re.compile(r"A/(?:RES/|DEC/|C\.[1-6]/|INF/|BUR/)?([0-9]{2,3})/"),
    Organ.ECONOMIC_AND_SOCIAL_COUNCIL: re.compile(r"E/(?:RES/|DEC/)?([12][0-9]{3})/"),
    Organ.HUMAN_RIGHTS_COUNCIL: re.compile(r"A/HRC/(?:RES/|DEC/)?([0-9]{1,3})/"),
}
_UNMARKED = (DocumentType.DRAFT,)  # its mark, /L., is also that of other papers
_NEEDED = (DocumentType.ADDENDUM, DocumentType.CORRIGENDUM, DocumentType.REVISION)
_SERIES_NUMBER = re.compile(r"/(?:RES|DEC)/([0-9]+)/([0-9]+)")
_TITLED = (DocumentType.REPORT, DocumentType.NOTE, DocumentType.LETTER, DocumentType.AGENDA)


@RULES.rule("symbol-organ", Severity.ERROR, wrong="symbol E/2041/7 of the General Assembly", right="symbol A/104/7")
def symbol_organ(manuscript: Manuscript) -> Iterator[Finding]:
    """The symbol is one of the organ in the masthead. A document of two organs has a symbol of each."""
    document = manuscript.document
    each = re.split(symbols.JOINT, str(document.symbol))
    organs = [type(document.symbol)(one).organ for one in each]
    if None not in organs and document.organ not in organs:
        message = f"the symbol {document.symbol} is not one of the organ {document.organ}"
        yield manuscript.span(manuscript.symbol_line, 0, 1).finding(message, _HINT)


@RULES.rule("symbol-session", Severity.ERROR, wrong="A/104/96, hundred and third session", right="A/103/96")
def symbol_session(manuscript: Manuscript) -> Iterator[Finding]:
    """The symbol has the number of the session, or of the year, that the session line names."""
    document, unit = manuscript.document, manuscript.unit("session")
    form = _SESSIONS.get(document.organ)
    found = form.match(str(document.symbol)) if form else None
    sessions = [each for each in manuscript.found(unit) if each.citation.kind is Kind.SESSION] if unit else []
    is_told = document.number is not None  # by number-session
    if unit and found and sessions and not is_told and found[1] not in [each.citation.value for each in sessions]:
        message = f"the session is {sessions[0].citation.value}, but the symbol is {document.symbol}"
        yield manuscript.span(unit, sessions[0].start, sessions[0].end).finding(message, _HINT)


@RULES.rule("symbol-number", Severity.ERROR, wrong="number 104/12, symbol A/RES/104/13", right="A/RES/104/12")
def symbol_number(manuscript: Manuscript) -> Iterator[Finding]:
    """The symbol of a resolution or decision has its number."""
    document = manuscript.document
    found = _SERIES_NUMBER.search(str(document.symbol))
    if document.number and found and f"{found[1]}/{found[2]}" != str(document.number):
        message = f"the number is {document.number}, but the symbol is {document.symbol}"
        yield manuscript.span(manuscript.symbol_line, 0, 1).finding(message, _HINT)


@RULES.rule("symbol-type", Severity.WARNING, wrong="type report, symbol A/104/96/Corr.1", right="type corrigendum")
def symbol_type(manuscript: Manuscript) -> Iterator[Finding]:
    """The symbol belongs to the type: RES to resolutions, DEC to decisions, PRST to statements of the President; a
    corrigendum has Corr., an addendum Add., a revision Rev. in it.
    """
    document, symbol = manuscript.document, str(manuscript.document.symbol)
    if document.symbol == terms.NO_SYMBOL:
        return
    own = document.type.entry.symbol
    marked = {each: each.entry.symbol for each in DocumentType if each.entry.symbol and each.like not in _UNMARKED}
    found = [each for each, mark in marked.items() if mark in symbol and each is not document.type]
    others = [each for each in found if each.like not in _NEEDED]
    others += [each for each in found if each.like is DocumentType.CORRIGENDUM]
    if document.type.like in _NEEDED and own not in symbol:
        message = f"the type is {document.type}, but the symbol {symbol} has no {own.lstrip('/')}"
        yield manuscript.span(manuscript.symbol_line, 0, 1).finding(message, _HINT)
    elif others and document.type.like not in _NEEDED:
        message = f"the type is {document.type}, but {symbol} is the symbol of a {others[-1]}"
        yield manuscript.span(manuscript.symbol_line, 0, 1).finding(message, _HINT)


def _masthead(fact: str, manuscript: Manuscript) -> Iterator[Finding]:
    """What is wrong with a fact of the masthead, unless the reader of Markdown has reported it."""
    rule, document = f"masthead-{fact}", manuscript.document
    line = manuscript.date_line if fact == "date" else manuscript.distribution_line
    is_missing = not any(map(str.isalnum, line.text))  # which is an error
    if is_missing or any(finding.rule == rule for finding in document.findings):
        return
    for name, doubt in formats.masthead_doubts(document.masthead, manuscript.locale):
        if name == fact:
            yield manuscript.span(line).finding(doubt.message, doubt.hint)


RULES.extend(
    Rule(f"masthead-{fact}", Severity.WARNING, text, partial(_masthead, fact), wrong=wrong, right=right)
    for fact, text, wrong, right in (
        ("date", "The date of issue is written in full, as the masthead prints it.", "19.11.2049", "19 November 2049"),
        ("distribution", "The distribution is one of the known categories.", "Distr.: Genral", "Distr.: General"),
        (
            "original",
            "The original language is a language; `restriction` says that not all languages are issued.",
            "original: English only",
            "restriction: English only",
        ),
    )
)


@RULES.rule(
    "title-type", Severity.WARNING, wrong="type note, title Report of the Secretary-General", right="type report"
)
def title_type(manuscript: Manuscript) -> Iterator[Finding]:
    """The title or the subtitle does not begin with the name of another type: report, note, letter or agenda."""
    kind = manuscript.document.type
    if kind.like not in _TITLED:
        return
    begun: dict[DocumentType, Unit] = {}
    for unit in filter(None, (manuscript.unit("title"), manuscript.unit("subtitle"))):
        text = patterns.fold(unit.text).casefold()
        for name, openings in manuscript.words["types"].items():
            if any(re.match(rf"(?:{opening})(?!\w)", text) for opening in openings):
                begun.setdefault(DocumentType.known(name), unit)
    if begun and kind not in begun and kind.like not in begun:
        other, unit = next(iter(begun.items()))
        message = f"the type is {kind}, but the {unit.kind} is that of the type {other}"
        yield manuscript.span(unit, 0, 1).finding(message, _HINT)
