"""Documents named in running text: symbols and resolution numbers become references.

A symbol (`A/71/119`) is its own target. A number stands behind the word "resolution" or "decision" in the same
paragraph: `64/293` is the General Assembly's, `2017/18` the Economic and Social Council's, `2254 (2015)` the Security
Council's. The Human Rights Council numbers by its sessions too: a number by session is its own where its name stands
before it, or in its own documents where the Assembly's does not.

Transcripts of Arabic pages hold many numbers as a left-to-right picture of the page, the session behind the serial.
Which of its two orders a number has is told by what can be: session n of the Assembly sits from September of 1945 + n,
its resolutions are numbered by session since the 31st, the Council's by year since 1978, and nothing named is later
than the document. Where both orders can be, a date beside the number settles it, or else the habit of the transcript,
with a doubt. A number that can be neither stays text, with a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache

from masthead.document.findings import Severity
from masthead.document.locales import Locale
from masthead.document.model import Reference, Text
from masthead.document.patterns import NUMBER, date_in, orders
from masthead.document.terms import WESTERN, Organ, ResolutionNumber, Symbol

_FIRST_SESSION = 31  # before, resolutions were numbered through all sessions: 2625 (XXV)
_FIRST_YEAR = 1978
_HIGHEST_SERIAL = 999
_RESOLUTION, _DECISION = "RES", "DEC"
_NEAR = 80  # characters before a number in which its organ is named
_BESIDE = 40  # characters behind a number in which its date stands
_SYMBOL = r"""
    (?<![A-Za-z0-9/.\-])
    (?: S/RES/[0-9]{1,4}[ ]?\([0-9]{4}\)
    |   [A-Z]{1,8}+ (?: / [A-Za-z0-9]++ (?: [.\-] [A-Za-z0-9]++ )*+ (?: \([A-Za-z0-9]++\) )?+ )++ (?! / | [^\W一-鿿] )
    )"""
_COUNCIL = r"(?<![0-9٠-٩/]) [0-9٠-٩]{1,4} [ ] \([0-9٠-٩]{4}\)"


class Order(Enum):
    """Which number of a resolution's two a source writes first."""

    LOGICAL = "session or year, then serial"
    PICTURE = "as an Arabic page looks from the left: serial, then session or year"


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a number needs to know of its document.

    `latest` is the date after which nothing that it names can be. `habit` is the order that a transcript mostly has;
    None for a source that always writes the logical order.
    """

    locale: Locale
    latest: date
    habit: Order | None = None
    organ: Organ | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something at `offset` that looks wrong; a reader makes a finding of it."""

    rule: str
    message: str
    hint: str
    severity: Severity = Severity.WARNING
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was found in a text. `named` is what a number behind it is: `RES`, `DEC`, or empty when no word has said."""

    content: tuple[Text | Reference, ...]
    doubts: tuple[Doubt, ...]
    named: str


def context_of(locale: Locale, adoption: str, issued: str, organ: Organ | None = None) -> Context:
    """Return the context of a document with this adoption line and this date of issue."""
    year = re.search(r"\d{4}", issued)
    latest = date_in(adoption, locale) or (date(int(year[0]), 12, 31) if year and int(year[0]) else date.max)
    return Context(locale, latest, organ=organ)


def recognise(text: str, context: Context, *, named: str = "") -> Recognition:
    """Divide `text` into plain text and references; `named` is what the text before it in the paragraph left."""
    content: list[Text | Reference] = []
    doubts: list[Doubt] = []
    done = 0
    for found in _scanner(context.locale).finditer(text):
        reference, doubt = None, None
        if found["word"]:
            named = _RESOLUTION
        elif found["decision"]:
            named = _DECISION
        elif found["symbol"]:
            reference = _symbol(found[0])
        elif named and found["council"]:
            reference = _council(found[0], context.latest)
        elif named and (number := NUMBER.match(text, found.start())):
            behind = str(context.locale.words["references"].get("decision_behind", "\0"))
            series = _DECISION if text.startswith(behind, number.end()) else named
            reference, doubt = _numbered(number, context, series)
        if doubt:
            doubts.append(doubt)
        if reference:
            if found.start() > done:
                content.append(Text(text[done : found.start()]))
            content.append(reference)
            done = found.end()
    if done < len(text):
        content.append(Text(text[done:]))
    return Recognition(tuple(content), tuple(doubts), named)


def choose(found: re.Match[str], context: Context) -> tuple[ResolutionNumber | None, Doubt | None]:
    """Tell which number a match of NUMBER means; None where it can mean none."""
    written, turned = orders(found[0])
    readings = {Order.LOGICAL: written, Order.PICTURE: turned}
    possible = [order for order, number in readings.items() if _plausible(number, context.latest)]
    if context.habit is None:
        possible = [order for order in possible if order is Order.LOGICAL]
    if not possible:
        return None, Doubt(
            "reference-implausible",
            f"no resolution can have the number {found[0]}{', in either order' if context.habit else ''}",
            "compare it with the printed original; it is left as it is",
            offset=found.start(),
        )
    if len(possible) == 1 or written == turned:
        return readings[possible[0]], None
    beside = _date_beside(found, context.locale)
    dated = [order for order in possible if beside and sits(readings[order], beside)]
    if len(dated) == 1:
        return readings[dated[0]], None
    number = readings[context.habit or Order.LOGICAL]
    return number, Doubt(
        "reference-order",
        f"{found[0]} may be resolution {written} or {turned}; it is read as {number}, as most numbers here",
        "compare it with the printed original",
        offset=found.start(),
    )


def survey(text: str, context: Context) -> tuple[Order, tuple[Doubt, ...]]:
    """Tell the habit of a whole transcript, and which resolutions it writes in both orders."""
    habits: Counter[Order] = Counter()
    spellings: dict[ResolutionNumber, Order] = {}
    doubts: dict[ResolutionNumber, Doubt] = {}
    for found in NUMBER.finditer(text):
        written, turned = orders(found[0])
        possible = [number for number in (written, turned) if _plausible(number, context.latest)]
        if len(possible) != 1:
            continue
        number, order = possible[0], Order.LOGICAL if possible[0] == written else Order.PICTURE
        habits[order] += 1
        if spellings.setdefault(number, order) is not order and number not in doubts:
            doubts[number] = Doubt(
                "reference-spellings",
                f"resolution {number} is written in both orders, {number} and {number.serial}/{number.session}",
                "both are read alike; write one in the source",
                Severity.NOTE,
                found.start(),
            )
    habit = Order.PICTURE if habits[Order.PICTURE] > habits[Order.LOGICAL] else Order.LOGICAL
    return habit, tuple(doubts.values())


def sits(number: ResolutionNumber, when: date) -> bool:
    """Tell whether a resolution of this number can have been adopted on that day, by its session or its year."""
    if number.session >= _FIRST_YEAR:
        return when.year == number.session
    return _opening(number.session) <= when < _opening(number.session + 1).replace(day=30)


def resolution_symbol(organ: Organ, number: ResolutionNumber) -> Symbol:
    """Return the symbol of an organ's resolution: `E/RES/2017/18`, `S/RES/2254 (2015)`."""
    if organ is Organ.SECURITY_COUNCIL:
        return Symbol(f"S/RES/{number.serial} ({number.session})")
    return Symbol.parse(f"{organ.series}/RES/{number}")


