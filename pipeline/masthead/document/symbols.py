"""The grammar of document symbols (UN Editorial Manual: symbols), for all that read, print, link or judge them.

A symbol is the series of a body, then parts after slashes: `A/HRC/WG.6/34/ITA/3`. A part may have a group in brackets,
with a word and a number (`A/81/6 (Sect. 10)`), a year (`S/RES/2254 (2015)`) or what a body chose (`ICCD/COP(14)/23`);
`A/81/6 (Sect. 10)/Part A` has a space in a part. Resolutions in several parts end in letters, `A/RES/79/252 A-B`. A
document of two organs has two symbols, `A/81/302–S/2026/611`. The quantifiers are possessive, so that a search takes
linear time.
"""

from __future__ import annotations

import re

from masthead.document import organizations

SPACE = "[ \u00a0]"
_DASH = "[-\u2010\u2011\u2013]"
_SERIES = r"[A-Z]{1,10}+(?:\(\d{1,3}\))?"  # GC(63)/RES/1
_PART = rf"/(?:Part{SPACE}[A-Z0-9]{{1,3}}+(?![A-Za-z0-9])|[A-Za-z0-9]++(?:[.\-\u2011][A-Za-z0-9]++)*+)"
# The words of bracketed groups, in the languages whose mastheads translate them.
_WORDS = (
    r"(?:Income |Expenditure )?[Ss]ects?|Section|Secc|Chap|Cap|Vols?|Volume|Part(?:ie|e)?|Tom[eo]|Prog|Programme"
    r"|Suppl?|Introduction|Introducción|Введение|Resumption|Reprise|Reanudación|Foreword|Plan [Oo]utline|разд|том|часть"
)
_COUNT = r"(?:\d{1,3}[A-Z]?|[IVXLC]{1,6}|[A-Z])"
GROUP = rf"(?:\d{{4}}|(?:{_WORDS})\.?(?:{SPACE}?{_COUNT}(?:(?:{_DASH}|{SPACE}and{SPACE}){_COUNT})?)?)"
"""What may be in brackets after a space."""
_LETTERS = rf"{SPACE}(?:[A-Z](?:{_DASH}|{SPACE}(?:and|to){SPACE})[A-Z]|[A-Z])"


def grammar(opening: str = r"\(", closing: str = r"\)") -> str:
    """Return the pattern of one symbol without its letters and stars; `opening` and `closing` match its brackets."""
    chosen = rf"{opening}[A-Za-z0-9.\-]{{1,12}}{closing}"
    return rf"{_SERIES}(?:{_PART}(?:{SPACE}?{opening}{GROUP}{closing}|{chosen})?+)++"


_GENERAL = grammar()
_LETTERED = rf"(?:{_DASH}{_GENERAL}|{_LETTERS})?+\*{{0,3}}"


@organizations.per_organization
def one() -> str:
    """Return the pattern of one symbol in running text: of the organization, or of the general grammar."""
    own = organizations.current().symbol
    return rf"(?:{own}|{_GENERAL})" if own else _GENERAL


@organizations.per_organization
def whole() -> str:
    """Return the pattern of all of a masthead's symbol, with the stars of a reissue or of notes."""
    own = organizations.current().symbol
    general = rf"{_GENERAL}{_LETTERED}"
    return rf"(?:(?:{own})\*{{0,3}}|{general})" if own else general


def is_own(symbol: str) -> bool:
    """Return whether a symbol is one of the organization, by its pattern or else by the series of its organs.

    All symbols of the general grammar are symbols of the United Nations.
    """
    organization = organizations.current()
    if organization.is_bundled:
        return True
    symbol = symbol.rstrip("*")
    if organization.symbol:
        return re.fullmatch(organization.symbol, symbol) is not None
    return any(symbol.startswith(f"{organ.series}/") for organ in organization.organs.values())


_AFTER = rf"[,.;:)\]]|{SPACE}(?:of|and|to|de|du|del|et|y|от|и){SPACE}|$"
LETTERS = rf"{SPACE}(?:[A-Z]{_DASH}[A-Z](?!\w)|[B-HJ-Z](?!\w)|A(?={_AFTER}))"
"""Letters after a resolution's number in running text, where `A` alone may be the article of the next words."""
JOINT = rf"(?<=[^/A-Z]){_DASH}(?=[A-Z]{{1,8}}/)"
"""The dash between the symbols of two organs."""
