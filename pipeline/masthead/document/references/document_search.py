"""Find the documents that plain text names: symbols and resolution numbers become references.

Readers run this search on the characters of a source. `citation_search` runs later, on inline content in which these
documents are references already, and finds everything else that a text cites.

A symbol (`A/71/119`) is its own target. A number counts only after the word "resolution" or "decision" in the same
paragraph: `64/293` is a resolution of the General Assembly, `2017/18` of the Economic and Social Council,
`2254 (2015)` of the Security Council. The Human Rights Council also numbers by session: such a number is its own if
its name comes just before, and in its own documents unless the Assembly's name does.

Text extracted from Arabic pages often has numbers in visual order, from left to right: the serial before the session.
What is possible decides between the two orders: session n of the Assembly opens in September of 1945 + n, its
resolutions are numbered by session since the 31st, those of the Economic and Social Council by year since 1978, and a
document names nothing later than itself. If both orders are possible, a date beside the number decides; without one
the number takes the order of most numbers in the transcript, and a doubt is recorded. A number that is impossible in
both orders stays text, also with a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import lru_cache

from masthead.document import organizations, symbols
from masthead.document.findings import Severity
from masthead.document.locales import Locale
from masthead.document.model import Reference, Text
from masthead.document.organizations import Organization, per_organization
from masthead.document.patterns import NUMBER, both_orders, find_date
from masthead.document.terms import DocumentType, Organ, ResolutionNumber, Symbol, as_searchable, as_western

_FIRST_SESSION = 31  # earlier resolutions were numbered across all sessions: 2625 (XXV)
_FIRST_YEAR = 1978  # the Economic and Social Council has numbered by year since
_HIGHEST_SERIAL = 999
_RESOLUTION, _DECISION = "RES", "DEC"
_ORGAN_DISTANCE = 80  # characters before a number that are searched for the name of its organ
_DATE_DISTANCE = 40  # characters after a number that are searched for its date
# Of a special session, or of an emergency special session: S-32/1, ES-10/22.
_SPECIAL = r"(?<![\w/-])(?P<session>ES|ЭС|دإط|S|دإ|دا)-(?P<order>[0-9٠-٩]{1,3})/(?P<serial>[0-9٠-٩]{1,3})(?![0-9٠-٩/])"
_FIRST = "[A-ZЭد0-9٠-٩]"  # what begins a symbol or a number: so most characters are passed over at once
_EMERGENCY = ("ES", "ЭС", "دإط")
_COUNCIL = (
    r"(?<![0-9٠-٩/])(?:[0-9٠-٩]{1,4} \([0-9٠-٩]{4}\)"
    r"|[0-9]{1,4}\([0-9]{4}\)(?=(?:[、和及以]{1,2}第? ?[0-9]{1,4} ?\([0-9]{4}\)){0,30}号))"  # Chinese has no space
)
_LETTERS = re.compile(symbols.LETTERS)
_UNITED_NATIONS = frozenset(organizations.bundled().organs)
_ADOPTED = re.compile("/(?:RES|DEC)/[0-9]+/[0-9]+$")


class NumberOrder(Enum):
    """Which of a resolution's two numbers a source writes first."""

    LOGICAL = "session or year, then serial"
    VISUAL = "serial, then session or year: an Arabic page read from left to right"


@dataclass(frozen=True, slots=True)
class Context:
    """Facts about a document that decide how its numbers are read.

    `latest` is the last date on which anything it names can have been adopted. `habit` is the order of most numbers in
    a transcript, None for a source that always writes the logical order.
    """

    locale: Locale
    latest: date
    habit: NumberOrder | None = None
    organ: Organ | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something at `offset` of a text that looks wrong. A reader turns it into a finding."""

    rule: str
    message: str
    hint: str
    severity: Severity = Severity.WARNING
    offset: int = 0


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A text divided into plain text and references, with the doubts about them.

    `series` says what a following number would be: `RES`, `DEC`, or empty if neither word has occurred yet.
    """

    content: tuple[Text | Reference, ...]
    doubts: tuple[Doubt, ...]
    series: str


