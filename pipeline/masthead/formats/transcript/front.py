"""The front of a transcript: the lines from Distr. to the enacting formula, each known by the words of the locale."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from masthead.document import Locale, Masthead, Organ, SourceError, patterns
from masthead.formats.opening_lines import (
    Fact,
    adoption_date,
    is_restriction,
    masthead_forms,
    match_number,
    number_in_title,
)
from masthead.formats.record import Record
from masthead.formats.source import Passage, SourceLine

_MOST_LINES = 4  # that one fact of the front is broken over
_MOST_WRONG = 4  # lines among which a fact is searched
_DATED = re.compile(r"\d{4}")  # in the line that says where and when the organ met
_FIELD = re.compile(r"\{\w+\}")  # of a form
_ISSUED = re.compile(r"\d{1,2}\D{3,30}\d{4}\.?")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TranscriptFront:
    """What the front says.

    `facts` are the lines from the session to the title, which begins with the number. `adopted` is the date of the
    adoption line, None without one, `length` the number of lines. In a composite resolution the parts have formulas,
    and the front none.
    """

    masthead: Masthead
    organ: Organ
    facts: Mapping[Fact, Passage]
    adopted: date | None
    formula: Passage | None
    length: int


def read_front(lines: Sequence[SourceLine], record: Record, locale: Locale) -> TranscriptFront:
    """Read the front from the `lines` of a source. What is missing or wrong is refused, with the line."""
    front = _Lines(lines, record)
    masthead = _masthead(front, locale)
    names = " / ".join(locale.organ(organ) for organ in Organ)
    organ = front.take("the organ", names, lambda line: patterns.find_organ(line, locale))[1] or Organ.first()
    if subsidiary := front.peek(lambda line: patterns.find_organ(line, locale)):
        organ = subsidiary[1]
    facts: dict[Fact, Passage] = {}
    if organ is Organ.SECURITY_COUNCIL:
        form = str(locale.word("resolution", "untitled"))
        facts[Fact.TITLE], _ = front.take("the number", form, lambda line: number_in_title(line, locale))
        facts[Fact.ADOPTION], adopted = front.take(
            "the adoption line", "… {date}", lambda line: patterns.find_date(line, locale)
        )
        _take_basis(front, facts, locale)
    else:
        facts[Fact.SESSION] = _take_word(front, "the session", "session", locale)
        if dated := front.peek(lambda line: _DATED.search(line) if not _is_word(line, "agenda_item", locale) else None):
            facts[Fact.PLACE] = dated[0]
        facts[Fact.AGENDA_ITEM] = _take_word(front, "the agenda item", "agenda_item", locale)
        form = str(locale.word("resolution", "adoption"))
        facts[Fact.ADOPTION], adopted = front.take(
            "the adoption line", form, lambda line: adoption_date(line, locale, [organ])
        )
        _take_basis(front, facts, locale)
        form = str(locale.word("resolution", "number"))
        first, numbered = front.take("the number and title", f"{form} …", lambda line: match_number(line, locale))
        facts[Fact.TITLE] = front.run_on(first, lambda line: _is_formula(line, organ, locale)) if numbered else first
    formula = None
    if not front.next_is(locale.counted("marks", "part", 1, locale.language.digits)):
        passage, is_formula = front.take(
            "the enacting formula", locale.formula(organ), lambda line: _is_formula(line, organ, locale) or None
        )
        formula = passage if is_formula else None
    return TranscriptFront(masthead, organ, facts, adopted, formula, front.at)


class _Lines:
    """The lines of the front while they are read, one fact after the other."""

    def __init__(self, lines: Sequence[SourceLine], record: Record) -> None:
        self.lines, self.record, self.at = lines, record, 0
        self._refused = -1  # the index of the line that was refused last

    def take(self, what: str, example: str, read: Callable[[str], T | None]) -> tuple[Passage, T | None]:
        """Take the next line, alone or with those that it runs on to, for which `read` returns something.

        Refuse the line if it returns nothing, with `what` is missing and the example. Then the text is found after that
        line, or is empty: the others are read all the same. Raises SourceError if there is no further line.
        """
        for at in range(self.at, min(self.at + _MOST_WRONG, len(self.lines))):
            for count in range(1, _MOST_LINES + 1):
                parts = self.lines[at : at + count]
                if len(parts) < count or parts[-1].number - parts[0].number >= count:
                    break
                passage = Passage.of_lines(parts)
                if (result := read(passage.text)) is not None:
                    if at > self.at:
                        self._refuse(what, example)
                    self.at = at + count
                    return passage, result
        self._refuse(what, example)
        return Passage("", ((0, self.lines[self.at].number),)), None

    def _refuse(self, what: str, example: str) -> None:
        """Refuse the line at which something else was expected, unless that is known."""
        hint = f"{what} looks like this: {_FIELD.sub('…', example.replace('{number}', '64/293'))}"
        if self.at >= len(self.lines):
            where = self.record.where(self.lines[-1].number)
            self.record.refuse(SourceError(f"the source ends before {what}", where=where, hint=hint))
            raise self.record.error()
        if self._refused == self.at:
            return
        self._refused, line = self.at, self.lines[self.at]
        found = line.text if len(line.text) <= 60 else f"{line.text[:59]}…"
        where = self.record.where(line.number)
        self.record.refuse(SourceError(f"expected {what}, found “{found}”", where=where, hint=hint))

    def peek(self, read: Callable[[str], T | None]) -> tuple[Passage, T] | None:
        """Take the next line if `read` returns something for it."""
        line = self.lines[self.at] if self.at < len(self.lines) else None
        result = read(line.text) if line else None
        if line is None or result is None:
            return None
        self.at += 1
        return Passage.of_lines([line]), result

    def next_is(self, text: str) -> bool:
        return self.at < len(self.lines) and self.lines[self.at].text == text

    def run_on(self, passage: Passage, ends: Callable[[str], bool]) -> Passage:
        """Return the passage taken last with the lines that follow it without a gap, up to one that `ends` it."""
        start = self.at - len(passage.starts)
        while (
            self.at < len(self.lines)
            and self.lines[self.at].number == self.lines[self.at - 1].number + 1
            and not ends(self.lines[self.at].text)
        ):
            self.at += 1
        return Passage.of_lines(self.lines[start : self.at])


def _masthead(front: _Lines, locale: Locale) -> Masthead:
    """Take the Distr. block: the distribution, the date of issue, and the languages."""
    distribution = str(locale.word("masthead", "distribution"))
    _, category = front.take("the distribution", distribution.format(category="General"), _form(distribution))
    issued, _ = front.take("the date of issue", "18 August 2017", _ISSUED.fullmatch)
    language = str(locale.word("masthead", "language"))
    translation = front.peek(lambda line: line == language or None)
    original = front.peek(_form(str(locale.word("masthead", "original"))))
    restriction = front.peek(lambda line: line if is_restriction(line, locale) else None)
    return Masthead(
        category["category"] if category else "",
        issued.text or "?",  # it is refused already
        original[1]["language"] if original else "",
        translation is not None,
        restriction=restriction[1] if restriction else "",
    )


def _form(form: str) -> Callable[[str], re.Match[str] | None]:
    return lambda line: patterns.match(line, masthead_forms(form))


def _take_word(front: _Lines, what: str, word: str, locale: Locale) -> Passage:
    example = str(locale.word("reading", word)[0]).format(text="…")
    return front.take(what, example, lambda line: _is_word(line, word, locale))[0]


def _is_word(line: str, word: str, locale: Locale) -> re.Match[str] | None:
    return patterns.match(line, locale.word("reading", word))


def _take_basis(front: _Lines, facts: dict[Fact, Passage], locale: Locale) -> None:
    """Take the line in brackets, if there is one."""
    form = str(locale.word("resolution", "basis"))
    before, _, after = form.partition("{text}")
    if front.at < len(front.lines) and front.lines[front.at].text.startswith(before):
        facts[Fact.BASIS], _ = front.take(
            "the end of the bracket line", form.format(text="…"), lambda text: text.endswith(after) or None
        )


def _is_formula(line: str, organ: Organ, locale: Locale) -> bool:
    """Return whether a line is the enacting formula; before a single operative paragraph it has no comma."""
    return patterns.fold(line).strip("*").rstrip(",،，*") == patterns.fold(locale.formula(organ)).rstrip(",،，")
