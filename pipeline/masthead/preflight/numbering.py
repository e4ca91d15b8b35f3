"""Rules about the numbers of notes, paragraphs and subparagraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masthead.document import Digits, Document, Finding, Language, Rules, Severity, locales, model
from masthead.pdf import DrawnLine, Evidence, NumberedParagraph, PlacedNote, places, vocabulary
from masthead.pdf import notes as pdf_notes
from masthead.pdf import paragraphs as pdf_paragraphs
from masthead.preflight.needs import Need

RULES = Rules[Evidence](Need.LAYOUT)
_TATWEEL = "\u0640"
_AS_LATIN = str.maketrans("асеорхуі", "aceopxyi")  # Cyrillic letters that are typed for Latin ones of the same shape
_ROMAN = [locales.roman(number).lower() for number in range(1, 40)]
_FIGURES = [Digits.ARABIC_INDIC.shape(number) for number in range(1, 40)]


@RULES.rule("numbering.notes", Severity.ERROR)
def notes(evidence: Evidence) -> Iterator[Finding]:
    """Notes are numbered from 1 without gaps, in the order of their first calls; every call has a note.

    In an annex, they may start again.

    A repeated call refers to the earlier note again (UN Editorial Manual: footnotes).
    """
    series: dict[int, list[PlacedNote]] = {}
    for note in evidence.facts.notes:
        if note.mark.isdigit():
            series.setdefault(note.since, []).append(note)
    for numbered in series.values():
        for place, note in enumerate(numbered, 1):
            if int(note.mark) != place:
                yield Finding(f"expected note {place}, found note {int(note.mark)}", note.page, box=note.box)
                break
    since, reached = 1, 0
    powers = _powers(evidence.document) if evidence.document else frozenset()
    for page in evidence.pages:
        if (here := pdf_notes.series_at(evidence.facts.notes, page.number)) != since:
            since, reached = here, 0
        numbers = {int(note.mark) for note in series.get(since, ())}
        for line in places.body(page):
            for span, marks in pdf_notes.called(page, line):
                for mark in filter(str.isdigit, marks):
                    if int(mark) in powers and (int(mark) not in numbers or int(mark) > reached + 1):
                        continue
                    if int(mark) not in numbers:
                        yield Finding(f"call to undefined note {mark}", page.number, line.text[:40], box=span.box)
                    elif int(mark) > reached + 1:
                        yield Finding(f"note {mark} has its call before note {reached + 1}", page.number, box=span.box)
                    reached = max(reached, int(mark))


def _powers(document: Document) -> frozenset[int]:
    """The numbers that a document prints as superscripts which call no note, as in x²."""
    texts = model.contents((document.preface, document.body, document.notes, document.annexes))
    raised = (each.text for text in texts for each in model.inlines(text) if isinstance(each, model.Raised))
    return frozenset(int(text) for text in raised if text.isdecimal())


@RULES.rule("numbering.paragraphs", Severity.ERROR)
def paragraphs(evidence: Evidence) -> Iterator[Finding]:
    """Paragraphs are numbered from 1 without gaps. The numbers restart only on a later page, in an annex, or under a
    heading in a part of a resolution; after such a part they may go on. Where two versions of a text are shown, both
    have numbers, and the rule does not apply."""
    if evidence.revised:
        return
    for paragraph, expected, _ in _counted(evidence):
        if paragraph.number != expected:
            message = f"expected paragraph {expected}, found paragraph {paragraph.number}"
            yield Finding(message, paragraph.page, box=paragraph.box)


def _counted(evidence: Evidence) -> Iterator[tuple[NumberedParagraph, int, bool]]:
    """Each numbered paragraph, the number expected of it, and whether it is in a part with numbers of its own."""
    reached: list[int] = [0]  # the last number of the text and of the parts inside it
    before = None
    for paragraph in evidence.facts.paragraphs:
        number = paragraph.number
        outer = [degree for degree, last in enumerate(reached) if last + 1 == number]
        if not outer and number == 1 and before is not None and _are_parted(evidence, before, paragraph):
            reached.append(0)
        elif outer:
            del reached[outer[-1] + 1 :]
        yield paragraph, reached[-1] + 1, len(reached) > 1
        reached[-1] = number
        before = paragraph


def _are_parted(evidence: Evidence, before: NumberedParagraph, paragraph: NumberedParagraph) -> bool:
    """Whether a page break or a line in bold type is between two paragraphs."""
    if before.page != paragraph.page:
        return True
    lines = evidence.pages[before.page - 1].lines
    return any(line.bold and before.box[3] < line.baseline < paragraph.box[1] for line in lines)


@dataclass(slots=True)
class _Series:
    """Subparagraphs numbered together: by letters, lower-case roman numerals or figures."""

    degree: int
    marks: Sequence[str]
    place: int = 0

    def goes_on(self, mark: str) -> bool:
        """Return whether `mark` is the next one."""
        return mark in self.marks[self.place + 1 : self.place + 2]


@RULES.rule("numbering.letters", Severity.ERROR)
def letters(evidence: Evidence) -> Iterator[Finding]:
    """The letters and numerals of subparagraphs are consecutive, in the order of the document's language, and each
    series starts with the first, or goes on where that under the subparagraph before it ended: (a) to (f) under (i),
    (g) to (k) under (ii). Where two versions of a text are shown, the rule does not apply."""
    if evidence.revised:
        return
    words = next((words for words in vocabulary.vocabularies() if str(words.language) == evidence.facts.language), None)
    alphabet = [str(letter) for letter in words.word("marks", "letters")] if words else []
    alphabet = [letter.replace(_TATWEEL, "") for letter in alphabet]
    alphabet += [letter * 2 for letter in alphabet if letter.isascii()]  # (aa) follows (z)
    kinds = (alphabet, _ROMAN, _FIGURES) if words and words.language is Language.ARABIC else (alphabet, _ROMAN)
    parts = {paragraph.box for paragraph, _, is_inner in _counted(evidence) if is_inner}
    series: list[_Series] = []
    ended: dict[int, _Series] = {}  # the last series of each degree in this paragraph
    for page in evidence.pages:
        before: DrawnLine | None = None
        for line in places.body(page):
            last, before = before, line
            # Letters go on across inner numbers.
            if (series or ended) and pdf_paragraphs.opened(page, line) and line.box not in parts:
                series.clear()
                ended.clear()
            if not (part := pdf_paragraphs.part_of(page, line, last)) or pdf_notes.begun(page, line):
                continue
            degree, mark = part[0], part[1].replace(_TATWEEL, "")
            if words and words.language is Language.RUSSIAN:
                mark = mark.translate(_AS_LATIN)
            known = [marks for marks in kinds if mark in marks]
            ended.update((each.degree, each) for each in series if each.degree > degree)
            series = [each for each in series if each.degree <= degree]
            own = [each for each in series if each.degree == degree]
            if going := next((each for each in own[::-1] if each.goes_on(mark)), None):
                going.place += 1
                series = series[: series.index(going) + 1]
            elif first := next((marks for marks in known if mark == marks[0]), None):
                # (i) under (b) starts a series inside another, even if it is not indented further.
                series = [each for each in series if each.degree < degree or each.marks is not first]
                series.append(_Series(degree, first))
            elif known and not own and degree in ended and ended[degree].goes_on(mark):
                ended[degree].place += 1
                series.append(ended.pop(degree))
            elif known:
                if not own:
                    own = [_Series(degree, known[0], -1)]
                    series += own
                counted = own[-1]
                expected = "".join(counted.marks[counted.place + 1 : counted.place + 2])
                yield Finding(f"expected subparagraph ({expected}), found ({mark})", page.number, box=line.box)
                counted.place = counted.marks.index(mark) if mark in counted.marks else counted.place
