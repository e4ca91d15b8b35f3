"""The marks before paragraphs, subparagraphs, headings and parts: which number or letter a mark means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from masthead.document import AnnexKind, Digits, DocumentType, Locale, TemplateError, patterns, terms
from masthead.document.references import Doubt
from masthead.page import wording

Place = tuple[int, int]
"""The degree and the ordinal of a subparagraph, both from 1."""


_PART = "(?:[IVXLCDM]{1,8}|[0-9٠-٩]{1,3}|[A-ZА-Я]|[一二三四五六七八九十]{1,4})"  # of the number of an annex
_SIGN = r"(?:[Nn]o\.?|[Nn][°ºᵒ]|№|رقم|第)\s*"  # before it
_VOWELS = r"\u064b-\u0652\u0640"  # signs, and the stretch of a line
_MAX_ORDINAL = 99
_MAX_HEADING_MARK = 40  # characters


class Marks:
    """The marks of one language. If a mark has two meanings, as (i) has, the marks around it decide."""

    def __init__(self, locale: Locale) -> None:
        self._number = re.compile(number_pattern(str(locale.word("marks", "paragraph")), "[0-9٠-٩]{1,3}"))
        # With the number of a section before it: `10.1`, and a tab or at least two spaces after it.
        point = re.escape(locale.section_point)
        numbers = rf"(?P<section>[A-Z]{{1,8}}|[0-9٠-٩]{{1,3}}){point}(?P<number>[0-9٠-٩]{{1,3}})"
        self._sectioned = re.compile(rf"{numbers}\.?(?:[\s\x1e]*[\t\x1e][\s\x1e]*| {{2,}})(?=\S)")
        self._places = _places(locale)
        self._item = _item_pattern(locale)

    def number(self, text: str) -> re.Match[str] | None:
        """Match the number of an operative paragraph, as the group `number`, at the start of `text`."""
        return self._number.match(text)

    def sectioned_number(self, text: str) -> re.Match[str] | None:
        """Match the number of a paragraph after that of its section, as the groups `section` and `number`."""
        return self._sectioned.match(text)

    def item(self, text: str) -> re.Match[str] | None:
        """Match the mark of a subparagraph, as the group `mark`, at the start of `text`."""
        return self._item.match(text)

    def ordinal(self, mark: str, degree: int) -> int | None:
        """Return the ordinal that `mark` means in this degree, or None if the degree has no such mark."""
        return next((ordinal for at, ordinal in self._places.get(mark, ()) if at == degree), None)

    def next_ordinal(self, mark: str, degree: int, before: int) -> int:
        """Return the ordinal of a subparagraph with this mark, whatever it is, after the one with ordinal `before`.

        A mark that is the next one in any degree, as (i) is the first, counts as the next one. One with a suffix, as
        (b) bis, does not count.
        """
        if _SUFFIXED.fullmatch(mark):
            return before
        folded = patterns.fold(mark)
        if any(ordinal == before + 1 for _, ordinal in self._places.get(folded, ())):
            return before + 1
        return self.ordinal(folded, degree) or before + 1

    def follows(self, mark: str, before: str) -> bool:
        """Return whether a mark follows the one before it, as (b) and (a) bis follow (a), in any degree.

        Marks that no degree has both, as (ii) and (g), are not compared: a list may run on through another.
        """
        if _SUFFIXED.fullmatch(mark) or _SUFFIXED.fullmatch(before):
            return True
        places, last = (dict(self._places.get(patterns.fold(each), ())) for each in (mark, before))
        begins = any(ordinal == 1 and degree not in last for degree, ordinal in places.items())
        shared = [places[degree] - last[degree] for degree in places if degree in last]
        return begins or not shared or 1 in shared

    def example(self, degree: int) -> str:
        """Return the first mark of a degree, or of the deepest degree that has marks."""
        deepest = max(at for places in self._places.values() for at, _ in places)
        return next(mark for mark, places in self._places.items() if (min(degree, deepest), 1) in places)

    def place(self, mark: str, ordinals: Sequence[int], announced: bool) -> tuple[Place, bool] | None:
        """Return the place of a subparagraph with this mark, and whether it is the next in order.

        Return None if no subparagraph can have the mark here. `ordinals` are those of the open subparagraphs by
        degree. `announced` says that the text before ends with a colon, which makes a new degree likelier than the
        next letter.
        """
        possible = [(degree, ordinal) for degree, ordinal in self._places[mark] if degree <= len(ordinals) + 1]
        if not possible:
            return None
        expected = [(degree, ordinals[degree - 1] + 1) for degree in range(len(ordinals), 0, -1)]
        expected.insert(0 if announced else len(expected), (len(ordinals) + 1, 1))
        for place in expected:
            if place in possible:
                return place, True
        return possible[0], False


_SUFFIX = "(?P<suffix>bis|ter|quater|quinquies|бис|тер|مكررا?(?: ثانيا| ثالثا)?|之[一二三四])"
_NUMBER = re.compile(  # a number in quotation marks, ’1‘, is the mark of a subparagraph
    rf"[^\w’‘']{{0,2}}(?P<number>\d{{1,4}})[ \u00a0]?{_SUFFIX}?[\W_]{{0,3}}",
    re.IGNORECASE,
)
_SUFFIXED = re.compile(rf"\W{{0,2}}\w{{1,5}}\W{{0,2}}[ \u00a0]?{_SUFFIX}\W{{0,3}}", re.IGNORECASE)


def read_number(mark: str) -> tuple[int | None, bool]:
    """Return the number of a paragraph by its mark, None if it has none, and whether it has a suffix: `5 bis.`"""
    found = _NUMBER.fullmatch(mark)
    return (int(found["number"]), bool(found["suffix"])) if found else (None, False)


def out_of_order(mark: str) -> Doubt:
    """Return the doubt about a subparagraph whose mark does not follow that of the one before."""
    return Doubt("item-order", f"subparagraph {mark} is not the next in order", "letter subparagraphs without gaps")


def number_pattern(form: str, number: str) -> str:
    """Return the pattern of a mark at the start of a text: of `form`, for example `{number}.`, filled with `number`.

    The number is the group `number`. Space before the sign and any dash for a hyphen are allowed.
    """
    before, _, after = form.partition("{number}")
    sign = re.escape(after.strip()).replace(r"\-", "[-–—]")
    return rf"{re.escape(before)}(?P<number>{number})\s*{sign}\s+(?=\S)"


@cache  # as `_places`
def _item_pattern(locale: Locale) -> re.Pattern[str]:
    marks = "|".join(re.escape(mark) for mark in sorted(_places(locale), key=len, reverse=True))
    return re.compile(rf"(?P<mark>{marks})\s+")


@cache  # the marks are some hundred strings to format, and every reading of a document needs them
def _places(locale: Locale) -> Mapping[str, list[Place]]:
    """Return the possible places by mark, for every mark of the locale, as it is printed and as it is often typed."""
    places: dict[str, list[Place]] = defaultdict(list)
    for degree in range(1, len(locale.word("marks", "item")) + 1):
        for ordinal in range(1, len(locale.word("marks", "letters")) + 1):
            marks = [locale.item_mark(ordinal, degree, digits) for digits in (locale.language.digits, *Digits)]
            for mark in dict.fromkeys((*marks, *map(patterns.fold, marks))):
                places[mark].append((degree, ordinal))
    return dict(places)


@cache
def heading_marks(locale: Locale, level: int, kind: DocumentType) -> Mapping[str, int]:
    """Return the ordinals by mark for headings of a level, with either kind of digits."""
    return _ordinals(lambda ordinal, digits: wording.heading_mark(ordinal, level, kind, locale, digits))


@cache
def counted_marks(locale: Locale, table: str, key: str) -> Mapping[str, int]:
    """Return the ordinals by mark for a form of the locale that counts, such as `Annex II`."""
    return _ordinals(lambda ordinal, digits: locale.counted(table, key, ordinal, digits))


class AnnexName(NamedTuple):
    """The name of an annex before a text. `mark` is as printed, if the language prints it in another form."""

    kind: AnnexKind
    ordinal: int | None
    mark: str | None
    length: int


def annex_name(text: str, locale: Locale) -> AnnexName | None:
    """Return the name of an annex, appendix or enclosure that is all of a text, or ends before the annex's title.

    Authors write names in capitals, with letters, with Roman or Arabic numerals: `ANNEX A`, `Annex 2.1`. A colon, a
    dash, a full stop, a tab or the end of a line is before a title.
    """
    for kind in AnnexKind:
        found = _annex_form(kind, locale).match(text)
        if found is None or found["name"][:1].islower():
            continue
        name = " ".join(found["name"].split())
        if patterns.fold(name) == patterns.fold(str(locale.word(kind, "single"))):
            return AnnexName(kind, None, None, found.end())
        ordinal = counted_marks(locale, kind, "counted").get(patterns.fold(name))
        return AnnexName(kind, ordinal, None if ordinal else name, found.end())
    return None


def annex_of_letter(text: str, locale: Locale) -> AnnexName | None:
    """Return the name of an annex that says to which letter it belongs: `Annex to the letter dated 31 July 2026`.

    The word begins the text, without its article in Arabic, or ends it in Chinese.
    """
    folded = patterns.fold(text)
    for kind in AnnexKind:
        word = patterns.fold(str(locale.word(kind, "single"))).removeprefix("ال")
        if folded.startswith(f"{word} ") or (not word.isascii() and folded.endswith(word)):
            return AnnexName(kind, None, text, len(text)) if patterns.find_date(text, locale) else None
    return None


@cache
def _annex_form(kind: AnnexKind, locale: Locale) -> re.Pattern[str]:
    """Return the pattern of the names of annexes of a kind, and of what separates them from a title."""
    word = str(locale.word(kind, "single"))
    vowelled = rf"[{_VOWELS}]*".join(map(re.escape, word))
    before = str(locale.word(kind, "counted")).partition("{")[0]
    marks = [mark.removeprefix(before) for mark in counted_marks(locale, kind, "counted")]
    names = [str(name) for name in locale.words["marks"].get("names", ())]
    written = "|".join(map(re.escape, sorted({*marks, *names}, key=len, reverse=True)))
    one = rf"(?:{written}|{_PART})"
    number = rf"[(\[]?{one}(?:[ .\-–/]?\(?{_PART}\)?|[a-z])?(?: bis| ter| عشر)?[)\]]?号?(?!\w)"
    space = r"\s*" if before.endswith(word) else r"\s+"
    name = rf"(?P<name>(?i:{vowelled})(?:{space}(?:{_SIGN})?{number})?)"
    return re.compile(rf"{name}(?:\s*$|\s*(?:[:：]|[.–—-](?=\s)|[\t\n\x1e\x1f])\s*(?=\S))")


def split_counted(text: str, table: str, key: str, locale: Locale) -> tuple[str, int] | None:
    """Return the section, empty if it has none, and the ordinal of a mark such as `Table 10.3` or `Figure II`."""
    marks = counted_marks(locale, table, key)
    if ordinal := marks.get(text):
        return "", ordinal
    before = str(locale.word(table, key)).partition("{")[0]
    numbered = re.compile(rf"{re.escape(before)}([A-Z0-9٠-٩]{{1,8}}){re.escape(locale.section_point)}(.+)")
    found = numbered.fullmatch(text)
    ordinal = marks.get(f"{before}{found[2]}") if found else None
    return (found[1].translate(terms.WESTERN), ordinal) if found and ordinal else None


def _ordinals(mark: Callable[[int, Digits], str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    with suppress(TemplateError):  # the locale has no mark for such a high number
        for ordinal in range(1, _MAX_ORDINAL + 1):
            for digits in Digits:
                found.setdefault(mark(ordinal, digits), ordinal)
    found.pop("", None)
    return found


def split_heading(text: str, level: int, kind: DocumentType, locale: Locale) -> tuple[int | None, str]:
    """Split a heading into the ordinal of its mark, or None if it has no mark, and its text."""
    marks = heading_marks(locale, level, kind)
    ends = (len(text), *(space for space in range(len(text[:_MAX_HEADING_MARK])) if text[space] == " "))
    end = max((end for end in ends if text[:end] in marks), default=0)
    return marks.get(text[:end]), text[end:].lstrip(" ")
