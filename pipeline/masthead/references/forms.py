"""The locale's table `references` as patterns: how each kind of reference is known in a language.

A pattern begins with its word or with a number, and every repetition in it has a bound or cannot give back what it
took: searching is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from masthead.locales import Locale, load
from masthead.references.citation import Kind
from masthead.references.ordinals import numbers
from masthead.terms import Digits, Language

_DIGIT = "[0-9٠-٩]"
_NUMBER = rf"(?<!{_DIGIT})(?<!{_DIGIT}[/.,]){_DIGIT}{{1,6}}+(?![/]?{_DIGIT})"
_LISTED = (Kind.PARAGRAPH, Kind.ARTICLE, Kind.AGENDA_ITEM, Kind.TARGET, Kind.GOAL, Kind.TABLE, Kind.FIGURE, Kind.ANNEX)
_MOST = 20  # annexes and tables that are counted by numerals or words


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of reference is known: `first`, and `next` after it in a list (None where none follows)."""

    kind: Kind
    first: re.Pattern[str]
    next: re.Pattern[str] | None


@dataclass(frozen=True)
class Lexicon:
    """All the patterns of one language. `session` finds the word beside which an ordinal stands."""

    language: Language
    locale: Locale
    forms: tuple[Form, ...]
    months: re.Pattern[str]
    month_numbers: Mapping[str, int]
    letters: Mapping[str, int]
    marks: Mapping[Kind, Mapping[str, int]]
    session: re.Pattern[str]
    edges: frozenset[str]
    here: re.Pattern[str]
    organs: Mapping[str, re.Pattern[str]]

    @property
    def ordinals(self) -> Mapping[str, int]:
        return numbers(self.language)


@cache
def lexicon(language: Language) -> Lexicon:
    """Return the patterns of `language`."""
    locale = load(language)
    words = locale.words["references"]
    letters = {letter: at for at, letter in enumerate(locale.word("marks", "letters"), 1)}
    marks = {kind: _marks(locale, kind) for kind in (Kind.ANNEX, Kind.TABLE, Kind.FIGURE)}
    slots = {
        "n": f"(?P<n>{_NUMBER})",
        "m": f"(?P<m>{_NUMBER})",
        "v": rf"(?P<v>{_DIGIT}{{1,5}})",
        "w": rf"(?P<w>{_DIGIT}{{1,5}})",
        "l": rf"(?:[ ]?\(?(?P<l>{_choice(letters)})\))?",
        "g": rf"(?P<g>{_DIGIT}{{1,2}})[.-](?P<t>{_DIGIT}{{1,2}}|[a-d])(?!{_DIGIT})",
    }
    forms = []
    for kind in Kind:
        if pattern := words.get(kind.value.replace(" ", "_")):
            if kind is Kind.SESSION:
                pattern = pattern["number"]
            slots["mark"] = f"(?P<mark>{_choice(marks.get(kind, ()))})"
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
        re.compile(str(words["here"])),
        {organ: re.compile(str(pattern)) for organ, pattern in words["organs"].items()},
    )


def _form(kind: Kind, pattern: str, slots: Mapping[str, str], between: str) -> Form:
    def filled(text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda slot: slots.get(slot[1], slot[0]), text)

    first = re.compile(filled(pattern))
    following = {Kind.TARGET: "{g}"}.get(kind, "{mark}" if "{mark}" in pattern else "{n}{l}")
    return Form(kind, first, re.compile(filled(f"(?:{between}){following}")) if kind in _LISTED else None)


def _dates(locale: Locale, months: Iterable[str]) -> re.Pattern[str]:
    """A date is known by its month: what stands before and behind is looked at from there (`recognition`)."""
    if locale.language is Language.CHINESE:
        return re.compile(rf"(?<!{_DIGIT})(?P<month>{_DIGIT}{{1,2}})月")
    return re.compile(f"(?P<month>{_choice(months)})(?!\\w)")


def _marks(locale: Locale, kind: Kind) -> Mapping[str, int]:
    """What counts annexes, tables or figures, to its number: `II`, `الثاني`, `2`."""
    table, key = {Kind.ANNEX: ("annex", "counted"), Kind.TABLE: ("tables", "table")}.get(kind, ("tables", "figure"))
    form = str(locale.word(table, key))
    found: dict[str, int] = {}
    if "{number}" in form:
        for number in range(1, 1000):
            found |= {Digits.ARABIC_INDIC.shape(number): number, str(number): number}
        return found
    lists = (f"{name}s" for name in re.findall(r"\{(\w+)\}", form))
    most = min([_MOST, *(len(locale.words["marks"][name]) for name in lists if name in locale.words["marks"])])
    slot = form[form.index("{") :]
    for number in range(1, most + 1):
        written = locale.counted(table, key, number, locale.language.digits)
        found[written[form.index("{") : len(written) - len(slot) + slot.index("}") + 1 or None]] = number
    return found


def _choice(words: Iterable[str]) -> str:
    """One of `words`, the longest first; plain numbers by their digits, that no list of a thousand is tried."""
    words = list(words)
    if "999" in words:
        return rf"{_DIGIT}{{1,3}}(?!{_DIGIT})"
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
