"""A text as words, numbers, symbols and marks in logical order, and what changed between two lists of them.

Words are what people would call one: an Arabic word with its vowel marks, a number with its groups, a symbol, a Chinese
character. So a change never divides a letter from its mark, or a digit from its number.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

_MARK = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W{_HAN}]"  # or a digit
_PART = rf"(?:{_LETTER}[{_MARK}]*)+"
_TOKEN = re.compile(
    rf"""
    [A-Z][A-Z0-9]*(?:/[A-Za-z0-9.()*\-]*[A-Za-z0-9]\*?)+                       # a symbol: A/RES/64/293
    | \d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?!{_LETTER})(?:[.,٫]\d+)?       # a number in groups: 30 272 400
    | \d{{1,5}}[ \u00a0\u202f]?[(（]\d{{4}}[)）](?!{_LETTER})                # a resolution and its year: 2285 (2016)
    | \d\d-\d{{5}}(?!{_LETTER})                                              # a job number: 49-07316
    | \d+(?:[.,٫٬:/]\d+)*(?:[ \u00a0]?[%٪])?                                # 1.25, 64/293, 12:30, 5 %
    | {_PART}(?:['’\-\u00ad\u2010\u2011]{_PART})*                           # a word: co-operation, l’Assemblée
    | [{_HAN}]
    | \s+
    | .[{_MARK}]*
    """,
    re.VERBOSE | re.DOTALL,
)
_SAME = str.maketrans(
    {**dict(zip("٠١٢٣٤٥٦٧٨٩٫٬٪", "0123456789.,%", strict=True)), **dict.fromkeys("\u00a0\u202f\u2007\u2009", " ")}
    | {"\u2010": "-", "\u2011": "-", "\xad": None}
)
_ENOUGH = 6  # words by which a text can be recognized as a version of another
_VERSION = 0.4  # the share of the words of the shorter one that it has then
_SENTENCE_END = re.compile(r"[.;:!?؟؛。；：！？]")


def words(text: str) -> list[str]:
    """Return the words of a text, with the spaces and marks between them: joined, they are the text."""
    return _TOKEN.findall(text)


def as_compared(text: str) -> str:
    """Return a text without what is no part of it: the kinds of spaces, hyphens and digits.

    What digits an Arabic document prints is a property of the document, whatever digits its source has.
    """
    return text.translate(_SAME)


def is_word(token: str) -> bool:
    """Return whether a token is a word or a number, and neither a space nor a mark."""
    return any(character.isalnum() for character in token)


class DiffStretch(NamedTuple):
    """The same place in two lists: `old[start:end]` became `new[new_start:new_end]`, or is equal to it."""

    equal: bool
    start: int
    end: int
    new_start: int
    new_end: int


def stretches(old: Sequence[Hashable], new: Sequence[Hashable], texts: Sequence[str]) -> list[DiffStretch]:
    """Return what two lists share and what differs, in order, with as few differences as there can be.

    `texts` are the texts of the items of `old`: two differences with only a space between them become one. Lists of
    words that are not versions of one text share a few by chance, which are no reason to mix them.
    """
    if _is_rewritten(old, new, texts):
        return [DiffStretch(False, 0, len(old), 0, len(new))]
    found: list[DiffStretch] = []
    for code in LCSseq.opcodes(old, new):
        made = DiffStretch(code.tag == "equal", code.src_start, code.src_end, code.dest_start, code.dest_end)
        while found and not made.equal:
            if not found[-1].equal:
                before = found.pop()
            elif len(found) > 1 and "".join(texts[found[-1].start : found[-1].end]).isspace():
                del found[-1]
                before = found.pop()
            else:
                break
            made = DiffStretch(False, before.start, made.end, before.new_start, made.new_end)
        found.append(made)
    return list(_settled(found, old, new, texts))


def _is_rewritten(old: Sequence[Hashable], new: Sequence[Hashable], texts: Sequence[str]) -> bool:
    """Return whether two lists share so few words that one replaces the other as a whole."""
    ours = [key for key, text in zip(old, texts, strict=True) if is_word(text)]
    theirs = [key for key in new if isinstance(key, str) and is_word(key)]
    shorter = min(len(ours), len(theirs))
    return shorter >= _ENOUGH and LCSseq.similarity(ours, theirs) < _VERSION * shorter


def _settled(
    found: Sequence[DiffStretch], old: Sequence[Hashable], new: Sequence[Hashable], texts: Sequence[str]
) -> Iterator[DiffStretch]:
    """Yield the stretches, with text that was only added or removed moved to where people would say it was.

    `one. [Two. ]three` and `one[. Two]. three` are the same change; the first begins where a sentence does.
    """
    given = list(found)
    for at, each in enumerate(given):
        before = given[at - 1] if at else None
        size, new_size = each.end - each.start, each.new_end - each.new_start
        if each.equal or before is None or not before.equal or (size and new_size):
            continue
        side, end = (old, each.end) if size else (new, each.new_end)
        length = size or new_size
        most = 0
        while most < before.end - before.start and side[end - 1 - most] == side[end - 1 - most - length]:
            most += 1
        best = max(range(most + 1), key=lambda back: (_boundary(texts, each.start - back), -back))
        if best:
            after = (
                given[at + 1]
                if at + 1 < len(given)
                else DiffStretch(True, each.end, each.end, each.new_end, each.new_end)
            )
            given[at - 1] = before._replace(end=before.end - best, new_end=before.new_end - best)
            given[at] = DiffStretch(False, *(place - best for place in each[1:]))
            moved = after._replace(start=after.start - best, new_start=after.new_start - best)
            given[at + 1 : at + 2] = [moved]
    return (each for each in given if each.start < each.end or each.new_start < each.new_end)


def _boundary(texts: Sequence[str], at: int) -> int:
    """Return how natural it is that a change begins before the item `at`: best at the start of a sentence."""
    if at == 0:
        return 3
    before = texts[at - 1]
    if before.isspace():
        return 3 if at > 1 and _SENTENCE_END.match(texts[at - 2]) else 2
    return 1 if not is_word(before) or at >= len(texts) or texts[at].isspace() else 0
