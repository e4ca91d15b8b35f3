"""The front of a transcript: the lines from Distr. to the enacting formula, each known by the locale's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from masthead.document import Locale, Masthead, Organ, SourceError, patterns
from masthead.formats.source import Line, Passage, passage_of

_MOST_LINES = 4  # that one fact of the front is broken over
_DATED = re.compile(r"\d{4}")  # a place's line: where and when the organ met
_ISSUED = re.compile(r"\d{1,2}\D{3,30}\d{4}\.?")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Front:
    """What the front says.

    `number` is as printed, or in this order where it stands in place of a title; `adopted` is the date of the adoption
    line, `length` the number of lines. In a composite resolution each part has its formula.
    """

    masthead: Masthead
    organ: Organ
    session: str
    place: str
    agenda_item: str
    adoption: str
    adopted: date
    basis: Passage | None
    number: str
    title: Passage | None
    formula: Passage | None
    length: int


def read_front(lines: Sequence[Line], name: str, locale: Locale) -> Front:
    """Read the front from the non-empty `lines` of the source `name`. Raises SourceError for what is missing."""
    front = _Lines(lines, name)
    distribution = str(locale.word("masthead", "distribution"))
    _, category = front.take("the distribution", distribution.format(category="General"), _form(distribution))
    issued, _ = front.take("the date of issue", "18 August 2017", _ISSUED.fullmatch)
    translation, original = _languages(front, locale)
    names = " / ".join(locale.organ(organ) for organ in Organ)
    _, organ = front.take("the organ", names, lambda line: patterns.find_organ(line, locale))
    if subsidiary := front.peek(lambda line: patterns.find_organ(line, locale)):
        organ = subsidiary[1]
    session = place = agenda_item = ""
    number = title = None
    if organ is Organ.SECURITY_COUNCIL:
        form = str(locale.word("resolution", "untitled"))
        _, found = front.take("the number", form, lambda line: patterns.match(line, [form]))
        number = f"{found['year']}/{found['serial']}"
        adoption, adopted = front.take("the adoption line", "… {date}", lambda line: patterns.find_date(line, locale))
    else:
        session = _take_word(front, "the session", "session", locale)
        if dated := front.peek(lambda line: _DATED.search(line) if not _is_word(line, "agenda_item", locale) else None):
            place = dated[0].text
        agenda_item = _take_word(front, "the agenda item", "agenda_item", locale)
        adoption, adopted = front.take(
            "the adoption line", _adoptions(locale)[0], lambda line: _adopted(line, organ, locale)
        )
    basis = _basis(front, str(locale.word("resolution", "basis")))
    if number is None:
        number_form = str(locale.word("resolution", "number"))
        numbered, found = front.take("the number and title", f"{number_form} …", _numbered(number_form))
        number = found["number"]
        title = front.run_on(numbered, lambda line: _is_formula(line, organ, locale)).cut(found.end())
    formula = None
    if not front.next_is(locale.counted("marks", "part", 1, locale.language.digits)):
        formula, _ = front.take(
            "the enacting formula", _formula(organ, locale), lambda line: _is_formula(line, organ, locale) or None
        )
    return Front(
        Masthead(category["category"], issued.text, original, translation),
        organ,
        session,
        place,
        agenda_item,
        adoption.text,
        adopted,
        basis,
        number,
        title,
        formula,
        front.at,
    )


class _Lines:
    """The lines of the front while they are read, one fact after the other."""

    def __init__(self, lines: Sequence[Line], name: str) -> None:
        self.lines, self.name, self.at = lines, name, 0

    def take(self, what: str, example: str, read: Callable[[str], T | None]) -> tuple[Passage, T]:
        """Take the next line, or it with those it runs on to, of which `read` makes something.

        Raises SourceError when it makes nothing of them.
        """
        for count in range(1, _MOST_LINES + 1):
            parts = self.lines[self.at : self.at + count]
            if len(parts) < count or parts[-1].number - parts[0].number >= count:
                break
            passage = passage_of(parts)
            if (result := read(passage.text)) is not None:
                self.at += count
                return passage, result
        hint = f"{what} looks like this: {example}"
        if self.at >= len(self.lines):
            where = f"{self.name}:{self.lines[-1].number}"
            raise SourceError(f"the source ends before {what}", where=where, hint=hint)
        line = self.lines[self.at]
        found = line.text if len(line.text) <= 60 else f"{line.text[:59]}…"
        raise SourceError(f"expected {what}, found “{found}”", where=f"{self.name}:{line.number}", hint=hint)

    def peek(self, read: Callable[[str], T | None]) -> tuple[Line, T] | None:
        """Take the next line if `read` makes something of it."""
        line = self.lines[self.at] if self.at < len(self.lines) else None
        result = read(line.text) if line else None
        if line is None or result is None:
            return None
        self.at += 1
        return line, result

    def next_is(self, text: str) -> bool:
        return self.at < len(self.lines) and self.lines[self.at].text == text

    def run_on(self, passage: Passage, ends: Callable[[str], bool]) -> Passage:
        """Return the last line taken with those that follow it without a gap, up to one that `ends` it."""
        start = self.at - len(passage.starts)
        while (
            self.at < len(self.lines)
            and self.lines[self.at].number == self.lines[self.at - 1].number + 1
            and not ends(self.lines[self.at].text)
        ):
            self.at += 1
        return passage_of(self.lines[start : self.at])


def _form(form: str) -> Callable[[str], re.Match[str] | None]:
    return lambda line: patterns.match(line, [form])


def _take_word(front: _Lines, what: str, word: str, locale: Locale) -> str:
    example = str(locale.word("reading", word)[0]).format(text="…")
    return front.take(what, example, lambda line: _is_word(line, word, locale))[0].text


def _is_word(line: str, word: str, locale: Locale) -> re.Match[str] | None:
    return patterns.match(line, locale.word("reading", word))


def _languages(front: _Lines, locale: Locale) -> tuple[bool, str]:
    """Take the lines of the Distr. block that say this language, in a translation, and the original's."""
    own = str(locale.word("masthead", "language"))
    translation = front.peek(lambda line: line == own or None)
    original = front.peek(_form(str(locale.word("masthead", "original"))))
    return bool(translation), original[1]["language"] if original else ""


