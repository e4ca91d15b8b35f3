"""Numbers and months of a text as values that are equal in six languages, however each language writes them.

`13 900`, `13,900`, `13.900`, the Arabic `900 13` that was typed backwards, `13,9 тыс.` and `1.39万` are one value.
The table `quantities` of a locale has its words: months, powers of ten, and numbers in words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from masthead.document import WESTERN, Digits, Language, locales, organizations, terms
from masthead.document import numbers as arabic_numbers

PLAIN = WESTERN | terms.SEARCHABLE | dict.fromkeys(map(ord, "\t\n"), " ")
"""For `str.translate`: Western digits, plain spaces and hyphens, character by character."""

_MARK = r"[ ,.٬’']"
_LETTER = "A-Za-zА-яЁё"  # a digit after one belongs to a name: `G5`; a conjunction in Arabic does not
_WHOLE = rf"(?<![\d{_LETTER}])(?:\d{{1,3}}(?:{_MARK}\d{{3}})++(?!\d)|\d++)"
_NUMBER = re.compile(rf"(?<!\d[.,٫-]){_WHOLE}[.,٫]\d{{1,2}}(?!\d|[ .,٬’'-]\d)|{_WHOLE}")
_MINUS = re.compile(r"(?:\A|(?<![\d]) |[(\[])[-−]\Z")  # not the hyphen of a range or a word
_DECIMALS = re.compile(r"[.,٫](\d{1,2})\Z")
_IN_NAME = re.compile(rf"(?<=[{_LETTER}])\d++")
_YEARED = re.compile(r"(?<!\d)\d{1,4} ?\((?:19|20)\d\d\)")
_CHINESE_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?=月|[、和及至-]\d{1,2}月)月?")
_CHINESE = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_CHINESE_NUMBER = re.compile(f"[{''.join((*_CHINESE, *_CHINESE_UNITS))}]{{1,12}}+")
_ROMAN = {locales.roman(number).upper(): number for number in range(1, 40)}
_ROMAN_NUMBER = re.compile(r"(?<!\w)[IVX]++(?!\w)")
_IS_YEAR = re.compile(r"(?:عام|سنة) \Z")  # before a year that a number in words follows: "in 2047 a thousand …"
_FOLLOWING_YEAR = re.compile(r"(?<![/\d])((?:19|20)\d\d)[/–-](\d\d)\Z")  # 2020/21
_RANGE = re.compile(r"(?<!\d)(\d{1,3})(?: ?[-–—] ?| (?:to|à|al?|по|إلى) | ?至 ?)(\d{1,3})(?!\d)")
_LONGEST_RANGE = 12  # a longer one is not written number by number
_BEFORE = dict.fromkeys("$€£", "money") | dict.fromkeys("%٪", "percent")  # right before a number; `%5` is Arabic
_MEASURES = {"percent": "percentage", "money": "amount of money"}
_APART = 6  # characters between two words that may be one number: `двадцать пять`, `خمسة وعشرون`


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or month in a text: its value, its place, what it belongs to, and how else it may be read.

    `value` is a decimal numeral, or `month 7`. `measure` is the kind of a disagreement about it, or empty: a
    percentage, an amount of money, a resolution (`2360 (2017)`). `other` is the value of an Arabic number that may be
    typed backwards.
    """

    value: str
    start: int
    end: int
    measure: str = ""
    other: str = ""

    @property
    def is_month(self) -> bool:
        return self.value.startswith("month")


def quantities(text: str, language: Language) -> Iterator[Quantity]:
    """Yield the numbers in digits, and the months, of a text in which PLAIN has replaced characters."""
    words = _words(language)
    taken = names_in(text, language)
    text = masked(text, taken)
    for found in words.months.finditer(text):
        month = int(found[1]) if language is Language.CHINESE else found.lastindex or 0
        if 1 <= month <= 12:
            yield Quantity(f"month {month}", *found.span())
            taken.append(found.span())
    if language is Language.ARABIC:
        for unit in arabic_numbers.numbers_in(text, language, Digits.WESTERN):
            is_number, typed = unit.kind is arabic_numbers.NumberKind.NUMBER, text[unit.start : unit.end]
            if is_number and arabic_numbers.is_turned(typed, unit.printed):
                value = _value(unit.printed.translate(PLAIN))
                yield Quantity(f"{value.normalize():f}", unit.start, unit.end)
                taken.append((unit.start, unit.end))
    text = masked(text, taken)
    yeared = [found.span() for found in _YEARED.finditer(text)]
    ends = [end for _, end in yeared]
    for found in _NUMBER.finditer(text):
        scale = None if _IS_YEAR.search(text, 0, found.start()) else words.scales.match(text, found.end())
        following = _FOLLOWING_YEAR.search(text, max(0, found.start() - 5), found.end())
        number = f"{following[1][:2]}{found[0]}" if following and following.start(2) == found.start() else found[0]
        sign = -1 if _MINUS.search(text, max(0, found.start() - 3), found.start()) else 1
        value = sign * _value(number) * (10 ** int(str(scale.lastgroup)[1:]) if scale else 1)
        measured = words.measures.match(text, found.end())
        before = _BEFORE.get(text[max(0, found.start() - 1) : found.start()], "")
        measure = _MEASURES.get(str(measured.lastgroup) if measured else before, "")
        at = bisect_left(ends, found.end())
        if at < len(ends) and yeared[at][0] <= found.start():
            measure = "resolution"
        is_turned = language is Language.ARABIC and " " in found[0] and arabic_numbers.is_ambiguous(found[0])
        other = "".join(reversed(found[0].split(" "))) if is_turned else ""
        yield Quantity(f"{value.normalize():f}", *found.span(), measure, other)


