"""The general grammar of document symbols (UN Editorial Manual: symbols), which every organization may use.

A symbol is the series of a body, then parts after slashes: `A/HRC/WG.6/34/ITA/3`. A part may have a group in brackets,
with a word and a number (`A/81/6 (Sect. 10)`), a year (`S/RES/2254 (2015)`) or what a body chose (`ICCD/COP(14)/23`);
`A/81/6 (Sect. 10)/Part A` has a space in a part. Resolutions in several parts end in letters, `A/RES/79/252 A-B`. A
document of two organs has two symbols, `A/81/302–S/2026/611`. The quantifiers are possessive, so that a search takes
linear time.
"""

SPACE = "[ \u00a0]"
DASH = "[-\u2010\u2011\u2013]"
_SERIES = r"[A-Z]{1,10}+(?:\(\d{1,3}\))?"  # GC(63)/RES/1
_PART = rf"/(?:Part{SPACE}[A-Z0-9]{{1,3}}+(?![A-Za-z0-9])|[A-Za-z0-9]++(?:[.\-\u2011][A-Za-z0-9]++)*+)"
# The words of bracketed groups, in the languages whose mastheads translate them.
_WORDS = (
    r"(?:Income |Expenditure )?[Ss]ects?|Section|Secc|Chap|Cap|Vols?|Volume|Part(?:ie|e)?|Tom[eo]|Prog|Programme"
    r"|Suppl?|Introduction|Introducción|Введение|Resumption|Reprise|Reanudación|Foreword|Plan [Oo]utline|разд|том|часть"
)
_COUNT = r"(?:\d{1,3}[A-Z]?|[IVXLC]{1,6}|[A-Z])"
GROUP = rf"(?:\d{{4}}|(?:{_WORDS})\.?(?:{SPACE}?{_COUNT}(?:(?:{DASH}|{SPACE}and{SPACE}){_COUNT})?)?)"
"""What may be in brackets after a space."""
_LETTERS = rf"{SPACE}(?:[A-Z](?:{DASH}|{SPACE}(?:and|to){SPACE})[A-Z]|[A-Z])"
SERIES = rf"{_SERIES}(?:{_PART})*+"
"""What a symbol begins with: the series of a body, which may have parts."""


def grammar(opening: str = r"\(", closing: str = r"\)") -> str:
    """Return the pattern of one symbol without its letters and stars; `opening` and `closing` match its brackets."""
    chosen = rf"{opening}[A-Za-z0-9.\-]{{1,12}}{closing}"
    return rf"{_SERIES}(?:{_PART}(?:{SPACE}?{opening}{GROUP}{closing}|{chosen})?+)++"


GENERAL = grammar()
LETTERED = rf"(?:{DASH}{GENERAL}|{_LETTERS})?+\*{{0,3}}"
