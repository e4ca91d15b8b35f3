"""What stands between a printed document's head and its text, told by its words; and the facts in the head itself.

Readers of forms that have no keys, Word and transcripts, share it: they know a line by its style or its place, or else
by what it says in its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from masthead.document import (
    WESTERN,
    DocumentType,
    JobNumber,
    Locale,
    Masthead,
    Organ,
    ResolutionNumber,
    Symbol,
    patterns,
)

ISSUED = re.compile(r"\d{1,2}\D{3,30}\d{4}\.?|\d{4}年.{2,9}日")


class Fact(Enum):
    """What a line of a document's opening says."""

    DISTRIBUTION = auto()
    ISSUED = auto()
    LANGUAGE = auto()
    ORGAN = auto()
    BODY = auto()
    SESSION = auto()
    PLACE = auto()
    AGENDA_ITEM = auto()
    AGENDA_TITLE = auto()
    ADOPTION = auto()
    BASIS = auto()
    SPONSORS = auto()
    TITLE = auto()
    SUBTITLE = auto()
    MODIFICATION = auto()


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """What the block at the head of page one says; None where it does not."""

    symbol: Symbol | None
    organ: Organ | None
    masthead: Masthead | None


def fact_of(text: str, locale: Locale) -> Fact | None:
    """Tell what a line below the masthead says by its words."""
    organ = patterns.find_organ(text, locale)
    if organ is not None and organ.parent is not organ:
        return Fact.ORGAN
    if patterns.fold(text) in map(patterns.fold, locale.words["types"].values()):
        return Fact.MODIFICATION
    if patterns.match(text, locale.word("reading", "session")):
        return Fact.SESSION
    if patterns.match(text, locale.word("reading", "agenda_item")):
        return Fact.AGENDA_ITEM
    if is_adoption(text, locale):
        return Fact.ADOPTION
    if numbered(text, locale) or untitled(text, locale):
        return Fact.TITLE
    if unframed(text, str(locale.word("resolution", "basis"))) is not None:
        return Fact.BASIS
    return None


def adoption_date(text: str, locale: Locale, organs: Iterable[Organ] = tuple(Organ)) -> date | None:
    """Return the date in a line that says when one of `organs` adopted a resolution, or None for any other line."""
    words = locale.words.get("resolution", {})
    # Where the name of an organ has another gender, the verb has another form.
    forms = [str(words[key]) for key in words if key.startswith("adoption")]
    names = [name for organ in organs for name in (locale.organ(organ), locale.agent(organ))]
    return patterns.find_date(text, locale) if patterns.match(text, forms, {"organ": names}) else None


def is_adoption(text: str, locale: Locale) -> bool:
    """Tell whether a line says who adopted a resolution and when."""
    if adoption_date(text, locale):
        return True
    # The Security Council's say at which meeting, too.
    council = locale.words["references"]["organs"][Organ.SECURITY_COUNCIL]
    return len(text) < _LONGEST and bool(re.search(council, text)) and _ends_with_date(text, locale)


def numbered(text: str, locale: Locale) -> re.Match[str] | None:
    """Match a resolution's number in its form, `number`, at the start of its title."""
    before, _, behind = str(locale.word("resolution", "number")).partition("{number}")
    sign = re.escape(behind.strip()).replace(r"\-", "[-–—]")
    return re.match(rf"{re.escape(before)}(?P<number>{patterns.NUMBER.pattern})\s*{sign}\s+(?=\S)", text)


def untitled(text: str, locale: Locale) -> ResolutionNumber | None:
    """Return the number of a resolution that has no title: `Resolution 2254 (2015)`."""
    found = patterns.match(text.translate(WESTERN), [str(locale.word("resolution", "untitled"))])
    with suppress(ValueError, TypeError):
        return ResolutionNumber(int(found["year"]), int(found["serial"])) if found else None
    return None


