"""The front of a transcript: the lines from Distr. to the enacting formula, each known by the locale's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from masthead.errors import SourceError
from masthead.locales import Locale
from masthead.model import Masthead
from masthead.reading.patterns import NUMBER, date_in, fold, match, organ_of
from masthead.reading.source import Line, Passage, passage_of
from masthead.terms import Organ

_MOST_LINES = 4  # that one fact of the front is broken over
_ISSUED = re.compile(r"\d{1,2}\D{3,30}\d{4}\.?")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Front:
    """What the front says.

    `number` is as printed, `adopted` the date of the adoption line, `length` the number of lines.
    """

    masthead: Masthead
    organ: Organ
    session: str
    agenda_item: str
    adoption: str
    adopted: date
    basis: Passage | None
    number: str
    title: Passage
    formula: Passage
    length: int


def read_front(lines: Sequence[Line], name: str, locale: Locale) -> Front:
    """Read the front from the non-empty `lines` of the source `name`. Raises SourceError for what is missing."""
    front = _Lines(lines, name)
    distribution = str(locale.word("masthead", "distribution"))
    _, category = front.take("the distribution", distribution.format(category="General"), _form(distribution))
    issued, _ = front.take("the date of issue", "18 August 2017", _ISSUED.fullmatch)
    names = " / ".join(locale.organ(organ) for organ in Organ)
    _, organ = front.take("the organ", names, lambda line: organ_of(line, locale))
    session, _ = _take_word(front, "the session", "session", locale)
    agenda_item, _ = _take_word(front, "the agenda item", "agenda_item", locale)
    adoption, adopted = front.take(
        "the adoption line", _adoptions(locale)[0], lambda line: _adopted(line, organ, locale)
    )
    basis = _basis(front, str(locale.word("resolution", "basis")))
    number_form = str(locale.word("resolution", "number"))
    numbered, number = front.take("the number and title", f"{number_form} …", _numbered(number_form))
    title = front.run_on(numbered, lambda line: _is_formula(line, organ, locale))
    formula, _ = front.take(
        "the enacting formula", _formula(organ, locale), lambda line: _is_formula(line, organ, locale) or None
    )
    return Front(
        Masthead(category["category"], issued.text),
        organ,
        session.text,
        agenda_item.text,
        adoption.text,
        adopted,
        basis,
        number["number"],
        title.cut(number.end()),
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
    return lambda line: match(line, [form])


def _take_word(front: _Lines, what: str, word: str, locale: Locale) -> tuple[Passage, re.Match[str]]:
    forms = locale.word("reading", word)
    return front.take(what, str(forms[0]).format(text="…"), lambda line: match(line, forms))


def _adoptions(locale: Locale) -> list[str]:
    """The forms of the adoption line: an organ of the other gender has another verb."""
    words = locale.words.get("resolution", {})
    return [locale.word("resolution", "adoption"), *(words[key] for key in words if key.startswith("adoption_"))]


def _adopted(line: str, organ: Organ, locale: Locale) -> date | None:
    return (
        date_in(line, locale)
        if match(line, _adoptions(locale), {"organ": [locale.organ(organ), locale.agent(organ)]})
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
    return re.compile(rf"{re.escape(before)}(?P<number>{NUMBER.pattern})\s*{sign}\s+(?=\S)").match


def _formula(organ: Organ, locale: Locale) -> str:
    return locale.formula(organ)


def _is_formula(line: str, organ: Organ, locale: Locale) -> bool:
    """Tell whether `line` is the enacting formula; before a single operative paragraph it has no comma."""
    return fold(line).strip("*").rstrip(",،*") == fold(_formula(organ, locale)).rstrip(",،")
