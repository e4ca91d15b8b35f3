"""Find numbers and machine tokens in running text: where each begins and ends, what is printed, which way it reads.

A number with its signs is one unit, and what it is does not depend on the words around it. In a right-to-left language
a unit needs three answers that Unicode's bidi algorithm takes from its neighbours:

- Direction. Between numbers Arabic reads from the right (ranges, slash pairs, sums, numeric dates). Inside a number
  everything reads from the left (groups, decimals, 10:00, 15°30′). Symbols, addresses, telephone numbers and Latin
  citations are left to right as a whole.
- Digits and marks. With Arabic-Indic digits the decimal mark is U+066B, the mark of a certain group U+066C and the
  percent sign U+066A (CLDR, numbering system `arab`). With Western digits marks stay as typed. Tokens of the Latin
  script keep Western digits.
- Spaces. A space inside a unit is U+00A0 (class CS), which keeps groups of digits in their order everywhere.

Typists of Arabic type groups of digits backwards (`000 210`), because word processors then show them in the right
order: 135 of 136 grouped numbers in the Security Council's Arabic files. Where only one order can be a number, that
number is printed. Where both can, the text stays as typed. The printed text of a unit is found again as the same unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from masthead.document import locales, organizations, symbols
from masthead.document.organizations import Organization, per_organization
from masthead.document.terms import Digits, Direction, Language, as_western

NO_BREAK_SPACE = "\u00a0"
MASK = "\ue000"
"""Replaces each character of a symbol that is already recognized: it is a word of the Latin text around it."""
BARRIER = "\ufffc"
"""Replaces what divides a text without being text: a note call, a page end."""
LINE_END = "\u2028"
"""Replaces the end of a line that the author wants."""

_CURRENCY = "$€£¥₪₹₽"
_DEGREE = "°º˚"
_AT_RIGHT = (
    f"^⁺⁻{_DEGREE}′″’”'\""  # exponents, and parts of a degree, are at the right of their number in either direction
)
_ATTACHED = {
    Direction.RTL: frozenset(f"-\u2010\u2011–−/+×≤≥<>=≠±~≈#٪؉{_DEGREE}{_CURRENCY}"),
    Direction.LTR: frozenset(_CURRENCY),
}
_ISOLATE = {Direction.LTR: "\u2066", Direction.RTL: "\u2067"}
_MARK = {Direction.LTR: "\u200e", Direction.RTL: "\u200f"}


def mark_around(char: str, direction: Direction, unit: str) -> str:
    """Return the mark that belongs on both sides of a sign in a unit of this direction, or an empty string.

    Without it the bidi algorithm attaches the sign to one number rather than the other.
    """
    if direction is Direction.RTL and unit[-1:].isalpha():  # the degree is part of its Arabic letter: `-4 °م`
        if char in "-−+" and re.search("[0-9]", unit):
            return _MARK[Direction.LTR]
    elif char in _AT_RIGHT:
        return _MARK[Direction.LTR]
    return _MARK[direction] if char in _ATTACHED[direction] else ""


class NumberKind(StrEnum):
    """What a unit is. The order is that of matching: what one kind has taken, later kinds do not look at."""

    WEB = "web address"
    MAIL = "mail address"
    HOST = "internet address"
    SYMBOL = "symbol"
    JOB = "job number"
    PHONE = "telephone number"
    LATIN = "Latin words"
    YEAR = "number and year"
    DEGREES = "degrees"
    CURRENCY = "amount of money"
    POWER = "number with an exponent"
    FRACTION = "number with a fraction"
    CHAIN = "range, pair or sum"
    TIME = "time or scale"
    COMPARISON = "number after a sign"
    NEGATIVE = "negative number"
    PERCENT = "percentage"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Number:
    """A unit in `text[start:end]`, printed as `printed` in logical order, without control characters.

    `direction` is that of the unit as a whole; None where it does not need one of its own.
    """

    start: int
    end: int
    kind: NumberKind
    printed: str
    direction: Direction | None

    @property
    def is_machine(self) -> bool:
        """Whether it is a token of the Latin script, whole and with Western digits in every document."""
        return self.kind in MACHINE


MACHINE = frozenset(list(NumberKind)[: list(NumberKind).index(NumberKind.YEAR)])
"""The kinds of the Latin script, which keep Western digits and are left to right as a whole."""

_COUNTING = (NumberKind.CURRENCY, NumberKind.CHAIN, NumberKind.COMPARISON, NumberKind.NEGATIVE, NumberKind.NUMBER)
"""The kinds that, in a left-to-right language, are one unit with the word for what they count: `1 250 km`."""

_SPACE = "[ \u00a0\u202f\u2009]"
LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"  # not × and ÷, which lie among them
_LETTERS = rf"{LATIN}µ"  # with the micro sign: `5 µs`
_DIGIT, _LETTER, _DIGIT_OR_LETTER = map(re.compile, (r"\d", f"[{_LETTERS}]", rf"\d|[{_LETTERS}]"))
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"  # letters, marks and punctuation
_LATIN_LINE = rf"(?:\A|(?<={LINE_END}))(?=[^{_RIGHT_TO_LEFT}{LINE_END}]*+(?:{LINE_END}|\Z))"
# Patterns take linear time on any text: repetitions are bounded or possessive, and cannot begin inside one another.
_MOST_GROUPS = 6
# Groups that can only have been typed backwards: a last group of one or two digits after groups of three, or a group
# other than the first in reading order that begins with 0. Not so where a year in brackets or a month follows.
_NOT_A_DAY = rf"(?!{_SPACE}[\u0621-\u064a]+(?: [\u0621-\u064a]+)?/)"
_SHORT_LAST = rf"(?:\d{{3}}{_SPACE}){{1,{_MOST_GROUPS}}}\d{{1,2}}(?![\d/]|{_SPACE}?\(){_NOT_A_DAY}"
_ZERO_FIRST = rf"(?:\d{{3}}{_SPACE}){{0,{_MOST_GROUPS}}}0\d\d{_SPACE}\d{{1,3}}(?!{_SPACE}?\d)"
_BACKWARDS = rf"(?:{_SHORT_LAST}|{_ZERO_FIRST})"
_GROUPS = rf"(?:{_BACKWARDS}|\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,{_MOST_GROUPS}}}(?!\d))"
_VALUE = rf"(?:{_GROUPS}(?:[.,٫]\d{{1,2}}(?!\d))?|\d++(?:[.,٫٬]\d++)*+)"
_VULGAR = "[¼-¾⅐-⅞]"
_COMMON = r"[1-9]/(?:[2-9]|1[0-6])(?![\w/]|\.\d)"  # a fraction after a whole number, rarely finer than a sixteenth
# Conjunctions and prepositions of one Arabic letter are written together with a number: `و1.25`.
_WORD_CHAR = rf"0-9{_LETTERS}_{MASK}"
_START = rf"(?<![{_WORD_CHAR}.,٫/])"
_END = rf"(?![{_WORD_CHAR}])"
_PERCENT = "[%٪‰؉]"
_ARABIC_SIGNS = {"%": "٪", "‰": "؉"}
_WESTERN_MARKS = str.maketrans("٫٬٪؉", ".,%‰")  # CLDR, numbering systems `arab` and `latn` of Arabic
_CODE = r"(?:USD|EUR|CHF|SDR|US\$)"
_UNIT = (
    r"(?:[ap]\.?m\b\.?|[kcmµμn]?m[²³23]?|[kmµμ]?g|[kMG]?t|[mhk]?[lL]|ha|[kMGT]?(?:W(?:h)?|Hz|B)|[mµμn]s|[mµμ]?Sv|[kMGTP]?Bq|[kMGT]J|[km]?V|k?Pa|dB|min|[°º][CF]"
    rf"|pp[mb]|CO[2₂]|{_CODE}|[mb]illion|per ?cent)(?![A-Za-z])"
)
_RATE = rf"(?:/[{LATIN}µ]{{1,3}}[²³]?(?![{LATIN}/]))"  # the end of `5 µg/m³`
UNBROKEN = (
    rf"\b(?:{_CODE}|(?:Nos?|pp?|vols?|paras?|arts?|chaps?|sects?)\.){_SPACE}\d(?:[\d,./–-]*\d)?"
    rf"|\d[\d.,]*+{_SPACE}?[{LATIN}µ]{{1,4}}[²³]?{_RATE}"
)
"""The pattern of what stays on one line in Latin words from right to left: `No. 7`, `USD 1,250`, `5 µg/m³`."""
_WORD = (
    rf"[{_LETTERS}](?:[{_LETTERS}0-9_¹²³⁰⁴-⁻₀-₉\u0300-\u036f'’&-]|\.(?=[A-Za-z0-9]))*+(?:(?:\+{{1,2}}|#)(?![\w+#])|\.?)"
)
# Words in Latin quotation marks, with whatever is between them.
_QUOTED = "|".join(
    rf"{mark}(?=[{_LETTERS}])[^“”\"{_RIGHT_TO_LEFT}{BARRIER}{LINE_END}]{{1,300}}+{end}" for mark, end in ("“”", '""')
)
_INITIALS = re.compile(rf"(?<![{_LETTERS}])(?:[{_LETTERS}]\.){{2,}}$")
_OPERATOR = "[-\u2010\u2011–/+×±~]"
_EXPONENT = r"(?:[⁺⁻]?[⁰¹²³⁴-⁹]+|\^[-−]?\d+)"
_PART = rf"{_SPACE}?\d++(?:[.,٫]\d++)?+{_SPACE}?"
_POINTS = rf"{_SPACE}?[{_DEGREE}](?:{_PART}[′'’](?:{_PART}[″\"”])?)?"  # of the compass, after their degrees
_ARABIC_DEGREE = rf"{_SPACE}?[{_DEGREE}]{_SPACE}?[مفس](?![\u0621-\u065f])"  # Celsius and Fahrenheit: `25 °م`
_BEFORE_SIGN = rf"(?:(?<![\w{MASK})\]/.-])|(?<=\bو))"
# Typed as it is seen, with the sign at the left: `%42` after an Arabic word, a bracket or nothing.
_SIGN_FIRST = rf"(?<![^\s(\[«\u0621-\u065f])(?<![^\u0600-\u065f)»]{_SPACE}){_PERCENT}{_VALUE}"
# Groups of three digits, the last of them shorter, are not a telephone number but a number typed backwards.
_NO_NUMBER = rf"(?!\d{{3}}(?:{_SPACE}\d{{3}}){{0,{_MOST_GROUPS}}}+(?:{_SPACE}\d{{1,2}})?+(?!{_SPACE}?\d))"
# A character that every text of a kind has; without one its pattern need not be tried.
_SIGNS = {
    NumberKind.WEB: frozenset("/w"),
    NumberKind.MAIL: frozenset("@"),
    NumberKind.HOST: frozenset(".:"),
    NumberKind.SYMBOL: frozenset(f"/{MASK}"),
    NumberKind.YEAR: frozenset("("),
    NumberKind.DEGREES: frozenset("°º˚"),
    NumberKind.CURRENCY: frozenset(f"{_CURRENCY}DFR"),  # a letter of each code
    NumberKind.POWER: frozenset("^⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
    NumberKind.FRACTION: frozenset("¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞/"),
    NumberKind.CHAIN: frozenset("-\u2010\u2011–/+×±~"),
    NumberKind.TIME: frozenset(":"),
    NumberKind.COMPARISON: frozenset("≤≥<>=≠±~≈№#"),
    NumberKind.NEGATIVE: frozenset("-\u2011−–+"),
    NumberKind.PERCENT: frozenset("%٪‰؉"),
}
# The characters with which a unit of a kind can begin, as in a character class. Most characters of a text are not among
# them, and a pattern that begins with what is before the unit takes five times as long to fail.
_FIRST = {
    NumberKind.HOST: r"\dA-Fa-f:",
    NumberKind.JOB: r"\dA-Z",
    NumberKind.PHONE: r"\d(+",
    NumberKind.LATIN: rf"\d{_LETTERS}μ{MASK}°º{_CURRENCY}“\"−+±-",
    NumberKind.YEAR: r"\d",
    NumberKind.DEGREES: r"\d−+±-",
    NumberKind.POWER: r"\d",
    NumberKind.FRACTION: r"\d",
    NumberKind.CHAIN: r"\d",
    NumberKind.TIME: r"\d",
    NumberKind.NEGATIVE: "\u2011−–+-",
    NumberKind.PERCENT: r"\d%٪‰؉",
    NumberKind.NUMBER: r"\d",
}
_WITHOUT_DIGIT = (NumberKind.WEB, NumberKind.MAIL, NumberKind.HOST, NumberKind.SYMBOL)  # others need one, or a letter
_PHONES = (
    # +41 22 917 1234, (+41 22) 917 1234, 00961-1-555019, +41 22 917 1234/5678
    rf"(?:\(?\+\d{{1,3}}+|(?<![.,-])(?<!\d{_SPACE})00\d{{1,3}}(?=[.-]))"
    r"(?:[ \u00a0.-]?+\(?+\d{1,5}+\)?+){2,}+(?:/\d{2,5}+)*+",
    rf"\((?:\d{{2,4}}\){_SPACE}?\d{{3}}|0\d{{1,3}}\){_SPACE}?\d{{3,4}})(?:-|{_SPACE})\d{{4}}",  # (212) 963-1234
    r"(?:1-)?\d{3}-\d{3}-\d{4}",
    rf"(?<!\d{_SPACE})(?=0(?:{_SPACE}?\d){{8}}){_NO_NUMBER}0\d{{0,4}}(?:{_SPACE}\d{{2,4}}){{2,5}}",  # 022 917 12 34
)


def numbers_in(text: str, language: Language, digits: Digits) -> tuple[Number, ...]:
    """Return the units of a paragraph's text in their order; they do not overlap.

    `text` may be typed in either kind of digits. BARRIER in it is part of no unit, MASK of
    none but Latin words.
    """
    plain = as_western(text)
    # Without a digit, or a letter where those are numbers too, there is nothing to look for.
    if not (_DIGIT_OR_LETTER if language.direction is Direction.RTL else _DIGIT).search(plain):
        return ()
    return _numbers_in(organizations.current(), plain, language, digits)


@lru_cache(maxsize=1024)  # asked for to print a paragraph, to mark it up and to check it
def _numbers_in(organization: Organization, plain: str, language: Language, digits: Digits) -> tuple[Number, ...]:
    """Return the units of a text with Western digits."""
    taken = bytearray(len(plain))
    found: list[Number] = []
    searched, masked, signs = plain, plain, frozenset(plain)
    for kind in NumberKind:
        if kind in _SIGNS and _SIGNS[kind].isdisjoint(signs):
            continue
        if kind is NumberKind.LATIN or kind not in MACHINE:  # tokens are words of the Latin text that they are in
            searched = masked
        if kind not in _WITHOUT_DIGIT and not (_LETTER if kind is NumberKind.LATIN else _DIGIT).search(searched):
            continue
        if (pattern := _pattern(language, kind)) is None:
            continue
        latin = bytearray(len(plain))
        earlier = {unit.start: unit for unit in found}
        for match in pattern.finditer(searched):
            start, end = match.span()
            if kind in (NumberKind.LATIN, NumberKind.PHONE):
                end = start + len(_balanced(match[0]))
            if kind is NumberKind.LATIN:
                latin[start:end] = b"\1" * (end - start)
            elif any(taken[start:end]):
                continue
            # From left to right, HIV/AIDS is two words that a line may part, whatever numbers are near it.
            if kind is NumberKind.SYMBOL and language.direction is Direction.LTR and not re.search(r"\d", match[0]):
                continue
            taken[start:end] = b"\1" * (end - start)
            masked = masked[:start] + MASK * (end - start) + masked[end:]
            typed = plain[start:end]
            if kind is NumberKind.LATIN:
                typed = _held_together(typed, start, earlier, match.start("space") - start)
            found.append(_unit(kind, start, end, typed, language, digits))
        if kind is NumberKind.LATIN:  # what is inside Latin text is not a separate unit
            found = [unit for unit in found if unit.kind is kind or not latin[unit.start]]
    return tuple(sorted(found, key=lambda unit: unit.start))


def isolate_numbers(text: str, language: Language) -> tuple[str, list[int]]:
    """Return printed text with the controls that give each unit its direction, and the place of each character in it.

    UAX #9 resolves the result to the order in which the text is drawn. `text` may hold isolates of its own.
    """
    digits = Digits.ARABIC_INDIC if re.search("[٠-٩]", text) else Digits.WESTERN
    pieces: list[str] = []
    places: list[int] = []
    length = end = 0

    def put(piece: str, *, source: bool = True) -> None:
        nonlocal length
        if source:
            places.extend(range(length, length + len(piece)))
        pieces.append(piece)
        length += len(piece)

    for unit in numbers_in(text, language, digits):
        if unit.direction is None or text[unit.start : unit.end].isdigit():
            continue
        put(text[end : unit.start])
        put(_ISOLATE[unit.direction], source=False)
        typed = text[unit.start : unit.end]
        for char in typed:
            mark = "" if unit.is_machine else mark_around(char, unit.direction, typed)
            put(mark, source=False)
            put(_space_in(unit.kind, typed) if char == " " else char)  # a plain space lets groups run from the right
            put(mark, source=False)
        put("\u2069", source=False)
        end = unit.end
    put(text[end:])
    return "".join(pieces), places


@per_organization
def _pattern(language: Language, kind: NumberKind) -> re.Pattern[str] | None:
    """Return the compiled pattern of a kind, None if the language has no such units. Few documents need all of them."""
    pattern = _patterns(language).get(kind)
    if pattern is None:
        return None
    return re.compile(f"(?=[{_FIRST[kind]}])(?:{pattern})" if kind in _FIRST else pattern)


@per_organization
def _patterns(language: Language) -> dict[NumberKind, str]:
    months = "|".join(sorted(map(re.escape, _latin_months()), reverse=True))
    # A number before a Latin word belongs to it only where the word is a month or a unit, or where there is no space
    # between them: `6-8 August`, `250 km`, `21st`, `35°N`. It does so too where it begins a line without Arabic, of
    # several words, `14 Harbour Road`, or after another such line, and where the author wants no line to end between.
    counted = (
        rf"(?<![{_WORD_CHAR}/.,٫٬-])(?<!\d{_SPACE})[-−+±]?[{_CURRENCY}]?(?:{_VALUE}(?:{_SPACE}?[-–:×]{_SPACE}?{_VALUE})?+"
        rf"(?:[.]?{_SPACE}?(?=(?:{months})\b|{_UNIT})|\.?[°/-]?(?=[{_LETTERS}])|{_POINTS}{_SPACE}?(?=[NSEW](?![{_LETTERS}]))))"
        rf"|{_LATIN_LINE}(?:(?<=[{LATIN},]{LINE_END})|(?={_VALUE}[-,.]?{_SPACE}[{LATIN}]{{2,40}},?{_SPACE}[{LATIN}]))"
        rf"{_VALUE}[-,.]?(?P<space>{_SPACE})(?=[{LATIN}]{{2}})"
        rf"|(?<![{_WORD_CHAR}/.,٫٬-]){_VALUE}{NO_BREAK_SPACE}(?=[{LATIN}]{{2}})"
    )
    word = rf"(?:US\$ ?\d[\d,.]*\d|{_UNIT}(?!\.?[0-9])|{_WORD}|{_QUOTED})"
    figure = rf"\d+(?:[.,/:–-]\d+)*(?:{_POINTS})?{_PERCENT}?"
    following = rf"(?:[ \u00a0,:;(/+–-]{{1,3}}(?:\d{{0,4}}{_WORD}|{_QUOTED}|{MASK}+|{figure})\)?)*"
    sign = rf"(?:{_SPACE}?{_PERCENT})"
    term = rf"(?:\d{{1,2}}+:\d\d(?!\d)|{_VALUE}{sign}?+)"
    patterns = {
        NumberKind.WEB: r"(?:https?://|www\.)[!-~]*[A-Za-z0-9/]",
        NumberKind.MAIL: r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
        NumberKind.HOST: (  # IPv4 with a part that no section has, IPv6
            rf"(?<![{_WORD_CHAR}.])(?=(?:\d+\.)*(?:\d{{3}}|0)\b)(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?:[/:]\d+)?(?![\w/]|\.\d)"
            rf"|(?<![{_WORD_CHAR}:.])(?=[0-9A-Fa-f:]*(?:::|[A-Fa-f]))"
            r"(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{1,4}(?:/\d+)?(?![\w/]|:\w)"
        ),
        NumberKind.SYMBOL: (
            rf"(?<![\w/]){symbols.one()}(?:[-–]\d+(?![\w/]))?\*?"
            rf"|(?<!{MASK}){MASK}++[-–]\d+(?![\w/])"
        ),
        NumberKind.JOB: (
            rf"(?<![{_WORD_CHAR}-])(?:(?:GE\.)?\d\d-\d{{5}}\*?(?:{_SPACE}?\([ACEFRS]\))?|97[89](?:-\d{{1,7}}){{3}}-[\dX]"
            rf"|[A-Z]{{2}}\d\d(?:{_SPACE}[0-9A-Z]{{4}}){{3,7}}(?:{_SPACE}[0-9A-Z]{{1,3}})?)(?![\w-])"  # ISBN, IBAN
        ),
        NumberKind.PHONE: rf"(?<![{_WORD_CHAR}+])(?:{'|'.join(_PHONES)}){_END}",
        NumberKind.LATIN: rf"(?:(?<!{MASK}){MASK}++[ \u00a0,(]{{1,2}})?(?:{counted})?{word}{following}",
        NumberKind.YEAR: rf"(?<![{_WORD_CHAR}/.,-])\d{{1,4}}{_SPACE}?\((?:19|20)\d\d\)",
        NumberKind.DEGREES: rf"(?:{_BEFORE_SIGN}[-−+±])?{_START}{_VALUE}(?:{_ARABIC_DEGREE}|{_POINTS})",
        NumberKind.CURRENCY: rf"(?:[{_CURRENCY}]|\b{_CODE}){_SPACE}?{_VALUE}|{_START}{_VALUE}{_SPACE}?[{_CURRENCY}]",
        NumberKind.POWER: rf"{_START}(?:{_VALUE}{_SPACE}?[×·]{_SPACE}?)?{_VALUE}{_EXPONENT}{_END}",
        NumberKind.FRACTION: rf"{_START}{_VALUE}{_SPACE}?(?:{_VULGAR}{_END}|(?<={_SPACE}){_COMMON})",
        NumberKind.CHAIN: (
            rf"(?<!\d{_OPERATOR})(?<!\d:){_START}{term}(?:{_SPACE}?{_OPERATOR}{_SPACE}?(?=\d){term})++(?![{_WORD_CHAR}/])"
        ),
        NumberKind.TIME: rf"(?<!:){_START}(?:\d{{1,2}}:\d\d:\d\d|{_VALUE}:{_VALUE})(?![{_WORD_CHAR}:])",
        NumberKind.COMPARISON: rf"[≤≥<>=≠±~≈№#]{{1,2}}{_SPACE}?{_VALUE}{sign}?",
        NumberKind.NEGATIVE: rf"{_BEFORE_SIGN}[-\u2011−–+]{_VALUE}{sign}?",
        NumberKind.PERCENT: rf"{_START}{_VALUE}{sign}|{_SIGN_FIRST}",
        NumberKind.NUMBER: rf"{_START}{_VALUE}{_END}",
    }
    if language.direction is Direction.LTR:
        del patterns[NumberKind.LATIN]
        after = "|".join(map(re.escape, locales.load(language).word("numbers", "after"))) or "(?!)"
        for kind in _COUNTING:
            patterns[kind] = rf"(?:{patterns[kind]})(?:{_SPACE}(?:{_UNIT}{_RATE}?|(?:{after})(?!\w)))?"
    return patterns


def _latin_months() -> Iterator[str]:
    """The months of the languages that a citation in Latin script may be written in."""
    for language in (Language.ENGLISH, Language.FRENCH, Language.SPANISH):
        yield from map(str, locales.load(language).word("dates", "months"))


def _balanced(run: str) -> str:
    """Latin words up to a bracket that they do not open, or without one that they do not close.

    A full stop at their end belongs to the Arabic sentence, unless they end in initials: `10 a.m.`.
    """
    if run.endswith(".") and not _INITIALS.search(run):
        run = run[:-1]
    opened: list[int] = []
    for place, char in enumerate(run):
        if char == "(":
            opened.append(place)
        elif char == ")" and not opened:
            return run[:place]
        elif char == ")":
            opened.pop()
    return run[: opened[0]].rstrip(" ,") if opened else run


def _held_together(run: str, start: int, units: Mapping[int, Number], space: int) -> str:
    """Latin words that begin at `start` of a text, with no-break spaces in their tokens, in groups and before units.

    One is at `space`, if it is not negative: after the number that begins a Latin line, so that it is found again.
    """
    chars = list(re.sub(rf"(?<=\d){_SPACE}(?=\d{{3}}(?!\d)|{_UNIT})", NO_BREAK_SPACE, run))
    if space >= 0:
        chars[space] = NO_BREAK_SPACE
    for unit in filter(None, map(units.get, range(start, start + len(run)))):
        if unit.end <= start + len(run):
            chars[unit.start - start : unit.end - start] = unit.printed
    return "".join(chars)


def _unit(kind: NumberKind, start: int, end: int, typed: str, language: Language, digits: Digits) -> Number:
    if language.direction is Direction.LTR:
        return Number(start, end, kind, typed, None)
    if kind in MACHINE:
        spaced = kind in (NumberKind.SYMBOL, NumberKind.JOB, NumberKind.PHONE)
        return Number(start, end, kind, typed.replace(" ", NO_BREAK_SPACE) if spaced else typed, Direction.LTR)
    return Number(start, end, kind, _printed(kind, typed, digits), _direction(kind, typed, digits))


def _direction(kind: NumberKind, typed: str, digits: Digits) -> Direction:
    match kind:
        case NumberKind.CURRENCY:  # the sign is at the left wherever it is typed (ALReq)
            return Direction.LTR if typed[0] in _CURRENCY else Direction.RTL
        case NumberKind.YEAR | NumberKind.CHAIN | NumberKind.COMPARISON | NumberKind.FRACTION:
            return Direction.RTL
        case NumberKind.POWER:
            return Direction.RTL if re.search("[×·]", typed) else Direction.LTR
        case NumberKind.DEGREES if typed[-1].isalpha():
            return Direction.RTL
        case NumberKind.DEGREES if typed[0].isdigit():
            return Direction.LTR
        case NumberKind.NEGATIVE | NumberKind.PERCENT | NumberKind.DEGREES:
            # Beside Arabic-Indic digits a minus is at the right, the percent sign at the left (CLDR).
            return Direction.RTL if digits is Digits.ARABIC_INDIC else Direction.LTR
        case _:
            return Direction.LTR


def _printed(kind: NumberKind, typed: str, digits: Digits) -> str:
    if kind is NumberKind.YEAR:
        return digits.shape(re.sub(_SPACE, NO_BREAK_SPACE, typed))
    if kind is NumberKind.PERCENT and re.match(_PERCENT, typed):  # typed as it is seen, with the sign at the left
        typed = typed[1:] + typed[0]
    printed = re.sub(_VALUE, lambda value: print_value(value[0], digits), typed)
    if digits is Digits.ARABIC_INDIC:
        printed = re.sub(rf"{_SPACE}?({_PERCENT})", lambda sign: _ARABIC_SIGNS.get(sign[1], sign[1]), printed)
    else:
        printed = printed.translate(_WESTERN_MARKS)
    return re.sub(_SPACE, _space_in(kind, typed), printed)


def _space_in(kind: NumberKind, typed: str) -> str:
    """U+00A0, but not between a whole number and its fraction: it would make them one run of digits from the left."""
    return " " if kind is NumberKind.FRACTION and "/" in typed else NO_BREAK_SPACE


def print_value(typed: str, digits: Digits) -> str:
    """Return an unsigned number as it is printed: groups in reading order, marks and digits as `digits` wants them.

    A comma before three digits alone (`1,250`) may be a decimal mark or part groups: it stays as it is typed.
    """
    typed = as_western(typed)
    parts = re.fullmatch(r"(.*?)(?:([.,٫])(\d+))?", typed)
    if re.search(_SPACE, typed) and parts:
        whole, mark, decimals = parts[1], parts[2] or "", parts[3] or ""
        groups = re.split(_SPACE, whole)
        whole = NO_BREAK_SPACE.join(reversed(groups) if _typed_backwards(groups) else groups)
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+", typed):  # as in Spanish and German
        whole, mark, decimals = typed.partition(",")
        whole = whole.replace(".", "٬") if digits is Digits.ARABIC_INDIC else whole
    elif re.fullmatch(r"\d{1,3}(?:[,٬]\d{3}){2,}(?:\.\d+)?|\d{1,3}[,٬]000(?:\.\d+)?|\d{1,3}[,٬]\d{3}\.\d+", typed):
        whole, mark, decimals = typed.partition(".")
        whole = whole.replace(",", "٬") if digits is Digits.ARABIC_INDIC else whole
    elif parts and parts[2] and re.fullmatch(r"\d+", parts[1]) and not (parts[2] == "," and len(parts[3]) == 3):
        whole, mark, decimals = parts[1], parts[2], parts[3]
    else:
        whole, mark, decimals = typed, "", ""
    if digits is Digits.WESTERN:
        return (whole + mark + decimals).translate(_WESTERN_MARKS)
    return digits.shape(whole + ("٫" if mark else "") + decimals)


def _typed_backwards(groups: list[str]) -> bool:
    """Whether groups of digits make a number in the opposite order alone: `000 210`, `626 19`."""

    def in_order(ordered: list[str]) -> bool:
        return not ordered[0].startswith("0") and all(len(group) == 3 for group in ordered[1:])

    return in_order(groups[::-1]) and not in_order(groups)


def is_turned(typed: str, printed: str) -> bool:
    """Whether the groups of a number, or its percent sign, are printed in another order than they are typed."""
    return _order(typed) != _order(printed)


def _order(text: str) -> list[str]:
    return re.findall(r"\d+|[%‰]", as_western(text).translate(_WESTERN_MARKS))


def is_ambiguous(typed: str) -> bool:
    """Whether a number can be read in two ways: `1,250` is one and a quarter or a thousand, `417 836` or `836 417`."""
    typed = as_western(typed)
    if re.fullmatch(r"\d{1,3},\d{3}", typed):
        return not typed.endswith("000")
    groups = re.split(_SPACE, typed)
    return len(groups) > 1 and all(len(group) == 3 and not group.startswith("0") for group in groups)
