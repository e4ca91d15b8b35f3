"""Rules about what is counted: notes, paragraphs, sub-paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.findings import Severity
from masthead.preflight.evidence import Evidence
from masthead.preflight.facts import NUMBER, body, column
from masthead.preflight.notes import PlacedNote, begun, called, marks
from masthead.preflight.pages import Line, Page
from masthead.preflight.rules import Fault, Rule
from masthead.preflight.vocabulary import vocabularies

LETTER = re.compile(r"[()](\w{1,4})[()]")


def notes(evidence: Evidence) -> Iterator[Fault]:
    """Notes are numbered from 1 without gap, in the order of their first calls; every call has its note.

    A repeated call names the earlier note again (UN Editorial Manual: footnotes).
    """
    numbers = [int(note.mark) for note in evidence.facts.notes if note.mark.isdigit()]
    for place, (number, note) in enumerate(zip(numbers, _numbered(evidence), strict=True), 1):
        if number != place:
            yield Fault(f"note {number} stands where note {place} should", page=note.page, box=note.box)
            break
    reached = 0
    for page in evidence.pages:
        for line in body(page):
            for span in called(page, line):
                for mark in filter(str.isdigit, marks(span)):
                    if int(mark) not in numbers:
                        yield Fault(f"a call has no note: {mark}", page=page.number, where=line.text[:40], box=span.box)
                    elif int(mark) > reached + 1:
                        yield Fault(f"note {mark} is called before note {reached + 1}", page=page.number, box=span.box)
                    reached = max(reached, int(mark))


def _numbered(evidence: Evidence) -> list[PlacedNote]:
    return [note for note in evidence.facts.notes if note.mark.isdigit()]


def paragraphs(evidence: Evidence) -> Iterator[Fault]:
    """Numbered paragraphs count from 1 without gap; they begin anew only on a later page, in an annex."""
    before = None
    for paragraph in evidence.facts.paragraphs:
        expected = 1 if before is None else before.number + 1
        anew = before is not None and paragraph.number == 1 and paragraph.page > before.page
        if paragraph.number != expected and not anew:
            yield Fault(
                f"paragraph {paragraph.number} stands where {expected} should", page=paragraph.page, box=paragraph.box
            )
        before = paragraph


def letters(evidence: Evidence) -> Iterator[Fault]:
    """The letters of sub-paragraphs follow the alphabet of the document's language, each series from its first."""
    words = next((words for words in vocabularies() if str(words.language) == evidence.facts.language), None)
    alphabet = [str(letter) for letter in words.word("marks", "letters")] if words else []
    place = -1
    for page in evidence.pages:
        for line in body(page):
            if _opens_paragraph(page, line):
                place = -1
            letter = _letter(page, line)
            if letter not in alphabet:
                continue
            found = alphabet.index(letter)
            # (i) under (b) begins a series of small roman numerals.
            if found not in (0, place + 1) and letter != "i":
                expected = alphabet[place + 1]
                yield Fault(
                    f"sub-paragraph ({letter}) stands where ({expected}) should", page=page.number, box=line.box
                )
            place = found if letter != "i" or found == place + 1 else place


def _opens_paragraph(page: Page, line: Line) -> bool:
    return bool(NUMBER.match(line.text)) and page.start(line) < column(page) + 27


def _letter(page: Page, line: Line) -> str:
    """The letter that a line begins with, one indent in."""
    if not 20 < page.start(line) - column(page) < 27 or begun(page, line):
        return ""
    found = LETTER.match(line.text)
    return found[1] if found else ""


RULES = (
    Rule("numbering.notes", Severity.ERROR, notes),
    Rule("numbering.paragraphs", Severity.ERROR, paragraphs),
    Rule("numbering.letters", Severity.ERROR, letters),
)