def context_of(locale: Locale, adoption: str, issued: str, organ: Organ | None = None) -> Context:
    """Return the context of a document from its adoption line, or from its date of issue if that line has no date."""
    year = re.search(r"\d{4}", issued)
    latest = find_date(adoption, locale) or (date(int(year[0]), 12, 31) if year and int(year[0]) else date.max)
    return Context(locale, latest, organ=organ)


def find_documents(text: str, context: Context, *, series: str = "") -> SearchResult:
    """Divide `text` into plain text and references.

    `series` is the `series` of the result for the text before it in the same paragraph.
    """
    return _found(organizations.current(), text, context, series)


@lru_cache(maxsize=1024)  # asked for to read a paragraph, to write the source to attach, and to read that again
def _found(organization: Organization, text: str, context: Context, series: str) -> SearchResult:
    content: list[Text | Reference] = []
    doubts: list[Doubt] = []
    done = 0
    searchable = as_searchable(text)
    for found in _scanner(context.locale).finditer(searchable):
        reference, doubt = None, None
        if found["word"]:
            series = _RESOLUTION
        elif found["decision"]:
            series = _DECISION
        elif found["symbol"]:
            reference = _symbol(found[0])
        elif series and found["special"]:
            reference = _special(found, context, series)
        elif series and found["council"]:
            reference = _council(found[0], context.latest)
        elif series and (number := NUMBER.match(searchable, found.start())):
            suffix = str(context.locale.words["references"].get("decision_behind", "\0"))
            is_decision = searchable.startswith(suffix, number.end())  # Chinese says so only after the number
            reference, doubt = _numbered(number, context, _DECISION if is_decision else series)
        if doubt:
            doubts.append(doubt)
        if reference:
            if found.start() > done:
                content.append(Text(text[done : found.start()]))
            is_turned = reference.text != found[0]
            written = reference if is_turned else replace(reference, text=text[found.start() : found.end()])
            letters = _LETTERS.match(text, found.end()) if _ADOPTED.search(str(written.target)) else None
            if letters:
                whole = Symbol.parse(str(written.target) + letters[0])
                written = Reference(written.text + letters[0], whole)
            content.append(written)
            done = letters.end() if letters else found.end()
    if done < len(text):
        content.append(Text(text[done:]))
    return SearchResult(tuple(content), tuple(doubts), series)


def _choose(found: re.Match[str], context: Context) -> tuple[ResolutionNumber | None, Doubt | None]:
    """Return the number that a match of NUMBER means, or None if it is possible in no order, and a doubt about it."""
    written, turned = both_orders(found[0])
    readings = {NumberOrder.LOGICAL: written, NumberOrder.VISUAL: turned}
    possible = [order for order, number in readings.items() if _plausible(number, context.latest)]
    if context.habit is None:
        possible = [order for order in possible if order is NumberOrder.LOGICAL]
    if not possible:
        message = f"no resolution can have the number {found[0]}{', in either order' if context.habit else ''}"
        hint = "compare it with the printed original; the text is left unchanged"
        return None, Doubt("reference-implausible", message, hint, offset=found.start())
    if len(possible) == 1 or written == turned:
        return readings[possible[0]], None
    beside = _date_beside(found, context.locale)
    dated = [order for order in possible if beside and can_be_adopted_on(readings[order], beside)]
    if len(dated) == 1:
        return readings[dated[0]], None
    number = readings[context.habit or NumberOrder.LOGICAL]
    message = f"{found[0]} may be resolution {written} or {turned}; read as {number}, like most numbers here"
    return number, Doubt("reference-order", message, "compare it with the printed original", offset=found.start())


