"""Rules about what a document refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from masthead.document import Language, ResolutionNumber, Severity
from masthead.document.references import (
    Citation,
    Found,
    Kind,
    Unit,
    can_be_adopted_on,
    find_internal,
    is_target,
    normalized,
    spellings,
)
from masthead.editing.lint.evidence import Evidence, Fault, Rules, seating

RULES = Rules()
_BETWEEN = 30  # characters between a resolution's number and its date
_MALFORMED = re.compile(
    r"(?<![A-Za-z0-9/.:\-])(?:[aes]/(?:res/|dec/|hrc/|conf\.|c\.)?[0-9][0-9/]*+(?![\w/])"
    r"|(?:A|E|S|A/HRC|A/RES|E/RES|S/RES)(?: ?/ | /)[0-9]+[0-9/ ]*+|(?:A|E|S)\\[0-9A-Z][0-9A-Z\\]*+)"
)


def _dated(evidence: Evidence) -> Iterator[tuple[Unit, Found, ResolutionNumber, date]]:
    """Resolutions of Assembly and Council beside which a whole date stands."""
    before = evidence.document.language is Language.CHINESE
    for unit in evidence.units:
        found = evidence.found(unit)
        for at, each in enumerate(found):
            match = re.fullmatch(r"(?:A|E)/RES/(\d+/\d+)", each.citation.value)
            other = found[at - 1] if before and at else found[at + 1] if not before and at + 1 < len(found) else None
            if (
                each.citation.kind is not Kind.DOCUMENT
                or not match
                or not other
                or other.citation.kind is not Kind.DATE
            ):
                continue
            gap = each.start - other.end if before else other.start - each.end
            between = unit.text[other.end : each.start] if before else unit.text[each.end : other.start]
            if (
                len(other.citation.value) == 10
                and gap <= (2 if before else _BETWEEN)
                and not re.search(r"[;:؛(]", between)
            ):
                yield unit, each, ResolutionNumber.parse(match[1]), date.fromisoformat(other.citation.value)


@RULES.rule(
    "reference-date",
    Severity.ERROR,
    wrong="resolution 64/293 of 30 July 2015",
    right="resolution 64/293 of 30 July 2010",
)
def reference_date(evidence: Evidence) -> Iterator[Fault]:
    """A resolution named with a date can have been adopted on that day: in the session, or year, of its number."""
    for unit, found, number, when in _dated(evidence):
        if not can_be_adopted_on(number, when):
            message = f"resolution {number} cannot be of {when}: {seating(number)}"
            yield Fault(message, unit, found.start, found.end, "number or date is wrong")


@RULES.rule(
    "reference-dates",
    Severity.ERROR,
    wrong="64/293 of 30 July 2010 … 64/293 of 31 July 2010",
    right="one date in both places",
)
def reference_dates(evidence: Evidence) -> Iterator[Fault]:
    """A resolution named twice bears the same date in both places."""
    dates: dict[ResolutionNumber, tuple[date, str]] = {}
    for unit, found, number, when in _dated(evidence):
        other, place = dates.setdefault(number, (when, unit.place))
        if other != when:
            message = f"resolution {number} is of {when} here, of {other} in {place}"
            yield Fault(message, unit, found.start, found.end, "one of them is wrong")


@RULES.rule(
    "reference-later", Severity.ERROR, wrong="adopted in 2017, recalling 6 May 2019", right="recalling 6 May 2016"
)
def reference_later(evidence: Evidence) -> Iterator[Fault]:
    """The resolution that a text recalls is not of a later day than the text."""
    from masthead.document import patterns

    adopted = patterns.find_date(evidence.document.preface.adoption, evidence.locale)
    for unit, found, number, when in _dated(evidence):
        if adopted and when > adopted:
            message = f"resolution {number} is of {when}, later than this one of {adopted}"
            yield Fault(message, unit, found.start, found.end, "compare the date")


@RULES.rule(
    "reference-spellings",
    Severity.NOTE,
    wrong="paragraph 4 (b) … paragraph 4(b); resolution 64/293 … A/RES/64/293",
    right="paragraph 4 (b) … paragraph 4 (b)",
)
def reference_spellings(evidence: Evidence) -> Iterator[Fault]:
    """A document writes a reference in one way: its numeral, its letter, its marks, and by symbol or by number.

    What notes abbreviate is compared among notes alone. A transcript writes a resolution’s number in one order.
    """
    ways: dict[tuple[Citation, str], dict[str, list[tuple[Unit, Found]]]] = {}
    for unit in evidence.units:
        for found in evidence.found(unit):
            for aspect, way in spellings(found, unit.text) if not found.is_call else ():
                in_notes = unit.kind == "note" and aspect == "word"
                places = ways.setdefault((normalized(found.citation), f"{aspect} {in_notes}"), {})
                places.setdefault(way, []).append((unit, found))
    told = set()
    for places in ways.values():
        usual = max(places.values(), key=len)
        first, other = usual[0]
        for unit, found in (each for rarer in places.values() if rarer is not usual for each in rarer):
            if (unit.place, found) in told:
                continue
            told.add((unit.place, found))
            here, there = unit.text[found.start : found.end], first.text[other.start : other.end]
            message = f"{found.citation.in_words} is written “{here}” here, “{there}” in {first.place}"
            yield Fault(message, unit, found.start, found.end, "write it in one way")


@RULES.rule("symbol-form", Severity.WARNING, wrong="a/71/119, A / 71/119", right="A/71/119")
def symbol_form(evidence: Evidence) -> Iterator[Fault]:
    """A symbol is in capitals, without spaces, its parts divided by slashes."""
    for unit, text in evidence.texts:
        for found in _MALFORMED.finditer(text):
            written = found[0].strip()
            message = f"“{written}” has not the form of a symbol"
            meant = re.sub(r"\s", "", written).replace("\\", "/").upper()
            yield Fault(message, unit, found.start(), found.start() + len(written), f"{meant}?")


@RULES.rule("paragraph-missing", Severity.ERROR, wrong="paragraph 9 above, of six", right="paragraph 4 above")
def paragraph_missing(evidence: Evidence) -> Iterator[Fault]:
    """A paragraph, or sub-paragraph, that is said to stand above or below is one of the document’s own."""
    yield from _missing(evidence, Kind.PARAGRAPH)


def _missing(evidence: Evidence, kind: Kind) -> Iterator[Fault]:
    """What a document says to be a part of it, and is none; only where it has numbered parts of the kind."""
    names = {unit.name: None for unit in evidence.units if unit.name and unit.name.kind is kind and unit.name.value}
    if not names:
        return
    last = [*names][-1].in_words
    for unit in evidence.units:
        for found in find_internal(unit.text, evidence.found(unit), evidence.document.language):
            if found.citation.kind is kind and found.citation.value and found.citation not in names:
                message = f"the document has no {found.citation.in_words}; its last is {last}"
                yield Fault(message, unit, found.start, found.end, "compare the number")


@RULES.rule("section-missing", Severity.WARNING, wrong="section IV above, of three", right="section III above")
def section_missing(evidence: Evidence) -> Iterator[Fault]:
    """A section that is said to stand above or below is one of the document’s own."""
    yield from _missing(evidence, Kind.SECTION)


@RULES.rule("note-missing", Severity.WARNING, wrong="see note 9 above, of two", right="see note 2 above")
def note_missing(evidence: Evidence) -> Iterator[Fault]:
    """A note that is said to stand above or below is one of the document’s own."""
    yield from _missing(evidence, Kind.NOTE)


@RULES.rule("annex-missing", Severity.WARNING, wrong="see annex III, of two", right="see annex II")
def annex_missing(evidence: Evidence) -> Iterator[Fault]:
    """In a document with numbered annexes, an annex named without another document’s symbol is one of them."""
    yield from _missing(evidence, Kind.ANNEX)


@RULES.rule("table-missing", Severity.WARNING, wrong="see table 4, of one", right="see table 1")
def table_missing(evidence: Evidence) -> Iterator[Fault]:
    """In a document with numbered tables, a table that is named is one of them."""
    yield from _missing(evidence, Kind.TABLE)


@RULES.rule("figure-missing", Severity.WARNING, wrong="see figure IV, of one", right="see figure I")
def figure_missing(evidence: Evidence) -> Iterator[Fault]:
    """In a document with numbered figures, a figure that is named is one of them."""
    yield from _missing(evidence, Kind.FIGURE)


@RULES.rule("target-unknown", Severity.ERROR, wrong="target 18.2", right="target 16.2")
def target_unknown(evidence: Evidence) -> Iterator[Fault]:
    """A target is one of the 169 of the Sustainable Development Goals."""
    for unit, found in evidence.of(Kind.TARGET):
        if not is_target(found.citation.value):
            message = f"the Sustainable Development Goals have no target {found.citation.value}"
            yield Fault(message, unit, found.start, found.end, "compare the number")
