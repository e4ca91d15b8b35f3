"""A locale's words as regular expressions, to recognize the lines of a printed text.

Everything is compared folded, see `fold`: mastheads stretch Arabic words and spell vowels as they please.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache

from masthead.document.locales import Locale
from masthead.document.terms import Organ, ResolutionNumber, as_searchable, find_formatted_date

_ORNAMENT = re.compile(r"[\u064b-\u0652\u0640]")  # vowel signs, and tatweel, which stretches a word
_LONGEST_LINE = 600  # characters; a longer line is not a line of a masthead, and matching it would be slow

NUMBER = re.compile(r"(?<![0-9٠-٩/])([0-9٠-٩]{1,4})/([0-9٠-٩]{1,4})(?![0-9٠-٩/])")
"""A resolution number, in either order."""


def fold(text: str) -> str:
    """Return `text` in NFC without vowel signs and tatweel, with plain single spaces, as a locale's words are."""
    return " ".join(_ORNAMENT.sub("", unicodedata.normalize("NFC", as_searchable(text))).split())


def match(
    line: str, templates: Iterable[str], words: Mapping[str, Iterable[str]] | None = None
) -> re.Match[str] | None:
    """Match the whole of `line` against `templates` and return the first match, with folded groups.

    `{name}` in a template stands for one of `words[name]`, or for any text if `words` has no such name.
    """
    if len(line) > _LONGEST_LINE:
        return None
    choices = tuple((name, tuple(choice)) for name, choice in (words or {}).items())
    folded = fold(line)
    return next(filter(None, (_pattern(template, choices).fullmatch(folded) for template in templates)), None)


@cache
def _pattern(template: str, words: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    pattern = re.escape(fold(template))
    for name in re.findall(r"\\{(\w+)\\}", pattern):
        choice = "|".join(re.escape(fold(word)) for word in dict(words).get(name, ())) or ".+"
        pattern = pattern.replace(rf"\{{{name}\}}", f"(?P<{name}>{choice})")
    return re.compile(pattern)


def find_organ(name: str, locale: Locale) -> Organ | None:
    """Return the organ with this name in the locale."""
    return next((organ for organ in Organ if fold(locale.organ(organ)) == fold(name)), None)


def find_date(text: str, locale: Locale) -> date | None:
    """Return the first date in `text` that is written as the locale writes dates."""
    months = _folded(tuple(locale.word("dates", "months")))
    return find_formatted_date(fold(text), str(locale.word("dates", "text")), months)


@lru_cache(maxsize=64)  # lists of locales
def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, words))


def both_orders(number: str) -> tuple[ResolutionNumber, ResolutionNumber]:
    """Return a printed resolution number read as it is written, and with its two parts swapped."""
    first, _, second = number.partition("/")
    return ResolutionNumber.parse(number), ResolutionNumber.parse(f"{second}/{first}")
