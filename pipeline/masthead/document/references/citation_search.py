"""Text into citations: what it refers to, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache

from masthead.document.model import Inline, NoteCall, Reference, Text, inlines
from masthead.document.references.citation import Citation, Found, Kind
from masthead.document.references.forms import Form, Lexicon, lexicon
from masthead.document.terms import WESTERN, Language

_REACH = 64  # characters on either side of a word in which an ordinal stands
_DATE_REACH = 16  # characters on either side of a month in which the rest of a date stands
_WORD = re.compile(r"[^\W\d_]+")
_AROUND = "()[]“”«»،؛,;:."
_WORDS = 6  # of which an ordinal has at most
_LEAST_YEAR = 1000
_DAY = re.compile(r"(?:(?P<first>[0-9٠-٩]{1,2})[-–])?(?<![0-9٠-٩/.,])(?P<day>[0-9٠-٩]{1,2})(?:er)? (?:de )?\Z")
_YEAR = re.compile(r"(?: (?:de )?)(?P<year>[0-9٠-٩]{4})(?![0-9٠-٩])(?: года)?")
_YEAR_BEFORE = re.compile(r"(?P<year>[0-9]{4})年\Z")
_DAY_BEHIND = re.compile(r"(?P<day>[0-9]{1,2})日")
_COUNTED_BEFORE = re.compile(r"第(?P<ordinal>[〇一二三四五六七八九十0-9]{1,6})\Z")


def find_citations(content: Iterable[Inline], language: Language) -> tuple[Found, ...]:
    """Return what inline content refers to; places are those in its plain text, without note calls."""
    pieces: list[str] = []
    found: list[Found] = []
    length = 0
    for inline in inlines(content):
        match inline:
            case Text(text) | Reference(text):
                if isinstance(inline, Reference):
                    document = Citation(Kind.DOCUMENT, str(inline.target))
                    found.append(Found(document, length, length + len(text)))
                    text = "\0" * len(text)  # nothing else is found in it
                pieces.append(text)
                length += len(text)
            case NoteCall(number, asterisk):
                note = Citation(Kind.NOTE, "*" * number if asterisk else str(number))
                found.append(Found(note, length, length))
    text = "".join(pieces)
    words = lexicon(language)
    found += [*_dates(text, words), *_sessions(text, words)]
    taken = bytearray(len(text) + 1)
    for each in found:
        taken[each.start : each.end] = b"\1" * (each.end - each.start)
    for form in words.forms:
        for each in _formed(text, form, words):
            if not any(taken[each.start : each.end]):
                taken[each.start : each.end] = b"\1" * (each.end - each.start)
                found.append(each)
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def organs_named(text: str, language: Language) -> frozenset[str]:
    """The organs whose full names stand in `text`, by `Organ`'s values."""
    return frozenset(organ for organ, pattern in lexicon(language).organs.items() if pattern.search(text))


def _formed(text: str, form: Form, words: Lexicon) -> Iterator[Found]:
    for first in form.first.finditer(text):
        found: re.Match[str] | None = first
        start = first.start()
        while found is not None:
            if citation := _citation(form.kind, found, words):
                yield Found(citation, start, found.end())
            found = form.next.match(text, found.end()) if form.next else None
            if found:
                start = next((found.start(name) for name in ("n", "g", "mark") if _has(found, name)), found.start())


def _has(found: re.Match[str], name: str) -> bool:
    return found.groupdict().get(name) is not None


def _citation(kind: Kind, found: re.Match[str], words: Lexicon) -> Citation | None:
    groups = {key: value for key, value in found.groupdict().items() if value is not None}
    if "mark" in groups or kind is Kind.ANNEX:
        number = words.marks[kind].get(groups.get("mark", ""), 0)
        return Citation(kind, str(number or ""))
    if "g" in groups:
        return Citation(kind, f"{int(groups['g'])}.{groups['t'].translate(WESTERN)}")
    number = int(groups.get("n") or groups["m"])
    if kind is Kind.TREATY:
        return Citation(kind, f"{int(groups.get('v') or groups['w'])}/{number}")
    if kind is Kind.SESSION and _has(found, "n") and number < _LEAST_YEAR and not _is_ordinal(found):
        return None
    letter = f"({words.letters[groups['l']]})" if "l" in groups else ""
    return Citation(kind, f"{number}{letter}")


