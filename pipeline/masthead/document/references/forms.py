"""The patterns by which citations are recognized in each language, from the table `references` of its locale.

Each pattern begins with a word or a number, and each repetition in it is bounded or possessive. So the time of a search
is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from masthead.document.locales import Locale, load, roman
from masthead.document.organizations import per_organization
from masthead.document.references.citation import Kind
from masthead.document.references.ordinals import numbers
from masthead.document.terms import Digits, Language

_DIGIT = "[0-9٠-٩]"
_NUMBER = rf"(?<!{_DIGIT})(?<!{_DIGIT}[/.,]){_DIGIT}{{1,6}}+(?![/]?{_DIGIT})"
_LISTED = (
    *(Kind.PARAGRAPH, Kind.ARTICLE, Kind.AGENDA_ITEM, Kind.TARGET, Kind.GOAL, Kind.NOTE),
    *(Kind.TABLE, Kind.FIGURE, Kind.ANNEX, Kind.SECTION),
)
_COUNTED = {  # the entry of the locale that says how each kind is counted
    Kind.ANNEX: ("annex", "counted"),
    Kind.TABLE: ("tables", "table"),
    Kind.FIGURE: ("tables", "figure"),
    Kind.SECTION: ("citing", "section"),
}
_SECTIONED = (Kind.PARAGRAPH, Kind.TABLE, Kind.FIGURE)  # may be counted within a section: table 10.1
_MOST = 20  # the highest number of an annex, table, figure or section that is written as a numeral or in words
_BELOW = " ".join(map(str, range(1, 1000)))
_PLAIN = {word: number for digits in Digits for number, word in enumerate(digits.shape(_BELOW).split(), 1)}
_ROMAN = {roman(number).upper(): number for number in range(1, _MOST + 1)}


@dataclass(frozen=True, slots=True)
class Form:
    """The pattern of one kind of citation: `first`, and `next` for the following members of a list, or None."""

    kind: Kind
    first: re.Pattern[str]
    next: re.Pattern[str] | None


@dataclass(frozen=True)
class Lexicon:
    """All patterns of one language.

    `session` matches the word next to an ordinal, `edges` are the words with which an ordinal begins or ends, `between`
    separates the members of a list. `here` (after a citation) and `here_before` (before it) say that it refers to the
    document itself, `elsewhere` (after it) that it refers to another document.
    """

    language: Language
    locale: Locale
    forms: tuple[Form, ...]
    months: re.Pattern[str]
    month_numbers: Mapping[str, int]
    letters: Mapping[str, int]
    marks: Mapping[Kind, Mapping[str, int]]
    session: re.Pattern[str]
    edges: frozenset[str]
    between: re.Pattern[str]
    here: re.Pattern[str]
    here_before: re.Pattern[str]
    elsewhere: re.Pattern[str]
    organs: Mapping[str, re.Pattern[str]]

    @property
    def ordinals(self) -> Mapping[str, int]:
        return numbers(self.language)


@per_organization
def lexicon(language: Language) -> Lexicon:
    """Return the patterns of `language`."""
    locale = load(language)
    words = locale.words["references"]
    letters = {letter: at for at, letter in enumerate(locale.word("marks", "letters"), 1)}
    own = {kind: _marks(locale, kind) for kind in _COUNTED}
    marks = {kind: _PLAIN | _ROMAN | own[kind] for kind in _COUNTED}
    slots = {
        "m": f"(?P<m>{_NUMBER})",
        **{name: rf"(?P<{name}>{_DIGIT}{{1,5}})" for name in "vw"},
        "l": rf"(?:[ ]?\(?(?P<l>{_choice(letters)})\))?",
        "next": rf"\((?P<next>{_choice(letters)})\)",  # a subparagraph of the paragraph before: 7 (a) and (b)
        "g": rf"(?P<g>{_DIGIT}{{1,2}})[.-](?P<t>{_DIGIT}{{1,2}}|[a-d])(?!{_DIGIT})",
    }
    forms, point = [], re.escape(locale.section_point)
    for kind in Kind:
        if pattern := words.get(kind.value.replace(" ", "_")):
            if kind is Kind.SESSION:
                pattern = pattern["number"]
            sectioned = kind in _SECTIONED and point == re.escape(".")  # a hyphen is also that of a range
            within = rf"(?:{point}(?P<in>{_DIGIT}{{1,3}}(?!{_DIGIT})|[IVX]{{1,5}}(?!\w)))?" if sectioned else ""
            slots["mark"] = f"(?P<mark>{_choice(marks.get(kind, ()))}){within}"
            slots["own"] = f"(?P<mark>{_choice(own.get(kind, ()))}){within}"
            slots["n"] = f"(?P<n>{_NUMBER}){within}"
            forms.append(_form(kind, str(pattern), slots, str(words["and"])))
    months = [str(month) for month in locale.word("dates", "months")]
    return Lexicon(
        language,
        locale,
        tuple(forms),
        _dates(locale, months),
        {month: at for at, month in enumerate(months, 1)},
        letters,
        marks,
        re.compile(str(words["session"]["word"])),
        frozenset(edge for form in numbers(language) for edge in (form.split(" ")[0], form.split(" ")[-1])),
        re.compile(str(words["and"])),
        re.compile(str(words["here"])),
        re.compile(rf"(?:{words['here_before']})\Z"),
        re.compile(str(words["elsewhere"])),
        {organ: re.compile(str(pattern)) for organ, pattern in words["organs"].items()},
    )


def _form(kind: Kind, pattern: str, slots: Mapping[str, str], between: str) -> Form:
    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda slot: slots.get(slot[1], slot[0]), text)

    first = re.compile(filled(pattern))
    following = {Kind.TARGET: "{g}"}.get(kind, "{own}" if "{mark}" in pattern else "(?:{n}{l}|{next})")
    return Form(kind, first, re.compile(filled(f"(?:{between}){following}")) if kind in _LISTED else None)


def _dates(locale: Locale, months: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of a month. `citation_search` then looks for the day and year around it."""
    if locale.language is Language.CHINESE:
        return re.compile(rf"(?<!{_DIGIT})(?P<month>{_DIGIT}{{1,2}})月")
    return re.compile(f"(?P<month>{_choice(months)})(?!\\w)")


def _marks(locale: Locale, kind: Kind) -> dict[str, int]:
    """Return the marks that count annexes, tables and so on, with their numbers: `II`, `الثاني`, `2`."""
    table, key = _COUNTED[kind]
    form = str(locale.word(table, key))
    if "{number}" in form:
        return _PLAIN
    lists = (f"{name}s" for name in re.findall(r"\{(\w+)\}", form))
    most = min([_MOST, *(len(locale.words["marks"][name]) for name in lists if name in locale.words["marks"])])
    before, after = form.index("{"), len(form) - form.index("}") - 1
    written = {number: locale.counted(table, key, number, locale.language.digits) for number in range(1, most + 1)}
    return {mark[before : len(mark) - after]: number for number, mark in written.items()}


def _choice(words: Iterable[str]) -> str:
    """Return a pattern for one of `words`, the longest first. All plain numbers share one pattern, for speed."""
    words = set(words)
    numbers = [rf"{_DIGIT}{{1,3}}(?!{_DIGIT})"] if "999" in words else []
    others = sorted(words - _PLAIN.keys(), key=lambda word: (-len(word), word))
    return "|".join([*numbers, *(re.escape(word) + _end(word) for word in others)]) or "(?!)"


def _end(word: str) -> str:
    """Return the pattern for the end of a word. Chinese does not separate words."""
    return "" if word[-1] > "\u3000" else r"(?!\w)"