def _adoptions(locale: Locale) -> list[str]:
    """The forms of the adoption line: an organ of the other gender has another verb."""
    words = locale.words.get("resolution", {})
    return [locale.word("resolution", "adoption"), *(words[key] for key in words if key.startswith("adoption_"))]


def _adopted(line: str, organ: Organ, locale: Locale) -> date | None:
    return (
        patterns.find_date(line, locale)
        if patterns.match(line, _adoptions(locale), {"organ": [locale.organ(organ), locale.agent(organ)]})
        else None
    )


def _basis(front: _Lines, form: str) -> Passage | None:
    """Take the bracket line, if there is one, without its brackets."""
    before, _, behind = form.partition("{text}")
    if front.at >= len(front.lines) or not front.lines[front.at].text.startswith(before):
        return None
    line, _ = front.take(
        "the end of the bracket line", form.format(text="…"), lambda text: text.endswith(behind) or None
    )
    return Passage(line.text[: -len(behind) or None], line.starts).cut(len(before))


def _numbered(form: str) -> Callable[[str], re.Match[str] | None]:
    """Match a resolution number in its `form` at the start of a line that goes on."""
    before, _, behind = form.partition("{number}")
    sign = re.escape(behind.strip()).replace(r"\-", "[-–—]")
    return re.compile(rf"{re.escape(before)}(?P<number>{patterns.NUMBER.pattern})\s*{sign}\s+(?=\S)").match


def _formula(organ: Organ, locale: Locale) -> str:
    return locale.formula(organ)


def _is_formula(line: str, organ: Organ, locale: Locale) -> bool:
    """Tell whether `line` is the enacting formula; before a single operative paragraph it has no comma."""
    return patterns.fold(line).strip("*").rstrip(",،，*") == patterns.fold(_formula(organ, locale)).rstrip(",،，")