def survey_number_order(text: str, context: Context) -> tuple[NumberOrder, tuple[Doubt, ...]]:
    """Return the order of most numbers in a transcript, and a doubt for each resolution written in both orders."""
    habits: Counter[NumberOrder] = Counter()
    spellings: dict[ResolutionNumber, NumberOrder] = {}
    doubts: dict[ResolutionNumber, Doubt] = {}
    for found in NUMBER.finditer(text):
        written, turned = both_orders(found[0])
        possible = [number for number in (written, turned) if _plausible(number, context.latest)]
        if len(possible) != 1:
            continue
        number, order = possible[0], NumberOrder.LOGICAL if possible[0] == written else NumberOrder.VISUAL
        habits[order] += 1
        if spellings.setdefault(number, order) is not order and number not in doubts:
            message = f"resolution {number} is written in both orders, {number} and {number.serial}/{number.session}"
            hint = "both are read as the same resolution; use one of them in the source"
            doubts[number] = Doubt("reference-spellings", message, hint, Severity.NOTE, found.start())
    habit = NumberOrder.VISUAL if habits[NumberOrder.VISUAL] > habits[NumberOrder.LOGICAL] else NumberOrder.LOGICAL
    return habit, tuple(doubts.values())


def can_be_adopted_on(number: ResolutionNumber, when: date) -> bool:
    """Return whether the session or year of a resolution's number agrees with its day of adoption."""
    if number.session >= _FIRST_YEAR:
        return when.year == number.session
    return _opening(number.session) <= when < _opening(number.session + 1).replace(day=30)


def resolution_symbol(organ: Organ, number: ResolutionNumber, mark: str = "") -> Symbol:
    """Return the symbol of an organ's resolution: `E/RES/2017/18`, `S/RES/2254 (2015)`; `mark` is that of its type.

    Raises ValueError if symbols of the organization have another form.
    """
    if organ is Organ.SECURITY_COUNCIL:
        return Symbol(f"S/RES/{number.serial} ({number.session})")
    symbol = Symbol.parse(f"{organ.series}{mark or '/RES/'}{number}")
    if not symbols.is_own(str(symbol)):
        raise ValueError(f"{symbol} is not a symbol of {organizations.current().name}")
    return symbol


@per_organization
def _scanner(locale: Locale) -> re.Pattern[str]:
    # A symbol is not part of a longer word or path, but Chinese characters may touch it: Chinese has no spaces.
    symbol = rf"(?<![A-Za-z0-9/.\-])(?:{symbols.one()})(?!/|[^\W一-鿿])"
    word, decision = locale.word("reading", "resolution"), locale.word("references", "decision")
    numbers = rf"(?P<symbol>{symbol})|(?P<special>{_SPECIAL})|(?P<council>{_COUNCIL})|(?P<number>{NUMBER.pattern})"
    if not organizations.current().symbol:  # which may begin with any character
        numbers = rf"(?={_FIRST})(?:{numbers})"
    words = rf"(?<![^\W一-鿿])(?:(?P<word>{word})|(?P<decision>{decision}))"
    return re.compile(f"{numbers}|{words}")


def _symbol(text: str) -> Reference | None:
    """Return a symbol as a reference. A symbol contains a digit, which distinguishes it from `HIV/AIDS`.

    A year in brackets is not enough: `CM/ResCMN (2017)` is a resolution of the Council of Europe.
    """
    is_own = organizations.current().symbol and symbols.is_own(text)
    return Reference(text, Symbol.parse(text)) if is_own or re.search("/[^ ]*[0-9]", text) else None


def _council(text: str, latest: date) -> Reference | None:
    western = as_western(text)
    year = int(western[-5:-1])
    return Reference(text, Symbol.parse(f"S/RES/{western}")) if 1946 <= year <= latest.year else None