def names_in(text: str, language: Language) -> list[tuple[int, int]]:
    """Return the spans of names with numbers or dates in them, which other languages write without them."""
    return [name.span() for name in _words(language).names.finditer(text)]


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with null characters in place of these spans."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "\0" * (end - start)
    return "".join(characters)


def spelled(text: str, language: Language) -> frozenset[str]:
    """Return the values that the text may have in words, roman or Chinese numerals, or within a range.

    They are a superset of what it says.
    """
    found = {str(_ROMAN[each]) for each in _ROMAN_NUMBER.findall(text) if each in _ROMAN} | {*_IN_NAME.findall(text)}
    for first, last in _RANGE.findall(text):
        found |= {*map(str, range(int(first) + 1, min(int(last), int(first) + _LONGEST_RANGE)))}
    words = _words(language)
    places = [
        (each.start(), each.end(), int(str(each.lastgroup)[1:])) for each in words.spelled.finditer(text.casefold())
    ]
    found |= {str(value) for _, _, value in places}
    for (_, end, value), (start, _, next_value) in pairwise(places):
        if start - end <= _APART:
            found |= {str(value + next_value), str(value * next_value)}
    if language is Language.CHINESE:
        found |= {str(_chinese(numeral)) for numeral in _CHINESE_NUMBER.findall(text)}
    if language is Language.ARABIC:
        found |= {"1", "2"}  # said by the form of the noun alone
    return frozenset(found)


def _value(number: str) -> Decimal:
    """The value of a number in digits: a mark before exactly three digits groups them, any other is a decimal mark."""
    decimal = _DECIMALS.search(number)
    whole, decimals = (number[: decimal.start()], f".{decimal[1]}") if decimal else (number, "")
    return Decimal(re.sub(_MARK, "", whole) + decimals)


def _chinese(numeral: str) -> int:
    """The value of a Chinese numeral, by place or with the words for powers of ten: 二〇二〇, 四十一, 一千二百."""
    if not set(numeral) & _CHINESE_UNITS.keys():
        return int("".join(str(_CHINESE[each]) for each in numeral))
    total = section = digit = 0
    for each in numeral:
        if each in _CHINESE:
            digit = _CHINESE[each]
        elif (unit := _CHINESE_UNITS[each]) < 10**4:
            section, digit = section + (digit or 1) * unit, 0
        else:
            total, section, digit = (total + section + digit or 1) * unit, 0, 0
    return total + section + digit


@dataclass(frozen=True, slots=True)
class _QuantityWords:
    """The patterns of one language. Group n of `months` is a month, `e6` of `scales` 10⁶, `n20` of `spelled` 20."""

    names: re.Pattern[str]
    months: re.Pattern[str]
    scales: re.Pattern[str]
    measures: re.Pattern[str]
    spelled: re.Pattern[str]


@organizations.per_organization
def _words(language: Language) -> _QuantityWords:
    locale = locales.load(language)
    table, number = locale.words["quantities"], locale.words["lint"]["number"]
    months = table.get("months") or [re.escape(month) for month in locale.word("dates", "months")]
    scales = (f"(?P<e{power}>{pattern})" for power, pattern in table["scales"].items())
    by_value = sorted(table["words"].items(), key=lambda each: -int(each[0]))  # `twenty` before `two`
    is_chinese = language is Language.CHINESE
    start, edge = r"(?<!\w)", r"(?<![^\W\d_])"
    if not is_chinese and language.script != "Latn":  # designations may be in English
        english = locales.load(Language.ENGLISH).word("dates", "months")
        months = [f"{month}|{name}" for month, name in zip(months, english, strict=True)]
    if language is Language.ARABIC:  # which writes conjunctions, prepositions and the article together with the word
        start, edge = rf"{start}[وفبلك]{{0,2}}(?:ال)?", ""
    elif is_chinese:
        start = ""
    return _QuantityWords(
        re.compile(table["names"], re.IGNORECASE),
        _CHINESE_MONTH if is_chinese else re.compile("|".join(rf"{edge}({month})(?![^\W\d_])" for month in months)),
        re.compile(f" ?(?:{'|'.join(scales)})"),
        re.compile(f"(?P<percent>{number['percent']})|(?P<money>{number['money']})"),
        re.compile("|".join(f"{start}(?P<n{value}>{pattern})" for value, pattern in by_value)),
    )
