"""Rules about the references of a document: to resolutions, symbols, its own parts, and the Goals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from masthead.document import (
    Document,
    DocumentType,
    Finding,
    Language,
    ResolutionNumber,
    Rule,
    Rules,
    Severity,
    inlines,
    model,
    organizations,
    printed_notes,
    references,
)
from masthead.editing.lint.adoption import adoption_date, session_opening
from masthead.editing.lint.manuscript import Manuscript, UnitSpan

RULES = Rules[Manuscript]()
_SECTIONED = re.compile(r"[.-]\d")
_COUNTED = (references.Kind.ANNEX, references.Kind.TABLE, references.Kind.FIGURE)
_SUPPLEMENTS = (DocumentType.ADDENDUM, DocumentType.CORRIGENDUM)
_RESOLUTIONS = (DocumentType.RESOLUTION, DocumentType.DECISION, DocumentType.DRAFT, DocumentType.STATEMENT)
_BETWEEN = 30  # characters between a resolution's number and its date
_RESOLUTION = re.compile(r"(?:A|E)/RES/(\d+/\d+)")
_MALFORMED = re.compile(
    r"(?<![A-Za-z0-9/.:\-])(?:[aes]/(?:res/|dec/|hrc/|conf\.|c\.)?[0-9][0-9/]*+(?![\w/])"
    r"|(?:A|E|S|A/HRC|A/RES|E/RES|S/RES)(?:/\d+)?(?: ?/ | /)[0-9]+[0-9/ ]*+|(?:A|E|S)\\[0-9A-Z][0-9A-Z\\]*+)"
)

# A number in place of a session and a number, a hyphen in place of a slash, no full stop: all are symbols by grammar.
_DOUBTFUL = re.compile(
    r"(?<![\w/])(?:(?:A/(?:[2-9]\d{4}|\d{6,9})|E/\d{5,9}|[AE]/(?:RES/|DEC/)?\d{2,4}-\d{1,4})(?![\w/-])"
    r"|[A-Z]{1,8}(?:/[\w.-]{1,12}){0,6}?/(?:Add|Corr|Rev)\d{1,3}(?!\w))"
)


def _dated(manuscript: Manuscript) -> Iterator[tuple[UnitSpan, ResolutionNumber, date]]:
    """Resolutions of the Assembly and the Council that are followed (in Chinese: preceded) by a complete date."""
    is_before = manuscript.document.language is Language.CHINESE
    for unit in manuscript.units:
        found = manuscript.found(unit)
        for at, each in enumerate(found):
            number = _RESOLUTION.fullmatch(each.citation.value)
            beside = found[max(at - 1, 0) : at] if is_before else found[at + 1 : at + 2]
            if each.citation.kind is not references.Kind.DOCUMENT or not number or not beside:
                continue
            (other,) = beside
            start, end = (other.end, each.start) if is_before else (each.end, other.start)
            if (
                other.citation.kind is references.Kind.DATE
                and len(other.citation.value) == 10
                and end - start <= (2 if is_before else _BETWEEN)
                and not re.search(r"[;:؛(]", unit.text[start:end])
            ):
                span = manuscript.span(unit, each.start, each.end)
                yield span, ResolutionNumber.parse(number[1]), date.fromisoformat(other.citation.value)


@RULES.rule(
    "reference-date",
    Severity.ERROR,
    wrong="resolution 64/293 of 30 July 2015",
    right="resolution 64/293 of 30 July 2010",
)
def reference_date(manuscript: Manuscript) -> Iterator[Finding]:
    """A resolution cited with a date can have been adopted on that day: in the session, or year, of its number."""
    for span, number, when in _dated(manuscript):
        if not references.can_be_adopted_on(number, when):
            message = f"resolution {number} cannot have been adopted on {when}: {session_opening(number)}"
            yield span.finding(message, "correct the number or the date")


@RULES.rule(
    "reference-dates",
    Severity.ERROR,
    wrong="64/293 of 30 July 2010 … 64/293 of 31 July 2010",
    right="one date in both places",
)
def reference_dates(manuscript: Manuscript) -> Iterator[Finding]:
    """A resolution cited twice has the same date in both places."""
    dates: dict[ResolutionNumber, tuple[date, str]] = {}
    for span, number, when in _dated(manuscript):
        other, place = dates.setdefault(number, (when, span.unit.place))
        if other != when:
            message = f"the date of resolution {number} is {when} here, but {other} in {place}"
            yield span.finding(message, "correct one of them")


@RULES.rule(
    "reference-later", Severity.ERROR, wrong="adopted in 2017, recalling 6 May 2019", right="recalling 6 May 2016"
)
def reference_later(manuscript: Manuscript) -> Iterator[Finding]:
    """A resolution that a text refers to is not from a later day than the text."""
    adopted = adoption_date(manuscript)
    for span, number, when in _dated(manuscript):
        if adopted and when > adopted:
            message = f"resolution {number} of {when} is later than this resolution of {adopted}"
            yield span.finding(message, "check the date")


@RULES.rule(
    "reference-spellings",
    Severity.NOTE,
    wrong="paragraph 4 (b) … paragraph 4(b); resolution 64/293 … A/RES/64/293",
    right="paragraph 4 (b) … paragraph 4 (b)",
)
def reference_spellings(manuscript: Manuscript) -> Iterator[Finding]:
    """A document writes the same reference in the same way: numerals, letters, marks, symbol or number.

    Abbreviations in notes are compared only with other notes. A transcript writes all resolution numbers in one order.
    """
    ways: dict[tuple[references.Citation, str], dict[str, list[tuple[references.Unit, references.Found]]]] = {}
    for unit in manuscript.units:
        for found in manuscript.found(unit):
            for aspect, way in references.spellings(found, unit.text) if not found.is_call else ():
                in_notes = unit.kind == "note" and aspect == "word"
                places = ways.setdefault((references.normalized(found.citation), f"{aspect} {in_notes}"), {})
                places.setdefault(way, []).append((unit, found))
    reported = set()
    for places in ways.values():
        usual = max(places.values(), key=len)
        first, other = usual[0]
        for unit, found in (each for rarer in places.values() if rarer is not usual for each in rarer):
            if (unit.place, found) in reported:
                continue
            reported.add((unit.place, found))
            span = manuscript.span(unit, found.start, found.end)
            there = first.text[other.start : other.end]
            message = f"{found.citation.in_words} is written “{span.text}” here, but “{there}” in {first.place}"
            yield span.finding(message, "write both in the same way")


@RULES.rule("symbol-form", Severity.WARNING, wrong="a/71/119, A / 71/119", right="A/71/119")
def symbol_form(manuscript: Manuscript) -> Iterator[Finding]:
    """A document symbol is in capitals and without spaces; its parts are separated by slashes. Abbreviations in it such
    as Add. have a full stop."""
    for unit, text in manuscript.texts:
        for found in _MALFORMED.finditer(text):
            written = found[0].strip()
            meant = re.sub(r"\s", "", written).replace("\\", "/").upper()
            span = manuscript.span(unit, found.start(), found.start() + len(written))
            yield span.finding(f"“{written}” is not a valid document symbol", f"did you mean {meant}?")
    for unit in (manuscript.symbol_line, *manuscript.units) if organizations.current().is_bundled else ():
        for found in _DOUBTFUL.finditer(unit.text):
            meant = re.sub(r"(Add|Corr|Rev)(?=\d)", r"\1.", found[0]).replace("-", "/")
            meant = re.sub(r"(?<=^[AE]/)(\d\d(?=\d{3})|20\d\d|19\d\d)(?=\d)", r"\1/", meant)
            span = manuscript.span(unit, found.start(), found.end())
            yield span.finding(f"“{found[0]}” is hardly a document symbol", f"did you mean {meant}?")


def _missing(kind: references.Kind, manuscript: Manuscript) -> Iterator[Finding]:
    """References to parts of the document that it lacks."""
    document = manuscript.document
    is_extract = any(finding.rule == "extract-look" for finding in document.findings)
    if is_extract and kind in _COUNTED:  # the text of a PDF has no figures, and not all tables
        return
    names = {unit.name: None for unit in manuscript.units if unit.name and unit.name.kind is kind and unit.name.value}
    may_be_elsewhere = not names and _may_be_elsewhere(kind, document)
    plain = [name for name in names if name.value.isdecimal()]
    last = max(plain, key=lambda name: int(name.value)) if plain else [None, *names][-1]
    rest = f"its last is {last.in_words}" if last else f"it has no {kind} with a number"
    for unit in manuscript.units:
        for found in references.find_internal(unit.text, manuscript.found(unit), document.language):
            if found.citation.kind is not kind or found.citation in names or _SECTIONED.match(unit.text, found.end):
                continue
            span = manuscript.span(unit, found.start, found.end)
            is_said = manuscript.lexicon.here.match(unit.text, found.end) is not None
            if found.citation.value and (is_said or not may_be_elsewhere):
                yield span.finding(f"the document has no {found.citation.in_words}; {rest}", "check the number")
            elif not found.citation.value and is_said and kind is references.Kind.ANNEX and not document.annexes:
                yield span.finding("the document has no annex", "add it, or correct the reference")


def _may_be_elsewhere(kind: references.Kind, document: Document) -> bool:
    """Whether references to a kind of parts, of which a document has none with a number, may be to other documents.

    A corrigendum or an addendum names the parts of the document that it belongs to, a resolution the annexes of
    agreements. Annexes without numbers may be meant where there are several.
    """
    is_annex = kind is references.Kind.ANNEX
    others = (*_SUPPLEMENTS, *(_RESOLUTIONS if is_annex else ()))
    return kind in _COUNTED and (document.type.like in others or (is_annex and len(document.annexes) > 1))


_NUMBERED = "A numbered {0} that is not cited from another document is in this document."
_INSIDE = "A {0} cited as above or below is in this document."
RULES.extend(
    Rule(f"{kind}-missing", severity, text.format(kind), partial(_missing, kind), wrong=wrong, right=right)
    for kind, severity, text, wrong, right in (
        (references.Kind.PARAGRAPH, Severity.ERROR, _INSIDE, "paragraph 9 above, of six", "paragraph 4 above"),
        (references.Kind.SECTION, Severity.WARNING, _INSIDE, "section IV above, of three", "section III above"),
        (references.Kind.NOTE, Severity.WARNING, _INSIDE, "see note 9 above, of two", "see note 2 above"),
        (references.Kind.ANNEX, Severity.WARNING, _NUMBERED, "see annex III, of two", "see annex II"),
        (references.Kind.TABLE, Severity.WARNING, _NUMBERED, "see table 4, of one", "see table 1"),
        (references.Kind.FIGURE, Severity.WARNING, _NUMBERED, "see figure IV, of one", "see figure I"),
    )
)


@RULES.rule(
    "annex-paragraph",
    Severity.WARNING,
    wrong="see paragraph 9 of annex II (which has six)",
    right="see paragraph 4 of annex II",
)
def annex_paragraph(manuscript: Manuscript) -> Iterator[Finding]:
    """A paragraph cited as that of an annex of this document is in the annex, if its paragraphs are numbered."""
    document = manuscript.document
    names: dict[references.Scope, list[references.Citation]] = {}
    for unit in manuscript.units:
        if unit.name and unit.name.kind is references.Kind.PARAGRAPH:
            names.setdefault((unit.scope[0], 0, 0), []).append(unit.name)
    for unit in manuscript.units:
        found = manuscript.found(unit)
        internal = references.find_internal(unit.text, found, document.language)
        for each, annex in references.find_in_annexes(unit.text, found, document.language):
            scope = references.scope_of_annex(document, annex.citation.value) if annex in internal else None
            own = names.get(scope, []) if scope else []
            if own and each.citation not in own:
                place = annex.citation.in_words if annex.citation.value else "the annex"
                last = [name for name in own if "(" not in name.value][-1]
                span = manuscript.span(unit, each.start, each.end)
                message = f"{place} has no {each.citation.in_words}; its last is {last.in_words}"
                yield span.finding(message, "check the number")


@RULES.rule(
    "reference-annex",
    Severity.WARNING,
    wrong="annex: as in paragraph 5 (of the body)",
    right="as in paragraph 5 of the present report",
)
def reference_annex(manuscript: Manuscript) -> Iterator[Finding]:
    """A reference from an annex to a paragraph or section of the body says so if the annex has one of that number."""
    printed = printed_notes(manuscript.document)
    labels = {}
    for each in manuscript.document.labels:
        note = printed.get(int(each.value)) if each.kind == references.Kind.NOTE else None
        annex, value = (note.annex, str(note.number)) if note else (each.scope[0], each.value)
        if not annex:
            labels[each.name] = replace(each, value=value)
    words = manuscript.lexicon
    own = {(0, label.kind, label.value) for label in labels.values()}
    names = {(unit.scope[0], str(unit.name.kind), unit.name.value) for unit in manuscript.units if unit.name}
    for unit in manuscript.units if labels else ():
        at = 0
        for inline in inlines(unit.content):
            start, at = at, at + len(model.characters(inline))
            label = labels.get(inline.address[1:]) if isinstance(inline, model.Hyperlink) else None
            is_named = words.here.match(unit.text, at) or words.elsewhere.match(unit.text, at)
            if label and not is_named and (unit.scope[0], label.kind, label.value) in names - own:
                message = f"{label.kind} {label.value} of the body can be read as that of the annex"
                hint = "say what it is part of: [](#label) of the present report"
                yield manuscript.span(unit, start, at).finding(message, hint)


@RULES.rule("target-unknown", Severity.ERROR, wrong="target 18.2", right="target 16.2")
def target_unknown(manuscript: Manuscript) -> Iterator[Finding]:
    """A target is one of the 169 targets of the Sustainable Development Goals."""
    for unit, found in manuscript.of(references.Kind.TARGET):
        if not references.is_target(found.citation.value):
            message = f"the Sustainable Development Goals have no target {found.citation.value}"
            yield manuscript.span(unit, found.start, found.end).finding(message, "check the number")
