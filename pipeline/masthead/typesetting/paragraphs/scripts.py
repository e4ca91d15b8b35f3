"""The script of a text and the numbers in it, where a pattern can say what Pango would say of each letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.typesetting.paragraphs.faces import ARABIC, COMMON, CYRILLIC, HAN, LATIN, Script

_ARABIC = re.compile(
    "(?:[\u0621-\u063a\u0640-\u064a\u0671]++[\u064b-\u0652\u0670]*+"
    "|[0-9\u0660-\u0669\u066b\u066c «»()\\[\\]،؛؟.:!/–—\"'‘’“”٪%*…\u00a0\u200d\u200f-]++)*+"
)
_ARABIC_LETTER = re.compile("[\u0621-\u063a\u0640-\u064a\u0671]")
# Numbers among Arabic letters by UAX #9, W1 to W7: European digits are Arabic numbers after a letter, but not after the
# beginning or a mark of direction; there hyphens and signs of percent belong to them too.
_NUMBER = re.compile("[0-9\u0660-\u0669\u066b\u066c]+(?:[,./:،\u00a0][0-9\u0660-\u0669\u066b\u066c]+)*")
_EUROPEAN_NUMBER = re.compile(
    "(?:[%٪]*[0-9]+(?:[,./:،\u00a0-][0-9]+)*[%٪]*"
    "|[\u0660-\u0669\u066b\u066c]+(?:[,./:،\u00a0][\u0660-\u0669\u066b\u066c]+)*)+"
)
_EUROPEAN_DIGIT = re.compile("[0-9]")
_RLM = "\u200f"
_ARABIC_STRONG = re.compile("[\u0621-\u063a\u0640-\u064a\u0671؛؟]")
_STRONG = re.compile("[\u0621-\u063a\u0640-\u064a\u0671؛؟\u200f]")
_JOINED_NUMBER = re.compile("[0-9\u0660-\u0669\u066b\u066c]\u200d")  # belongs to the number, and is not drawn
_WESTERN = re.compile(
    "[ -~\u00a0-\u00a8\u00aa-\u00ac\u00af-\u024f\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20ac\u2116]*"
)
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f]")
_LATIN_LETTER = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]")
_IDEOGRAPHIC = re.compile("[ -~\u00a0\u00b7\u2013-\u201d\u2026\u3001-\u3029\u3400-\u9fff\uff01-\uff60]*")
IDEOGRAPH = re.compile("[\u3005-\u3007\u3021-\u3029\u3400-\u9fff]")
LETTERS = {
    ARABIC.tag: _ARABIC_LETTER,
    CYRILLIC.tag: _CYRILLIC_LETTER,
    HAN.tag: IDEOGRAPH,
    LATIN.tag: _LATIN_LETTER,
}
"""The letters of each script, by its tag."""


def script_of(text: str, direction: str) -> Script | None:
    """Return the script of a text; None if only Pango knows how it is divided into runs."""
    if direction == "rtl":
        if not _ARABIC.fullmatch(text) or _JOINED_NUMBER.search(text):
            return None
        return ARABIC if _ARABIC_LETTER.search(text) else COMMON
    if _NUMBER.fullmatch(text):
        return COMMON
    if not _WESTERN.fullmatch(text):
        return HAN if _IDEOGRAPHIC.fullmatch(text) else None
    latin, cyrillic = _LATIN_LETTER.search(text), _CYRILLIC_LETTER.search(text)
    if latin and cyrillic:
        return None
    return LATIN if latin else CYRILLIC if cyrillic else COMMON


def numbers_of(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of a right-to-left text begin and end."""
    if not _EUROPEAN_DIGIT.search(text):
        yield from (found.span() for found in _NUMBER.finditer(text))
        return
    start = 0
    while start < len(text):
        mark = text.find(_RLM, start) + 1 or len(text)
        letter = _ARABIC_STRONG.search(text, start, mark)
        first = letter.start() if letter else mark
        yield from (found.span() for found in _EUROPEAN_NUMBER.finditer(text, start, first))
        yield from (found.span() for found in _NUMBER.finditer(text, first, mark))
        start = mark


def dependent_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where lines of a right-to-left text would begin with numbers that are other ones if they are alone."""
    if not _EUROPEAN_DIGIT.search(text):
        return
    start = 0
    for end in (*(found.start() for found in _STRONG.finditer(text)), len(text)):
        if start and text[start - 1] != _RLM:
            after, alone = (
                [each.span() for each in pattern.finditer(text, start, end)] for pattern in (_NUMBER, _EUROPEAN_NUMBER)
            )
            if after != alone:
                yield start, end
        start = end + 1
