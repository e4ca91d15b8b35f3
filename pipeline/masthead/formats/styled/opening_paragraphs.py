"""What stands between masthead and text: paragraphs told by style, words and place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from masthead.document import DocumentType, Locale
from masthead.formats.opening_lines import Fact, fact_of
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import Para, ParaKind, StyledPart, StyledTable
from masthead.formats.styled.spans import BREAK, Span


@dataclass(slots=True)
class Opening:
    """The paragraphs between the masthead and the text by what they say; `length` is the number of parts of all."""

    facts: dict[Fact, list[Para]] = field(default_factory=dict)
    length: int = 0

    def spans(self, fact: Fact) -> list[Span]:
        """What is said, as one line."""
        return [span for para in self.facts.get(fact, ()) for span in (*para.spans, Span(BREAK))]

    def number(self, fact: Fact) -> int:
        """The place of the first paragraph that says it."""
        return self.facts[fact][0].number if fact in self.facts else 1


def read_opening(parts: Sequence[StyledPart], locale: Locale, *, ours: bool) -> Opening:
    """Sort the first `parts` of a document by their styles and words, up to the first that belongs to the text."""
    opening = Opening()
    last: Fact | None = None
    for place, part in enumerate(parts, 1):
        if isinstance(part, StyledTable):
            break
        fact = part.kind if isinstance(part.kind, Fact) else None
        if fact is None and not ours:
            fact = fact_of(part.text.strip(), locale) or _by_place(part, opening, last, parts[place:], locale)
        if fact is None:
            break
        opening.facts.setdefault(fact, []).append(part)
        opening.length, last = place, fact
    return opening


def _by_place(
    para: Para, opening: Opening, last: Fact | None, behind: Sequence[StyledPart], locale: Locale
) -> Fact | None:
    """Tell what an unmarked heading says, or a line that comes before the title."""
    if para.kind is ParaKind.HEADING:
        if MarkReader(DocumentType.REPORT, locale, ours=False).is_heading(para.text):
            return None
        if Fact.TITLE not in opening.facts:
            return Fact.TITLE
        return Fact.SUBTITLE if last in (Fact.TITLE, Fact.MODIFICATION) else None
    titled = any(
        isinstance(part, Para)
        and (part.kind in (Fact.TITLE, ParaKind.HEADING) or fact_of(part.text.strip(), locale) is Fact.TITLE)
        for part in behind[:_FAR]
    )
    if Fact.TITLE in opening.facts or not titled or len(para.text) > _LONG:
        return None
    return Fact.PLACE if any(character.isdecimal() for character in para.text) else Fact.BODY


_FAR = 6  # parts within which a title follows
_LONG = 120  # characters of a line before it
