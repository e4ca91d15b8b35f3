"""The paragraphs between masthead and text, classified by style, words and position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from masthead.document import DocumentType, Locale, patterns
from masthead.formats.opening_lines import Fact, fact_of
from masthead.formats.styled.mark_reader import MarkReader
from masthead.formats.styled.parts import Para, ParaKind, StyledPart, StyledTable
from masthead.formats.styled.spans import PARAGRAPH_END, TAB, Span, line_of, text_of

_FAR = 6  # parts within which the title must follow a line that only its position classifies
_ALSO_TITLES = (Fact.ADOPTION, Fact.BASIS, Fact.MODIFICATION)  # authors give them the style of a title
_MAX_LABEL = 30
_MAX_LINE = 120  # characters of such a line


@dataclass(slots=True)
class Opening:
    """The opening paragraphs by what they state. `length` is the number of parts that they take."""

    facts: dict[Fact, list[Para]] = field(default_factory=dict)
    length: int = 0

    def para(self, fact: Fact) -> Para:
        """Return the paragraphs with this fact as one; it is empty if there are none."""
        paras = self.facts.get(fact, ())
        between = PARAGRAPH_END if fact is Fact.AGENDA_TITLE else Span(" ")  # items of the agenda are separate
        spans = [span for para in paras for span in (*para.spans, between)][:-1]
        return Para(paras[0].number if paras else 1, fact, spans)

    def line(self, fact: Fact) -> str:
        """Return the text of the paragraphs with this fact as one line."""
        return " ".join(line_of(para.spans) for para in self.facts.get(fact, ()))


def read_opening(parts: Sequence[StyledPart], locale: Locale, *, ours: bool) -> Opening:
    """Classify the first `parts` of a document, up to the first that belongs to the text.

    `ours` says that styles alone decide, as in documents that Masthead wrote.
    """
    opening = Opening()
    last: Fact | None = None
    for place, part in enumerate(parts, 1):
        if isinstance(part, StyledTable):
            break
        if part.kind is ParaKind.LAYOUT:
            continue
        fact = part.kind if isinstance(part.kind, Fact) else None
        if not ours and (divided := _division(part, opening, last, locale)):
            fact = divided
        elif not ours and fact in (Fact.TITLE, Fact.SUBTITLE):
            said = fact_of(part.text.strip(), locale)
            fact = said if said in _ALSO_TITLES else fact
        elif fact is None and not ours:
            fact = fact_of(part.text.strip(), locale) or _by_position(part, opening, last, parts[place:], locale)
        if fact is None:
            break
        opening.facts.setdefault(fact, []).append(part)
        opening.length, last = place, fact
    return opening


def _division(para: Para, opening: Opening, last: Fact | None, locale: Locale) -> Fact | None:
    """Return whether a heading below the title is the label of a division, `Section 10`, or its title."""
    if Fact.TITLE not in opening.facts or para.kind not in (ParaKind.HEADING, Fact.TITLE, Fact.SUBTITLE):
        return None
    if patterns.match(para.text.strip(), locale.word("reading", "division")) and len(para.text) < _MAX_LABEL:
        return Fact.DIVISION
    return Fact.DIVISION_TITLE if last is Fact.DIVISION else None


def _names_kind(text: str, locale: Locale) -> bool:
    """Return whether a short line says what the document is: `Report of the Secretary-General`."""
    forms = locale.word("reading", "kinds").values()
    return (
        len(text) < _MAX_LINE
        and not text.endswith((".", ":", "。", "："))
        and any(re.match(form, text) for form in forms)
    )


def _titles_item(para: Para, after: Sequence[StyledPart], locale: Locale) -> bool:
    """Return whether a heading below an agenda item is the title of that item: the title of the document is below it.

    In the column of the text, where titles are, headings begin with TABs.
    """
    marks = MarkReader(DocumentType.REPORT, locale, ours=False)
    below: list[Para] = []
    for part in after:
        if not isinstance(part, Para) or part.kind is not ParaKind.HEADING or marks.is_heading(part.text):
            break
        below.append(part)
    own, *others = (text_of(each.spans).startswith(TAB) for each in (para, *below))
    if own or any(others):
        return not own
    return [_names_kind(each.text.strip(), locale) for each in below[:2]] == [False, True]


def _by_position(
    para: Para, opening: Opening, last: Fact | None, after: Sequence[StyledPart], locale: Locale
) -> Fact | None:
    """Return what an unnumbered heading states, or a short line before the title; None if it belongs to the text."""
    if para.kind is ParaKind.HEADING:
        if MarkReader(DocumentType.REPORT, locale, ours=False).is_heading(para.text):
            return None
        if Fact.TITLE not in opening.facts:
            is_item = last in (Fact.AGENDA_ITEM, Fact.AGENDA_TITLE)
            return Fact.AGENDA_TITLE if is_item and _titles_item(para, after, locale) else Fact.TITLE
        return Fact.SUBTITLE if last in (Fact.TITLE, Fact.MODIFICATION) else None
    if last is Fact.TITLE and _names_kind(para.text.strip(), locale):
        return Fact.SUBTITLE
    title_follows = any(
        isinstance(part, Para)
        and (part.kind in (Fact.TITLE, ParaKind.HEADING) or fact_of(part.text.strip(), locale) is Fact.TITLE)
        for part in after[:_FAR]
    )
    if Fact.TITLE in opening.facts or not title_follows:
        return None
    if last in (Fact.AGENDA_ITEM, Fact.AGENDA_TITLE):
        return Fact.AGENDA_TITLE
    if len(para.text) > _MAX_LINE:
        return None
    return Fact.PLACE if any(character.isdecimal() for character in para.text) else Fact.BODY
