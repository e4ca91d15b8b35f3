"""Find all citations in inline content, in six languages.

Documents are `Reference`s already: `document_search` found them when the source was read. Everything else is found here
by the patterns of `forms`, except dates and sessions in words. Those are recognized by the word for the month or for
"session", and then completed with what is around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache

from masthead.document.model import Hyperlink, Inline, NoteCall, Reference, Text, characters, inlines
from masthead.document.references.citation import Citation, Found, Kind
from masthead.document.references.forms import Form, Lexicon, lexicon
from masthead.document.terms import SEARCHABLE, Language, as_western, replacing

_REACH = 64  # characters next to "session" that are searched for an ordinal
_DATE_REACH = 16  # characters before a month, or before a Chinese session, that are searched for the rest of it
_WORD = re.compile(r"[^\W\d_]+")
_as_plain = replacing(SEARCHABLE | str.maketrans("٫٬", ".,"))  # with the marks of Arabic-Indic numbers in printed text
_AROUND = "()[]“”«»،؛,;:."
_WORDS = 6  # the longest ordinal
_LEAST_YEAR = 1000  # sessions with a higher number are named by year
_DAY = re.compile(r"(?:(?P<first>[0-9٠-٩]{1,2})[-–])?(?<![0-9٠-٩/.,])(?P<day>[0-9٠-٩]{1,2})(?:er)? (?:de )?\Z")
_YEAR = re.compile(r"(?: (?:de )?)(?P<year>[0-9٠-٩]{4})(?![0-9٠-٩])(?: года)?")
_YEAR_BEFORE = re.compile(r"(?P<year>[0-9]{4})年\Z")
_DAY_AFTER = re.compile(r"(?P<day>[0-9]{1,2})日")
_COUNTED_BEFORE = re.compile(r"第(?P<ordinal>[〇一二三四五六七八九十0-9]{1,6})\Z")


def find_citations(content: Iterable[Inline], language: Language, *, in_links: bool = False) -> tuple[Found, ...]:
    """Return the citations in inline content, in order. Their places are offsets in its plain text.

    With `in_links`, those that a reference to a label consists of are found too.
    """
    pieces: list[str] = []
    found: list[Found] = []
    length = 0
    for inline in inlines(content):
        text = characters(inline)
        match inline:
            case Reference():
                document = Citation(Kind.DOCUMENT, str(inline.target))
                found.append(Found(document, length, length + len(text)))
            case NoteCall(number, asterisk):
                note = Citation(Kind.NOTE, "*" * number if asterisk else str(number))
                found.append(Found(note, length, length))
        # Nothing else is found in a reference or a link, or across raised text and the end of a line.
        is_label = in_links and isinstance(inline, Hyperlink) and inline.address.startswith("#")
        pieces.append(text if is_label or isinstance(inline, Text) else "\0" * len(text))
        length += len(text)
    text = _as_plain("".join(pieces))
    words = lexicon(language)
    found += [*_dates(text, words), *_sessions(text, words)]
    taken = bytearray(len(text) + 1)  # citations do not overlap: whatever is found first keeps its place
    for each in found:
        taken[each.start : each.end] = b"\1" * (each.end - each.start)
    for form in words.forms:
        for each in _formed(text, form, words):
            if not any(taken[each.start : each.end]):
                taken[each.start : each.end] = b"\1" * (each.end - each.start)
                found.append(each)
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def organs_named(text: str, language: Language) -> frozenset[str]:
    """Return the organs whose full names occur in `text`, as values of `Organ`."""
    return frozenset(organ for organ, pattern in lexicon(language).organs.items() if pattern.search(text))


def _formed(text: str, form: Form, words: Lexicon) -> Iterator[Found]:
    for first in form.first.finditer(text):
        found: re.Match[str] | None = first
        start, citation = first.start(), None
        while found is not None:
            if _has(found, "next"):
                outer, has_letter, _ = citation.value.partition("(") if citation else ("", "", "")
                citation = Citation(form.kind, f"{outer}({words.letters[found['next']]})") if has_letter else None
            else:
                citation = _citation(form.kind, found, words)
            if citation:
                yield Found(citation, start, found.end())
            found = form.next.match(text, found.end()) if form.next else None
            if found:
                start = next(
                    (found.start(name) - (name == "next") for name in ("n", "g", "mark", "next") if _has(found, name)),
                    found.start(),
                )


def _has(found: re.Match[str], name: str) -> bool:
    return found.groupdict().get(name) is not None


def _citation(kind: Kind, found: re.Match[str], words: Lexicon) -> Citation | None:
    groups = {key: value for key, value in found.groupdict().items() if value is not None}
    within = f".{words.marks[Kind.SECTION].get(groups['in'], groups['in'])}" if "in" in groups else ""
    if "mark" in groups or kind is Kind.ANNEX:
        number = words.marks[kind].get(groups.get("mark", ""), 0)
        return Citation(kind, f"{number or ''}{within}")
    if "g" in groups:
        return Citation(kind, f"{int(groups['g'])}.{as_western(groups['t'])}")
    number = int(groups.get("n") or groups["m"])
    if kind is Kind.TREATY:
        return Citation(kind, f"{int(groups.get('v') or groups['w'])}/{number}")
    if kind is Kind.SESSION and _has(found, "n") and number < _LEAST_YEAR and not _is_ordinal(found):
        return None
    letter = f"({words.letters[groups['l']]})" if "l" in groups else ""
    return Citation(kind, f"{number}{within}{letter}")


def _is_ordinal(found: re.Match[str]) -> bool:
    """Return whether a number has the ending of an ordinal: `72nd`."""
    return found.string[found.end("n") : found.end("n") + 2] in ("st", "nd", "rd", "th")


def _dates(text: str, words: Lexicon) -> Iterator[Found]:
    chinese = words.language is Language.CHINESE
    for found in words.months.finditer(text):
        before = (_YEAR_BEFORE if chinese else _DAY).search(text, max(0, found.start() - _DATE_REACH), found.start())
        after = (_DAY_AFTER if chinese else _YEAR).match(text, found.end())
        year, day = (before, after) if chinese else (after, before)
        month = int(found["month"]) if chinese else words.month_numbers[found["month"]]
        value = _date(year["year"] if year else "", month, day["day"] if day else "")
        if value:
            yield Found(Citation(Kind.DATE, value), (before or found).start(), (after or found).end())


@lru_cache(4096)
def _date(year: str, month: int, day: str) -> str:
    """Return a date in ISO 8601, or an empty string if there is no such day, or neither a day nor a year."""
    with suppress(ValueError):
        if year and day:
            return date(int(year), month, int(day)).isoformat()
        if year and 1 <= month <= 12:
            return f"{int(year):04}-{month:02}"
        if day:
            return f"--{date(2000, month, int(day)).isoformat()[5:]}"
    return ""


def _sessions(text: str, words: Lexicon) -> Iterator[Found]:
    """Yield the sessions that are counted by ordinals in words."""
    for found in words.session.finditer(text):
        if words.language is Language.CHINESE:
            counted = _COUNTED_BEFORE.search(text, max(0, found.start() - _DATE_REACH), found.start())
            if counted and (number := words.ordinals.get(counted["ordinal"])):
                yield Found(Citation(Kind.SESSION, str(number)), counted.start(), found.end())
            continue
        after = words.language is Language.ARABIC
        origin = found.end() if after else max(0, found.start() - _REACH)
        near = text[origin : origin + _REACH] if after else text[origin : found.start()]
        if _edge(near, after=after) not in words.edges:  # faster than looking for an ordinal in every case
            continue
        spans = [word.span() for word in _WORD.finditer(near)]
        if (match := _ordinal(near, spans, words, after=after)) is None:
            continue
        number, start, end = match
        if after and start == 0:
            yield Found(Citation(Kind.SESSION, str(number)), found.start(), origin + end)
        elif not after and end == len(near):
            yield Found(Citation(Kind.SESSION, str(number)), origin + start, found.end())


def _edge(near: str, *, after: bool) -> str:
    """Return the word next to "session", without punctuation."""
    words = near.split(None, 1) if after else near.rsplit(None, 1)
    return words[0 if after else -1].strip(_AROUND).lower() if words else ""


def _ordinal(
    near: str, spans: Sequence[tuple[int, int]], words: Lexicon, *, after: bool
) -> tuple[int, int, int] | None:
    """Return the longest ordinal at the edge of `near`, as number, start and end."""
    for count in range(min(_WORDS, len(spans)), 0, -1):
        part = spans[:count] if after else spans[-count:]
        start, end = part[0][0], part[-1][1]
        if number := words.ordinals.get(near[start:end].lower()):
            return number, start, end
    return None