def unframed(text: str, form: str) -> tuple[int, int] | None:
    """Where in `text` that stands which `form`, `[{text}]`, frames; None where `text` has not that form."""
    before, _, behind = form.partition("{")[0], "", form.rpartition("}")[2]
    if len(text) > len(before) + len(behind) and text.startswith(before) and text.endswith(behind):
        return len(before), len(text) - len(behind)
    return None


def is_closing(text: str, locale: Locale) -> bool:
    """Tell whether a line is a meeting or a date and nothing else."""
    form, months = locale.word("dates", "text"), locale.word("dates", "months")
    date = patterns.match(text, [form], {"month": months})
    if date and len(date["day"]) <= 4 and len(date["year"]) == 4:  # 1er has three characters
        return True
    return patterns.match(text, locale.word("reading", "meeting")) is not None


def read_head(lines: Sequence[tuple[str, Fact | None]], locale: Locale) -> PrintedHead:
    """Read the lines of the head, each with what it is known to say already."""
    symbol, organ, distribution, issued, original, translation = None, None, None, "", "", False
    for text, fact in lines:
        if fact is Fact.DISTRIBUTION or (distribution is None and fact is None):
            said = _said(text, str(locale.word("masthead", "distribution")))
            if fact is not None or said is not None:
                distribution = text if said is None else said
                continue
        if fact is Fact.ISSUED or (fact is None and distribution is not None and not issued and ISSUED.fullmatch(text)):
            issued = text
        elif fact is Fact.LANGUAGE or (fact is None and issued and not original):
            said = _said(text, str(locale.word("masthead", "original")))
            original = original if said is None else said
            translation = translation or (said is None and text == locale.word("masthead", "language"))
        if fact is None:
            symbol = symbol or symbol_of(text)
            organ = organ or masthead_organ_of(text, locale)
    masthead = None if distribution is None else Masthead(distribution, issued, original, translation)
    return PrintedHead(symbol, organ, masthead)


def symbol_of(text: str) -> Symbol | None:
    """The symbol that a line is."""
    with suppress(ValueError):
        return Symbol.parse(text.strip())
    return None


def job_number(text: str) -> JobNumber | None:
    """Return the job number that is the whole of `text`, or None."""
    with suppress(ValueError):
        return JobNumber.parse(text)
    return None


def masthead_organ_of(text: str, locale: Locale) -> Organ | None:
    """The organ that a masthead names so, letters spaced or stretched as it will have them."""
    squeezed = patterns.fold(text).replace(" ", "")
    for organ in Organ:
        if squeezed in (
            patterns.fold(name).replace(" ", "") for name in (locale.organ(organ), locale.masthead_organ(organ))
        ):
            return organ
    return None


def kind_of(symbol: Symbol, modification: str, headlines: Iterable[str], locale: Locale) -> DocumentType:
    """Tell what kind of document it is by its symbol, the word under its title, and its title and subtitle."""
    for kind, word in locale.words["types"].items():
        if patterns.fold(word) == patterns.fold(modification):
            return DocumentType(kind)
    for pattern, told in _BY_SYMBOL:
        if re.search(pattern, str(symbol)):
            return told
    kinds = locale.words["reading"].get("kinds", {})
    return next(
        (DocumentType(kind) for line in headlines for kind, pattern in kinds.items() if re.match(pattern, line)),
        DocumentType.REPORT,
    )


_LONGEST = 200  # characters of an adoption line
_BY_SYMBOL = (
    (r"/L\.\d", DocumentType.DRAFT),
    (r"/RES/", DocumentType.RESOLUTION),
    (r"/DEC/", DocumentType.DECISION),
    (r"/Rev\.\d", DocumentType.REVISION),
)


def _said(text: str, form: str) -> str | None:
    """What `text` says in the place of a form's one word, character for character where it can be."""
    if place := unframed(text, form):
        return text[slice(*place)]
    found = patterns.match(text, [form])
    return next(iter(found.groups())) if found else None


def _ends_with_date(text: str, locale: Locale) -> bool:
    return patterns.find_date(text, locale) is not None and bool(re.search(r"\d\D{0,8}$", text))
