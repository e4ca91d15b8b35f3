"""Rules about what is counted: notes, paragraphs, sub-paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masthead.document import Digits, Language, Severity, locales
from masthead.pdf import Evidence, NumberedParagraph, PlacedNote, places, vocabulary
from masthead.pdf import notes as pdf_notes
from masthead.pdf import paragraphs as pdf_paragraphs
from masthead.preflight.rules import Fault, Rule


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
        for line in places.body(page):
            for span in pdf_notes.called(page, line):
                for mark in filter(str.isdigit, pdf_notes.marks(span)):
                    if int(mark) not in numbers:
                        yield Fault(f"a call has no note: {mark}", page=page.number, where=line.text[:40], box=span.box)
                    elif int(mark) > reached + 1:
                        yield Fault(f"note {mark} is called before note {reached + 1}", page=page.number, box=span.box)
                    reached = max(reached, int(mark))


def _numbered(evidence: Evidence) -> list[PlacedNote]:
    return [note for note in evidence.facts.notes if note.mark.isdigit()]


def paragraphs(evidence: Evidence) -> Iterator[Fault]:
    """Numbered paragraphs count from 1 without gap; they begin anew only on a later page, in an annex, or under a
    heading, in a part of a resolution."""
    before = None
    for paragraph in evidence.facts.paragraphs:
        expected = 1 if before is None else before.number + 1
        anew = before is not None and paragraph.number == 1 and _parted(evidence, before, paragraph)
        if paragraph.number != expected and not anew:
            yield Fault(
                f"paragraph {paragraph.number} stands where {expected} should", page=paragraph.page, box=paragraph.box
            )
        before = paragraph


def _parted(evidence: Evidence, before: NumberedParagraph, paragraph: NumberedParagraph) -> bool:
    """Whether a page ends between two paragraphs, or a line in bold type stands there."""
    if before.page != paragraph.page:
        return True
    lines = evidence.pages[before.page - 1].lines
    return any(line.bold and before.box[3] < line.baseline < paragraph.box[1] for line in lines)


@dataclass(slots=True)
class _Series:
    """Parts of a paragraph that are counted together: in letters, small roman numerals or figures."""

    degree: int
    marks: Sequence[str]
    place: int = 0


def letters(evidence: Evidence) -> Iterator[Fault]:
    """The letters and numerals of sub-paragraphs follow in the order of the document's language, each series from its
    first."""
    words = next((words for words in vocabulary.vocabularies() if str(words.language) == evidence.facts.language), None)
    alphabet = [str(letter) for letter in words.word("marks", "letters")] if words else []
    kinds = (alphabet, _ROMAN, _FIGURES) if words and words.language is Language.ARABIC else (alphabet, _ROMAN)
    series: list[_Series] = []
    for page in evidence.pages:
        for line in places.body(page):
            if pdf_paragraphs.opened(page, line):
                series.clear()
            if not (part := pdf_paragraphs.part_of(page, line)) or pdf_notes.begun(page, line):
                continue
            degree, mark = part
            known = [marks for marks in kinds if mark in marks]
            series = [each for each in series if each.degree <= degree]
            own = [each for each in series if each.degree == degree]
            if going := next((each for each in own[::-1] if mark in each.marks[each.place + 1 : each.place + 2]), None):
                going.place += 1
                series = series[: series.index(going) + 1]
            elif first := next((marks for marks in known if mark == marks[0]), None):
                # (i) under (b) begins a series inside another, even where it stands no further in.
                series = [each for each in series if each.degree < degree or each.marks is not first]
                series.append(_Series(degree, first))
            elif known:
                counted = own[-1] if own else _Series(degree, known[0], -1)
                expected = "".join(counted.marks[counted.place + 1 : counted.place + 2])
                yield Fault(f"sub-paragraph ({mark}) stands where ({expected}) should", page=page.number, box=line.box)
                counted.place = counted.marks.index(mark) if mark in counted.marks else counted.place


_ROMAN = [locales.roman(number).lower() for number in range(1, 40)]
_FIGURES = [Digits.ARABIC_INDIC.shape(number) for number in range(1, 40)]


RULES = (
    Rule("numbering.notes", Severity.ERROR, notes),
    Rule("numbering.paragraphs", Severity.ERROR, paragraphs),
    Rule("numbering.letters", Severity.ERROR, letters),
)