def _special(found: re.Match[str], context: Context, series: str) -> Reference:
    """Return a resolution of a special session. Emergency special sessions are all of the General Assembly."""
    is_emergency = found["session"] in _EMERGENCY
    organ = Organ.GENERAL_ASSEMBLY if is_emergency else _organ_before(found, context.locale) or context.organ
    if organ is not Organ.HUMAN_RIGHTS_COUNCIL:
        organ = Organ.GENERAL_ASSEMBLY
    number = as_western(f"{'ES' if is_emergency else 'S'}-{found['order']}/{found['serial']}")
    return Reference(found[0], Symbol.parse(f"{organ.series}/{series}/{number}"))


def _numbered(found: re.Match[str], context: Context, series: str) -> tuple[Reference | None, Doubt | None]:
    written, _ = both_orders(found[0])
    named = _organ_before(found, context.locale)
    before = named or context.organ
    if not organizations.current().is_bundled and named not in _UNITED_NATIONS:
        # Of the organization, if one of its organs is named. A number alone says too little.
        return _own_reference(named, series, written, found[0]) if named else None, None
    is_logical = context.habit is not NumberOrder.VISUAL
    if before is Organ.HUMAN_RIGHTS_COUNCIL and is_logical and council_had_session(written, context.latest):
        return Reference(found[0], _symbol_of(before, series, written)), None
    number, doubt = _choose(found, context)
    if number is None:
        return None, doubt
    text = found[0] if number == written else f"{found[2]}/{found[1]}"
    organ = Organ.ECONOMIC_AND_SOCIAL_COUNCIL if number.session >= _FIRST_YEAR else Organ.GENERAL_ASSEMBLY
    return Reference(text, _symbol_of(organ, series, number)), doubt


def _own_reference(organ: Organ, series: str, number: ResolutionNumber, text: str) -> Reference | None:
    """Return the reference to a resolution or decision of the organization itself, None if it has no such type."""
    like = DocumentType.DECISION if series == _DECISION else DocumentType.RESOLUTION
    kind = next((kind for kind in DocumentType if kind.like is like and kind.entry.symbol), None)
    with suppress(ValueError):
        return Reference(text, resolution_symbol(organ, number, kind.entry.symbol)) if kind else None
    return None


def _organ_before(found: re.Match[str], locale: Locale) -> Organ | None:
    """Return the organ whose name is the last one shortly before a number."""
    near = found.string[max(0, found.start() - _ORGAN_DISTANCE) : found.start()]
    last: tuple[int, Organ | None] = (-1, None)
    for organ, pattern in locale.word("references", "organs").items():
        for named in re.finditer(pattern, near):
            last = max(last, (named.start(), Organ.known(organ)), key=lambda each: each[0])
    return last[1]


def council_had_session(number: ResolutionNumber, latest: date) -> bool:
    """Return whether the Human Rights Council had held the number's session: at most four a year, since 2006.

    `46/2017` is a law, even after a word for decisions.
    """
    return number.serial <= _HIGHEST_SERIAL and 1 <= number.session <= min(4 * (latest.year - 2005), _FIRST_YEAR - 1)


def _symbol_of(organ: Organ, series: str, number: ResolutionNumber) -> Symbol:
    return Symbol.parse(f"{organ.series}/{series}/{number}")


def _plausible(number: ResolutionNumber, latest: date) -> bool:
    if not 1 <= number.serial <= _HIGHEST_SERIAL:
        return False
    if number.session >= _FIRST_YEAR:
        return number.session <= latest.year
    return number.session >= _FIRST_SESSION and _opening(number.session) <= latest


def _opening(session: int) -> date:
    """Return the first day on which a session of the Assembly can open."""
    return date(min(1945 + session, 9999), 9, 1)


def _date_beside(found: re.Match[str], locale: Locale) -> date | None:
    after = found.string[found.end() : found.end() + _DATE_DISTANCE]
    following = NUMBER.search(after)  # a date after the next number is that one's
    return find_date(after[: following.start()] if following else after, locale)
