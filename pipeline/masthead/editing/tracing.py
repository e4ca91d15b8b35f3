"""The lines of a source from which the lines of its pages were made, for a page that follows its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from masthead.document import WESTERN
from masthead.editing.places import SourceText

_LETTERS = re.compile(r"[^\W_]")
_LED = re.compile(r"\d{1,3}(?=\D)")  # a number that the source may have by itself: `#.`
_SURE, _MOST = 10, 24  # letters: so many tell a line from all others; more need not be compared
_BACK = 60  # lines: notes, at the foot of a page, are at the end of the source
_NEAR = 400  # letters


def source_lines(source: str, texts: Iterable[str]) -> list[int | None]:
    """Return the number of the source's line for each line of text on the pages, in reading order; None if not certain.

    Only letters and digits are compared, since the source has marks that no page prints. Lines that occur once in the
    source are found first, and short ones, such as those of tables, between them.
    """
    where = SourceText(source)
    stream = where.letters.translate(WESTERN)
    drawn = ["".join(_LETTERS.findall(text)).translate(WESTERN) for text in texts]
    found = [_only(stream, each) for each in drawn]
    sure, at = list(found), 0
    for place, letters in enumerate(drawn):
        if sure[place] is not None or not letters:
            continue
        start, end = _bounds(sure, place)
        start = max(start, at if start <= at < end else start)
        begin = stream.find(letters[:_MOST], start, end + 1)
        if begin >= 0:
            found[place], at = begin, begin + 1
    return [None if each is None else where.line_of(each) for each in found]


def _only(stream: str, letters: str) -> int | None:
    """Return where a line is in the letters of the source if it begins, or ends, as nothing else there."""
    led = _LED.match(letters)
    for whole in (letters, letters[led.end() :] if led else ""):
        for part in (whole[:_MOST], whole[-_MOST:]):
            at = stream.find(part) if len(part) >= _SURE else -1
            if at >= 0 and stream.find(part, at + 1) < 0:
                return at
    return None


def _bounds(sure: Sequence[int | None], place: int) -> tuple[int, int]:
    """Return between which letters of the source a line must be: after a line before it, and before the next one."""
    before = [each for each in sure[max(0, place - _BACK) : place] if each is not None]
    after = next((each for each in sure[place + 1 : place + 1 + _BACK] if each is not None), None)
    if after is not None and (lower := [each for each in before if each < after]):
        return lower[-1] + 1, after
    return (before[-1] + 1, before[-1] + _NEAR) if before else (0, after or 0)