def _scanner(locale: Locale) -> re.Pattern[str]:
    return _compiled(str(locale.word("reading", "resolution")), str(locale.word("references", "decision")))


@cache
def _compiled(word: str, decision: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<symbol>{_SYMBOL}) | (?P<council>{_COUNCIL}) | (?P<number>{NUMBER.pattern}) "
        rf"| (?<![^\W一-鿿])(?: (?P<word>{word}) | (?P<decision>{decision}) )",
        re.VERBOSE,
    )


def _symbol(text: str) -> Reference | None:
    """A symbol has a number in it; HIV/AIDS has none."""
    return Reference(text, Symbol.parse(text)) if re.search("/.*[0-9]", text) else None


def _council(text: str, latest: date) -> Reference | None:
    western = text.translate(WESTERN)
    year = int(western[-5:-1])
    return Reference(text, Symbol.parse(f"S/RES/{western}")) if 1946 <= year <= latest.year else None


def _numbered(found: re.Match[str], context: Context, series: str) -> tuple[Reference | None, Doubt | None]:
    written, _ = orders(found[0])
    before = _organ_before(found, context.locale) or context.organ
    if before is Organ.HUMAN_RIGHTS_COUNCIL and context.habit is not Order.PICTURE and seated(written, context.latest):
        return Reference(found[0], _symbol_of(before, series, written)), None
    number, doubt = choose(found, context)
    if number is None:
        return None, doubt
    text = found[0] if number == written else f"{found[2]}/{found[1]}"
    organ = Organ.ECONOMIC_AND_SOCIAL_COUNCIL if number.session >= _FIRST_YEAR else Organ.GENERAL_ASSEMBLY
    return Reference(text, _symbol_of(organ, series, number)), doubt


def _organ_before(found: re.Match[str], locale: Locale) -> Organ | None:
    """The organ named last before a number, near it."""
    near = found.string[max(0, found.start() - _NEAR) : found.start()]
    last: tuple[int, Organ | None] = (-1, None)
    for organ, pattern in locale.word("references", "organs").items():
        for named in re.finditer(pattern, near):
            last = max(last, (named.start(), Organ(organ)), key=lambda each: each[0])
    return last[1]


def seated(number: ResolutionNumber, latest: date) -> bool:
    """Tell whether the Human Rights Council had sat for that session: since 2006, four times a year at most."""
    return number.session < _FIRST_YEAR and 1 <= number.session <= 4 * (latest.year - 2005)


def _symbol_of(organ: Organ, series: str, number: ResolutionNumber) -> Symbol:
    return Symbol.parse(f"{organ.series}/{series}/{number}")


def _plausible(number: ResolutionNumber, latest: date) -> bool:
    if not 1 <= number.serial <= _HIGHEST_SERIAL:
        return False
    if number.session >= _FIRST_YEAR:
        return number.session <= latest.year
    return number.session >= _FIRST_SESSION and _opening(number.session) <= latest


def _opening(session: int) -> date:
    return date(min(1945 + session, 9999), 9, 1)


def _date_beside(found: re.Match[str], locale: Locale) -> date | None:
    behind = found.string[found.end() : found.end() + _BESIDE]
    following = NUMBER.search(behind)
    return date_in(behind[: following.start()] if following else behind, locale)
