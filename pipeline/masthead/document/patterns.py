"""A locale's words as patterns: how the lines of a printed text are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from masthead.document.locales import Locale
from masthead.document.terms import Organ, ResolutionNumber, day

_ORNAMENT = re.compile(r"[\u064b-\u0652\u0640]")  # vowel signs and tatweel: mastheads stretch words with the latter
_LONGEST_LINE = 600  # characters; no line of a masthead is longer, and patterns need not try longer ones


def fold(text: str) -> str:
    """Return `text` without vowel signs, tatweel and doubled spaces, for comparing it with a locale's words."""
    return " ".join(_ORNAMENT.sub("", text).split())


def match(
    line: str, templates: Iterable[str], words: Mapping[str, Iterable[str]] | None = None
) -> re.Match[str] | None:
    """Match the whole of `line` with the first of `templates` that fits.

    `{name}` stands for any text, or for one of `words[name]`. All is compared folded, and so are the groups.
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


def organ_of(name: str, locale: Locale) -> Organ | None:
    """Return the organ that is called `name`."""
    return next((organ for organ in Organ if fold(locale.organ(organ)) == fold(name)), None)


def date_in(text: str, locale: Locale) -> date | None:
    """Return the first date in `text`, in the locale's form."""
    return day(fold(text), str(locale.word("dates", "text")), [fold(month) for month in locale.word("dates", "months")])


NUMBER = re.compile(r"(?<![0-9٠-٩/])([0-9٠-٩]{1,4})/([0-9٠-٩]{1,4})(?![0-9٠-٩/])")
"""A resolution number, in either order."""


def orders(text: str) -> tuple[ResolutionNumber, ResolutionNumber]:
    """Return a printed number read as written, and read from its other end: a left-to-right picture of Arabic."""
    first, _, second = text.partition("/")
    return ResolutionNumber.parse(text), ResolutionNumber.parse(f"{second}/{first}")