def _is_ordinal(found: re.Match[str]) -> bool:
    """Whether a number has the ending of an ordinal: `72nd`."""
    return found.string[found.end("n") : found.end("n") + 2] in ("st", "nd", "rd", "th")


def _dates(text: str, words: Lexicon) -> Iterator[Found]:
    chinese = words.language is Language.CHINESE
    for found in words.months.finditer(text):
        head = text[max(0, found.start() - _DATE_REACH) : found.start()]
        tail = text[found.end() : found.end() + _DATE_REACH]
        before = (_YEAR_BEFORE if chinese else _DAY).search(head)
        behind = (_DAY_BEHIND if chinese else _YEAR).match(tail)
        year, day = (before, behind) if chinese else (behind, before)
        month = int(found["month"]) if chinese else words.month_numbers[found["month"]]
        value = _date(year["year"] if year else "", month, day["day"] if day else "")
        if value:
            start = found.start() - (len(head) - before.start()) if before else found.start()
            yield Found(Citation(Kind.DATE, value), start, found.end() + (behind.end() if behind else 0))


@lru_cache(4096)
def _date(year: str, month: int, day: str) -> str:
    """The date in ISO 8601; empty where there is no such day, or neither day nor year."""
    with suppress(ValueError):
        if year and day:
            return date(int(year), month, int(day)).isoformat()
        if year and 1 <= month <= 12:
            return f"{int(year):04}-{month:02}"
        if day:
            return f"--{date(2000, month, int(day)).isoformat()[5:]}"
    return ""


def _sessions(text: str, words: Lexicon) -> Iterator[Found]:
    """Sessions counted by ordinals in words."""
    for found in words.session.finditer(text):
        if words.language is Language.CHINESE:
            head = text[max(0, found.start() - _DATE_REACH) : found.start()]
            counted = _COUNTED_BEFORE.search(head)
            if counted and (number := words.ordinals.get(counted["ordinal"])):
                start = found.start() - (len(head) - counted.start())
                yield Found(Citation(Kind.SESSION, str(number)), start, found.end())
            continue
        behind = words.language is Language.ARABIC
        near = (
            text[found.end() : found.end() + _REACH] if behind else text[max(0, found.start() - _REACH) : found.start()]
        )
        if _edge(near, behind=behind) not in words.edges:
            continue
        spans = [word.span() for word in _WORD.finditer(near)]
        if (match := _ordinal(near, spans, words, behind=behind)) is None:
            continue
        number, start, end = match
        at = found.end() if behind else found.start() - len(near)
        if behind and start == 0:
            yield Found(Citation(Kind.SESSION, str(number)), found.start(), at + end)
        elif not behind and end == len(near):
            yield Found(Citation(Kind.SESSION, str(number)), at + start, found.end())


def _edge(near: str, *, behind: bool) -> str:
    """The word that stands next, without the marks around it."""
    words = near.split(None, 1) if behind else near.rsplit(None, 1)
    return words[0 if behind else -1].strip(_AROUND).lower() if words else ""


def _ordinal(
    near: str, spans: Sequence[tuple[int, int]], words: Lexicon, *, behind: bool
) -> tuple[int, int, int] | None:
    """The longest ordinal at the edge of `near`: its number, start and end."""
    for count in range(min(_WORDS, len(spans)), 0, -1):
        part = spans[:count] if behind else spans[-count:]
        start, end = part[0][0], part[-1][1]
        if number := words.ordinals.get(near[start:end].lower()):
            return number, start, end
    return None
